// Works out studies away from the page: gets a query, answers with { study } or { error }.

import init, { onPanic, study } from "./pkg/full.js";

const ready = init();
onPanicSoon();

async function onPanicSoon() {
  try {
    await ready;
  } catch {
    return; // said as soon as something is asked
  }
  onPanic((message) => postMessage({ error: message.split("\n").slice(1).join(" ") || message }));
}

addEventListener("message", async ({ data }) => {
  try {
    await ready;
    postMessage({ study: study(data) });
  } catch (error) {
    postMessage({ error: error.message });
  }
});
