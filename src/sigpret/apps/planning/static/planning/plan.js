// The plan's own gestures: the panel follows the row, a repair fills its cell, Ctrl Z brings a
// saved quantity back, Alt Shift and an arrow take a product to another objective.
(() => {
  "use strict";
  const grid = () => document.getElementById("plan-grid");
  if (!grid()) return;
  const rowOf = (target) => target.closest?.("#plan-grid tbody.product");

  // The panel: asked once the person stays in a row, so that walking down asks nothing.
  let shown = new URLSearchParams(window.location.search).get("producto") ?? "";
  let waiting = 0;
  const open = (id, { moves = false } = {}) => {
    if (!id || id === shown) return;
    shown = id;
    window.htmx.ajax("GET", `?producto=${id}`, { target: "#ficha", swap: "outerHTML" }).then(() => {
      if (moves && window.matchMedia("(max-width: 1180px)").matches) document.getElementById("ficha")?.scrollIntoView();
    });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-panel]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link.dataset.panel, { moves: true });
  });
  document.addEventListener("focusin", ({ target }) => {
    const row = rowOf(target);
    window.clearTimeout(waiting);
    if (!row || !window.matchMedia("(min-width: 1181px)").matches) return;
    waiting = window.setTimeout(() => open(row.id.slice(1)), 500);
  });

  const put = (cell, value) => {
    cell.value = value;
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    cell.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // A repair: without this the button sends the whole table, which also works.
  const PLACES = { annual_output: "0" };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fix]");
    const row = button && rowOf(button);
    if (!row) return;
    event.preventDefault();
    const [field, value] = button.value.split(":");
    const cell = document.getElementsByName(`${row.id}-${PLACES[field] ?? field}`)[0];
    if (!cell) return;
    cell.focus();
    put(cell, value);
  });

  // Ctrl Z: while typing it is the browser's; on a saved cell it brings back what was there before.
  const past = new Map();
  document.addEventListener("change", ({ target }) => {
    if (!target.matches?.("#plan-grid .cell")) return;
    const before = target.dataset.before ?? target.defaultValue;
    if (before === target.value) return;
    past.set(target.name, [...(past.get(target.name) ?? []), before]);
    target.dataset.before = target.value;
  }, true);
  const takeBack = (cell) => {
    const steps = past.get(cell.name) ?? [];
    if (cell.value !== (cell.dataset.before ?? cell.defaultValue) || !steps.length) return false;
    past.set(cell.name, steps.slice(0, -1));
    const { length } = past.get(cell.name);
    put(cell, steps.at(-1));
    past.set(cell.name, (past.get(cell.name) ?? []).slice(0, length));
    return true;
  };

  const ARROWS = { ArrowUp: "arriba", ArrowDown: "abajo" };
  const move = (row, where, name) => {
    const base = window.location.pathname.replace(/\/$/, "");
    window.htmx.ajax("POST", `${base}/producto/${row.id.slice(1)}/mover`, {
      target: "#plan-grid", swap: "outerHTML", values: { direccion: where },
    }).then(() => document.getElementsByName(name)[0]?.focus());
  };
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest?.("#plan-grid .cell:not([readonly])");
    if (!cell) return;
    if (event.altKey && event.shiftKey && ARROWS[event.key]) {
      event.preventDefault();
      event.stopPropagation();
      move(rowOf(cell), ARROWS[event.key], cell.name);
      return;
    }
    const isUndo = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey);
    if (isUndo && takeBack(cell)) {
      event.preventDefault();
      cell.select();
    }
  }, true);
})();
