// The language of the page. English stands in the scripts and in Rust, where it is also the key under which a catalogue
// holds the same in another language; what a catalogue does not hold is said in English.

/** Words of the language that is spoken, by their English. */
let words;

/** The language that is spoken: English until the words of another have come. */
export let speaking = "en";

/** What the simulator must know to speak the same language: see `speak` in web.rs. Nothing while it is English. */
export let spoken;

/** What is loading or loaded: a page has one language, that of the first element that asks. */
let loading;

/** A pattern with values in the place of their names. */
const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

/** These words in the language that is spoken, with values in the place of their names: `t("Seed {seed}", { seed })`. */
export const t = (english, values = {}) => fill(words?.get(english) ?? english, values);

/**
 * Words whose nouns depend on a count, first as they are in English for one and then for any other count:
 * `plural("1 run", "{count} runs", count, { count })`. What words there are for nothing says which form is whose: see
 * catalogue.js.
 */
export function plural(one, other, count, values) {
  const own = words?.get(one)?.split("\t")[words.get("")[count < 200 ? count : 100 + (count % 100)]];
  return fill(own ?? (count === 1 ? one : other), values);
}

/** The direction in which a language is written, as HTML names it. */
export const direction = (language = speaking) => (language === "ar" ? "rtl" : "ltr");

/** The languages of the page, without English. */
const LANGUAGES = ["es", "fr", "de", "zh-Hans", "ar"];

/** The language of an element: that of its nearest ancestor with a `lang` that the page speaks. English otherwise. */
export function languageOf(element) {
  const wanted = element.closest("[lang]")?.lang || document.documentElement.lang;
  const script = /^zh\b(?!.*\b(Hant|TW|HK|MO)\b)/i.test(wanted) ? "zh-Hans" : wanted.split("-")[0].toLowerCase();
  return LANGUAGES.find((language) => language === script);
}

/**
 * Resolves when the words of that language are there, or are known not to come: then English is spoken, and the
 * console says why. A page has one language, that of whoever asks first.
 */
export function speak(language) {
  loading ??= language === undefined ? Promise.resolve() : load(language);
  return loading;
}

async function load(language) {
  try {
    // Who reads English does without.
    ({ words, spoken } = await (await import("./catalogue.js")).catalogue(language, direction(language)));
    speaking = language;
  } catch (error) {
    console.error(error);
  }
}
