// The predictions of a class: a teacher pastes the codes of the pupils, sees their distribution and then the result. No
// data leaves the page.

import { styled } from "../article/predict-common.js";
import { button } from "../core/buttons.js";
import { liveCanvas, sized } from "../core/canvas.js";
import { h } from "../core/dom.js";
import { panicOf } from "../core/engine.js";
import { t } from "../core/i18n.js";

/**
 * @import { Pasted, Prediction } from "../pkg/full.js"
 * @import { Exports } from "../core/simulator.js"
 */

/** Number of faults listed; further ones are only counted. */
const LISTED = 50;

/** Milliseconds after the last key before codes are read, because an incomplete code is not a fault yet. */
const REST = 250;

let views = 0;

/**
 * An element for the predictions of one step of a lesson. `lesson` is the lesson's tag and `step` the number of the
 * step, as in the codes. `prediction` is the question, `{ ask, unit, from, to, step }`, which the page around it shows.
 * `truth` is the true value, if there is one; `exports` are those of the full simulator.
 * @param {object} of
 * @param {number} of.lesson
 * @param {number} of.step
 * @param {Prediction} of.prediction
 * @param {number} [of.truth]
 * @param {Exports} of.exports
 */
export async function classView({ lesson, step, prediction: { ask, unit, from, to, step: apart }, truth, exports }) {
  await styled();
  const id = `class-view-${(views += 1)}`;
  const picture = new exports.ClassPicture(from, to, apart, unit ?? "", truth ?? undefined);
  const alive = () => panicOf(exports) === undefined;
  let shown = false;
  let timer = 0;

  const codes = h("textarea", {
    id: `${id}-codes`,
    rows: 6,
    spellcheck: false,
    autocomplete: "off",
    autocapitalize: "characters",
    dir: "ltr",
    "aria-label": t("Codes of the class"),
    "aria-describedby": `${id}-how`,
  });
  codes.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (/** @type {InputEvent} */ (event).inputType !== "insertFromPaste") {
      timer = setTimeout(read, REST);
      return;
    }
    read();
    // Names and faults are for the teacher, the picture is for the class.
    disclosure.open = false;
    heading.focus();
  });
  const status = h("p", { className: "counted", role: "status" });
  const faults = h("ul", { className: "faults" });
  const heading = h("summary", {}, t("Codes of the class"));
  const disclosure = h(
    "details",
    { className: "codes", open: true },
    heading,
    codes,
    h(
      "p",
      { className: "how", id: `${id}-how` },
      t("Paste them as they come, with names before them or without, as in {example}. They stay in this page.", {
        example: "“Ann: 3C08\u20110JGT”",
      }),
    ),
    faults,
  );
  const verdict = h("p", { className: "verdict", role: "status" });
  const show = button("show", "", () => {
    if (gone()) return;
    shown = !shown;
    tell();
  });
  const view = liveCanvas("class-view", (canvas, em, dark, width, height) => {
    if (!alive()) return;
    sized(canvas, width, height);
    picture.draw(canvas, em, dark, shown);
  });
  const rows = h("tbody");
  const values = h(
    "details",
    { hidden: true },
    h("summary", {}, t("All predictions as a table")),
    h(
      "table",
      {},
      h("caption", {}, t("How many predict which value")),
      h("thead", {}, h("tr", {}, ...[t("Value"), t("Predictions")].map((words) => h("th", { scope: "col" }, words)))),
      rows,
    ),
  );

  /** Whether the simulator has stopped; if so, reports it. */
  function gone() {
    if (!alive()) status.textContent = t("The simulator has stopped. Load this page again.");
    return !alive();
  }

  /** Reads the codes in the field. */
  function read() {
    if (gone()) return;
    const read = exports.readPredictions(codes.value, lesson, step, picture.count());
    picture.set(Uint16Array.from(read.values));
    status.textContent = counted(read);
    const told = read.faults.slice(0, LISTED);
    const more = read.faults.length - told.length;
    faults.replaceChildren(
      ...told.map(({ line, text, words }) => h("li", {}, t("Line {line}, “{text}”: {words}.", { line, text, words }))),
      ...(more > 0 ? [h("li", {}, t("And {count} more.", { count: more }))] : []),
    );
    list(read.values);
    tell();
  }

  /**
   * The table: each predicted value, with its number of pupils.
   * @param {number[]} indices
   */
  function list(indices) {
    const counts = new Map();
    for (const index of indices.toSorted((a, b) => a - b)) counts.set(index, (counts.get(index) ?? 0) + 1);
    rows.replaceChildren(
      ...[...counts].map(([index, count]) =>
        h("tr", {}, h("th", { scope: "row" }, picture.valueWords(index)), h("td", {}, String(count))),
      ),
    );
    values.hidden = counts.size === 0;
  }

  function tell() {
    show.textContent = shown ? t("Hide what happened") : t("Show what happened");
    verdict.textContent = shown ? picture.verdict() : "";
    view.canvas.setAttribute("aria-label", picture.words(shown));
    view.draw();
  }

  tell();
  return h(
    "div",
    { className: "predict" },
    h(
      "div",
      { role: "group", "aria-label": ask },
      disclosure,
      status,
      h("div", { className: "picture", dir: "ltr" }, view.canvas),
      h("div", { className: "buttons" }, show),
      verdict,
      values,
    ),
  );
}

/**
 * The number of codes counted, and of those that were not.
 * @param {Pasted} read
 */
function counted({ values, faults }) {
  if (values.length === 0 && faults.length === 0) return "";
  return faults.length === 0
    ? t("Counted: {count}.", { count: values.length })
    : t("Counted: {count}. Not counted: {faults}.", { count: values.length, faults: faults.length });
}
