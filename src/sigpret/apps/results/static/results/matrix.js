// The matrix: printing, and rows of the table edited where they stand. Works without it too.
"use strict";

const cancelled = new WeakMap();
let pending = null;

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) {
    window.print();
    return;
  }
  const cancel = event.target.closest("[data-row-cancel]");
  const row = cancel && cancel.closest("tr");
  if (row && cancelled.has(row)) {
    event.preventDefault();
    putBack(row);
  }
});

document.addEventListener("keydown", (event) => {
  const row = event.key === "Escape" && event.target.closest("tr.editing");
  if (row && cancelled.has(row)) {
    putBack(row);
  }
});

function putBack(row) {
  const before = cancelled.get(row);
  row.replaceWith(before);
  window.htmx.process(before);
  const edit = before.querySelector(".row-edit");
  if (edit) {
    edit.focus();
  }
}

// What the form replaces is kept, so that leaving it costs no request.
document.addEventListener("htmx:beforeSwap", (event) => {
  const row = event.detail.target.closest && event.detail.target.closest("tr");
  if (row && !row.classList.contains("editing")) {
    pending = row.cloneNode(true);
  }
});

document.addEventListener("htmx:afterSettle", (event) => {
  const row = event.detail.elt && event.detail.elt.closest ? event.detail.elt.closest("tr") : null;
  if (!row) {
    return;
  }
  if (row.classList.contains("editing")) {
    if (pending) {
      cancelled.set(row, pending);
    }
    const field = row.querySelector("[aria-invalid='true'], textarea, input:not([type='hidden'])");
    if (field) {
      field.focus();
    }
  } else {
    const edit = row.querySelector(".row-edit");
    if (edit) {
      edit.focus();
    }
  }
});
