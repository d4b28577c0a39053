// Files dropped many at once: each is sent on its own, with its progress and its own sentence.
// Without this file the same forms send everything at once. The words live in the templates.
(() => {
  "use strict";
  const LIMIT = 10 * 1024 * 1024;
  const TOO_MANY = 429;
  document.documentElement.classList.add("scripted");

  const lineFor = (zone, file) => {
    const line = zone.querySelector("template[data-line]").content.firstElementChild.cloneNode(true);
    line.querySelector("[data-name]").textContent = file.name;
    zone.querySelector("[data-lines]").append(line);
    return line;
  };

  const fail = (line, words) => {
    line.classList.add("bad");
    line.querySelector("progress")?.remove();
    line.querySelector("[data-words]").textContent = words;
  };

  const answered = (line, request, zone) => {
    if (request.status !== 200 && request.status !== 422) { fail(line, zone.dataset.lost); return; }
    const place = document.createElement("ul");
    place.innerHTML = request.responseText;
    line.replaceWith(...place.children);
  };

  // Too many in one minute: the line says so, and the file is sent again by itself.
  const waitTurn = (zone, line, request, again) => {
    line.querySelector("[data-words]").textContent = zone.dataset.tooMany;
    const seconds = Number(request.getResponseHeader("Retry-After")) || 60;
    setTimeout(() => { line.remove(); again(); }, seconds * 1000);
  };

  const send = (zone, form, file) =>
    new Promise((resolve) => {
      const line = lineFor(zone, file);
      if (file.size > LIMIT) { fail(line, zone.dataset.tooLarge); resolve(); return; }
      const body = new FormData();
      body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      body.append("archivos", file);
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("HX-Request", "true");
      request.upload.addEventListener("progress", (event) => {
        const bar = line.querySelector("progress");
        if (bar && event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
      });
      request.addEventListener("load", () => {
        if (request.status === TOO_MANY) { waitTurn(zone, line, request, () => resolve(send(zone, form, file))); return; }
        answered(line, request, zone);
        resolve();
      });
      request.addEventListener("error", () => { fail(line, zone.dataset.lost); resolve(); });
      request.send(body);
    });

  const sendAll = async (zone, files) => {
    const form = zone.querySelector("form[enctype]");
    const matches = zone.querySelector("[data-evidence-matches]");
    matches.hidden = false;
    zone.setAttribute("aria-busy", "true");
    // One after the other: a shared line would only make all of them slow.
    for (const file of files) await send(zone, form, file);
    zone.removeAttribute("aria-busy");
    form.reset();
    const confirm = zone.querySelector("[data-confirm]");
    confirm.hidden = !zone.querySelector("[data-lines] select");
    const announcer = document.querySelector("[data-announcer]");
    if (announcer) announcer.textContent = zone.dataset.done;
    if (!confirm.hidden) confirm.querySelector("button").focus();
  };

  const zoneOf = (target) => target.closest?.("[data-evidence-drop]");
  const rowOf = (target) => target.closest?.("[data-evidence-target]");
  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

  document.addEventListener("change", (event) => {
    const zone = event.target.type === "file" && zoneOf(event.target);
    if (zone && event.target.files.length) sendAll(zone, [...event.target.files]);
  });

  const light = (on) => {
    for (const place of document.querySelectorAll("[data-evidence-drop] .drop, [data-evidence-target] .drop")) {
      place.classList.toggle("over", on);
    }
  };

  // A file let go beside the zone must not take the place of the page.
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    light(true);
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) light(false); });
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    light(false);
    const files = [...event.dataTransfer.files];
    const row = rowOf(event.target);
    const zone = zoneOf(event.target) ?? document.querySelector("[data-evidence-drop]");
    if (row) {
      const input = row.querySelector("input[type=file]");
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (zone) sendAll(zone, files);
  });

  // The files of one row travel with htmx; this only shows how far they are.
  document.addEventListener("htmx:xhr:progress", (event) => {
    const bar = rowOf(event.target)?.querySelector("progress");
    if (!bar || !event.detail.lengthComputable) return;
    bar.hidden = false;
    bar.value = (100 * event.detail.loaded) / event.detail.total;
  });

  // Showing evidence may count as writing the value: its row must know the version there is now.
  document.addEventListener("htmx:afterSettle", () => {
    for (const data of document.querySelectorAll("data[data-version-of]")) {
      for (const field of document.getElementsByName(data.dataset.versionOf)) field.value = data.value;
    }
  });
})();
