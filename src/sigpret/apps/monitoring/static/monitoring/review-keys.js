// V validates, D returns, the arrows go to the next datum: only on the review, and only while
// nobody is typing. They can be switched off, and the choice stays on this device.
(() => {
  "use strict";
  const toggle = document.querySelector("[data-keys-toggle]");
  if (!toggle) return;
  const key = "sigpret:review-keys";
  const isOff = () => { try { return window.localStorage.getItem(key) === "off"; } catch { return false; } };
  const remember = (off) => { try { window.localStorage.setItem(key, off ? "off" : "on"); } catch { /* this visit only */ } };
  const show = () => { toggle.textContent = isOff() ? toggle.dataset.turnOn : toggle.dataset.turnOff; };

  const step = (by) => {
    const entries = [...document.querySelectorAll("[data-review-entry]")].filter((entry) => entry.offsetParent);
    const now = entries.findIndex((entry) => entry.hasAttribute("aria-current"));
    entries[now + by]?.click();
  };
  const press = (name) => document.querySelector(`[data-shortcut='${name}']`)?.click();
  const moves = {
    v: () => press("v"),
    d: () => press("d"),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { press("escape"); return; }
    if (isOff() || event.target.closest("input, textarea, select, summary")) return;
    const move = moves[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!move) return;
    event.preventDefault();
    move();
  });
  toggle.addEventListener("click", () => { remember(!isOff()); show(); });
  toggle.hidden = false;
  show();
})();
