// The page itself is kept on this device only while it has something unsent and no connection, so
// that it can be opened again; a small worker shows it when the network fails. Its drawings and
// scripts, which say nothing of anybody, are kept from the first visit.
(() => {
  "use strict";
  const form = document.querySelector("form[data-draft]");
  if (!form || !("serviceWorker" in navigator) || !window.caches) return;
  const [person] = form.dataset.draft.split(":");
  const PAGES = "sigpret-page:";
  const SHELL = "sigpret-shell";
  const asTheServerSentIt = `<!doctype html>${document.documentElement.outerHTML}`;
  let isKept = false;

  const keepPage = async () => {
    if (isKept) return;
    isKept = true;
    const headers = { "Content-Type": "text/html; charset=utf-8" };
    const pages = await caches.open(PAGES + person);
    await pages.put(window.location.pathname, new Response(asTheServerSentIt, { headers }));
  };
  const forgetPage = async () => {
    isKept = false;
    if (!(await caches.has(PAGES + person))) return;
    const pages = await caches.open(PAGES + person);
    await pages.delete(window.location.pathname);
  };
  const forgetOthers = async () => {
    for (const name of await caches.keys()) if (name.startsWith(PAGES) && name !== PAGES + person) await caches.delete(name);
  };

  const parts = () => {
    const named = [...document.querySelectorAll("link[rel='stylesheet'], link[rel~='icon'], script[src]")];
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => /\.woff2(\?|$)/.test(name));
    return new Set([...named.map((part) => part.href || part.src), ...loaded].filter((url) => url.startsWith(window.location.origin)));
  };
  const keepShell = async () => {
    const shell = await caches.open(SHELL);
    const wanted = parts();
    for (const request of await shell.keys()) {
      if (wanted.has(request.url)) wanted.delete(request.url);
      else await shell.delete(request);
    }
    await Promise.allSettled([...wanted].map((url) => shell.add(url)));
  };

  document.addEventListener("drafts:changed", ({ detail: { items, connection } }) => {
    if (!Object.keys(items).length) forgetPage();
    else if (connection !== "online") keepPage();
  });
  window.addEventListener("load", async () => {
    if (!navigator.onLine) return;
    await navigator.serviceWorker.register(form.dataset.worker);
    await forgetOthers();
    await keepShell();
  });
})();
