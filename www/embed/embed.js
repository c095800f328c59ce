// The script of embed.html: a figure in a frame, the state in its address, and messages to and from the host.
//
// To any host: `{ deleverage: 1, type: "height", height }`, which reveals nothing about the visitor.
// From the host: `{ deleverage: 1, type: "subscribe" }`, `"set"` with `query`, `"play"`, `"pause"`, and `"height"`,
// which requests the height again.
// To a host that has subscribed, at its origin only: `"ready"`, `"change"` with `query` and `summary`, `"error"` with
// `message`, even if the error came before it subscribed.

import { coalesced } from "../core/animation.js";
import { direction, languageOf, speak, speaking } from "../core/i18n.js";
import "../core/trust.js";
import "../lab.js";

/** Version of the messages. */
const VERSION = 1;

/** Names in an address that concern the element instead of its run. */
const OWN = ["view", "controls", "crowds", "theme", "autoplay", "lang"];

const address = new URLSearchParams(location.search);
const element = document.createElement("deleverage-lab");
element.id = "figure";
for (const name of OWN) {
  const value = address.get(name);
  if (value !== null) element.setAttribute(name, value.slice(0, 400));
  address.delete(name);
}
// By default the market with its two sliders. The laboratory has no particular view.
if (element.getAttribute("view") === "laboratory") element.removeAttribute("view");
else if (!element.hasAttribute("view")) {
  element.setAttribute("view", "market");
  if (!element.hasAttribute("controls")) element.setAttribute("controls", "bots leverage");
}
if (element.hasAttribute("theme")) document.documentElement.dataset.theme = element.getAttribute("theme") ?? "";
// The document has the current language, which is English if a translation cannot be loaded.
speak(languageOf(element)).then(() => Object.assign(document.documentElement, { lang: speaking, dir: direction() }));
// Reports bad names and values, as the laboratory does for its address.
element.show(address.toString());
document.body.append(element);

const host = parent === self ? undefined : parent;
/** @type {Set<string>} */
const subscribers = new Set();
/**
 * @param {string} type
 * @param {object} more
 */
const message = (type, more) => ({ deleverage: VERSION, type, ...more });
/**
 * @param {string} type
 * @param {object} more
 */
const tell = (type, more) => subscribers.forEach((origin) => host?.postMessage(message(type, more), origin));

let height = 0;
const tellHeight = () => height > 0 && host?.postMessage(message("height", { height }), "*");
const measure = () => {
  const now = Math.ceil(document.body.getBoundingClientRect().height);
  if (now === height) return;
  height = now;
  tellHeight();
};
const sized = new ResizeObserver(measure);

/**
 * The reason why there is no figure, if it failed.
 * @type {string | undefined}
 */
let failed;
// The frame keeps the height set by its author until there is a figure, or an error.
element.ready
  .catch(({ message }) => (failed = message))
  .then(() => {
    sized.observe(document.body);
    // Browsers call no observer in a frame that is out of sight; its page would move when somebody scrolls there.
    measure();
  });

// Of several messages in one frame only the last one counts, as with a dragged slider.
let wanted = "";
let waits = false;
const flush = () => {
  if (waits) element.show(wanted);
  waits = false;
};
const set = coalesced(flush);

/** @type {Record<string, (data: { query?: unknown }, origin: string) => void>} */
const orders = {
  subscribe(_, origin) {
    // A page with an opaque origin cannot be sent a private message.
    if (origin === "null") return;
    // Current subscribers have already been told.
    if (failed !== undefined && !subscribers.has(origin))
      host?.postMessage(message("error", { message: failed }), origin);
    subscribers.add(origin);
    element.ready.then(
      () => host?.postMessage(message("ready", { query: element.query }), origin),
      () => {},
    );
  },
  set({ query }) {
    if (typeof query !== "string") return;
    wanted = query.slice(0, 4000);
    waits = true;
    set();
  },
  height: tellHeight,
  play() {
    flush();
    element.play();
  },
  pause() {
    flush();
    element.pause();
  },
};

addEventListener("message", ({ source, origin, data }) => {
  if (!host || source !== host || data?.deleverage !== VERSION || !Object.hasOwn(orders, data.type)) return;
  orders[data.type](data, origin);
});
element.addEventListener("deleverage:change", () => tell("change", { query: element.query, summary: element.summary }));
element.addEventListener("deleverage:error", (event) => tell("error", /** @type {CustomEvent} */ (event).detail));
