// How long a worker is waited for. One that the system has killed says nothing, and nobody is told of it.

/** It may take so many looks, this many milliseconds apart. Looks are counted and no clock is read: a device that slept has not waited. */
const LOOKS = 24;
const APART = 5000;

/** `begin()` begins to wait, or begins again; `end()` ends it. After two minutes without either, `gaveUp()` is told. */
export function patience(gaveUp) {
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
