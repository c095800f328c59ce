// The reading time in the table of contents and, where the margin is wide enough, a dot for each part of the article
// beside the text, which shows where the reader is. Keyboards and screen readers have the table itself.

import { h } from "../core/dom.js";
import { plural } from "../core/i18n.js";
import { styleSheet } from "../core/style-sheets.js";

const SHEET = new URL("../css/progress.css", import.meta.url);

/** Words that a reader takes in a minute, without looking at figures. */
const PER_MINUTE = 220;

/** Where the part counts as being read. */
const READ = "-30% 0px -69% 0px";

/** @param {HTMLElement} contents the table of contents */
export async function progress(contents) {
  document.adoptedStyleSheets.push(await styleSheet(SHEET));
  const links = /** @type {HTMLAnchorElement[]} */ ([...contents.querySelectorAll("li a")]);
  const minutes = Math.max(1, Math.round(count(document.querySelector("main")?.innerText ?? "") / PER_MINUTE));
  contents
    .querySelector("h2")
    ?.append(" ", h("small", {}, plural("1 minute to read", "{minutes} minutes to read", minutes, { minutes })));

  /** @type {Map<Element, HTMLElement>} */
  const dots = new Map();
  for (const { hash, textContent } of links) {
    const part = document.querySelector(hash);
    if (part) dots.set(part, h("a", { href: hash, title: textContent ?? "", tabIndex: -1 }));
  }
  contents.after(h("div", { className: "dots", "aria-hidden": "true" }, ...dots.values()));
  const reading = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) dots.get(target)?.toggleAttribute("data-here", isIntersecting);
    },
    { rootMargin: READ },
  );
  for (const part of dots.keys()) reading.observe(part);
}

/**
 * The number of words of a text; a script without spaces is counted by the browser's dictionary.
 * @param {string} text
 */
function count(text) {
  if (!("Segmenter" in Intl)) return text.split(/\s+/).length;
  const segments = new Intl.Segmenter(document.documentElement.lang, { granularity: "word" }).segment(text);
  let words = 0;
  for (const { isWordLike } of segments) if (isWordLike) words++;
  return words;
}
