// Other people's script that our pages rely on by attribute. Menus, dialogs and folds are HTML's own, so Bootstrap's
// script is not among it; what a module of ours uses, it imports itself.
import htmx from "htmx.org";

window.htmx = htmx;
