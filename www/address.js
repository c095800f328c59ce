// The state of a lab as the author's attributes or the address of the page ask for it, and back.

/** Names in an address that are not parameters of the model. */
const OWN = ["t", "span"];

/**
 * What `element` is asked to show: a query of parameters, a span of time, a second, and what was wrong.
 * If the element keeps its state in the address and there is any, that counts instead of the attributes.
 */
export function wanted(element, names, spans) {
  const address = new URLSearchParams(element.hasAttribute("linked") ? location.search : "");
  const attributes = new URLSearchParams();
  for (const { name, value } of element.attributes) {
    if (names.has(name) || name === "preset" || OWN.includes(name)) attributes.append(name, value);
  }
  const asked = address.size > 0 ? address : attributes;
  const problems = [];
  let span = asked.get("span") ?? undefined;
  if (span !== undefined && !spans.includes(span)) {
    problems.push(`span is "${span.slice(0, 40)}", but must be ${spans.join(", ")}`);
    span = undefined;
  }
  let t = asked.get("t") ?? undefined;
  if (t !== undefined && !/^\d{1,6}$/.test(t)) {
    problems.push(`t is "${t.slice(0, 40)}", but must be a whole number of seconds`);
    t = undefined;
  }
  for (const name of OWN) asked.delete(name);
  return { query: asked.toString(), span, t: t === undefined ? undefined : Number(t), problems };
}

/** Puts the state into the address of the page, in the place of the one before. */
export function writeAddress(query, span, second, spans) {
  const parts = [query, span === spans[0] ? "" : `span=${span}`, second === undefined ? "" : `t=${second}`];
  const search = parts.filter(Boolean).join("&");
  try {
    history.replaceState(history.state, "", `${location.pathname}${search ? `?${search}` : ""}${location.hash}`);
  } catch {
    // Some browsers limit how often an address may change, and some frames may not change it at all. The
    // page works without.
  }
}
