// A worker that answers one question at a time. It starts with the first question, ends when it fails or does not
// answer, and starts again for the next question.

import { t } from "./i18n.js";
import { watchdog } from "./watchdog.js";

/**
 * `start()` creates the worker. `ask(question)` sends a question; while it is busy, only the last one is kept.
 * `answered(data)` is called with the answer, `failed(message)` with the reason if there is none; later questions go to
 * a new worker. `end()` ends the worker.
 * @template Question
 * @template Answer
 * @param {() => Worker} start
 * @param {(answer: Answer) => void} answered
 * @param {(message: string) => void} failed
 */
export function workerClient(start, answered, failed) {
  /** @type {Worker | undefined} */
  let worker;
  let busy = false;
  /** @type {Question | undefined} */
  let next;

  const end = () => {
    waiting.end();
    worker?.terminate();
    worker = next = undefined;
    busy = false;
  };
  /** @param {string} message */
  const fail = (message) => {
    const waits = next;
    end();
    failed(message);
    next ??= waits;
    send();
  };
  const waiting = watchdog(() => fail(t("it has not answered for two minutes")));
  const send = () => {
    if (busy || next === undefined) return;
    const question = next;
    next = undefined;
    try {
      worker ??= listened(start());
    } catch (error) {
      fail(/** @type {Error} */ (error).message);
      return;
    }
    busy = true;
    worker.postMessage(question);
    waiting.begin();
  };
  /** @param {Worker} made */
  const listened = (made) => {
    // Only the first message of a failure is used: later ones say less.
    made.addEventListener("message", ({ data }) => {
      if (made !== worker) return;
      if (data.error) {
        fail(data.error);
        return;
      }
      busy = false;
      waiting.end();
      answered(data);
      send();
    });
    made.addEventListener(
      "error",
      (event) => made === worker && fail(event.message || t("the script could not be loaded")),
    );
    return made;
  };

  return {
    get busy() {
      return busy;
    },
    /** @param {Question} question */
    ask(question) {
      next = question;
      send();
    },
    end,
  };
}
