// One box that ticks all of its name on the page: data-choose-all="chosen".
import { on } from "./dom.js";

on("change", "[data-choose-all]", (event, all) => {
  for (const box of document.querySelectorAll(`input[type=checkbox][name="${all.dataset.chooseAll}"]`)) box.checked = all.checked;
});
