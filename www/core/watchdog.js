// A time limit for the answer of a worker: one killed by the system sends no message.

/** Number of checks, and milliseconds between them. Counting checks leaves out the time that a device sleeps. */
const CHECKS = 24;
const INTERVAL = 5000;

/**
 * `begin()` starts or restarts the wait; `end()` ends it. After two minutes without either, `expired()` is called.
 * @param {() => void} expired
 */
export function watchdog(expired) {
  /** @type {number | undefined} */
  let timer;
  const end = () => clearInterval(timer);
  return {
    begin() {
      end();
      let left = CHECKS;
      timer = setInterval(() => {
        left -= 1;
        if (left > 0) return;
        end();
        expired();
      }, INTERVAL);
    },
    end,
  };
}
