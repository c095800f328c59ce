// The transcript of a run: its events in order, and its outcome. It can be read at any time; element/narration.js has
// the text that is read aloud automatically.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** @import { Run } from "./outputs.js" */

/**
 * Fills `element` with the text of `run.lab()`.
 * @param {HTMLElement} element
 * @param {Run} run
 */
export function transcript(element, run) {
  const body = h("div", { className: "story" });
  element.append(body);
  return {
    show() {
      const story = run.lab()?.story();
      if (!story) return;
      body.replaceChildren(
        h("p", {}, story.headline),
        h("ol", { "aria-label": t("What happens, in order") }, ...story.phases.map((phase) => h("li", {}, phase))),
        h("ul", { "aria-label": t("Key results") }, ...story.figures.map((figure) => h("li", {}, figure))),
      );
    },
  };
}
