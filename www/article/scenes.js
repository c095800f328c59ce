// The figures of the article stay in sight while the text beside them scrolls. A step of the text that comes to the
// reading line sets its figure, as a click on its first link does.

/** @import { DeleverageLab } from "../element/element.js" */

/** The part of the window that a figure above the text may cover. */
const MOST = 0.6;

/** Room above a figure beside the text, in pixels. */
const ABOVE = 12;

/** Where text counts as read, a tenth of the window: above its middle, or below a figure pinned above the text. */
const READ = { beside: "-35% 0px -55% 0px", above: "-60% 0px -30% 0px" };

/** Whether figures are beside the text; the style sheet has the same width. */
const beside = matchMedia("(min-width: 66rem)");

/**
 * Pins the figures of all scenes and lets their steps set them. `show(link)` sets the figure beside a link,
 * `show(element, query)` the one beside an element to a query.
 * @param {(element: Element, query?: string) => void} show
 */
export function scenes(show) {
  const scenes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".scene")]);
  for (const scene of scenes) {
    pin(scene);
    follow(scene, show);
  }
}

/**
 * Tells the style sheet where to pin the figure of a scene: beside the text so that all of it is in sight, above the
 * text so that its lowest pictures are.
 * @param {HTMLElement} scene
 */
function pin(scene) {
  const figure = /** @type {HTMLElement | null} */ (scene.querySelector(":scope > :is(.figure, .predict, .challenge)"));
  const lab = /** @type {DeleverageLab | null} */ (scene.querySelector("deleverage-lab"));
  if (!figure) return;
  const place = () => {
    const beside = Math.min(ABOVE, innerHeight - figure.offsetHeight - ABOVE);
    scene.style.setProperty("--beside", `${beside}px`);
    const above = lab && lowest(lab);
    if (above) scene.style.setProperty("--above", `${above}px`);
    else scene.style.removeProperty("--above");
  };
  const resized = new ResizeObserver(place);
  for (const element of [document.documentElement, figure, ...(lab ? [lab] : [])]) resized.observe(element);
  addEventListener("resize", place);
}

/**
 * The upper edge of a figure whose lowest pictures, as many as may cover the text, are at the upper edge of the window;
 * undefined if not even one fits.
 * @param {DeleverageLab} lab
 */
function lowest(lab) {
  const { top, bottom } = lab.getBoundingClientRect();
  const pictures = [...(lab.shadowRoot?.querySelectorAll(".views > canvas") ?? [])];
  const tops = pictures.map((picture) => picture.getBoundingClientRect().top);
  const highest = Math.min(...tops.filter((edge) => bottom - edge <= MOST * innerHeight));
  return Number.isFinite(highest) ? top - highest : undefined;
}

/**
 * Sets the figure of a scene to the step at the reading line: once when the step begins, so that a reader's own settings
 * stay until the next one. Text before the first step has the state in which the figure opens.
 * @param {HTMLElement} scene
 * @param {(element: Element, query?: string) => void} show
 */
function follow(scene, show) {
  if (!scene.querySelector(".step")) return;
  /** @type {Map<Element, Element | undefined>} */
  const steps = new Map(); // the step that each part of the text belongs to
  /** @type {Element | undefined} */
  let step;
  for (const part of scene.querySelectorAll(":scope > :is(h2, p), li")) {
    if (part.matches(".step")) step = part;
    steps.set(part, step);
  }
  step = undefined;
  /** @type {Set<Element>} */
  const inBand = new Set();
  /** @param {IntersectionObserverEntry[]} entries */
  const read = (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inBand.add(target);
      else inBand.delete(target);
    }
    const part = [...steps.keys()].findLast((one) => inBand.has(one));
    if (!part || steps.get(part) === step) return;
    step = steps.get(part);
    if (step) show(/** @type {Element} */ (step.querySelector(".set")));
    else show(part, "");
  };
  /** @type {IntersectionObserver | undefined} */
  let reading;
  const watch = () => {
    reading?.disconnect();
    inBand.clear();
    reading = new IntersectionObserver(read, { rootMargin: beside.matches ? READ.beside : READ.above });
    for (const part of steps.keys()) reading.observe(part);
  };
  beside.addEventListener("change", watch);
  watch();
}
