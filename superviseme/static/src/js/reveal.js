// A password field gets a button that shows what was typed; sending the form hides it again.
import { each, on } from "./dom.js";

each("input[data-reveal]", (input) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-quiet btn-sm reveal-button";
  button.setAttribute("aria-controls", input.id);
  const box = document.createElement("div");
  box.className = "reveal";
  input.replaceWith(box);
  box.append(input, button);
  show(input, button, false);
  button.addEventListener("click", () => show(input, button, input.type === "password"));
});

on("submit", "form", (event, form) => {
  for (const input of form.querySelectorAll("input[data-reveal]")) input.type = "password";
});

function show(input, button, shown) {
  input.type = shown ? "text" : "password";
  button.textContent = shown ? input.dataset.hide : input.dataset.reveal;
}
