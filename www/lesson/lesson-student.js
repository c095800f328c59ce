// A lesson for one student: all steps below each other. A result is shown after its prediction was made or skipped.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { figure, heading, lasts, letters, opening, own, paragraphs, stepOf } from "./lesson-parts.js";
import { prediction } from "./lesson-prediction.js";

/**
 * @import { Lesson, Question, Step } from "../pkg/full.js"
 * @import { Tools } from "./lesson-parts.js"
 */

/**
 * @param {HTMLElement} main
 * @param {Lesson} lesson
 * @param {Tools} tools
 */
export async function fill(main, lesson, { answers, simulator, faces, turn }) {
  const asked = stepOf(lesson);
  // A figure may reveal what an earlier step asks to predict, so it waits until that was predicted or skipped. A link
  // to one step skips those before it.
  /** @type {Promise<unknown>} */
  let earlier = Promise.resolve();
  const steps = lesson.steps.map((step, index) => {
    const { element, done } = section(lesson, step, index, { answers, simulator, earlier });
    if (index >= (asked ?? 0)) earlier = Promise.all([earlier, done]);
    return element;
  });
  // A reader who opened a file gets links to its other faces; students with a link do not, because one leads to the
  // answers.
  const ways = turn ? [h("p", { className: "text faces" }, ...faces)] : [];
  main.append(...ways, opening(lesson), ...steps, keep());
  if (asked !== undefined) steps[asked].scrollIntoView();
}

/**
 * One step, and a promise that resolves once its prediction is made or skipped.
 * @param {Lesson} lesson
 * @param {Step} step
 * @param {number} index
 * @param {Pick<Tools, "answers" | "simulator"> & { earlier: Promise<unknown> }} tools
 * @returns {{ element: HTMLElement, done: Promise<unknown> }}
 */
function section(lesson, step, index, { answers, simulator, earlier }) {
  const words = h(
    "div",
    { className: "text" },
    heading(lesson, index),
    h("p", { className: "quiet" }, lasts(step.minutes)),
  );
  words.append(...paragraphs(lesson, step.text));
  const element = h("section", { id: String(index + 1), className: "step" }, words);
  const question = step.question ? [asked(lesson, step.question, index, answers)] : [];
  const place = h("div", { className: "place" });
  /** @param {string} text */
  const wait = (text) => step.views.length > 0 && place.replaceChildren(h("p", { className: "text quiet" }, text));
  /** @param {[query: string, controls?: string[]]} state */
  const show = (...state) => step.views.length > 0 && place.replaceChildren(figure(step, ...state));
  if (!step.prediction) {
    wait(t("The figure comes after the predictions above."));
    element.append(place);
    // An answer may reveal it, too.
    earlier.then(() => {
      show(step.query);
      element.append(...question);
    });
    return { element, done: earlier };
  }
  const { shows } = step.prediction;
  let revealed = false;
  if (shows === null) wait(t("The figure comes after your prediction."));
  else {
    // A run other than the predicted one reveals nothing.
    wait(t("The figure comes after the predictions above."));
    earlier.then(() => revealed || show(step.query, []));
  }
  const done = new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
    const reveal = () => {
      revealed = true;
      show(shows ?? step.query);
      element.append(...question);
      resolve();
    };
    element.append(h("div", { className: "text" }, prediction(lesson, index, { answers, simulator, reveal })), place);
  });
  return { element, done };
}

/**
 * A question with room for an answer, and the lesson's answer in a disclosure.
 * @param {Lesson} lesson
 * @param {Question} question
 * @param {number} index
 * @param {Tools["answers"]} answers
 */
function asked(lesson, question, index, answers) {
  const id = `question-${index + 1}`;
  const choices = letters(question.choices).map(([letter, choice]) => {
    const option = h("input", { type: "radio", name: id, id: `${id}-${letter}` });
    return h("p", {}, option, " ", own(lesson, h("label", { for: option.id }, `${letter}. ${choice}`)));
  });
  const room = h("textarea", { id: `${id}-text`, rows: 4 });
  const inside = h("div", {});
  const disclosure = h("details", {}, h("summary", {}, t("Show an answer")), inside);
  let told = false;
  disclosure.addEventListener("toggle", async () => {
    if (!disclosure.open || told) return;
    try {
      inside.replaceChildren(...paragraphs(lesson, (await answers(index)).answer));
      told = true;
    } catch (error) {
      inside.replaceChildren(h("p", { role: "status" }, /** @type {Error} */ (error).message));
    }
  });
  const body = [
    ...choices,
    h("p", {}, h("label", { for: room.id }, choices.length > 0 ? t("Why?") : t("Your answer"))),
    room,
    disclosure,
  ];
  const ask = own(lesson, h("p", { className: "ask", id }, question.ask));
  return h("div", { className: "text question", role: "group", "aria-labelledby": id }, ask, ...body);
}

/** A note that answers are kept only in this page. */
const keep = () =>
  h(
    "p",
    { className: "text quiet" },
    t("What you write stays in this page and is gone when it is closed. Print the page to keep it."),
  );
