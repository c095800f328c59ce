// The story of a historical day: published figures beside simulated ones, and the source of each input.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { count, decimal } from "../core/number-format.js";

let loading;

/** The file of `cargo xtask build` with all days, loaded once for the page. */
function all() {
  loading ??= fetch(new URL("../episodes.json", import.meta.url)).then((answer) => {
    if (!answer.ok) throw new Error(t("the server answers {status}", { status: answer.status }));
    return answer.json();
  });
  loading.catch(() => (loading = undefined));
  return loading;
}

/** The elements that tell the story of the day with this id. */
export async function story(id) {
  const day = (await all()).find((one) => one.id === id);
  const states = ["published", "fitted", "assumed"];
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

function figures(rows) {
  const number = (value) => count(Number(value.toPrecision(3)));
  const here = ({ simulated, ratio, within }) => {
    if (simulated === null) return t("not in the model");
    const numbers = { simulated: number(simulated), ratio: decimal(ratio, 2) };
    return within === false
      ? t("{simulated} (off, ratio {ratio})", numbers)
      : t("{simulated} (ratio {ratio})", numbers);
  };
  const line = (row) => {
    const name = row.unit ? t("{what}, {unit}", { what: t(row.what), unit: t(row.unit) }) : t(row.what);
    const fitted = row.fitted ? [h("small", {}, t("inputs were fitted to it"))] : [];
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, name, ...fitted),
      h("td", {}, t(row.published)),
      h("td", {}, here(row)),
    );
  };
  const head = [t("Figure"), t("Published"), t("Here")].map((words) => h("th", { scope: "col" }, words));
  return h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows.map(line)));
}
