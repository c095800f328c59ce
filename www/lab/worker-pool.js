// The workers of a phase map. Each runs one stretch of the map at a time, in the order in which the picture sharpens
// everywhere at once.

import { speaking } from "../core/i18n.js";
import { workerClient } from "../core/worker-client.js";

/** As many as leave a core to the page, and no more than four: each has a crowd of its own in memory. */
const MOST = Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1));

/**
 * `found(cells)` is given what has been run of the present map; `failed(message)` is told once that a worker has failed,
 * and then all have been ended. `begin(query, size, stretches)` starts a map, `work()` lets all go on as long as
 * `mayWork()`.
 */
export function workerPool({ mayWork, found, failed, most = MOST }) {
  let members = [];
  let map = 0;
  let base;
  let todo = [];

  const start = () => new Worker(new URL("../workers/map-worker.js", import.meta.url), { type: "module", name: speaking });

  const join = () => {
    const member = { stretch: undefined };
    const answered = (data) => {
      // An answer about an earlier map only says that this worker is free.
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

  /** Ends all of them; what they were at is to be done again. */
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
      // One that could not be started has ended all of them.
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
