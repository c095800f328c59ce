// The time cursor: a second of the run that can play, step and be dragged.

import { start, stop } from "../core/animation.js";
import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** @import { SpanName } from "../pkg/full.js" */

/**
 * Visible spans: name, and seconds of the run that play in one second.
 * @type {[SpanName, number][]}
 */
const SPANS = [
  ["2min", 5],
  ["15min", 50],
  ["all", 500],
];

const SPEEDS = [1, 5, 20, 50, 100, 500];

export const SHOCK_AT = 300;

/** Lead-in of "start the first sale", in seconds before it. */
export const RUN_UP = 3;

/** The end of the first minute, in which a speed limit keeps a cascade visible in any span. */
const FIRST_MINUTE = SHOCK_AT + 60;

/** Duration of a crash up to its low, in the picture of the market, s. */
const TO_THE_LOW = 9;

/** The factor of slow motion. */
const SLOWER = 4;

/**
 * The cursor and its controls, only a few if `brief`. With `low()`, the second of the lowest price, the first sale
 * plays up to that second, and there are buttons for slow motion and for the whole run. The cursor rests at `rest()`, by
 * default at the end of the span, until a reader moves it. `sight(span)` returns the first and last visible second,
 * `words(second)` a second as text. `moved(second, playing)` is called when the cursor or the span has moved; `seen()`
 * returns whether it is visible.
 * @param {object} on
 * @param {(span: SpanName) => [number, number]} on.sight
 * @param {(second: number) => string} on.words
 * @param {(second: number, playing: boolean) => void} on.moved
 * @param {() => boolean} on.seen
 * @param {() => number} [on.low]
 * @param {() => number} [on.rest]
 * @param {number} on.limit the speed limit of the first minute
 * @param {boolean} brief
 */
