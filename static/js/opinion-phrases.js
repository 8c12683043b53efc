"use strict";
// Make the phrases under a comment buttons: each goes in at the cursor, and a place left open in it (×××) is
// selected to be written over.
(() => {
  function put(area, phrase) {
    const start = area.selectionStart;
    area.focus();
    // execCommand keeps the browser's undo; where it is gone, the text is put in directly.
    if (!document.execCommand("insertText", false, phrase)) {
      area.setRangeText(phrase, start, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const place = phrase.indexOf("×××");
    if (place >= 0) area.setSelectionRange(start + place, start + place + 3);
  }

  for (const list of document.querySelectorAll("[data-phrases]")) {
    const area = document.getElementById(list.dataset.phrases);
    for (const item of list.querySelectorAll("li:not([data-own])")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = item.textContent;
      button.addEventListener("click", () => put(area, button.textContent));
      item.replaceChildren(button);
    }
  }
})();
