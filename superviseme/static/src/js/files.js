// Dropping a file onto the zone is choosing it in its input.
import { on } from "./dom.js";

on("dragover", "[data-dropzone]", (event, zone) => {
  event.preventDefault();
  zone.classList.add("is-over");
});
on("dragleave", "[data-dropzone]", (event, zone) => zone.classList.remove("is-over"));
on("drop", "[data-dropzone]", (event, zone) => {
  event.preventDefault();
  zone.classList.remove("is-over");
  const input = zone.querySelector('input[type="file"]');
  if (!input || !event.dataTransfer?.files.length) return;
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
on("change", "[data-dropzone] input[type=file]", (event, input) => {
  const names = [...input.files].map((file) => `${file.name} (${size(file.size)})`);
  const line = input.closest("[data-dropzone]").querySelector(".dropzone-name");
  if (line) line.textContent = names.join(", ");
});

function size(bytes) {
  const units = ["B", "kB", "MB", "GB"];
  let step = 0;
  while (bytes >= 1000 && step < units.length - 1) {
    bytes /= 1000;
    step += 1;
  }
  return `${bytes < 10 && step ? bytes.toFixed(1) : Math.round(bytes)} ${units[step]}`;
}
