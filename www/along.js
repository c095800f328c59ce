// Take it along: a view as PNG or SVG, the run as CSV, a link to exactly this, a citation.

import { h } from "./dom.js";

const NAMES = {
  price: "Price",
  ladder: "Limits at each price",
  sales: "Forced sales",
  r: "R",
  crowd: "The crowd",
  loop: "The feedback loop",
  staircase: "The staircase",
  kept: "The run that was kept",
};

/** Pixels of a PNG for each of the screen, whatever screen that is. */
const FINER = 2;

/** Milliseconds after which nobody still fetches a file that was handed over. */
const FETCHED = 10_000;

/** The size in CSS pixels of a view that is nowhere to be seen, and of its text. */
const UNSEEN = { width: 720, height: 400, em: 14 };

/**
 * Fills `element`. `run` has `lab()`, the simulator or nothing while it is stopped; `second()`, `span()` and `dark()`,
 * what is in sight; `views()`, their names; and `canvas(name)`.
 */
export function along(element, run) {
  const view = h("select", { id: "along-view" });
  const link = h("input", { id: "along-link", type: "text", readOnly: true });
  const citation = h("textarea", { id: "along-citation", rows: 4, readOnly: true });
  const status = h("p", { className: "along-status", role: "status" });
  const button = (words, work) => {
    const made = h("button", { type: "button", className: words.toLowerCase().replaceAll(" ", "-") }, words);
    made.addEventListener("click", async () => {
      const lab = run.lab();
      if (!lab) return;
      try {
        status.textContent = await work(lab);
      } catch (error) {
        status.textContent = `This did not work: ${error.message ?? error}.`;
      }
    });
    return made;
  };

  const size = (name) => {
    const canvas = run.canvas(name);
    const { width, height } = canvas?.getBoundingClientRect() ?? {};
    if (!(width >= 1 && height >= 1)) return UNSEEN;
    return { width, height, em: parseFloat(getComputedStyle(canvas.parentElement).fontSize) };
  };

  const named = (lab, part, kind) => {
    const { digest } = lab.summary();
    return `deleverage-${digest}${part}.${kind}`;
  };
  const ofView = (name) => `-${name}-${run.second()}s`;

  const png = async (lab) => {
    const { width, height, em } = size(view.value);
    const canvas = h("canvas", { width: Math.round(width * FINER), height: Math.round(height * FINER) });
    lab.draw(view.value, canvas, em * FINER, run.dark(), run.span(), run.second());
    const name = named(lab, ofView(view.value), "png");
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("this browser makes no PNG of a canvas");
    return save(name, blob);
  };
  const svg = (lab) => {
    const { width, height, em } = size(view.value);
    const text = lab.svg(view.value, Math.round(width), Math.round(height), em, run.dark(), run.span(), run.second());
    return save(named(lab, ofView(view.value), "svg"), new Blob([text], { type: "image/svg+xml" }));
  };
  const csv = (lab) => save(named(lab, "", "csv"), new Blob([lab.csv()], { type: "text/csv;charset=utf-8" }));

  // A run that is kept adds a view, and takes it away again.
  const list = () => {
    const names = run.views();
    if (names.length === view.options.length) return;
    const chosen = view.value;
    view.replaceChildren(...names.map((name) => h("option", { value: name, selected: name === chosen }, NAMES[name] ?? name)));
  };
  view.addEventListener("focus", list);

  const show = () => {
    list();
    const lab = run.lab();
    if (!lab) return;
    link.value = address(lab, run);
    citation.value = cite(lab, link.value);
  };
  // What is copied is of this moment, also while the time plays on.
  const copied = (field, what) => async () => {
    show();
    return copy(field, what);
  };

  element.append(
    h(
      "div",
      { className: "along-body" },
      h(
        "div",
        { className: "along-files" },
        h("label", {}, "View ", view),
        button("PNG", png),
        button("SVG", svg),
      ),
      h("div", { className: "along-files" }, h("span", {}, "The whole run, second by second"), button("CSV", csv)),
      h("label", { "for": link.id }, "Link to exactly this"),
      h("div", { className: "along-copy" }, link, button("Copy link", copied(link, "The link"))),
      h("label", { "for": citation.id }, "Citation"),
      h("div", { className: "along-copy" }, citation, button("Copy citation", copied(citation, "The citation"))),
      status,
    ),
  );
  return { show };
}

/**
 * The address of this page with this state in it, and with nothing of anybody else. With the version of the model and
 * the digest of the run it is a receipt: whoever opens it is told whether that run came out again.
 */
function address(lab, run) {
  const { model, digest } = lab.summary();
  const url = new URL(location.href);
  const parts = [lab.query(), `span=${run.span()}`, `t=${run.second()}`, `model=${model}`, `digest=${digest}`];
  url.search = parts.filter(Boolean).join("&");
  url.hash = "lab";
  return url.href;
}

function cite(lab, link) {
  const { model, digest, seed } = lab.summary();
  const today = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  const title = document.title || "Deleverage";
  return `${title}. Interactive simulation, model version ${model}, seed ${seed}, digest of the run ${digest}. ${link} (accessed ${today}).`;
}

/** Hands a file over to the browser; gives what to say. */
function save(name, blob) {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), FETCHED);
  return `${name} goes to your downloads.`;
}

/** Copies what is in a field, or selects it for whoever copies by hand; gives what to say. */
async function copy(field, what) {
  try {
    await navigator.clipboard.writeText(field.value);
    return `${what} is copied.`;
  } catch {
    field.focus();
    field.select();
    return `${what} is selected: this browser leaves it to you to copy it.`;
  }
}
