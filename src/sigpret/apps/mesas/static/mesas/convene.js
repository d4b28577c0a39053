// Calling a meeting: moving topics up and down, and the level that changes who is called.
(() => {
  "use strict";
  const form = document.querySelector("[data-convene]");
  if (!form) return;

  const changed = (element) => element.dispatchEvent(new Event("change", { bubbles: true }));

  for (const movers of form.querySelectorAll(".movers")) movers.hidden = false;

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const topic = button.closest("li");
    const up = button.dataset.move === "up";
    const other = up ? topic.previousElementSibling : topic.nextElementSibling;
    if (!other) return;
    if (up) other.before(topic);
    else other.after(topic);
    button.focus();
    changed(topic.querySelector("input[type=checkbox]"));
  });

  form.addEventListener("change", (event) => {
    const { target } = event;
    if (target.id?.startsWith("on-")) target.closest("li").classList.toggle("off", !target.checked);
    // An earlier day is instead of the calendar's, and the other way round.
    if (target.name === "earlier_day" && target.value) {
      for (const day of form.querySelectorAll("[name=day]")) day.checked = false;
    }
    // Other people are called to another level or group: drawn again with what is typed.
    if (["level", "group"].includes(target.name)) {
      const asked = document.createElement("input");
      Object.assign(asked, { type: "hidden", name: "do", value: "preview" });
      form.append(asked);
      form.submit();
    }
    if (target.name === "day") form.elements.earlier_day.value = "";
  });

  // Enter in a field must not send a convocation.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input:not([type=submit])")) event.preventDefault();
  });
})();
