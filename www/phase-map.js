// The phase map of a figure or of the laboratory: it follows the settings, and they follow its dot.

import { h } from "./dom.js";
import { engine, onPanic, t } from "./lab.js";

/** Fills `element` with the map of what `figure` shows. */
export async function fill(element, figure) {
  const { map } = await import("./map.js");
  let full; // the simulator that the map is drawn with
  const view = map({
    engine: async () => (full = await engine(true)),
    onmove: (changes) => (figure.params = changes),
  });
  const follow = () => figure.summary && view.show(figure.query, figure.summary);
  figure.addEventListener("deleverage:change", follow);
  onPanic((_, exports) => exports === full && view.forget());
  element.append(view.element);
  view.connect();
  follow();
  figure.ready.catch(() => {
    view.disconnect();
    element.replaceChildren(h("p", {}, t("There is no map, because the simulator could not be loaded.")));
  });
}
