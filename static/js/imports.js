"use strict";
// Send past documents' files one by one, with progress; what is there already is not sent again.
(() => {
  const part = document.querySelector("[data-sending]");
  if (!part) return;
  const form = part.querySelector("form");
  const bar = part.querySelector("progress");
  const told = part.querySelector("[data-told]");
  const check = part.querySelector("form[action$='/check'] button");
  const LANES = 3; // files on their way at a time
  const TRIES = 3;
  const PAUSE = 2000;
  let sending = false;

  part.querySelector("[data-folder-label]").hidden = false;
  part.querySelector("[data-plain]").hidden = true;

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const nameOf = (file) => file.webkitRelativePath || file.name;
  const isZip = (file) => file.name.toLowerCase().endsWith(".zip");
  const wait = () => new Promise((done) => setTimeout(done, PAUSE));

  async function known() {
    const answer = await fetch(part.dataset.list, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) throw new Error("not known");
    return (await answer.json()).files;
  }

  async function send(file) {
    const body = new FormData();
    body.append("csrf_token", form.elements.csrf_token.value);
    body.append("name", nameOf(file));
    body.append("file", file);
    for (let left = TRIES; left; left -= 1) {
      try {
        const answer = await fetch(part.dataset.one, { method: "POST", body });
        if (answer.status === 201) return "";
        if (answer.status === 422) return (await answer.json()).reasons.join(" ");
        if (answer.redirected || answer.status < 500) return nameOf(file);
      } catch {
        // the office cannot be reached just now
      }
      await wait();
    }
    throw new Error("lost");
  }

  async function sendAll(files) {
    const refused = [];
    const line = files[Symbol.iterator]();
    let there = {};
    let done = 0;

    async function lane() {
      for (const file of line) {
        if (there[nameOf(file)] !== file.size) {
          const why = await send(file);
          if (why) refused.push(why);
        }
        done += 1;
        bar.value = done;
        told.textContent = fill(part.dataset.said, { done, total: files.length });
      }
    }

    under(true);
    bar.max = files.length;
    part.querySelector("[data-progress]").hidden = false;
    try {
      there = await known();
      await Promise.all(Array.from({ length: LANES }, lane));
    } catch {
      told.textContent = part.dataset.lost;
      under(false);
      return;
    }
    under(false);
    if (refused.length) told.textContent = fill(part.dataset.failed, { names: refused.join(" ") });
    else location.assign(location.pathname);
  }

  function under(way) {
    sending = way;
    if (check) check.disabled = way;
  }

  function chosen(input) {
    const files = [...input.files];
    if (!files.length || sending) return;
    if (files.some(isZip)) form.requestSubmit();
    else sendAll(files);
  }

  for (const input of part.querySelectorAll("[data-files]")) {
    input.addEventListener("change", () => chosen(input));
    chosen(input); // before this script was there
  }
  addEventListener("beforeunload", (event) => {
    if (sending) event.preventDefault();
  });
})();
