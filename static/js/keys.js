"use strict";
// `/` search, `?` help, `n` new document, j/k and Enter in a list marked data-rows; on a document j/k open the
// next and the previous one of its list, and `s` is for reading.js. A key that is held down counts once.
(() => {
  const rows = () => [...document.querySelectorAll("[data-rows] [data-row]")];
  const typing = (element) => element.closest("input, textarea, select, dialog, [contenteditable]") !== null;

  const opening = (row) => row?.querySelector("a[data-open]") ?? row?.querySelector("a");

  function choose(row) {
    for (const other of rows()) other.classList.toggle("chosen", other === row);
    row.scrollIntoView({ block: "nearest" });
    opening(row)?.focus({ preventScroll: true });
    row.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
  }

  function move(by) {
    const all = rows();
    if (!all.length) document.querySelector(`.place a[rel=${by > 0 ? "next" : "prev"}]`)?.click();
    if (!all.length) return;
    const now = all.findIndex((row) => row.classList.contains("chosen"));
    choose(all[Math.min(all.length - 1, Math.max(0, now < 0 ? 0 : now + by))]);
  }

  const acts = {
    "/": () => document.getElementById("search")?.focus(),
    "?": () => document.getElementById("keys")?.showModal(),
    n: () => document.querySelector("[data-key=n]")?.click(),
    j: () => move(1),
    k: () => move(-1),
    s: () => document.dispatchEvent(new CustomEvent("forward")),
    Enter: () => opening(document.querySelector("[data-rows] .chosen"))?.click(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && typing(event.target)) event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (event.key === "Enter" && event.target !== document.body) return;
    if (event.repeat && event.key === "s") return;
    const act = Object.hasOwn(acts, event.key) ? acts[event.key] : null;
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
