// Dragging cards between the columns of a board. Each card also carries buttons that do the same by keyboard.
// Columns: [data-board-list="state"]; cards: [data-movable="address"]; the move is a POST with "to" and "position".
import htmx from "htmx.org";
import Sortable from "sortablejs";

import { csrfToken, each } from "./dom.js";
import { say } from "./notices.js";

each("[data-board-list]", (column) => {
  Sortable.create(column, {
    group: column.closest("[data-board]")?.id || "board",
    draggable: "[data-movable]",
    filter: "a, button, summary, input",
    preventOnFilter: false,
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    delay: 150,
    delayOnTouchOnly: true,
    onEnd: send,
  });
});

async function send({ item, from, to, oldDraggableIndex, newDraggableIndex }) {
  if (from === to && oldDraggableIndex === newDraggableIndex) return;
  const body = new FormData();
  body.set("to", to.dataset.boardList);
  body.set("position", String(newDraggableIndex));
  let answer;
  try {
    answer = await fetch(item.dataset.movable, { method: "POST", body, headers: { "X-CSRFToken": csrfToken(), "HX-Request": "true" } });
  } catch {
    answer = null;
  }
  if (answer?.ok) return renew(item.closest("[data-board]"), await answer.text(), from, to);
  from.insertBefore(item, from.children[oldDraggableIndex] ?? null);
  const told = answer ? new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".toast-note p")?.textContent : "";
  say(told || document.body.dataset.broken, "urgent");
}

// A server that answers with the whole board has the last word on counts, order and buttons.
function renew(board, html, ...columns) {
  if (board?.id && html.includes(`id="${board.id}"`)) htmx.swap(board, html, { swapStyle: "outerHTML" });
  else recount(...columns);
}

function recount(...columns) {
  for (const column of columns) {
    const count = column.closest("[data-board-column]")?.querySelector(".count");
    if (count) count.textContent = String(column.querySelectorAll("[data-movable]").length);
  }
}
