// The start of every worker: loads the full simulator in the language given by the worker's name, and reports panics.

import { direction } from "../core/i18n.js";
import init, { onPanic, speak } from "../pkg/full.js";

/** Resolves when the simulator runs; rejects if it cannot be loaded, which the answer to the first question reports. */
export const ready = begin();
ready.catch(() => {});

async function begin() {
  await init();
  onPanic((message) => postMessage({ error: message.split("\n").slice(1).join(" ") || message }));
  const { name } = self;
  if (name === "en") return;
  try {
    const { catalogue } = await import("../core/catalogue.js");
    speak(...(await catalogue(name, direction(name))).spoken);
  } catch (error) {
    console.error(error);
  }
}
