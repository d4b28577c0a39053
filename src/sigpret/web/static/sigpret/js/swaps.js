// What htmx leaves to us: where the focus goes after a change, and saying what happened.
(() => {
  "use strict";
  const announcer = () => document.querySelector("[data-announcer]");

  const announce = (words) => {
    const place = announcer();
    if (!place || !words) return;
    place.textContent = "";
    // An empty turn first: the same sentence twice is otherwise read once.
    window.setTimeout(() => { place.textContent = words; }, 50);
  };

  const settle = (root) => {
    const said = root.matches?.("[data-announce]") ? root : root.querySelector("[data-announce]");
    if (said) announce(said.dataset.announce);
    const target = root.matches?.("[data-autofocus]") ? root : root.querySelector("[data-autofocus]");
    if (target) target.focus();
  };

  const complain = (words) => {
    announce(words);
    for (const place of document.querySelectorAll("[data-save-state]")) place.textContent = words;
  };

  document.addEventListener("DOMContentLoaded", () => settle(document));
  document.addEventListener("htmx:afterSettle", (event) => settle(event.detail.elt));
  document.addEventListener("htmx:beforeRequest", (event) => {
    event.detail.elt.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    event.detail.elt.removeAttribute("aria-busy");
  });
  document.addEventListener("htmx:sendError", () => complain(announcer()?.dataset.offline));
  document.addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    if (status === 403) complain(announcer()?.dataset.forbidden);
    else if (status === 429) complain(announcer()?.dataset.tooMany);
    else complain(announcer()?.dataset.failed);
  });
})();
