// Shows a page of the single file by the end of its address: `#index.fr.html`, `#model.html`, or none for the English
// article. Runs before everything else.

const PAGE = /^#([\w.-]+\.html)(#.*)?$/;

/** The page and the place in it that an address names. */
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

// A different page reloads the file, as on the site. Going back leads to the article, unless it is to a place in the
// same page.
addEventListener("hashchange", ({ newURL }) => {
  const { hash } = new URL(newURL);
  if (named(hash).page || (template && !document.getElementById(hash.slice(1)))) location.reload();
});
