// The end of the article: a link to the reader's own run, and its picture.

import { button } from "../core/buttons.js";
import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { simulator, styled } from "./predict-common.js";

/** @import { DeleverageLab } from "../element/element.js" */

/** The size of the picture and of its text, in pixels. */
const SIZE = { width: 1200, height: 630, em: 26 };

/** The second of the first order, and the last one of the picture. */
const [FIRST, LAST] = [300, 420];

/** In the single file the hash names the page, and other pages are templates. */
const PAGE = (() => {
  const page = `index.${document.documentElement.lang}.html`;
  return /^#[\w.-]+\.html/.exec(location.hash)?.[0] ?? (document.getElementById(page) ? `#${page}` : "");
})();

/** Whether the browser can pass the run on to other programs. */
const shares = /** @type {Partial<Navigator>} */ (navigator).share !== undefined;

/**
 * Fills `element`. The reader's run is that of the laboratory, if they have changed it, or that of `figure`.
 * @param {HTMLElement} element
 * @param {DeleverageLab} figure
 */
export async function fill(element, figure) {
  await Promise.all([styled(), simulator(figure)]);
  const words = h("p", { className: "own-run" });
  const picture = h("img", { alt: t("Picture of your run"), width: SIZE.width, height: SIZE.height });
  const link = h("input", { id: "send-link", type: "text", readOnly: true, dir: "ltr" });
  const code = h("textarea", { rows: 4, readOnly: true, hidden: true, dir: "ltr", "aria-label": t("Embed code") });
  const status = h("p", { className: "verdict", role: "status" });
  /** @type {Record<string, string>} */
  let state = {}; // the run and the second of the picture
  /** @type {File | undefined} */
  let file;
  /** @type {string | undefined} */
  let drawn; // the run of the picture

  const show = async () => {
    // Looked up each time, because a page may replace it.
    const whole = /** @type {DeleverageLab | null} */ (document.querySelector("deleverage-lab[linked]"));
    const own = whole?.query ? whole : figure;
    const { exports, query = "" } = own;
    if (!exports || query === drawn) return;
    drawn = query;
    const address = new URL(location.href);
    address.search = query;
    address.hash = `${PAGE}#lab`;
    link.value = address.href;
    const canvas = h("canvas", { width: SIZE.width, height: SIZE.height });
    const run = new exports.Lab(query);
    try {
      const { headline, summary } = run.result("market");
      words.textContent = headline;
      const second = Math.min(FIRST + summary.trough_s, LAST);
      state = { ...Object.fromEntries(new URLSearchParams(query)), span: "2min", t: `${second}` };
      run.draw("market", canvas, SIZE.em, false, "2min", second);
    } finally {
      run.free();
    }
    const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ resolve) => canvas.toBlob(resolve));
    // Another run may have been drawn meanwhile.
    if (!blob || query !== drawn) return;
    file = new File([blob], "crash.png", { type: "image/png" });
    URL.revokeObjectURL(picture.src);
    picture.src = URL.createObjectURL(file);
  };

  const send = async () => {
    status.textContent = "";
    const message = { title: document.title, text: words.textContent ?? "", url: link.value };
    const complete = file ? { ...message, files: [file] } : message;
    try {
      if (shares) {
        await navigator.share(navigator.canShare?.(complete) ? complete : message);
        return;
      }
    } catch (error) {
      // Readers may change their minds. Without a way to share, the link is copied.
      if (/** @type {Error} */ (error).name === "AbortError") return;
    }
    link.select();
    const copied = navigator.clipboard?.writeText(link.value).then(() => true);
    status.textContent = (await copied?.catch(() => false))
      ? t("The link is copied.")
      : t("The link is selected: this browser cannot copy it for you.");
  };

  const save = () => {
    if (file) h("a", { href: picture.src, download: file.name }).click();
  };

  const embed = async () => {
    try {
      const { copyCode } = await import("../lab/embed-code.js");
      status.textContent = await copyCode(code, { view: "market", ...state }, document.title);
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      status.textContent = t("This could not be computed: {message}.", { message });
    }
  };

  element.append(
    h(
      "div",
      { role: "group", "aria-labelledby": "send-title" },
      h("p", { className: "ask", id: "send-title" }, t("Send your crash")),
      words,
      picture,
      h("label", { for: link.id }, t("Link to exactly this run")),
      link,
      h(
        "div",
        { className: "buttons" },
        button("show", shares ? t("Send") : t("Copy link"), send),
        button("quiet", t("Save the picture"), save),
        button("quiet code", t("Copy embed code"), embed),
      ),
      code,
      status,
    ),
  );
  // The run may have changed whenever a reader comes here.
  new IntersectionObserver((entries) => {
    if (entries.at(-1)?.isIntersecting) show().catch((error) => console.error(error));
  }).observe(element);
}
