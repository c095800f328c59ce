// The view of a class by itself: a question of a lesson with the tag 700, step 5.

import { classView } from "./class-view.js";
import * as lab from "./lab.js";

// A separate script if the build has not bundled it.
const { engine } = lab.engine ? lab : await import("./engine.js");
const exports = await engine(true);
const prediction = { ask: "At which bot density does the crash begin?", unit: "%", from: 0, to: 100, step: 1 };
document.querySelector(".place").append(await classView({ lesson: 700, step: 5, prediction, truth: 37, exports }));
globalThis.exported = exports;
