// The definition of a term beside its link: a popover with the words of the glossary. The page does not move. If
// anything is missing, `define` rejects, and the article follows the link.

import { h } from "../core/dom.js";
import { languageOf, speak, t } from "../core/i18n.js";
import { styleSheet } from "../core/style-sheets.js";

/** Time limit for the glossary and its style sheet, ms. */
const LONGEST = 4000;

/** Distance between word and popover, and from the edges of the window, px. */
const GAP = 8;

/** @typedef {Document | DocumentFragment} Glossary */

/**
 * The glossary and the style sheet, once they have been asked for.
 * @type {Promise<Glossary> | undefined}
 */
let loading;

/**
 * The link whose definition is shown, and its popover.
 * @type {{ link: HTMLAnchorElement, box: HTMLElement } | undefined}
 */
let shown;

/**
 * The link that was pressed while its definition was shown. The browser closes a popover before such a click arrives.
 * @type {HTMLAnchorElement | undefined}
 */
let pressed;

document.addEventListener("pointerdown", ({ target }) => {
  pressed = shown?.link.contains(/** @type {Node} */ (target)) ? shown.link : undefined;
});

/**
 * Shows the definition of the term that a link names, or hides it if it is shown.
 * @param {HTMLAnchorElement} link
 */
export async function define(link) {
  const again = shown?.link === link || pressed === link;
  pressed = undefined;
  shown?.box.hidePopover();
  if (again) return;
  const address = /** @type {string} */ (link.getAttribute("href"));
  const at = address.lastIndexOf("#");
  const [page, id] = [address.slice(0, at), address.slice(at + 1)];
  loading ??= load(link, page);
  // A later click tries again, because the network may be back.
  loading.catch(() => (loading = undefined));
  const term = (await loading).getElementById(id);
  if (!term?.nextElementSibling) throw new Error(`the glossary has no ${id}`);
  show(link, page, [term, term.nextElementSibling]);
}

/**
 * The glossary of that page, with the style sheet and the language in place.
 * @param {Element} link
 * @param {string} page
 */
async function load(link, page) {
  const style = styleSheet(new URL("../css/glossary.css", import.meta.url));
  // The single file has its other pages in templates.
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById(page.replace(/^#/, "")));
  const all = Promise.all([style, template?.content ?? fetched(page), speak(languageOf(link))]);
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => setTimeout(reject, LONGEST, new Error("the definition takes too long")));
  const [sheet, glossary] = await Promise.race([all, late]);
  document.adoptedStyleSheets.push(sheet);
  return glossary;
}

/**
 * A page of the site as an inert document. Trusted types forbid a parser of strings here, and the browser parses what
 * this request returns.
 * @param {string} page
 * @returns {Promise<Document>}
 */
const fetched = (page) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", page);
    request.responseType = "document";
    request.addEventListener("loadend", () =>
      request.response ? resolve(request.response) : reject(new Error(`${page} did not arrive`)),
    );
    request.send();
  });

/**
 * @param {HTMLAnchorElement} link
 * @param {string} page
 * @param {Element[]} entry term and definition
 */
function show(link, page, entry) {
  const [term, definition] = entry.map((part) => document.importNode(part, true).childNodes);
  // In the text behind the word, so that the Tab key finds it there.
  const box = h(
    "span",
    {
      className: "definition",
      role: "dialog",
      "aria-labelledby": "definition-term",
      "aria-describedby": "definition-words",
      popover: "auto",
      tabIndex: -1,
    },
    h("b", { id: "definition-term" }, ...term),
    h("span", { id: "definition-words" }, ...definition),
    h(
      "span",
      { className: "buttons" },
      h("a", { href: page }, t("Whole glossary")),
      h("button", { type: "button", onclick: () => box.hidePopover() }, t("Close")),
    ),
  );
  // The figures above may still change the height of the page.
  const observer = new ResizeObserver(() => place(link, box));
  box.addEventListener("beforetoggle", ({ newState }) => {
    if (newState === "open") return;
    shown = undefined;
    link.ariaExpanded = "false";
    observer.disconnect();
  });
  // After the browser has returned the focus to the link.
  box.addEventListener("toggle", ({ newState }) => newState === "closed" && box.remove());
  link.after(box);
  // Safari does not focus links that are clicked, and the focus returns to where it was.
  link.focus({ preventScroll: true });
  box.showPopover();
  shown = { link, box };
  link.ariaExpanded = "true";
  place(link, box);
  // Not by `autofocus`, which would scroll to the box before it has its place.
  box.focus({ preventScroll: true });
  observer.observe(document.body);
}

/**
 * Places a popover below the word, or above it if there is more room. It scrolls with the text; in a narrow window the
 * style sheet keeps it at the bottom instead.
 * @param {Element} link
 * @param {HTMLElement} box
 */
function place(link, box) {
  // A word may be broken over two lines.
  const lines = link.getClientRects();
  const [first, last] = [lines[0], lines[lines.length - 1]];
  const { width, height } = box.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const start = getComputedStyle(link).direction === "rtl" ? last.right - width : last.left;
  const left = Math.max(GAP, Math.min(start, clientWidth - width - GAP));
  const below = last.bottom + GAP + height <= clientHeight || first.top < GAP + height;
  const top = below ? last.bottom + GAP : first.top - GAP - height;
  box.style.setProperty("--left", `${left + scrollX}px`);
  box.style.setProperty("--top", `${top + scrollY}px`);
}
