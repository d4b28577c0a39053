// Answers only when the network does not, and only for the address of a report and for files that
// say nothing of anybody. It keeps nothing by itself: the page decides what is kept (offline-page.js).
"use strict";
const REPORT = /^\/i\/[^/]+\/\d{4}\/t[1-4]\/reporte$/;
const POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const keptPage = async (path) => {
  for (const name of await caches.keys()) {
    if (!name.startsWith("sigpret-page:")) continue;
    const found = await (await caches.open(name)).match(path);
    if (found) {
      const headers = new Headers(found.headers);
      headers.set("Content-Security-Policy", POLICY);
      return new Response(await found.text(), { headers });
    }
  }
  return Response.error();
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (REPORT.test(url.pathname)) event.respondWith(fetch(request).catch(() => keptPage(url.pathname)));
  } else if (["style", "script", "font", "image"].includes(request.destination)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request, { cacheName: "sigpret-shell" })) ?? Response.error()));
  }
});
