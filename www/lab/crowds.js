// Other crowds with the settings of a run: workers run them once a reader has seen the panel, and a reader can open each.
//
//     waiting (for a reader, who saves data) -> running <-> paused (hidden)
//                                                  \   \-> finished
//                                                   \--> failed (with a way to try again)
//
// When the settings change, all crowds run again; those of the former settings stay, pale, until some are there.

import { h } from "../core/dom.js";
import { plural, t } from "../core/i18n.js";
import { near } from "../core/near.js";
import { count } from "../core/number-format.js";
import { MOST, workerPool } from "./worker-pool.js";

/**
 * @import { Lab, SpanName } from "../pkg/full.js"
 * @import { Layout, Requests } from "../element/layout.js"
 * @import { Session } from "../element/session.js"
 * @import { CrowdsAnswer } from "../workers/run-worker.js"
 */

let runs = 0; // workers tell settings apart by number

/**
 * Adds the panel to the parts of an element: in the whole laboratory beside its other panels, in a figure below.
 * @param {Layout} parts
 * @param {Session} session
 * @param {Requests} on
 */
export function add(parts, session, on) {
  const run = {
    lab: () => session.lab,
    query: () => session.last.query,
    draw: parts.views.draw,
    open: on.open,
    finished: on.finished,
  };
  const panel = crowds(run, on.crowds);
  parts.crowds = panel;
  const canvas = parts.views.canvas("crowds");
  if (canvas) panel.element.prepend(canvas);
  (parts.loop ? parts.views.element : parts.content).append(panel.element);
  parts.connectables = [...(parts.connectables ?? []), panel];
}

/**
 * A panel for `wanted` crowds. `run` is the visible run: `lab()` returns the simulator, or undefined while it is
 * stopped; `draw()` draws its views; `open(seed)` shows the crowd with that seed; `finished()` is called once all
 * crowds have been run. They run once the panel has been in sight.
 * @param {object} run
 * @param {() => Lab | undefined} run.lab
 * @param {() => string} run.query
 * @param {() => void} run.draw
 * @param {(seed: string) => void} run.open
 * @param {() => void} run.finished
 * @param {number} wanted
 */
