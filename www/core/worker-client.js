// Asks a worker of predictions, one thing at a time.

import { speaking, t } from "./i18n.js";
import { patience } from "./watchdog.js";

/**
 * `ask(question)` asks; of what is asked while the worker is busy only the last is kept. `answered(answer)` is told
 * what came out, `failed(message)` why nothing did: what waits, and whatever is asked then, is asked of a new worker.
 * `end()` sends the worker away.
 */
export function asking(answered, failed) {
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
    next = waits;
    send();
  };
  const waiting = patience(() => fail(t("it has not answered for two minutes")));
  const send = () => {
    if (busy || next === undefined) return;
    const question = next;
    next = undefined;
    try {
      worker ??= employ();
    } catch (error) {
      fail(error.message);
      return;
    }
    busy = true;
    worker.postMessage(question);
    waiting.begin();
  };
  const employ = () => {
    const made = new Worker(new URL("../workers/predict-worker.js", import.meta.url), { type: "module", name: speaking });
    made.addEventListener("message", ({ data }) => {
      if (made !== worker) return;
      if (data.error) {
        fail(data.error);
        return;
      }
      busy = false;
      waiting.end();
      answered(data.answer);
      send();
    });
    made.addEventListener("error", (event) => made === worker && fail(event.message || t("the script could not be loaded")));
    return made;
  };

  return {
    ask(question) {
      next = question;
      send();
    },
    end,
  };
}
