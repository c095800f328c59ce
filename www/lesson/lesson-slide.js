// One step of a lesson on a big screen: its elements as it begins, and what each further press shows. Words stand beside
// the figure; the style sheet shows those of the current part (`data-part`), so that question and figure fit the screen.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { fill } from "./lesson-fit.js";
import { figure, heading, letters, own, paragraphs, said } from "./lesson-parts.js";

/**
 * @import { Lesson, Prediction } from "../pkg/full.js"
 * @import { Tools } from "./lesson-parts.js"
 *
 * @typedef {() => void} Undo
 * @typedef {{ words: string, show(): Undo | Promise<Undo> }} Press What a further press shows.
 * @typedef {{ elements: Node[], parts: Press[], undo?: Undo[] }} Slide A step as it begins or was left.
 */

/**
 * The step with that index. `fit()` is called when its size may have changed.
 * @param {Lesson} lesson
 * @param {number} index
 * @param {Pick<Tools, "answers" | "simulator"> & { fit(): void }} tools
 * @returns {Slide}
 */
export function slide(lesson, index, { answers, simulator, fit }) {
  const step = lesson.steps[index];
  const { prediction, question } = step;
  const intro = h("div", { className: "intro" }, ...paragraphs(lesson, step.text));
  const ask = h("div", { className: "asked" });
  const [truth, told] = ["result", "told"].map((className) => h("div", { className, "aria-live": "polite" }));
  const words = h("div", { className: "text words" }, heading(lesson, index, "h1"), intro, ask, truth, told);
  const place = h("div", { className: "place" });
  const whole = h("div", { className: "slide" }, words, place);
  /** @type {Press[]} */
  const parts = [];
  /**
   * A press that shows a part and scrolls to its element, where the screen is too small for all of it. `show` returns
   * the function that undoes it.
   * @param {string} words
   * @param {string} part
   * @param {Element} element
   * @param {() => Undo | Promise<Undo>} show
   */
  const addPress = (words, part, element, show) =>
    parts.push({
      words,
      async show() {
        const undo = await show();
        const before = whole.dataset.part ?? "";
        whole.dataset.part = part;
        const seen = latest;
        look((latest = element));
        return () => {
          undo();
          whole.dataset.part = before;
          look((latest = seen));
        };
      },
    });
  /** @type {Element} */
  let latest = words;
  /** @param {Element} element */
  const look = (element) => element.scrollIntoView({ behavior: "instant", block: "start" });
  /**
   * Shows a run in the figure.
   * @param {[query: string, controls?: string[]]} state
   */
  const run = (...state) => {
    const shown = figure(step, ...state);
    place.replaceChildren(shown);
    fill(shown).then(
      // Only now is the page long enough; the class may have moved on.
      () => shown.isConnected && latest === truth && look(truth),
      () => {},
    );
  };

  const figured = step.views.length > 0;
  if (figured && (!prediction || prediction.shows !== null)) run(step.query, prediction ? [] : step.controls);
  if (prediction) {
    const ends = { from: said(prediction.from, prediction), to: said(prediction.to, prediction) };
    ask.append(own(lesson, h("p", { className: "ask" }, prediction.ask)), h("p", {}, t("From {from} to {to}.", ends)));
    const codes = theClass(lesson, index, { answers, simulator, fit });
    words.after(codes);
    addPress(t("Show what comes out"), "truth", truth, async () => {
      const { truth: found } = await answers(index);
      const said = found ? t("It comes out at {truth}.", { truth: found.words }) : t("Nothing of that kind comes out.");
      truth.append(h("p", { className: "truth" }, said));
      // The figure is where the codes were.
      codes.open = false;
      const before = [...place.childNodes];
      if (figured) run(prediction.shows ?? step.query);
      return () => {
        truth.replaceChildren();
        place.replaceChildren(...before);
      };
    });
  } else if (figured) addPress(t("Show the figure"), "figure", place, () => () => {});
  if (question) {
    addPress(t("Show the question"), "question", told, () => {
      told.append(own(lesson, h("p", { className: "ask" }, question.ask)));
      const list = letters(question.choices).map(([letter, choice]) =>
        own(lesson, h("li", {}, `${letter}. ${choice}`)),
      );
      if (list.length > 0) told.append(h("ul", { className: "boxes" }, ...list));
      return () => told.replaceChildren();
    });
    addPress(t("Show an answer"), "answer", told, async () => {
      const answer = h("div", { className: "answer" }, ...paragraphs(lesson, (await answers(index)).answer));
      told.append(answer);
      return () => answer.remove();
    });
  }
  return { elements: [whole], parts };
}

/**
 * The codes of a class as a picture; a separate button reveals the result.
 * @param {Lesson} lesson
 * @param {number} index
 * @param {Pick<Tools, "answers" | "simulator"> & { fit(): void }} tools
 */
function theClass(lesson, index, { answers, simulator, fit }) {
  const disclosure = h("details", { className: "class" }, h("summary", {}, t("What the class predicts")));
  const fill = async () => {
    const { classView } = await import("./class-view.js");
    const { truth } = await answers(index);
    const prediction = /** @type {Prediction} */ (lesson.steps[index].prediction);
    disclosure.append(
      await classView({ lesson: lesson.tag, step: index, prediction, truth: truth?.value, exports: await simulator() }),
    );
  };
  const status = h("p", { role: "status" });
  /** @type {Promise<void> | undefined} */
  let filling;
  disclosure.addEventListener("toggle", () => {
    fit();
    if (!disclosure.open || filling) return;
    status.textContent = "";
    filling = fill().catch((error) => {
      // Opening it again retries.
      filling = undefined;
      status.textContent = error.message;
    });
  });
  disclosure.append(status);
  return disclosure;
}
