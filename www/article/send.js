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

/** Whether the browser can pass the run on to other programs. */
const shares = /** @type {Partial<Navigator>} */ (navigator).share !== undefined;

/**
 * Fills `element`. The reader's run is that of the laboratory, if they have changed it, or that of `figure`.
 * @param {HTMLElement} element
 * @param {DeleverageLab} figure
 */
export async function fill(element, figure) {
  await Promise.all([styled(), simulator(figure)]);
  const whole = /** @type {DeleverageLab | null} */ (document.querySelector("deleverage-lab[linked]"));
  const words = h("p");
  const picture = h("img", { alt: t("Picture of your run") });
  const link = h("input", { id: "send-link", type: "text", readOnly: true, dir: "ltr" });
  const status = h("p", { className: "verdict", role: "status" });
  /** @type {File | undefined} */
  let file;

  const show = async () => {
    const own = whole?.query ? whole : figure;
    const { exports, query = "" } = own;
    if (!exports) return;
    const address = new URL(location.href);
    address.search = query;
    // In the single file the hash names the page.
    address.hash = `${/^#[\w.-]+\.html/.exec(address.hash)?.[0] ?? ""}#lab`;
    link.value = address.href;
    const canvas = h("canvas", { width: SIZE.width, height: SIZE.height });
    const run = new exports.Lab(query);
    try {
      const { headline, summary } = run.result("market");
      words.textContent = headline;
      run.draw("market", canvas, SIZE.em, false, "2min", Math.min(FIRST + summary.trough_s, LAST));
    } finally {
      run.free();
    }
    const drawn = await new Promise((/** @type {(drawn: Blob | null) => void} */ resolve) => canvas.toBlob(resolve));
    if (!drawn) return;
    file = new File([drawn], "crash.png", { type: "image/png" });
    URL.revokeObjectURL(picture.src);
    picture.src = URL.createObjectURL(file);
  };

  const send = async () => {
    status.textContent = "";
    const message = { title: document.title, text: words.textContent ?? "", url: link.value };
    const complete = file ? { ...message, files: [file] } : message;
    if (shares) {
      // Readers may change their minds.
      await navigator.share(navigator.canShare?.(complete) ? complete : message).catch(() => {});
      return;
    }
    link.select();
    const copied = navigator.clipboard?.writeText(link.value).then(() => true);
    status.textContent = (await copied?.catch(() => false))
      ? t("The link is copied.")
      : t("The link is selected: this browser leaves it to you to copy it.");
  };

  const save = () => {
    if (file) h("a", { href: picture.src, download: file.name }).click();
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
      ),
      status,
    ),
  );
  // The run may have changed whenever a reader comes here.
  new IntersectionObserver((entries) => entries.at(-1)?.isIntersecting && show()).observe(element);
}
