// Style sheets for shadow trees: each is fetched once for the page and shared.

import { t } from "./i18n.js";

const sheets = new Map();

/** The style sheet at that address. Rejects with words for a reader if it cannot be had. */
export function styleSheet({ href }) {
  if (!sheets.has(href)) {
    const sheet = load(href);
    sheets.set(href, sheet);
    // A later call tries again: the network may be back.
    sheet.catch(() => sheets.delete(href));
  }
  return sheets.get(href);
}

async function load(href) {
  try {
    // Development servers answer with a script unless a style sheet is asked for by its type.
    const answer = await fetch(href, { headers: { accept: "text/css" } });
    if (!answer.ok) throw new Error(t("the server answers {status}", { status: answer.status }));
    return await new CSSStyleSheet().replace(await answer.text());
  } catch (cause) {
    throw new Error(t("The style sheet could not be loaded ({reason}).", { reason: cause.message }), { cause });
  }
}

/** Gives these style sheets to a shadow tree. Another document than that of the page needs copies. */
export function adopt(root, sheets) {
  const { CSSStyleSheet: Sheet } = root.ownerDocument.defaultView ?? self;
  const copy = ({ cssRules }) => {
    const sheet = new Sheet();
    sheet.replaceSync([...cssRules].map(({ cssText }) => cssText).join(""));
    return sheet;
  };
  root.adoptedStyleSheets = Sheet === CSSStyleSheet ? sheets : sheets.map(copy);
}
