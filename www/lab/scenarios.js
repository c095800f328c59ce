// The choice of scenarios: named settings and, for historical days, their published data.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** @import { Named } from "../element/layout.js" */

/**
 * The scenarios and, for historical days, the known facts.
 * @param {Named[]} scenarios
 * @param {(scenario: Named) => void} choose
 */
export function scenarioPicker(scenarios, choose, name = t("Situation")) {
  const select = h(
    "select",
    { className: "scenario" },
    h("option", { value: "", hidden: true }, t("your own settings")),
    ...scenarios.map(({ id, name }) => h("option", { value: id }, name)),
  );
  const words = h("p", { className: "scenario-words" });
  const facts = h("div", {});
  const story = h(
    "details",
    { className: "episode" },
    h("summary", {}, t("What is published, fitted and assumed")),
    facts,
  );
  /** @type {string | undefined} */
  let told;
  const tell = async () => {
    const id = last?.id;
    if (!story.open || story.hidden || id === undefined || told === id) return;
    told = id;
    try {
      const parts = await (await import("./story.js")).story(id);
      if (told === id) facts.replaceChildren(...parts);
    } catch (error) {
      told = undefined;
      const reason = /** @type {Error} */ (error).message;
      facts.replaceChildren(
        h("p", {}, t("This could not be loaded: {reason}. Close it and open it again.", { reason })),
      );
    }
  };
  story.addEventListener("toggle", tell);
  select.addEventListener("change", () => {
    const scenario = scenarios.find(({ id }) => id === select.value);
    if (scenario) choose(scenario);
  });
  /** @type {Named | undefined} */
  let last;
  return {
    element: h("div", { className: "scenarios" }, h("label", {}, `${name} `, select), words, story),
    /**
     * Shows which scenario these settings match, if any.
     * @param {string} query
     */
    show(query) {
      const scenario = scenarios.find(({ written }) => written === query);
      select.value = scenario?.id ?? "";
      if (scenario === last && last !== undefined) return;
      last = scenario;
      words.textContent = scenario?.words ?? "";
      story.hidden = !scenario?.episode;
      tell();
    },
  };
}
