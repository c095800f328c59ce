// A lesson on a big screen, one step at a time.
//
//     step (text, what is predicted) -> the figure, and what comes out -> the question -> an answer -> next step
//
// The right and left arrow keys, or Page Down and Page Up as sent by clickers, go forward and back by one press. b or .
// blanks the screen. Up and Down scroll as usual. Notes are never shown. The address keeps the step, and reloading
// reveals nothing new.

import { h } from "../core/dom.js";
import { plural, t } from "../core/i18n.js";
import { figure, heading, home, letters, nameStep, opening, own, paragraphs, said, stepOf } from "./lesson-parts.js";

/**
 * @import { Lesson, Prediction } from "../pkg/full.js"
 * @import { Tools } from "./lesson-parts.js"
 *
 * @typedef {() => void} Undo
 * @typedef {{ words: string, show(): Undo | Promise<Undo> }} Press What a further press shows.
 * @typedef {{ elements: Node[], parts: Press[], undo?: Undo[] }} Shown A step as it begins or was left.
 */

const ON = ["ArrowRight", "PageDown"];
const BACK = ["ArrowLeft", "PageUp"];
const BLANK = ["b", "B", "."];

/** Elements that use keys themselves. Page Up and Page Down still turn pages there, because a clicker has no others. */
const TAKES_KEYS = "input, select, textarea";

/**
 * Removes the listeners of the previous presentation on this page.
 * @type {AbortController | undefined}
 */
let listening;

/**
 * @param {HTMLElement} main
 * @param {Lesson} lesson
 * @param {Tools} tools
 */
export async function fill(main, lesson, { answers, simulator, faces, turn }) {
  let index = stepOf(lesson) ?? -1;
  /** @type {Press[]} */
  let parts = []; // each further press: `show` returns the function that undoes it
  /** @type {(() => void)[]} */
  let undo = []; // undoes each press made in this step
  /** @type {Map<number, Shown>} */
  const left = new Map(); // steps as they were left, with any codes that a class has pasted
  let blank = false;

  const stage = h("div", { className: "stage", role: "group", tabIndex: -1 });
  const where = h("p", { className: "where", role: "status" });
  /**
   * @param {string} words
   * @param {() => void} act
   */
  const button = (words, act) => {
    const made = h("button", { type: "button" }, words);
    made.addEventListener("click", act);
    return made;
  };
  const back = button(t("Back"), () => go(-1));
  const on = button(t("Next"), () => go(1));
  const dark = button("", () => darken(false));
  dark.className = "dark";
  dark.hidden = true;
  dark.setAttribute("aria-label", t("The screen is blank. Show it again"));
  const letters = h("input", { type: "checkbox", id: "letter-keys", checked: true });
  const keys = h(
    "details",
    {},
    h("summary", {}, t("Keys")),
    h("p", {}, t("Right arrow or Page down goes on, left arrow or Page up goes back, as on a clicker.")),
    h("p", {}, letters, " ", h("label", { for: letters.id }, t("The keys b and . blank the screen"))),
    turn ? h("p", { className: "faces" }, ...faces) : h("p", {}, h("a", { href: home() }, t("All lessons"))),
  );
  const bar = h(
    "div",
    { className: "bar" },
    back,
    on,
    button(t("Blank the screen"), () => darken(true)),
    where,
    keys,
  );
  main.append(stage, bar, dark);
  document.title = lesson.title;

  /**
   * Shows a step as it was left, or from its beginning.
   * @param {number} to
   */
  function step(to) {
    left.set(index, { elements: [...stage.childNodes], parts, undo });
    index = to;
    const there = left.get(index);
    /** @type {Shown} */
    const { elements, ...rest } = there?.elements.length
      ? there
      : index < 0
        ? { elements: [opening(lesson)], parts: [] }
        : begin(lesson, index, answers, simulator);
    ({ parts, undo = [] } = rest);
    stage.replaceChildren(...elements);
    nameStep(index);
    tell();
    stage.focus({ preventScroll: true });
    scrollTo({ top: 0, behavior: "instant" });
  }

  function tell() {
    const steps = lesson.steps.length;
    where.textContent =
      index < 0
        ? plural("1 step", "{count} steps", steps, { count: steps })
        : t("Step {step} of {count}", { step: index + 1, count: steps });
    stage.setAttribute("aria-label", where.textContent);
    on.textContent = parts[undo.length]?.words ?? t("Next");
    back.disabled = index < 0;
    on.disabled = undo.length === parts.length && index === steps - 1;
  }

  let busy = false;
  /** @param {number} by */
  async function go(by) {
    if (busy) return;
    busy = true;
    try {
      if (by < 0) {
        if (undo.length > 0) undo.pop()?.();
        else if (index >= 0) step(index - 1);
        tell();
      } else if (undo.length < parts.length) {
        undo.push(await parts[undo.length].show());
        tell();
      } else if (index < lesson.steps.length - 1) step(index + 1);
    } catch (error) {
      where.textContent = /** @type {Error} */ (error).message;
    } finally {
      busy = false;
    }
  }

  /** @param {boolean} to */
  function darken(to) {
    blank = to;
    dark.hidden = !blank;
    stage.inert = bar.inert = blank;
    (blank ? dark : stage).focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (!main.contains(stage)) return;
    const { key } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const from = event.composedPath()[0];
    const pages = key === "PageDown" || key === "PageUp";
    if (!pages && from instanceof Element && from.matches(TAKES_KEYS)) return;
    const turns = ON.includes(key) ? 1 : BACK.includes(key) ? -1 : 0;
    const blanks = BLANK.includes(key) && letters.checked;
    if (turns === 0 && !blanks) return;
    event.preventDefault();
    // A held key would run through the answers.
    if (event.repeat) return;
    // Any of these keys brings a dark screen back, without further effect.
    if (blank || blanks) darken(!blank);
    else go(turns);
  }
  listening?.abort();
  listening = new AbortController();
  const { signal } = listening;
  addEventListener("keydown", pressed, { capture: true, signal });
  addEventListener(
    "hashchange",
    () => {
      const to = stepOf(lesson);
      if (main.contains(stage) && to !== undefined && to !== index) step(to);
    },
    { signal },
  );
  step(index);
}

