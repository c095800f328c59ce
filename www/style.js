// Style sheets for what lives in shadow trees: each is fetched once for the page and shared.

import { t } from "./language.js";

const sheets = new Map();

/** The style sheet of that name beside this script. Rejects with words for a reader if it cannot be had. */
export function styleSheet(name) {
  if (!sheets.has(name)) {
    const sheet = load(name);
    sheets.set(name, sheet);
    // Whoever asks again tries again: the network may be back.
    sheet.catch(() => sheets.delete(name));
  }
  return sheets.get(name);
}

async function load(name) {
  try {
    const answer = await fetch(new URL(name, import.meta.url));
    if (!answer.ok) throw new Error(t("the server answers {status}", { status: answer.status }));
    return await new CSSStyleSheet().replace(await answer.text());
  } catch (cause) {
    throw new Error(t("The style sheet could not be loaded ({reason}).", { reason: cause.message }), { cause });
  }
}
