// The line for problems; screen readers announce it.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";

/**
 * A problem with a full stop, unless it has one.
 * @param {string} problem
 */
export const sentence = (problem) => (/[.。]$/.test(problem) ? problem : t("{problem}.", { problem }));

/**
 * The line; its restart button calls `restart`.
 * @param {(event: Event) => void} restart
 */
export function notice(restart) {
  const element = h("div", { className: "notice", role: "alert", hidden: true });
  return {
    element,
    /**
     * Shows the problems and their consequence, or hides the line if there are none.
     * @param {string[]} problems
     */
    tell(problems, then = "") {
      element.hidden = problems.length === 0;
      element.replaceChildren(h("p", {}, [...problems.map(sentence), then].join(" ").trim()));
    },
    /**
     * Shows why there is no simulator, with a restart button.
     * @param {string} words
     */
    stopped(words) {
      // The focus is in a part that stops with the simulator, or on an earlier restart button.
      const held = /** @type {ShadowRoot} */ (element.getRootNode()).activeElement;
      element.hidden = false;
      const button = h("button", { type: "button", className: "again" }, t("Start it again"));
      button.addEventListener("click", restart);
      element.replaceChildren(h("p", {}, words), button);
      if (held) button.focus();
    },
  };
}
