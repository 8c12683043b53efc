"use strict";
// The number of an earlier document that a text ends: what was issued is looked up while it is typed, a click
// takes the number, and the title stands below it once the number is whole. Without this the number is typed.
(() => {
  const part = document.querySelector("[data-endable]");
  if (!part) return;
  const WAIT = 300;
  const bare = (text) => text.replace(/\s/g, "");

  function offered(one, input) {
    const item = document.createElement("li"), chip = document.createElement("button");
    chip.type = "button";
    chip.className = "chip";
    chip.lang = "zh-CN";
    chip.textContent = [`${one.number} ${one.title}`, one.ended].filter(Boolean).join(" · ");
    chip.addEventListener("click", () => {
      input.value = one.number;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      input.focus();
      say(input, one);
    });
    item.append(chip);
    return item;
  }

  const beside = (input, what) => input.closest("fieldset").querySelector(`[data-${what}]`);

  function say(input, one) {
    beside(input, "found").replaceChildren();
    beside(input, "names").textContent = one ? [one.title, one.ended].filter(Boolean).join(" · ") : "";
  }

  let waiting = 0;
  async function look(input) {
    const asked = bare(input.value);
    if (asked.length < 2) return say(input, null);
    let items;
    try {
      const answer = await fetch(`${part.dataset.endable}?q=${encodeURIComponent(input.value.trim())}`);
      if (!answer.ok || answer.redirected) return;
      ({ items } = await answer.json());
    } catch {
      return;  // the number can be typed all the same
    }
    if (bare(input.value) !== asked) return;  // typed on meanwhile
    const whole = items.find((one) => one.number === asked);
    say(input, whole);
    if (whole) return;
    beside(input, "found").replaceChildren(...items.map((one) => offered(one, input)));
    beside(input, "names").textContent = items.length ? "" : part.dataset.none;
  }

  part.addEventListener("input", ({ target }) => {
    if (target.name !== "end_number") return;
    clearTimeout(waiting);
    waiting = setTimeout(look, WAIT, target);
  });
  for (const input of part.querySelectorAll("[name=end_number]")) {
    input.placeholder = part.dataset.words;
    if (input.value) look(input);
  }
})();
