// The face of a lesson that a teacher has open while the class predicts: the codes of each prediction, and their picture.

import { h } from "./dom.js";
import { engine, t } from "./lab.js";

/** Fills `main` for a lesson as `readLesson` gives it; `answers(index)` gives what comes out in a step, as `truth`. */
export async function fill(main, lesson, { answers, faces = [] }) {
  const { classView } = await import("./class-view.js");
  const { lang, tag } = lesson;
  const title = h("h1", { lang, dir: "auto" }, lesson.title);
  main.append(h("div", { className: "text" }, ...(faces.length > 0 ? [h("p", { className: "faces" }, ...faces)] : []), title));
  const exports = await engine(true);
  for (const [index, step] of lesson.steps.entries()) {
    if (!step.prediction) continue;
    const number = h("span", { className: "number" }, String(index + 1));
    const heading = h("h2", {}, number, " ", h("span", { lang, dir: "auto" }, step.title));
    const { truth } = await answers(index);
    const view = await classView({ lesson: tag, step: index, prediction: step.prediction, truth: truth?.value, exports, lang });
    main.append(h("section", { id: String(index + 1), className: "step" }, h("div", { className: "text" }, heading), view));
  }
  if (!main.querySelector("section")) main.append(h("p", { className: "text" }, t("Nothing is predicted in this lesson.")));
  const asked = /#(\d{1,2})$/.exec(location.hash)?.[1];
  if (asked) document.getElementById(asked)?.scrollIntoView();
}
