// Which page of the single file is shown: its address ends in `#index.fr.html` or `#model.html`, or in nothing for the
// article in English. Runs before everything else.

const PAGE = /^#([\w.-]+\.html)(#.*)?$/;

/** The page that an address names, and the place in it. */
function named(hash) {
  const [, page, place = ""] = PAGE.exec(hash) ?? [];
  return { page, place };
}

const { page, place } = named(location.hash);
const template = page && document.getElementById(page);
if (template) {
  const { lang, title } = template.dataset;
  Object.assign(document.documentElement, { lang, dir: template.dataset.dir });
  document.title = title;
  document.body.replaceChildren(template.content);
}
if (place) document.getElementById(place.slice(1))?.scrollIntoView();

// Another page starts anew, as it would on the site; the way back from one is to the article, unless it is to a place of
// the page itself.
addEventListener("hashchange", ({ newURL }) => {
  const { hash } = new URL(newURL);
  if (named(hash).page || (template && !document.getElementById(hash.slice(1)))) location.reload();
});
