// A film of a view: from just before the first order to a moment after the low, recorded by the browser while it is
// drawn.

import { start, stop } from "../core/animation.js";
import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { RUN_UP, SHOCK_AT } from "../element/player.js";

/**
 * @import { Lab, SpanName } from "../pkg/full.js"
 * @import { Drawn } from "../element/views.js"
 *
 * @typedef {object} Shot What is filmed, and how.
 * @property {Lab} lab
 * @property {Drawn} view
 * @property {{ width: number, height: number, em: number }} size in CSS pixels
 * @property {boolean} dark
 * @property {SpanName} span
 * @property {number} from first second of the run
 * @property {number} to last one
 * @property {number} length of the film, s
 */

/** Seconds of the film after the low. */
const AFTER = 1.5;

/** Limits of its length, s. */
const [SHORTEST, LONGEST] = [4, 20];

/** Width that a film has at most, px, and its pictures per second: encoders are slow. */
const [WIDEST, RATE] = [960, 30];

/** Milliseconds of film that the recorder hands over at a time. */
const PIECE = 250;

/** Least and most milliseconds without a new piece after which the encoder is done. */
const [QUIET, PATIENCE] = [1000, 8000];

/** Whether this browser can record one. */
export const records = () => "MediaRecorder" in window && "captureStream" in HTMLCanvasElement.prototype;

/**
 * The part of a run that is filmed at this speed, in seconds of the run per second, and how long the film is.
 * @param {Lab} lab
 * @param {number} speed
 */
export function part(lab, speed) {
  const from = SHOCK_AT - RUN_UP;
  const low = Math.max(lab.extreme(), SHOCK_AT);
  const length = Math.min(Math.max((low - from) / speed + AFTER, SHORTEST), LONGEST);
  const to = Math.min(low + (AFTER * (low - from)) / (length - AFTER), lab.seconds());
  return { from, to, length };
}

/**
 * Records a film. `on.shown(seconds)` is called as it grows; it ends early, complete up to there, once `on.enough()`
 * returns true. Rejects if the run changes or the page is hidden meanwhile.
 * @param {Shot} shot
 * @param {{ shown(seconds: number): void, enough(): boolean, current(): boolean }} on
 * @returns {Promise<Blob>}
 */
export function film({ lab, view, size, dark, span, from, to, length }, on) {
  const finer = Math.min(2, WIDEST / size.width);
  // Some encoders want even numbers.
  const even = (/** @type {number} */ pixels) => Math.max(2 * Math.round((pixels * finer) / 2), 2);
  const canvas = h("canvas", { width: even(size.width), height: even(size.height) });
  /** @param {number} seconds */
  const draw = (seconds) =>
    lab.draw(view, canvas, size.em * finer, dark, span, from + ((to - from) * seconds) / length);
  // A canvas can be captured once it has been drawn on.
  draw(0);
  const stream = canvas.captureStream(RATE);
  const release = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  /** @type {MediaRecorder} */
  let recorder;
  try {
    recorder = new MediaRecorder(stream, { videoBitsPerSecond: 5_000_000 });
  } catch (error) {
    release();
    throw error;
  }
  /** @type {Blob[]} */
  const parts = [];
  let heard = performance.now(); // when the last piece came
  let quiet = QUIET; // several times the longest wait for a piece
  recorder.addEventListener("dataavailable", ({ data }) => {
    if (data.size === 0) return;
    parts.push(data);
    const now = performance.now();
    quiet = Math.min(Math.max(quiet, 3 * (now - heard)), PATIENCE);
    heard = now;
  });

  return new Promise((resolve, reject) => {
    /** @type {Error | undefined} */
    let wrong;
    let wait = 0;
    const rest = () => {
      stop(step);
      document.removeEventListener("visibilitychange", left);
    };
    const fail = (/** @type {string} */ message) => {
      rest();
      wrong ??= new Error(message);
      if (recorder.state !== "inactive") recorder.stop();
    };
    // A recorder that stops drops what it has not encoded yet.
    const finish = () => {
      rest();
      const ended = performance.now();
      wait = setInterval(() => {
        if (performance.now() - Math.max(heard, ended) < quiet) return;
        clearInterval(wait);
        if (recorder.state !== "inactive") recorder.stop();
      }, 100);
    };
    const left = () => fail(t("the page was hidden during the recording"));
    // The recorder goes by the clock, and so does the film.
    const begun = performance.now();
    const step = () => {
      if (!on.current()) return fail(t("the run changed during the recording"));
      const seconds = Math.min((performance.now() - begun) / 1000, length);
      try {
        draw(seconds);
      } catch (error) {
        return fail(/** @type {Error} */ (error).message);
      }
      on.shown(seconds);
      if (seconds >= length || on.enough()) finish();
    };
    recorder.addEventListener("error", () => fail(t("this browser cannot record a film")));
    recorder.addEventListener("stop", () => {
      rest();
      clearInterval(wait);
      release();
      const blob = new Blob(parts, { type: recorder.mimeType });
      if (wrong) reject(wrong);
      else if (blob.size === 0) reject(new Error(t("this browser cannot record a film")));
      else resolve(blob);
    });
    try {
      recorder.start(PIECE);
    } catch (error) {
      release();
      reject(error);
      return;
    }
    document.addEventListener("visibilitychange", left);
    start(step);
  });
}
