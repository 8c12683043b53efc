// Keep a sheet of scores as somebody types: what changed is sent after a pause, and again until it arrives.
"use strict";
(() => {
  const form = document.getElementById("sheet");
  if (!form || form.querySelector("[readonly]")) return;
  const saved = document.getElementById("saved");
  const changed = new Set();
  let timer = 0;
  let sending = false;

  const place = (field) => field.closest(".indicator");
  const points = (hundredths) => String(hundredths / 100);

  function body(names) {
    const data = new FormData();
    data.set("csrf_token", form.elements.csrf_token.value);
    for (const name of names) data.set(name, form.elements[name].value);
    return data;
  }

  // The reason belongs to the points: both of an indicator go together.
  function both(field) {
    const section = place(field);
    if (!section) return [field.name];
    return [`points.${section.dataset.code}`, `reason.${section.dataset.code}`];
  }

  function tell(wrong, names) {
    for (const name of names) {
      const section = place(form.elements[name]);
      if (!section) continue;
      const words = wrong[section.dataset.code];
      const line = section.querySelector(".wrong");
      line.textContent = words || "";
      line.hidden = !words;
      const input = section.querySelector(".points input");
      input.toggleAttribute("aria-invalid", Boolean(words));
      const given = Number(input.value) * 100;
      const most = Number(input.dataset.most);
      const why = section.querySelector(".why textarea").value.trim();
      section.classList.toggle("done", input.value.trim() !== "" && !words && (given >= most || why !== ""));
    }
  }

  async function send() {
    if (sending || !changed.size) return;
    sending = true;
    const names = [...changed];
    changed.clear();
    saved.textContent = form.dataset.saving;
    try {
      const response = await fetch(form.dataset.typed, { method: "POST", body: body(names) });
      const answer = await response.json();
      if (!response.ok) {
        saved.textContent = (answer.reasons || [form.dataset.unsaved]).join("; ");
        return;
      }
      document.getElementById("scored").textContent = answer.scored;
      document.getElementById("total").textContent = points(answer.total);
      tell(answer.wrong, names);
      saved.textContent = form.dataset.saved;
    } catch {
      names.forEach((name) => changed.add(name));
      saved.textContent = form.dataset.unsaved;
      timer = setTimeout(send, 5000);
    } finally {
      sending = false;
      if (changed.size && saved.textContent !== form.dataset.unsaved) later();
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(send, 700);
  }

  form.addEventListener("input", (event) => {
    if (!event.target.name) return;
    both(event.target).forEach((name) => changed.add(name));
    later();
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    changed.clear();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && changed.size) {
      navigator.sendBeacon(form.dataset.typed, body([...changed]));
    }
  });
  for (const button of form.querySelectorAll("button.full")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const input = place(button).querySelector(".points input");
      input.value = button.dataset.full;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.focus();
    });
  }
})();