export function player({ sight, words, moved, seen, low, rest, limit }, brief) {
  let second = 0;
  let playing = false;
  let fromSale = false;
  let waits = false;
  let resting = false; // whether the cursor is where it rests, and follows that
  let first = 0;
  let last = 0;
  // The span set by the author, or the first one.
  let chosen = SPANS[0][0];
  // Where it stops, and how fast it plays if that differs from the selected speed.
  let until = Infinity;
  let pace = 0;

  // It runs along the drawings, which are left to right in any language.
  const cursor = h("input", { type: "range", className: "cursor", step: 1, dir: "ltr", "aria-label": t("Time") });
  const play = h("button", { type: "button", className: "play" }, t("Play"));
  const sale = h("button", { type: "button", className: "sale" });
  const step = h("button", { type: "button", className: "step" }, t("Step 1 s"));
  const restart = h("button", { type: "button", className: "restart" }, t("Back to start"));
  const slow = h("button", { type: "button", className: "slow", "aria-pressed": false }, t("Slow motion"));
  const whole = h("button", { type: "button", className: "whole" }, t("The whole run"));
  const lengths = [t("2 minutes"), t("15 minutes"), t("the whole run")];
  const span = h("select", { className: "span" }, ...SPANS.map(([value], i) => h("option", { value }, lengths[i])));
  const speed = h(
    "select",
    { className: "speed" },
    ...SPEEDS.map((factor) =>
      h("option", { value: factor }, factor === 1 ? t("real time") : t("{factor} × real time", { factor })),
    ),
  );

  const spanInSight = () => /** @type {SpanName} */ (span.value);

  /** @param {number} seconds */
  const advance = (seconds) => {
    // It waits silently while out of view.
    const before = waits;
    waits = !seen();
    if (waits && !before) moved(Math.floor(second), false);
    if (waits) return;
    const minute = fromSale && second < FIRST_MINUTE;
    const usual = minute ? Math.min(limit, Number(speed.value)) : Number(speed.value);
    go(second + (seconds * (pace || usual)) / (slow.ariaPressed === "true" ? SLOWER : 1));
    if (second >= Math.min(last, until)) pause();
  };

  function show() {
    cursor.min = `${first}`;
    cursor.max = `${last}`;
    cursor.value = `${Math.floor(second)}`;
    cursor.setAttribute("aria-valuetext", words(Math.floor(second)));
    play.textContent = playing ? t("Pause") : t("Play");
    moved(Math.floor(second), playing);
  }

  /** Moves to where the cursor rests. */
  const settle = () => go(rest?.() ?? last, true);

  /**
   * @param {number} to
   * @param {boolean} [rests]
   */
  function go(to, rests = !rest && to >= last) {
    if (Number.isNaN(to)) return;
    second = Math.min(Math.max(to, first), last);
    resting = rests;
    show();
  }

  function pause() {
    playing = false;
    stop(advance);
    show();
  }

  /** @param {number} from */
  function playFrom(from, to = Infinity) {
    second = from;
    resting = false;
    fromSale = from === SHOCK_AT - RUN_UP;
    until = to;
    pace = to < Infinity ? Math.max((to - from) / TO_THE_LOW, 1) : 0;
    playing = true;
    start(advance);
    show();
  }

  /** The second at which the first sale stops playing: just after the low, if that is known and near. */
  const end = () => (low ? Math.min(Math.max(low() + 2, SHOCK_AT + 20), SHOCK_AT + 120, last) : Infinity);

  /** Plays the first sale. */
  function playSale() {
    if (low) look(chosen);
    playFrom(SHOCK_AT - RUN_UP, end());
  }

  /** @param {SpanName} name */
  function look(name) {
    span.value = name;
    [first, last] = sight(name);
    speed.value = `${new Map(SPANS).get(name)}`;
  }

  /** Shows a new span or run at the same second, or where the cursor rests. */
  const again = () => (resting ? settle() : go(second));

  /** Whether to play from the start. */
  const over = () => resting || second >= last;

  play.addEventListener("click", () => {
    if (playing) pause();
    else playFrom(over() ? first : second);
  });
  sale.addEventListener("click", playSale);
  slow.addEventListener("click", () => (slow.ariaPressed = `${slow.ariaPressed !== "true"}`));
  whole.addEventListener("click", () => {
    look("all");
    playFrom(SHOCK_AT - RUN_UP);
  });
  restart.addEventListener("click", () => {
    pause();
    go(first);
  });
  step.addEventListener("click", () => {
    // From where the page opens, the first step goes to the first sale.
    const from = over() ? SHOCK_AT : Math.floor(second);
    pause();
    go(from + 1);
  });
  cursor.addEventListener("input", () => {
    const to = cursor.valueAsNumber;
    pause();
    go(to);
  });
  span.addEventListener("change", () => {
    look((chosen = spanInSight()));
    again();
  });

  return {
    cursor,
    element: h(
      "div",
      { className: "transport", part: "transport" },
      sale,
      play,
      step,
      ...(low ? [slow, whole] : []),
      ...(brief ? [] : [restart, h("label", {}, t("Show"), " ", span), h("label", {}, t("Speed"), " ", speed)]),
    ),
    get second() {
      return Math.floor(second);
    },
    /** The second, with its fraction while it plays. */
    get exact() {
      return playing ? second : Math.floor(second);
    },
    get playing() {
      return playing;
    },
    /** The cursor, unless it is where it rests. */
    get place() {
      return resting ? undefined : Math.floor(second);
    },
    get span() {
      return spanInSight();
    },
    spans: SPANS.map(([name]) => name),
    /** Plays from just before the first sale. */
    sale: playSale,
    /** Moves to just before the first sale. */
    before() {
      go(SHOCK_AT - RUN_UP);
    },
    end() {
      pause();
      go(last);
    },
    pause,
    go,
    /**
     * Shows a span with the cursor at a second, by default where it rests.
     * @param {SpanName} name
     * @param {number} [to]
     */
    look(name, to) {
      look((chosen = name));
      if (to === undefined) settle();
      else go(to);
    },
    /**
     * Moves to a fraction of the visible time axis, 0 to 1.
     * @param {number} fraction
     */
    drag(fraction) {
      pause();
      go(Math.round(first + fraction * (last - first)));
    },
    /**
     * Shows a new run, whose length may have changed; `purchase` tells whether its first order is a purchase.
     * @param {boolean} purchase
     */
    refresh(purchase) {
      sale.textContent = purchase ? t("Start the first purchase") : t("Start the first sale");
      [first, last] = sight(spanInSight());
      // The low may have moved while it plays.
      if (playing && until < Infinity) until = end();
      again();
    },
  };
}
