// Controls that select a price or an account without a mouse; all views highlight it.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { decimal } from "../core/number-format.js";

/**
 * @import { ViewRow } from "../pkg/full.js"
 * @import { Session } from "../element/session.js"
 */

/**
 * A slider of falls and, if one of the views is the family tree, a field for an account number. `light(what, value)`
 * highlights it. What the family tree says about it is read aloud.
 * @param {(what: string, value: number) => void} light
 * @param {Session} session
 * @param {ViewRow[]} views
 */
export function pointer(light, session, views) {
  const traces = views.some(({ name }) => name === "genealogy");
  const output = h("output", { className: "value" });
  const fall = h("input", {
    id: "point-fall",
    type: "range",
    min: 0,
    max: 50,
    step: 0.5,
    value: 0,
    className: "point-fall",
  });
  /** @param {string} words */
  const tell = (words) => {
    output.textContent = words;
    fall.setAttribute("aria-valuetext", words);
  };
  const traced = h("p", { className: "unseen", role: "status" });
  /**
   * @param {string} what
   * @param {number} value
   */
  const choose = (what, value) => {
    light(what, value);
    if (traces) traced.textContent = session.lab?.traced() ?? "";
  };
  fall.addEventListener("input", () => choose("fall", fall.valueAsNumber));
  // A label around everything would also name the output, which can have a label.
  const label = h("label", { for: fall.id }, t("Point at a fall of the price"));
  const element = h(
    "div",
    { className: "control pointer" },
    h("div", { className: "name" }, label, output),
    fall,
    traced,
  );
  /** @type {HTMLInputElement | undefined} */
  let account;
  if (traces) {
    const input = h("input", { type: "number", min: 1, step: 1, className: "point-account" });
    account = input;
    input.addEventListener("input", () => {
      const number = input.valueAsNumber;
      const known = Number.isInteger(number) && number >= 1 && number <= session.last.params.accounts;
      choose(known ? "account" : "", number - 1);
    });
    element.append(h("label", {}, t("or at account number"), " ", input));
  }
  tell(t("nothing"));
  return {
    element,
    /**
     * Shows the current highlight, whatever set it.
     * @param {{ second: number, fall: number, account: number }} mark
     */
    show(mark) {
      if (!Number.isNaN(mark.fall)) fall.value = `${mark.fall}`;
      const number = `${mark.fall < 0 ? "+" : "−"}${decimal(Math.abs(mark.fall), 1)}`;
      tell(Number.isNaN(mark.fall) ? t("nothing") : t("{number}%", { number }));
      const chosen = !Number.isNaN(mark.account);
      if (!chosen && Number.isNaN(mark.fall)) traced.textContent = "";
      // A field in use keeps what is typed.
      if (account && (chosen || !account.matches(":focus"))) account.value = chosen ? `${mark.account + 1}` : "";
    },
  };
}
