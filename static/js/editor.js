"use strict";
// The editor: keeps what is typed (at the office, and in this browser as a second net), shows the paper
// beside it, adds and removes attachments, picks addressees. Files go by files.js.
(() => {
  const form = document.querySelector("[data-editor]");
  if (!form) return;
  const KEEP_AFTER = 2000;
  const SHOW_AFTER = 1200;
  const NOT_TYPED = new Set(["csrf_token", "key", "version", "from", "only"]);
  const place = `hongtou:${form.dataset.person}:${form.dataset.document}`;
  const status = form.querySelector("[data-kept]");
  const panel = form.querySelector("[data-paper]");

  const typed = () => [...new FormData(form)].filter(([name, value]) => !NOT_TYPED.has(name) && typeof value === "string");
  const body = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const say = (text, ...more) => status.replaceChildren(text, ...more);

  async function post(address) {
    const send = () => fetch(address, { method: "POST", body: body(), headers: { Accept: "application/json" } });
    const answer = await send();
    if (answer.status !== 400) return answer;
    const fresh = await fetch(form.dataset.token);  // signed in anew in another window: the old token is void
    if (!fresh.ok || fresh.redirected) return answer;
    form.elements.csrf_token.value = (await fresh.json()).csrf_token;
    return send();
  }

  // second net: this browser
  function keepHere() {
    try {
      localStorage.setItem(place, JSON.stringify({ at: new Date().toISOString(), fields: typed() }));
    } catch {
      // the browser keeps nothing: the office still does
    }
  }

  function keptHere() {
    try {
      return JSON.parse(localStorage.getItem(place));
    } catch {
      return null;
    }
  }

  function offerKeptHere() {
    const kept = keptHere();
    const offer = form.querySelector("[data-local]");
    if (!kept || JSON.stringify(kept.fields) === JSON.stringify(typed())) return;
    if (form.dataset.keptAt && kept.at < new Date(Date.parse(form.dataset.keptAt.slice(0, 23) + "Z") + 5000).toISOString()) return;
    offer.hidden = false;
    offer.querySelector("[data-restore]").addEventListener("click", () => {
      restore(kept.fields);
      offer.hidden = true;
      changed();
    });
    offer.querySelector("[data-discard]").addEventListener("click", () => {
      localStorage.removeItem(place);
      offer.hidden = true;
    });
  }

  function restore(fields) {
    const count = (wanted) => fields.filter(([name]) => name === wanted).length;
    attachments.replaceChildren();
    for (let left = count("attachment_title"); left; left -= 1) addAttachment();
    form.dispatchEvent(new CustomEvent("references", { detail: count("reference_file") }));
    form.dispatchEvent(new CustomEvent("pictures", { detail: count("picture_file") }));
    const seen = {};
    for (const box of form.querySelectorAll("[type=checkbox], [type=radio]")) {
      box.checked = fields.some(([name, value]) => name === box.name && value === box.value);
    }
    for (const [name, value] of fields) {
      seen[name] = (seen[name] ?? -1) + 1;
      const fitting = [...form.querySelectorAll(`[name="${name}"]`)].filter((one) => !/^(checkbox|radio)$/.test(one.type));
      if (fitting[seen[name]]) fitting[seen[name]].value = value;
    }
    form.dispatchEvent(new CustomEvent("restored"));
  }

  // first net: the office
  let waiting = 0;
  async function keep() {
    try {
      const answer = await post(form.dataset.keep);
      if (answer.ok) say(form.dataset.sayKept.replace("{time}", (await answer.json()).at));
      else if (answer.status === 401) sayEnded();
      else if (answer.status === 422 || answer.status === 413) say(form.dataset.sayTooLong);
      else say(form.dataset.sayOffline);
    } catch {
      say(form.dataset.sayOffline);
    }
  }

  function sayEnded() {
    const link = document.createElement("a");
    link.href = form.dataset.signIn;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = form.dataset.saySignIn;
    say(`${form.dataset.sayEnded} `, link);
  }

  // how the title may be broken: a click takes one
  const ways = form.querySelector("[data-ways]");
  function offerTitles(found) {
    ways?.replaceChildren(...found.map((way) => {
      const item = document.createElement("li"), chip = document.createElement("button");
      chip.type = "button";
      chip.className = "chip";
      chip.lang = "zh-CN";
      chip.textContent = way;
      item.append(chip);
      return item;
    }));
  }
  ways?.addEventListener("click", (event) => {
    const chip = event.target.closest("button");
    if (!chip) return;
    form.elements.title_lines.value = chip.textContent;
    changed();
  });

  form.elements.title.addEventListener("input", (event) => {
    const lines = form.elements.title_lines;
    const bare = (text) => text.replace(/\s/g, "");
    if (lines?.value && bare(lines.value) !== bare(event.target.value)) lines.value = "";
  });

  // the paper beside the text: one at a time, then the latest
  let laying = false, again = false, later = 0;
  async function lay() {
    if (laying) {
      again = true;
      return;
    }
    laying = true;
    try {
      const answer = await post(form.dataset.preview);
      if (answer.ok) {
        const state = await answer.json();
        if (state.titles) offerTitles(state.titles);
        panel.dispatchEvent(new CustomEvent("paper", { detail: state }));
        return;
      }
    } catch {
      // told where the text is kept
    }
    laying = false;
  }
  panel.addEventListener("paper-settled", () => {
    laying = false;
    if (again) {
      again = false;
      lay();
    }
  });

  function changed() {
    keepHere();
    clearTimeout(waiting);
    waiting = setTimeout(keep, KEEP_AFTER);
    clearTimeout(later);
    later = setTimeout(lay, SHOW_AFTER);
  }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);

  let sent = false;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    clearTimeout(waiting);
    sent = true;
  });
  window.addEventListener("pageshow", () => (sent = false));
  window.addEventListener("pagehide", () => {
    if (!sent && waiting) navigator.sendBeacon(form.dataset.keep, body());
  });
  // Before the form goes, make sure that its token is this session's.
  window.addEventListener("focus", async () => {
    try {
      const fresh = await fetch(form.dataset.token);
      if (fresh.ok && !fresh.redirected) form.elements.csrf_token.value = (await fresh.json()).csrf_token;
    } catch {
      // asked again on the next occasion
    }
  });

  // attachments
  const attachments = form.querySelector("[data-attachments]");
  function number() {
    attachments.querySelectorAll("[data-attachment]").forEach((one, index) => {
      one.querySelector("[data-number]").textContent = index + 1;
      for (const act of ["up", "remove"]) one.querySelector(`.${act}`).value = `${act}:${index}`;
      one.querySelector(".no-file").value = `nofile:${index}`;
      one.querySelector("[data-upload]").name = `attachment_upload-${index}`;
    });
  }
  function addAttachment() {
    attachments.append(form.querySelector("[data-attachment-form]").content.cloneNode(true));
    number();
    return attachments.lastElementChild;
  }
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-add]")) {
      event.preventDefault();
      addAttachment().querySelector("input").focus();
      changed();
    } else if (event.target.closest(".remove")) {
      event.preventDefault();
      event.target.closest("[data-attachment]").remove();
      number();
      changed();
    } else if (event.target.closest(".up")) {
      event.preventDefault();
      const row = event.target.closest("[data-attachment]");
      row.previousElementSibling?.before(row);
      number();
      row.querySelector(".up").focus();
      changed();
    }
  });
  form.addEventListener("attachment", (event) => event.detail(addAttachment()));
  form.addEventListener("files", changed);

  // a reason is asked for where the document is not made public
  const disclosure = form.querySelector("[data-disclosure]");
  const reason = form.querySelector("[data-disclosure-reason]");
  const ask = () => (reason.hidden = disclosure.selectedIndex < 2);
  disclosure.addEventListener("change", ask);
  form.addEventListener("restored", ask);
  ask();

  // what the type may have: its forms, fields that only some types have, what is usual
  const { type, form: shape } = form.elements;
  const filled = (part) => [...part.querySelectorAll("input, textarea")].some((one) => (one.type === "checkbox" ? one.checked : one.value.trim()));
  function suit(changing) {
    const { forms, fields = "" } = type.selectedOptions[0]?.dataset ?? {};
    if (forms === undefined) return;
    const may = new Set(["", ...forms.split(" ")]), has = new Set(fields.split(" "));
    if (changing && !may.has(shape.value)) shape.value = "";
    for (const one of shape.options) one.hidden = one.disabled = !may.has(one.value) && !one.selected;
    for (const one of form.querySelectorAll("[data-field]")) one.hidden = !has.has(one.dataset.field) && !filled(one);
    for (const one of form.querySelectorAll("[data-wanted]")) one.hidden = !has.has(one.dataset.wanted);
    for (const one of form.querySelectorAll("[data-lacking]")) one.hidden = has.has(one.dataset.lacking);
    const attendance = form.querySelector("[data-field=attendance]");
    if (changing && !attendance.hidden) attendance.open = true;
  }
  type.addEventListener("change", () => suit(true));
  form.addEventListener("restored", () => suit(false));
  suit(false);

  // addressees
  const END = /[，；,;、：:。\s]+$/;
  for (const picker of form.querySelectorAll("[data-picker]")) {
    const area = form.elements[picker.dataset.picker];
    const names = () => area.value.split(/[，；,;、\n]/).map((name) => name.trim());
    const mark = () => {
      const now = new Set(names());
      for (const chip of picker.children) chip.setAttribute("aria-pressed", now.has(chip.textContent));
    };
    picker.hidden = false;
    area.addEventListener("input", mark);
    picker.addEventListener("click", (event) => {
      const chip = event.target.closest("button");
      if (!chip) return;
      const name = chip.textContent;
      if (names().includes(name)) area.value = names().filter((one) => one && one !== name).join("、");
      else area.value = area.value.trim() ? `${area.value.replace(END, "")}、${name}` : name;
      mark();
      changed();
    });
    mark();
  }
  for (const area of form.querySelectorAll("[data-one-line]")) {
    area.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    area.addEventListener("input", () => {
      if (/[\r\n]/.test(area.value)) area.value = area.value.replace(/\s*[\r\n]+\s*/g, "");
    });
  }

  // a new document begins with the 抄送 of its agency until somebody has changed that
  const { agency, copy_to: copies } = form.elements;
  let usual = agency.selectedOptions[0]?.dataset.copies;
  agency.addEventListener("change", () => {
    const others = agency.selectedOptions[0]?.dataset.copies ?? "";
    if (!form.dataset.document && copies.value.trim() === usual) {
      copies.value = others;
      copies.dispatchEvent(new Event("input", { bubbles: true }));
    }
    usual = others;
  });

  if (form.dataset.opened === "True") offerKeptHere(); // an answer to what was sent holds all that was typed
  lay();
})();
