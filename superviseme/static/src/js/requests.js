// htmx: the form key for clicks outside a form, one submit at a time, and a word when nothing comes back.
import { csrfToken, on } from "./dom.js";
import { say } from "./notices.js";

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrfToken();
});

document.addEventListener("htmx:sendError", () => say(lost(), "urgent"));
document.addEventListener("htmx:timeout", () => say(lost(), "urgent"));
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (![403, 404, 409, 413, 422, 429].includes(status)) say(document.body.dataset.broken || `${status}`, "urgent");
});

// A second press while the first is on its way does nothing. What is answered by a file leaves the page where it is and
// nobody says when it has come, and reading changes nothing: those may be pressed again.
on("submit", "form", (event, form) => {
  if (event.defaultPrevented || form.method !== "post" || "download" in form.dataset || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  else form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
for (const [event, selector] of [["submit", "form[hx-post]"], ["click", "[hx-post]:not(form)"]]) on(event, selector, drop, true);

function drop(event, element) {
  if (!element.classList.contains("htmx-request")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function lost() {
  return document.body.dataset.lost || "";
}
