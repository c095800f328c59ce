// The script of the article. Links in the prose set and scrub the figure of their chapter. Predictions and the map are
// loaded when a reader comes near them. An address that contains a state opens the laboratory.

import { languageOf, speak, t } from "../core/i18n.js";
import { near } from "../core/near.js";
import "../core/trust.js";
import { FOREIGN } from "../element/address.js";

/**
 * @import { DeleverageLab } from "../element/element.js"
 * @typedef {{ fill(element: HTMLElement, figure: DeleverageLab): Promise<unknown> }} Part
 */

/**
 * The element that a link sets (that of its chapter, or the laboratory) and its container: the last figure before the
 * link, which may be the map.
 * @param {Element} link
 * @returns {[element: DeleverageLab, figure: Element]}
 */
function figureOf(link) {
  const chapter = link.closest(".chapter, header, #lab");
  const element = /** @type {DeleverageLab} */ (
    chapter?.querySelector("deleverage-lab") ?? document.querySelector("deleverage-lab[linked]")
  );
  /** @param {Element} figure */
  const before = (figure) => figure.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING;
  return [element, [...(chapter?.querySelectorAll(".figure") ?? [])].findLast(before) ?? element];
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest('a[href^="#"][href*="="]');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const [element, figure] = figureOf(link);
  element.show(/** @type {string} */ (link.getAttribute("href")).slice(1));
  // A visible figure stays where it is, and so does the focus.
  const { top, bottom } = figure.getBoundingClientRect();
  if (top >= 0 && bottom <= innerHeight) return;
  figure.scrollIntoView({ block: top < 0 ? "start" : "nearest" });
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

// The page works without it.
import("./offline.js").catch(() => {});
