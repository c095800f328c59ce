// What the predictions and the challenge share.

import { h } from "../core/dom.js";
import { t } from "../lab.js";

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

/** A button that does something. */
export function button(className, words, act) {
  const made = h("button", { type: "button", className }, words);
  made.addEventListener("click", act);
  return made;
}

/** Words for what went wrong, and a button that tries again. */
export function failure(message, again) {
  const retry = button("again", t("Try again"), () => {
    const line = retry.parentElement;
    again();
    // The button may be gone with the words: what comes next is said where it was.
    if (retry.isConnected) return;
    line.tabIndex = -1;
    line.focus();
  });
  return [t("This could not be worked out: {message}.", { message }), " ", retry];
}

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

/** What to say while there is no simulator. */
export const stopped = () => t("The simulator has stopped. Start it again in the figure below.");
