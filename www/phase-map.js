// The phase map of a figure or of the laboratory: it follows the settings, and they follow its dot.

import { engine, onPanic } from "./lab.js";

/** Fills `element` with the map of what `figure` shows. */
export async function fill(element, figure) {
  const { map } = await import("./map.js");
  const view = map({ engine: () => engine(true), onmove: (changes) => (figure.params = changes) });
  const follow = () => figure.summary && view.show(figure.query, figure.summary);
  figure.addEventListener("deleverage:change", follow);
  onPanic(() => view.forget());
  element.append(view.element);
  view.connect();
  follow();
}
