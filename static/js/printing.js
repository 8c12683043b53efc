"use strict";
// Show a layout on the paper beside it while it is being set, before it is saved.
(() => {
  const form = document.querySelector("[data-layout]");
  if (!form) return;
  const SHOW_AFTER = 600;
  const told = form.querySelector("[data-tried]");
  let later = 0, turn = 0;

  async function lay() {
    const mine = ++turn;
    const panel = document.querySelector(".doc-paper [data-paper]");
    if (!panel) return;
    try {
      const answer = await fetch(form.dataset.preview, {
        method: "POST",
        body: new URLSearchParams([...new FormData(form)]),
        headers: { Accept: "application/json" },
      });
      if (!answer.ok || answer.redirected || mine !== turn) return;
      const state = await answer.json();
      told.textContent = state.state === "failed" ? state.message : "";
      if (state.state !== "failed") panel.dispatchEvent(new CustomEvent("paper", { detail: state }));
    } catch {
      // saving shows it too
    }
  }

  function changed() {
    clearTimeout(later);
    later = setTimeout(lay, SHOW_AFTER);
  }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
})();
