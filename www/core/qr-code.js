// An address as a QR code: the one place that draws it.

import { h } from "./dom.js";
import { t } from "./i18n.js";

/** @import { Exports } from "./simulator.js" */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element of an SVG with these attributes.
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {Element[]} children
 */
function shape(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value}`);
  element.append(...children);
  return element;
}

/**
 * The QR code of an address, with the address below it. `exports` are those of the full simulator. Throws a message for
 * the reader if the address is too long.
 * @param {Exports} exports
 * @param {string} address
 */
export function qrCode(exports, address) {
  const code = exports.qrCode(address);
  if (!code) throw new Error(t("this address is too long for a QR code, so copy it instead"));
  const { side, path } = code;
  // Black on white in every theme, because many readers need that.
  const picture = shape(
    "svg",
    { viewBox: `0 0 ${side} ${side}`, role: "img", "aria-label": t("QR code of the address below it") },
    shape("rect", { width: side, height: side, fill: "#fff" }),
    shape("path", { d: path, fill: "#000" }),
  );
  const words = h("a", { href: address, dir: "ltr" }, address.replace(/^https?:\/\//, ""));
  return h("figure", { className: "qr" }, picture, h("figcaption", {}, words));
}
