// A lesson on paper for students: goals, questions and room to write, without results.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { address, heading, laboratory, lasts, letters, opening, own, paragraphs, said } from "./lesson-parts.js";

/**
 * @import { Lesson, Prediction, Question, Step } from "../pkg/full.js"
 * @import { Tools } from "./lesson-parts.js"
 */

/** Number of lines for an answer and for a reason. */
const LINES = 5;

/**
 * @param {HTMLElement} main
 * @param {Lesson} lesson
 * @param {Tools} tools
 */
export async function fill(main, lesson, { faces, file }) {
  const steps = lesson.steps.map((step, index) => section(lesson, step, index, file));
  const name = h("p", { className: "text name" }, h("span", {}, t("Name")), h("span", {}, t("Date")));
  main.append(h("p", { className: "text faces" }, ...faces), name, opening(lesson), ...way(file), ...steps);
}

/**
 * @param {Lesson} lesson
 * @param {Step} step
 * @param {number} index
 * @param {string | undefined} file
 */
function section(lesson, step, index, file) {
  return h(
    "section",
    { className: "text step sheet" },
    heading(lesson, index),
    h("p", { className: "quiet" }, lasts(step.minutes), ...link(step, file)),
    ...paragraphs(lesson, step.text),
    ...(step.prediction ? predicted(lesson, step.prediction) : []),
    ...(step.question ? asked(lesson, step.question) : []),
  );
}

/** Whether the address works on other devices. */
const everywhere = location.protocol.startsWith("http");

/**
 * The address of the page for students.
 * @param {string | undefined} file
 */
const way = (file) =>
  everywhere && file !== undefined ? [h("p", { className: "text" }, typed(address(file, "student")))] : [];

/**
 * The address of a step's figure, for a lesson without an address.
 * @param {Step} step
 * @param {string | undefined} file
 */
const link = (step, file) =>
  everywhere && file === undefined && step.views.length > 0 ? [h("br"), typed(laboratory(step.query, step.place))] : [];

/** @param {string} place */
function typed(place) {
  const { href } = new URL(place, location.href);
  return h("a", { href, className: "typed" }, href.replace(/^https?:\/\//, ""));
}

/**
 * @param {Lesson} lesson
 * @param {Prediction} prediction
 */
function predicted(lesson, prediction) {
  const ends = { from: said(prediction.from, prediction), to: said(prediction.to, prediction) };
  return [
    own(lesson, h("p", { className: "ask" }, prediction.ask)),
    h(
      "p",
      { className: "blank" },
      t("My prediction, from {from} to {to}:", ends),
      " ",
      h("span", { className: "gap" }),
    ),
    h("p", { className: "blank" }, t("What comes out:"), " ", h("span", { className: "gap" })),
  ];
}

/**
 * @param {Lesson} lesson
 * @param {Question} question
 */
function asked(lesson, { ask, choices }) {
  const boxes = letters(choices).map(([letter, choice]) => own(lesson, h("li", {}, `☐ ${letter}. ${choice}`)));
  return [
    own(lesson, h("p", { className: "ask" }, ask)),
    ...(boxes.length > 0 ? [h("ul", { className: "boxes" }, ...boxes)] : []),
    h("div", { className: "lines", "aria-hidden": "true" }, ...Array.from({ length: LINES }, () => h("div"))),
  ];
}
