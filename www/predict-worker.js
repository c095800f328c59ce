// Runs what predictions and the challenge need away from the page: gets { what, query }, answers with { answer } or
// { error }.

import init, { Challenge, onPanic, tipping } from "./pkg/full.js";

const ready = init();
let challenge; // it keeps what it knows of a crowd

onPanicSoon();

async function onPanicSoon() {
  try {
    await ready;
  } catch {
    return; // said as soon as something is asked
  }
  onPanic((message) => postMessage({ error: message.split("\n").slice(1).join(" ") || message }));
}

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
