// The theme at once, without a new page. The cookie is what the server reads next time.
import { on } from "./dom.js";

on("submit", "[data-theme-form]", (event, form) => {
  const chosen = event.submitter?.value;
  if (!chosen) return;
  event.preventDefault();
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `theme=${chosen}; path=/; max-age=31536000; samesite=lax${secure}`;
  if (chosen === "system") delete document.documentElement.dataset.bsTheme;
  else document.documentElement.dataset.bsTheme = chosen;
  document.querySelector('meta[name="color-scheme"]')?.setAttribute("content", chosen === "system" ? "light dark" : chosen);
  for (const button of form.querySelectorAll("button[name=theme]")) button.setAttribute("aria-pressed", String(button.value === chosen));
});
