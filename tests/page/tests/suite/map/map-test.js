// The phase map with the least around it that can follow its dot: what the laboratory does with it. The query of the
// page has the settings, and `size`, `workers`, `away` (a screen of nothing before the map).

import * as full from "./pkg/full.js";
import { map } from "./map.js";

// The server of the tests asks for trusted types, and this page has no other script than this one.
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
