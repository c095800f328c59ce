// What every script of a test has at hand: the element, what is in it, and what a person sees of it.

const root = lab?.shadowRoot;
const $ = (selector) => root?.querySelector(selector) ?? document.querySelector(selector);

/** The address of what lies beside the scripts of the page. */
const beside = (name) => new URL(name, document.querySelector('script[src$="/lab.js"]').src);

/** All that is drawn on a canvas, as a short text that is another for other pixels. */
const pixels = (name, within = root) => {
  let hash = 2166136261;
  for (const c of within.querySelector(`canvas.${name}`).toDataURL()) hash = Math.imul(hash ^ c.charCodeAt(0), 16777619);
  return hash >>> 0;
};

/** The element that has the focus, in whatever shadow tree. */
const focused = () => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
};

/** Whether a person can see it, as far as its box says. */
const seen = (element) =>
  !!element && element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0;

/** The text of a visible element, or nothing. A space that does not break is a space. */
const text = (selector) => (seen($(selector)) ? $(selector).innerText.replaceAll("\u00a0", " ").trim() : "");

/** What the cursor, the words and the pictures show now. */
const state = () => ({
  digest: lab.summary.digest,
  headline: text(".headline"),
  figures: text(".figures"),
  pixels: [...root.querySelectorAll("canvas[class]")].map(({ className }) => pixels(className)),
  search: location.search,
});

/** The time cursor, as a number of seconds. */
const second = () => $(".cursor").valueAsNumber;

/** Waits until `ready()` gives something, and gives that. */
const until = async (ready, limit = 30000) => {
  const deadline = performance.now() + limit;
  for (;;) {
    const value = await ready();
    if (value) return value;
    if (performance.now() > deadline) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** After this the frame that is due has been drawn. */
const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
