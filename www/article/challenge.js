// The challenge: three crowds to save, a table of the costs of the tools, and a score.

import { button, failure } from "../core/buttons.js";
import { h } from "../core/dom.js";
import { plural, speaking, t } from "../core/i18n.js";
import { workerClient } from "../core/worker-client.js";
import { queryOf, simulator, stopped, styled } from "./predict-common.js";

/**
 * @import { Answer, Params } from "../pkg/full.js"
 * @import { DeleverageLab } from "../element/element.js"
 */

/** Milliseconds without a change before the score is read aloud. */
const REST = 900;

/**
 * Adds the table of costs to `element`, which holds `figure`, a <deleverage-lab> with the tools.
 * @param {HTMLElement} element
 * @param {DeleverageLab} figure
 */
export async function fill(element, figure) {
  await styled();
  let exports;
  try {
    exports = await simulator(figure);
  } catch {
    return; // the figure says why
  }
  const { challengeTasks, challengeFormula } = exports;
  const tasks = challengeTasks();
  /** @type {Map<string, Answer>} */
  const best = new Map(); // the best answer of this visit, by crowd
  /** @type {Answer | undefined} */
  let last;
  let touched = false;
  let timer = 0;

  // A figure whose simulator has stopped stays as it is until the reader restarts it.
  /**
   * @param {string} task
   * @param {boolean} keepTools
   */
  const settings = (task, keepTools) =>
    figure.exports?.challengeQuery(queryOf(/** @type {Params} */ (figure.params)), task, keepTools);
  /** @param {string | undefined} query */
  const set = (query) => {
    if (query !== undefined) {
      figure.show(query);
      return;
    }
    select.value = last?.task ?? "";
    trouble.textContent = stopped();
    trouble.hidden = false;
  };

  const other = h("option", { value: "", hidden: true }, t("a crowd of your own"));
  const select = h(
    "select",
    { id: "challenge-task" },
    other,
    ...tasks.map(({ id, name }) => h("option", { value: id }, name)),
  );
  select.addEventListener("change", () => set(settings(select.value, true)));
  const table = costs();
  const score = h("p", { className: "best" });
  const back = button("back", t("Back to it"), () => {
    if (!last) return;
    // The button disappears after this, so the focus moves to the list.
    select.focus();
    set(best.get(last.crowd)?.query);
  });
  const status = h("p", { className: "unseen", role: "status" });
  const trouble = h("p", { className: "verdict", role: "alert", hidden: true });

  const worker = workerClient(
    () => new Worker(new URL("../workers/challenge-worker.js", import.meta.url), { type: "module", name: speaking }),
    (/** @type {{ answer: Answer }} */ { answer }) => {
      last = answer;
      trouble.hidden = true;
      select.value = answer.task ?? "";
      const before = best.get(answer.crowd);
      const top = !before || answer.score > before.score ? answer : before;
      best.set(answer.crowd, top);
      score.replaceChildren(
        plural(
          "Your best for this crowd on this visit: 1 point.",
          "Your best for this crowd on this visit: {score} points.",
          top.score,
          { score: top.score },
        ),
        " ",
      );
      if (top.query !== answer.query) score.append(back);
      table.show(answer);
      clearTimeout(timer);
      // The first answer is not read aloud, because the reader has not asked for it.
      if (touched) timer = setTimeout(() => (status.textContent = answer.words), REST);
    },
    (message) => {
      trouble.replaceChildren(...failure(message, work));
      trouble.hidden = false;
    },
  );
  const work = () => worker.ask({ query: queryOf(/** @type {Params} */ (figure.params)) });

  element.prepend(
    h(
      "div",
      { className: "task" },
      h("label", { for: select.id }, t("Save"), " ", select),
      button("over", t("Start over"), () => set(settings("", false))),
    ),
  );
  element.append(
    h(
      "div",
      { className: "score" },
      table.element,
      score,
      trouble,
      status,
      h(
        "details",
        {},
        h("summary", {}, t("How scoring works")),
        h("ul", {}, ...challengeFormula().map((sentence) => h("li", {}, sentence))),
      ),
    ),
  );
  figure.addEventListener("deleverage:change", () => {
    touched = true;
    work();
  });
  work();
}

/** The table: a row for each cost, and the points. */
function costs() {
  const body = h("tbody", {});
  const total = h("td", { className: "total" });
  const before = h("td", {});
  const heads = [t("What it costs"), t("Without tools"), t("Now"), t("Points")].map((words) =>
    h("th", { scope: "col" }, words),
  );
  /** @type {Map<string, { note: HTMLElement, cells: HTMLElement[] }>} */
  const lines = new Map();
  /** @param {Answer["lines"][number]} row */
  const line = ({ id, label }) => {
    const note = h("small", {});
    const cells = ["before", "now", "points"].map((name) => h("td", { className: name }));
    body.append(h("tr", { className: id }, h("th", { scope: "row" }, label, note), ...cells));
    return { note, cells };
  };
  return {
    element: h(
      "table",
      { className: "costs" },
      h("thead", {}, h("tr", {}, ...heads)),
      body,
      h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, t("Points of 100")), before, h("td", {}), total)),
    ),
    /** @param {Answer} answer */
    show(answer) {
      for (const one of answer.lines) {
        const shown = lines.get(one.id) ?? line(one);
        lines.set(one.id, shown);
        const { note, cells } = shown;
        note.textContent = one.note;
        cells[0].textContent = one.before;
        cells[1].replaceChildren(one.now);
        cells[2].textContent = one.points;
      }
      const { reached, target } = answer;
      const side = reached ? t("below {target}", { target }) : t("not below {target}", { target });
      lines.get("fall")?.cells[1].append(h("small", {}, side));
      before.textContent = `${answer.before}`;
      total.textContent = `${answer.score}`;
    },
  };
}
