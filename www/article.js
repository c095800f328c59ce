// What makes the article one story: links in the prose set and scrub the figure of their chapter, and an address with
// a state in it leads to the laboratory.

/** The figure that a link speaks of: the one of its chapter, or the laboratory. */
const figureOf = (link) =>
  link.closest(".chapter, header, #lab")?.querySelector("deleverage-lab") ?? document.querySelector("deleverage-lab[linked]");

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"][href*="="]');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const figure = figureOf(link);
  figure.show(link.getAttribute("href").slice(1));
  // Where the figure is in sight it stays where it is, and so does the focus.
  const { top, bottom } = figure.getBoundingClientRect();
  if (top >= 0 && bottom <= innerHeight) return;
  figure.scrollIntoView({ block: top < 0 ? "start" : "nearest" });
});

/** Addresses that others pass on carry names of theirs; any other name is a state. */
const foreign = /^(utm_|fbclid$|gclid$|mc_|ref$)/;
const stated = [...new URLSearchParams(location.search).keys()].some((name) => !foreign.test(name));
if ((stated && !location.hash) || location.hash.includes("=")) document.getElementById("lab")?.scrollIntoView();
