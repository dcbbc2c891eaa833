// "/" goes to the search box, except while typing.
import { typing } from "./dom.js";

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  const box = document.querySelector("[data-search]");
  if (!box || !box.checkVisibility?.()) return;
  event.preventDefault();
  box.focus();
  box.select();
});
