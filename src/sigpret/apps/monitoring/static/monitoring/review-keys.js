// V validates, D returns, C comments, the arrows go to the next datum, ? lists them: only on the
// review, and only while nobody is typing. They can be switched off, and the choice stays here.
(() => {
  "use strict";
  const toggle = document.querySelector("[data-keys-toggle]");
  if (!toggle) return;
  const key = "sigpret:review-keys";
  const isOff = () => { try { return window.localStorage.getItem(key) === "off"; } catch { return false; } };
  const remember = (off) => { try { window.localStorage.setItem(key, off ? "off" : "on"); } catch { /* this visit only */ } };
  const show = () => { toggle.textContent = isOff() ? toggle.dataset.turnOn : toggle.dataset.turnOff; };
  const help = document.querySelector("[data-keys-help]");

  const step = (by) => {
    const entries = [...document.querySelectorAll("[data-review-entry]")].filter((entry) => entry.offsetParent);
    const now = entries.findIndex((entry) => entry.hasAttribute("aria-current"));
    entries[now + by]?.click();
  };
  const press = (name) => {
    const control = document.querySelector(`[data-shortcut='${name}']`);
    if (!control) return;
    if (control.matches("textarea")) {
      control.focus();
      control.scrollIntoView({ block: "center" });
    } else {
      control.click();
    }
  };
  const reason = (number) => document.querySelector(`[data-reason='${number}']`)?.click();
  const moves = {
    v: () => press("v"),
    d: () => press("d"),
    c: () => press("c"),
    "?": () => help?.showModal(),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    1: () => reason(1),
    2: () => reason(2),
    3: () => reason(3),
    4: () => reason(4),
  };
  // Escape leaves what is being typed first; again, it cancels the return.
  const escape = (target) => {
    if (help?.open) return;
    if (target.closest("textarea")) target.blur();
    else press("escape");
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, summary");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) {
      event.target.form.querySelector("button[data-send], button[type=submit]")?.click();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { escape(event.target); return; }
    if (isOff() || typing || help?.open) return;
    const move = moves[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!move) return;
    event.preventDefault();
    move();
  });
  document.querySelector(".decision:not(.returning) a[href^='#comentario']")?.addEventListener("click", (event) => {
    event.preventDefault();
    press("c");
  });
  // The proposed words are there to be continued.
  const reply = document.querySelector(".decision.returning textarea");
  reply?.setSelectionRange(reply.value.length, reply.value.length);
  toggle.addEventListener("click", () => { remember(!isOff()); show(); });
  toggle.hidden = false;
  show();
})();
