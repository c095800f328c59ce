// The run of an element: its simulator, its parameters, and its result.
//
//     none -> running <-> stopped (by a fault, until it is started again)
//                     <-> stopped (while the full simulator takes over from the light one)
//
// A change of parameters is applied, run and drawn in one animation frame.

import { coalesced } from "../core/animation.js";
import { engine, trapped } from "../core/engine.js";

/**
 * @import { Changes, Lab, ParamId, RunResult, SpanName, ViewName } from "../pkg/full.js"
 * @import { Exports } from "../core/simulator.js"
 *
 * @typedef {object} Listener
 * @property {(result: RunResult) => void} ran
 * @property {() => void} stepped
 * @property {(problem: string) => void} refused
 * @property {() => void} accepted
 * @property {() => void} eased
 * @property {() => void} upgrading
 * @property {() => void} resumed
 * @property {(error: Error) => void} stayed
 * @property {(error: Error) => void} failed
 * @property {(problems: string[]) => void} wrong
 * @property {() => boolean} full
 * @property {() => SpanName} span
 * @property {() => ViewName} view
 * @property {(query: string) => string[]} show
 */

/** Number of frames in which the axes move to those of a new run. */
const EASE = 12;

export const reduced = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class Session {
  exports = /** @type {Exports} */ (/** @type {unknown} */ (undefined)); // the exports of the simulator, after `load`
  /** @type {Set<string>} */
  names = new Set(); // the names of all parameters
  /** @type {Lab | undefined} */
  lab; // the simulator with this run; undefined before there is one and while it is stopped
  last = /** @type {RunResult} */ ({}); // the result of the last run, kept after the simulator stops; empty before it
  catching = false; // whether deferred requests are being performed
  #on;
  #whole = false; // whether the run needs the full simulator
  #held = false; // whether a slider is held
  /** @type {{ exports: Exports, lab: Lab | undefined } | undefined} */
  #former; // the light simulator while the full one loads
  /** @type {Changes} */
  #moving = {};
  /** @type {(string | Changes)[]} */
  #pending = [];

  /**
   * Calls the listener `on`: `ran(result)` after a run, `stepped()` after a step of a slider, `accepted()` or
   * `refused(problem)` after a change, `eased()` when the axes have moved. Also `upgrading()` and then `resumed()`, or
   * `stayed(error)` if the full simulator cannot be loaded, `failed(error)` if none can start, and `wrong(problems)`.
   * `on.full()` returns whether the element itself needs the full simulator; `on.span()` and `on.view()` return the
   * visible ones; `on.show(query)` shows a state.
   * @param {Listener} on
   */
  constructor(on) {
    this.#on = on;
  }

  async load() {
    this.exports = await engine(this.#whole || this.#on.full());
    this.names = new Set(this.exports.names());
  }

  /**
   * Loads the full simulator if one of these queries needs it.
   * @param {string[]} queries
   */
  async cover(queries) {
    this.#whole ||= !queries.every((query) => this.exports.covers(query));
    if (this.#whole) this.exports = await engine(true);
  }

  /**
   * Runs a query in a new simulator.
   * @param {string} query
   */
  begin(query) {
    this.lab = new this.exports.Lab(query);
    this.last = this.lab.result(this.#on.view());
  }

  /**
   * Defers a change of parameters or a query until there is a simulator.
   * @param {string | Changes} what
   */
  later(what) {
    this.#pending.push(what);
  }

  /** The deferred queries. */
  get asked() {
    return this.#pending.filter((what) => typeof what === "string");
  }

  /**
   * Performs deferred requests. Returns all problems, to be shown together.
   * @returns {string[]}
   */
  catchUp() {
    this.catching = true;
    try {
      /** @type {string[]} */
      const wrong = [];
      while (this.lab && this.#pending.length > 0) {
        const what = /** @type {string | Changes} */ (this.#pending.shift());
        wrong.push(...(typeof what === "string" ? this.#on.show(what) : this.change(what)));
      }
      return wrong;
    } finally {
      this.catching = false;
    }
  }

  /**
   * Changes parameters and runs. Returns the problems as sentences; nothing changes then.
   * @param {Changes} changes
   * @returns {string[]}
   */
  change(changes, always = false) {
    const { lab } = this;
    if (!lab) return [];
    try {
      if (!lab.set(changes)) return this.upgrade(changes);
    } catch (error) {
      if (trapped(error)) return [];
      const problem = String(/** @type {Partial<Error> | undefined} */ (error)?.message ?? error);
      this.#on.refused(problem);
      return [problem];
    }
    this.#on.accepted();
    // Only a slider keeps the axes and shows the previous run as a ghost.
    if (!this.#held) {
      lab.forgetBefore();
      lab.settle(this.#on.span(), 1);
    }
    const result = lab.result(this.#on.view());
    if (always || result.query !== this.last.query) this.#on.ran((this.last = result));
    return [];
  }

  /** Keeps the axes while a slider is held. Returns whether it was not held before. */
  hold() {
    if (this.#held || !this.lab) return false;
    this.#held = true;
    this.lab.hold(this.#on.span());
    return true;
  }

  /**
   * Handles a slider move: one run a frame, with the last values.
   * @param {ParamId} id
   * @param {number | string} value
   */
  slide(id, value) {
    /** @type {Record<string, number | string>} */ (this.#moving)[id] = value;
    this.#step();
  }

  #step = coalesced(() => {
    const changes = this.#moving;
    this.#moving = {};
    this.change(changes);
    this.#on.stepped();
  });

  /** Releases the slider: the axes move to those of the run. */
  release() {
    if (!this.#held) return;
    let frame = 0;
    const ease = () => {
      if (this.#held || !this.lab) return;
      const same = this.lab.settle(this.#on.span(), frame++ < EASE && !reduced() ? 0.3 : 1);
      this.#on.eased();
      if (!same) requestAnimationFrame(ease);
    };
    // After the run of the last step, which still uses the held axes.
    requestAnimationFrame(() => {
      this.#held = false;
      ease();
    });
  }

  /**
   * Replaces the light simulator, which cannot run this change or state, by the full one.
   * @param {string | Changes} what
   * @returns {string[]}
   */
  upgrade(what) {
    this.#former = { exports: this.exports, lab: this.lab };
    this.#whole = true;
    this.lab = undefined;
    this.#pending.unshift(what);
    this.#on.upgrading();
    return [];
  }

  /** Handles a fault of the simulator. Returns whether it was running. */
  stop() {
    const { lab } = this;
    this.lab = undefined;
    return lab !== undefined;
  }

  /** Starts a simulator with the last parameters. Returns whether it was stopped and now runs. */
  async restart() {
    try {
      await this.load();
      // A different call may have started it meanwhile.
      if (!this.lab) await this.cover([this.last.query]);
      if (this.lab) return false;
      this.#held = false;
      this.begin(this.last.query);
      this.#former = undefined;
      this.#on.resumed();
      this.#on.ran(this.last);
      this.#on.wrong(this.catchUp());
      return true;
    } catch (error) {
      if (this.#former) {
        [this.exports, this.lab, this.#whole] = [this.#former.exports, this.#former.lab, false];
        this.#former = undefined;
        this.#pending.length = 0;
        this.#on.stayed(/** @type {Error} */ (error));
      } else this.#on.failed(/** @type {Error} */ (error));
      return false;
    }
  }
}
