// The start of every worker: loads the full simulator, in the language that the worker is named after, and reports a
// panic.

import { direction } from "../core/i18n.js";
import init, { onPanic, speak } from "../pkg/full.js";

/** The simulator is there; rejects if it cannot be had, which is said as soon as something is asked. */
export const ready = begin();
ready.catch(() => {});

async function begin() {
  await init();
  onPanic((message) => postMessage({ error: message.split("\n").slice(1).join(" ") || message }));
  if (name === "en") return;
  try {
    const { catalogue } = await import("../core/catalogue.js");
    speak(...(await catalogue(name, direction(name))).spoken);
  } catch (error) {
    console.error(error);
  }
}
