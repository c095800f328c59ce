// What every script of a test has at hand: the element, what is in it, and what a person sees of it.

const root = lab?.shadowRoot;
const $ = (selector) => root?.querySelector(selector) ?? document.querySelector(selector);

/** The address of what lies beside the scripts of the page. */
const beside = (name) => new URL(name, document.querySelector('script[src$="/lab.js"]').src);

/** Makes a simulator panic: no page asks about a picture without a size. Says whether it did. */
const panic = ({ tippingSpot }) => {
  try {
    tippingSpot([], 0, []);
    return false;
  } catch {
    return true;
  }
};

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
const until = async (ready, limit = 50000) => {
  const deadline = performance.now() + limit;
  for (;;) {
    const value = await ready();
    if (value) return value;
    if (performance.now() > deadline) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** Afterwards all that is due has been drawn: of what changed, of what got another size, of what came into sight. */
const frame = async () => {
  const next = () => new Promise(requestAnimationFrame);
  await next();
  // Observers hear of it in their order, and this is the last of them; what they order comes in the next frame.
  await new Promise((resolve) => {
    const sighted = new IntersectionObserver(() => resolve(sighted.disconnect()));
    sighted.observe(document.documentElement);
  });
  await next();
  await next();
};
