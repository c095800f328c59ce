// The language of the page. English stands in the scripts and in Rust, where it is also the key under which a catalogue
// holds the same in another language; what a catalogue does not hold is said in English.

/** Words of the language that is spoken, by their English. */
let words = new Map();

/** What the simulator must know to speak the same language: see `speak` in web.rs. Nothing while it is English. */
export let spoken;

/** What is loading or loaded: a page has one language, that of the first element that asks. */
let loading;

/** These words in the language that is spoken, with values in the place of their names: `t("Seed {seed}", { seed })`. */
export function t(english, values = {}) {
  const pattern = words.get(english) ?? english;
  return pattern.replace(/\{(\w+)\}/g, (all, name) => (Object.hasOwn(values, name) ? values[name] : all));
}

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
    const answer = await fetch(new URL(`./words/${language}.txt`, import.meta.url));
    if (!answer.ok) throw new Error(`the server answers ${answer.status}`);
    const catalogue = await answer.text();
    words = new Map(catalogue.split("\n").map((line) => line.split("\t")).filter((pair) => pair.length === 2));
    const parts = new Intl.NumberFormat(language, { useGrouping: true }).formatToParts(1234567.5);
    const mark = (type) => parts.find((part) => part.type === type)?.value ?? "";
    spoken = [catalogue, mark("group"), mark("decimal"), language === "ar"];
  } catch (error) {
    console.error(`The words of this language could not be loaded (${error.message}); English is spoken.`);
  }
}
