// The controls of a film in the export panel: a button that records one, its progress, and a button to stop.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { count } from "../core/number-format.js";
import { film, part, records } from "./film.js";

/**
 * @import { Lab } from "../pkg/full.js"
 * @import { Drawn } from "../element/views.js"
 * @import { Run } from "./outputs.js"
 */

/**
 * @param {Run} run
 * @param {object} on
 * @param {(work: (lab: Lab) => Promise<string>) => void} on.attempt runs a task and shows its result or its failure
 * @param {(words: string) => void} on.status
 * @param {() => { view: Drawn, size: { width: number, height: number, em: number } }} on.view
 * @param {() => boolean} on.open whether the panel is visible
 * @param {(lab: Lab, view: Drawn, kind: string) => string} on.name the name of the file
 * @param {(name: string, blob: Blob) => string} on.save
 */
export function filmRow(run, on) {
  if (!records()) return h("span", { className: "no-film" }, t("This browser cannot record a film."));
  const bar = h("progress", { value: 0, "aria-label": t("Seconds recorded") });
  const tally = h("span");
  const stop = h("button", { type: "button", className: "film-stop" }, t("Stop"));
  const progress = h("span", { className: "film-progress", hidden: true }, bar, " ", tally, " ", stop);
  const begin = h("button", { type: "button", className: "film" }, t("Film"));
  let enough = false;

  /** @param {Lab} lab */
  const record = async (lab) => {
    const query = lab.query();
    const { from, to, length } = part(lab, run.speed());
    enough = false;
    on.status("");
    bar.max = length;
    begin.hidden = true;
    progress.hidden = false;
    stop.focus();
    const shown = (/** @type {number} */ seconds) => {
      bar.value = seconds;
      tally.textContent = t("{done} of {all} s", { done: count(Math.floor(seconds)), all: count(Math.ceil(length)) });
    };
    shown(0);
    const { view, size } = on.view();
    // The view and the run may be different ones at the end.
    const names = { webm: on.name(lab, view, "webm"), mp4: on.name(lab, view, "mp4") };
    try {
      const blob = await film(
        { lab, view, size, dark: run.dark(), span: run.span(), from, to, length },
        { shown, enough: () => enough, current: () => on.open() && run.lab() === lab && lab.query() === query },
      );
      return on.save(blob.type.includes("mp4") ? names.mp4 : names.webm, blob);
    } finally {
      const focused = /** @type {Document | ShadowRoot} */ (stop.getRootNode()).activeElement === stop;
      progress.hidden = true;
      begin.hidden = false;
      if (focused) begin.focus();
    }
  };
  begin.addEventListener("click", () => on.attempt(record));
  stop.addEventListener("click", () => (enough = true));
  return h("span", { className: "film-row" }, begin, progress);
}
