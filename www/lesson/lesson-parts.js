// Shared parts of the four faces of a lesson: its text, its figures, and its numbers.

import { h } from "../core/dom.js";
import { plural, speaking, t } from "../core/i18n.js";

/**
 * @import { Answers, Chart, Lesson, Prediction, Step } from "../pkg/full.js"
 * @import { Exports } from "../core/simulator.js"
 *
 * What a face of a lesson gets beside the lesson.
 * @typedef {object} Tools
 * @property {(step: number) => Promise<Answers>} answers
 * @property {(step: number, answered: boolean) => Promise<Chart | null>} charts
 * @property {() => Promise<Exports>} simulator
 * @property {string} [file] its address; none for a file of the reader
 * @property {((face: string) => void) | undefined} turn shows another face of a file without an address
 * @property {HTMLElement[]} faces links to the other faces
 */

/** The name of each face. */
export const faceNames = () => ({
  student: t("Page for students"),
  presenter: t("Presentation"),
  worksheet: t("Worksheet"),
  key: t("Answer key"),
});

/** In the single-file build, the hash names the page. */
const page = () => /^#[\w.-]+\.html/.exec(location.hash)?.[0] ?? "";

/**
 * Makes a link to the page in a different language lead to the same step.
 * @param {HTMLAnchorElement} link
 */
export function keepStep(link) {
  const step = /#\d+$/.exec(location.hash)?.[0] ?? "";
  link.search = location.search;
  link.hash = page() ? /^#[\w.-]+/.exec(link.hash)?.[0] + step : step;
}

/**
 * The address of a lesson on this site, or of a face or step of it.
 * @param {string} file
 * @param {string} as
 */
export function address(file, as, step = 0) {
  const query = new URLSearchParams({ file, ...(as !== "student" && { as }) }).toString().replaceAll("%2F", "/");
  return `?${query}${page()}${step > 0 ? `#${step}` : ""}`;
}

/**
 * The full address of the page for students, or of a step of it; undefined if other devices cannot open it.
 * @param {string | undefined} file
 */
export const studentPage = (file, step = 0) =>
  location.protocol.startsWith("http") && file !== undefined
    ? new URL(address(file, "student", step), location.href).href
    : undefined;

/** The address of the list of lessons. */
export const home = () => `${location.pathname}${page()}`;

/** The address of the guide for teachers. */
export const guide = () => `${page() ? "#" : ""}teach.${speaking === "en" ? "" : `${speaking}.`}html`;

/**
 * The address of the laboratory with a run.
 * @param {string[]} parts
 */
export function laboratory(...parts) {
  const query = `?${parts.filter(Boolean).join("&")}`;
  const name = speaking === "en" ? "index.html" : `index.${speaking}.html`;
  if (!page()) return name + query;
  return speaking === "en" ? query : `${query}#${name}`;
}

/**
 * Sets the step in the address, counted from 0; a negative index removes it.
 * @param {number} index
 */
export function nameStep(index, search = location.search) {
  const step = index < 0 ? "" : `#${index + 1}`;
  try {
    history.replaceState(history.state, "", `${location.pathname}${search}${page()}${step}`);
  } catch {
    // Some frames and local files cannot change their address. The page works without it.
  }
}

/**
 * Marks an element as being in the language of the lesson, which may differ from that of the page.
 * @template {HTMLElement} Own
 * @param {Lesson} lesson
 * @param {Own} element
 */
export function own(lesson, element) {
  if (lesson.lang !== speaking) element.lang = lesson.lang;
  element.dir = "auto";
  return element;
}

/**
 * Elements for paragraphs of the lesson.
 * @param {Lesson} lesson
 * @param {string[]} texts
 */
export const paragraphs = (lesson, texts) => texts.map((text) => own(lesson, h("p", {}, text)));

/**
 * A duration in minutes as text.
 * @param {number} minutes
 */
export const lasts = (minutes) => plural("1 minute", "{minutes} minutes", minutes, { minutes });

/**
 * Names the language of a lesson, if it differs from that of the page.
 * @param {Lesson} lesson
 */
function language({ lang }) {
  if (lang === speaking) return [];
  let language = lang;
  try {
    language = new Intl.DisplayNames(speaking, { type: "language" }).of(lang) ?? lang;
  } catch {
    // An unknown language is shown by its code.
  }
  return [h("p", { className: "quiet" }, t("Language of the lesson: {language}.", { language }))];
}

/**
 * Title, goals and requirements.
 * @param {Lesson} lesson
 */
export function opening(lesson) {
  /** @param {string[]} texts */
  const list = (texts) => own(lesson, h("ul", {}, ...texts.map((text) => h("li", {}, text))));
  return h(
    "div",
    { className: "text" },
    own(lesson, h("h1", {}, lesson.title)),
    h("p", { className: "lede" }, lasts(lesson.minutes)),
    ...language(lesson),
    h("p", {}, t("After this lesson you can:")),
    list(lesson.goals),
    ...(lesson.needs.length > 0 ? [h("p", {}, t("You need to know:")), list(lesson.needs)] : []),
  );
}

/**
 * The heading of a step.
 * @param {Lesson} lesson
 * @param {number} index
 * @param {"h1" | "h2"} level
 */
export function heading(lesson, index, level = "h2") {
  const { title } = lesson.steps[index];
  return h(level, {}, h("span", { className: "number" }, String(index + 1)), " ", own(lesson, h("span", {}, title)));
}

/**
 * The figure of a step in the state of a query, with or without its controls.
 * @param {Step} step
 * @param {string} query
 */
export function figure(step, query, controls = step.controls) {
  const lab = h("deleverage-lab", { className: "figure" });
  for (const [name, value] of new URLSearchParams([query, step.place].filter(Boolean).join("&")))
    lab.setAttribute(name, value);
  lab.setAttribute("view", step.views.join(" "));
  lab.setAttribute("controls", controls.join(" "));
  return lab;
}

/**
 * The chart of a step on paper.
 * @param {Chart} chart
 */
export function chart({ svg, words }) {
  const src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const picture = h("img", { src, alt: words });
  picture.addEventListener("load", () => URL.revokeObjectURL(src), { once: true });
  return h("p", { className: "chart" }, picture);
}

/**
 * A predicted number as text.
 * @param {number} value
 * @param {Pick<Prediction, "unit" | "step">} prediction
 */
export function said(value, { unit, step }) {
  // A small step may have no decimal point: 1e-7.
  const places = /\.(\d*?)0*$/.exec(step.toFixed(9))?.[1].length;
  const number = new Intl.NumberFormat(`${speaking}-u-nu-latn`, {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  }).format(value);
  if (unit === "%") return t("{number}%", { number });
  return unit === "" ? number : `${number}\u00a0${unit}`;
}

/**
 * The choices of a question, with the letters that a class uses for them.
 * @param {string[]} choices
 */
export const letters = (choices) => choices.map((choice, i) => [String.fromCharCode(65 + i), choice]);

/**
 * The step that the hash of the address names, from 0; undefined if it names none.
 * @param {Lesson} lesson
 */
export function stepOf(lesson) {
  const number = Number(/#(\d{1,2})$/.exec(location.hash)?.[1] ?? 0);
  return number >= 1 && number <= lesson.steps.length ? number - 1 : undefined;
}
