// The prediction "what does the price do if bots are slower?": the reader draws a line, then sees the answer.
//
//     drawing -> shown -> drawing (draw again)

import { button } from "../core/buttons.js";
import { liveCanvas, sized } from "../core/canvas.js";
import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { queryOf, simulator, stopped, styled } from "./predict-common.js";

/**
 * @import { Params, Sketch } from "../pkg/full.js"
 * @import { Exports } from "../core/simulator.js"
 * @import { DeleverageLab } from "../element/element.js"
 */

/** The reaction time in the question, s. */
const LATENCY = 30;

/**
 * Fills `element` with the question about the market of `figure`, a <deleverage-lab>, and later with the answer.
 * @param {HTMLElement} element
 * @param {DeleverageLab} figure
 */
export async function fill(element, figure) {
  await styled();
  /** @type {Exports} */
  let first;
  try {
    first = await simulator(figure);
  } catch {
    // The figure reports that there is no simulator; without one there is nothing to predict.
    return;
  }
  /** @type {Exports | undefined} */
  let exports; // the simulator that `sketch` belongs to
  let sketch = /** @type {Sketch} */ (/** @type {unknown} */ (undefined)); // made by `begin` below
  let shown = false;

  const alive = () => figure.exports !== undefined && figure.exports === exports;
  const view = liveCanvas("sketch", (canvas, em, dark, width, height) => {
    if (!alive()) return;
    sized(canvas, width, height);
    sketch.draw(canvas, em, dark, shown);
  });
  const status = h("p", { className: "verdict", role: "status" });
  const show = button("show", "", () => (shown ? again() : reveal()));
  const skip = button("quiet", t("Skip the drawing"), () => {
    if (alive()) sketch.clear();
    reveal();
    show.focus();
  });
  const undo = button("undo", t("Undo"), () => {
    if (!alive()) return;
    status.textContent = sketch.undo() ? t("Last stroke removed.") : t("There is nothing to undo.");
    changed();
  });
  const clear = button("clear", t("Clear"), () => {
    if (!alive()) return;
    sketch.clear();
    status.textContent = t("Line cleared.");
    changed();
  });
  const sliders = keyboard();
  pen(view.canvas);

  /** Updates picture, text and sliders after a change of the line. */
  function changed() {
    if (!alive()) return;
    view.canvas.setAttribute("aria-label", sketch.words(shown));
    sliders.tell();
    view.draw();
  }

  /** @param {boolean} to */
  function turn(to) {
    shown = to;
    for (const part of [skip, undo, clear, sliders.element]) part.hidden = shown;
    show.textContent = shown ? t("Draw again") : t("Show what happens");
    view.canvas.classList.toggle("open", !shown);
    changed();
  }

  function reveal() {
    if (!alive()) {
      status.textContent = stopped();
      return;
    }
    turn(true);
    status.textContent = sketch.verdict();
    figure.show(`bot-latency=${LATENCY}`);
  }

  function again() {
    if (alive()) sketch.clear();
    status.textContent = "";
    turn(false);
  }

  /**
   * Draws with a mouse or a finger.
   * @param {HTMLCanvasElement} canvas
   */
  function pen(canvas) {
    /** @type {number | undefined} */
    let down;
    canvas.addEventListener("pointerdown", (event) => {
      if (shown || !event.isPrimary || event.button !== 0 || !alive()) return;
      if (!sketch.begin(...view.place(event))) return;
      down = event.pointerId;
      canvas.setPointerCapture(down);
      status.textContent = "";
      view.draw();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (event.pointerId !== down || !alive()) return;
      const all = event.getCoalescedEvents?.() ?? [];
      for (const one of all.length > 0 ? all : [event]) sketch.goOn(...view.place(one));
      view.draw();
    });
    for (const type of /** @type {const} */ (["pointerup", "pointercancel"])) {
      canvas.addEventListener(type, (event) => {
        if (event.pointerId !== down) return;
        down = undefined;
        if (!alive()) return;
        sketch.end();
        changed();
      });
    }
    // A finger draws on the drawable part until the answer is shown; elsewhere it scrolls the page.
    /** @param {TouchEvent} event */
    const draws = (event) =>
      !shown && event.touches.length === 1 && alive() && sketch.canDraw(...view.place(event.touches[0]));
    canvas.addEventListener("touchstart", (event) => draws(event) && event.preventDefault(), { passive: false });
  }

  /** Draws with sliders, one for each of a few seconds. */
  function keyboard() {
    const fields = [...first.sketchSeconds()].map((second, index) => {
      const range = h("input", { id: `path-${second}`, type: "range", step: 0.5 });
      const output = h("output", { className: "value", for: range.id });
      range.addEventListener("input", () => {
        if (!alive()) return;
        sketch.setAnchor(index, range.valueAsNumber);
        changed();
      });
      const label = h("label", { for: range.id }, t("Price after {second}\u00a0s", { second }));
      return { index, range, output, element: h("div", { className: "field" }, label, output, range) };
    });
    return {
      element: h(
        "details",
        {},
        h("summary", {}, t("Draw with the keyboard")),
        h("div", { className: "grid" }, ...fields.map((field) => field.element)),
      ),
      tell() {
        const [least, most] = sketch.range();
        for (const { index, range, output } of fields) {
          const value = sketch.anchor(index);
          range.min = `${Math.ceil(2 * least) / 2}`;
          range.max = `${Math.floor(2 * most) / 2}`;
          // Where nothing is drawn, the slider is at the start price.
          range.value = `${Number.isNaN(value) ? 0 : value}`;
          output.textContent = sketch.anchorWords(index);
          range.setAttribute("aria-valuetext", output.textContent);
        }
      },
    };
  }

  /** Starts with a new simulator; the line of the previous one is lost. */
  function begin() {
    if (!figure.exports || figure.exports === exports) return;
    exports = figure.exports;
    sketch = new exports.Sketch(queryOf(own), LATENCY);
    status.textContent = "";
    turn(false);
  }
  // The settings of the market at this point, whatever the reader does to the figure later, with the usual reaction
  // time.
  const own = { .../** @type {Params} */ (figure.params), bot_latency: first.readQuery("").params.bot_latency };
  begin();
  figure.addEventListener("deleverage:change", begin);

  const question = h(
    "p",
    { className: "ask", id: "path-question" },
    t("Draw what the price does if bots take {slow} seconds instead of {now}.", {
      slow: LATENCY,
      now: own.bot_latency,
    }),
  );
  element.append(
    h(
      "div",
      { role: "group", "aria-labelledby": question.id },
      question,
      h("div", { className: "picture" }, view.canvas),
      h("div", { className: "buttons" }, show, undo, clear, skip),
      sliders.element,
      status,
    ),
  );
}
