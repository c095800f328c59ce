// The phase map: leverage by bot density, a run in each cell. Workers run it while it is visible. Its dot is the
// reader's position; moving it changes the laboratory.
//
//     away -> loading -> sharpening <-> paused (out of sight, hidden, or stopped by the reader)
//                 \           |   \-> finished
//                  \---> failed (with a way to try again)
//
// When other settings change, the map is old and turns pale. Once they settle, a new one begins.

import { coalesced } from "../core/animation.js";
import { h } from "../core/dom.js";
import { plural, t } from "../core/i18n.js";
import { count } from "../core/number-format.js";
import { theme } from "../core/theme.js";
import { dragHandle } from "./drag-handle.js";
import { mapWork } from "./map-work.js";

/**
 * @import { Changes, MapPicture, Summary } from "../pkg/full.js"
 * @import { Exports } from "../core/simulator.js"
 * @import { Cell } from "./drag-handle.js"
 */

/** Milliseconds without a change of settings before a new map begins. */
const REST = 300;

/** Milliseconds between pictures while it sharpens. */
const PACE = 200;

/**
 * The map as an element. `engine()` returns the exports of the full simulator. `onmove(changes, done)` is called with
 * the parameters of the dot (`{ leverage, bots }` or one of them); `done` is set once it rests there. `size` is the
 * number of cells along a side, `workers` the largest number of workers.
 *
 * `show(query, summary)` updates it to the settings of the laboratory and the summary of its run. Call `connect()` when
 * it is on the page, `disconnect()` when it is removed, `forget()` when the simulator of the page has stopped.
 * @param {object} on
 * @param {() => Promise<Exports>} on.engine
 * @param {(changes: Changes, done: boolean) => void} [on.onmove]
 * @param {number} [on.size]
 * @param {number} [on.workers]
 */
