// The parts of other people's script that our pages use, and nothing else of them.
// Each of Bootstrap's parts starts by itself on the data-bs-* attributes of a page.
import htmx from "htmx.org";
import "@tabler/core/js/src/bootstrap/alert.ts";
import "@tabler/core/js/src/bootstrap/collapse.ts";
import "@tabler/core/js/src/bootstrap/dropdown.ts";
import "@tabler/core/js/src/bootstrap/modal.ts";
import "@tabler/core/js/src/bootstrap/offcanvas.ts";
import "@tabler/core/js/src/bootstrap/tab.ts";
import "@tabler/core/js/src/bootstrap/toast.ts";
import "@tabler/core/js/src/bootstrap/tooltip.ts";

window.htmx = htmx;
