// Fits a slide to the screen: the words get the largest letters with which they fit between the top and the bar. The
// figure beside them fills that height by its style sheet.

import { styleSheet } from "../core/style-sheets.js";

/** @import { DeleverageLab } from "../element/element.js" */

/** Text sizes, rem: from what the last row reads with ease to the least. */
const SIZES = [2.2, 1.9, 1.7, 1.5, 1.35, 1.25, 1.15, 1.05, 0.95, 0.88];

/** A literal, so that bundlers find the file. */
const FIGURE = new URL("../css/slide-figure.css", import.meta.url);

/**
 * Makes what is on the stage fit, now and when the window or the bar changes its size.
 * @param {HTMLElement} stage
 * @param {HTMLElement} bar
 * @param {AbortSignal} signal
 */
export function fitting(stage, bar, signal) {
  function fit() {
    const room = Math.floor(innerHeight - bar.getBoundingClientRect().height);
    stage.style.setProperty("--room", `${room}px`);
    // On a small screen the page scrolls instead, and the letters have one size: see the style sheet.
    const fits = (/** @type {number} */ size) => {
      stage.style.setProperty("--words", `${size}rem`);
      return stage.getBoundingClientRect().height < room + 0.5;
    };
    SIZES.some(fits);
  }
  const resized = new ResizeObserver(fit);
  resized.observe(bar);
  // The class may paste its codes, and fonts may arrive.
  resized.observe(stage);
  addEventListener("resize", fit, { signal });
  signal.addEventListener("abort", () => resized.disconnect());
  return fit;
}

/**
 * Lets a figure fill the height of its place on a slide.
 * @param {DeleverageLab} figure
 */
export async function fill(figure) {
  const [sheet] = await Promise.all([styleSheet(FIGURE), figure.ready]);
  figure.shadowRoot?.adoptedStyleSheets.push(sheet);
}
