// The line that reports whether a run is the one behind a link.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** @import { Receipt } from "./address.js" */

/**
 * A line that compares the `receipt` of a link (model version and digest) with those of the run.
 * @param {Receipt} receipt
 * @param {Receipt} run
 */
export function reproduced(receipt, run) {
  return h("p", { className: "receipt", role: "status" }, words(receipt, run));
}

/**
 * @param {Receipt} receipt
 * @param {Receipt} run
 */
function words(receipt, run) {
  /** @param {Receipt} receipt */
  const name = ({ model, digest }) => t("model version {model}, digest {digest}", { model, digest });
  const both = { theirs: name(receipt), ours: name(run) };
  if (receipt.digest === run.digest) {
    return receipt.model === run.model
      ? t("Reproduced: this is the run that the link was made from, to the last bit ({ours}).", both)
      : t(
          "Reproduced, with a different version of the model: the run of the link ({theirs}) is the same to the last bit here ({ours}).",
          both,
        );
  }
  if (receipt.model !== run.model) {
    return t(
      "Made with a different version of the model: the run of the link ({theirs}) is not the one that you see ({ours}). Values read from it may differ.",
      both,
    );
  }
  return t(
    "Not reproduced: the link names {theirs}, but its settings give {ours}. The link may have been changed on its way.",
    both,
  );
}
