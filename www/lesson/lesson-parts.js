// Shared parts of the four faces of a lesson: its words, its figures, and its numbers.

import { h } from "../core/dom.js";
import { plural, speaking, t } from "../core/i18n.js";

/** What each face is called. */
export const faceNames = () => ({
  student: t("Page for students"),
  presenter: t("Presentation"),
  worksheet: t("Worksheet"),
  key: t("Answer key"),
});

/** In the single file the page is named behind the #. */
const page = () => /^#[\w.-]+\.html/.exec(location.hash)?.[0] ?? "";

/** The same step in another language: follows a link to the page in it. */
export function keepStep(link) {
  const step = /#\d+$/.exec(location.hash)?.[0] ?? "";
  link.search = location.search;
  link.hash = page() ? /^#[\w.-]+/.exec(link.hash)[0] + step : step;
}

/** The address of a lesson on this site, of one of its faces, of a step of it. */
export function address(file, as, step = 0) {
  const query = new URLSearchParams({ file, ...(as !== "student" && { as }) }).toString().replaceAll("%2F", "/");
  return `?${query}${page()}${step > 0 ? `#${step}` : ""}`;
}

/** The address of the list of lessons. */
export const home = () => `${location.pathname}${page()}`;

/** The address of the guide for teachers. */
export const guide = () => (page() ? "#teach.html" : "teach.html");

/** The address of the laboratory with a run. */
export function laboratory(...parts) {
  const query = `?${parts.filter(Boolean).join("&")}`;
  const name = speaking === "en" ? "index.html" : `index.${speaking}.html`;
  if (!page()) return name + query;
  return speaking === "en" ? query : `${query}#${name}`;
}

/** Lets the address name a step, from 0; none below that. */
export function nameStep(index, search = location.search) {
  const step = index < 0 ? "" : `#${index + 1}`;
  try {
    history.replaceState(history.state, "", `${location.pathname}${search}${page()}${step}`);
  } catch {
    // Some frames, and files, may not change their address. The page works without.
  }
}

/** Marks an element as in the language of the lesson, which need not be that of the page. */
export function own(lesson, element) {
  if (lesson.lang !== speaking) element.lang = lesson.lang;
  element.dir = "auto";
  return element;
}

/** Elements for paragraphs of the lesson. */
export const paragraphs = (lesson, texts) => texts.map((text) => own(lesson, h("p", {}, text)));

/** How long something takes. */
export const lasts = (minutes) => plural("1 minute", "{minutes} minutes", minutes, { minutes });

/** Marks a lesson that is in a different language than the page around it. */
function language({ lang }) {
  if (lang === speaking) return [];
  let language = lang;
  try {
    language = new Intl.DisplayNames(speaking, { type: "language" }).of(lang);
  } catch {
    // There is no such language: its name is as good as any.
  }
  return [h("p", { className: "quiet" }, t("Language of the lesson: {language}.", { language }))];
}

/** Title, goals and what is needed. */
export function opening(lesson) {
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

/** The heading of a step. */
export function heading(lesson, index, level = "h2") {
  const { title } = lesson.steps[index];
  return h(level, {}, h("span", { className: "number" }, String(index + 1)), " ", own(lesson, h("span", {}, title)));
}

/** The figure of a step in the state of a query, with its controls or without. */
export function figure(step, query, controls = step.controls) {
  const lab = h("deleverage-lab", { className: "figure" });
  for (const [name, value] of new URLSearchParams([query, step.place].filter(Boolean).join("&"))) lab.setAttribute(name, value);
  lab.setAttribute("view", step.views.join(" "));
  lab.setAttribute("controls", controls.join(" "));
  return lab;
}

/** A number that can be predicted, as it is read. */
export function said(value, { unit, step }) {
  // A small step may have no decimal point: 1e-7.
  const places = /\.(\d*?)0*$/.exec(step.toFixed(9))[1].length;
  const number = new Intl.NumberFormat(`${speaking}-u-nu-latn`, { minimumFractionDigits: places, maximumFractionDigits: places }).format(value);
  return unit === "" ? number : `${number}\u00a0${unit}`;
}

/** The choices of a question, in the letters by which a class speaks of them. */
export const letters = (choices) => choices.map((choice, i) => [String.fromCharCode(65 + i), choice]);

/** The number of the step that an address names behind its #, from 0; nothing if it names none of them. */
export function stepOf(lesson) {
  const number = Number(/#(\d{1,2})$/.exec(location.hash)?.[1] ?? 0);
  return number >= 1 && number <= lesson.steps.length ? number - 1 : undefined;
}
