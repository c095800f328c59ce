// Numbers and dates in the format of the current language, with the digits of the drawings.

import { speaking } from "./i18n.js";

const locale = () => `${speaking}-u-nu-latn`;

/**
 * A number with thousands separators.
 * @param {number} number
 */
export const count = (number) => new Intl.NumberFormat(locale()).format(number);

/**
 * A number with `places` decimal places.
 * @param {number} number
 * @param {number} places
 */
export const decimal = (number, places) =>
  new Intl.NumberFormat(locale(), { minimumFractionDigits: places, maximumFractionDigits: places }).format(number);

/** Today's date. */
export const today = () =>
  new Intl.DateTimeFormat(speaking === "en" ? "en-GB" : locale(), { dateStyle: "long" }).format();
