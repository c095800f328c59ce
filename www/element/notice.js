// The line for problems, which is also read aloud.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** A problem as a sentence; some already are one. */
export const sentence = (problem) => (/[.。]$/.test(problem) ? problem : t("{problem}.", { problem }));

/** The line; `restart` is called by the button that starts the simulator again. */
export function notice(restart) {
  const element = h("div", { className: "notice", role: "alert", hidden: true });
  return {
    element,
    /** Shows the problems and what follows, or hides the line if there are none. */
    tell(problems, then = "") {
      element.hidden = problems.length === 0;
      element.replaceChildren(h("p", {}, [...problems.map(sentence), then].join(" ").trim()));
    },
    /** Says why there is no simulator, with a button that starts it again. */
    stopped(words) {
      // The focus is in a part that stops with the simulator, or on an earlier such button.
      const held = element.getRootNode().activeElement;
      element.hidden = false;
      const button = h("button", { type: "button", className: "again" }, t("Start it again"));
      button.addEventListener("click", restart);
      element.replaceChildren(h("p", {}, words), button);
      if (held) button.focus();
    },
  };
}
