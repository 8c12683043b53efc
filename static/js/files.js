"use strict";
// The editor's files: each is sent at once, with its progress, and the form keeps what refers to it.
(() => {
  const form = document.querySelector("[data-editor]");
  if (!form) return;
  const references = form.querySelector("[data-references]");
  const LARGEST = Number(form.dataset.largest) * 1024 * 1024;
  let sending = 0;
  form.dataset.scripted = "yes";

  const fill = (words, name) => words.replace("{name}", name);
  const size = (bytes) => (bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`);
  const told = () => form.dispatchEvent(new CustomEvent("files"));

  // Show in a row what its hidden field refers to.
  function show(row) {
    const held = row.querySelector("[name=attachment_file], [name=reference_file]").value;
    const file = held ? JSON.parse(held) : null;
    row.querySelector("[data-file-name]").textContent = file ? file.name : "";
    row.querySelector("[data-file-size]").textContent = file ? size(file.size) : "";
    if (!row.matches("[data-attachment]")) return;
    row.toggleAttribute("data-is-file", Boolean(file));
    row.querySelector("[data-file]").hidden = !file;
  }

  function send(row, file) {
    const bar = row.querySelector("progress");
    const refused = row.querySelector("[data-refused]");
    refused.textContent = "";
    if (file.size > LARGEST) {
      refused.textContent = fill(form.dataset.sayTooLarge, file.name);
      return;
    }
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("csrf_token", form.elements.csrf_token.value);
    body.append("file", file);
    request.open("POST", form.dataset.uploads);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => (bar.value = (100 * event.loaded) / event.total));
    request.addEventListener("loadend", () => {
      sending -= 1;
      bar.hidden = true;
      if (request.status === 201) keep(row, request.response);
      else refused.textContent = request.response?.reasons?.join(" ") || fill(form.dataset.sayNotSent, file.name);
      told();
    });
    sending += 1;
    bar.hidden = false;
    bar.value = 0;
    request.send(body);
  }

  function keep(row, file) {
    row.querySelector("[name=attachment_file], [name=reference_file]").value = JSON.stringify(file);
    const title = row.querySelector("[name=attachment_title]");
    if (title && !title.value.trim()) title.value = file.name.replace(/\.\w+$/, "");
    show(row);
  }

  function addReference() {
    references.append(form.querySelector("[data-reference-form]").content.cloneNode(true));
    number();
    return references.lastElementChild;
  }
  function number() {
    [...references.children].forEach((row, index) => (row.querySelector(".drop").value = `drop:${index}`));
  }

  form.addEventListener("change", (event) => {
    const chosen = event.target;
    if (!chosen.matches("[data-upload], [data-uploads-many], [data-references-many]")) return;
    const files = [...chosen.files];
    for (const file of files) {
      if (chosen.matches("[data-upload]")) send(chosen.closest("[data-attachment]"), file);
      else if (chosen.matches("[data-references-many]")) send(addReference(), file);
      else form.dispatchEvent(new CustomEvent("attachment", { detail: (row) => send(row, file) }));
    }
    chosen.value = ""; // sent already: not once more with the form
  });

  form.addEventListener("click", (event) => {
    if (event.target.closest(".drop")) {
      event.preventDefault();
      event.target.closest("[data-reference]").remove();
      number();
    } else if (event.target.closest(".no-file")) {
      event.preventDefault();
      const row = event.target.closest("[data-attachment]");
      row.querySelector("[name=attachment_file]").value = "";
      show(row);
    } else {
      return;
    }
    told();
  });

  form.addEventListener("submit", (event) => {
    if (!sending) return;
    event.preventDefault();
    form.querySelector("[data-kept]").textContent = form.dataset.saySending;
  });

  form.addEventListener("references", (event) => {
    references.replaceChildren();
    for (let left = event.detail; left; left -= 1) addReference();
  });
  form.addEventListener("restored", () => form.querySelectorAll("[data-attachment], [data-reference]").forEach(show));
})();
