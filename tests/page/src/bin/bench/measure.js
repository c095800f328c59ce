// What the measurements share. Every row is a ratio of two things that were measured by turns within this run, because
// machines differ and are noisy; each is a median.

const module = await import(beside("pkg/full.js"));
const memory = (await module.default()).memory;
const rows = [];
const row = (what, milliseconds, reference, against, target = "") =>
  rows.push({ what, milliseconds, ratio: milliseconds / reference, beside: against, reference, target });

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

/** Milliseconds that a browser's clock can tell apart, many times over. */
const LONG = 4;

/** How often each work is repeated so that it takes long enough to be measured. */
async function often(work) {
  for (let times = 1; ; times *= 2) {
    const start = performance.now();
    for (let i = 0; i < times; i++) await work(i);
    if (performance.now() - start > LONG || times >= 4096) return times;
  }
}

/** Medians of all works, in milliseconds, measured by turns. What has to be done `before` one is not counted. */
async function byTurns(works, turns = 21) {
  const counts = [];
  for (const work of works) {
    work.before?.();
    counts.push(await often(work));
  }
  const times = works.map(() => []);
  for (let turn = 0; turn < turns; turn++) {
    for (const [i, work] of works.entries()) {
      work.before?.();
      const start = performance.now();
      for (let k = 0; k < counts[i]; k++) await work(turn * counts[i] + k);
      times[i].push((performance.now() - start) / counts[i]);
    }
  }
  return times.map(median);
}
