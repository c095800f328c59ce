// Service worker: makes the site work offline. The build fills in the list of files and a hash of all of them.
//
// Files with a hash in their name come from the cache. Pages come from the network, or from the cache if there is none.
// A new build waits until the pages of the last one are closed, because they may still load files from the old cache.

const CACHE = "deleverage-VERSION";

/** Each cached file and the hash of its content; damaged downloads are rejected. */
const FILES = { FILES: "" };

const HASHED = /\/v-[0-9a-f]{16}\//;

/** Drawings of a translated page are cached only when that page is read. */
const LANGUAGE = /\/stills\/([\w-]+)\//;

addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const clients = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
      const read = (language) => clients.some(({ url }) => new URL(url).pathname.endsWith(`.${language}.html`));
      const wanted = Object.keys(FILES).filter((file) => !LANGUAGE.test(file) || read(LANGUAGE.exec(file)[1]));
      // A different worker of the same build may have filled the cache and may be using it.
      const there = await caches.has(CACHE);
      const cache = await caches.open(CACHE);
      try {
        await cache.addAll(wanted.map(whole));
      } catch (error) {
        // The next worker starts again: an empty cache must not remain.
        if (!there) await caches.delete(CACHE);
        throw error;
      }
    })(),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      // Only caches of this site: there may be others at the same origin.
      const own = (await caches.keys()).filter((name) => name.startsWith("deleverage-") && name !== CACHE);
      for (const name of own) {
        const kept = await (await caches.open(name)).keys();
        if (kept.some(({ url }) => url.startsWith(registration.scope))) await caches.delete(name);
      }
    })(),
  );
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  const hashed = HASHED.test(request.url);
  event.respondWith(hashed ? keep(request) : ask(request));
});

/** An address without its query, which does not select a page. */
const kept = async (request) => (await caches.open(CACHE)).match(request, { ignoreSearch: true, ignoreVary: true });

/** A request that fails if the content is not what the build wrote. */
function whole(file) {
  // Without a hash in the name, the browser's HTTP cache may hold an old version.
  return new Request(file, { integrity: FILES[file], cache: HASHED.test(`/${file}`) ? "default" : "no-cache" });
}

async function keep(request) {
  // After a panic a script is loaded with a query, for a new instance.
  const found = await kept(request);
  if (found) return found;
  const answer = await fetch(request);
  const file = request.url.slice(registration.scope.length);
  if (FILES[file]) (await caches.open(CACHE)).add(whole(file)).catch(() => {});
  return answer;
}

async function ask(request) {
  try {
    const answer = await fetch(request);
    // A lesson that is not part of this build was added by the operator; it works offline too.
    if (answer.ok && request.url.endsWith(".toml")) (await caches.open(CACHE)).put(request, answer.clone());
    return answer;
  } catch (error) {
    const found = await kept(request);
    if (found) return found;
    throw error;
  }
}
