// The prediction of a number in a lesson, before the result is shown.
//
//     asking -> said (there is a code for the class, which may speak of it first) -> shown
//     asking -> shown (skipped)

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { own, said } from "./lesson-parts.js";

/**
 * @import { Lesson, Prediction, Truth } from "../pkg/full.js"
 * @import { Tools } from "./lesson-parts.js"
 */

/**
 * The prediction of a step of a lesson. `answers(step)` returns the answers, `simulator()` the exports; `reveal()` is
 * called when the result may be shown.
 * @param {Lesson} lesson
 * @param {number} number
 * @param {Pick<Tools, "answers" | "simulator"> & { reveal(): void }} on
 */
export function prediction(lesson, number, { answers, simulator, reveal }) {
  const asked = /** @type {Prediction} */ (lesson.steps[number].prediction);
  const id = `prediction-${number + 1}`;
  const { from, to, step } = asked;
  const range = h("input", { type: "range", id: `${id}-value`, min: from, max: to, step });
  // In the middle, which suggests least.
  range.value = `${from + step * Math.round((to - from) / step / 2)}`;
  let placed = false;
  const output = h("output", { for: range.id }, t("not placed yet"));
  const tell = () => range.setAttribute("aria-valuetext", output.textContent);
  tell();
  range.addEventListener("input", () => {
    placed = true;
    output.textContent = said(range.valueAsNumber, asked);
    tell();
  });

  const status = h("p", { className: "verdict", role: "status", tabIndex: -1 });
  /**
   * @param {string} className
   * @param {string} words
   * @param {() => void} act
   */
  const button = (className, words, act) => {
    const made = h("button", { type: "button", className }, words);
    made.addEventListener("click", act);
    return made;
  };
  const commit = button("show", t("This is my prediction"), () => {
    if (placed) say();
    else status.textContent = t("Move the slider to your prediction first, or skip it.");
  });
  const skip = button("quiet", t("Skip the prediction"), () => {
    placed = false;
    output.textContent = t("no prediction");
    tell();
    show();
  });
  const come = button("show", t("Show what comes out"), show);
  const buttons = h("p", { className: "buttons" }, commit, skip);
  let code = "";

  /** Fixes the prediction, and shows the code that a student hands to the teacher. */
  async function say() {
    await busy(async () => {
      const { predictionCode } = await simulator();
      const index = Math.round((range.valueAsNumber - from) / step);
      code = t("Your code for the class: {code}", { code: predictionCode(lesson.tag, number, index) });
      status.textContent = code;
      range.disabled = true;
      buttons.replaceChildren(come);
    });
  }

  async function show() {
    await busy(async () => {
      const { truth } = await answers(number);
      status.replaceChildren(verdict(truth), ...(code ? [h("br"), code] : []));
      range.disabled = true;
      buttons.remove();
      reveal();
    });
  }

  /**
   * Runs the action of a button. If it fails, the reader may try again.
   * @param {() => Promise<void>} act
   */
  async function busy(act) {
    const all = [commit, skip, come];
    for (const one of all) one.disabled = true;
    try {
      await act();
      // The button with the focus is gone.
      status.focus();
    } catch (error) {
      status.textContent = /** @type {Error} */ (error).message;
    }
    for (const one of all) one.disabled = false;
  }

  /** @param {Truth | null} truth */
  function verdict(truth) {
    if (!truth) return t("Nothing of that kind comes out.");
    return placed
      ? t("You said {said}. It comes out at {truth}.", { said: output.textContent, truth: truth.words })
      : t("It comes out at {truth}.", { truth: truth.words });
  }

  const ask = own(lesson, h("p", { className: "ask", id }, asked.ask));
  return h(
    "div",
    { className: "prediction", role: "group", "aria-labelledby": id },
    ask,
    h("p", { className: "field" }, h("label", { for: range.id }, t("Your prediction")), " ", output, range),
    h(
      "p",
      { className: "ends", "aria-hidden": "true" },
      h("span", {}, said(from, asked)),
      h("span", {}, said(to, asked)),
    ),
    buttons,
    status,
  );
}
