// Style sheets for what lives in shadow trees: each is fetched once for the page and shared.

import { t } from "./i18n.js";

const sheets = new Map();

/** The style sheet at that address. Rejects with words for a reader if it cannot be had. */
export function styleSheet({ href }) {
  if (!sheets.has(href)) {
    const sheet = load(href);
    sheets.set(href, sheet);
    // Whoever asks again tries again: the network may be back.
    sheet.catch(() => sheets.delete(href));
  }
  return sheets.get(href);
}

async function load(href) {
  try {
    // Servers that put a page together while it is written have scripts for whoever does not say so.
    const answer = await fetch(href, { headers: { accept: "text/css" } });
    if (!answer.ok) throw new Error(t("the server answers {status}", { status: answer.status }));
    return await new CSSStyleSheet().replace(await answer.text());
  } catch (cause) {
    throw new Error(t("The style sheet could not be loaded ({reason}).", { reason: cause.message }), { cause });
  }
}
