// The worker of the predictions and the challenge: receives { what, query }, answers with { answer } or { error }.

import { Challenge, tipping } from "../pkg/full.js";
import { ready } from "./worker-init.js";

/** @typedef {{ what: keyof typeof answers, query: string }} PredictQuestion */

/** @type {Challenge | undefined} */
let challenge; // it caches results by crowd

const answers = {
  /** @param {string} query */
  tipping: (query) => tipping(query),
  /** @param {string} query */
  costs: (query) => (challenge ??= new Challenge()).costs(query),
};

addEventListener("message", async (/** @type {MessageEvent<PredictQuestion>} */ { data: { what, query } }) => {
  try {
    await ready;
    postMessage({ answer: answers[what](query) });
  } catch (error) {
    postMessage({ error: /** @type {Error} */ (error).message });
  }
});
