// What is wrong, in a line that everybody sees and hears.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** What is wrong as a sentence; some have come as one. */
export const sentence = (problem) => (/[.。]$/.test(problem) ? problem : t("{problem}.", { problem }));

/** A line for what is wrong, with a way back if there is one: `restart`. */
export function notice(restart) {
  const element = h("div", { className: "notice", role: "alert", hidden: true });
  return {
    element,
    /** Says in one line what was wrong and what follows; hides the line if nothing was. */
    tell(problems, then = "") {
      element.hidden = problems.length === 0;
      element.replaceChildren(h("p", {}, [...problems.map(sentence), then].join(" ").trim()));
    },
    /** Says why there is no simulator, with a button that starts it again. */
    stopped(words) {
      // It is in what stops with the simulator, or on the button before this one.
      const held = element.getRootNode().activeElement;
      element.hidden = false;
      const button = h("button", { type: "button", className: "again" }, t("Start it again"));
      button.addEventListener("click", restart);
      element.replaceChildren(h("p", {}, words), button);
      if (held) button.focus();
    },
  };
}
