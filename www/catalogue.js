// Fetches the words of a language other than English.

/** Its `words` by their English, and what the simulator must know to speak it: see `spoken` in language.js. */
export async function catalogue(language, direction) {
  const answer = await fetch(new URL(`./words/${language}.txt`, import.meta.url));
  if (!answer.ok) throw new Error(`there are no words for ${language}, the server answers ${answer.status}: English is spoken`);
  const text = await answer.text();
  // Arabic has two sets of digits: the drawings have these, and then these are the marks between them.
  const parts = new Intl.NumberFormat(`${language}-u-nu-latn`).formatToParts(1234567.5);
  const mark = (type) => parts.find((part) => part.type === type)?.value ?? "";
  return {
    words: new Map(text.split("\n").map((line) => line.split("\t")).filter((pair) => pair.length === 2)),
    spoken: [text, mark("group"), mark("decimal"), direction === "rtl"],
  };
}
