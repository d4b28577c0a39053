// A block pasted from a spreadsheet into the cells of the plan: shown beside what is there, sent in
// one request when confirmed, and taken back whole with the button of the foot.
(() => {
  "use strict";
  const dialog = document.querySelector("dialog[data-plan-paste]");
  if (!dialog) return;
  const rows = dialog.querySelector("[data-rows]");
  const pattern = dialog.querySelector("template");
  const summary = dialog.querySelector("[data-summary]");
  let plan = [];

  const NUMBER = /^[-−]?(\d+|\d{1,3}([, ]\d{3})+)(\.\d+)?$/;
  const verdict = (cell, value) => {
    if (value === cell.value.trim()) return "same";
    if (cell.readOnly) return "closed";
    if (!value) return "blank";
    return NUMBER.test(value) ? "good" : "unread";
  };

  const blockOf = (text) =>
    text.replace(/\r\n/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t").map((one) => one.trim()));

  // The cells from one on, a row of the block on each row of products.
  const targets = (cell, block) => {
    const products = [...document.querySelectorAll("#plan-grid tbody.product")];
    const first = products.indexOf(cell.closest("tbody.product"));
    const column = Number(cell.dataset.col);
    let surplus = 0;
    const found = [];
    block.forEach((values, down) => values.forEach((value, across) => {
      const target = products[first + down]?.querySelector(`.cell[data-col="${column + across}"]`);
      if (target) found.push({ cell: target, value });
      else if (value) surplus += 1;
    }));
    return [found, surplus];
  };

  const draw = (surplus) => {
    rows.replaceChildren();
    let changes = 0;
    for (const { cell, value } of plan) {
      const said = verdict(cell, value);
      if (said === "same") continue;
      if (said !== "closed") changes += 1;
      const line = pattern.content.cloneNode(true);
      line.querySelector("[data-name]").textContent = cell.getAttribute("aria-label");
      line.querySelector("[data-before]").textContent = cell.value || "—";
      line.querySelector("[data-after]").textContent = (said === "closed" ? cell.value : value) || "—";
      line.querySelector("[data-check]").textContent = dialog.dataset[said];
      line.querySelector("tr").classList.toggle("in-error", said === "unread");
      rows.append(line);
    }
    const over = surplus ? ` ${summary.dataset.surplus.replace("%n", surplus)}` : "";
    summary.textContent = summary.dataset.text.replace("%n", changes) + over;
  };

  document.addEventListener("paste", (event) => {
    const cell = event.target.closest?.("#plan-grid .cell:not([readonly])");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!cell || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const [found, surplus] = targets(cell, blockOf(text));
    plan = found;
    draw(surplus);
    dialog.showModal();
  });

  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "apply" || !plan.length) return;
    const first = plan[0].cell.name;
    for (const { cell, value } of plan) if (!cell.readOnly) cell.value = value;
    const grid = document.getElementById("plan-grid");
    grid.addEventListener("htmx:beforeSwap", () => {
      window.setTimeout(() => document.getElementsByName(first)[0]?.focus(), 60);
    }, { once: true });
    grid.dispatchEvent(new CustomEvent("pasted"));
  });
})();
