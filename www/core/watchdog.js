// A time limit for the answer of a worker: one killed by the system sends no message.

/** Number of checks, and milliseconds between them. Counting checks leaves out the time that a device sleeps. */
const LOOKS = 24;
const APART = 5000;

/** `begin()` starts or restarts the wait; `end()` ends it. After two minutes without either, `gaveUp()` is called. */
export function watchdog(gaveUp) {
  let timer;
  const end = () => clearInterval(timer);
  return {
    begin() {
      end();
      let left = LOOKS;
      timer = setInterval(() => {
        left -= 1;
        if (left > 0) return;
        end();
        gaveUp();
      }, APART);
    },
    end,
  };
}
