// The runs of a phase map, shared between workers. Each works on one stretch of the map at a time, in an order that
// sharpens the whole picture evenly.

import { workerPool } from "./worker-pool.js";

let maps = 0; // workers tell maps apart by number

/**
 * `found(cells)` is called with finished cells of the current map. `failed(message)` is called once if a worker fails;
 * the work has ended then. `begin(query, size, stretches)` starts a map; `work()` lets the workers continue while
 * `mayWork()`; `dismiss()` ends the work, and unfinished stretches will run again.
 */
export function mapWork({ mayWork, found, failed, most }) {
  let map;
  let base;
  let todo = [];
  const open = new Map(); // the stretch of each worker
  const pool = workerPool({
    most,
    next(nth) {
      if (!mayWork()) return undefined;
      if (!open.has(nth)) {
        if (todo.length === 0) return undefined;
        open.set(nth, todo.shift());
      }
      return { map, stretch: open.get(nth), ...base };
    },
    answered(data, nth) {
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
