"use strict";
// The editor's pictures: chosen, pasted or dropped they are sent at once, and a line for each goes into the text
// where the cursor is. The list says which pictures no line names yet.
(() => {
  const form = document.querySelector("[data-editor]");
  const list = form?.querySelector("[data-pictures]");
  if (!list) return;
  const TAKEN = /^image\/(png|jpeg)$/;
  const LARGEST = Number(form.dataset.largest) * 1024 * 1024;
  let area = form.elements.body;
  let sending = 0;

  const areas = () => [...form.querySelectorAll("[data-pastes]")];
  const rows = () => [...list.children];
  const held = (row) => JSON.parse(row.querySelector("[name=picture_file]").value || "null");
  const names = () => rows().map(held).filter(Boolean).map((file) => file.name);
  const line = (name) => `![](${name})`;
  const isLineOf = (text, name) => /^\s*[!！][[［【]/.test(text) && text.trim().slice(0, -1).endsWith(name);
  const placed = (name) => areas().some((one) => one.value.split("\n").some((text) => isLineOf(text, name)));
  const told = () => form.dispatchEvent(new CustomEvent("files"));

  function size(bytes) {
    return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
  }

  function source(file) {
    const address = new URL(form.dataset.thumbnail, location.href);
    for (const key of ["sha256", "name", "size"]) address.searchParams.set(key, file[key]);
    return address.href;
  }

  function show(row) {
    const file = held(row);
    row.querySelector("[data-file-name]").textContent = file ? file.name : "";
    row.querySelector("[data-file-size]").textContent = file ? size(file.size) : "";
    row.querySelector("[data-line]").textContent = file ? line(file.name) : "";
    const picture = row.querySelector("[data-thumb]");
    if (file && picture.src !== source(file)) picture.src = source(file);
    mark();
  }

  function mark() {
    rows().forEach((row, index) => {
      const file = held(row);
      const missing = Boolean(file) && !placed(file.name);
      row.querySelector("[data-unplaced]").hidden = !missing;
      row.querySelector("[data-place]").hidden = !missing;
      row.querySelector(".unpicture").value = `unpicture:${index}`;
    });
  }

  // Put a line of its own where the cursor is, or below the line in which it is; the cursor goes where its caption is typed.
  function insert(into, name) {
    const at = into.selectionStart;
    const start = into.value.lastIndexOf("\n", at - 1) + 1;
    const end = into.value.indexOf("\n", at) < 0 ? into.value.length : into.value.indexOf("\n", at);
    const place = at === start ? start : end;
    const text = at === start ? `${line(name)}${start === end ? "" : "\n"}` : `\n${line(name)}`;
    const caption = place + text.indexOf("![") + 2;
    into.focus();
    into.setSelectionRange(place, place);
    if (!document.execCommand("insertText", false, text)) {
      into.setRangeText(text, place, place, "end");
      into.dispatchEvent(new Event("input", { bubbles: true }));
    }
    into.setSelectionRange(caption, caption);
    mark();
  }

  function add() {
    list.append(form.querySelector("[data-picture-form]").content.cloneNode(true));
    return list.lastElementChild;
  }

  function send(file, into, name = file.name) {
    const row = add();
    row.querySelector("[data-file-name]").textContent = name;
    const bar = row.querySelector("progress");
    const refused = row.querySelector("[data-refused]");
    if (file.size > LARGEST) {
      refused.textContent = form.dataset.sayTooLarge.replace("{name}", name);
      return;
    }
    const body = new FormData();
    body.append("csrf_token", form.elements.csrf_token.value);
    body.append("as", "picture");
    for (const other of names()) body.append("other", other);
    body.append("file", file, name);
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.uploads);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => (bar.value = (100 * event.loaded) / event.total));
    request.addEventListener("loadend", () => {
      sending -= 1;
      bar.hidden = true;
      if (request.status === 201) {
        row.querySelector("[name=picture_file]").value = JSON.stringify(request.response);
        insert(into, request.response.name);
        show(row);
      } else {
        refused.textContent = request.response?.reasons?.join(" ") || form.dataset.sayNotSent.replace("{name}", name);
      }
      told();
    });
    sending += 1;
    bar.hidden = false;
    request.send(body);
  }

  form.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-pastes]")) area = event.target;
  });

  form.addEventListener("change", (event) => {
    if (!event.target.matches("[data-pictures-many]")) return;
    if (!area.isConnected) area = form.elements.body;
    for (const file of event.target.files) send(file, area);
    event.target.value = ""; // sent already: not once more with the form
  });

  form.addEventListener("input", (event) => event.target.matches("[data-pastes]") && mark());

  form.addEventListener("click", (event) => {
    const row = event.target.closest("[data-picture]");
    if (!row) return;
    if (event.target.closest("[data-place]")) {
      insert(area.isConnected ? area : form.elements.body, held(row).name);
    } else if (event.target.closest(".unpicture")) {
      event.preventDefault();
      const file = held(row);
      row.remove();
      if (file) for (const one of areas()) takeOut(one, file.name);
      mark();
    } else {
      return;
    }
    told();
  });

  function takeOut(from, name) {
    const kept = from.value.split("\n").filter((text) => !isLineOf(text, name)).join("\n");
    if (kept !== from.value) from.value = kept;
  }

  // What office programs copy holds a picture of the words, too: only a picture alone is one.
  document.addEventListener("paste", (event) => {
    const into = event.target.closest?.("[data-pastes]");
    const files = [...(event.clipboardData?.files ?? [])].filter((file) => TAKEN.test(file.type));
    if (!into || !form.contains(into) || !files.length || event.clipboardData.getData("text/plain").trim()) return;
    event.preventDefault();
    for (const file of files) {
      const plain = /^image\.\w+$/.test(file.name);
      send(file, into, plain ? `${form.dataset.sayPicture}${rows().length + 1}.${file.type.slice(6)}` : file.name);
    }
  });

  for (const kind of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(kind, (event) => {
      const into = event.target.closest?.("[data-pastes]");
      if (!into || ![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      into.classList.toggle("dropping", kind === "dragover");
      if (kind === "drop") for (const file of event.dataTransfer.files) send(file, into);
    });
  }

  form.addEventListener("submit", (event) => {
    if (!sending) return;
    event.preventDefault();
    form.querySelector("[data-kept]").textContent = form.dataset.saySending;
  });

  form.addEventListener("pictures", (event) => {
    list.replaceChildren();
    for (let left = event.detail; left; left -= 1) add();
  });
  form.addEventListener("restored", () => rows().forEach(show));
  mark();
})();
