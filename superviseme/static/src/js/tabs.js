// On a narrow screen the strip of tabs begins at the present one, not at its start.
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  const strip = tab.closest("ul");
  if (strip.scrollWidth > strip.clientWidth) strip.scrollLeft += tab.getBoundingClientRect().left - strip.getBoundingClientRect().left - 16;
}
