// Numbers and dates as the language that is spoken writes them, with the digits that the drawings have.

import { speaking } from "./i18n.js";

const locale = () => `${speaking}-u-nu-latn`;

/** A number, with marks between its thousands. */
export const count = (number) => new Intl.NumberFormat(locale()).format(number);

/** A number with so many decimal places. */
export const decimal = (number, places) =>
  new Intl.NumberFormat(locale(), { minimumFractionDigits: places, maximumFractionDigits: places }).format(number);

/** The date of today. */
export const today = () =>
  new Intl.DateTimeFormat(speaking === "en" ? "en-GB" : locale(), { dateStyle: "long" }).format();
