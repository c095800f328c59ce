// The Trusted Types policy of our own pages: only these scripts may start. Pages that start workers load it; the
// element sets no policy on authors' pages. Browsers without Trusted Types check nothing.

/** The scripts that may start: the workers, and the service worker of the site. */
const OWN = [
  ...["challenge", "run", "study"].map((name) => new URL(`../workers/${name}-worker.js`, import.meta.url).href),
  new URL("sw.js", document.baseURI).href,
];

// Browsers apply the default policy to plain addresses, so workers can start in the form that bundlers recognise.
self.trustedTypes?.createPolicy("default", {
  /** @param {string} address */
  createScriptURL: (address) => (OWN.includes(address) ? address : null),
});
