// The text about a run: the headline, and the text read aloud while it plays and after it.

import { t } from "../core/i18n.js";

/**
 * @import { Layout } from "./layout.js"
 * @import { Session } from "./session.js"
 */

/** The second of the first order. */
const SHOCK_AT = 300;

/**
 * `session` has the run; the other argument has the parts that show the text.
 * @param {Session} session
 * @param {Pick<Layout, "headline" | "player" | "status" | "views">} shown
 */
export function narration(session, { headline, player, status, views }) {
  let unseen = false; // whether the reader has yet to see how the run ends
  let playing = false; // whether it was playing at the last move of the cursor
  let phase = "";
  /** @type {string | undefined} */
  let told; // the text read aloud last

  const purchase = () => session.last.params.first_order === "purchase";

  /** The headline before the first play, which does not reveal the run. */
  const before = () => {
    if (session.last.params.shock === 0) return t("A calm market.");
    return purchase() ? t("A calm market. Somebody is about to buy.") : t("A calm market. Somebody is about to sell.");
  };

  /** The headline during the first play. */
  const during = () =>
    purchase()
      ? t("Somebody buys. Each limit that the price passes makes a bot buy, too.")
      : t("Somebody sells. Each limit that the price passes makes a bot sell, too.");

  /**
   * Reads a text aloud, unless it was the last one.
   * @param {string} words
   */
  const tell = (words) => {
    if (words !== told) status.textContent = told = words;
  };

  /** Updates the descriptions of the views. */
  const describe = () => {
    const { lab } = session;
    if (lab) views.describe((name) => lab.viewWords(name, player.span, player.second));
  };

  /** Shows the headline of the run, once the reader has seen its end or asked for it. */
  const seen = () => {
    if (!unseen) return;
    unseen = false;
    headline.textContent = session.lab ? session.last.headline : "";
  };

  return {
    seen,
    /**
     * Starts before the first play, or with a `still` picture from its middle.
     * @param {boolean} still
     */
    open(still) {
      unseen = true;
      headline.textContent = still ? t("The middle of the fall. Step on to see the rest.") : before();
    },
    /** Does not read the first headline aloud, because the figure may only be near. */
    begin() {
      told = headline.textContent;
    },
    ran() {
      headline.textContent = unseen ? before() : session.last.headline;
    },
    /**
     * @param {number} second
     * @param {boolean} plays
     */
    moved(second, plays) {
      if (plays && !playing) told = undefined;
      playing = plays;
      if (second <= SHOCK_AT) return;
      if (!plays) seen();
      else if (unseen) headline.textContent = during();
    },
    /**
     * Reads the phase of a second aloud while the run plays.
     * @param {number} second
     */
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
