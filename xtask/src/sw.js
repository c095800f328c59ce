// Keeps the site for when there is no network. The build writes which files it has, and a hash of all of them.
//
// What has a hash in its name comes from the cache. A page comes from the network, and from the cache without one. A new
// build waits until the pages of the last one are closed: what they may still load is in the old cache.

const CACHE = "deleverage-VERSION";

/** Each file that is kept, and the hash of its content: what came damaged is not kept. */
const FILES = { FILES: "" };

const HASHED = /\/v-[0-9a-f]{16}\//;

/** The drawings of a page in another language are for who reads that page. */
const LANGUAGE = /\/stills\/([\w-]+)\//;

addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const clients = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
      const read = (language) => clients.some(({ url }) => new URL(url).pathname.endsWith(`.${language}.html`));
      const wanted = Object.keys(FILES).filter((file) => !LANGUAGE.test(file) || read(LANGUAGE.exec(file)[1]));
      // Another worker of the same build may have filled it, and may be at work with it.
      const there = await caches.has(CACHE);
      const cache = await caches.open(CACHE);
      try {
        await cache.addAll(wanted.map(whole));
      } catch (error) {
        // The next one begins anew: a cache that is there and empty helps nobody.
        if (!there) await caches.delete(CACHE);
        throw error;
      }
    })(),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      // Of this site only: others may live at the same origin.
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

/** Without what follows a question mark: it says what a page shows, and not which page it is. */
const kept = async (request) => (await caches.open(CACHE)).match(request, { ignoreSearch: true, ignoreVary: true });

/** A request that fails if the answer is not what the build wrote. */
function whole(file) {
  // What has no hash in its name may be an old one in the browser's own cache.
  return new Request(file, { integrity: FILES[file], cache: HASHED.test(`/${file}`) ? "default" : "no-cache" });
}

async function keep(request) {
  // After a panic a script is asked for by another address, for another instance.
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
    // A lesson that is not of this build is one of somebody who wants it without a network, too.
    if (answer.ok && request.url.endsWith(".toml")) (await caches.open(CACHE)).put(request, answer.clone());
    return answer;
  } catch (error) {
    const found = await kept(request);
    if (found) return found;
    throw error;
  }
}
