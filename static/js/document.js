"use strict";
// A document's page: no second click on a sent form, printing; and the browser's own copy of
// a text goes once the office has it.
(() => {
  const page = document.querySelector("[data-document]");
  if (page && new URLSearchParams(location.search).has("saved")) {
    for (const id of ["", page.dataset.document]) localStorage.removeItem(`hongtou:${page.dataset.person}:${id}`);
    const address = new URL(location.href);
    address.searchParams.delete("saved");
    history.replaceState(null, "", address);
  }

  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  const number = document.querySelector(".next-number");
  const year = document.getElementById("register-year");
  const reserved = document.getElementById("register-reserved");
  if (number && year) {
    const instead = number.parentElement.appendChild(document.createElement("b"));
    instead.className = "reserved-number";
    const show = () => {
      instead.textContent = reserved?.value ?? "";
      for (const one of document.querySelectorAll(".next-number")) {
        one.hidden = instead.textContent !== "" || one.dataset.year !== year.value;
      }
    };
    year.addEventListener("change", show);
    reserved?.addEventListener("change", show);
    show();
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
