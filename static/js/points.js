"use strict";
// Points of a return: one row at a time, and a place is chosen by tapping it in the text. Without this,
// three rows stand there and the place is chosen from the list.
(() => {
  for (const field of document.querySelectorAll("[data-points]")) {
    const acts = field.querySelector("[data-point-acts]");
    const rows = () => [...field.querySelectorAll("[data-point-row]")];
    const place = (row) => row.querySelector("[name=points_place]");
    const words = (row) => row.querySelector("[name=points_text]");
    const blank = (row) => !place(row).value && !words(row).value.trim();

    const add = () => {
      const free = rows().find((row) => row.hidden) ?? another();
      if (!free) return null;
      free.hidden = false;
      return free;
    };

    const another = () => {
      const last = rows().at(-1);
      if (rows().length >= 50) return null;
      const row = last.cloneNode(true);
      place(row).selectedIndex = 0;
      words(row).value = "";
      for (const one of row.querySelectorAll("[aria-label]")) {
        one.setAttribute("aria-label", one.getAttribute("aria-label").replace(String(rows().length), String(rows().length + 1)));
      }
      last.after(row);
      return row;
    };

    rows().forEach((row, number) => {
      row.hidden = number > 0 && blank(row);
    });
    acts.hidden = false;
    field.querySelector("[data-point-more]").addEventListener("click", () => words(add() ?? rows().at(-1)).focus());

    const panel = field.closest(".acts");
    const text = document.querySelector(".as-text");
    const pick = field.querySelector("[data-point-pick]");
    pick.hidden = !text || !panel;
    if (pick.hidden) continue;

    const picking = (on) => {
      panel.classList.toggle("picking", on);
      document.querySelector(".doc-paper").classList.toggle("picking", on);
    };
    pick.addEventListener("click", () => {
      const opened = document.querySelector(".as-text");
      opened.open = true;
      picking(true);
      opened.scrollIntoView({ block: "start" });
    });
    document.addEventListener("click", (event) => {
      const chosen = event.target.closest("[data-place]");
      if (!chosen || !panel.classList.contains("picking")) return;
      picking(false);
      const row = rows().find((one) => !one.hidden && blank(one)) ?? add();
      if (!row) return;
      place(row).value = chosen.dataset.place;
      field.scrollIntoView({ block: "nearest" });
      words(row).focus();
    });
  }
})();
