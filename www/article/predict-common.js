// Shared parts of the predictions and the challenge.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";

/**
 * @import { Params } from "../pkg/full.js"
 * @import { DeleverageLab } from "../element/element.js"
 */

/** @type {Promise<unknown> | undefined} */
let sheet;

/** Resolves when their shared style sheet has loaded or failed to load. */
export function styled() {
  sheet ??= new Promise((/** @type {(event?: Event) => void} */ resolve) => {
    const href = new URL("../css/predict.css", import.meta.url).href;
    // A different script may have added it.
    if (document.querySelector(`link[href="${href}"]`)) {
      resolve();
      return;
    }
    const link = h("link", { rel: "stylesheet", onload: resolve, onerror: resolve });
    link.href = href;
    document.head.append(link);
  });
  return sheet;
}

/**
 * All parameters of an element as a query.
 * @param {Params} params
 */
export const queryOf = (params) =>
  new URLSearchParams(/** @type {[string, string][]} */ (Object.entries(params))).toString();

/**
 * The exports of the simulator of `figure`, once it runs. It may have stopped and be started again. Rejects if it
 * cannot run.
 * @param {DeleverageLab} figure
 */
export async function simulator(figure) {
  await figure.ready;
  while (!figure.exports) {
    await new Promise((resolve) => figure.addEventListener("deleverage:change", resolve, { once: true }));
  }
  return figure.exports;
}

/** The message while there is no simulator. */
export const stopped = () => t("The simulator has stopped. Start it again in the figure below.");
