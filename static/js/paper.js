"use strict";
// Fill [data-paper] with a paper's pictures: asks again while they are being made. Others hand it a state
// by a "paper" event, and hear "paper-settled" when nothing more comes. One that comes into the page later
// is told of by a "paper-added" event.
(() => {
  const PAUSE = 700;

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  function attend(panel) {
    const told = panel.querySelector(".paper-state");
    const pages = panel.querySelector(".pages");
    const again = panel.querySelector(".paper-again");
    let turn = 0;

    async function follow(state) {
      const mine = ++turn;
      while (state.state === "making" && state.poll && panel.isConnected) {
        panel.dataset.state = "making";
        told.textContent = panel.dataset.making;
        await new Promise((done) => setTimeout(done, PAUSE));
        if (mine !== turn) return;
        try {
          const answer = await fetch(state.poll, { headers: { Accept: "application/json" } });
          state = answer.ok ? await answer.json() : { state: "failed" };
        } catch {
          continue; // the office cannot be reached just now
        }
      }
      if (mine === turn) settle(state);
    }

    function settle(state) {
      panel.dataset.state = state.state;
      if (again) again.hidden = state.state !== "failed";
      if (state.state === "ready") {
        told.textContent = "";
        show(state.pages);
      } else if (state.state === "incomplete") {
        told.textContent = `${panel.dataset.incomplete} ${state.problems.map((one) => one[0]).join("、")}`;
      } else {
        told.textContent = state.message || panel.dataset.failed;
      }
      panel.dispatchEvent(new CustomEvent("paper-settled"));
    }

    function show(sources) {
      const images = sources.map((src, index) => {
        const image = pages.children[index] || document.createElement("img");
        image.width = 909;
        image.height = 1286;
        image.alt = fill(panel.dataset.pageLabel, { page: index + 1, pages: sources.length });
        if (index) image.loading = "lazy";
        if (image.getAttribute("src") !== src) image.src = src;
        return image;
      });
      pages.replaceChildren(...images);
    }

    function doubt(found) {
      const list = panel.querySelector(".paper-doubts");
      list.hidden = !found.length;
      list.replaceChildren(...found.map(([field, words]) => {
        const item = document.createElement("li"), name = document.createElement("b"), rest = document.createElement("span");
        name.textContent = field;
        rest.textContent = words;
        item.append(name, " ", rest);
        return item;
      }));
    }

    panel.addEventListener("paper", (event) => {
      if (event.detail.doubts) doubt(event.detail.doubts);
      follow(event.detail);
    });
    if (panel.dataset.poll) follow({ state: "making", poll: panel.dataset.poll });
  }

  document.querySelectorAll("[data-paper]").forEach(attend);
  document.addEventListener("paper-added", (event) => event.target.querySelectorAll("[data-paper]").forEach(attend));
})();
