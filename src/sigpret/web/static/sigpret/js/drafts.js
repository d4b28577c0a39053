// Nothing typed is lost: every field is kept on this device until the server says it has it.
// The version of its row is kept too, so that an old draft meets a newer value as a conflict.
(() => {
  "use strict";
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const key = `sigpret:${form.dataset.draft}`;

  const read = () => {
    try { return JSON.parse(window.localStorage.getItem(key)) ?? {}; } catch { return {}; }
  };
  const write = (kept) => {
    try {
      if (Object.keys(kept).length) window.localStorage.setItem(key, JSON.stringify(kept));
      else window.localStorage.removeItem(key);
    } catch { /* storage refused or full: the page still saves row by row */ }
  };
  const say = (name, count) => {
    const note = document.querySelector("[data-save-state]");
    if (note && form.dataset[name]) note.textContent = form.dataset[name].replace("%n", count);
  };

  const rowOf = (field) => field.closest("[hx-post]");
  const versionOf = (field) => rowOf(field)?.querySelector("[name$='-version']");
  const keep = (field) => {
    if (!field.name) return;
    const kept = { ...read(), [field.name]: { value: field.value, version: versionOf(field)?.value } };
    if (field.value === field.defaultValue) delete kept[field.name];
    write(kept);
  };
  const entries = () =>
    Object.entries(read())
      .map(([name, kept]) => ({ field: form.elements[name], kept }))
      .filter(({ field }) => field);
  const differs = ({ field, kept }) => field.value !== kept.value;
  const send = (row) => row.dispatchEvent(new Event("change", { bubbles: true }));

  // All the fields first and then one request per row: its answer redraws the whole row.
  const resend = (unsent) => {
    const rows = new Set();
    for (const { field, kept } of unsent) {
      field.value = kept.value;
      const version = versionOf(field);
      if (version && kept.version) version.value = kept.version;
      rows.add(rowOf(field) ?? field);
    }
    for (const row of rows) send(row);
  };

  // What somebody went on typing while the answer travelled: the browser will not call it a
  // change any more, because a script wrote it.
  const goOn = ({ field, kept }) => {
    field.value = kept.value;
    const row = rowOf(field) ?? field;
    if (field !== document.activeElement) send(row);
    else field.addEventListener("blur", () => send(row), { once: true });
  };

  form.addEventListener("input", (event) => keep(event.target));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful || !form.contains(event.target)) return;
    const kept = read();
    for (const [name, value] of event.detail.requestConfig.formData ?? []) {
      if (kept[name]?.value === value) delete kept[name];
    }
    write(kept);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const row = event.detail.elt;
    if (!form.contains(row)) return;
    entries().filter((entry) => row.contains(entry.field) && differs(entry)).forEach(goOn);
  });
  form.addEventListener("submit", () => write({}));
  window.addEventListener("offline", () => say("offline", Object.keys(read()).length));
  window.addEventListener("online", () => {
    const unsent = entries();
    if (unsent.length) say("online", unsent.length);
    resend(unsent);
  });

  // Once htmx listens, which it does from this event on.
  document.addEventListener("DOMContentLoaded", () => {
    const unsent = entries().filter(differs);
    if (!unsent.length) { write({}); return; }
    say("restored", unsent.length);
    resend(unsent);
  });
})();
