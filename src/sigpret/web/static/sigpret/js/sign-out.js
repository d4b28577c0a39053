// Leaving takes away what this device kept of the person: other people use it too.
(() => {
  "use strict";
  const kept = () => Object.keys(window.localStorage).filter((name) => name.startsWith("sigpret:unsent:"));

  const forget = () => {
    for (const name of kept()) window.localStorage.removeItem(name);
    window.caches?.keys().then((names) => names.filter((name) => name.startsWith("sigpret-page:")).forEach((name) => window.caches.delete(name)));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-sign-out]");
    if (!form) return;
    if (kept().length && !window.confirm(form.dataset.signOut)) { event.preventDefault(); return; }
    forget();
  });
})();
