// The phase map of a figure or of the laboratory: it follows the settings, and its dot sets them.

import { h } from "../core/dom.js";
import { engine, onPanic, panicOf } from "../core/engine.js";
import { t } from "../core/i18n.js";

/**
 * @import { Exports } from "../core/simulator.js"
 * @import { DeleverageLab } from "../element/element.js"
 */

/**
 * Fills `element` with the map of `figure`. Returns `connect()` and `disconnect()`, for when the figure comes and goes.
 * @param {HTMLElement} element
 * @param {DeleverageLab} figure
 */
export async function fill(element, figure) {
  const { map } = await import("./map.js");
  /** @type {Exports | undefined} */
  let full; // the simulator that draws the map
  const view = map({
    engine: async () => (full = await engine(true)),
    onmove: (changes) => (figure.params = changes),
  });
  const follow = () => {
    const { query, summary } = figure;
    if (query !== undefined && summary) view.show(query, summary);
  };
  figure.addEventListener("deleverage:change", follow);
  /** @type {(() => void) | undefined} */
  let stopListening;
  const life = {
    connect() {
      stopListening = onPanic((_, exports) => exports === full && view.forget());
      // It may have stopped while the figure was off the page.
      if (full && panicOf(full) !== undefined) view.forget();
      view.connect();
      follow();
    },
    disconnect() {
      stopListening?.();
      view.disconnect();
    },
  };
  element.append(view.element);
  life.connect();
  figure.ready.catch(() => {
    view.disconnect();
    element.replaceChildren(h("p", {}, t("There is no map, because the simulator could not be loaded.")));
  });
  return life;
}
