// The only script of other people that our pages use as it is; menus, dialogs and tabs are native HTML (see docs/interface.md).
import htmx from "htmx.org";

window.htmx = htmx;
