// The view of a class with nothing around it: a lesson with the tag 700, whose step 5 has a question.

import { engine } from "./lab.js";
import { fill } from "./lesson-class.js";

const prediction = { ask: "At which bot density does the crash begin?", unit: "%", from: 0, to: 100, step: 1 };
const steps = [0, 1, 2, 3, 4].map((number) => ({ title: `Step ${number}`, prediction: null }));
steps.push({ title: "The tipping point", prediction });
const lesson = { title: "A lesson", lang: "en", tag: 700, steps };
await fill(document.querySelector("main"), lesson, { answers: async () => ({ truth: { value: 37 } }) });
globalThis.exported = await engine(true);
