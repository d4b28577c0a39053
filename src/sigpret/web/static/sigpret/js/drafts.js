// Nothing typed is lost: each row that was touched is kept on this device, by person and report,
// until the server says it has it. A row travels with a key, so that trying again after a lost
// answer has no second effect, and with the version it was typed over, so that what a colleague
// wrote meanwhile is met as a conflict. Others listen to `drafts:changed`.
(() => {
  "use strict";
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const STORE = `sigpret:unsent:${form.dataset.draft}`;
  const WAITS = [3, 6, 12, 25, 60];
  let connection = navigator.onLine ? "online" : "offline";
  let timer = 0;
  let failures = 0;

  const read = () => {
    try { return JSON.parse(window.localStorage.getItem(STORE)) ?? {}; } catch { return {}; }
  };
  const write = (items) => {
    try {
      if (Object.keys(items).length) window.localStorage.setItem(STORE, JSON.stringify(items));
      else window.localStorage.removeItem(STORE);
    } catch { /* storage refused or full: the page still saves row by row */ }
    document.dispatchEvent(new CustomEvent("drafts:changed", { detail: { items, connection } }));
  };
  const change = (id, alter) => {
    const items = read();
    const item = alter(items[id]);
    if (item && Object.keys(item.fields).length) items[id] = item;
    else delete items[id];
    write(items);
  };

  const uuid = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  const rowOf = (element) => element.closest?.("tbody[hx-post]");
  const versionIn = (row) => row.querySelector("[name$='-version']");
  const fieldNamed = (name) => form.elements.namedItem(name);
  const storedIn = (name) => fieldNamed(`initial-${name}`)?.value;
  const nameOf = (row) => row.querySelector("th[scope='row'] a")?.textContent.trim() ?? "";

  const begun = (row) => ({
    code: row.querySelector(".code")?.textContent.trim() ?? "",
    name: nameOf(row),
    fields: {},
    initial: {},
    version: versionIn(row)?.value,
    at: new Date().toISOString(),
  });

  const keep = (field) => {
    const row = rowOf(field);
    if (!row || !field.name || field.type === "hidden") return;
    change(row.id, (item = begun(row)) => {
      const stored = storedIn(field.name);
      item.state = "queued";
      item.fields[field.name] = field.value;
      item.initial[field.name] = stored ?? "";
      if (field.value === stored) delete item.fields[field.name];
      return item;
    });
  };

  const send = (row) => row.dispatchEvent(new Event("change", { bubbles: true }));

  const restore = (row, item) => {
    for (const [name, value] of Object.entries(item.fields)) {
      const field = fieldNamed(name);
      if (field) field.value = value;
    }
    const version = versionIn(row);
    if (version && item.version !== undefined) version.value = item.version;
  };

  // A row that a filter hides is sent by itself: there is nothing to draw again.
  const sendHidden = async (id, item) => {
    const body = new URLSearchParams({ ...item.fields, [`${id}-version`]: item.version ?? 0 });
    for (const name of Object.keys(item.fields)) body.set(`initial-${name}`, item.initial[name] ?? "");
    item.key ??= uuid();
    const headers = { "HX-Request": "true", "Idempotency-Key": item.key, "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    change(id, () => ({ ...item, state: "sending" }));
    try {
      const answer = await fetch(window.location.pathname, { method: "POST", headers, body });
      settle(id, answer.status, body);
    } catch { settle(id, 0, body); }
  };

  const sendAll = () => {
    for (const [id, item] of Object.entries(read())) {
      if (item.state !== "queued") continue;
      const row = document.getElementById(id);
      if (!row) { sendHidden(id, item); continue; }
      if (!rowOf(row)) { change(id, () => ({ ...item, state: "error" })); continue; }
      restore(row, item);
      send(row);
    }
  };

  const retryLater = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(sendAll, 1000 * WAITS[Math.min(failures, WAITS.length - 1)]);
    failures += 1;
  };

  const standing = (status) => (status === 409 ? "conflict" : "error");

  // What the server answered about a row: it has it, it cannot take it, or nothing came back.
  const settle = (id, status, sent) => {
    if (status >= 200 && status < 300) {
      connection = "online";
      failures = 0;
      change(id, (item) => {
        for (const [name, value] of sent) if (item?.fields[name] === value) delete item.fields[name];
        return item && { ...item, state: "queued", key: undefined, body: undefined };
      });
    } else if (status === 401 || status === 403) {
      connection = "signed-out";
      change(id, (item) => item && { ...item, state: "queued" });
    } else if (status === 0 || status >= 500) {
      connection = "offline";
      change(id, (item) => item && { ...item, state: "queued" });
      retryLater();
    } else {
      connection = "online";
      change(id, (item) => item && { ...item, state: standing(status) });
    }
  };

  const namesIn = (formData) => JSON.stringify([...formData].filter(([name]) => name !== "csrfmiddlewaretoken"));

  document.addEventListener("htmx:configRequest", (event) => {
    const { detail } = event;
    const row = rowOf(detail.elt);
    if (!row || !form.contains(row) || detail.verb !== "post") return;
    // Nothing to say: what was typed is already there.
    if (!read()[row.id] && detail.elt === row && !row.querySelector(".in-error")) {
      event.preventDefault();
      return;
    }
    const body = namesIn(detail.formData);
    let key = uuid();
    change(row.id, (item) => {
      if (!item) return item;
      if (item.body === body && item.key) key = item.key;
      return { ...item, key, body, state: "sending" };
    });
    detail.headers["Idempotency-Key"] = key;
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const row = rowOf(detail.elt);
    if (!row || !form.contains(row) || detail.requestConfig.verb !== "post") return;
    settle(row.id, detail.xhr.status, detail.requestConfig.formData ?? []);
  });
  // What somebody went on typing while the answer travelled goes next, over the new version.
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const row = rowOf(detail.elt);
    const item = row && form.contains(row) && read()[row.id];
    if (!item || item.state !== "queued" || connection !== "online") return;
    change(row.id, () => ({ ...item, version: versionIn(row)?.value }));
    restore(row, { ...item, version: undefined });
    if (!row.contains(document.activeElement)) send(row);
    else document.activeElement.addEventListener("blur", () => send(row), { once: true });
  });

  form.addEventListener("input", (event) => keep(event.target));
  form.addEventListener("change", (event) => keep(event.target));
  window.addEventListener("offline", () => { connection = "offline"; write(read()); });
  window.addEventListener("online", () => { connection = "online"; failures = 0; write(read()); sendAll(); });
  document.addEventListener("drafts:retry", () => { failures = 0; sendAll(); });
  document.addEventListener("drafts:remove", ({ detail: { id } }) => {
    const item = read()[id];
    for (const name of Object.keys(item?.fields ?? {})) {
      const field = fieldNamed(name);
      if (field) field.value = storedIn(name) ?? item.initial[name] ?? "";
    }
    document.getElementById(id)?.querySelector(".conflict")?.remove();
    change(id, () => null);
  });

  // The buttons wait for what is on its way, and stay here when something could not be kept.
  form.addEventListener("submit", (event) => {
    const onwards = event.submitter?.value === "enviar";
    if (!onwards && !Object.keys(read()).length) { event.preventDefault(); return; }
    if (!Object.keys(read()).length) return;
    event.preventDefault();
    failures = 0;
    sendAll();
    const wait = ({ detail: { items } }) => {
      const left = Object.values(items);
      const isMoving = left.some((item) => item.state === "sending" || item.state === "queued");
      if (isMoving && connection === "online") return;
      document.removeEventListener("drafts:changed", wait);
      // Saving drew the bar again: the button that was pressed is no longer there.
      const button = document.querySelector(`[form="${form.id}"][value="enviar"]`);
      if (!left.length && onwards) form.requestSubmit(button);
      else if (left.length) document.dispatchEvent(new CustomEvent("drafts:held", { detail: { connection } }));
    };
    document.addEventListener("drafts:changed", wait);
    write(read());
  });

  // Once htmx listens, which it does from this event on.
  document.addEventListener("DOMContentLoaded", () => {
    const items = read();
    for (const [id, item] of Object.entries(items)) {
      for (const [name, value] of Object.entries(item.fields)) if (storedIn(name) === value) delete item.fields[name];
      if (!Object.keys(item.fields).length) { delete items[id]; continue; }
      const row = document.getElementById(id);
      if (row) restore(row, item);
      item.state = row?.querySelector(".in-error") ? "error" : "queued";
    }
    write(items);
    if (Object.keys(items).length && navigator.onLine) sendAll();
  });
})();
