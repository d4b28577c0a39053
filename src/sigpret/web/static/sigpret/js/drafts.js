// Nothing typed is lost: every cell is kept on this device until the server says it has it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const key = `sigpret:${form.dataset.draft}`;
  const note = document.querySelector("[data-save-state]");

  const read = () => {
    try { return JSON.parse(window.localStorage.getItem(key)) ?? {}; } catch { return {}; }
  };
  const write = (kept) => {
    try {
      if (Object.keys(kept).length) window.localStorage.setItem(key, JSON.stringify(kept));
      else window.localStorage.removeItem(key);
    } catch { /* storage refused or full: the page still saves cell by cell */ }
  };
  const say = (name, count) => {
    if (note && form.dataset[name]) note.textContent = form.dataset[name].replace("%n", count);
  };

  const keep = (field) => { if (field.name) write({ ...read(), [field.name]: field.value }); };
  const forget = (name) => { const kept = read(); delete kept[name]; write(kept); };

  const resend = () => {
    for (const [name, value] of Object.entries(read())) {
      const field = form.elements[name];
      if (!field) { forget(name); continue; }
      field.value = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  form.addEventListener("input", (event) => keep(event.target));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && event.target.name && form.contains(event.target)) forget(event.target.name);
  });
  form.addEventListener("submit", () => write({}));
  window.addEventListener("offline", () => say("offline", Object.keys(read()).length));
  window.addEventListener("online", () => { say("online", Object.keys(read()).length); resend(); });

  const waiting = Object.entries(read()).filter(([name, value]) => form.elements[name] && form.elements[name].value !== value);
  if (waiting.length) { say("restored", waiting.length); resend(); } else write({});
})();
