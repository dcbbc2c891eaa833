// A browser's PDF viewer takes the focus once it has loaded, from somebody who is typing elsewhere on the page.
// It has to give it back at once, unless somebody went there: with the pointer, or with Tab.
let last = document.activeElement;
let tab = false;

document.addEventListener("keydown", (event) => (tab = event.key === "Tab"), true);
document.addEventListener("focusin", (event) => {
  tab = false;
  if (!event.target.matches("iframe")) last = event.target;
});
window.addEventListener("blur", () => {
  const taken = document.activeElement;
  if (!taken?.matches("iframe.preview-page") || tab || taken.matches(":hover")) return;
  if (last?.isConnected && last !== document.body) last.focus({ preventScroll: true });
  else taken.blur();
});
