// Style sheets for shadow trees. Each is fetched once for the page and shared.

import { t } from "./i18n.js";

/** @type {Map<string, Promise<CSSStyleSheet>>} */
const sheets = new Map();

/**
 * The style sheet at that address. Rejects with a message for the reader if it cannot be loaded.
 * @param {URL} address
 * @returns {Promise<CSSStyleSheet>}
 */
export function styleSheet({ href }) {
  if (!sheets.has(href)) {
    const sheet = load(href);
    sheets.set(href, sheet);
    // A later call tries again, because the network may be back.
    sheet.catch(() => sheets.delete(href));
  }
  return /** @type {Promise<CSSStyleSheet>} */ (sheets.get(href));
}

/** @param {string} href */
async function load(href) {
  try {
    // Development servers answer with a script unless the request accepts only CSS.
    const answer = await fetch(href, { headers: { accept: "text/css" } });
    if (!answer.ok) throw new Error(t("the server answers {status}", { status: answer.status }));
    return await new CSSStyleSheet().replace(await answer.text());
  } catch (cause) {
    throw new Error(
      t("The style sheet could not be loaded ({reason}).", { reason: /** @type {Error} */ (cause).message }),
      { cause },
    );
  }
}

/**
 * Adds these style sheets to a shadow tree. A different document needs copies.
 * @param {ShadowRoot} root
 * @param {CSSStyleSheet[]} sheets
 */
export function adopt(root, sheets) {
  const { CSSStyleSheet: Sheet } = root.ownerDocument.defaultView ?? self;
  /** @param {CSSStyleSheet} sheet */
  const copy = ({ cssRules }) => {
    const sheet = new Sheet();
    sheet.replaceSync([...cssRules].map(({ cssText }) => cssText).join(""));
    return sheet;
  };
  root.adoptedStyleSheets = Sheet === CSSStyleSheet ? sheets : sheets.map(copy);
}
