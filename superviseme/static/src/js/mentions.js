// Completion of "@todo:" while typing. The field's data-complete-url answers ?q= with [{"number": 12, "title": "…"}].
import { each } from "./dom.js";

const MENTION = /@todo:("?)([^\s"@]*|[^"\n]*)$/;
let serial = 0;

each("textarea[data-complete-url]", (area) => {
  const list = area.closest("[data-markdown]")?.querySelector(".editor-options") ?? ownList(area);
  list.id = `mentions-${++serial}`;
  area.setAttribute("aria-controls", list.id);
  area.setAttribute("aria-autocomplete", "list");
  let asked = 0;

  area.addEventListener("input", async () => {
    const found = MENTION.exec(area.value.slice(0, area.selectionStart));
    if (!found) return close();
    const mine = ++asked;
    const todos = await ask(area.dataset.completeUrl, found[2]);
    if (mine === asked) show(todos);
  });
  area.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const chosen = list.querySelector('[aria-selected="true"]');
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" || event.key === "Tab") take(chosen);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  area.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    take(event.target.closest('[role="option"]'));
  });

  function show(todos) {
    list.replaceChildren(...todos.slice(0, 8).map((todo, index) => option(todo, `${list.id}-${index}`)));
    list.hidden = !todos.length;
    if (todos.length) select(list.firstElementChild);
  }
  function option(todo, id) {
    const item = document.createElement("li");
    item.id = id;
    item.setAttribute("role", "option");
    item.dataset.number = todo.number;
    const number = document.createElement("small");
    number.textContent = `#${todo.number}`;
    item.append(number, document.createTextNode(todo.title));
    return item;
  }
  function select(item) {
    for (const other of list.children) other.setAttribute("aria-selected", String(other === item));
    area.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }
  function move(step) {
    const items = [...list.children];
    const now = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    select(items[(now + step + items.length) % items.length]);
  }
  function take(item) {
    if (!item) return;
    const before = area.value.slice(0, area.selectionStart);
    area.setRangeText(`@todo:${item.dataset.number} `, before.search(MENTION), area.selectionStart, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  }
  function close() {
    list.hidden = true;
    area.removeAttribute("aria-activedescendant");
  }
});

/** A plain textarea gets a list of its own. */
function ownList(area) {
  const place = document.createElement("div");
  place.className = "mention-place";
  const list = document.createElement("ul");
  list.className = "editor-options";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "@todo");
  list.hidden = true;
  area.replaceWith(place);
  place.append(area, list);
  return list;
}

async function ask(url, q) {
  const address = new URL(url, location.href);
  address.searchParams.set("q", q);
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    const found = answer.ok ? await answer.json() : [];
    return Array.isArray(found) ? found : (found.items ?? []);
  } catch {
    return [];
  }
}
