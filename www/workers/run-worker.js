// The worker of everything that needs many runs.
//
// For a phase map it receives { map, query, size, stretch }, runs the cells of that stretch, and answers with { map,
// cells, more }. It continues a stretch that it is asked for again.
// For other crowds it receives { crowds, query, all, places }, runs the crowds at these places of `all`, and answers
// with { crowds, found }, a list of { place, results, price }.
// For the tipping point it receives { curve, all, place }, runs the crowd at that place of `all` with the query `curve`
// at every bot density, and answers with { place, numbers }.
// Answers about maps and crowds come after a while even if there is more to do, so that the page can change its plans.
// Without an answer there is { error }.

import { CrowdRunner, MapPart, tippingCurve } from "../pkg/full.js";
import { ready } from "./worker-init.js";

/**
 * @typedef {{ map: number, query: string, size: number, stretch: number }} MapQuestion
 * @typedef {{ map: number, cells: Float64Array, more: boolean }} MapAnswer
 * @typedef {{ crowds: number, query: string, all: number, places: number[] }} CrowdsQuestion
 * @typedef {{ crowds: number, found: { place: number, results: Float64Array, price: Float32Array }[] }} CrowdsAnswer
 * @typedef {{ curve: string, all: number, place: number }} CurveQuestion
 * @typedef {{ place: number, numbers: Float64Array }} CurveAnswer
 * @typedef {MapQuestion | CrowdsQuestion | CurveQuestion} Question
 * @typedef {MapAnswer | CrowdsAnswer | CurveAnswer} Answer
 */

/** Milliseconds after which it answers. Crowds follow a slider, so they answer sooner. */
const SLICE = { map: 60, crowds: 30 };

/** @type {MapPart | undefined} */
let part;
/** @type {number | undefined} */
let map;
/** @type {number | undefined} */
let stretch;

/** @param {MapQuestion} asked */
function cells(asked) {
  if (!part || asked.map !== map) {
    part?.free();
    part = new MapPart(asked.query, asked.size);
    map = asked.map;
    stretch = undefined;
  }
  if (asked.stretch !== stretch) {
    stretch = asked.stretch;
    part.begin(stretch);
  }
  /** @type {number[]} */
  const found = [];
  const until = performance.now() + SLICE.map;
  do found.push(...part.next());
  while (part.more() && performance.now() < until);
  postMessage({ map, cells: new Float64Array(found), more: part.more() });
}

/** @type {CrowdRunner | undefined} */
let runner; // it keeps crowds between moves of a slider

/** @param {CrowdsQuestion} asked */
function crowds({ crowds, query, all, places }) {
  runner ??= new CrowdRunner();
  runner.begin(query, all);
  /** @type {CrowdsAnswer["found"]} */
  const found = [];
  const until = performance.now() + SLICE.crowds;
  for (const place of places) {
    const results = runner.run(place);
    found.push({ place, results, price: runner.price() });
    if (performance.now() >= until) break;
  }
  postMessage({ crowds, found }, { transfer: found.map(({ price }) => price.buffer) });
}

/** @param {CurveQuestion} asked */
function curve({ curve, all, place }) {
  postMessage({ place, numbers: tippingCurve(curve, all, place) });
}

addEventListener("message", async (/** @type {MessageEvent<Question>} */ { data }) => {
  try {
    await ready;
    if ("map" in data) cells(data);
    else if ("curve" in data) curve(data);
    else crowds(data);
  } catch (error) {
    postMessage({ error: /** @type {Error} */ (error).message });
  }
});
