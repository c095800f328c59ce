// The workers of a page that make many runs. Everything that needs runs shares them: other crowds, phase maps, and the
// tipping curve.

import { speaking } from "../core/i18n.js";
import { workerClient } from "../core/worker-client.js";

/**
 * @import { Answer, Question } from "../workers/run-worker.js"
 *
 * @typedef {object} Task
 * @property {(nth: number) => Question | undefined} next
 * @property {(answer: Answer, nth: number) => void} answered
 * @property {(message: string) => void} failed
 * @property {number} most
 * @property {number} rank
 *
 * @typedef {ReturnType<typeof workerClient<Question, Answer>>} Client
 * @typedef {{ client: Client, task?: Task }} Member A worker and its task.
 */

/** Leaves a core to the page, and uses at most four, because each worker has crowds in memory. */
export const MOST = Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1));

const start = () =>
  new Worker(new URL("../workers/run-worker.js", import.meta.url), { type: "module", name: speaking });

/** @type {Task[]} */
const tasks = []; // those of the lowest rank first
/** @type {Member[]} */
const members = []; // the workers by number, each with the task that it works on

/**
 * A task for the workers. `next(nth)` returns the next question for worker `nth`, or undefined if there is none;
 * `answered(answer, nth)` is called with its answer, `failed(message)` if that worker fails. Tasks of a lower rank
 * come first; a task uses `most` workers.
 *
 * `work()` lets the workers continue. `leave()` ends the task; the workers end with the last task.
 * @template {Question} TaskQuestion
 * @template {Answer} TaskAnswer
 * @param {object} of
 * @param {number} [of.rank]
 * @param {(nth: number) => TaskQuestion | undefined} of.next
 * @param {(answer: TaskAnswer, nth: number) => void} of.answered
 * @param {(message: string) => void} of.failed
 * @param {number} [of.most]
 */
export function workerPool({ rank = 1, next, answered, failed, most = MOST }) {
  // A task gets the answers to its own questions.
  const task = /** @type {Task} */ (/** @type {unknown} */ ({ next, answered, failed, most, rank }));
  return {
    work() {
      if (!tasks.includes(task)) tasks.push(task);
      tasks.sort((a, b) => a.rank - b.rank);
      assign();
    },
    leave() {
      const place = tasks.indexOf(task);
      if (place >= 0) tasks.splice(place, 1);
      // A worker outlives its task, and must not keep the task's element.
      for (const member of members) if (member.task === task) member.task = undefined;
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

/**
 * @param {number} nth
 * @returns {Member}
 */
function join(nth) {
  /** The task, if it has not left meanwhile. */
  const present = () => (member.task && tasks.includes(member.task) ? member.task : undefined);
  /** @type {Client} */
  const client = workerClient(
    start,
    (answer) => {
      present()?.answered(answer, nth);
      assign();
    },
    (message) => {
      present()?.failed(message);
      assign();
    },
  );
  /** @type {Member} */
  const member = { client };
  return member;
}
