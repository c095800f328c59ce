// The animation loop of the page, and work deferred to the next frame. The loop runs only while something plays. Time
// in a hidden tab does not count.

/** @type {Set<(seconds: number) => void>} */
const players = new Set();
let last = 0;
let frame = 0;

/** The longest step in seconds; time beyond it is dropped. */
const LONGEST = 0.1;

/**
 * Calls `step` every frame with the seconds since the last one, until `stop`.
 * @param {(seconds: number) => void} step
 */
export function start(step) {
  players.add(step);
  if (!frame) {
    last = performance.now();
    frame = requestAnimationFrame(tick);
  }
}

/**
 * Ends the calls of `step`.
 * @param {(seconds: number) => void} step
 */
export function stop(step) {
  players.delete(step);
}

/** @param {number} now */
function tick(now) {
  const seconds = Math.min(Math.max(now - last, 0) / 1000, LONGEST);
  last = now;
  try {
    for (const step of [...players]) step(seconds);
  } finally {
    // An error in one figure must not stop the others.
    frame = players.size > 0 ? requestAnimationFrame(tick) : 0;
  }
}

document.addEventListener("visibilitychange", () => (last = performance.now()));

/**
 * A function that runs `work` once in the next frame, no matter how often it is called before. Its `flush()` runs
 * pending work at once.
 * @param {() => void} work
 */
export function coalesced(work) {
  let waiting = 0;
  const run = () => {
    waiting = 0;
    work();
  };
  const soon = () => (waiting ||= requestAnimationFrame(run));
  soon.flush = () => {
    if (!waiting) return;
    cancelAnimationFrame(waiting);
    run();
  };
  return soon;
}

/**
 * Runs `work` in a task after the next frame, or soon where no frames are drawn: in hidden tabs and in frames out of sight.
 * @param {() => void} work
 */
export function afterFrame(work) {
  let done = false;
  const once = () => {
    if (!done) work();
    done = true;
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, 2000);
}
