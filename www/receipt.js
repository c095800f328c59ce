// Whether a run is the one that a link was made from.

import { h } from "./dom.js";

/** A line that compares the `receipt` of a link, its model version and digest, with the run's own. */
export function reproduced(receipt, run) {
  return h("p", { className: "receipt", role: "status" }, words(receipt, run));
}

function words(receipt, run) {
  const [theirs, ours] = [receipt, run].map(({ model, digest }) => `model version ${model}, digest ${digest}`);
  if (receipt.digest === run.digest) {
    return receipt.model === run.model
      ? `Reproduced: this is the run that the link was made from, to the last bit (${ours}).`
      : `Reproduced, with another version of the model: the run of the link (${theirs}) is the same to the last bit here (${ours}).`;
  }
  if (receipt.model !== run.model) {
    return `Made with another version of the model: the run of the link (${theirs}) is not the one that you see (${ours}). What was read off it may differ.`;
  }
  return `Not reproduced: the link names ${theirs}, but its settings give ${ours}. The link may have been changed on its way.`;
}
