// The code that puts a figure in a certain state into another page: a frame with the height that the figure has in a
// column of text, and the script that fits the frame to other widths.

import { h } from "../core/dom.js";
import { speaking, t } from "../core/i18n.js";
import { copy } from "./copy.js";

/** Usual widths of the text of an article, px. */
const WIDTHS = [640, 680, 720];

/** The padding that embed.html adds around a figure, rem. */
const PADDING = 0.25;

/** Placeholder for the address of the site, for a copy that is opened from disk. */
const PLACEHOLDER_SITE = "https://example.org/deleverage/";

/** Whether other pages can load this copy of the site. A file cannot be framed by them, and has no `embed.html`. */
const served = () => /^https?:$/.test(location.protocol) && !window.carried;

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/**
 * Copies the code of a figure, which `field` then shows. `state` has the attributes of the figure: its view, parameters,
 * span and second. Returns what to tell the reader.
 * @param {HTMLTextAreaElement} field
 * @param {Record<string, string>} state
 * @param {string} title
 */
export async function copyCode(field, state, title) {
  const attributes = { ...state, controls: "bots leverage", ...(speaking === "en" ? {} : { lang: speaking }) };
  const height = await needed(attributes);
  const site = served() ? new URL(".", location.href).href.replace(/[?#].*/, "") : PLACEHOLDER_SITE;
  const address = `${site}embed.html?${new URLSearchParams(attributes)}`;
  field.value = [
    `<iframe src="${escaped(address)}" title="${escaped(title)}" width="100%" height="${height}"></iframe>`,
    `<script src="${escaped(site)}host.js"></script>`,
  ].join("\n");
  field.hidden = false;
  const done = (await copy(field))
    ? t("The code is copied: a frame of {height} pixels, enough for a column of 640 to 720.", { height })
    : t("The code is selected: this browser cannot copy it for you.");
  if (served()) return done;
  const needs = t(
    "It needs the site on a server: put the built site there, and its address in the place of {address}.",
    { address: PLACEHOLDER_SITE },
  );
  return `${done} ${needs}`;
}

/**
 * The height in pixels that a frame needs at these widths, with a further line for a longer headline. It is measured with a hidden figure.
 * @param {Record<string, string>} attributes
 */
async function needed(attributes) {
  const figure = document.createElement("deleverage-lab");
  for (const [name, value] of Object.entries(attributes)) figure.setAttribute(name, value);
  const place = h("div", { inert: true, "aria-hidden": true }, figure);
  Object.assign(place.style, { position: "fixed", top: "0", left: "0", visibility: "hidden" });
  const padding = 2 * PADDING * parseFloat(getComputedStyle(document.documentElement).fontSize);
  /** @param {number} width */
  const height = (width) => {
    place.style.width = `${width - padding}px`;
    return figure.getBoundingClientRect().height;
  };
  document.body.append(place);
  try {
    height(WIDTHS[0]);
    await figure.ready;
    const headline = /** @type {Element} */ (figure.shadowRoot?.querySelector(".headline"));
    const line = parseFloat(getComputedStyle(headline).lineHeight);
    return Math.ceil(Math.max(...WIDTHS.map(height)) + line + padding);
  } finally {
    place.remove();
  }
}
