// A lesson on a big screen, one step at a time.
//
//     step (text, what is predicted) -> the figure, and what comes out -> the question -> an answer -> next step
//
// The right and left arrow keys, or Page Down and Page Up as sent by clickers, go forward and back by one press. b or .
// blanks the screen. Up and Down scroll as usual. Notes are never shown. The address keeps the step, and reloading
// reveals nothing new.

import { h } from "../core/dom.js";
import { plural, t } from "../core/i18n.js";
import { fitting } from "./lesson-fit.js";
import { home, nameStep, opening, stepOf, studentPage } from "./lesson-parts.js";
import { slide } from "./lesson-slide.js";

/**
 * @import { Lesson } from "../pkg/full.js"
 * @import { Tools } from "./lesson-parts.js"
 * @import { Press, Slide } from "./lesson-slide.js"
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
export async function fill(main, lesson, { answers, simulator, faces, file, turn }) {
  let index = stepOf(lesson) ?? -1;
  /** @type {Press[]} */
  let parts = []; // each further press: `show` returns the function that undoes it
  /** @type {(() => void)[]} */
  let undo = []; // undoes each press made in this step
  /** @type {Map<number, Slide>} */
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
    "div",
    { id: "keys", popover: "auto" },
    h("p", {}, t("Right arrow or Page down goes on, left arrow or Page up goes back, as on a clicker.")),
    h("p", {}, letters, " ", h("label", { for: letters.id }, t("The keys b and . blank the screen"))),
    turn ? h("p", { className: "faces" }, ...faces) : h("p", {}, h("a", { href: home() }, t("All lessons"))),
  );
  const code = h("dialog", { className: "code", "aria-label": t("QR code of the page for students") });
  const address = () => studentPage(file, index + 1);
  const bar = h(
    "div",
    { className: "bar" },
    back,
    on,
    button(t("Blank the screen"), () => darken(true)),
    ...(address() ? [button(t("Show the QR code"), showCode)] : []),
    h("button", { type: "button", popoverTargetElement: keys }, t("Keys")),
    where,
  );
  main.append(stage, bar, keys, code, dark);
  document.title = lesson.title;

  /**
   * Shows a step as it was left, or from its beginning.
   * @param {number} to
   */
  function step(to) {
    left.set(index, { elements: [...stage.childNodes], parts, undo });
    index = to;
    const there = left.get(index);
    /** @type {Slide} */
    const { elements, ...rest } = there?.elements.length
      ? there
      : index < 0
        ? { elements: [h("div", { className: "slide" }, opening(lesson))], parts: [] }
        : slide(lesson, index, { answers, simulator, fit });
    ({ parts, undo = [] } = rest);
    stage.replaceChildren(...elements);
    nameStep(index);
    tell();
    fit();
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
      fit();
    }
  }

  /** Fills the screen with the QR code of the page for students, at this step. */
  async function showCode() {
    try {
      const [{ qrCode }, exports] = await Promise.all([import("../core/qr-code.js"), simulator()]);
      const close = button(t("Close"), () => code.close());
      code.replaceChildren(qrCode(exports, /** @type {string} */ (address())), close);
      code.showModal();
    } catch (error) {
      where.textContent = /** @type {Error} */ (error).message;
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
    // Any of these keys brings the slide back, without further effect.
    if (code.open) code.close();
    else if (blank || blanks) darken(!blank);
    else go(turns);
  }
  listening?.abort();
  listening = new AbortController();
  const { signal } = listening;
  const fit = fitting(stage, bar, signal);
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
