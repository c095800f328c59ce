// Helpers for every script of a test: the element, its content, and its visible text.

const root = lab?.shadowRoot;
const $ = (selector) => root?.querySelector(selector) ?? document.querySelector(selector);

/** The address of a file in the directory of the page's scripts. */
const beside = (name) => new URL(name, document.querySelector('script[src$="/lab.js"]').src);

/** Makes a simulator panic, with a picture without a size; returns whether it did. */
const panic = ({ tippingSpot }) => {
  try {
    tippingSpot([], 0, []);
    return false;
  } catch {
    return true;
  }
};

/** A short hash of the pixels of a canvas. */
const pixels = (name, within = root) => {
  let hash = 2166136261;
  for (const c of within.querySelector(`canvas.${name}`).toDataURL())
    hash = Math.imul(hash ^ c.charCodeAt(0), 16777619);
  return hash >>> 0;
};

/** The focused element, in any shadow tree. */
const focused = () => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
};

/** Whether it is visible, judging by its box. */
const seen = (element) =>
  !!element &&
  element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
  element.getClientRects().length > 0;

/** The text of a visible element, or nothing, with plain spaces instead of non-breaking ones. */
const text = (selector) => (seen($(selector)) ? $(selector).innerText.replaceAll("\u00a0", " ").trim() : "");

/** The current state of cursor, texts and pictures. */
const state = () => ({
  digest: lab.summary.digest,
  headline: text(".headline"),
  figures: text(".figures"),
  pixels: [...root.querySelectorAll("canvas[class]")].map(({ className }) => pixels(className)),
  search: location.search,
});

/** The current state, with all pictures drawn: those out of sight are not. */
const drawnState = async () => {
  for (const canvas of root.querySelectorAll("canvas[class]")) {
    canvas.scrollIntoView({ block: "center", behavior: "instant" });
    await frame();
    await frame();
  }
  return state();
};

/** The time cursor, as a number of seconds. */
const second = () => $(".cursor").valueAsNumber;

/** Waits until `ready()` returns something truthy; returns it. */
const until = async (ready, limit = 50000) => {
  const deadline = performance.now() + limit;
  for (;;) {
    const value = await ready();
    if (value) return value;
    if (performance.now() > deadline) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** Waits until all pending drawing is done, after changes, new sizes and scrolling. */
const frame = async () => {
  const next = () => new Promise(requestAnimationFrame);
  await next();
  // Observers are called in their order, and this is the last one; their drawing follows in the next frame.
  await new Promise((resolve) => {
    const sighted = new IntersectionObserver(() => resolve(sighted.disconnect()));
    sighted.observe(document.documentElement);
  });
  await next();
  await next();
  // Other crowds are drawn behind the price as they arrive.
  const running = () => lab?.exports && root?.querySelector(".crowds-progress:not([hidden])");
  if (running()) {
    await until(() => !running());
    await next();
    await next();
  }
};
