"use strict";
// Show the chosen result's paper at the side, where the window is wide enough for it.
(() => {
  const PAUSE = 250; // so that a walk with j and k asks only for the paper where it ends
  const panel = document.querySelector(".archive [data-paper]");
  const rows = document.querySelectorAll("[data-rows] [data-paper-at]");
  if (!panel || !rows.length) return;
  const label = panel.getAttribute("aria-label");
  let waiting, shown;

  function show(row) {
    if (row === shown || panel.offsetParent === null) return;
    shown = row;
    row.classList.add("chosen");
    panel.querySelector(".pages").replaceChildren();
    panel.setAttribute("aria-label", `${label}: ${row.querySelector(".title").textContent}`);
    panel.dispatchEvent(new CustomEvent("paper", { detail: { state: "making", poll: row.dataset.paperAt } }));
  }

  for (const row of rows) {
    for (const event of ["chosen", "focusin"]) {
      row.addEventListener(event, () => {
        clearTimeout(waiting);
        for (const other of rows) other.classList.toggle("chosen", other === row);
        waiting = setTimeout(show, PAUSE, row);
      });
    }
  }
  show(rows[0]);
})();
