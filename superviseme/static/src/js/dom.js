// Listening without caring when an element came onto the page.

/** Calls back with the nearest matching ancestor of where the event happened. */
export function on(event, selector, callback, options) {
  document.addEventListener(
    event,
    (happened) => {
      const found = happened.target instanceof Element ? happened.target.closest(selector) : null;
      if (found) callback(happened, found);
    },
    options,
  );
}

/** Calls back once for every matching element, now and whenever htmx brings new ones. */
export function each(selector, callback) {
  const known = new WeakSet();
  const look = (root) => {
    const found = [...root.querySelectorAll(selector)];
    if (root instanceof Element && root.matches(selector)) found.unshift(root);
    for (const element of found) {
      if (known.has(element)) continue;
      known.add(element);
      callback(element);
    }
  };
  const start = () => look(document);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  document.addEventListener("htmx:load", (event) => look(event.detail.elt));
}

export function csrfToken() {
  return document.querySelector('input[name="csrfmiddlewaretoken"]')?.value ?? "";
}

export function typing(element) {
  return element instanceof Element && (element.matches("input, textarea, select") || element.isContentEditable);
}
