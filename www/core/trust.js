// The Trusted Types policy of our own pages: only these scripts may be started. Pages that start workers load it; the
// element sets no policy in the pages of authors. Browsers without Trusted Types check nothing.

/** The scripts that may be started: the workers, and the service worker of the site. */
const OWN = [
  ...["map", "predict", "study"].map((name) => new URL(`../workers/${name}-worker.js`, import.meta.url).href),
  new URL("sw.js", document.baseURI).href,
];

// The default policy, which browsers ask for plain addresses: workers can then be started in the form that bundlers know.
globalThis.trustedTypes?.createPolicy("default", { createScriptURL: (address) => (OWN.includes(address) ? address : null) });
