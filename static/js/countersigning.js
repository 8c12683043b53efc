"use strict";
// Countersigners: how they are asked is a question only where several are chosen, and how many must agree
// only for any so many. Asked in turn, those who are chosen stand in front in the order of choosing.
(() => {
  for (const mode of document.querySelectorAll("select[name=countersign_mode]")) {
    const form = mode.form;
    const needed = form.elements.countersign_needed;
    const boxes = [...form.querySelectorAll("[name=countersigners], [name=countersign_units]")];
    const place = (field) => field.closest("div");

    const show = () => {
      const several = boxes.filter((box) => box.checked).length > 1;
      if (!several) mode.selectedIndex = 0;
      place(mode).hidden = !several;
      place(needed).hidden = mode.value !== "any_n";
      needed.required = mode.value === "any_n";
    };

    const inOrder = (box) => {
      if (mode.value !== "serial" || !box.checked) return;
      const label = box.closest("label");
      const others = [...label.parentElement.children].filter((one) => one !== label && one.querySelector(":checked"));
      if (others.length) others.at(-1).after(label);
      else label.parentElement.prepend(label);
      box.focus();
    };

    for (const box of boxes) {
      box.addEventListener("change", () => {
        inOrder(box);
        show();
      });
    }
    mode.addEventListener("change", show);
    show();
  }
})();
