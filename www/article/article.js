// The script of the article. Links in the prose set the figure beside them or show the definition of a term. Predictions
// and the map are loaded when a reader comes near them. An address that contains a state opens the laboratory.

import { languageOf, speak, t } from "../core/i18n.js";
import { near } from "../core/near.js";
import "../core/trust.js";
import { FOREIGN } from "../element/address.js";

/**
 * @import { DeleverageLab } from "../element/element.js"
 * @typedef {{ fill(element: HTMLElement, figure: DeleverageLab): Promise<unknown> }} Part
 */

/**
 * Shows a state in the figure of the scene or chapter of an element, or in the laboratory; by default the state of a
 * link.
 * @param {Element} element
 */
function show(element, query = element.getAttribute("href")?.slice(1) ?? "") {
  const [own, other] = [".scene", ".chapter, header, #lab"].map((place) =>
    element.closest(place)?.querySelector("deleverage-lab"),
  );
  const figure = /** @type {DeleverageLab} */ (own ?? other ?? document.querySelector("deleverage-lab[linked]"));
  figure.show(query);
  return figure;
}

// In a browser without popovers, the links of terms lead to the glossary.
if ("popover" in HTMLElement.prototype) {
  for (const term of document.querySelectorAll('a[href*="#g-"]')) term.ariaExpanded = "false";
}

document.addEventListener("click", (event) => {
  /** @type {HTMLAnchorElement | false | null} */
  const link = event.target instanceof Element && event.target.closest('a[href^="#"][href*="="], a[aria-expanded]');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (link.ariaExpanded) {
    import("./glossary.js").then(({ define }) => define(link)).catch(() => (location.href = link.href));
    return;
  }
  const figure = show(link);
  // A figure that is in sight stays where it is, and so does the focus.
  const { top, bottom } = figure.getBoundingClientRect();
  if (bottom < 0 || top > innerHeight) figure.scrollIntoView({ block: "nearest" });
});

/** Addresses that other sites pass on have extra names; any other name means a state. */
const stated = [...new URLSearchParams(location.search).keys()].some((name) => !FOREIGN.test(name));
if ((stated && !location.hash) || location.hash.includes("=")) document.getElementById("lab")?.scrollIntoView();

/**
 * Parts loaded when a reader comes near them: the script, the element that it fills, and the figure that it uses.
 * @type {[load: () => Promise<Part>, place: string, figure: string][]}
 */
const PARTS = [
  [() => import("./predict-tipping.js"), "#predict-tipping", "#fig-r"],
  [() => import("../lab/phase-map.js"), "#fig-map", "#fig-r"],
  [() => import("./predict-path.js"), "#predict-path", "#fig-pace"],
  [() => import("./challenge.js"), "#challenge", "#fig-challenge"],
  [() => import("./send.js"), "#send", "#fig-opening"],
];

for (const [load, place, figure] of PARTS) {
  const element = /** @type {HTMLElement | null} */ (document.querySelector(place));
  if (!element) continue;
  near(element, async () => {
    try {
      const [{ fill }] = await Promise.all([load(), speak(languageOf(element))]);
      await fill(element, /** @type {DeleverageLab} */ (document.querySelector(figure)));
    } catch (error) {
      console.error(error);
      const reason = /** @type {Error} */ (error).message;
      element.append(t("This part could not be loaded ({reason}). The text goes on without it.", { reason }));
    }
  });
}

// The page works without these.
import("./scenes.js").then(
  ({ scenes }) => scenes(show),
  () => {},
);
import("./offline.js").catch(() => {});

const contents = /** @type {HTMLElement | null} */ (document.querySelector(".contents"));
if (contents)
  near(contents, async () => {
    try {
      const [{ progress }] = await Promise.all([import("./progress.js"), speak(languageOf(contents))]);
      await progress(contents);
    } catch (error) {
      console.error(error);
    }
  });
