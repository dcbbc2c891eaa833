// The bell: how many are unread, looked up now and then while somebody looks; a click shows the newest notices.
const EVERY = 30_000;
const WIDE = "(min-width: 48rem)"; // on a phone it leads to their page
const place = () => document.querySelector("[data-bell]");

async function look() {
  const bell = place();
  if (!bell || document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(bell.dataset.countUrl, { redirect: "error" });
    if (answer.ok) show(await answer.text());
  } catch {
    // not there just now, or signed out: the next page will say so
  }
}

function show(badge) {
  const found = new DOMParser().parseFromString(badge, "text/html").getElementById("unread");
  const old = document.getElementById("unread");
  if (found && old && found.textContent !== old.textContent) old.replaceWith(found);
  copy();
}

/** The door at the foot of a phone says the same as the bell, wherever its number came from. */
function copy() {
  const badge = document.getElementById("unread");
  const door = document.querySelector("[data-unread]");
  if (!badge || !door || door.textContent === badge.textContent) return;
  door.replaceChildren(...badge.cloneNode(true).childNodes);
  door.hidden = badge.hidden;
}

function close(focus = false) {
  const panel = document.getElementById("bell-panel");
  if (!panel || panel.hidden) return;
  panel.hidden = true;
  const link = place().querySelector("a.bell");
  link.setAttribute("aria-expanded", "false");
  if (focus) link.focus();
}

document.addEventListener("click", (event) => {
  const bell = place();
  if (!bell?.contains(event.target)) return close();
  const link = event.target.closest("a.bell");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !matchMedia(WIDE).matches || location.pathname === link.pathname) return;
  event.preventDefault();
  const panel = document.getElementById("bell-panel");
  if (!panel.hidden) return close();
  window.htmx.ajax("GET", bell.dataset.latestUrl, { target: panel, swap: "innerHTML" }).then(() => {
    panel.hidden = false;
    link.setAttribute("aria-expanded", "true");
  });
});
document.addEventListener("focusin", (event) => !place()?.contains(event.target) && close());
document.addEventListener("keydown", (event) => event.key === "Escape" && close(true));
document.addEventListener("htmx:oobAfterSwap", copy);
document.addEventListener("visibilitychange", look);
setInterval(look, EVERY);
