// The study of a run (what if, which sale triggered which, where the model may be wrong), made in a worker when opened.
//
//     idle -> working -> shown -> working (the settings have changed) ...
//                    \-> failed (with a way to try again)

import { failure } from "../core/buttons.js";
import { h } from "../core/dom.js";
import { speaking, t } from "../core/i18n.js";
import { workerClient } from "../core/worker-client.js";

/**
 * @import { DoubtRow, ParamId, Params, Study } from "../pkg/full.js"
 * @import { Session } from "../element/session.js"
 * @typedef {(doubt: DoubtRow, checked: boolean) => void} Toggle
 * @typedef {[first: [name: string | Node, meaning?: string], ...cells: string[]]} Line A row of a table.
 */

/**
 * Fills `element`, a <details>. `session` has the run; `usual(id)` returns the default of a parameter. `show(query)`
 * shows the study of these settings while the element is open.
 * @param {HTMLDetailsElement} element
 * @param {Session} session
 * @param {(id: ParamId) => number} usual
 */
export function study(element, session, usual) {
  const status = h("p", { className: "working", role: "status" });
  const body = h("div", { className: "study-body" });
  element.append(status, body);
  /** @type {Map<string, Params[ParamId]>} */
  const before = new Map(); // former values of the settings changed by switches
  /** @type {string | undefined} */
  let working; // the query in progress
  /** @type {string | undefined} */
  let wanted; // the last query requested
  /** @type {string | undefined} */
  let shown;

  const start = () => {
    // The figure may have been removed before this script loaded.
    if (working !== undefined || wanted === undefined || !element.open || !element.isConnected) return;
    if (wanted === shown) {
      status.textContent = "";
      return;
    }
    working = wanted;
    status.textContent = t("Computing some twenty runs …");
    worker.ask(working);
  };

  /** @param {Study} result */
  const finish = (result) => {
    shown = working;
    working = undefined;
    status.textContent = "";
    // A switch in use keeps the focus.
    const held = /** @type {ShadowRoot} */ (element.getRootNode()).activeElement?.id;
    body.replaceChildren(...sections(result, toggle));
    if (held) /** @type {HTMLElement | null} */ (body.querySelector(`#${CSS.escape(held)}`))?.focus();
    start();
  };

  /** @param {string} message */
  const fail = (message) => {
    // Errors while idle are ignored.
    const missed = working !== undefined || wanted !== shown;
    working = undefined;
    if (missed) status.replaceChildren(...failure(message, start));
  };

  const worker = workerClient(
    () => new Worker(new URL("../workers/study-worker.js", import.meta.url), { type: "module", name: speaking }),
    (/** @type {{ study: Study }} */ { study }) => finish(study),
    fail,
  );

  /** @type {Toggle} */
  const toggle = (doubt, checked) => {
    const params = session.last.params;
    const changes = /** @type {[ParamId, number][]} */ (doubt.changes);
    for (const [id] of changes) if (checked) before.set(id, params[id]);
    const back = changes.map(([id]) => [id, before.get(id) ?? usual(id)]);
    session.change(Object.fromEntries(checked ? changes : back));
  };

  element.addEventListener("toggle", start);
  return {
    /** @param {string} query */
    show(query) {
      wanted = query;
      start();
    },
    /** Ends the worker. The visible study stays; an unfinished one restarts on request. */
    dismiss() {
      worker.end();
      working = undefined;
    },
  };
}

/**
 * @param {Study} result
 * @param {Toggle} toggle
 */
function sections(result, toggle) {
  return [
    h("h2", {}, t("The same draws, with one thing changed")),
    table(
      ["", result.move_name, t("R")],
      result.what_if.map(({ label, words, move, r }) => [[label, words], move, r]),
    ),
    ...alone(result.alone_or_together),
    ...family(result.family),
    ...doubts(result, toggle),
  ];
}

/** @param {Study["alone_or_together"]} found */
function alone(found) {
  if (!found) return [];
  const [aloneWith, aloneWithout, togetherWith, togetherWithout] = found.cells.map(({ words }) => words);
  return [
    h("h2", {}, t("One account, alone or together with all others")),
    h("p", {}, found.words),
    table(
      [t("Of its equity, it"), t("with its rule"), t("without it")],
      [
        [[t("if no other has a rule")], aloneWith, aloneWithout],
        [[t("if all have one")], togetherWith, togetherWithout],
      ],
    ),
  ];
}

/** @param {Study["family"]} family */
function family({ words, generations, chain }) {
  if (generations.length === 0) return [];
  const bars = generations.map(({ generation, sold, when, of_largest }) => {
    const bar = h("span", { className: "bar" });
    bar.style.inlineSize = `${100 * of_largest}%`;
    return h("li", { value: generation }, h("span", {}, t("{sold}, decided {when} on average", { sold, when })), bar);
  });
  return [
    h("h2", {}, t("Who set off whom")),
    h("p", {}, words),
    h("ol", { className: "generations", "aria-label": t("Generations of forced sales") }, ...bars),
    h(
      "details",
      {},
      h("summary", {}, t("One of the last sales before the price turned, traced back")),
      h("ol", { className: "chain" }, ...chain.map((link) => h("li", {}, link))),
    ),
  ];
}

/**
 * @param {Study} study
 * @param {Toggle} toggle
 */
function doubts({ doubts, move_name }, toggle) {
  const lines = doubts.map((doubt) => {
    const id = `doubt-${doubt.id}`;
    const box = h("input", { id, type: "checkbox", checked: doubt.on });
    box.addEventListener("change", () => toggle(doubt, box.checked));
    return /** @type {Line} */ ([[h("label", { for: id }, box, ` ${doubt.label}`), doubt.words], doubt.move, doubt.r]);
  });
  return [
    h("h2", {}, t("Where this model may be wrong")),
    h(
      "p",
      {},
      t(
        "Each switch weakens the crash that opens this page; with other settings some do not. Beside it is the result of these settings with that switch alone.",
      ),
    ),
    table([t("Switch"), move_name, t("R")], lines),
  ];
}

/**
 * A table whose first column has a name with its meaning below.
 * @param {string[]} head
 * @param {Line[]} rows
 */
function table(head, rows) {
  return h(
    "table",
    {},
    h("thead", {}, h("tr", {}, ...head.map((words) => h(words ? "th" : "td", words ? { scope: "col" } : {}, words)))),
    h(
      "tbody",
      {},
      ...rows.map(([[name, meaning], ...cells]) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, name, ...(meaning ? [h("small", {}, meaning)] : [])),
          ...cells.map((words) => h("td", {}, words)),
        ),
      ),
    ),
  );
}
