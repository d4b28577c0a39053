// What is kept on this device, in sight: how much, in which state each, and a copy to take away.
(() => {
  "use strict";
  const panel = document.querySelector("[data-unsent]");
  if (!panel) return;
  const words = panel.querySelector("[data-unsent-words]");
  const list = panel.querySelector("ul");
  const pattern = panel.querySelector("template");
  const toggle = panel.querySelector("[data-unsent-toggle]");
  const login = panel.querySelector("[data-unsent-login]");
  let items = {};
  let shown = false;
  // Somebody pressed send without a connection: the answer stays in sight until there is one.
  let isHeld = false;

  // As the page calls it: «Causa» and «Contratación», not the names that travel.
  const fieldOf = (name) => document.getElementsByName(name)[0];
  const labelOf = (name) => {
    const field = fieldOf(name);
    const label = field?.labels?.[0]?.textContent || field?.getAttribute("aria-label") || name;
    return label.split(",")[0].trim();
  };
  const valueOf = (name, value) => {
    const option = [...(fieldOf(name)?.options ?? [])].find((one) => one.value === value);
    return value && option ? option.textContent.trim() : value;
  };
  const HOUR = new Intl.DateTimeFormat("es-HN", { dateStyle: "medium", timeStyle: "short" });
  const hourOf = (at) => (at ? HOUR.format(new Date(at)) : "");

  const countWords = (count) => (count === 1 ? panel.dataset.one : panel.dataset.many.replace("%n", count));

  const sentence = (left, connection) => {
    if (isHeld) return panel.dataset.hold;
    const count = countWords(left.length);
    if (connection === "signed-out") return panel.dataset.signedOut.replace("%n", count);
    if (connection === "offline") return panel.dataset.offline.replace("%n", count);
    const stuck = left.filter((item) => item.state === "conflict" || item.state === "error");
    if (stuck.length === left.length) return panel.dataset.stuck.replace("%n", count);
    return panel.dataset.waiting.replace("%n", count);
  };

  const draw = () => {
    list.replaceChildren();
    for (const [id, item] of Object.entries(items)) {
      const line = pattern.content.cloneNode(true);
      const name = `${item.code} ${item.name}`;
      line.querySelector("[data-name]").textContent = name;
      const said = Object.entries(item.fields).map(([field, value]) => valueOf(field, value));
      line.querySelector("[data-value]").textContent = said.filter(Boolean).join(" · ");
      line.querySelector("[data-state]").textContent = panel.dataset[item.state] ?? item.state;
      line.querySelector("[data-remove]").dataset.remove = id;
      line.querySelector("[data-remove-name]").textContent = ` ${name}`;
      list.append(line);
    }
  };

  // A save on a good line takes a moment: only what stays is worth a yellow pill.
  let patience = 0;
  document.addEventListener("drafts:changed", ({ detail }) => {
    items = detail.items;
    const left = Object.values(items);
    isHeld = isHeld && left.length > 0 && detail.connection === "offline";
    const isQuiet = detail.connection === "online" && left.every((item) => item.state === "queued" || item.state === "sending");
    window.clearTimeout(patience);
    const show = () => {
      panel.hidden = !left.length && detail.connection !== "offline";
      words.textContent = left.length ? sentence(left, detail.connection) : panel.dataset.alone;
      login.hidden = detail.connection !== "signed-out";
      login.href = panel.dataset.login;
      panel.classList.toggle("calm", detail.connection === "online");
      document.documentElement.classList.toggle("is-offline", detail.connection === "offline");
      draw();
    };
    if (isQuiet && left.length && panel.hidden) patience = window.setTimeout(show, 1500);
    else show();
  });
  document.addEventListener("drafts:held", ({ detail }) => {
    isHeld = detail.connection === "offline";
    words.textContent = panel.dataset.hold;
    panel.hidden = false;
  });

  // No cell of the copy begins a formula in a spreadsheet.
  const safe = (text) => (/^[=+\-@\t\r]/.test(text) && !/^-?[\d.,]+$/.test(text) ? `'${text}` : text);
  const quoted = (text) => `"${safe(String(text)).replaceAll('"', '""')}"`;

  const rescue = () => {
    const rows = Object.entries(items).flatMap(([, item]) =>
      Object.entries(item.fields).map(([field, value]) => [item.code, item.name, labelOf(field), valueOf(field, value), panel.dataset[item.state] ?? "", hourOf(item.at)]));
    const text = [panel.dataset.columns.split("|"), ...rows].map((row) => row.map(quoted).join(",")).join("\r\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
    link.download = panel.dataset.file;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  panel.addEventListener("click", (event) => {
    const removed = event.target.closest("[data-remove]");
    if (removed) {
      document.dispatchEvent(new CustomEvent("drafts:remove", { detail: { id: removed.dataset.remove } }));
      toggle.focus();
    } else if (event.target.closest("[data-unsent-toggle]")) {
      shown = !shown;
      list.hidden = !shown;
      toggle.setAttribute("aria-expanded", String(shown));
    } else if (event.target.closest("[data-unsent-retry]")) {
      document.dispatchEvent(new CustomEvent("drafts:retry"));
    } else if (event.target.closest("[data-unsent-rescue]")) rescue();
  });
})();
