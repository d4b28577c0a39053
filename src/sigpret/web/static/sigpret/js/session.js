// Says five minutes before that the session ends, and extends it with one click in every tab.
(() => {
  "use strict";
  const box = document.querySelector("[data-session]");
  if (!box) return;
  const words = box.querySelector("[data-session-words]");
  const form = box.querySelector("[data-session-extend]");
  const enter = box.querySelector("[data-session-enter]");
  const warning = Number(box.dataset.warning);
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("sigpret-session") : null;
  const say = (name, minutes) => {
    const text = box.querySelector(`[data-${name}]`).content.textContent.replace("%m", minutes);
    if (words.textContent !== text) words.textContent = text;
  };
  let until = 0;
  let most = Date.now() + Number(box.dataset.most) * 1000;
  let timer = 0;

  // By the clock and not by counting, because computers sleep.
  const look = () => {
    window.clearTimeout(timer);
    const left = Math.round((until - Date.now()) / 1000);
    box.hidden = left > warning;
    // Nothing extends it past its longest: no button promises that.
    const isLast = until >= most - 1000;
    form.hidden = left <= 0 || isLast;
    enter.hidden = left > 0;
    if (left <= 0) say("over");
    else if (left <= 60) say(isLast ? "last-one" : "soon-one");
    else if (left <= warning) say(isLast ? "last" : "soon", Math.ceil(left / 60));
    const next = left > warning ? left - warning : left > 0 ? Math.min(left, 30) : 0;
    // A longer wait than this does not fit a timer.
    if (next) timer = window.setTimeout(look, Math.min(next, 86_400) * 1000);
  };
  const last = (seconds) => { until = Date.now() + seconds * 1000; look(); };
  const over = () => last(0);
  const tell = (left) => tabs?.postMessage({ left, most });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const headers = { "HX-Request": "true", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    try {
      const answer = await fetch(form.action, { method: "POST", headers });
      if (!answer.ok) { over(); return; }
      const { left } = await answer.json();
      last(left);
      tell(left);
      document.getElementById("contenido")?.focus();
    } catch { look(); }
  });
  tabs?.addEventListener("message", ({ data }) => { most = Number(data.most); last(Number(data.left)); });
  document.addEventListener("visibilitychange", look);
  // A refused fragment is how the page learns that the session ended before its time.
  document.addEventListener("htmx:responseError", ({ detail }) => { if (detail.xhr.status === 401) over(); });
  last(Number(box.dataset.left));
  // Whoever comes back signed in elsewhere tells the other tabs.
  tell(Number(box.dataset.left));
})();
