// Registers the service worker that keeps the site for offline use. Only our own pages load this script, and only a
// page outside a frame registers the worker.

const lab = document.querySelector("deleverage-lab");

if (self === top && location.protocol.startsWith("http") && navigator.serviceWorker) {
  // After the figure, which the reader waits for.
  Promise.resolve(lab?.ready)
    .catch(() => {})
    .then(() => navigator.serviceWorker.register(new URL("sw.js", document.baseURI)))
    // The page works without it; some browsers store nothing in a private window.
    .catch((error) => console.info(error.message));
}