/**
 * The elements with which a step begins, and those of each further press.
 * @param {Lesson} lesson
 * @param {number} index
 * @param {Tools["answers"]} answers
 * @param {Tools["simulator"]} simulator
 * @returns {Shown}
 */
function begin(lesson, index, answers, simulator) {
  const step = lesson.steps[index];
  const { prediction, question } = step;
  const text = h("div", { className: "text" }, heading(lesson, index, "h1"), ...paragraphs(lesson, step.text));
  const place = h("div", { className: "place" });
  const [truth, told] = [1, 2].map(() => h("div", { className: "text", "aria-live": "polite" }));
  /**
   * Scrolls a new element to the top, where everyone sees it.
   * @param {Element} element
   */
  const look = (element) => element.scrollIntoView({ behavior: "instant", block: "start" });
  /** @type {Press[]} */
  const parts = [];
  /**
   * @param {string} words
   * @param {Press["show"]} show
   */
  const come = (words, show) => parts.push({ words, show });
  const seen = !prediction || prediction.shows !== null;
  if (step.views.length > 0 && seen) {
    const shown = figure(step, step.query, prediction ? [] : step.controls);
    place.append(shown);
    shown.ready.then(
      () => fit(shown, place),
      () => {},
    );
  }
  if (prediction) {
    const ends = { from: said(prediction.from, prediction), to: said(prediction.to, prediction) };
    text.append(own(lesson, h("p", { className: "ask" }, prediction.ask)), h("p", {}, t("From {from} to {to}.", ends)));
    text.append(theClass(lesson, index, answers, simulator));
    come(t("Show what comes out"), async () => {
      const { truth: found } = await answers(index);
      const words = found
        ? t("It comes out at {truth}.", { truth: found.words })
        : t("Nothing of that kind comes out.");
      truth.append(h("p", { className: "truth" }, words));
      const before = [...place.childNodes];
      if (step.views.length > 0) {
        const shown = figure(step, prediction.shows ?? step.query);
        place.replaceChildren(shown);
        shown.ready.then(
          () => {
            fit(shown, truth);
            // Only now is the page long enough; the class may have moved on.
            if (shown.isConnected && told.childElementCount === 0) look(truth);
          },
          () => {},
        );
      }
      look(truth);
      return () => {
        truth.replaceChildren();
        place.replaceChildren(...before);
        look(text);
      };
    });
  } else if (step.views.length > 0) {
    come(t("Show the figure"), () => {
      look(place);
      return () => look(text);
    });
  }
  if (question) {
    come(t("Show the question"), () => {
      told.append(own(lesson, h("p", { className: "ask" }, question.ask)));
      const list = letters(question.choices).map(([letter, choice]) =>
        own(lesson, h("li", {}, `${letter}. ${choice}`)),
      );
      if (list.length > 0) told.append(h("ul", { className: "boxes" }, ...list));
      look(told);
      return () => {
        told.replaceChildren();
        look(prediction ? truth : place);
      };
    });
    come(t("Show an answer"), async () => {
      const answer = h("div", { className: "answer" }, ...paragraphs(lesson, (await answers(index)).answer));
      told.append(answer);
      look(told);
      return () => answer.remove();
    });
  }
  return { elements: [text, truth, place, told], parts };
}

/**
 * Reduces the height of a figure if the part from `top` does not fit between the top of the screen and the bar.
 * @param {HTMLElement} figure
 * @param {Element} top
 */
function fit(figure, top) {
  const needed = figure.getBoundingClientRect().bottom - top.getBoundingClientRect().top;
  const room = innerHeight - /** @type {HTMLElement} */ (document.querySelector(".bar")).offsetHeight;
  if (needed > room) figure.style.setProperty("--deleverage-tall", `max(9em, 22em - ${Math.ceil(needed - room)}px)`);
}

/**
 * The codes of a class as a picture; a separate button reveals the result.
 * @param {Lesson} lesson
 * @param {number} index
 * @param {Tools["answers"]} answers
 * @param {Tools["simulator"]} simulator
 */
function theClass(lesson, index, answers, simulator) {
  const disclosure = h("details", {}, h("summary", {}, t("What the class predicts")));
  const fill = async () => {
    const { classView } = await import("./class-view.js");
    const { truth } = await answers(index);
    const prediction = /** @type {Prediction} */ (lesson.steps[index].prediction);
    disclosure.append(
      await classView({ lesson: lesson.tag, step: index, prediction, truth: truth?.value, exports: await simulator() }),
    );
  };
  const status = h("p", { role: "status" });
  /** @type {Promise<void> | undefined} */
  let filling;
  disclosure.addEventListener("toggle", () => {
    if (!disclosure.open || filling) return;
    status.textContent = "";
    filling = fill().catch((error) => {
      // Opening it again retries.
      filling = undefined;
      status.textContent = error.message;
    });
  });
  disclosure.append(status);
  return disclosure;
}
