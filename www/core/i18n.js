// The language of the page. Messages are in English in the scripts and in Rust; the English text is the key of its
// translation in a catalogue. A message without translation stays in English.

/**
 * Values for the placeholders of a message.
 * @typedef {Record<string, string | number>} Values
 */

/**
 * Translations into the current language, by English text.
 * @type {Map<string, string> | undefined}
 */
let words;

/** The current language: English until a catalogue has loaded. */
export let speaking = "en";

/**
 * The arguments of `speak` in web.rs, so that the simulator uses the same language; undefined for English.
 * @typedef {[catalogue: string, group: string, decimal: string, leftward: boolean]} Spoken
 * @type {Spoken | undefined}
 */
export let spoken;

/**
 * The promise of the page's language, which the first element decides.
 * @type {Promise<void> | undefined}
 */
let loading;

/**
 * A pattern with its placeholders replaced by values.
 * @param {string} pattern
 * @param {Values} values
 */
const fill = (pattern, values) =>
  pattern.replace(/\{(\w+)\}/g, (all, name) => /** @type {string} */ (values[name] ?? all));

/**
 * A message in the current language, with placeholders replaced by values: `t("Seed {seed}", { seed })`.
 * @param {string} english
 * @param {Values} values
 */
export const t = (english, values = {}) => fill(words?.get(english) ?? english, values);

/**
 * A message whose form depends on a count: `plural("1 run", "{count} runs", count, { count })`. English has one form
 * for 1 and one for all other counts; catalogue.js assigns forms to counts.
 * @param {string} one
 * @param {string} other
 * @param {number} count
 * @param {Values} values
 */
export function plural(one, other, count, values) {
  const forms = /** @type {string} */ (words?.get(""));
  const own = words?.get(one)?.split("\t")[+forms[count < 200 ? count : 100 + (count % 100)]];
  return fill(own ?? (count === 1 ? one : other), values);
}

/**
 * The writing direction of a language, as in HTML.
 * @param {string} language
 * @returns {"ltr" | "rtl"}
 */
export const direction = (language = speaking) => (language === "ar" ? "rtl" : "ltr");

/** The languages of the page other than English. */
const LANGUAGES = ["es", "fr", "de", "zh-Hans", "ar"];

/**
 * The language of an element: the nearest supported `lang` of its ancestors, or else English.
 * @param {Element} element
 */
export function languageOf(element) {
  const wanted = /** @type {HTMLElement | null} */ (element.closest("[lang]"))?.lang || document.documentElement.lang;
  const script = /^zh\b(?!.*\b(Hant|TW|HK|MO)\b)/i.test(wanted) ? "zh-Hans" : wanted.split("-")[0].toLowerCase();
  return LANGUAGES.find((language) => language === script);
}

/**
 * Resolves when that language has loaded, or failed to load: then the page stays in English, and the console says why.
 * A page has one language, that of the first call.
 * @param {string} [language]
 */
export function speak(language) {
  loading ??= language === undefined ? Promise.resolve() : load(language);
  return loading;
}

/** @param {string} language */
async function load(language) {
  try {
    // A page in English does not load this module.
    ({ words, spoken } = await (await import("./catalogue.js")).catalogue(language, direction(language)));
    speaking = language;
  } catch (error) {
    console.error(error);
  }
}
