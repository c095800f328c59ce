// The export panel: a view as PNG, SVG or film, the run as CSV, a link to this state and its QR code, the code of a
// figure, a citation.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { today } from "../core/number-format.js";
import { copy } from "./copy.js";
import { filmRow } from "./film-row.js";

/**
 * @import { Lab } from "../pkg/full.js"
 * @import { Drawn } from "../element/views.js"
 * @import { Run } from "./outputs.js"
 */

/** Pixels of a PNG per CSS pixel, on any screen. */
const FINER = 2;

/** Milliseconds after which a download has certainly begun. */
const FETCHED = 10_000;

/** Size in CSS pixels of a view that is not visible, and of its text. */
const UNSEEN = { width: 720, height: 400, em: 14 };

/**
 * Fills `element`. `run` has `lab()`, the simulator, or undefined while it is stopped, and its `exports()`; `second()`, `span()` and
 * `dark()` of the visible picture; `views()`, their names; `label(name)` and `canvas(name)`.
 * @param {HTMLElement} element
 * @param {Run} run
 */
export function exportPanel(element, run) {
  const view = h("select", { id: "along-view" });
  const link = h("input", { id: "along-link", type: "text", readOnly: true, dir: "ltr" });
  const code = h("textarea", { rows: 4, readOnly: true, hidden: true, dir: "ltr", "aria-label": t("Embed code") });
  const citation = h("textarea", { id: "along-citation", rows: 4, readOnly: true });
  const status = h("p", { className: "along-status", role: "status" });
  /**
   * @param {string} className
   * @param {string} words
   * @param {(lab: Lab) => string | Promise<string>} work
   */
  const button = (className, words, work) => {
    const made = h("button", { type: "button", className }, words);
    made.addEventListener("click", () => attempt(work));
    return made;
  };
  /** @param {(lab: Lab) => string | Promise<string>} work */
  const attempt = async (work) => {
    const lab = run.lab();
    if (!lab) return;
    try {
      status.textContent = await work(lab);
    } catch (error) {
      status.textContent = t("This did not work: {reason}.", {
        reason: /** @type {Partial<Error>} */ (error).message ?? String(error),
      });
    }
  };

  /** @param {Drawn} name */
  const size = (name) => {
    const canvas = run.canvas(name);
    const { width = 0, height = 0 } = canvas?.getBoundingClientRect() ?? {};
    const place = canvas?.parentElement;
    if (!place || !(width >= 1 && height >= 1)) return UNSEEN;
    return { width, height, em: parseFloat(getComputedStyle(place).fontSize) };
  };

  const chosen = () => /** @type {Drawn} */ (view.value);

  /**
   * @param {Lab} lab
   * @param {string} part
   * @param {string} kind
   */
  const named = (lab, part, kind) => {
    const { digest } = lab.summary();
    return `deleverage-${digest}${part}.${kind}`;
  };
  /** @param {Drawn} name */
  const ofView = (name) => `-${name}-${run.second()}s`;

  /** @param {Lab} lab */
  const png = async (lab) => {
    const { width, height, em } = size(chosen());
    const canvas = h("canvas", { width: Math.round(width * FINER), height: Math.round(height * FINER) });
    lab.draw(view.value, canvas, em * FINER, run.dark(), run.span(), run.second());
    const name = named(lab, ofView(chosen()), "png");
    const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ resolve) =>
      canvas.toBlob(resolve, "image/png"),
    );
    if (!blob) throw new Error(t("this browser cannot export a canvas as PNG"));
    return save(name, blob);
  };
  /** @param {Lab} lab */
  const svg = (lab) => {
    const { width, height, em } = size(chosen());
    const text = lab.svg(view.value, Math.round(width), Math.round(height), em, run.dark(), run.span(), run.second());
    return save(named(lab, ofView(chosen()), "svg"), new Blob([text], { type: "image/svg+xml" }));
  };
  /** @param {Lab} lab */
  const csv = (lab) => save(named(lab, "", "csv"), new Blob([lab.csv()], { type: "text/csv;charset=utf-8" }));

  const film = filmRow(run, {
    attempt,
    status: (words) => (status.textContent = words),
    view: () => ({ view: chosen(), size: size(chosen()) }),
    open: () => element.isConnected && /** @type {HTMLDetailsElement} */ (element).open,
    name: (lab, name, kind) => named(lab, `-${name}`, kind),
    save,
  });

  // A kept run adds a view, and removes it again. The market is no view of the laboratory, but makes a good picture.
  const list = () => {
    /** @type {Drawn[]} */
    const views = [...run.views(), "market"];
    if (views.length === view.options.length) return;
    const before = view.value;
    view.replaceChildren(
      ...views.map((name) => h("option", { value: name, selected: name === before }, run.label(name))),
    );
  };
  view.addEventListener("focus", list);

  const show = () => {
    list();
    const lab = run.lab();
    if (!lab) return;
    link.value = address(lab, run);
    citation.value = cite(lab, link.value);
  };
  // Copies the current moment, even while time plays on.
  /**
   * @param {HTMLInputElement | HTMLTextAreaElement} field
   * @param {string} done
   * @param {string} left
   */
  const copied = (field, done, left) => async () => {
    show();
    return (await copy(field)) ? done : left;
  };
  const copyLink = copied(
    link,
    t("The link is copied."),
    t("The link is selected: this browser cannot copy it for you."),
  );
  /** @param {Lab} lab */
  const copyEmbed = async (lab) => {
    const { copyCode } = await import("./embed-code.js");
    // The kept run has no place in an address.
    const name = chosen() === "kept" ? "price" : chosen();
    const state = { ...Object.fromEntries(new URLSearchParams(lab.query())), span: run.span(), t: `${run.second()}` };
    return copyCode(code, { view: name, ...state }, `${document.title}: ${run.label(name)}`);
  };
  const copyCitation = copied(
    citation,
    t("The citation is copied."),
    t("The citation is selected: this browser cannot copy it for you."),
  );

  const card = h("div", {
    className: "code",
    popover: "auto",
    role: "dialog",
    "aria-label": t("QR code"),
    tabIndex: -1,
  });
  // The browser returns the focus only to the element itself, not to what is inside.
  card.addEventListener("beforetoggle", ({ newState }) => {
    if (newState === "closed" && card.matches(":focus-within")) codeButton.focus();
  });
  /** Shows the link to the current moment as a code, for another device. */
  const showCode = async () => {
    const { qrCode } = await import("../core/qr-code.js");
    show();
    const picture = qrCode(run.exports(), link.value);
    const close = h("button", { type: "button" }, t("Close"));
    close.addEventListener("click", () => card.hidePopover());
    card.replaceChildren(picture, close);
    card.showPopover();
    card.focus();
    return "";
  };
  const codeButton = button("qr-code", t("QR code"), showCode);

  element.append(
    h(
      "div",
      { className: "along-body" },
      h(
        "div",
        { className: "along-files" },
        h("label", {}, t("View"), " ", view),
        button("png", "PNG", png),
        button("svg", "SVG", svg),
        film,
      ),
      h(
        "div",
        { className: "along-files" },
        h("span", {}, t("The whole run, second by second")),
        button("csv", "CSV", csv),
      ),
      h("label", { for: link.id }, t("Link to exactly this")),
      h(
        "div",
        { className: "along-copy" },
        link,
        button("copy-link", t("Copy link"), copyLink),
        button("copy-code", t("Copy embed code"), copyEmbed),
        // Other devices cannot open a file of this one.
        ...(location.protocol.startsWith("http") ? [codeButton] : []),
      ),
      code,
      h("label", { for: citation.id }, t("Citation")),
      h("div", { className: "along-copy" }, citation, button("copy-citation", t("Copy citation"), copyCitation)),
      status,
      card,
    ),
  );
  return { show };
}

/**
 * The address of this page with this state, without names from other sites. The model version and the digest of the run
 * are a receipt: opening the address shows whether the run was reproduced.
 * @param {Lab} lab
 * @param {Run} run
 */
function address(lab, run) {
  const { model, digest } = lab.summary();
  const url = new URL(location.href);
  const parts = [lab.query(), `span=${run.span()}`, `t=${run.second()}`, `model=${model}`, `digest=${digest}`];
  url.search = parts.filter(Boolean).join("&");
  // In the single-file build the hash names the page.
  url.hash = `${/^#[\w.-]+\.html/.exec(url.hash)?.[0] ?? ""}#lab`;
  return url.href;
}

/**
 * @param {Lab} lab
 * @param {string} link
 */
function cite(lab, link) {
  const { model, digest, seed } = lab.summary();
  const title = document.title || "Deleverage";
  return t(
    "{title}. Interactive simulation, model version {model}, seed {seed}, digest of the run {digest}. {link} (accessed {today}).",
    { title, model, seed, digest, link, today: today() },
  );
}

/**
 * Offers a file as a download; returns the status to show.
 * @param {string} name
 * @param {Blob} blob
 */
function save(name, blob) {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), FETCHED);
  return t("{name} goes to your downloads.", { name });
}
