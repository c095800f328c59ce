// The state of an element in its attributes and in the address of the page: reading and writing it.

import { t } from "../core/i18n.js";

/** Names in an address that are not parameters of the model. */
const OWN = ["t", "span", "model", "digest"];

/** Names that other sites add to the addresses that they pass on. */
export const FOREIGN = /^(utm_|fbclid$|gclid$|mc_|ref$)/;

/** Whether a name in an address is one of ours. */
export const known = (names) => (name) => names.has(name.replaceAll("_", "-")) || name === "scenario" || OWN.includes(name);

/** The problem with a value that must be one of `allowed`: one sentence, or none. */
export function strange(name, value, allowed) {
  if (allowed.includes(value)) return [];
  const values = { name, value: value.slice(0, 40), some: allowed.slice(0, -1).join(", "), last: allowed.at(-1) };
  return [t("{name} is \"{value}\", but must be {some} or {last}", values)];
}

/** The state in the address of the page: its query or, as prose writes it, what follows the #. */
export const ofPage = () => location.search || (location.hash.includes("=") ? location.hash.slice(1) : "");

/**
 * The state that `element` is asked to show: a query of parameters, a span of time, a second, the receipt of the run that a
 * link was made from, and the problems found.
 * A query given counts before the attributes, or those of these names; none given, that of the page does, for an
 * element that keeps its state there.
 */
export function wanted(element, names, spans, query = element.hasAttribute("linked") ? ofPage() : "", among = element.getAttributeNames()) {
  const ours = known(names);
  const address = [...new URLSearchParams(query)].filter(([name]) => !FOREIGN.test(name));
  const attributes = among.filter((name) => ours(name) && element.hasAttribute(name)).map((name) => [name, element.getAttribute(name)]);
  // Attributes give way to an address with a state in it, but not to one with only foreign names.
  const linked = address.some(([name]) => ours(name));
  const asked = new URLSearchParams(linked ? address : [...attributes, ...address]);
  let span = asked.get("span") ?? undefined;
  const problems = span === undefined ? [] : strange("span", span, spans);
  if (problems.length > 0) span = undefined;
  let second = asked.get("t") ?? undefined;
  if (second !== undefined && !/^\d{1,6}$/.test(second)) {
    problems.push(t("t is \"{second}\", but must be a whole number of seconds", { second: second.slice(0, 40) }));
    second = undefined;
  }
  const [model, digest] = [asked.get("model"), asked.get("digest")];
  let receipt;
  if (model !== null || digest !== null) {
    if (/^\d{1,4}$/.test(model) && /^[0-9a-f]{16}$/.test(digest)) receipt = { model: Number(model), digest };
    else problems.push(t("The link's account of its run is damaged and cannot be checked"));
  }
  // The version stays: settings of an old link are upon the defaults of its time.
  for (const name of OWN) if (name !== "model") asked.delete(name);
  return { query: asked.toString(), span, t: second === undefined ? undefined : Number(second), receipt, problems };
}

/** A query with another written over it. */
export function merged(below, above) {
  const query = new URLSearchParams(below);
  for (const [name, value] of new URLSearchParams(above)) query.set(name.replaceAll("_", "-"), value);
  return query.toString();
}

/** Replaces the state in the address of the page. */
export function writeAddress(element, names, { query, span, second }) {
  // Foreign names stay. An element with attributes of its own needs a state in the address even
  // where all parameters are the usual ones: the span says so.
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
    // Some browsers limit how often an address may change, and some frames may not change it at all. The
    // page works without.
  }
}
