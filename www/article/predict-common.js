// Shared parts of the predictions and the challenge.

import { h } from "../core/dom.js";
import { speaking, t } from "../core/i18n.js";
import { workerClient } from "../core/worker-client.js";

let sheet;

/** Resolves when the style sheet of all of them is there, or will not be. */
export function styled() {
  sheet ??= new Promise((resolve) => {
    const href = new URL("../css/predict.css", import.meta.url).href;
    // Each of them may be a script of its own, and know nothing of the others.
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

/** All parameters of an element as a query. */
export const queryOf = (params) => new URLSearchParams(Object.entries(params)).toString();

/**
 * The exports of the simulator of `figure`, as soon as it has one: it may have stopped, and be started again. Rejects if
 * there will be none.
 */
export async function simulator(figure) {
  await figure.ready;
  while (!figure.exports) {
    await new Promise((resolve) => figure.addEventListener("deleverage:change", resolve, { once: true }));
  }
  return figure.exports;
}

/** A worker client for what predictions and the challenge need: `answered(answer)` is called with the result. */
export const predictions = (answered, failed) =>
  workerClient(
    () => new Worker(new URL("../workers/predict-worker.js", import.meta.url), { type: "module", name: speaking }),
    ({ answer }) => answered(answer),
    failed,
  );

/** What to say while there is no simulator. */
export const stopped = () => t("The simulator has stopped. Start it again in the figure below.");
