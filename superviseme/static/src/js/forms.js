// Small helps in forms: the summary of errors gets the focus, filters act at once, a name confirms.
import { each, on } from "./dom.js";

each("[data-focus]", (summary) => summary.focus());

each("[data-confirm-name]", (field) => {
  const input = field.querySelector("input");
  const button = field.closest("form")?.querySelector('button[type="submit"]');
  if (!input || !button) return;
  const wanted = fold(field.dataset.confirmName);
  const compare = () => (button.disabled = fold(input.value) !== wanted);
  input.addEventListener("input", compare);
  compare();
});

// Choosing a filter applies it; the button stays for those without this script.
on("change", ".list-bar select", (event, select) => select.form?.requestSubmit());

// Ctrl-Enter sends what is being written.
on("keydown", "textarea", (event, area) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) area.form?.requestSubmit();
});

function fold(text) {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}
