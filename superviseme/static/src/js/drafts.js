// What was typed and not yet sent stays in this browser, under the field's data-draft-key.
import { each } from "./dom.js";

const PREFIX = "draft:";
const LONGEST = 30 * 24 * 3600 * 1000;

each("[data-draft-key]", (field) => {
  const key = PREFIX + field.dataset.draftKey;
  const note = field.closest(".field")?.querySelector("[data-draft-note]");
  const kept = read(key);
  if (kept && !field.value.trim()) {
    field.value = kept;
    if (note) note.hidden = false;
  }
  field.addEventListener("input", () => write(key, field.value));
  note?.querySelector("[data-draft-drop]")?.addEventListener("click", () => {
    forget(key);
    field.value = field.defaultValue;
    note.hidden = true;
    field.focus();
  });
  const form = field.form;
  // A plain form: forgotten when the next page says it went well, which is when that page does not show the field's error.
  form?.addEventListener("submit", () => !form.hasAttribute("hx-post") && store((box) => box.setItem("sent-draft", key), sessionStorage));
});

// Sent without a new page: forgotten before the answer, with an empty field of the same key, takes the form's place.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (requestConfig?.verb === "get" || xhr.status >= 300) return;
  const form = requestConfig?.elt.closest("form");
  for (const field of form?.querySelectorAll("[data-draft-key]") ?? []) forget(PREFIX + field.dataset.draftKey);
});

// Coming to a page after a plain submit: keep the draft only if the form came back with errors.
document.addEventListener("DOMContentLoaded", settle);
if (document.readyState !== "loading") settle();

function settle() {
  const sent = store((box) => box.getItem("sent-draft"), sessionStorage);
  if (!sent) return;
  store((box) => box.removeItem("sent-draft"), sessionStorage);
  if (!document.querySelector(".form-summary, .is-invalid, .sorry")) {
    forget(sent);
    for (const field of document.querySelectorAll("[data-draft-key]")) if (PREFIX + field.dataset.draftKey === sent) field.value = field.defaultValue;
    for (const note of document.querySelectorAll("[data-draft-note]")) note.hidden = true;
  }
}

function read(key) {
  const found = store((box) => JSON.parse(box.getItem(key)));
  if (!found || Date.now() - found.at > LONGEST) return "";
  return found.text;
}

function write(key, text) {
  if (!text.trim()) return forget(key);
  store((box) => box.setItem(key, JSON.stringify({ text, at: Date.now() })));
}

function forget(key) {
  store((box) => box.removeItem(key));
}

// A browser may refuse storage altogether.
function store(use, box = window.localStorage) {
  try {
    return use(box);
  } catch {
    return null;
  }
}
