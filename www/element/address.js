// Reads and writes the state of an element, in its attributes and in the address of the page.

import { t } from "../core/i18n.js";

/**
 * @import { SpanName } from "../pkg/full.js"
 * @typedef {{ model: number, digest: string }} Receipt The model version and the digest of a run.
 * @typedef {{ query: string, span: SpanName, second: number | undefined }} State A state for the address of the page.
 * @typedef {{ query: string, span?: SpanName, t?: number, receipt?: Receipt, problems: string[] }} Wanted A requested state.
 */

/** Names in an address that are not model parameters. */
const OWN = ["t", "span", "model", "digest"];

/** Names that other sites add to addresses. */
export const FOREIGN = /^(utm_|fbclid$|gclid$|mc_|ref$)/;

/**
 * Whether a name in an address belongs to a state.
 * @param {Set<string>} names
 * @returns {(name: string) => boolean}
 */
export const known = (names) => (name) =>
  names.has(name.replaceAll("_", "-")) || name === "scenario" || OWN.includes(name);

/**
 * The problem with a value outside `allowed`, in an array of one sentence; otherwise an empty array.
 * @param {string} name
 * @param {string} value
 * @param {readonly string[]} allowed
 */
export function strange(name, value, allowed) {
  if (allowed.includes(value)) return [];
  const values = {
    name,
    value: value.slice(0, 40),
    some: allowed.slice(0, -1).join(", "),
    last: /** @type {string} */ (allowed.at(-1)),
  };
  return [t('{name} is "{value}", but must be {some} or {last}', values)];
}

/** The state in the address of the page: its query or, in links of the prose, the part after the #. */
export const ofPage = () => location.search || (location.hash.includes("=") ? location.hash.slice(1) : "");

/**
 * The state that `element` should show: a query of parameters, a span of time, a second, the receipt of the linked run,
 * and the problems found. A given `query` takes precedence over the attributes with the same names. Without one, an
 * element that keeps its state in the address of the page uses that.
 * @param {Element} element
 * @param {Set<string>} names
 * @param {readonly string[]} spans
 * @param {string} [query]
 * @param {string[]} [among]
 * @returns {Wanted}
 */
export function wanted(
  element,
  names,
  spans,
  query = element.hasAttribute("linked") ? ofPage() : "",
  among = element.getAttributeNames(),
) {
  const ours = known(names);
  const address = [...new URLSearchParams(query)].filter(([name]) => !FOREIGN.test(name));
  const attributes = among
    .filter((name) => ours(name) && element.hasAttribute(name))
    .map((name) => [name, /** @type {string} */ (element.getAttribute(name))]);
  // An address with a state overrides attributes; one with only foreign names does not.
  const linked = address.some(([name]) => ours(name));
  const asked = new URLSearchParams(linked ? address : [...attributes, ...address]);
  let span = asked.get("span") ?? undefined;
  const problems = span === undefined ? [] : strange("span", span, spans);
  if (problems.length > 0) span = undefined;
  let second = asked.get("t") ?? undefined;
  if (second !== undefined && !/^\d{1,6}$/.test(second)) {
    problems.push(t('t is "{second}", but must be a whole number of seconds', { second: second.slice(0, 40) }));
    second = undefined;
  }
  const [model, digest] = [asked.get("model"), asked.get("digest")];
  let receipt;
  if (model !== null || digest !== null) {
    if (model && digest && /^\d{1,4}$/.test(model) && /^[0-9a-f]{16}$/.test(digest))
      receipt = { model: Number(model), digest };
    else problems.push(t("The link's record of its run is damaged and cannot be checked"));
  }
  // The version stays, because the settings of an old link build on the defaults of its time.
  for (const name of OWN) if (name !== "model") asked.delete(name);
  return {
    query: asked.toString(),
    span: /** @type {SpanName | undefined} */ (span),
    t: second === undefined ? undefined : Number(second),
    receipt,
    problems,
  };
}

/**
 * A query with a second one written over it.
 * @param {string} below
 * @param {string} above
 */
export function merged(below, above) {
  const query = new URLSearchParams(below);
  for (const [name, value] of new URLSearchParams(above)) query.set(name.replaceAll("_", "-"), value);
  return query.toString();
}

/**
 * Replaces the state in the address of the page.
 * @param {Element} element
 * @param {Set<string>} names
 * @param {State} state
 */
export function writeAddress(element, names, { query, span, second }) {
  // Foreign names stay. An element with attributes needs a state in the address even if all parameters have their
  // defaults; the span provides it.
  const ours = known(names);
  const foreign = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => !ours(name)));
  const usual = query === "" && ![...element.attributes].some(({ name }) => ours(name));
  const plain = span === "2min" && (query !== "" || usual);
  const parts = [query, plain ? "" : `span=${span}`, second === undefined ? "" : `t=${second}`, foreign.toString()];
  const search = parts.filter(Boolean).join("&");
  try {
    const hash = location.hash.includes("=") ? "" : location.hash;
    history.replaceState(history.state, "", `${location.pathname}${search ? `?${search}` : ""}${hash}`);
  } catch {
    // Some browsers limit how often an address may change, and some frames forbid it. The page works without.
  }
}
