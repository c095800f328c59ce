// The smaller panels of the laboratory: the loop in one second, the figures, the seed.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** @import { KeyFigure, Moment, Summary } from "../pkg/full.js" */

/** The feedback loop in one second: four numbers, each the cause of the next. */
export function loop() {
  const cells = /** @type {const} */ (["price", "triggered", "sold", "moved"]).map(
    (name) => /** @type {const} */ ([name, h("b", { className: name })]),
  );
  const time = h("p", { className: "time" });
  const labels = [
    t("The price stands at"),
    t("Bots newly at their limit"),
    t("Forced sales this second"),
    t("The price moves by"),
  ];
  const list = h(
    "ol",
    { className: "loop" },
    ...cells.map(([, value], i) => h("li", {}, h("span", {}, labels[i]), value)),
  );
  return {
    element: h("section", { className: "now", "aria-label": t("The feedback loop in this second") }, time, list),
    /** @param {Moment} moment */
    show(moment) {
      time.textContent = moment.halted ? t("{time}: trade is halted", { time: moment.time }) : moment.time;
      for (const [name, value] of cells) value.textContent = moment[name];
    },
  };
}

/** The numbers beside the picture, with their meaning. */
export function figures() {
  const element = h("dl", { className: "figures" });
  return {
    element,
    /** @param {KeyFigure[]} list */
    show(list) {
      element.replaceChildren(
        ...list.map(({ id, label, value, meaning }) =>
          h("div", { className: id }, h("dt", {}, label), h("dd", {}, h("b", {}, value), h("span", {}, meaning))),
        ),
      );
    },
  };
}

/**
 * Buttons for new draws, and for repeating the same ones.
 * @param {() => void} reseed
 * @param {() => void} repeat
 */
export function seedButtons(reseed, repeat) {
  const words = h("p", { className: "seed-words", role: "status" });
  const fresh = h("button", { type: "button", className: "new-seed" }, t("Same settings, another crowd"));
  const same = h("button", { type: "button", className: "same-seed" }, t("Same crowd again (same seed)"));
  fresh.addEventListener("click", reseed);
  same.addEventListener("click", repeat);
  return {
    element: h("div", { className: "seeds" }, fresh, same, words),
    /**
     * Reports a new crowd.
     * @param {string} seed
     */
    reseeded(seed) {
      words.textContent = t("Another crowd, drawn with seed {seed}.", { seed });
    },
    /**
     * Reports whether the run was reproduced; `before` is its earlier digest.
     * @param {Summary} summary
     * @param {string} before
     */
    repeated({ seed, digest }, before) {
      words.textContent =
        digest === before
          ? t("Run again with seed {seed}: the same to the last bit (digest {digest}).", { seed, digest })
          : t("Run again with seed {seed}: not the same, it was {before} (digest {digest}).", { seed, before, digest });
    },
  };
}
