// A lesson as a page: finds and parses the file, and shows one of its four faces, or the list of lessons.
//
//     ?file=lessons/fifteen.toml    the page for students
//     &as=presenter                 the same for a big screen, one step at a time
//     &as=worksheet, &as=key        to print: for students, and with all answers for the teacher
//     #3                            the step

import { h } from "../core/dom.js";
import { engine } from "../core/engine.js";
import { languageOf, speak, t } from "../core/i18n.js";
import { styleSheet } from "../core/style-sheets.js";
import "../core/trust.js";
import { fetched, opened } from "./lesson-file.js";
import { address, faceNames, home, keepStep, nameStep } from "./lesson-parts.js";

/**
 * @import { Answers, Chart, Lesson } from "../pkg/full.js"
 * @import { Tools } from "./lesson-parts.js"
 *
 * @typedef {{ fill(main: HTMLElement, lesson: Lesson, tools: Tools): Promise<void> }} Face
 */

const STYLE = new URL("../css/lesson.css", import.meta.url);

/**
 * The function that fills `main` with each face. Literal imports, so that bundlers find them.
 * @type {Record<string, () => Promise<Face>>}
 */
const FACES = {
  student: () => import("./lesson-student.js"),
  presenter: () => import("./lesson-presenter.js"),
  worksheet: () => import("./lesson-worksheet.js"),
  key: () => import("./lesson-key.js"),
};

const main = /** @type {HTMLElement} */ (document.getElementById("lesson"));
if (main) begin();

/** Milliseconds before the page shows that it is loading. */
const SOON = 500;

async function begin() {
  /** @type {number | undefined} */
  let waiting;
  try {
    await speak(languageOf(main));
    const loading = () =>
      main.querySelector("h1") ?? main.append(h("p", { className: "text quiet", role: "status" }, t("Loading …")));
    waiting = setTimeout(loading, SOON);
    // The page has several style sheets, and others may be added later.
    document.adoptedStyleSheets.push(await styleSheet(STYLE));
    // The same lesson in other languages.
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".languages a"))) {
      keepStep(link);
      link.addEventListener("click", () => keepStep(link));
    }
    const address = new URLSearchParams(location.search);
    const file = address.get("file");
    if (file === null) await list();
    else await show(await fetched(file), address.get("as") ?? "student", file);
  } catch (error) {
    failed(error);
  } finally {
    clearTimeout(waiting);
  }
}

/** Number of calls of `show`. */
let shows = 0;

/**
 * Shows a text as a lesson, or the reason why it cannot be shown. `file` is its address, undefined if it was opened
 * from the reader's device.
 * @param {string} text
 * @param {string} as
 * @param {string} [file]
 */
async function show(text, as, file) {
  const own = (shows += 1);
  // The reader may request a different lesson before this one has loaded.
  const outdated = () => own !== shows;
  try {
    const exports = await engine(true);
    if (outdated()) return;
    const { lesson, faults } = exports.readLesson(text);
    if (!lesson) {
      failed(new Error(t("There is something wrong in this lesson.")), faults);
      return;
    }
    const face = Object.hasOwn(FACES, as) ? as : "student";
    const { fill } = await FACES[face]();
    if (outdated()) return;
    document.title = lesson.title;
    document.body.dataset.face = face;
    main.replaceChildren();
    // After a fault there is a new simulator.
    const simulator = () => engine(true);
    /** @param {number} step */
    const answers = async (step) => /** @type {Answers} */ ((await simulator()).lessonAnswers(text, step));
    /**
     * @param {number} step
     * @param {boolean} answered
     */
    const charts = async (step, answered) =>
      /** @type {Chart | null} */ ((await simulator()).lessonChart(text, step, answered));
    const turn = file === undefined ? (/** @type {string} */ other) => show(text, other) : undefined;
    await fill(main, lesson, { answers, charts, simulator, file, turn, faces: faces(file, face, turn) });
    // A different lesson or face begins at the top.
    if (file === undefined && !outdated()) main.focus();
  } catch (error) {
    if (!outdated()) failed(error);
  }
}

/**
 * Links to the other faces, or buttons for a file without an address.
 * @param {string | undefined} file
 * @param {string} here
 * @param {Tools["turn"]} turn
 * @returns {HTMLElement[]}
 */
function faces(file, here, turn) {
  const names = Object.entries(faceNames());
  if (!turn)
    return names.map(([as, name]) =>
      h("a", { href: address(/** @type {string} */ (file), as), ...(as === here && { "aria-current": "page" }) }, name),
    );
  return names.map(([as, name]) => {
    const button = h("button", { type: "button", "aria-pressed": String(as === here) }, name);
    button.addEventListener("click", () => turn(as));
    return button;
  });
}

/** The list of lessons, and a button to open a file. */
async function list() {
  const { lessons } = await import("./lesson-list.js");
  main.replaceChildren(...(await lessons()), chooser());
}

/** A field for a file from the reader's device. */
function chooser() {
  const field = h("input", { type: "file", id: "lesson-file", accept: ".toml,text/plain" });
  field.addEventListener("change", async () => {
    const file = field.files?.[0];
    if (!file) return;
    try {
      const text = await opened(file);
      // The address may name a different lesson.
      nameStep(-1, "");
      await show(text, "student");
    } catch (error) {
      failed(error);
    }
  });
  return h(
    "div",
    { className: "text open" },
    h("h2", {}, h("label", { for: field.id }, t("Open a lesson from this device"))),
    h("p", {}, field),
    h("p", { className: "quiet" }, t("It is read in this page and sent nowhere.")),
  );
}

/**
 * Shows an error, and lets the reader open a different file.
 * @param {unknown} error
 * @param {{ words: string }[]} faults
 */
function failed(error, faults = []) {
  if (faults.length === 0) console.error(error);
  const alert = h(
    "div",
    { className: "text faults", role: "alert" },
    h("h1", {}, t("This lesson cannot be shown")),
    h("p", {}, /** @type {Partial<Error> | undefined} */ (error)?.message ?? String(error)),
    ...(faults.length > 0 ? [h("ul", {}, ...faults.map(({ words }) => h("li", {}, words)))] : []),
  );
  const back = h("p", { className: "text" }, h("a", { href: home() }, t("All lessons")));
  main.replaceChildren(alert, back, chooser());
}
