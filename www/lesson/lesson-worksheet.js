// A lesson on paper for students: goals, questions, axes to draw on and room to write, without results.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";
import {
  chart,
  heading,
  laboratory,
  lasts,
  letters,
  opening,
  own,
  paragraphs,
  said,
  studentPage,
} from "./lesson-parts.js";

/**
 * @import { Chart, Lesson, Prediction, Question, Step } from "../pkg/full.js"
 * @import { Tools } from "./lesson-parts.js"
 */

/** Number of lines for an answer and for a reason. */
const LINES = 5;

/**
 * @param {HTMLElement} main
 * @param {Lesson} lesson
 * @param {Tools} tools
 */
export async function fill(main, lesson, { charts, simulator, faces, file }) {
  const name = h("p", { className: "text name" }, h("span", {}, t("Name")), h("span", {}, t("Date")));
  const page = studentPage(file);
  const scan = page ? [await pageLink(page, simulator)] : [];
  const start = h("div", { className: "text start" }, opening(lesson), ...scan);
  main.append(h("p", { className: "text faces" }, ...faces), name, start);
  for (const [index, step] of lesson.steps.entries()) {
    // One step at a time, so that the page stays responsive.
    await new Promise((resolve) => setTimeout(resolve));
    const axes = await charts(index, false);
    // The reader may have turned to another page of the lesson.
    if (!start.isConnected) return;
    main.append(section(lesson, step, index, file, axes));
  }
}

/**
 * @param {Lesson} lesson
 * @param {Step} step
 * @param {number} index
 * @param {string | undefined} file
 * @param {Chart | null} axes
 */
function section(lesson, step, index, file, axes) {
  const drawn = axes ? [h("p", {}, t("Draw what you expect:")), chart(axes)] : [];
  return h(
    "section",
    { className: "text step sheet" },
    heading(lesson, index),
    h("p", { className: "quiet" }, lasts(step.minutes), ...link(step, file)),
    ...paragraphs(lesson, step.text),
    ...(step.prediction ? predicted(lesson, step.prediction, drawn) : drawn),
    ...(step.question ? asked(lesson, step.question) : []),
  );
}

/**
 * The address of the page for students, to scan and to type.
 * @param {string} page
 * @param {Tools["simulator"]} simulator
 */
async function pageLink(page, simulator) {
  const words = h("p", {}, t("This lesson on your device:"));
  try {
    const { qrCode } = await import("../core/qr-code.js");
    return h("div", { className: "scan" }, words, qrCode(await simulator(), page));
  } catch {
    // The address can be typed.
    return h("div", { className: "scan" }, words, h("p", { className: "typed" }, page));
  }
}

/**
 * The address of a step's figure, for a lesson without an address.
 * @param {Step} step
 * @param {string | undefined} file
 */
function link(step, file) {
  if (!location.protocol.startsWith("http") || file !== undefined || step.views.length === 0) return [];
  const { href } = new URL(laboratory(step.query, step.place), location.href);
  return [h("br"), h("a", { href, className: "typed" }, href.replace(/^https?:\/\//, ""))];
}

/**
 * @param {Lesson} lesson
 * @param {Prediction} prediction
 * @param {HTMLElement[]} drawn
 */
function predicted(lesson, prediction, drawn) {
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
    ...drawn,
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
