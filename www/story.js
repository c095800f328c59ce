// The story of a day that happened: published figures beside simulated ones, and where each input comes from.

import { h } from "./dom.js";

let loading;

/** What `cargo xtask build` has written about all days, once for the page. */
function all() {
  loading ??= fetch(new URL("episodes.json", import.meta.url)).then((answer) => {
    if (!answer.ok) throw new Error(`the server answers ${answer.status}`);
    return answer.json();
  });
  loading.catch(() => (loading = undefined));
  return loading;
}

/** The elements that tell the story of the day with this id. */
export async function story(id) {
  const day = (await all()).find((one) => one.id === id);
  const states = ["published", "fitted", "assumed"];
  const titles = { published: "Inputs published", fitted: "Inputs fitted", assumed: "Inputs assumed" };
  const inputs = states.flatMap((status) => {
    const own = day.inputs.filter((input) => input.status === status);
    const lines = own.map(({ label, value, words }) => h("p", {}, h("b", {}, `${label}: ${value}. `), words));
    return lines.length === 0 ? [] : [h("dt", {}, titles[status]), h("dd", {}, ...lines)];
  });
  return [
    figures(day.figures),
    h(
      "dl",
      { className: "facts" },
      ...inputs,
      h("dt", {}, "Not in the model"),
      h("dd", {}, day.limits),
      h("dt", {}, "Sources"),
      h("dd", {}, ...day.sources.map(({ name, what }) => h("p", {}, h("cite", {}, name), `: ${what}`))),
    ),
  ];
}

function figures(rows) {
  const number = (value) => Number(value.toPrecision(3)).toLocaleString("en");
  const here = ({ simulated, ratio, within }) => {
    if (simulated === null) return "not in the model";
    const off = within === false ? "off, " : "";
    return `${number(simulated)} (${off}ratio ${ratio.toFixed(2)})`;
  };
  const line = (row) => {
    const name = row.unit ? `${row.what}, ${row.unit}` : row.what;
    const fitted = row.fitted ? [h("small", {}, "inputs were fitted to it")] : [];
    return h("tr", {}, h("th", { scope: "row" }, name, ...fitted), h("td", {}, row.published), h("td", {}, here(row)));
  };
  const head = ["Figure", "Published", "Here"].map((words) => h("th", { scope: "col" }, words));
  return h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows.map(line)));
}
