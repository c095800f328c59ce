// The workers of a page that make many runs. Everything that needs runs shares them: phase maps and other crowds.

import { speaking } from "../core/i18n.js";
import { workerClient } from "../core/worker-client.js";

/** Leaves a core to the page, and uses at most four, because each worker has crowds in memory. */
export const MOST = Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1));

const start = () =>
  new Worker(new URL("../workers/run-worker.js", import.meta.url), { type: "module", name: speaking });

const tasks = []; // the urgent ones first
const members = []; // the workers by number, each with the task that it works on

/**
 * A task for the workers. `next(nth)` returns the next question for worker `nth`, or undefined if there is none;
 * `answered(answer, nth)` is called with its answer, `failed(message)` if that worker fails. Urgent tasks come first; a
 * task uses `most` workers.
 *
 * `work()` lets the workers continue. `leave()` ends the task; the workers end with the last task.
 */
export function workerPool({ urgent = false, next, answered, failed, most = MOST }) {
  const task = { next, answered, failed, most };
  return {
    work() {
      if (!tasks.includes(task)) urgent ? tasks.unshift(task) : tasks.push(task);
      assign();
    },
    leave() {
      const place = tasks.indexOf(task);
      if (place >= 0) tasks.splice(place, 1);
      if (tasks.length === 0) for (const { client } of members.splice(0)) client.end();
    },
  };
}

/** Gives a question to each worker that has none. */
function assign() {
  const most = Math.max(0, ...tasks.map((task) => task.most));
  for (let nth = 0; nth < most; nth++) {
    members[nth] ??= join(nth);
    const member = members[nth];
    if (member.client.busy) continue;
    for (const task of [...tasks]) {
      const question = nth < task.most ? task.next(nth) : undefined;
      if (question === undefined) continue;
      member.task = task;
      member.client.ask(question);
      break;
    }
  }
}

function join(nth) {
  const member = {};
  /** Calls the task if it has not left meanwhile. */
  const tell = (name, what) => tasks.includes(member.task) && member.task[name](what, nth);
  const answered = (answer) => {
    tell("answered", answer);
    assign();
  };
  member.client = workerClient(start, answered, (message) => {
    tell("failed", message);
    assign();
  });
  return member;
}
