// The list of lessons: the subject of each, with links to its four faces.

import { h } from "../core/dom.js";
import { engine } from "../core/engine.js";
import { t } from "../core/i18n.js";
import { LESSONS, fetched } from "./lesson-file.js";
import { address, faceNames, guide, lasts, own } from "./lesson-parts.js";

/** @import { Lesson } from "../pkg/full.js" */

/** Elements for all lessons. */
export async function lessons() {
  const exports = await engine(true);
  const all = await Promise.all(LESSONS.map(async (file) => ({ file, ...exports.readLesson(await fetched(file)) })));
  document.title = t("Lessons");
  return [
    h(
      "div",
      { className: "text" },
      h("h1", {}, t("Lessons")),
      h("p", { className: "lede" }, t("Predict, see what happens, explain it. Each lesson is one small file.")),
      h("p", {}, h("a", { href: guide() }, t("For teachers: how a lesson is given"))),
    ),
    ...all.flatMap(({ file, lesson }) => (lesson ? [entry(file, lesson)] : [])),
  ];
}

/**
 * @param {string} file
 * @param {Lesson} lesson
 */
function entry(file, lesson) {
  const links = Object.entries(faceNames()).map(([as, name]) => h("li", {}, h("a", { href: address(file, as) }, name)));
  return h(
    "section",
    { className: "text" },
    own(lesson, h("h2", {}, lesson.title)),
    h("p", {}, lasts(lesson.minutes)),
    h("p", {}, t("After it, students can:")),
    own(lesson, h("ul", {}, ...lesson.goals.map((goal) => h("li", {}, goal)))),
    h("ul", { className: "faces", "aria-label": lesson.title }, ...links),
  );
}
