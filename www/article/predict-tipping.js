// The prediction "at which bot density does the crash begin?": the reader places a guess, then sees the answer.
//
//     asking -> shown -> asking (guess again)
//
// Meanwhile the workers run twenty crowds at every bot density, which are enough for an answer. Once it is shown, the
// others of a hundred refine it.

import { button, failure } from "../core/buttons.js";
import { liveCanvas, sized } from "../core/canvas.js";
import { h } from "../core/dom.js";
import { plural, t } from "../core/i18n.js";
import { workerPool } from "../lab/worker-pool.js";
import { simulator, stopped, styled } from "./predict-common.js";

/**
 * @import { TippingPicture } from "../pkg/full.js"
 * @import { Exports } from "../core/simulator.js"
 * @import { DeleverageLab } from "../element/element.js"
 * @import { CurveAnswer } from "../workers/run-worker.js"
 */

/** Crowds that are enough for an answer. */
const SOME = 20;

/**
 * Fills `element` with the question about the market of `figure`, a <deleverage-lab>.
 * @param {HTMLElement} element
 * @param {DeleverageLab} figure
 */
export async function fill(element, figure) {
  /** @type {Exports | undefined} */
  let exports; // the simulator that `picture` belongs to
  let picture = /** @type {TippingPicture} */ (/** @type {unknown} */ (undefined)); // made by `begin` below
  let query = "";
  let all = 0; // the number of crowds
  /** @type {Map<number, Float64Array>} */
  const curves = new Map(); // the results of the crowds, by place
  /** @type {number[]} */
  const todo = []; // the places of crowds that no worker has been asked for
  /** @type {Map<number, number>} */
  const asked = new Map(); // the place that each worker has been asked for
  let guess = NaN;
  let shown = false;
  let waiting = false; // whether to show the answer once it arrives
  let failed = false; // whether a worker failed

  /** @param {number} value */
  const place = (value) => {
    if (shown || Number.isNaN(value)) return;
    guess = value;
    tell();
  };
  const range = h("input", { id: "tipping-guess", type: "range", min: 0, max: 100, step: 1, value: 50 });
  range.addEventListener("input", () => place(range.valueAsNumber));
  // A click without a move takes the position of the slider.
  range.addEventListener("click", () => place(range.valueAsNumber));
  const output = h("output", { className: "value", for: range.id });
  const show = button("show", "", () => (shown ? again() : reveal()));
  const skip = button("quiet", t("Skip the guess"), () => {
    guess = NaN;
    reveal();
    show.focus();
  });
  const status = h("p", { className: "verdict", role: "status" });
  const view = liveCanvas("tipping", (canvas, em, dark, width, height) => {
    if (!alive()) return;
    sized(canvas, width, height);
    picture.draw(canvas, em, dark, guess, shown);
  });
  point(view.canvas);

  const alive = () => picture !== undefined && figure.exports === exports;
  const enough = () => curves.size >= Math.min(SOME, all) && all > 0;
  const working = () =>
    all === 0
      ? t("Loading …")
      : plural("Running 1 crowd at every bot density …", "Running {all} crowds at every bot density …", all, { all });

  function tell() {
    if (!Number.isNaN(guess)) range.value = `${guess}`;
    const none = shown ? t("skipped") : t("not placed yet");
    output.textContent = Number.isNaN(guess) ? none : t("{number}%", { number: guess });
    range.setAttribute("aria-valuetext", output.textContent);
    range.disabled = shown;
    skip.hidden = shown;
    show.textContent = shown ? t("Guess again") : t("Show what happens");
    if (alive()) view.canvas.setAttribute("aria-label", picture.words(guess, shown));
    view.draw();
  }

  function reveal() {
    if (picture && !alive()) {
      waiting = false;
      status.textContent = stopped();
      return;
    }
    if (!picture || !enough()) {
      waiting = true;
      status.textContent = working();
      if (failed) work();
      return;
    }
    waiting = false;
    shown = true;
    tell();
    status.textContent = picture.verdict(guess);
    if (failed) work();
    else if (curves.size < all) pool.work();
  }

  function again() {
    shown = false;
    guess = NaN;
    range.value = "50";
    status.textContent = "";
    tell();
  }

  /**
   * A pointer on the picture also places the guess.
   * @param {HTMLCanvasElement} canvas
   */
  function point(canvas) {
    /** @param {MouseEvent} event */
    const at = (event) => exports && place(exports.tippingSpot(...view.place(event)));
    canvas.addEventListener("pointerdown", (event) => {
      if (shown || event.button !== 0 || !alive()) return;
      canvas.setPointerCapture(event.pointerId);
      at(event);
    });
    canvas.addEventListener(
      "pointermove",
      (event) => alive() && canvas.hasPointerCapture(event.pointerId) && at(event),
    );
  }

  const pool = workerPool({
    rank: 2,
    next(nth) {
      const wanted = shown ? all : SOME;
      const place = asked.get(nth) ?? (curves.size + asked.size < wanted ? todo.shift() : undefined);
      if (place === undefined) return undefined;
      asked.set(nth, place);
      return { curve: query, all, place };
    },
    answered(/** @type {CurveAnswer} */ { place, numbers }, nth) {
      asked.delete(nth);
      if (curves.has(place)) return;
      curves.set(place, numbers);
      if (alive()) picture.add(numbers);
      begin();
      const last = curves.size === all;
      // Workers end with the last task.
      if (asked.size === 0 && (last || (!shown && curves.size >= SOME))) pool.leave();
      if (waiting) reveal();
      else if (alive()) tell();
      // Read aloud when it is final, not each time that it changes.
      if (last && shown && alive()) status.textContent = picture.verdict(guess);
    },
    failed(message) {
      failed = true;
      pool.leave();
      todo.unshift(...asked.values());
      asked.clear();
      status.replaceChildren(...failure(message, work));
    },
  });
  const work = () => {
    failed = false;
    if (shown && alive()) status.textContent = picture.verdict(guess);
    else status.textContent = waiting ? working() : "";
    pool.work();
  };

  /** Draws the picture with a new simulator. */
  function begin() {
    if (!figure.exports || curves.size === 0 || figure.exports === exports) return;
    exports = figure.exports;
    picture = new exports.TippingPicture();
    for (const numbers of curves.values()) picture.add(numbers);
    if (status.textContent === stopped()) status.textContent = "";
    tell();
  }
  figure.addEventListener("deleverage:change", begin);

  await styled();
  const question = h(
    "p",
    { className: "ask", id: "tipping-question" },
    t("At which bot density does the crash begin? Place it."),
  );
  const field = h("p", { className: "field" }, h("label", { for: range.id }, t("Your guess:"), " "), output);
  element.append(
    h(
      "div",
      { role: "group", "aria-labelledby": question.id },
      question,
      // The slider runs along the drawing, which is left to right in any language.
      h("div", { className: "picture", dir: "ltr" }, view.canvas, range),
      field,
      h("div", { className: "buttons" }, show, skip),
      status,
    ),
  );
  const soon = t("A chart of the greatest fall at each bot density, still being computed.");
  view.canvas.setAttribute("aria-label", soon);
  tell();
  try {
    const made = await simulator(figure);
    const [left, right] = made.margins();
    element.style.setProperty("--plot-left", `${left}em`);
    element.style.setProperty("--plot-right", `${right}em`);
    // The state in which the figure opens, whatever it shows by now.
    const names = new Set(made.names());
    const own = [...figure.attributes].filter(({ name }) => names.has(name));
    query = new URLSearchParams(own.map(({ name, value }) => [name, value])).toString();
    all = made.tippingCrowds(query);
    todo.push(...Array(all).keys());
    work();
  } catch {
    // The figure reports that there is no simulator; without one there is nothing to predict.
    element.replaceChildren();
  }
}
