"use strict";
// Show the set phrases of the chosen type, and put the one that is pressed into the text at the cursor; the
// first place that is to be filled in is selected then.
(() => {
  const form = document.querySelector("[data-editor]");
  const groups = form ? [...form.querySelectorAll("[data-phrases-of]")] : [];
  if (!groups.length) return;
  const { type, body } = form.elements;
  const none = form.querySelector("[data-no-phrases]");

  function show() {
    for (const group of groups) group.hidden = group.dataset.phrasesOf !== type.value;
    none.hidden = groups.some((group) => !group.hidden);
  }

  function put(phrase) {
    const start = body.selectionStart;
    body.focus();
    // execCommand keeps the browser's undo; where it is gone, the text is put in directly.
    if (!document.execCommand("insertText", false, phrase)) {
      body.setRangeText(phrase, start, body.selectionEnd, "end");
      body.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const place = /「[^「」]+」/.exec(phrase);
    if (place) body.setSelectionRange(start + place.index, start + place.index + place[0].length);
  }

  for (const group of groups) {
    group.querySelector("[data-type-name]").hidden = true;
    for (const item of group.querySelectorAll("li")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "chip";
      button.textContent = item.textContent;
      button.addEventListener("click", () => put(button.textContent));
      item.replaceChildren(button);
    }
  }
  type.addEventListener("change", show);
  form.addEventListener("restored", show);
  show();
})();
