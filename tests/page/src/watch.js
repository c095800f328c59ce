// Records errors of a page in `errors` from here on, for browsers whose logs cannot be read.

globalThis.errors = [];
const keep = (...words) => errors.push(words.join(" "));
// Captured, because load errors do not bubble. A delayed resize notification is not an error.
addEventListener(
  "error",
  ({ message, target }) =>
    message?.startsWith("ResizeObserver loop") || keep(message ?? `cannot load ${target.src ?? target.href}`),
  true,
);
addEventListener("unhandledrejection", ({ reason }) => keep("rejected:", reason));
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  keep(violatedDirective, blockedURI),
);
for (const kind of ["error", "warn"]) {
  const say = console[kind].bind(console);
  console[kind] = (...words) => {
    keep(...words);
    say(...words);
  };
}
