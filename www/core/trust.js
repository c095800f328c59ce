// Trusted Types, for our own pages: scripts may be started from here and from nowhere else. Loaded by the pages that start
// any; what authors put into pages of theirs sets no policy there. Browsers without Trusted Types check nothing.

/** What may be started: the workers, and the one of the whole site. */
const OWN = [
  ...["map", "predict", "study"].map((name) => new URL(`../workers/${name}-worker.js`, import.meta.url).href),
  new URL("sw.js", document.baseURI).href,
];

// The one that browsers ask where a script gives them a plain address, so that workers are started as bundlers know it.
globalThis.trustedTypes?.createPolicy("default", { createScriptURL: (address) => (OWN.includes(address) ? address : null) });
