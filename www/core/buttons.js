// Buttons for parts of the page outside the element, and the message of a failure with a button to try again.

import { h } from "./dom.js";
import { t } from "./i18n.js";

/**
 * A button that calls `act` on click.
 * @param {string} className
 * @param {string} words
 * @param {(event: MouseEvent) => void} act
 */
export function button(className, words, act) {
  const made = h("button", { type: "button", className }, words);
  made.addEventListener("click", act);
  return made;
}

/**
 * An error message with a button to try again.
 * @param {string} message
 * @param {() => void} again
 * @returns {(string | Node)[]}
 */
export function failure(message, again) {
  const retry = button("again", t("Try again"), () => {
    const line = /** @type {HTMLElement} */ (retry.parentElement);
    again();
    // If the button is gone, the focus moves to its line, where the next message appears.
    if (retry.isConnected) return;
    line.tabIndex = -1;
    line.focus();
  });
  return [t("This could not be computed: {message}.", { message }), " ", retry];
}
