// Buttons for parts of the page outside the element, and the message of a failure with a button to try again.

import { h } from "./dom.js";
import { t } from "./i18n.js";

/** A button that calls `act` when it is clicked. */
export function button(className, words, act) {
  const made = h("button", { type: "button", className }, words);
  made.addEventListener("click", act);
  return made;
}

/** The message of a failure, and a button that tries again. */
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
