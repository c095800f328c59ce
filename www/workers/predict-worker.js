// The worker of the predictions and the challenge: receives { what, query }, answers with { answer } or { error }.

import { Challenge, tipping } from "../pkg/full.js";
import { ready } from "./worker-init.js";

let challenge; // it caches results by crowd

const answers = {
  tipping: (query) => tipping(query),
  costs: (query) => (challenge ??= new Challenge()).costs(query),
};

addEventListener("message", async ({ data: { what, query } }) => {
  try {
    await ready;
    postMessage({ answer: answers[what](query) });
  } catch (error) {
    postMessage({ error: error.message });
  }
});
