// The parts of the lab, made and put in their places.

import { controls } from "./controls.js";
import { h } from "./dom.js";
import { paper } from "./paper.js";
import { figures, loop, notice, presetPicker, seedButtons } from "./parts.js";
import { player } from "./player.js";
import { views } from "./views.js";

/**
 * All parts by name, and `root`, which holds them. `exports` are those of the simulator; `on` has what the parts
 * call: `slide`, `choose`, `sow`, `again`, `words`, `paint`, `sight`, `moment`, `moved`, `alive`.
 */
export function bench(exports, rows, on) {
  const [left, right] = exports.margins();
  const parts = {
    notice: notice(),
    headline: h("p", { className: "headline" }),
    status: h("p", { className: "unseen", role: "status" }),
    loop: loop(),
    figures: figures(),
    presets: presetPicker(exports.presets(), on.choose),
    seeds: seedButtons(on.sow, on.again),
    controls: controls(rows, on.words, on.slide),
    player: player({ sight: on.sight, words: on.moment, moved: on.moved }),
    views: views({ left, right }, on.paint, (fraction) => on.alive() && parts.player.drag(fraction)),
  };

  // Everything that works only while the simulator does.
  parts.bench = h(
    "div",
    { className: "bench" },
    h("div", { className: "main" }, ...parts.controls.main),
    parts.headline,
    parts.player.element,
    parts.views.element,
    parts.presets.element,
    parts.seeds.element,
    ...parts.controls.folded,
  );
  const unlessAlive = (event) => {
    if (!on.alive()) event.stopImmediatePropagation();
  };
  for (const type of ["click", "input", "change"]) parts.bench.addEventListener(type, unlessAlive, true);

  // They stand in the grid of the views, under the time axis and beside it.
  parts.views.element.append(parts.player.cursor, parts.loop.element, parts.figures.element);

  parts.root = h("div", { className: "lab" }, parts.notice.element, parts.bench, parts.status);
  parts.root.style.setProperty("--plot-left", `${left}em`);
  parts.root.style.setProperty("--plot-right", `${right}em`);
  parts.paper = paper(parts.root, (printing) => (printing ? parts.views.drawNow() : parts.views.draw()));
  return parts;
}
