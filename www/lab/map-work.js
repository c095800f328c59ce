// The runs of a phase map, shared between workers. Each works on one stretch of the map at a time, in an order that
// sharpens the whole picture evenly.

import { workerPool } from "./worker-pool.js";

/** @import { MapAnswer } from "../workers/run-worker.js" */

let maps = 0; // workers tell maps apart by number

/**
 * `found(cells)` is called with finished cells of the current map. `failed(message)` is called once if a worker fails;
 * the work has ended then. `begin(query, size, stretches)` starts a map; `work()` lets the workers continue while
 * `mayWork()`; `dismiss()` ends the work, and unfinished stretches will run again.
 * @param {object} on
 * @param {() => boolean} on.mayWork
 * @param {(cells: Float64Array) => void} on.found
 * @param {(message: string) => void} on.failed
 * @param {number} [on.most]
 */
export function mapWork({ mayWork, found, failed, most }) {
  let map = 0;
  let base = { query: "", size: 0 };
  /** @type {number[]} */
  let todo = [];
  /** @type {Map<number, number>} */
  const open = new Map(); // the stretch of each worker
  const pool = workerPool({
    most,
    next(nth) {
      if (!mayWork()) return undefined;
      const stretch = open.get(nth) ?? todo.shift();
      if (stretch === undefined) return undefined;
      open.set(nth, stretch);
      return { map, stretch, ...base };
    },
    answered(/** @type {MapAnswer} */ data, nth) {
      // An answer for an earlier map only shows that this worker is free.
      if (data.map !== map) return;
      if (!data.more) open.delete(nth);
      found(data.cells);
    },
    failed(message) {
      dismiss();
      failed(message);
    },
  });
  const dismiss = () => {
    todo.unshift(...open.values());
    open.clear();
    pool.leave();
  };
  return {
    /**
     * @param {string} query
     * @param {number} size
     * @param {number} stretches
     */
    begin(query, size, stretches) {
      map = ++maps;
      base = { query, size };
      todo = Array.from({ length: stretches }, (_, i) => i);
      open.clear();
      pool.work();
    },
    work: () => mayWork() && pool.work(),
    dismiss,
  };
}
