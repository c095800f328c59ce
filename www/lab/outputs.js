// The outputs of a run beside its pictures: sentences, a table, sound, files. All show the same events, and all but the sound
// are made when a reader opens them.

import { t } from "../core/i18n.js";
import { disclosure } from "./disclosure.js";
import { sound } from "./sound.js";

/**
 * All outputs. `run` is the run in sight: `lab()` is the simulator, or nothing while it is stopped; `second()`,
 * `span()` and `dark()` say what is in sight, `go(second)` moves the time cursor; `views()` are the names of the views
 * and `canvas(name)` is the picture of one.
 */
export function outputs(run) {
  const words = disclosure(t("The run in words"), "run-words", async (element) => (await import("./transcript.js")).transcript(element, run));
  const table = disclosure(t("The run as a table"), "run-table", async (element) => (await import("./table.js")).table(element, run));
  const along = disclosure(t("Take it along"), "along", async (element) => (await import("./export.js")).exportPanel(element, run));
  const heard = sound((from, to) => run.lab()?.sound(from, to));
  const folds = [words, table, along];
  return {
    sound: heard.elements,
    folds: folds.map(({ element }) => element),
    /** The time cursor is at a second, and plays on or not. */
    moved(second, playing) {
      heard.moved(second, playing);
      table.content?.moved(second);
    },
    /** Nothing has moved for a while: what is to be read follows the settings and the cursor. */
    show(query) {
      for (const one of folds) one.show(query);
    },
  };
}
