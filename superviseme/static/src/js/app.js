// What our pages do beyond HTML. Every module works on data- attributes, also in pieces htmx brings later.
import "./theme.js";
import "./requests.js";
import "./search.js";
import "./menus.js";
import "./dialogs.js";
import "./notices.js";
import "./forms.js";
import "./drafts.js";
import "./editor.js";
import "./mentions.js";
import "./files.js";
import "./preview.js";
import "./board.js";
import "./choose.js";
import "./copy.js";
import "./reveal.js";
import "./tabs.js";
