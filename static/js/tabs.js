"use strict";
// The paper and the files beside it: a tab changes what is shown and leaves the rest of the page, and what
// is typed there, as it is.
(() => {
  const pane = document.querySelector(".doc-paper");
  if (!pane) return;

  async function turn(address) {
    const answer = await fetch(address);
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    pane.replaceChildren(...page.querySelector(".doc-paper").childNodes);
    pane.dispatchEvent(new CustomEvent("paper-added", { bubbles: true }));
    history.replaceState(null, "", address);
  }

  document.addEventListener("click", async (event) => {
    const tab = event.target.closest("[data-tabs] a:not([download])");
    if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    pane.setAttribute("aria-busy", "true");
    try {
      await turn(tab.href);
      pane.scrollIntoView({ block: "start" });
      const current = pane.querySelector("[aria-current]");
      current?.focus({ preventScroll: true });
      current?.scrollIntoView({ block: "nearest", inline: "center" });
    } catch {
      location.assign(tab.href);
    }
    pane.removeAttribute("aria-busy");
  });
})();
