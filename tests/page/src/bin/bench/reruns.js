// The cost of a slider change, for a thousand to a million accounts.

/** Slider drags in a market with this many accounts, each from the state in which the page opens. */
function market(accounts) {
  const lab = new module.Lab(`accounts=${accounts}`);
  const opening = lab.params();
  const before = () => lab.set(opening);
  const slide = (id, value) => Object.assign((i) => lab.set({ [id]: value(i) }), { before });
  return {
    sliders: {
      leverage: slide("leverage", (i) => 10 + (i % 10) / 10),
      crowding: slide("crowding", (i) => 4 + (i % 10) / 10),
      bots: slide("bots", (i) => 35 + (i % 10)),
      shock: slide("shock", (i) => 2 + (i % 10) / 10),
      depth: slide("depth", (i) => 2 + (i % 10) / 10),
      breaker_fall: slide("breaker_fall", (i) => 3 + (i % 10) / 2),
    },
    free: () => lab.free(),
  };
}

let leverage;
for (const accounts of [1e3, 1e4, 1e5, 1e6]) {
  const turns = accounts > 1e5 ? 9 : 21;
  const numbers = new Float32Array(accounts).map(() => Math.random());
  const { sliders, free } = market(accounts);
  const sort = () => numbers.slice().sort();
  const [sorted, ...times] = await byTurns([sort, ...Object.values(sliders)], turns);
  for (const [i, id] of Object.keys(sliders).entries()) {
    const target = i < 2 ? "at most 1" : "at most 0.2";
    row(
      `${id} moves, ${accounts} accounts`,
      times[i],
      sorted,
      `sorting ${accounts} numbers`,
      accounts === 1e5 ? target : "",
    );
    if (accounts === 1e5 && id === "leverage") leverage = times[i];
  }
  free();
  if (accounts <= 1e5) {
    const all = agents(accounts);
    const [loop] = await byTurns([() => agentLoop(all)], 3);
    row(`a plain loop over ${accounts} agents`, loop, times[0], `leverage moves, ${accounts} accounts`);
  }
}
row("leverage moves, 100000 accounts, wasm", leverage, given.native, "the same natively");

// Both in turn, because a machine's speed changes within minutes.
const [few, many] = [market(1e5), market(1e6)];
for (const id of ["leverage", "bots"]) {
  const [small, large] = await byTurns([few.sliders[id], many.sliders[id]], 9);
  const exponent = Math.log10(large / small);
  rows.push({
    what: `growth exponent to 1000000, ${id}`,
    milliseconds: large,
    ratio: exponent,
    beside: "100000 accounts",
    reference: small,
    target: "about 1 (linear)",
  });
}
few.free();
many.free();

// A thousand further runs need no more memory.
const kept = new module.Lab("");
for (let i = 0; i < 20; i++) kept.set({ leverage: 10 + (i % 10) });
const before = memory.buffer.byteLength;
for (let i = 0; i < 1000; i++) kept.set({ leverage: 10 + (i % 10), bots: 20 + (i % 50), seed: i % 3 });
row("memory after 1000 runs, MB", memory.buffer.byteLength / 1e6, before / 1e6, "before them", "1");
kept.free();

// A phase map in the page's workers.
const SIZE = 64;
const stretches = new module.MapPicture("", SIZE).stretches();
async function map(workers) {
  let next = 0;
  const start = performance.now();
  const work = (worker) =>
    new Promise((resolve) => {
      let stretch = -1;
      const go = () => {
        if (stretch < 0) {
          if (next === stretches) return resolve(worker.terminate());
          stretch = next++;
        }
        worker.postMessage({ map: 1, stretch, query: "", size: SIZE });
      };
      worker.addEventListener("message", ({ data }) => {
        if (!data.more) stretch = -1;
        go();
      });
      go();
    });
  const crew = Array.from({ length: workers }, () => new Worker(beside("run-worker.js"), { type: "module" }));
  await Promise.all(crew.map(work));
  return performance.now() - start;
}
const one = await map(1);
const [single] = await byTurns([(i) => new module.Lab(`bots=${10 + (i % 80)}`).free()]);
row(`phase map ${SIZE} x ${SIZE}, one worker`, one, single * SIZE * SIZE, `${SIZE * SIZE} single runs`, "at most 0.25");
row(
  "the same, two workers",
  await map(2),
  one,
  `one worker; ${navigator.hardwareConcurrency} cores`,
  "0.5 with cores to spare",
);

// A hundred crowds of 10,000 accounts after a move of a slider, in one worker of the page.
const CROWDS = 100;
async function crowds(worker, query, number) {
  let places = Array.from({ length: CROWDS }, (_, place) => place);
  const start = performance.now();
  let ten;
  while (places.length > 0) {
    const { found } = await new Promise((resolve) => {
      worker.addEventListener("message", ({ data }) => resolve(data), { once: true });
      worker.postMessage({ crowds: number, query, all: CROWDS, places });
    });
    places = places.slice(found.length);
    if (places.length <= CROWDS - 10) ten ??= performance.now() - start;
  }
  return { all: performance.now() - start, ten };
}
const worker = new Worker(beside("run-worker.js"), { type: "module" });
// It draws the crowds once and keeps them.
await crowds(worker, "", 0);
const moves = [];
for (let i = 0; i < 9; i++) moves.push(await crowds(worker, `bots=${35 + i}`, 1 + i));
worker.terminate();
const alone = new module.Lab("accounts=10000");
const [rerun] = await byTurns([(i) => alone.set({ bots: 35 + (i % 9) })], 45);
alone.free();
const middle = (times) => times.sort((a, b) => a - b)[times.length >> 1];
row(
  "a hundred crowds after a slider move, one worker",
  middle(moves.map(({ all }) => all)),
  CROWDS * rerun,
  "a hundred single re-runs",
  "at most 1.1",
);
row("the first ten of them", middle(moves.map(({ ten }) => ten)), 100, "100 ms", "at most 1");
