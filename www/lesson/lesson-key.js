// The teacher's key of a lesson: its answers, the numbers of its runs, its notes, and how to check a run.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { chart, heading, laboratory, lasts, letters, opening, own, paragraphs, said } from "./lesson-parts.js";

/**
 * @import { Answers, Chart, Lesson, Played, Prediction, Question, Step, Truth } from "../pkg/full.js"
 * @import { Tools } from "./lesson-parts.js"
 */

/**
 * @param {HTMLElement} main
 * @param {Lesson} lesson
 * @param {Tools} tools
 */
export async function fill(main, lesson, { answers, charts, faces }) {
  const working = h("p", { className: "text", role: "status" }, t("The runs are made …"));
  main.append(h("p", { className: "text faces" }, ...faces), opening(lesson), working);
  for (const [index, step] of lesson.steps.entries()) {
    // One step at a time, so that the page stays responsive.
    await new Promise((resolve) => setTimeout(resolve));
    const [found, drawn] = [await answers(index), await charts(index, true)];
    // The reader may have turned to another page of the lesson.
    if (!working.isConnected) return;
    working.before(section(lesson, step, index, found, drawn));
  }
  working.remove();
}

/**
 * @param {Lesson} lesson
 * @param {Step} step
 * @param {number} index
 * @param {Answers} answers
 * @param {Chart | null} drawn
 */
function section(lesson, step, index, { truth, answer, notes, runs }, drawn) {
  return h(
    "section",
    { className: "text step sheet" },
    heading(lesson, index),
    h("p", { className: "quiet" }, lasts(step.minutes)),
    ...(step.prediction ? predicted(lesson, step.prediction, truth) : []),
    ...(drawn ? [chart(drawn)] : []),
    ...(step.question ? asked(lesson, step.question, answer) : []),
    ...(notes.length > 0 ? [h("h3", {}, t("Notes")), ...paragraphs(lesson, notes)] : []),
    ...(runs.length > 0 ? [h("h3", {}, t("Runs")), h("ul", { className: "runs" }, ...runs.map(run))] : []),
  );
}

/**
 * @param {Lesson} lesson
 * @param {Prediction} prediction
 * @param {Truth | null} truth
 */
function predicted(lesson, prediction, truth) {
  const ends = { from: said(prediction.from, prediction), to: said(prediction.to, prediction) };
  const outside = truth?.outside
    ? [
        h(
          "p",
          {},
          t("No prediction can come near it: the slider goes from {from} to {to}. Change that in the file.", ends),
        ),
      ]
    : [];
  const words = truth ? t("It comes out at {truth}.", { truth: truth.words }) : t("Nothing of that kind comes out.");
  return [own(lesson, h("p", { className: "ask" }, prediction.ask)), h("p", { className: "truth" }, words), ...outside];
}

/**
 * @param {Lesson} lesson
 * @param {Question} question
 * @param {string[]} answer
 */
function asked(lesson, { ask, choices }, answer) {
  const list = letters(choices).map(([letter, choice]) => own(lesson, h("li", {}, `${letter}. ${choice}`)));
  return [
    own(lesson, h("p", { className: "ask" }, ask)),
    ...(list.length > 0 ? [h("ul", { className: "boxes" }, ...list)] : []),
    ...paragraphs(lesson, answer),
  ];
}

/**
 * A run: the settings that reproduce it, and its digest.
 * @param {Played} played
 */
function run({ name, query, model, digest }) {
  const link = h("a", { href: laboratory(query, `model=${model}`, `digest=${digest}`) }, digest);
  const words =
    name === ""
      ? t("The run of the step, digest {digest}")
      : t("The run “{name}”, digest {digest}", { name, digest: "{digest}" });
  const [before, after] = words.split("{digest}");
  return h("li", {}, before, link, after);
}
