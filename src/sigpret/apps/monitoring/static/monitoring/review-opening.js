// Says to the server that the datum of the page is in front of the person: looking writes nothing.
// Without this file the buttons of the drawn data say it.
(() => {
  "use strict";
  const form = document.querySelector("[data-opening]");
  if (!form) return;
  const headers = { "HX-Request": "true" };
  fetch(form.action, { method: "POST", body: new FormData(form), headers, keepalive: true })
    .catch(() => { /* the batch will ask to open it again */ });
})();
