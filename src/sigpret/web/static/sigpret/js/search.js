// Ctrl K. Without this file the box in the top bar is a link to a page that searches.
(() => {
  "use strict";
  const KEPT = 6;
  const box = document.querySelector("[data-search-box]");
  if (!box) return;
  const input = box.querySelector("input");
  const recent = box.querySelector("[data-recent]");
  const store = `recientes-${recent.dataset.person}`;
  let opener = null;

  // What was opened in this tab, newest first; it goes with the tab.
  const visited = () => {
    try { return JSON.parse(sessionStorage.getItem(store)) || []; } catch { return []; }
  };
  const remember = () => {
    const here = { url: location.pathname, title: document.title.replace(/ · SIGPRET$/, "") };
    if (here.url === "/buscar") return;
    const others = visited().filter((page) => page.url !== here.url);
    try {
      sessionStorage.setItem(store, JSON.stringify([here, ...others].slice(0, KEPT + 1)));
    } catch { /* a full store only forgets */ }
  };
  const showRecent = () => {
    const pages = input.value.trim() ? [] : visited().filter((page) => page.url !== location.pathname);
    recent.querySelector("ul").replaceChildren(...pages.slice(0, KEPT).map((page) => {
      const link = document.createElement("a");
      const item = document.createElement("li");
      const title = document.createElement("span");
      title.className = "hit-title";
      title.textContent = page.title;
      link.href = page.url;
      link.dataset.hit = "";
      link.append(title);
      item.append(link);
      return item;
    }));
    recent.hidden = pages.length === 0;
  };

  const open = (from) => {
    if (box.open) return;
    const focused = from || document.activeElement;
    opener = focused === document.body ? document.querySelector("[data-shortcut='ctrl+k']") : focused;
    box.showModal();
    input.select();
    input.focus();
    showRecent();
    input.dispatchEvent(new CustomEvent("search-opened"));
  };
  const links = () => [...box.querySelectorAll("[data-hit]")].filter((link) => link.offsetParent);
  const step = (by) => {
    const all = links();
    const place = all.indexOf(document.activeElement) + by;
    if (place < 0) input.focus();
    else all[Math.min(place, all.length - 1)]?.focus();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-shortcut='ctrl+k']");
    if (button && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      open(button === document.activeElement ? button : document.activeElement);
    }
    if (event.target.closest("[data-search-close]") || event.target === box) box.close();
  });
  box.addEventListener("close", () => { opener?.focus?.(); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Home" && document.activeElement !== input) links()[0]?.focus();
    else if (event.key === "Escape") box.close();
    else {
      // Whoever goes on typing goes on searching.
      if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
        && document.activeElement !== input) input.focus();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  box.querySelector("[data-search-form]").addEventListener("submit", (event) => {
    const [first] = links();
    const isCurrent = box.dataset.shown === input.value.trim();
    if (!first || !isCurrent) return;
    event.preventDefault();
    first.click();
  });
  input.addEventListener("input", showRecent);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id === "search-results") box.dataset.shown = input.value.trim();
  });
  // The warning of an ended session stands on the page, behind this box.
  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (box.open && detail.xhr.status === 401) box.close();
  });
  remember();
})();
