// Completion of "@todo:" and of people's names after "@" while typing. The field's data-complete-url answers ?q= with
// [{"number": 12, "title": "…"}]; data-people around it holds the names that are told.
import { each } from "./dom.js";

const REFERENCE = /@todo:("?)([^\s"@]*|[^"\n]*)$/;
const PERSON = /(?<![\p{L}\p{N}@#/?&=%+.])@(|\p{L}[^@\n]{0,60})$/u;
let serial = 0;

each("textarea[data-complete-url]", (area) => {
  const list = area.closest("[data-markdown]")?.querySelector(".editor-options") ?? ownList(area);
  list.id = `mentions-${++serial}`;
  area.setAttribute("aria-controls", list.id);
  area.setAttribute("aria-autocomplete", "list");
  let asked = 0;
  let begins = 0; // where in the text what is completed begins

  area.addEventListener("input", async () => {
    const before = area.value.slice(0, area.selectionStart);
    const mine = ++asked;
    const person = PERSON.exec(before); // of both it is the later one
    const todo = person?.index > before.lastIndexOf("@todo:") ? null : REFERENCE.exec(before);
    if (!todo && !person) return close();
    const found = todo ? await ask(area.dataset.completeUrl, todo[2]) : called(person[1], area);
    if (mine !== asked) return;
    begins = (todo ?? person).index;
    show(found);
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
  area.addEventListener("blur", () => setTimeout(() => document.activeElement === area || close(), 150));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    take(event.target.closest('[role="option"]'));
  });

  function show(found) {
    list.replaceChildren(...found.slice(0, 8).map((one, index) => option(one, `${list.id}-${index}`)));
    list.hidden = !found.length;
    if (found.length) select(list.firstElementChild);
    else area.removeAttribute("aria-activedescendant");
  }
  function option(one, id) {
    const item = document.createElement("li");
    item.id = id;
    item.setAttribute("role", "option");
    item.dataset.text = one.text;
    const mark = document.createElement("small");
    mark.textContent = one.mark;
    item.append(mark, document.createTextNode(one.words));
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
    area.setRangeText(`${item.dataset.text} `, begins, area.selectionStart, "end");
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
  list.setAttribute("aria-label", "@");
  list.hidden = true;
  area.replaceWith(place);
  place.append(area, list);
  return list;
}

/** People around the field of whose name a word begins so. */
function called(typed, area) {
  const wanted = typed.toLowerCase();
  const names = JSON.parse(area.closest("[data-people]")?.dataset.people ?? "[]");
  const fits = names.filter((name) => ` ${name.toLowerCase()}`.includes(` ${wanted}`));
  return fits.map((name) => ({ text: `@${name}`, mark: "@", words: name }));
}

async function ask(url, q) {
  const address = new URL(url, location.href);
  address.searchParams.set("q", q);
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    const found = answer.ok ? await answer.json() : [];
    return found.map(({ number, title }) => ({ text: `@todo:${number}`, mark: `#${number}`, words: title }));
  } catch {
    return [];
  }
}
