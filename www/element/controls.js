// The controls, built from the table of parameters: one row, one control.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";

/**
 * @import { ControlRow, GroupName, ParamId, Params } from "../pkg/full.js"
 * @typedef {(id: ParamId, value: number | string) => void} Changed
 * @typedef {{ element: HTMLElement, show(value: number | string, text: string): void }} Control
 */

/**
 * All controls. `changed(id, value)` is called while a control moves, `released()` when a slider is released. `main`
 * holds the large ones, or all of them if `all` is set. `grouped(groups)` holds the others, in a <details> for each pair
 * of group and title. `show(params)` updates all of them.
 * @param {ControlRow[]} table
 * @param {(id: ParamId, value: number) => string} words
 * @param {Changed} changed
 * @param {boolean} all
 * @param {() => void} released
 */
export function controls(table, words, changed, all, released) {
  const made = table.map((row) => {
    if (row.choices.length > 0) return choice(row, changed);
    return row.stops.length > 0 ? slider(row, words, changed, released) : field(row, changed);
  });
  /** @type {[value: number | string, text: string][]} */
  const shown = []; // the value and text of each
  /** @param {GroupName} group */
  const of = (group) => made.filter((_, i) => all || table[i].group === group).map((control) => control.element);
  return {
    main: of("main"),
    /** @param {[group: GroupName, title: string][]} groups */
    grouped: (groups) =>
      groups.map(([group, title]) =>
        h("details", { className: "group" }, h("summary", {}, title), h("div", { className: "grid" }, ...of(group))),
      ),
    /**
     * Renames the control of a parameter.
     * @param {ParamId} id
     * @param {string} words
     */
    name(id, words) {
      const control = made[table.findIndex((row) => row.id === id)]?.element;
      const label = control?.querySelector("label");
      if (label) label.textContent = words;
      control?.querySelector(".ask")?.setAttribute("aria-label", t("{label}?", { label: words }));
    },
    /**
     * Shows the changed parameters: those with `words`.
     * @param {Params} params
     * @param {Partial<Record<ParamId, string>>} words
     */
    show(params, words) {
      made.forEach((control, i) => {
        const { id } = table[i];
        const text = words[id];
        if (text !== undefined) control.show(...(shown[i] = [params[id], text]));
      });
    },
    /** Restores the values last shown, after a refused change. */
    restore() {
      made.forEach((control, i) => control.show(...shown[i]));
    },
  };
}

/**
 * A slider over the stops of the row, so that every step is a round value.
 * @param {ControlRow} row
 * @param {(id: ParamId, value: number) => string} words
 * @param {Changed} changed
 * @param {() => void} released
 * @returns {Control}
 */
function slider(row, words, changed, released) {
  const id = `slider-${row.name}`;
  const output = h("output", { className: "value", for: id });
  const input = h("input", { id, type: "range", min: 0, max: row.stops.length - 1, step: 1 });
  /** @param {string} text */
  const tell = (text) => {
    output.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  input.addEventListener("input", () => {
    const value = row.stops[input.valueAsNumber];
    tell(words(row.id, value));
    changed(row.id, value);
  });
  // A drag that returns to its start fires no change event.
  for (const type of ["change", "pointerup", "pointercancel", "lostpointercapture", "blur"])
    input.addEventListener(type, released);
  return {
    element: labelled(row, input, output),
    show(value, text) {
      input.value = `${nearest(row.stops, Number(value))}`;
      tell(text);
    },
  };
}

/**
 * A list of choices.
 * @param {ControlRow} row
 * @param {Changed} changed
 * @returns {Control}
 */
function choice(row, changed) {
  const select = h(
    "select",
    { id: `choice-${row.name}` },
    ...row.choices.map((value, i) => h("option", { value }, row.choice_words[i])),
  );
  select.addEventListener("change", () => changed(row.id, select.value));
  return {
    element: labelled(row, select),
    show(value) {
      select.value = String(value);
    },
  };
}

/**
 * A field for digits, used for the seed, which has no slider.
 * @param {ControlRow} row
 * @param {Changed} changed
 * @returns {Control}
 */
function field(row, changed) {
  const input = h("input", { id: `field-${row.name}`, type: "text", inputMode: "numeric", autocomplete: "off" });
  input.addEventListener("change", () => changed(row.id, input.value));
  return {
    element: labelled(row, input),
    show(value) {
      input.value = String(value);
    },
  };
}

/**
 * A control with its name, its value and a question mark that opens its explanation.
 * @param {ControlRow} row
 * @param {HTMLElement} input
 * @param {HTMLElement[]} value
 */
function labelled(row, input, ...value) {
  const help = h("small", { id: `${input.id}-help`, popover: "auto", part: "hint" }, row.help);
  input.setAttribute("aria-describedby", help.id);
  const ask = h(
    "button",
    {
      type: "button",
      className: "ask",
      popoverTargetElement: help,
      part: "hint",
      "aria-label": t("{label}?", { label: row.label }),
    },
    "?",
  );
  const name = h("div", { className: "name" }, h("label", { for: input.id }, row.label), ask, ...value);
  return h("div", { className: `control ${row.name}` }, name, input, help);
}

/**
 * Index of the stop nearest to a value.
 * @param {number[]} stops
 * @param {number} value
 */
function nearest(stops, value) {
  let best = 0;
  stops.forEach((stop, i) => {
    if (Math.abs(stop - value) < Math.abs(stops[best] - value)) best = i;
  });
  return best;
}
