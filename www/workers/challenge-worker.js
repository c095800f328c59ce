// The worker of the challenge: receives { query }, answers with { answer } or { error }.

import { Challenge } from "../pkg/full.js";
import { ready } from "./worker-init.js";

/** @type {Challenge | undefined} */
let challenge; // it caches results by crowd

addEventListener("message", async (/** @type {MessageEvent<{ query: string }>} */ { data: { query } }) => {
  try {
    await ready;
    challenge ??= new Challenge();
    postMessage({ answer: challenge.costs(query) });
  } catch (error) {
    postMessage({ error: /** @type {Error} */ (error).message });
  }
});
