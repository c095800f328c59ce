// Keeps the site for when there is no network: only our own pages load this, and only a page that stands by itself
// starts the worker, which is of the whole site.

const lab = document.querySelector("deleverage-lab");

if (self === top && location.protocol.startsWith("http") && navigator.serviceWorker) {
  // What the reader waits for comes first.
  Promise.resolve(lab?.ready)
    .catch(() => {})
    .then(() => navigator.serviceWorker.register(new URL("sw.js", document.baseURI)))
    // The page works without: some browsers keep nothing in a private window.
    .catch((error) => console.info(error.message));
}
