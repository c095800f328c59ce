// Measures, in the page, what a slider costs, beside sorting as many numbers in the same engine. Medians of
// repeated runs; each row is a ratio within this run, because machines differ and are noisy.

const module = await import(beside("pkg/full.js"));
const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
const timed = (count, work) => {
  const times = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    work(i);
    times.push(performance.now() - start);
  }
  return median(times);
};

const rows = [];
for (const accounts of [1e3, 1e4, 1e5, 1e6]) {
  const count = accounts > 1e5 ? 9 : 31;
  const numbers = new Float32Array(accounts).map(() => Math.random());
  const sort = timed(count, () => numbers.slice().sort());
  const market = new module.Lab(`accounts=${accounts}`);
  const slide = (id, value) => timed(count, (i) => market.set({ [id]: value(i) }));
  rows.push({
    accounts,
    sort,
    leverage: slide("leverage", (i) => 10 + (i % 10) / 10),
    crowding: slide("crowding", (i) => 4 + (i % 10) / 10),
    bots: slide("bots", (i) => 35 + (i % 10)),
    shock: slide("shock", (i) => 2 + (i % 10) / 10),
    depth: slide("depth", (i) => 2 + (i % 10) / 10),
    breaker_fall: slide("breaker_fall", (i) => 3 + (i % 10) / 2),
  });
  market.free();
}

// A frame as the page draws it at 1280 px, for the shortest and the longest time in sight.
const market = new module.Lab("");
const canvas = (width, height) => Object.assign(document.createElement("canvas"), { width, height });
const frames = {};
for (const ratio of [1, 2]) {
  const canvases = [
    ["price", canvas(890 * ratio, 322 * ratio)],
    ["ladder", canvas(290 * ratio, 322 * ratio)],
    ["sales", canvas(890 * ratio, 140 * ratio)],
    ["r", canvas(890 * ratio, 154 * ratio)],
  ];
  for (const span of ["2min", "all"]) {
    frames[`${span}, ${ratio}x`] = timed(31, (i) => {
      for (const [view, on] of canvases) market.draw(view, on, 14 * ratio, false, span, 310 + i);
    });
  }
}

// A slider event of the page as a visitor causes it, up to the end of the frame that paints it.
lab.params = { accounts: 1e5 };
const slider = $("#slider-bots");
const events = [];
for (let i = 0; i < 21; i++) {
  const start = performance.now();
  slider.value = 30 + (i % 10);
  slider.dispatchEvent(new Event("input"));
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  events.push(performance.now() - start);
}
// What a reader does from the first figure to the last, and the tasks that took longer than a browser allows (50 ms).
lab.params = { accounts: 1e4 };
const long = [];
const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)));
observer.observe({ type: "longtask" });
for (const figure of document.querySelectorAll("deleverage-lab")) {
  figure.scrollIntoView({ behavior: "instant", block: "center" });
  await figure.ready;
  await frame();
  const { shadowRoot } = figure;
  for (const slider of [...shadowRoot.querySelectorAll(".main input[type=range]")]) {
    const before = slider.value;
    for (let i = 1; i <= 10; i++) {
      slider.value = Number(before) + i;
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      await frame();
    }
    slider.value = before;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const sale = shadowRoot.querySelector(".sale");
  sale?.click();
  for (let i = 0; i < 20; i++) await frame();
  shadowRoot.querySelector(".play")?.click();
}
observer.disconnect();

return { longest: Math.max(0, ...long), long: long.length, rows, frames, event: median(events), frame: 1000 / 60 };
