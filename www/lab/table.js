// The run as a table of its most informative seconds; each row moves the time cursor to its second.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";

/**
 * @import { Table } from "../pkg/full.js"
 * @import { Run } from "./outputs.js"
 */

/**
 * Fills `element`. `run.lab()` has the table of the visible span, `run.go(second)` moves the time cursor.
 * `moved(second)` marks the row of the cursor.
 * @param {HTMLElement} element
 * @param {Run} run
 */
export function table(element, run) {
  const region = h("div", { className: "rows", role: "region", tabIndex: 0, "aria-label": t("The run as a table") });
  element.append(region);
  let shown = ""; // the query and the span of the table
  /** @type {[second: number, row: HTMLElement][]} */
  let rows = [];
  /** @type {HTMLElement | undefined} */
  let marked;

  /** @param {Table} table */
  const build = ({ caption, head, rows: lines }) => {
    rows = lines.map(({ second, time, cells }) => {
      const button = h("button", { type: "button" }, time);
      button.addEventListener("click", () => run.go(second));
      const cell = h("th", { scope: "row" }, button);
      return [second, h("tr", {}, cell, ...cells.map((words) => h("td", {}, words)))];
    });
    marked = undefined;
    region.replaceChildren(
      h(
        "table",
        {},
        h("caption", {}, h("span", {}, caption)),
        h("thead", {}, h("tr", {}, ...head.map((words) => h("th", { scope: "col" }, words)))),
        h("tbody", {}, ...rows.map(([, row]) => row)),
      ),
    );
  };

  /**
   * Marks the row of a second; returns it if it was not marked before.
   * @param {number} second
   */
  const mark = (second) => {
    const row = rows.findLast(([at]) => at <= second)?.[1] ?? rows[0]?.[1];
    if (row === marked) return undefined;
    marked?.removeAttribute("aria-current");
    marked = row;
    row?.setAttribute("aria-current", "true");
    return row;
  };

  return {
    /** @param {number} second */
    moved(second) {
      const row = mark(second);
      // Scrolls to it within the table, unless the table has the pointer or the focus.
      if (!row || region.matches(":hover, :focus-within")) return;
      const under = /** @type {HTMLElement} */ (region.querySelector("thead")).offsetHeight;
      const [top, bottom] = [region.scrollTop + under, region.scrollTop + region.clientHeight];
      if (row.offsetTop < top) region.scrollTop = row.offsetTop - under;
      else if (row.offsetTop + row.offsetHeight > bottom) region.scrollTop += row.offsetTop + row.offsetHeight - bottom;
    },
    /** @param {string} query */
    show(query) {
      const now = `${query} ${run.span()}`;
      const lines = now === shown ? undefined : run.lab()?.rows(run.span());
      if (lines) {
        shown = now;
        build(lines);
      }
      mark(run.second());
    },
  };
}
