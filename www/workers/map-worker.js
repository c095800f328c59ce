// The worker of a phase map: receives { map, query, size, stretch }, runs the cells of that stretch, and answers with {
// map, cells, more } or { error }. It continues a stretch that it is asked for again.

import { MapPart } from "../pkg/full.js";
import { ready } from "./worker-init.js";

/** Milliseconds after which it answers with its finished cells, so that the page can change its plans. */
const SLICE = 60;

let part;
let map;
let stretch;

addEventListener("message", async ({ data }) => {
  try {
    await ready;
    if (data.map !== map) {
      part?.free();
      part = new MapPart(data.query, data.size);
      map = data.map;
      stretch = undefined;
    }
    if (data.stretch !== stretch) {
      stretch = data.stretch;
      part.begin(stretch);
    }
    const cells = [];
    const until = performance.now() + SLICE;
    do cells.push(...part.next());
    while (part.more() && performance.now() < until);
    postMessage({ map, cells: new Float64Array(cells), more: part.more() });
  } catch (error) {
    postMessage({ error: error.message });
  }
});
