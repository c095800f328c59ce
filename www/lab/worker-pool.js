// The workers of a phase map. Each runs one stretch of the map at a time, in an order that sharpens the whole picture
// evenly.

import { speaking } from "../core/i18n.js";
import { workerClient } from "../core/worker-client.js";

/** Leaves a core to the page, and uses at most four, because each worker has a crowd in memory. */
const MOST = Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1));

/**
 * `found(cells)` is called with finished cells of the current map. `failed(message)` is called once if a worker fails,
 * after all have ended. `begin(query, size, stretches)` starts a map; `work()` lets all continue while `mayWork()`.
 */
export function workerPool({ mayWork, found, failed, most = MOST }) {
  let members = [];
  let map = 0;
  let base;
  let todo = [];

  const start = () =>
    new Worker(new URL("../workers/map-worker.js", import.meta.url), { type: "module", name: speaking });

  const join = () => {
    const member = { stretch: undefined };
    const answered = (data) => {
      // An answer for an earlier map only shows that this worker is free.
      if (data.map === map) {
        if (!data.more) member.stretch = undefined;
        found(data.cells);
      }
      work();
    };
    member.client = workerClient(start, answered, (message) => {
      dismiss();
      failed(message);
    });
    return member;
  };

  /** Ends all workers; unfinished stretches will run again. */
  const dismiss = () => {
    for (const { client, stretch } of members) {
      client.end();
      if (stretch !== undefined) todo.unshift(stretch);
    }
    members = [];
  };

  const work = () => {
    if (!mayWork()) return;
    while (members.length < Math.min(most, members.length + todo.length)) members.push(join());
    for (const member of members.filter(({ client }) => !client.busy)) {
      // A worker that failed to start has ended all of them.
      if (!members.includes(member)) return;
      member.stretch ??= todo.shift();
      if (member.stretch !== undefined) member.client.ask({ map, stretch: member.stretch, ...base });
    }
  };

  return {
    begin(query, size, stretches) {
      map += 1;
      base = { query, size };
      todo = Array.from({ length: stretches }, (_, i) => i);
      for (const member of members) member.stretch = undefined;
      work();
    },
    work,
    dismiss,
  };
}
