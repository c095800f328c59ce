// The prediction "at which bot density does the crash begin?": the reader places a guess, then sees the answer.
//
//     asking -> shown -> asking (guess again)

import { button, failure } from "../core/buttons.js";
import { liveCanvas, sized } from "../core/canvas.js";
import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { predictions, queryOf, simulator, stopped, styled } from "./predict-common.js";

/**
 * @import { Params, TippingPicture } from "../pkg/full.js"
 * @import { Exports } from "../core/simulator.js"
 * @import { DeleverageLab } from "../element/element.js"
 */

/**
 * Fills `element` with the question about the market of `figure`, a <deleverage-lab>.
 * @param {HTMLElement} element
 * @param {DeleverageLab} figure
 */
export async function fill(element, figure) {
  /** @type {Exports | undefined} */
  let exports; // the simulator that `picture` belongs to
  let picture = /** @type {TippingPicture} */ (/** @type {unknown} */ (undefined)); // made by `begin` below
  /** @type {Float64Array | undefined} */
  let numbers; // the results of all runs
  let guess = NaN;
  let shown = false;
  let waiting = false; // whether to show the answer once it arrives
  let failed = false; // whether the computation failed

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

  function tell() {
    if (!Number.isNaN(guess)) range.value = `${guess}`;
    const none = shown ? t("no guess") : t("not placed yet");
    output.textContent = Number.isNaN(guess) ? none : t("{number}\u00a0%", { number: guess });
    range.setAttribute("aria-valuetext", output.textContent);
    range.disabled = shown;
    skip.hidden = shown;
    show.textContent = shown ? t("Guess again") : t("Show what happens");
    if (alive()) view.canvas.setAttribute("aria-label", picture.words(guess, shown));
    view.draw();
  }

  function reveal() {
    if (!alive()) {
      waiting = numbers === undefined;
      status.textContent = waiting ? t("Working it out: a hundred runs …") : stopped();
      if (waiting && failed) work();
      return;
    }
    waiting = false;
    shown = true;
    tell();
    status.textContent = picture.verdict(guess);
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

  const worker = predictions(
    (/** @type {Float64Array} */ answer) => {
      numbers = answer;
      worker.end();
      begin();
      if (waiting) reveal();
    },
    (message) => {
      failed = true;
      status.replaceChildren(...failure(message, work));
    },
  );
  const work = () => {
    failed = false;
    status.textContent = waiting ? t("Working it out: a hundred runs …") : "";
    worker.ask({ what: "tipping", query: queryOf(/** @type {Params} */ (figure.params)) });
  };

  /** Draws the picture with a new simulator. */
  function begin() {
    if (!figure.exports || !numbers || figure.exports === exports) return;
    exports = figure.exports;
    picture = new exports.TippingPicture(numbers);
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
  const field = h(
    "p",
    { className: "field" },
    h("label", { for: range.id }, t("The crash begins at a bot density of"), " "),
    output,
  );
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
  const soon = t("A chart of the greatest fall at each bot density, which is being worked out.");
  view.canvas.setAttribute("aria-label", soon);
  tell();
  try {
    const [left, right] = (await simulator(figure)).margins();
    element.style.setProperty("--plot-left", `${left}em`);
    element.style.setProperty("--plot-right", `${right}em`);
    work();
  } catch {
    // The figure reports that there is no simulator; without one there is nothing to predict.
    element.replaceChildren();
  }
}