export function map({ engine, onmove = () => {}, size = 64, workers }) {
  /**
   * @param {string} name
   * @param {string} label
   */
  const range = (name, label) =>
    h("input", { type: "range", className: name, min: 0, max: size - 1, step: 1, disabled: true, "aria-label": label });
  const across = range("map-across", t("Leverage, on the map"));
  const up = range("map-up", t("Bot density, on the map"));
  const canvas = h("canvas", { role: "img", dir: "ltr", "aria-label": t("Map of runs by leverage and bot density") });
  const dot = h("div", { className: "map-dot" });
  const box = h("div", { className: "map-picture" }, canvas, dot);
  // The sliders run along the axes of the drawing, which is left to right in any language.
  const frame = h("div", { className: "map-frame", dir: "ltr" }, up, box, across);
  const words = h("p", { className: "map-words" });
  const bar = h("progress", { max: size * size, value: 0, "aria-label": t("Runs of the map") });
  const tally = h("span", { className: "map-count" });
  const stop = h("button", { type: "button" }, t("Stop"));
  const message = h("p", { className: "map-message", role: "alert", hidden: true });
  const status = h("p", { className: "map-status", role: "status" });
  const style = h("link", { rel: "stylesheet", href: new URL("../css/map.css", import.meta.url).href });
  const progress = h("div", { className: "map-progress" }, bar, tally, stop);
  const element = h("div", { className: "map" }, style, frame, words, progress, message, status);

  /** @type {MapPicture | undefined} */
  let picture; // the finished runs and their drawing, in the simulator
  let loading = false;
  /** @type {{ query: string, summary: Summary } | undefined} */
  let wanted; // the last arguments of show
  let connected = false;
  let inSight = false;
  let stopped = false;
  let failed = false;
  let begun = false; // whether the workers have the map
  let stale = false; // whether its cells belong to other settings, or no worker has them
  let rest = 0; // timers
  let sharpening = 0;
  let runs = 0;
  /** @type {Cell | undefined} */
  let pointed; // the cell under the pointer

  const awake = () => connected && inSight && !document.hidden;
  const team = mapWork({
    mayWork: () => picture !== undefined && awake() && !stopped && !failed && !stale,
    found(cells) {
      guarded((picture) => (runs = picture.keep(cells)));
      sharpening ||= setTimeout(sharpened, PACE);
    },
    failed: (reason) => fail(t("The map could not be computed: {reason}.", { reason })),
    most: workers,
  });

  const sharpened = () => {
    sharpening = 0;
    draw();
    tell();
    if (runs === bar.max)
      status.textContent = plural("The map is finished: 1 run.", "The map is finished: {runs} runs.", runs, {
        runs: count(runs),
      });
  };

  /** Continues if the simulator, settled settings or visibility were missing until now. */
  const wake = () => {
    if (!awake() || failed) return;
    if (picture === undefined) load();
    else if (stale) begin();
    else team.work();
    draw();
  };

  const load = async () => {
    if (loading || !wanted) return;
    loading = true;
    try {
      const exports = await engine();
      picture = new exports.MapPicture(wanted.query, size);
      exports
        .mapMargins()
        .forEach((em, i) => frame.style.setProperty(`--${["left", "right", "top", "bottom"][i]}`, `${em}em`));
      frame.style.setProperty("--cells", `${size}`);
      across.disabled = up.disabled = false;
      begun = false;
      runs = 0;
      place();
      begin();
    } catch (error) {
      broken(error);
    } finally {
      loading = false;
    }
  };

  /** Starts an empty map of the current settings. */
  const begin = () => {
    clearTimeout(rest);
    rest = 0;
    if (!awake() || failed || !wanted) return;
    const { query } = wanted;
    guarded((picture) => {
      picture.renew(query);
      begun = true;
      stale = false;
      runs = 0;
      status.textContent = "";
      team.begin(query, size, picture.stretches());
      tell();
    });
  };

  /** Moves the dot to the laboratory's settings. If the map does not fit them, a new one begins soon. */
  const place = () => {
    if (!wanted) return;
    const { query, summary } = wanted;
    const forced = summary.bot_forced_share_percent + summary.human_forced_share_percent;
    const cameTo = [summary.greatest_fall_percent, summary.greatest_rise_percent, forced, summary.r_peak ?? NaN];
    guarded((picture) => {
      stale = !picture.place(query, cameTo) || !begun;
      clearTimeout(rest);
      rest = stale ? setTimeout(begin, REST) : 0;
      draw();
      tell();
      team.work();
    });
  };

  const tell = () =>
    guarded((picture) => {
      const here = picture.hereWords();
      const [column, row] = picture.hereCell();
      for (const { input, cell } of [
        { input: across, cell: column },
        { input: up, cell: row },
      ]) {
        input.value = `${cell}`;
        input.setAttribute("aria-valuetext", here);
      }
      canvas.setAttribute("aria-label", picture.words());
      words.textContent = pointed ? picture.cellWords(...pointed) : here;
      const finished = runs === bar.max;
      bar.value = runs;
      // The button disappears when nothing is left to stop.
      if (finished && stop.matches(":focus")) across.focus({ preventScroll: true });
      progress.classList.toggle("finished", finished);
      const numbers = { runs: count(runs), all: count(bar.max) };
      tally.textContent = finished
        ? plural(
            "1 run in one cell: click it to open it.",
            "{all} runs, one for each cell: click one to open it.",
            bar.max,
            numbers,
          )
        : plural("{runs} of 1 run", "{runs} of {all} runs", bar.max, numbers);
      stop.textContent = stopped ? t("Go on") : t("Stop");
    });

  const drawNow = () => {
    const { width, height } = canvas.getBoundingClientRect();
    if (!picture || width === 0) return;
    const ratio = devicePixelRatio || 1;
    const em = parseFloat(getComputedStyle(frame).fontSize);
    for (const side of /** @type {const} */ (["width", "height"])) {
      const sharp = Math.max(Math.round({ width, height }[side] * ratio), 1);
      if (canvas[side] !== sharp) canvas[side] = sharp;
    }
    guarded((picture) => {
      picture.draw(canvas, em * ratio, background.dark);
      const [x, y] = picture.hereAt([width, height], em);
      dot.style.transform = `translate(${x}px, ${y}px)`;
    });
  };
  const draw = coalesced(() => inSight && drawNow());
  const background = theme(element, (printing) => (printing ? drawNow() : draw()));

  /**
   * Runs `work` with the picture, if there is one. A fault in it is reported, with a button to try again.
   * @template Result
   * @param {(picture: MapPicture) => Result} work
   */
  const guarded = (work) => {
    if (!picture) return undefined;
    try {
      return work(picture);
    } catch (error) {
      broken(error);
      return undefined;
    }
  };

  /** @param {unknown} error */
  const broken = (error) => {
    forget();
    fail(t("The map could not be drawn: {reason}.", { reason: /** @type {Error} */ (error).message }));
  };

  /** Drops everything that lives in the simulator of the page; the last picture stays. */
  const forget = () => {
    picture = undefined;
    across.disabled = up.disabled = true;
    for (const timer of [rest, sharpening]) clearTimeout(timer);
    rest = sharpening = 0;
    team.dismiss();
  };

  /** @param {string} reason */
  const fail = (reason) => {
    failed = true;
    const again = h("button", { type: "button" }, t("Try again"));
    again.addEventListener("click", () => {
      failed = false;
      // The button disappears with the message. There may be something to stop again.
      progress.classList.remove("finished");
      stop.focus();
      message.hidden = true;
      tell();
      wake();
    });
    message.replaceChildren(`${reason} `, again);
    message.hidden = false;
  };

  stop.addEventListener("click", () => {
    stopped = !stopped;
    tell();
    team.work();
  });

  /**
   * Moves the dot and the laboratory to a cell, along both axes or one of them. Returns whether it could.
   * @param {number} column
   * @param {number} row
   * @param {("leverage" | "bots")[]} ids
   * @param {boolean} done
   */
  const move = (column, row, ids, done) =>
    guarded((picture) => {
      if (!picture.possible(column, row)) {
        tell();
        words.textContent = status.textContent = picture.cellWords(column, row);
        return false;
      }
      status.textContent = "";
      const [leverage, bots] = picture.values(column, row);
      const values = { leverage, bots };
      onmove(Object.fromEntries(ids.map((id) => [id, values[id]])), done);
      return true;
    });
  for (const [input, id] of /** @type {const} */ ([
    [across, "leverage"],
    [up, "bots"],
  ])) {
    /** @param {boolean} done */
    const go = (done) => move(across.valueAsNumber, up.valueAsNumber, [id], done);
    /** @type {boolean | undefined} */
    let moved = true;
    input.addEventListener("input", () => (moved = go(false)));
    // A refused move has returned, and has not settled anywhere.
    input.addEventListener("change", () => moved && go(true));
  }

  /** @type {("leverage" | "bots")[]} */
  const both = ["leverage", "bots"];
  dragHandle(box, dot, {
    cellAt(x, y) {
      const { width, height } = box.getBoundingClientRect();
      const em = parseFloat(getComputedStyle(frame).fontSize);
      return guarded((picture) => /** @type {Cell} */ ([...picture.cellAt([width, height], em, [x, y])]));
    },
    drag: (cell) => move(...cell, both, false),
    drop: (cell) => move(...cell, both, true),
    point(cell) {
      pointed = cell;
      tell();
    },
  });

  const resized = new ResizeObserver(draw);
  const sighted = new IntersectionObserver(
    (entries) => {
      inSight = /** @type {IntersectionObserverEntry} */ (entries.at(-1)).isIntersecting;
      wake();
    },
    { rootMargin: "200px" },
  );
  return {
    element,
    /**
     * @param {string} query
     * @param {Summary} summary
     */
    show(query, summary) {
      wanted = { query, summary };
      if (picture) place();
      else wake();
    },
    forget,
    connect() {
      connected = true;
      resized.observe(box);
      sighted.observe(box);
      background.connect();
      canvas.addEventListener("contextrestored", draw);
      document.addEventListener("visibilitychange", wake);
    },
    disconnect() {
      connected = inSight = false;
      resized.disconnect();
      sighted.disconnect();
      background.disconnect();
      canvas.removeEventListener("contextrestored", draw);
      document.removeEventListener("visibilitychange", wake);
      team.dismiss();
    },
  };
}
