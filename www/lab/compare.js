// The comparison of two runs on the same draws, with one of them kept; undo and redo.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";

/**
 * @param {string} name
 * @param {string} text
 */
const button = (name, text) => h("button", { type: "button", className: name }, text);

/**
 * Buttons to keep a run, to show both side by side, to undo and redo. `on.query()` returns the query of the current
 * run, if any. `on.keep(beside)` keeps it, `on.letGo()` drops it, `on.beside(shown)` shows or hides its picture,
 * `on.set(query)` goes to a state; `on.atEnd()` returns whether the cursor is at the end of the visible span.
 * @param {object} on
 * @param {() => string | undefined} on.query
 * @param {(beside: boolean) => void} on.keep
 * @param {() => void} on.letGo
 * @param {(shown: boolean) => void} on.beside
 * @param {(query: string) => void} on.set
 * @param {() => boolean} on.atEnd
 */
export function compare(on) {
  const keep = button("keep", t("Keep this run to compare"));
  const beside = button("beside-button", t("Side by side"));
  const undo = button("undo", t("Undo"));
  const redo = button("redo", t("Redo"));
  const words = h("p", { className: "compare-words", role: "status" });
  let kept = false;
  let apart = false;
  let told = ""; // why the run was kept
  /** @type {string[]} */
  const past = []; // settled states, the current one last
  /** @type {string[]} */
  const undone = [];

  const show = () => {
    keep.textContent = kept ? t("Discard the kept run") : t("Keep this run to compare");
    beside.hidden = !kept;
    beside.setAttribute("aria-pressed", `${apart}`);
    const now = apart ? t("The two runs stand side by side, on the same axes.") : told;
    if (words.textContent !== now) words.textContent = now;
    undo.disabled = past.length < 2;
    redo.disabled = undone.length === 0;
    undo.hidden = redo.hidden = undo.disabled && redo.disabled;
  };
  /** @param {string} text */
  const start = (text) => {
    on.keep(false);
    kept = true;
    told = text;
    show();
  };
  const end = () => {
    on.beside((apart = false));
    on.letGo();
    kept = false;
    told = "";
    show();
  };

  keep.addEventListener("click", () =>
    kept ? end() : start(t("This run is kept. Change a rule: the same draws run again, and the difference is shaded.")),
  );
  beside.addEventListener("click", () => {
    apart = !apart;
    on.keep(apart);
    on.beside(apart);
    show();
  });
  undo.addEventListener("click", () => {
    // A state that has not settled yet is the one to leave.
    const now = on.query();
    if (now !== undefined && now !== past.at(-1)) {
      past.push(now);
      undone.length = 0;
    }
    const left = past.pop();
    const to = past.at(-1);
    if (left === undefined || to === undefined) return;
    undone.push(left);
    on.set(to);
    show();
    if (undo.disabled) redo.focus();
  });
  redo.addEventListener("click", () => {
    const to = undone.pop();
    if (to === undefined) return;
    past.push(to);
    on.set(to);
    show();
    if (redo.disabled) undo.focus();
  });
  show();

  return {
    element: h("div", { className: "compare" }, keep, beside, undo, redo, words),
    /**
     * Keeps the current run before a change of a rule, if the cursor is in mid-run.
     * @param {number | undefined} second
     */
    changing(second) {
      if (kept || second === undefined || on.atEnd()) return;
      start(t("The run before your change is kept, and the difference is shaded. Play goes on from this second."));
    },
    /**
     * Adds settled settings to the history.
     * @param {string} query
     */
    rested(query) {
      if (past.at(-1) === query) return;
      past.push(query);
      undone.length = 0;
      show();
    },
    /** Forgets the kept run, which is lost with its simulator. */
    restarted() {
      if (kept) end();
    },
  };
}
