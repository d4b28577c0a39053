// A column pasted from a spreadsheet: shown beside what is there, applied only when confirmed,
// undone in one click. The words live in components/paste_preview.html; numbers are read by the
// server, which refuses what it cannot read.
(() => {
  "use strict";
  const dialog = document.querySelector("dialog[data-paste-preview]");
  if (!dialog) return;
  const rows = dialog.querySelector("[data-rows]");
  const pattern = dialog.querySelector("template");
  const summary = dialog.querySelector("[data-summary]");
  const undo = document.querySelector("[data-undo-paste]");
  let plan = [];
  let done = [];

  const linesOf = (text) =>
    text.replace(/\r\n/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t")[0].trim());

  const put = (cell, value) => {
    cell.value = value;
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    cell.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // What the eye should stop at; the server is who reads the numbers.
  const NUMBER = /^[-−]?(\d+|\d{1,3}([, ]\d{3})+)(\.\d+)?$/;
  const amount = (text) => Number(text.replace(/[, ]/g, "").replace("−", "-"));
  const check = (cell, value) => {
    if (!value) return "blank";
    if (!NUMBER.test(value)) return "unread";
    if (cell.value && amount(value) === amount(cell.value)) return "same";
    const planned = amount(cell.closest("tr")?.querySelector("td.strong")?.textContent ?? "");
    return planned > 0 && amount(value) >= 10 * planned ? "large" : "good";
  };

  const draw = (surplus) => {
    rows.replaceChildren();
    for (const { cell, value } of plan) {
      const line = pattern.content.cloneNode(true);
      const name = cell.closest("tr")?.querySelector("th[scope='row']")?.firstChild?.textContent;
      line.querySelector("[data-name]").textContent = (name ?? cell.getAttribute("aria-label")).trim();
      line.querySelector("[data-before]").textContent = cell.value || "—";
      line.querySelector("[data-after]").textContent = value || "—";
      const verdict = check(cell, value);
      line.querySelector("[data-check]").textContent = dialog.dataset[verdict];
      line.querySelector("tr").classList.toggle("in-error", verdict === "unread");
      line.querySelector("tr").classList.toggle("in-doubt", verdict === "large");
      rows.append(line);
    }
    summary.textContent = surplus > 0 ? summary.dataset.surplus.replace("%n", surplus) : "";
  };

  document.addEventListener("paste", (event) => {
    const cell = event.target.closest?.("[data-entry-grid] .cell");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!cell || !text.trim().includes("\n")) return;
    event.preventDefault();
    const cells = [...cell.closest("[data-entry-grid]").querySelectorAll(".cell:not([readonly])")];
    const targets = cells.slice(cells.indexOf(cell));
    const values = linesOf(text);
    plan = targets.slice(0, values.length).map((target, index) => ({ cell: target, value: values[index] }));
    draw(values.length - plan.length);
    dialog.showModal();
  });

  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "apply") return;
    done = plan.map(({ cell }) => ({ name: cell.name, value: cell.value }));
    for (const { cell, value } of plan) if (value) put(cell, value);
    if (undo) undo.hidden = false;
    plan.at(-1)?.cell.focus();
  });

  undo?.addEventListener("click", () => {
    // By name: saving drew the rows again, so the cells of then are gone.
    const cells = done.map(({ name }) => document.getElementsByName(name)[0]);
    cells.forEach((cell, index) => cell && put(cell, done[index].value));
    undo.hidden = true;
    cells[0]?.focus();
  });
})();
