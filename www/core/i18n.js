// The language of the page. Messages stand in English in the scripts and in Rust; the English text is the key under which a
// catalogue holds its translation. A message that a catalogue lacks stays in English.

/** Messages in the language that is spoken, by their English text. */
let words;

/** The language that is spoken: English until another catalogue has come. */
export let speaking = "en";

/** The arguments of `speak` in web.rs, so that the simulator speaks the same language; undefined while it is English. */
export let spoken;

/** The promise of the language of the page, which is that of the first element that asks. */
let loading;

/** A pattern with values in the place of their names. */
const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

/** A message in the language that is spoken, with values in the place of their names: `t("Seed {seed}", { seed })`. */
export const t = (english, values = {}) => fill(words?.get(english) ?? english, values);

/**
 * A message whose nouns depend on a count; English has one form for one and one for all other counts:
 * `plural("1 run", "{count} runs", count, { count })`. Which form belongs to which count: catalogue.js.
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
 * console says why. A page has one language, that of the first call.
 */
export function speak(language) {
  loading ??= language === undefined ? Promise.resolve() : load(language);
  return loading;
}

async function load(language) {
  try {
    // A page in English does not load this.
    ({ words, spoken } = await (await import("./catalogue.js")).catalogue(language, direction(language)));
    speaking = language;
  } catch (error) {
    console.error(error);
  }
}
