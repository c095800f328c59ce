// What is wrong, in a line that everybody sees and hears.

import { h } from "./dom.js";
import { t } from "./language.js";

/** A line for what is wrong, with a way back if there is one. */
export function notice() {
  const element = h("div", { className: "notice", role: "alert", hidden: true });
  return {
    element,
    /** Says in one line what was wrong and what follows; hides the line if nothing was. */
    tell(problems, then = "") {
      element.hidden = problems.length === 0;
      const sentences = problems.map((problem) => t("{problem}.", { problem }));
      element.replaceChildren(h("p", {}, [...sentences, then].join(" ").trim()));
    },
    /** Says that the simulator has stopped, with a button that starts it again. */
    stopped(message, restart) {
      element.hidden = false;
      const button = h("button", { type: "button", className: "again" }, t("Start it again"));
      button.addEventListener("click", restart);
      const words = t("The simulator has stopped because of a fault in it: {message}. Your settings are kept.", { message });
      element.replaceChildren(h("p", {}, words), button);
    },
  };
}
