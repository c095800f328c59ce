// The parts of the lab, made and put in their places.

import { controls } from "./controls.js";
import { h } from "./dom.js";
import { paper } from "./paper.js";
import { figures, loop, notice, presetPicker, seedButtons } from "./parts.js";
import { player } from "./player.js";
import { views } from "./views.js";

/** A fold whose content is loaded when it is first opened. `show(query)` brings it in line with the settings. */
function later(title, on) {
  const element = h("details", { className: "group study" }, h("summary", {}, title));
  let content;
  let query;
  const open = async () => {
    if (!element.open || content) return;
    content = { show() {} };
    try {
      content = (await import("./study.js")).study(element, on);
      content.show(query);
    } catch (error) {
      content = undefined;
      element.append(h("p", {}, `This part could not be loaded: ${error.message}. Close it and open it again to try once more.`));
    }
  };
  element.addEventListener("toggle", open);
  return {
    element,
    show(next) {
      query = next;
      content?.show(next);
    },
  };
}

/**
 * All parts by name, and `root`, which holds them. `exports` are those of the simulator; `on` has what the parts
 * call: `slide`, `choose`, `sow`, `again`, `words`, `paint`, `sight`, `moment`, `moved`, `alive`,
 * `change`, `params`, `usual`.
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
    study: later("A closer look: what if, who set off whom, where the model may be wrong", on),
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
    parts.study.element,
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
