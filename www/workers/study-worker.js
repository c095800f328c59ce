// The worker of the study: receives a query, answers with { study } or { error }.

import { study } from "../pkg/full.js";
import { ready } from "./worker-init.js";

addEventListener("message", async (/** @type {MessageEvent<string>} */ { data }) => {
  try {
    await ready;
    postMessage({ study: study(data) });
  } catch (error) {
    postMessage({ error: /** @type {Error} */ (error).message });
  }
});
