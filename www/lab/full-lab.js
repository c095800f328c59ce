// The parts of the whole laboratory only (scenarios, seeds, all parameters, figures, the study, the other outputs of a
// run), and their arrangement.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { near } from "../core/near.js";
import { compare } from "./compare.js";
import { disclosure } from "./disclosure.js";
import { figures, loop, seedButtons } from "./lab-panels.js";
import { outputs } from "./outputs.js";

/**
 * @import { GroupName, Lab, ParamId } from "../pkg/full.js"
 * @import { DeleverageLab } from "../element/element.js"
 * @import { Connectable, Layout, Requests } from "../element/layout.js"
 * @import { Session } from "../element/session.js"
 * @import { Drawn } from "../element/views.js"
 */

/**
 * Groups in the order of their disclosures under the picture, with their titles.
 * @returns {[group: GroupName, title: string][]}
 */
const groups = () => [
  ["crowd", t("The crowd: who holds what")],
  ["rules", t("The rules: when they must sell, and how fast")],
  ["market", t("The market: how it takes an order")],
  ["structure", t("Venues and contracts: where they trade, what else trades")],
  ["dampeners", t("Dampeners and safety nets: breaker, throttle, fund, cap")],
  ["run", t("The run: length and seed")],
];

/**
 * The phase map: loads when a reader comes near it, and rests while the laboratory is off the page.
 * @param {DeleverageLab} host
 * @returns {{ element: HTMLElement } & Connectable}
 */
function phaseMap(host) {
  const element = h("div", { className: "map-place" });
  /** @type {Connectable | undefined} */
  let map;
  /** @type {(() => void) | undefined} */
  let callOff;
  const fill = async () => {
    callOff = undefined;
    try {
      map = await (await import("./phase-map.js")).fill(element, host);
      if (!host.isConnected) map.disconnect();
    } catch (error) {
      element.append(
        h("p", {}, t("The phase map could not be loaded: {reason}.", { reason: /** @type {Error} */ (error).message })),
      );
    }
  };
  let begun = false;
  return {
    element,
    connect() {
      if (map) map.connect();
      else if (!begun) callOff = near(element, () => ((begun = true), fill()));
    },
    disconnect() {
      map?.disconnect();
      callOff?.();
    },
  };
}

/**
 * Adds these parts to the others, and arranges all of them.
 * @param {Layout} parts
 * @param {Session} session
 * @param {Requests & { light(what: string, value: number): void, usual(id: ParamId): number }} on
 */
export async function furnish(parts, session, on) {
  const [{ scenarioPicker }, { pointer }] = await Promise.all([import("./scenarios.js"), import("./pointer.js")]);
  const table = session.exports.views();
  parts.loop = loop();
  parts.figures = figures();
  parts.scenarios = scenarioPicker(session.exports.scenarios(), on.choose);
  parts.seeds = seedButtons(on.reseed, on.repeat);
  const closer = t("A closer look: what if, who set off whom, where the model may be wrong");
  /** @type {{ dismiss(): void } | undefined} */
  let study;
  parts.study = disclosure(
    closer,
    "study",
    async (element) => (study = (await import("./study.js")).study(element, session, on.usual)),
  );
  const map = phaseMap(on.host);
  /** @param {(lab: Lab) => void} work */
  const kept = (work) => {
    if (!session.lab) return;
    work(session.lab);
    parts.views.draw();
    on.restSoon();
  };
  parts.compare = compare({
    query: () => session.lab?.query(),
    keep: (beside) => kept((lab) => lab.keep(beside)),
    letGo: () => kept((lab) => lab.letGo()),
    set: (query) => session.change(session.exports.readQuery(query).params),
    atEnd: () => parts.player.cursor.value === parts.player.cursor.max,
    beside(shown) {
      parts.views.toggle("kept", shown);
      parts.views.element.classList.toggle("beside", shown);
    },
  });
  parts.outputs = outputs({
    lab: () => session.lab,
    exports: () => session.exports,
    second: () => parts.player.second,
    span: () => parts.player.span,
    dark: () => parts.theme.dark,
    views: parts.views.names,
    label(name) {
      if (name === "market") return t("The market");
      return table.find((row) => row.name === name)?.label ?? t("The run that was kept");
    },
    speed: () => Number(/** @type {HTMLSelectElement} */ (parts.player.element.querySelector(".speed")).value),
    canvas: parts.views.canvas,
    go(second) {
      parts.player.pause();
      parts.player.go(second);
    },
  });
  parts.player.element.append(...parts.outputs.sound);
  parts.pointer = pointer(on.light, session, table);
  parts.content = h(
    "div",
    { className: "content" },
    h("div", { className: "main", part: "controls" }, ...parts.controls.main),
    parts.headline,
    parts.player.element,
    parts.views.element,
    parts.scenarios.element,
    parts.seeds.element,
    ...parts.controls.grouped(groups()),
    parts.study.element,
    ...parts.outputs.disclosures,
  );
  // They are placed in the grid of the views, under the time axis and beside it.
  const { names, canvas } = parts.views;
  parts.views.element.append(
    parts.player.cursor,
    parts.compare.element,
    parts.loop.element,
    parts.figures.element,
    parts.pointer.element,
  );
  // The views without a time axis are placed below the others.
  /** @type {Set<Drawn | undefined>} */
  const grid = new Set(table.filter(({ axis }) => axis === "time").flatMap(({ name, beside }) => [name, beside]));
  const more = names().flatMap((name) => (grid.has(name) ? [] : (canvas(name) ?? [])));
  parts.views.element.append(h("div", { className: "more" }, ...more, map.element));
  // They run while the laboratory is on a page.
  parts.connectables = [map, { connect: () => {}, disconnect: () => study?.dismiss() }];
}
