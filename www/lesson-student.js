// A lesson for one student: all steps below each other. What is to be predicted is shown once it was predicted or skipped.

import { h } from "./dom.js";
import { t } from "./lab.js";
import { figure, heading, lasts, letters, opening, own, paragraphs, stepOf } from "./lesson-parts.js";
import { prediction } from "./lesson-prediction.js";

export async function fill(main, lesson, { answers, simulator, faces, turn }) {
  const steps = lesson.steps.map((step, index) => section(lesson, step, index, answers, simulator));
  // Whoever opened a file wants its other faces; students who follow a link are not shown the way to the answers.
  const ways = turn ? [h("p", { className: "text faces" }, ...faces)] : [];
  main.append(...ways, opening(lesson), ...steps, keep());
  const asked = stepOf(lesson);
  if (asked !== undefined) steps[asked].scrollIntoView();
}

/** One step. */
function section(lesson, step, index, answers, simulator) {
  const words = h("div", { className: "text" }, heading(lesson, index), h("p", { className: "quiet" }, lasts(step.minutes)));
  words.append(...paragraphs(lesson, step.text));
  const element = h("section", { id: String(index + 1), className: "step" }, words);
  const question = step.question ? [asked(lesson, step, index, answers)] : [];
  if (!step.prediction) {
    if (step.views.length > 0) element.append(figure(step, step.query));
    element.append(...question);
    return element;
  }
  const { shows } = step.prediction;
  const place = h("div", { className: "place" });
  // A run that is not the one to come gives nothing away.
  if (step.views.length > 0) place.append(shows === null ? h("p", { className: "text quiet" }, t("The figure comes after your prediction.")) : figure(step, step.query, []));
  const reveal = () => {
    if (step.views.length > 0) place.replaceChildren(figure(step, shows ?? step.query));
    element.append(...question);
  };
  element.append(h("div", { className: "text" }, prediction(lesson, index, { answers, simulator, reveal })), place);
  return element;
}

/** A question with room for an answer, and the answer of the lesson behind a fold. */
function asked(lesson, { question }, index, answers) {
  const id = `question-${index + 1}`;
  const choices = letters(question.choices).map(([letter, choice]) => {
    const option = h("input", { type: "radio", name: id, id: `${id}-${letter}` });
    return h("p", {}, option, " ", own(lesson, h("label", { "for": option.id }, `${letter}. ${choice}`)));
  });
  const room = h("textarea", { id: `${id}-text`, rows: 4 });
  const inside = h("div", {});
  const fold = h("details", {}, h("summary", {}, t("Show an answer")), inside);
  fold.addEventListener("toggle", async () => {
    if (!fold.open || inside.childElementCount > 0) return;
    try {
      inside.replaceChildren(...paragraphs(lesson, (await answers(index)).answer));
    } catch (error) {
      inside.replaceChildren(h("p", { role: "status" }, error.message));
    }
  });
  const body = [
    ...choices,
    h("p", {}, h("label", { "for": room.id }, choices.length > 0 ? t("Why?") : t("Your answer"))),
    room,
    fold,
  ];
  const ask = own(lesson, h("p", { className: "ask", id }, question.ask));
  return h("div", { className: "text question", role: "group", "aria-labelledby": id }, ask, ...body);
}

/** What becomes of what was written. */
const keep = () => h("p", { className: "text quiet" }, t("What you write stays in this page and is gone when it is closed. Print the page to keep it."));
