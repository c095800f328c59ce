// A worker that is asked one thing at a time: started when there is something to ask, given up when it fails or does not
// answer, and started again for the next question.

import { t } from "./i18n.js";
import { watchdog } from "./watchdog.js";

/**
 * `start()` makes the worker. `ask(question)` asks it; of the questions that come while it is busy only the last is kept.
 * `answered(data)` is called with its answer and `failed(message)` with the reason why there is none; later questions go to
 * a new worker. `end()` ends the worker.
 */
export function workerClient(start, answered, failed) {
  let worker;
  let busy = false;
  let next;

  const end = () => {
    waiting.end();
    worker?.terminate();
    worker = next = undefined;
    busy = false;
  };
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
      fail(error.message);
      return;
    }
    busy = true;
    worker.postMessage(question);
    waiting.begin();
  };
  const listened = (made) => {
    // The first message of a failure counts: later ones say less.
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
    made.addEventListener("error", (event) => made === worker && fail(event.message || t("the script could not be loaded")));
    return made;
  };

  return {
    get busy() {
      return busy;
    },
    ask(question) {
      next = question;
      send();
    },
    end,
  };
}
