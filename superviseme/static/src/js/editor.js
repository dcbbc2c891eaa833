// The toolbar of a Markdown field, and its preview rendered by the server.
import { csrfToken, each, on } from "./dom.js";

const AROUND = { bold: ["**", "**"], italic: ["_", "_"], code: ["`", "`"] };
const BEFORE = { heading: "### ", quote: "> ", list: "- ", numbers: "1. " };

on("click", "[data-md]", (event, button) => {
  const area = button.closest("[data-markdown]").querySelector("textarea");
  area.focus();
  const act = button.dataset.md;
  if (AROUND[act]) wrap(area, ...AROUND[act]);
  else if (BEFORE[act]) prefix(area, BEFORE[act]);
  else if (act === "link") wrap(area, "[", "](https://)");
  else if (act === "todo") insert(area, "@todo:");
  else if (act === "person") insert(area, /\S$/.test(area.value.slice(0, area.selectionStart)) ? " @" : "@");
});

each("[data-markdown]", (editor) => {
  editor.querySelector("textarea").addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const act = { b: "bold", i: "italic", k: "link" }[event.key];
    if (!act) return;
    event.preventDefault();
    editor.querySelector(`[data-md="${act}"]`)?.click();
  });
});

on("click", "[data-md-preview]", async (event, button) => {
  const editor = button.closest("[data-markdown]");
  const area = editor.querySelector("textarea");
  const output = editor.querySelector("[data-md-output]");
  const showing = button.getAttribute("aria-pressed") === "true";
  button.setAttribute("aria-pressed", String(!showing));
  area.hidden = !showing;
  output.hidden = showing;
  for (const tool of editor.querySelectorAll("[data-md]")) tool.disabled = !showing;
  if (showing) return area.focus();
  output.setAttribute("aria-busy", "true");
  const html = await preview(editor.dataset.previewUrl, area.value);
  // The server sends it sanitised, from the same function that shows the text later.
  output.innerHTML = html;
  output.removeAttribute("aria-busy");
});

async function preview(url, text) {
  const body = new FormData();
  body.set("text", text);
  try {
    const answer = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": csrfToken(), "HX-Request": "true" } });
    return answer.ok ? await answer.text() : "";
  } catch {
    return "";
  }
}

function wrap(area, before, after) {
  const { selectionStart: start, selectionEnd: end } = area;
  const chosen = area.value.slice(start, end);
  area.setRangeText(before + chosen + after, start, end, "end");
  if (!chosen) area.setSelectionRange(start + before.length, start + before.length);
  changed(area);
}

function prefix(area, mark) {
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const end = area.selectionEnd;
  const lines = area.value.slice(start, end).split("\n").map((line) => mark + line);
  area.setRangeText(lines.join("\n"), start, end, "end");
  changed(area);
}

function insert(area, text) {
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  changed(area);
}

function changed(area) {
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
