// Fetches the translations of a language other than English.

/** @import { Spoken } from "./i18n.js" */

/** Time limit for the translations, ms. */
const LONGEST = 8000;

/**
 * The plural form of each count from 0 to 199, a digit each; they repeat every hundred from there on. Forms are in the
 * order of the catalogues and of Unicode.
 * @param {string} language
 */
function formsOf(language) {
  const rules = new Intl.PluralRules(language);
  const kinds = Array.from({ length: 200 }, (_, count) => rules.select(count));
  const own = /** @type {const} */ (["zero", "one", "two", "few", "many", "other"]).filter((kind) =>
    kinds.includes(kind),
  );
  return kinds.map((kind) => own.indexOf(kind)).join("");
}

/**
 * The `words` of a language by their English text, and the arguments with which the simulator speaks it: see i18n.js.
 * @param {string} language
 * @param {"ltr" | "rtl"} direction
 * @returns {Promise<{ words: Map<string, string>, spoken: Spoken }>}
 */
export async function catalogue(language, direction) {
  // A figure waits for its translations, up to a limit.
  const signal = AbortSignal.timeout(LONGEST);
  const answer = await fetch(new URL(`../words/${language}.txt`, import.meta.url), { signal });
  if (!answer.ok)
    throw new Error(`there are no words for ${language}, the server answers ${answer.status}: English is spoken`);
  const text = await answer.text();
  const words = new Map([...text.matchAll(/^([^\t\n]+)\t(.+)$/gm)].map(([, english, own]) => [english, own]));
  // A server may answer with an error page.
  if (words.size === 0) throw new Error(`what came as the words for ${language} is something else: English is spoken`);
  const forms = formsOf(language);
  words.set("", forms);
  // Arabic has two sets of digits. The drawings use the Latin ones, with the separators that belong to them.
  const parts = new Intl.NumberFormat(`${language}-u-nu-latn`).formatToParts(1234567.5);
  /** @param {Intl.NumberFormatPartTypes} type */
  const mark = (type) => parts.find((part) => part.type === type)?.value ?? "";
  return {
    words,
    spoken: [`\t${forms}\n${text}`, mark("group"), mark("decimal"), direction === "rtl"],
  };
}
