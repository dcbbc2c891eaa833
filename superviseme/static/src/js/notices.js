// What just happened, in the corner. Good news goes by itself; what can be undone stays longer; what went wrong stays.
import { each, on } from "./dom.js";

const PATIENCE = { good: 6000, neutral: 8000 };
const WITH_UNDO = 15000;

export function say(text, kind = "good") {
  const region = document.getElementById("notices");
  if (!region || !text) return;
  const notice = document.createElement("div");
  notice.className = `toast-note toast-${kind}`;
  notice.dataset.toast = kind;
  const words = document.createElement("p");
  words.textContent = text;
  notice.append(words);
  region.append(notice);
  leaveLater(notice);
}

export function leaveLater(notice) {
  const patience = PATIENCE[notice.dataset.toast];
  if (!patience) return;
  let clock;
  const start = () => (clock = setTimeout(() => notice.remove(), notice.querySelector("form") ? WITH_UNDO : patience));
  for (const stay of ["mouseenter", "focusin"]) notice.addEventListener(stay, () => clearTimeout(clock));
  for (const go of ["mouseleave", "focusout"]) notice.addEventListener(go, start);
  start();
}

each("[data-toast]", leaveLater);
on("click", "[data-dismiss]", (event, button) => button.closest("[data-toast]")?.remove());

// A view may say something without a piece of page: HX-Trigger: {"said": {"text": …, "kind": …}}
document.addEventListener("said", (event) => say(event.detail.text ?? event.detail.value, event.detail.kind));
