// Shared code of the measurements. Every row is a ratio of two medians measured in turn within this run, because
// machines differ and are noisy.

const module = await import(beside("pkg/full.js"));
const memory = (await module.default()).memory;
const rows = [];
const row = (what, milliseconds, reference, against, target = "") =>
  rows.push({ what, milliseconds, ratio: milliseconds / reference, beside: against, reference, target });

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

/** A time far above the resolution of a browser's clock, ms. */
const LONG = 4;

/** Number of repetitions that makes each task long enough to measure. */
async function often(work) {
  for (let times = 1; ; times *= 2) {
    const start = performance.now();
    for (let i = 0; i < times; i++) await work(i);
    if (performance.now() - start > LONG || times >= 4096) return times;
  }
}

/** Medians of all tasks, ms, measured in turn. The time of `before` is not counted. */
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
