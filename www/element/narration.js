// The words about a run: the headline, and the text read aloud while it plays and once it has come to rest.

import { t } from "../core/i18n.js";

/** The second of the first order. */
const SHOCK_AT = 300;

/** `session` has the run; the other argument has the parts that show the words. */
export function narration(session, { headline, player, status, views }) {
  let unseen = false; // whether the reader has yet to see how the run ends
  let playing = false; // whether it played when the cursor moved last
  let phase = "";
  let told; // what was read aloud last

  const purchase = () => session.last.params.first_order === "purchase";

  /** The headline before the first play, which tells nothing of the run. */
  const before = () => {
    if (session.last.params.shock === 0) return t("A calm market.");
    return purchase() ? t("A calm market. Somebody is about to buy.") : t("A calm market. Somebody is about to sell.");
  };

  /** The headline of the first play. */
  const during = () =>
    purchase()
      ? t("Somebody buys. Each limit that the price passes makes a bot buy, too.")
      : t("Somebody sells. Each limit that the price passes makes a bot sell, too.");

  /** Has words read aloud, unless they were read last. */
  const tell = (words) => {
    if (words !== told) status.textContent = told = words;
  };

  /** Updates the descriptions of the views. */
  const describe = () => {
    if (session.lab) views.describe((name) => session.lab.viewWords(name, player.span, player.second));
  };

  /** Shows the headline of the run: the reader has seen how it ends, or wants to know. */
  const seen = () => {
    if (!unseen) return;
    unseen = false;
    headline.textContent = session.lab ? session.last.headline : "";
  };

  return {
    seen,
    /** Begins before the first play, or with a `still` picture from its middle. */
    open(still) {
      unseen = true;
      headline.textContent = still ? t("The middle of the fall. Step on to see the rest.") : before();
    },
    /** Leaves the first headline to be read: a figure that is merely near is not read aloud. */
    begin() {
      told = headline.textContent;
    },
    ran() {
      headline.textContent = unseen ? before() : session.last.headline;
    },
    moved(second, plays) {
      if (plays && !playing) told = undefined;
      playing = plays;
      if (second <= SHOCK_AT) return;
      if (!plays) seen();
      else if (unseen) headline.textContent = during();
    },
    /** Reads aloud the phase of a second while the run plays. */
    at(second) {
      const now = session.last.phases?.findLast(({ at }) => at <= second)?.words ?? "";
      if (now !== phase) tell((phase = now));
    },
    describe,
    /** Describes a run at rest. While it plays, its phases are read instead. */
    rested() {
      describe();
      if (!player.playing) tell(headline.textContent);
    },
  };
}
