// The cost of a frame beside uPlot with the same series, and the waiting times of a reader.

const { default: UPlot } = await import(beside("uplot.js"));
const shown = new module.Lab("");
const lines = shown
  .csv()
  .trim()
  .split("\r\n")
  .map((line) => line.split(","));
const column = (name) =>
  lines.slice(1).map((line) => (line[lines[0].indexOf(name)] === "" ? null : Number(line[lines[0].indexOf(name)])));
const time = column("time_s").map((second) => second - 300);
const SERIES = {
  // The market draws these, and also limits and pending orders, which uPlot cannot draw.
  market: [
    { data: column("price_change_percent"), width: 2 },
    { data: column("without_bots_change_percent"), dash: [4, 4] },
    { data: column("first_sale_bn"), bars: true },
    { data: column("bots_sold_bn"), bars: true },
    { data: column("people_sold_bn"), bars: true },
  ],
  price: [
    { data: column("price_change_percent"), width: 2 },
    { data: column("without_bots_change_percent"), dash: [4, 4] },
  ],
  sales: [
    { data: column("bots_sold_bn"), bars: true },
    { data: column("people_sold_bn"), bars: true },
  ],
  r: [{ data: column("r"), width: 2 }],
};
const HEIGHT = { market: 378, price: 322, sales: 140, r: 154, ladder: 322 };
const WIDTH = { market: 1180, price: 890, sales: 890, r: 890, ladder: 290 };
// A canvas may draw later; reading a pixel waits for it.
const done = (canvas) => canvas.getContext("2d").getImageData(0, 0, 1, 1);

/** Options of uPlot for a view in a span. It knows only `devicePixelRatio` of the screen. */
function plot(view, [from, to], ratio) {
  const series = SERIES[view].map(({ width = 1, dash, bars }) => ({
    stroke: "#171717",
    width: width * ratio,
    dash,
    points: { show: false },
    ...(bars && { fill: "#d55e00", paths: UPlot.paths.bars({ size: [1] }) }),
  }));
  const place = document.body.appendChild(document.createElement("div"));
  const plot = new UPlot(
    {
      width: WIDTH[view] * ratio,
      height: HEIGHT[view] * ratio,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, min: from, max: to } },
      axes: [{ size: 30 * ratio }, { size: 60 * ratio }],
      series: [{}, ...series],
    },
    [time, ...SERIES[view].map(({ data }) => data)],
    place,
  );
  return { plot, away: () => place.remove() };
}

for (const [span, sight] of [
  ["2min", [-10, 120]],
  ["all", [-300, 6900]],
]) {
  for (const ratio of [1, 2]) {
    let ours = 0;
    let theirs = 0;
    for (const view of ["market", "price", "sales", "r", "ladder"]) {
      const canvas = Object.assign(document.createElement("canvas"), {
        width: WIDTH[view] * ratio,
        height: HEIGHT[view] * ratio,
      });
      const draw = (i) => {
        // Between two seconds, as while playing.
        shown.draw(view, canvas, 14 * ratio, false, span, 305.5 + (i % 25));
        done(canvas);
      };
      const what = `${view} drawn, ${span}, ${ratio}x`;
      if (!SERIES[view]) {
        const [own] = await byTurns([draw]);
        row(what, own, 1000 / 60, "a frame of 16.7 ms", "at most 1");
        continue;
      }
      const { plot: other, away } = plot(view, sight, ratio);
      const redraw = async () => {
        other.redraw();
        await undefined;
        done(other.ctx.canvas);
      };
      const [own, its] = await byTurns([draw, redraw]);
      away();
      if (view !== "market") {
        ours += own;
        theirs += its;
      }
      row(what, own, its, "uPlot, the same series", "at most 1.5");
    }
    row(`these three, ${span}, ${ratio}x`, ours, theirs, "uPlot, the same series", "at most 1.5");
  }
}
shown.free();

// A slider event of the page as from a visitor, up to the end of the frame that paints it.
lab.params = { accounts: 1e5 };
const slider = $("#slider-bots");
const events = [];
for (let i = 0; i < 21; i++) {
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const start = performance.now();
  slider.value = 30 + (i % 10);
  slider.dispatchEvent(new Event("input"));
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  events.push(performance.now() - start);
}
row("slider event to paint, 100000 accounts", median(events), 1000 / 60, "a frame of 16.7 ms", "about 1");

// A reader's way from the first figure to the last, and its long tasks (over 50 ms).
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
  shadowRoot.querySelector(".sale")?.click();
  for (let i = 0; i < 20; i++) await frame();
  shadowRoot.querySelector(".play")?.click();
}
observer.disconnect();
row(
  `longest task of a reader (${long.length} over 50 ms)`,
  Math.max(0, ...long),
  50,
  "50 ms; 0 if all were shorter",
  "at most 1",
);

return rows;
