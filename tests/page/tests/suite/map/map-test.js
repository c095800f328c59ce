// The phase map with a minimal host in place of the laboratory. The query of the page has the settings, and `size`,
// `workers`, `away` (an empty screen before the map).

import * as full from "./pkg/full.js";
import { map } from "./map.js";

// The test server requires trusted types, and this is the only script of the page.
globalThis.trustedTypes?.createPolicy("default", { createScriptURL: (address) => address });

const asked = new URLSearchParams(location.search);
const take = (name) => {
  const value = asked.get(name);
  asked.delete(name);
  return value === null ? undefined : Number(value);
};
const [size, workers, away] = ["size", "workers", "away"].map(take);
await full.default();
const lab = new full.Lab(asked.toString());
const moves = [];
const made = map({
  engine: async () => full,
  size,
  workers,
  onmove(changes, done) {
    moves.push({ ...changes, done });
    lab.set(changes);
    made.show(lab.query(), lab.summary());
  },
});
const place = document.querySelector(".place");
if (away) place.style.marginTop = "300vh";
place.append(made.element);
made.show(lab.query(), lab.summary());
made.connect();
globalThis.bench = {
  full,
  lab,
  made,
  moves,
  set(changes) {
    lab.set(changes);
    made.show(lab.query(), lab.summary());
  },
};
