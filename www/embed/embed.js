// The script of embed.html: a figure in a frame, the state that its address asks for, and messages to and from the host.
//
// To any host: `{ deleverage: 1, type: "height", height }`, which tells nothing about the visitor.
// From the host: `{ deleverage: 1, type: "subscribe" }`, `"set"` with `query`, `"play"`, `"pause"`,
// `"height"`, which asks for it once more.
// To a host that has subscribed, at its own origin and nowhere else: `"ready"`, `"change"` with `query` and `summary`,
// `"error"` with `message`, also if there was none to be ready before it subscribed.

import { coalesced } from "../core/animation.js";
import { direction, languageOf, speak, speaking } from "../core/i18n.js";
import "../core/trust.js";
import "../lab.js";

/** Version of the messages. */
const VERSION = 1;

/** What an address says of the element and not of its run. */
const OWN = ["view", "controls", "theme", "autoplay", "lang"];

const address = new URLSearchParams(location.search);
const element = document.createElement("deleverage-lab");
element.id = "figure";
for (const name of OWN) {
  if (address.has(name)) element.setAttribute(name, address.get(name).slice(0, 400));
  address.delete(name);
}
// The market with its two sliders, unless the address names something else. The laboratory has no view in particular.
if (element.getAttribute("view") === "laboratory") element.removeAttribute("view");
else if (!element.hasAttribute("view")) {
  element.setAttribute("view", "market");
  if (!element.hasAttribute("controls")) element.setAttribute("controls", "bots leverage");
}
if (element.hasAttribute("theme")) document.documentElement.dataset.theme = element.getAttribute("theme");
// The document is in the language that is spoken, which is English if the words of another do not come.
speak(languageOf(element)).then(() => Object.assign(document.documentElement, { lang: speaking, dir: direction() }));
// Said of bad names and values, as of those in the address of the laboratory.
element.show(address.toString());
document.body.append(element);

const host = parent === self ? undefined : parent;
const subscribers = new Set();
const message = (type, more) => ({ deleverage: VERSION, type, ...more });
const tell = (type, more) => subscribers.forEach((origin) => host.postMessage(message(type, more), origin));

let height = 0;
const tellHeight = () => height > 0 && host?.postMessage(message("height", { height }), "*");
const sized = new ResizeObserver(() => {
  const now = Math.ceil(document.body.getBoundingClientRect().height);
  if (now === height) return;
  height = now;
  tellHeight();
});

/** Why there is no figure, if there is none. */
let failed;
// Until there is a figure, or word of why there is none, the frame keeps the height that its author wrote.
element.ready.catch(({ message }) => (failed = message)).then(() => sized.observe(document.body));

// Of many in one frame the last one counts, as of a slider that is dragged.
let wanted = "";
let waits = false;
const flush = () => {
  if (waits) element.show(wanted);
  waits = false;
};
const set = coalesced(flush);

const orders = {
  subscribe(_, origin) {
    // A page without an origin of its own cannot be told anything that only it may hear.
    if (origin === "null") return;
    // A subscriber at the time of the failure has been told.
    if (failed !== undefined && !subscribers.has(origin)) host.postMessage(message("error", { message: failed }), origin);
    subscribers.add(origin);
    element.ready.then(() => host.postMessage(message("ready", { query: element.query }), origin), () => {});
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
element.addEventListener("deleverage:error", ({ detail }) => tell("error", detail));
