// Registers the service worker that keeps the site for use without a network. Only our own pages load this script, and
// only a page that is in no frame registers the worker.

const lab = document.querySelector("deleverage-lab");

if (self === top && location.protocol.startsWith("http") && navigator.serviceWorker) {
  // What the reader waits for comes first.
  Promise.resolve(lab?.ready)
    .catch(() => {})
    .then(() => navigator.serviceWorker.register(new URL("sw.js", document.baseURI)))
    // The page works without: some browsers keep nothing in a private window.
    .catch((error) => console.info(error.message));
}
