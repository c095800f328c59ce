// Situations to choose from: settings with a name and, for days that happened, what is known of them.

import { h } from "./dom.js";

/** The presets and, for days that happened, what is known of them. */
export function presetPicker(presets, choose, name = "Situation") {
  const select = h(
    "select",
    { className: "preset" },
    h("option", { value: "", hidden: true }, "your own settings"),
    ...presets.map(({ id, name }) => h("option", { value: id }, name)),
  );
  const words = h("p", { className: "preset-words" });
  const facts = h("div", {});
  const story = h("details", { className: "episode" }, h("summary", {}, "What is published, fitted and assumed"), facts);
  let told;
  const tell = async () => {
    const id = last?.id;
    if (!story.open || story.hidden || told === id) return;
    told = id;
    try {
      const parts = await (await import("./story.js")).story(id);
      if (told === id) facts.replaceChildren(...parts);
    } catch (error) {
      told = undefined;
      facts.replaceChildren(h("p", {}, `This could not be loaded: ${error.message}. Close it and open it again.`));
    }
  };
  story.addEventListener("toggle", tell);
  select.addEventListener("change", () => choose(presets.find(({ id }) => id === select.value)));
  let last;
  return {
    element: h("div", { className: "presets" }, h("label", {}, `${name} `, select), words, story),
    /** Shows which preset these settings are, if any. */
    show(query) {
      const preset = presets.find(({ written }) => written === query);
      select.value = preset?.id ?? "";
      if (preset === last && last !== undefined) return;
      last = preset;
      words.textContent = preset?.words ?? "";
      story.hidden = !preset?.episode;
      tell();
    },
  };
}
