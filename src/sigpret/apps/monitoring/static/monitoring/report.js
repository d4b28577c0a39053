// The report's own gestures: shortcuts in sight, an answer that names its number, the last saved
// value back with Ctrl Z, and on a phone one product at a time.
(() => {
  "use strict";
  const form = document.querySelector("#reporte[data-entry-grid]");
  if (!form) return;
  const phone = window.matchMedia("(max-width: 760px)");

  // Shortcuts.
  const help = document.querySelector("dialog[data-shortcuts]");
  const showOpener = () => { for (const opener of document.querySelectorAll("[data-shortcuts-open]")) opener.hidden = !help; };
  document.addEventListener("click", (event) => { if (event.target.closest("[data-shortcuts-open]")) help?.showModal(); });
  document.addEventListener("keydown", (event) => {
    const writes = event.target.matches?.("textarea, select, input:not(.cell)");
    if (event.key !== "?" || writes || !help || help.open) return;
    event.preventDefault();
    help.showModal();
  });

  // Ctrl Z: while typing it is the browser's; on a saved cell it brings back what was there before.
  const past = new Map();
  form.addEventListener("change", ({ target }) => {
    if (!target.matches(".cell")) return;
    const before = target.dataset.before ?? target.defaultValue;
    if (before === target.value) return;
    past.set(target.name, [...(past.get(target.name) ?? []), before]);
    target.dataset.before = target.value;
  }, true);
  form.addEventListener("keydown", (event) => {
    const cell = event.target.closest(".cell");
    if (!cell || event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return;
    const steps = past.get(cell.name) ?? [];
    if (cell.value !== (cell.dataset.before ?? cell.defaultValue) || !steps.length) return;
    event.preventDefault();
    cell.value = steps.at(-1);
    past.set(cell.name, steps.slice(0, -1));
    cell.dataset.before = cell.value;
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    cell.dispatchEvent(new CustomEvent("change", { bubbles: true }));
    cell.select();
  });

  // «Responder y corregir a 1».
  document.addEventListener("input", (event) => {
    const place = event.target.closest("[data-answer]");
    if (!place) return;
    const typed = place.querySelector("[data-correction]")?.value.trim() ?? "";
    const button = place.querySelector("[data-label]");
    button.textContent = typed ? button.dataset.label.replace("%n", typed) : button.dataset.plain;
  });

  // One product at a time.
  const rows = () => [...form.querySelectorAll("tbody[id]")];
  const current = () => form.querySelector("tbody.current");
  const show = (row, { focus = false } = {}) => {
    if (!row) return;
    for (const one of rows()) one.classList.toggle("current", one === row);
    if (!focus) return;
    row.scrollIntoView({ block: "start" });
    row.querySelector(".cell")?.focus({ preventScroll: true });
  };
  // Forward to what is still to do, when there is something; back one by one.
  const after = (row, by) => {
    const all = rows();
    const rest = all.slice(all.indexOf(row) + 1);
    const next = by > 0 ? rest.find((one) => one.querySelector("[data-pending]")) ?? rest[0] : all[all.indexOf(row) - 1];
    return next ?? row;
  };
  const wanted = () => document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
  const arrange = () => {
    form.classList.toggle("one-by-one", phone.matches);
    if (!phone.matches || current()) return;
    const named = wanted();
    const first = form.querySelector("tbody[id]:has([data-pending])");
    show(rows().includes(named) ? named : first ?? rows()[0]);
    if (first && form.hasAttribute("data-start-at-pending")) current().scrollIntoView({ block: "start" });
  };
  document.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (step && current()) {
      show(after(current(), Number(step.dataset.step)), { focus: true });
      return;
    }
    const row = phone.matches && event.target.closest("#reporte tbody[id]:not(.current)");
    if (!row) return;
    event.preventDefault();
    event.stopPropagation();
    show(row, { focus: true });
  }, true);
  phone.addEventListener("change", arrange);
  document.addEventListener("htmx:oobAfterSwap", showOpener);
  showOpener();
  arrange();
})();
