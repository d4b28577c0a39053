// A session is written down live and nothing typed is lost: every change waits on this device, by
// person and meeting, until the server says it has it. Changes leave one after another, each with a
// key of its own, so that trying again after a lost answer has no second effect. A text leaves with
// the one it was typed over: the server joins what two people wrote, or shows both.
(() => {
  "use strict";
  const place = document.querySelector("[data-minutes]");
  if (!place) return;
  const STORE = `sigpret:unsent:mesa-${place.dataset.minutes}`;
  const DRAFTS = `${STORE}:drafts`;
  const WAITS = [2, 5, 10, 25, 60];
  const TYPING = 1200;
  let failures = 0;
  let timer = 0;
  let isSending = false;
  let isSignedOut = false;
  const pauses = new Map();

  const read = (name, empty) => {
    try { return JSON.parse(window.localStorage.getItem(name)) ?? empty; } catch { return empty; }
  };
  const write = (name, value) => {
    try {
      if (Object.keys(value).length) window.localStorage.setItem(name, JSON.stringify(value));
      else window.localStorage.removeItem(name);
    } catch { /* storage refused or full: the page still saves while it is open */ }
  };
  let queue = read(STORE, []);
  const keep = () => { write(STORE, queue); tell(); };

  // What the server will not take as it is waits for somebody to look at it.
  const moving = () => queue.filter((change) => !change.held);

  const tell = () => {
    const state = document.querySelector("[data-minutes-state]");
    if (!state) return;
    const { dataset } = place;
    const count = queue.length === 1 ? dataset.one : dataset.many.replace("%n", queue.length);
    const isAway = !navigator.onLine || failures > 0;
    state.classList.toggle("waiting", queue.length > 0 && (isAway || isSignedOut));
    if (!queue.length) state.textContent = `${dataset.saved} ${clock()}`;
    else if (!moving().length) state.textContent = dataset.failed;
    else if (isSignedOut) state.textContent = dataset.signedOut;
    else if (isAway) state.textContent = dataset.offline.replace("%n", count);
    else state.textContent = dataset.saving;
  };
  const clock = () => new Date().toLocaleTimeString("es-HN", { hour: "numeric", minute: "2-digit" });

  const uuid = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  // Texts.
  const textOf = (form) => form.elements.namedItem("text");
  const baseOf = (form) => form.elements.namedItem("base");
  const isWaiting = (form) => queue.find((change) => change.form === form.id && change.isText);

  const noteText = (form) => {
    const waiting = isWaiting(form);
    const text = textOf(form).value;
    if (waiting && !waiting.isOut) waiting.text = text;
    else if (waiting) { waiting.next = text; }
    else {
      if (text === baseOf(form).value) return;
      const field = form.elements.namedItem("field").value;
      queue.push({ key: uuid(), form: form.id, url: form.action, isText: true, field, text, base: baseOf(form).value });
    }
    keep();
  };

  const sendSoon = (form) => {
    window.clearTimeout(pauses.get(form.id));
    pauses.set(form.id, window.setTimeout(sendAll, TYPING));
  };

  // What came back about a text: who goes on typing keeps their words and their place.
  const settleText = (change, html, status) => {
    const form = document.getElementById(change.form);
    const answer = new DOMParser().parseFromString(html, "text/html");
    const stored = answer.querySelector("textarea")?.value ?? change.text;
    if (status !== 200) {
      change.text = change.next ?? change.text;
      delete change.next;
      Object.assign(change, { held: true, isOut: false });
      const part = form?.querySelector("[data-notes-text]");
      const came = answer.querySelector("[data-notes-text]");
      if (part && came) {
        part.replaceWith(came);
        textOf(form).value = change.text;
        form.querySelector("[data-keep]")?.focus();
      }
      keep();
      return;
    }
    queue = queue.filter((one) => one !== change);
    if (!form) { keep(); return; }
    const area = textOf(form);
    form.querySelector(".conflict")?.remove();
    if (area.value === change.text) {
      const caret = area.selectionStart;
      if (area.value !== stored) {
        area.value = stored;
        if (document.activeElement === area) area.setSelectionRange(caret, caret);
      }
      baseOf(form).value = stored;
    } else {
      baseOf(form).value = change.text;
      noteText(form);
      sendSoon(form);
    }
    grow(area);
    keep();
  };

  // Everything else: a form's fields, sent as they are; the pieces that come back take their place.
  const noteForm = (form, submitter) => {
    const fields = [...new FormData(form, submitter)].filter(([name]) => name !== "csrfmiddlewaretoken");
    queue.push({ key: uuid(), form: form.id, url: form.action, fields });
    if (form.hasAttribute("data-draft")) {
      const drafts = read(DRAFTS, {});
      delete drafts[form.id];
      write(DRAFTS, drafts);
      form.reset();
    }
    keep();
    sendAll();
  };

  const settleForm = (html, status) => {
    const came = new DOMParser().parseFromString(html, "text/html").body;
    const focused = document.activeElement?.id;
    for (const piece of [...came.children]) {
      if (!piece.id) continue;
      const here = document.getElementById(piece.id);
      const open = here ? [...here.querySelectorAll("details[open]")].map((one) => [...here.querySelectorAll("details")].indexOf(one)) : [];
      if (here) { carry(here, piece); here.replaceWith(piece); }
      else document.getElementById("nuevo-tema")?.before(piece);
      const folds = piece.querySelectorAll("details");
      for (const at of open) if (folds[at]) folds[at].open = true;
    }
    const target = (status === 422 && document.querySelector("[aria-invalid='true'], .errors")) || document.querySelector(".topic [data-autofocus]") || (focused && document.getElementById(focused));
    target?.focus?.();
    document.querySelectorAll("[data-autofocus]").forEach((one) => one.removeAttribute("data-autofocus"));
  };
  // A text being typed in a piece that is drawn again stays as it is typed.
  const carry = (here, piece) => {
    for (const form of here.querySelectorAll("form[data-notes]")) {
      const twin = piece.querySelector(`#${form.id}`);
      if (!twin) continue;
      if (isWaiting(form) || textOf(form).value !== baseOf(form).value) twin.replaceWith(form);
    }
  };

  const token = () => document.querySelector("[name='csrfmiddlewaretoken']")?.value ?? "";

  const sendAll = async () => {
    if (isSending || !moving().length) { tell(); return; }
    isSending = true;
    window.clearTimeout(timer);
    while (moving().length) {
      const [change] = moving();
      change.isOut = true;
      tell();
      const body = change.isText ? new URLSearchParams({ field: change.field, text: change.text, base: change.base }) : new URLSearchParams(change.fields);
      let answer = null;
      try {
        answer = await fetch(change.url, { method: "POST", body, headers: { "HX-Request": "true", "Idempotency-Key": change.key, "X-CSRFToken": token() } });
      } catch { answer = null; }
      const status = answer?.status ?? 0;
      if (status === 0 || status >= 500) { change.isOut = false; later(); break; }
      failures = 0;
      if (status === 401) { change.isOut = false; isSignedOut = true; keep(); break; }
      isSignedOut = false;
      const html = await answer.text();
      if (change.isText) { settleText(change, html, status); continue; }
      queue = queue.filter((one) => one !== change);
      keep();
      if ([200, 409, 422].includes(status)) settleForm(html, status);
      else giveBack(change);
    }
    isSending = false;
    tell();
  };
  // Refused whole: what was typed goes back to its place.
  const giveBack = (change) => {
    const form = document.getElementById(change.form);
    for (const [name, value] of form ? change.fields : []) {
      const field = form.elements.namedItem(name);
      if (field && "value" in field) field.value = value;
    }
    if (form?.hasAttribute("data-draft")) write(DRAFTS, { ...read(DRAFTS, {}), [form.id]: change.fields });
    const state = document.querySelector("[data-minutes-state]");
    if (state) state.textContent = place.dataset.failed;
  };
  const later = () => {
    failures += 1;
    timer = window.setTimeout(sendAll, 1000 * WAITS[Math.min(failures - 1, WAITS.length - 1)]);
    keep();
  };

  // Gestures.
  // Browsers that fit a text by themselves (field-sizing) need no help.
  const grow = (area) => {
    if (CSS.supports("field-sizing", "content")) return;
    const wide = Math.max(20, area.clientWidth / 7.2);
    const lines = area.value.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / wide)), 0);
    area.rows = Math.max(Number(area.dataset.rows ?? area.rows), lines);
  };
  const formOf = (target, kind) => target.closest?.(`form[${kind}]`);
  place.addEventListener("input", ({ target }) => {
    const notes = formOf(target, "data-notes");
    if (notes) { noteText(notes); sendSoon(notes); grow(target); return; }
    const draft = formOf(target, "data-draft");
    if (!draft) return;
    const drafts = read(DRAFTS, {});
    drafts[draft.id || draft.action] = [...new FormData(draft)].filter(([name]) => name !== "csrfmiddlewaretoken");
    write(DRAFTS, drafts);
  });
  place.addEventListener("focusout", ({ target }) => { if (formOf(target, "data-notes")) sendAll(); });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form[data-notes]")) { event.preventDefault(); noteText(form); sendAll(); return; }
    if (form.matches("form[data-live]")) {
      event.preventDefault();
      if (!form.reportValidity()) return;
      noteForm(form, event.submitter);
      return;
    }
    // Ending the session or asking waits for what is still on its way.
    if (!form.hasAttribute("data-onwards") || !queue.length) return;
    event.preventDefault();
    sendAll().then(() => { if (!queue.length) form.submit(); else document.querySelector("[data-keep]")?.focus(); });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = formOf(event.target, "data-live");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("button.primary"));
  });
  place.addEventListener("click", ({ target }) => {
    const chosen = target.closest("[data-keep]");
    if (!chosen) return;
    const form = formOf(chosen, "data-notes");
    const area = textOf(form);
    const theirs = baseOf(form).value;
    if (chosen.dataset.keep === "theirs") area.value = theirs;
    if (chosen.dataset.keep === "both") area.value = `${theirs}\n${area.value}`;
    form.querySelector(".conflict")?.remove();
    queue = queue.filter((one) => one.form !== form.id || !one.isText);
    noteText(form);
    keep();
    sendAll();
    area.focus();
  });
  window.addEventListener("online", () => { failures = 0; sendAll(); });
  window.addEventListener("offline", tell);

  // What was left the last time: in its place, and on its way again.
  for (const change of queue) {
    change.isOut = false;
    delete change.held;
    if (change.next !== undefined) { change.text = change.next; delete change.next; }
    const form = change.isText && document.getElementById(change.form);
    if (form) textOf(form).value = change.text;
  }
  for (const [id, fields] of Object.entries(read(DRAFTS, {}))) {
    const form = document.getElementById(id);
    if (!form) continue;
    for (const [name, value] of fields) {
      const field = form.elements.namedItem(name);
      if (field && "value" in field) field.value = value;
    }
  }
  for (const area of place.querySelectorAll("textarea")) { area.dataset.rows = area.rows; grow(area); }
  if (queue.length) sendAll();
})();
