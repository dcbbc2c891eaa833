// A link with data-dialog opens that dialog here instead of going to its page.
import { on } from "./dom.js";

on("click", "a[data-dialog]", (event, link) => {
  const dialog = document.getElementById(link.dataset.dialog);
  if (!dialog?.showModal || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  dialog.showModal();
  dialog.querySelector("[autofocus], input:not([type=hidden]), textarea, select")?.focus();
});

// A click beside it closes it, unless something was typed.
on("click", "dialog", (event, dialog) => {
  if (event.target !== dialog) return;
  const typed = [...dialog.querySelectorAll("input:not([type=hidden]), textarea")].some((field) => field.value !== field.defaultValue);
  if (!typed) dialog.close();
});

// The answer to a form in a dialog closes it when it went well.
document.addEventListener("htmx:afterRequest", (event) => {
  const dialog = event.detail.elt.closest?.("dialog[open]");
  if (dialog && event.detail.successful) dialog.close();
});