export function crowds(run, wanted) {
  const words = h("p", { className: "crowds-words" });
  const status = h("p", { className: "unseen", role: "status" });
  const bar = h("progress", { max: wanted, value: 0, "aria-label": t("Crowds that have been run") });
  const tally = h("span", { className: "crowds-count" });
  const progress = h("p", { className: "crowds-progress", hidden: true }, bar, " ", tally);
  const message = h("p", { className: "crowds-message", role: "alert", hidden: true });
  const slider = h("input", {
    type: "range",
    id: "crowds-place",
    min: 1,
    max: wanted,
    step: 1,
    value: 1,
    disabled: true,
  });
  const output = h("output", { className: "value" });
  const label = h("label", { for: slider.id }, t("Crowd, from the deepest fall to the smallest"));
  const control = h("div", { className: "control" }, h("div", { className: "name" }, label, output), slider);
  const begin = h("button", { type: "button", className: "crowds-begin", hidden: true }, t("Run other crowds"));
  const element = h("section", { className: "crowds-panel", "aria-label": t("Other crowds with the same settings") });
  element.append(words, progress, begin, message, control, status);

  let begun = false; // whether a reader has seen the panel, and does not save data
  let failed = false;
  let settings = 0; // the number of the current settings
  /** @type {{ query: string, all: number } | undefined} */
  let question; // what the workers are asked, without the places
  /** @type {Set<number>} */
  let todo = new Set(); // the places that have not been run
  /** @type {string[]} */
  let ranked = []; // the seeds, deepest fall first
  /** @type {(() => void) | undefined} */
  let cancelStart;

  const awake = () => begun && !failed && !document.hidden && element.isConnected;
  const pool = workerPool({
    // They follow a slider.
    rank: 0,
    next(nth) {
      if (!awake() || !question) return undefined;
      // Each worker keeps its own crowds from one move of a slider to the next.
      const places = [...todo].filter((place) => place % MOST === nth);
      return places.length > 0 ? { crowds: settings, ...question, places } : undefined;
    },
    answered(/** @type {CrowdsAnswer} */ answer) {
      const lab = run.lab();
      if (!lab || answer.crowds !== settings) return;
      for (const { place, results, price } of answer.found) {
        lab.keepCrowd(place, results, price);
        todo.delete(place);
      }
      showResults();
      run.draw();
      if (todo.size === 0) {
        [status.textContent] = lab.crowdsWords();
        run.finished();
      }
    },
    failed(reason) {
      failed = true;
      showResults();
      const again = h("button", { type: "button" }, t("Try again"));
      again.addEventListener("click", () => {
        failed = false;
        message.hidden = true;
        slider.focus();
        showResults();
        pool.work();
      });
      const asked = question?.all ?? wanted;
      const [there, all] = [asked - todo.size, asked].map(count);
      message.replaceChildren(
        t("{there} of {all} crowds have been run; the others could not be: {reason}.", { there, all, reason }),
        " ",
        again,
      );
      message.hidden = false;
      pool.leave();
    },
  });

  /** Shows the results so far. */
  const showResults = () => {
    const lab = run.lab();
    if (!lab || !question) return;
    const done = question.all - todo.size;
    const [spread, place] = lab.crowdsWords();
    words.textContent = spread;
    ranked = lab.crowdsRanked();
    const here = ranked.indexOf(lab.seed());
    slider.max = `${Math.max(1, ranked.length)}`;
    slider.disabled = ranked.length === 0;
    if (here >= 0) slider.value = `${here + 1}`;
    output.textContent =
      ranked.length === 0
        ? ""
        : t("{place} of {all}", { place: count(slider.valueAsNumber), all: count(ranked.length) });
    slider.setAttribute("aria-valuetext", place || output.textContent);
    bar.max = question.all;
    bar.value = done;
    progress.hidden = failed || todo.size === 0;
    tally.textContent = plural("{runs} of 1 crowd", "{runs} of {all} crowds", question.all, {
      runs: count(done),
      all: count(question.all),
    });
  };

  slider.addEventListener("input", () => {
    const seed = ranked[slider.valueAsNumber - 1];
    if (seed !== undefined) run.open(seed);
  });
  const start = () => {
    begun = true;
    begin.hidden = true;
    show();
  };
  begin.addEventListener("click", () => {
    start();
    slider.focus();
  });
  const wake = () => awake() && pool.work();

  /** Follows the settings of the run. */
  function show() {
    const lab = run.lab();
    if (!lab || !begun) return;
    const purchase = lab.purchase();
    label.textContent = purchase
      ? t("Crowd, from the highest rise to the lowest")
      : t("Crowd, from the deepest fall to the smallest");
    if (!lab.coversCrowds()) {
      const all = lab.beginCrowds(wanted);
      settings = ++runs;
      question = { query: run.query(), all };
      todo = new Set(Array.from({ length: all }, (_, place) => place));
      if (!failed) {
        message.hidden = all === wanted;
        const fewer = { all: count(all), wanted: count(wanted) };
        message.textContent = t("{wanted} crowds of this size would take too long here; {all} are run.", fewer);
      }
    }
    showResults();
    pool.work();
  }

  return {
    element,
    show,
    /**
     * Opens the crowd at a point of a view; `em` and the points in CSS pixels.
     * @param {string} name
     * @param {[number, number]} size
     * @param {number} em
     * @param {SpanName} span
     * @param {[number, number]} at
     */
    clicked(name, size, em, span, at) {
      const seed = run.lab()?.crowdAt(name, size, em, span, at);
      if (seed !== undefined) run.open(seed);
    },
    /** Quantiles over all crowds, once they have been run. */
    get summary() {
      return question && todo.size === 0 ? run.lab()?.crowdsSummary() : undefined;
    },
    connect() {
      document.addEventListener("visibilitychange", wake);
      if (begun) wake();
      else if (navigator.connection?.saveData) begin.hidden = false;
      else cancelStart = near(element, start, "0px");
    },
    disconnect() {
      document.removeEventListener("visibilitychange", wake);
      cancelStart?.();
      pool.leave();
    },
  };
}
