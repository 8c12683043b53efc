"use strict";
// The form of an application: keeps what is typed (at the office, and in this browser as a second net),
// counts characters and points, sends files with their progress. Without it the form is sent as a whole.
(() => {
  const form = document.getElementById("filling");
  if (!form) return;
  const KEEP_AFTER = 1500, TRY_AGAIN_AFTER = 8000;
  const NOT_TYPED = new Set(["csrf_token", "key", "words", "code"]);
  const { dataset } = form;
  const place = `hongtou:${dataset.person}:application:${dataset.document}`;
  const said = form.querySelector("[data-kept]");
  const all = (selector, within = form) => [...within.querySelectorAll(selector)];
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const body = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const typed = () => [...new FormData(form)].filter(([name, value]) => !NOT_TYPED.has(name) && typeof value === "string");

  async function freshToken() {
    const fresh = await fetch(dataset.token);
    if (!fresh.ok || fresh.redirected) return false;
    form.elements.csrf_token.value = (await fresh.json()).csrf_token;
    return true;
  }

  // second net: this browser
  const keepHere = () => {
    try { localStorage.setItem(place, JSON.stringify(typed())); } catch { /* the office still keeps it */ }
  };
  const dropHere = () => {
    try { localStorage.removeItem(place); } catch { /* nothing was kept */ }
  };
  function offerKeptHere() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(place)); } catch { return; }
    const offer = form.querySelector("[data-local]");
    if (!kept || dataset.restored || JSON.stringify(kept) === JSON.stringify(typed())) return;
    offer.hidden = false;
    offer.querySelector("[data-restore]").addEventListener("click", () => {
      const seen = {};
      for (const [name, value] of kept) {
        seen[name] = (seen[name] ?? -1) + 1;
        const field = all(`[name="${CSS.escape(name)}"]`)[seen[name]];
        if (field && field.type === "checkbox") field.checked = true;
        else if (field && field.type !== "file") field.value = value;
      }
      offer.hidden = true;
      recount();
      changed();
    });
    offer.querySelector("[data-drop]").addEventListener("click", () => {
      dropHere();
      offer.hidden = true;
    });
  }

  // first net: the office
  let timer = 0, dirty = false;
  let unsaved = Boolean(dataset.restored); // more is typed than the form was saved with
  async function keep() {
    clearTimeout(timer);
    dirty = false;
    try {
      const send = () => fetch(dataset.keep, { method: "POST", body: body(), headers: { Accept: "application/json" } });
      let answer = await send();
      if (answer.status === 400 && (await freshToken())) answer = await send();
      if (answer.ok) {
        const { at, lacks } = await answer.json();
        said.textContent = fill(dataset.sayKept, { time: at });
        if (lacks) tellLacks(lacks);
        if (!dirty) dropHere();
        return;
      }
      said.textContent = answer.status === 401 ? dataset.sayEnded : dataset.sayOffline;
    } catch {
      said.textContent = dataset.sayOffline;
    }
    dirty = true;
    timer = setTimeout(keep, TRY_AGAIN_AFTER);
  }
  function changed() {
    dirty = unsaved = true;
    keepHere();
    clearTimeout(timer);
    timer = setTimeout(keep, KEEP_AFTER);
  }

  // what is missing, with the way to it
  function tellLacks(lacks) {
    const items = lacks.map(({ where, text }) => {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = `#at-${where}`;
      link.textContent = text;
      item.append(link);
      return item;
    });
    if (!items.length) {
      const none = document.createElement("li");
      none.className = "none";
      none.textContent = dataset.sayNone;
      items.push(none);
    }
    form.querySelector("[data-lacks]").replaceChildren(...items);
    for (const one of all("[data-lacks-count]")) one.textContent = lacks.length;
  }

  // characters and points
  function recount() {
    for (const area of all("textarea[data-most]")) count(area);
    sum();
  }
  function count(area) {
    const shown = all("[data-count]").find((one) => one.dataset.count === area.name);
    const length = [...area.value.trim()].length;
    shown.textContent = length;
    shown.parentElement.classList.toggle("over", length > Number(area.dataset.most));
  }
  function sum() {
    let total = 0, rated = 0;
    for (const field of all("[data-full]")) {
      const text = field.value.trim();
      const good = /^\d{1,4}(\.\d{1,2})?$/.test(text) && Math.round(Number(text) * 100) <= Number(field.dataset.full);
      field.toggleAttribute("aria-invalid", text !== "" && !good);
      if (!good) continue;
      total += Math.round(Number(text) * 100);
      rated += 1;
    }
    for (const one of all("[data-total]")) one.textContent = String(total / 100);
    form.querySelector("[data-rated]").textContent = rated;
    form.querySelector("[data-meter]").value = total;
  }

  // files: each is sent at once, one after another
  const waiting = [];
  let sending = false;
  function send(field, file, replaces = "") {
    const box = field.closest(".evidence");
    const refused = box.querySelector("[data-refused]");
    if (file.size > Number(dataset.mostMb) * 1024 * 1024) {
      refused.hidden = false;
      refused.textContent = fill(dataset.sayTooLarge, { name: file.name, mb: dataset.mostMb });
      return;
    }
    waiting.push({ box, refused, file, replaces });
    next();
  }
  function next() {
    if (sending || !waiting.length) return;
    sending = true;
    const { box, refused, file, replaces } = waiting.shift();
    const bar = box.querySelector("progress");
    const data = new FormData();
    data.append("csrf_token", form.elements.csrf_token.value);
    data.append("place", box.dataset.place);
    data.append("replaces", replaces);
    if (box.dataset.place === "signed_form") data.append("code", form.elements.code.value);
    data.append("file", file);
    const request = new XMLHttpRequest();
    request.open("POST", dataset.send);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => (bar.value = (100 * event.loaded) / event.total));
    request.addEventListener("loadend", () => {
      sending = false;
      bar.hidden = true;
      if (request.status === 201) show(box, request.response);
      else {
        refused.hidden = false;
        refused.textContent = request.response?.reasons?.join(" ") || fill(dataset.sayNotSent, { name: file.name });
      }
      next();
    });
    refused.hidden = true;
    bar.hidden = false;
    bar.value = 0;
    request.send(data);
  }
  function show(box, { files, lacks, standing }) {
    box.querySelector("ul").replaceChildren(...files.map((file) => row(box.dataset.place, file)));
    if (box.dataset.place === "signed_form") form.querySelector("[data-standing]").textContent = standing;
    if (unsaved) keep(); // what is missing then goes by what is typed
    else tellLacks(lacks);
  }
  function row(at, file) {
    const make = (name, attributes, ...children) => {
      const one = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
      one.append(...children);
      return one;
    };
    const face = file.small
      ? make("img", { src: file.small, alt: "", width: 96, height: 96 })
      : make("span", { class: "kind", "aria-hidden": "true" }, file.kind);
    const size = file.size < 1048576 ? `${Math.max(1, Math.round(file.size / 1024))} KB` : `${(file.size / 1048576).toFixed(1)} MB`;
    const hidden = () => make("span", { class: "visually-hidden" }, ` ${file.name}`);
    const again = make("input", { class: "visually-hidden", type: "file", accept: dataset.accept, name: `replace.${at}:${file.sha256}`, "data-replaces": file.sha256 });
    return make("li", { "data-sha256": file.sha256 },
      make("a", { href: file.href, target: "_blank", rel: "noopener" }, face, make("span", { class: "name" }, file.name)),
      make("span", { class: "acts" }, make("span", { class: "about" }, size),
        make("label", { class: "plain replace" }, dataset.sayReplace, again, hidden()),
        make("button", { class: "plain", name: "do", value: `remove:${at}:${file.sha256}`, formnovalidate: "" }, dataset.sayRemove, hidden())));
  }

  form.addEventListener("input", (event) => {
    if (event.target.type === "file" || NOT_TYPED.has(event.target.name)) return;
    if (event.target.matches("textarea[data-most]")) count(event.target);
    if (event.target.matches("[data-full]")) sum();
    changed();
  });
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (field.type !== "file") return;
    for (const file of field.files) send(field, file, field.dataset.replaces ?? "");
    field.value = ""; // sent already: not once more with the form
  });
  for (const box of all(".evidence")) {
    const target = box.querySelector(".sending");
    box.addEventListener("dragover", (event) => {
      event.preventDefault();
      target.classList.add("over");
    });
    box.addEventListener("dragleave", () => target.classList.remove("over"));
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      target.classList.remove("over");
      for (const file of event.dataTransfer.files) send(target, file);
    });
  }
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input:not([type=checkbox])")) event.preventDefault();
  });
  let leaving = false;
  form.addEventListener("submit", (event) => {
    if (sending || waiting.length) {
      event.preventDefault();
      said.textContent = dataset.saySending;
      return;
    }
    clearTimeout(timer);
    dirty = false;
    leaving = true;
  });
  window.addEventListener("pageshow", () => (leaving = false));
  window.addEventListener("pagehide", () => {
    if (dirty && !leaving) navigator.sendBeacon(dataset.keep, body());
  });
  window.addEventListener("focus", () => freshToken().catch(() => {}));
  offerKeptHere();
  recount();
})();
