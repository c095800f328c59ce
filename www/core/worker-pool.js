// The workers of a phase map: hired when there is work, each with one stretch of the map at a time, in the order in
// which the picture sharpens everywhere at once.

import { speaking, t } from "./i18n.js";
import { patience } from "./watchdog.js";

/** As many as leave a core to the page, and no more than four: each has a crowd of its own in memory. */
const MOST = Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1));

/**
 * `found(cells)` is given what has been run of the map of now; `failed(message)` is told once that a worker has died,
 * and then all have been dismissed. `begin(query, size, stretches)` starts a map, `work()` lets everybody go on as
 * long as `mayWork()`.
 */
export function crew({ mayWork, found, failed, most = MOST }) {
  let hired = [];
  let map = 0;
  let base;
  let todo = [];

  const hire = () => {
    const worker = new Worker(new URL("../workers/map-worker.js", import.meta.url), { type: "module", name: speaking });
    const one = { worker, busy: false, stretch: undefined };
    one.waiting = patience(() => fail(one, t("it has not answered for two minutes")));
    worker.addEventListener("message", ({ data }) => hear(one, data));
    worker.addEventListener("error", (event) => fail(one, event.message || t("the script could not be loaded")));
    return one;
  };

  const hear = (one, data) => {
    if (!hired.includes(one)) return;
    if (data.error) {
      fail(one, data.error);
      return;
    }
    one.busy = false;
    one.waiting.end();
    // An answer about a map that has gone is nothing but the sign that this worker is free.
    if (data.map === map) {
      if (!data.more) one.stretch = undefined;
      found(data.cells);
    }
    work();
  };

  const fail = (one, message) => {
    if (!hired.includes(one)) return;
    dismiss();
    failed(message);
  };

  /** Ends all of them; what they were at is to be done again. */
  const dismiss = () => {
    for (const { worker, waiting, stretch } of hired) {
      waiting.end();
      worker.terminate();
      if (stretch !== undefined) todo.unshift(stretch);
    }
    hired = [];
  };

  const work = () => {
    if (!mayWork()) return;
    try {
      while (hired.length < Math.min(most, hired.length + todo.length)) hired.push(hire());
    } catch (error) {
      dismiss();
      failed(error.message);
      return;
    }
    for (const one of hired.filter(({ busy }) => !busy)) {
      one.stretch ??= todo.shift();
      if (one.stretch === undefined) continue;
      one.busy = true;
      one.worker.postMessage({ map, stretch: one.stretch, ...base });
      one.waiting.begin();
    }
  };

  return {
    begin(query, size, stretches) {
      map += 1;
      base = { query, size };
      todo = Array.from({ length: stretches }, (_, i) => i);
      for (const one of hired) one.stretch = undefined;
      work();
    },
    work,
    dismiss,
  };
}
