// Keyboard of the entry grid: a plain table of text inputs, one column to fill or several
// (`data-col`), in which one goes down the column one is in.
// Enter and arrows move between rows, Escape restores, Alt+Down finds the next pending cell.
(() => {
  "use strict";
  const cellsOf = (grid) => [...grid.querySelectorAll(".cell:not([readonly])")];

  const go = (cell) => {
    if (!cell) return;
    cell.focus();
    cell.select();
  };

  const step = (grid, from, by) => {
    const cells = cellsOf(grid).filter((cell) => cell.dataset.col === from.dataset.col);
    go(cells[cells.indexOf(from) + by]);
  };

  const nextPending = (grid, from) => {
    const cells = cellsOf(grid);
    const after = cells.slice(cells.indexOf(from) + 1);
    go([...after, ...cells].find((cell) => cell.hasAttribute("data-pending") && cell !== from));
  };

  const restore = (cell) => {
    cell.value = cell.dataset.before ?? cell.defaultValue;
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    cell.select();
  };

  const openEvidence = (cell) => cell.closest("tr")?.querySelector("[data-evidence]")?.click();

  const moves = {
    Enter: (grid, cell, event) => step(grid, cell, event.shiftKey ? -1 : 1),
    ArrowDown: (grid, cell, event) => (event.altKey ? nextPending(grid, cell) : step(grid, cell, 1)),
    ArrowUp: (grid, cell) => step(grid, cell, -1),
    Escape: (_grid, cell) => restore(cell),
  };

  const onKey = (grid, event) => {
    const cell = event.target.closest(".cell");
    if (!cell) return;
    if (event.key === "." && event.ctrlKey) {
      event.preventDefault();
      openEvidence(cell);
      return;
    }
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move(grid, cell, event);
  };

  const onFocus = (event) => {
    const cell = event.target.closest?.(".cell");
    if (!cell) return;
    cell.dataset.before = cell.value;
    for (const row of document.querySelectorAll("tr.selected")) row.classList.remove("selected");
    cell.closest("tr")?.classList.add("selected");
  };

  // What is typed while a row is being saved must outlive the answer that redraws the row.
  const FIELDS = "input:not([type=hidden]), select";
  const sent = new WeakMap();
  const newer = new WeakMap();

  document.addEventListener("htmx:beforeSend", ({ detail: { elt } }) => {
    if (!elt.closest("[data-entry-grid]")) return;
    sent.set(elt, new Map([...elt.querySelectorAll(FIELDS)].map((field) => [field.name, field.value])));
  });
  document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
    const before = sent.get(target);
    if (!before) return;
    const typed = [...target.querySelectorAll(FIELDS)].filter((field) => before.get(field.name) !== field.value);
    newer.set(target, typed.map((field) => [field.name, field.value]));
  });
  document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
    const kept = newer.get(target) ?? [];
    newer.delete(target);
    for (const [name, value] of kept) {
      const field = document.getElementsByName(name)[0];
      if (!field) continue;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });

  for (const grid of document.querySelectorAll("[data-entry-grid]")) {
    grid.addEventListener("keydown", (event) => onKey(grid, event));
    grid.addEventListener("focusin", onFocus);
    // On a phone the focus would hide the title, the deadline and the progress.
    if (grid.hasAttribute("data-start-at-pending") && window.matchMedia("(min-width: 761px)").matches) {
      grid.querySelector(".cell[data-pending]")?.focus();
    }
  }
})();
