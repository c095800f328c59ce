// The story of a historical day: published figures beside simulated ones, and the source of each input.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { count, decimal } from "../core/number-format.js";

/**
 * A historical day, as `xtask/src/episodes.rs` writes it.
 * @typedef {object} Day
 * @property {string} id
 * @property {{ status: "published" | "fitted" | "assumed", label: string, value: string, words: string }[]} inputs
 * @property {DayFigure[]} figures
 * @property {string} limits
 * @property {{ name: string, what: string }[]} sources
 *
 * @typedef {{ what: string, unit: string, fitted: boolean, published: string, within: boolean | null } & (
 *   { simulated: number, ratio: number, crowds: DayCrowds } |
 *   { simulated: null, ratio: null, crowds: DayCrowds | null })} DayFigure A figure; null where the model has none.
 * @typedef {{ count: number, low: number, median: number, high: number }} DayCrowds How many of a hundred crowds have it,
 *   its median over them, and the range of nine of ten.
 */

/** @type {Promise<Day[]> | undefined} */
let loading;

/**
 * The file of `cargo xtask build` with all days, loaded once for the page.
 * @returns {Promise<Day[]>}
 */
function all() {
  loading ??= fetch(new URL("../episodes.json", import.meta.url)).then((answer) => {
    if (!answer.ok) throw new Error(t("the server answers {status}", { status: answer.status }));
    return answer.json();
  });
  loading.catch(() => (loading = undefined));
  return loading;
}

/**
 * The elements that tell the story of the day with this id.
 * @param {string} id
 */
export async function story(id) {
  const day = /** @type {Day} */ ((await all()).find((one) => one.id === id));
  const states = /** @type {const} */ (["published", "fitted", "assumed"]);
  const titles = { published: t("Inputs published"), fitted: t("Inputs fitted"), assumed: t("Inputs assumed") };
  const inputs = states.flatMap((status) => {
    const own = day.inputs.filter((input) => input.status === status);
    const lines = own.map(({ label, value, words }) => {
      const name = t("{label}: {value}.", { label: t(label), value: t(value) });
      return h("p", {}, h("b", {}, name, " "), t(words));
    });
    return lines.length === 0 ? [] : [h("dt", {}, titles[status]), h("dd", {}, ...lines)];
  });
  return [
    figures(day.figures),
    h(
      "dl",
      { className: "facts" },
      ...inputs,
      h("dt", {}, t("Not in the model")),
      h("dd", {}, t(day.limits)),
      h("dt", {}, t("Sources")),
      h("dd", {}, ...day.sources.map(({ name, what }) => h("p", {}, h("cite", {}, t(name)), `: ${t(what)}`))),
    ),
  ];
}

/** @param {DayFigure[]} rows */
function figures(rows) {
  /** @param {number} value */
  const number = (value) => count(Number(value.toPrecision(3)));
  /** @param {DayFigure} row */
  const here = ({ simulated, ratio, within }) => {
    if (simulated === null) return t("not in the model");
    const numbers = { simulated: number(simulated), ratio: decimal(ratio, 2) };
    return within === false
      ? t("{simulated} (off, ratio {ratio})", numbers)
      : t("{simulated} (ratio {ratio})", numbers);
  };
  /** @param {DayCrowds | null} crowds */
  const range = (crowds) => {
    if (!crowds) return [];
    const [low, median, high] = [crowds.low, crowds.median, crowds.high].map(number);
    const words =
      low === high
        ? t("nearly all of {crowds} crowds: {median}", { crowds: count(crowds.count), median })
        : t("{crowds} crowds: median {median}, nine of ten from {low} to {high}", {
            crowds: count(crowds.count),
            median,
            low,
            high,
          });
    return [h("small", {}, words)];
  };
  /** @param {DayFigure} row */
  const line = (row) => {
    const name = row.unit ? t("{what}, {unit}", { what: t(row.what), unit: t(row.unit) }) : t(row.what);
    const fitted = row.fitted ? [h("small", {}, t("inputs were fitted to it"))] : [];
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, name, ...fitted),
      h("td", {}, t(row.published)),
      h("td", {}, here(row), ...range(row.crowds)),
    );
  };
  const head = [t("Figure"), t("Published"), t("Here")].map((words) => h("th", { scope: "col" }, words));
  return h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows.map(line)));
}
