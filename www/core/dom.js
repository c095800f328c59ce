// A function that builds an element in one expression. Text is never parsed as markup.

/**
 * Properties of an element: those of its class, attributes with a hyphen, `role` and `for`. The browser converts values.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @typedef {{ [Name in keyof HTMLElementTagNameMap[Tag]]?: unknown } & { [name: `${string}-${string}`]: unknown } & {
 *   role?: string, for?: string }} Properties
 */

/**
 * An element with properties, attributes (names with a hyphen, and `role`, `for`) and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Properties<Tag>} properties
 * @param {(string | Node)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role" || name === "for")
      element.setAttribute(name, /** @type {string} */ (value));
    else /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (element))[name] = value;
  }
  element.append(...children);
  return element;
}
