// The outputs of a run beside its pictures: sentences, a table, sound, files. All show the same events. All but the
// sound are created when a reader opens them.

import { t } from "../core/i18n.js";
import { disclosure } from "./disclosure.js";
import { sound } from "./sound.js";

/**
 * @import { Lab, SpanName } from "../pkg/full.js"
 * @import { Exports } from "../core/simulator.js"
 * @import { Drawn } from "../element/views.js"
 *
 * The visible run.
 * @typedef {object} Run
 * @property {() => Lab | undefined} lab
 * @property {() => Exports} exports
 * @property {() => number} second
 * @property {() => SpanName} span
 * @property {() => number} speed seconds of the run that play in one second
 * @property {() => boolean} dark
 * @property {() => Drawn[]} views
 * @property {(name: Drawn) => string} label
 * @property {(name: Drawn) => HTMLCanvasElement | undefined} canvas
 * @property {(second: number) => void} go
 */

/**
 * All outputs. `run` is the visible run: `lab()` returns the simulator, or undefined while it is stopped, and `exports()` its exports; `second()`,
 * `span()` and `dark()` describe the visible picture; `go(second)` moves the time cursor; `views()` returns the names
 * of the views, `canvas(name)` the picture of one.
 * @param {Run} run
 */
export function outputs(run) {
  const words = disclosure(t("The run in words"), "run-words", async (element) =>
    (await import("./transcript.js")).transcript(element, run),
  );
  const table = disclosure(t("The run as a table"), "run-table", async (element) =>
    (await import("./table.js")).table(element, run),
  );
  const files = disclosure(t("Export"), "along", async (element) =>
    (await import("./export.js")).exportPanel(element, run),
  );
  const heard = sound((from, to) => run.lab()?.sound(from, to));
  const disclosures = [words, table, files];
  return {
    sound: heard.elements,
    disclosures: disclosures.map(({ element }) => element),
    /**
     * Follows the time cursor to a second, playing or not.
     * @param {number} second
     * @param {boolean} playing
     */
    moved(second, playing) {
      heard.moved(second, playing);
      table.content?.moved(second);
    },
    /**
     * Updates the texts after nothing has changed for a while.
     * @param {string} query
     */
    show(query) {
      for (const one of disclosures) one.show(query);
    },
  };
}
