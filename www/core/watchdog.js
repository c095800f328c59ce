// A limit on how long a worker may take to answer: a worker that the system has killed sends no message.

/** The number of looks, and the milliseconds between two. Counting looks leaves out the time in which a device slept. */
const LOOKS = 24;
const APART = 5000;

/** `begin()` begins to wait, or begins again; `end()` ends it. After two minutes without either, `gaveUp()` is called. */
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
