// Ticking somebody under "Avisar a alguien" writes their @name where the person is typing, so
// that whoever reads knows who was called. Without script the box alone calls them.
(() => {
  "use strict";
  document.addEventListener("change", (event) => {
    const box = event.target.closest("[data-mention]");
    if (!box) return;
    const text = box.closest("form").querySelector("textarea[data-mentions]");
    const name = `@${box.dataset.mention}`;
    const has = text.value.includes(name);
    if (box.checked && !has) text.value = `${text.value.trimEnd()} ${name} `.trimStart();
    if (!box.checked && has) text.value = text.value.replace(name, "").replace(/ {2,}/g, " ").trim();
  });
})();
