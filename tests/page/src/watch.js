// Keeps what goes wrong on a page in `errors`, from here on, for browsers that do not show what they log.

globalThis.errors = [];
const keep = (...words) => errors.push(words.join(" "));
// Heard on its way down, because a file that cannot be loaded does not bubble. That sizes are told a frame later is no
// fault, and nothing has been thrown.
addEventListener(
  "error",
  ({ message, target }) => message?.startsWith("ResizeObserver loop") || keep(message ?? `cannot load ${target.src ?? target.href}`),
  true,
);
addEventListener("unhandledrejection", ({ reason }) => keep("rejected:", reason));
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => keep(violatedDirective, blockedURI));
for (const kind of ["error", "warn"]) {
  const say = console[kind].bind(console);
  console[kind] = (...words) => {
    keep(...words);
    say(...words);
  };
}
