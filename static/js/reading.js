"use strict";
// Handling at reading speed: `s` shows the next page of the paper that was not on the screen yet; once every
// page was, it takes the one step that goes forward, or notes as read what was passed on for reading; where an
// answer is asked for it goes to the place for that. A key that is held down counts once.
(() => {
  const panel = document.querySelector(".doc-paper [data-paper]");
  const buttons = [...document.querySelectorAll("button[data-forward]:not([disabled])")];
  const told = document.querySelector("[data-reading]");
  if (!panel || !told) return;

  const seen = new WeakSet();
  const watch = new IntersectionObserver((entries) => {
    for (const { target, intersectionRect, intersectionRatio } of entries) {
      const shown = intersectionRatio >= 0.5 || intersectionRect.height >= innerHeight * 0.5;
      if (shown && target.complete && target.naturalWidth) seen.add(target);
    }
  }, { threshold: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] });

  const pages = () => [...panel.querySelectorAll(".pages img")];
  const attend = () => {
    for (const page of pages()) {
      watch.observe(page);
      page.addEventListener("load", () => { watch.unobserve(page); watch.observe(page); }, { once: true });
    }
  };
  attend();
  panel.addEventListener("paper-settled", attend);

  function forward() {
    const text = document.querySelector("details.as-text");
    if (!pages().length && !(panel.dataset.state === "unavailable" && text?.open)) {
      told.textContent = told.dataset.notShown;
      return;
    }
    const next = pages().find((page) => !seen.has(page));
    if (next) {
      next.scrollIntoView({ block: "start" });
      told.textContent = told.dataset.more;
      return;
    }
    if (buttons.length !== 1) {
      (buttons[0] ?? document.querySelector(".reply [data-answer]")?.form.elements.answer)?.focus();
      return;
    }
    buttons[0].form.requestSubmit(buttons[0]);
  }
  document.addEventListener("forward", forward);
})();
