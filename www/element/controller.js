// The controller: shows each run of the session in the parts of the layout, and handles the reader's requests.

import { t } from "../core/i18n.js";
import { layout } from "./layout.js";
import { narration } from "./narration.js";
import { sentence } from "./notice.js";
import { Session, reduced } from "./session.js";

/**
 * @import { Lab, ParamId, SpanName, ViewName } from "../pkg/full.js"
 * @import { State } from "./address.js"
 * @import { DeleverageLab } from "./element.js"
 * @import { Figure, Layout, Named, Requests } from "./layout.js"
 *
 * @typedef {object} Listener
 * @property {() => void} ran
 * @property {(state: State) => void} rested
 * @property {(message: string) => void} report
 * @property {() => void} restarted
 * @property {() => void} finished
 * @property {() => boolean} full
 * @property {() => number} crowds
 * @property {(query: string) => string[]} show
 */

/** Milliseconds without a change before the address and the text read aloud are updated. */
const REST = 400;

export class Controller {
  parts = /** @type {Layout} */ (/** @type {unknown} */ (undefined)); // the parts of the layout, after `build`
  session = new Session({
    ran: () => this.ran(),
    stepped: () => this.parts.views.flush(),
    refused: (problem) => {
      // A slider or a field may show a refused value.
      this.parts.controls.restore();
      this.problems([problem]);
    },
    accepted: () => this.parts.notice.tell([]),
    eased: () => this.parts.views.draw(),
    upgrading: () => this.#upgrading(),
    resumed: () => {
      this.parts.compare?.restarted();
      this.#enable();
    },
    stayed: (error) => {
      this.#enable();
      this.parts.controls.restore();
      this.problems([sentence(error.message)]);
    },
    failed: (error) => this.parts.notice.stopped(sentence(error.message)),
    wrong: (problems) => this.problems(problems),
    full: () => this.#on.full(),
    span: () => this.parts.player.span,
    view: () => this.#view,
    show: (query) => this.#on.show(query),
  });
  #on;
  #narration = /** @type {ReturnType<typeof narration>} */ (/** @type {unknown} */ (undefined)); // after `build`
  /** @type {HTMLElement | null | undefined} */
  #focused; // the element with focus before the full simulator took over
  #timer = 0;
  #autoplayed = false;
  #plays = false; // whether to play once it is possible
  #placed = false; // whether a second was requested

  /**
   * Calls `on.ran()` after a new run, `on.rested(state)` when nothing has changed for a while, `on.report(message)`
   * with a problem, `on.finished()` when all other crowds have been run, and `on.restarted()` after a reader has
   * restarted the simulator. `on.full()` returns whether the element needs the full simulator, `on.crowds()` how many
   * other crowds it runs; `on.show(query)` shows a state.
   * @param {Listener} on
   */
  constructor(on) {
    this.#on = on;
  }

  /**
   * Builds the parts. `host` is the element; `figure` names the views and controls of one figure.
   * @param {DeleverageLab} host
   * @param {Figure} [figure]
   */
  async build(host, figure) {
    /** @type {Requests} */
    const on = {
      host,
      slide: (id, value) => this.#slide(id, value),
      choose: (scenario) => this.#choose(scenario),
      reseed: () => this.#reseed(),
      repeat: () => this.#repeat(),
      restart: (event) => this.restart(event),
      moved: (second, playing) => this.#moved(second, playing),
      problems: (problems) => this.problems(problems),
      restSoon: () => this.restSoon(),
      open: (seed) => this.session.change({ seed }),
      finished: () => {
        this.describe();
        this.#on.finished();
      },
      crowds: this.#on.crowds(),
    };
    this.parts = await layout(this.session, on, figure);
    this.#narration = narration(this.session, this.parts);
    return this.parts;
  }

  /**
   * Performs requests deferred until the first run, and opens the market for its first play. Returns the problems.
   * @param {boolean} autoplay
   */
  begun(autoplay) {
    this.parts.compare?.rested(this.session.last.query);
    const wrong = this.session.catchUp();
    if (autoplay && this.market && !this.#placed) this.#open();
    this.#narration.begin();
    return wrong;
  }

  /** The first view. */
  get #view() {
    return /** @type {ViewName} */ (this.parts.views.names()[0]);
  }

  /** Whether it shows the market. */
  get market() {
    return this.#view === "market";
  }

  /**
   * Moves to a second, or to the end of the visible span. The span is `named`, or else one that contains that second,
   * preferably the current one. Returns the problems as sentences.
   * @param {SpanName | null | undefined} named
   * @param {number | undefined} second
   * @returns {string[]}
   */
  look(named, second) {
    const { player } = this.parts;
    const { lab, last } = this.session;
    this.#placed ||= second !== undefined;
    const found =
      second === undefined
        ? undefined
        : [player.span, ...player.spans].find(
            (span) => second >= last.sights[span][0] && second <= last.sights[span][1],
          );
    player.look(named ?? found ?? player.span, second);
    const end = lab?.seconds();
    return second !== undefined && end !== undefined && second > end
      ? [t("t is {second}, but the run ends at {end}", { second, end })]
      : [];
  }

  /**
   * Plays once `ready` resolves, unless paused before.
   * @param {Promise<unknown>} ready
   */
  play(ready) {
    this.#plays = true;
    ready.then(
      () => this.#plays && this.#play(),
      () => {},
    );
  }

  pause() {
    this.#plays = false;
    this.parts?.player.pause();
  }

  /** A function that plays once, when the element comes into view; undefined after that. */
  get autoplay() {
    if (this.#autoplayed) return undefined;
    return () => {
      // Not for a reader who has moved a slider or requested a second.
      if (this.#autoplayed || (this.market && (this.#placed || reduced()))) return;
      this.#autoplayed = true;
      this.#play();
    };
  }

  /** Plays the first sale; a reader who prefers less motion goes straight to its end. */
  #play() {
    if (!this.session.lab) return;
    this.#plays = false;
    const { player } = this.parts;
    if (reduced()) player.end();
    else player.sale();
  }

  /** Shows the market before its first play, without revealing the run. */
  #open() {
    const { player } = this.parts;
    // With reduced motion: a still from the middle, with its arrows, and a step button.
    if (reduced()) player.go(Math.round((300 + /** @type {Lab} */ (this.session.lab).extreme()) / 2));
    else player.before();
    this.#narration.open(reduced());
  }

  /**
   * @param {ParamId} id
   * @param {number | string} value
   */
  #slide(id, value) {
    const { compare, player } = this.parts;
    if (this.session.hold()) {
      this.#autoplayed = true;
      this.#narration.seen();
      if (this.market) player.end();
    }
    compare?.changing(player.playing ? undefined : player.place);
    this.session.slide(id, value);
  }

  /** @param {Named} scenario */
  #choose(scenario) {
    this.session.change(this.session.exports.readQuery(scenario.query).params);
    this.parts.player.look(scenario.span);
    this.#play();
  }

  /** Opens another crowd of the same hundred. */
  #reseed() {
    const { lab } = this.session;
    if (!lab) return;
    const [random] = crypto.getRandomValues(new Uint32Array(1));
    const seed = lab.otherSeed(random);
    this.session.change({ seed });
    this.parts.seeds?.reseeded(seed);
    this.#play();
  }

  /** Repeats the same seed, and reports whether it gave the same bits. */
  #repeat() {
    const before = this.session.last.summary.digest;
    this.session.change({}, true);
    this.parts.seeds?.repeated(this.session.last.summary, before);
    this.#play();
  }

  /** Shows a new run in all parts. */
  ran() {
    const { lab, last } = this.session;
    if (!lab) return;
    const { controls, figures, player, scenarios, root } = this.parts;
    root.querySelector(".receipt")?.remove();
    controls.show(last.params, last.words);
    this.#narration.ran();
    figures?.show(lab.figures());
    this.parts.crowds?.show();
    scenarios?.show(last.query);
    const purchase = last.params.first_order === "purchase";
    controls.name("shock", purchase ? t("First purchase") : t("First sale"));
    player.refresh(purchase);
    this.restSoon();
    this.#on.ran();
  }

  /**
   * Handles a move of the cursor, or a new run at the cursor.
   * @param {number} second
   * @param {boolean} playing
   */
  #moved(second, playing) {
    const { loop, outputs, views } = this.parts;
    const { lab } = this.session;
    outputs?.moved(second, playing);
    if (!lab) return;
    this.#narration.moved(second, playing);
    loop?.show(lab.moment(second));
    views.draw();
    if (playing) this.#narration.at(second);
    else this.restSoon();
  }

  restSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#rest(), REST);
  }

  /** Updates the text read aloud and the address once nothing has changed for a while. */
  #rest() {
    const { compare, outputs, player, root, study } = this.parts;
    if (!root.isConnected) return;
    const { query } = this.session.last;
    study?.show(query);
    compare?.rested(query);
    outputs?.show(query);
    this.#narration.rested();
    // A position that is playing is not worth returning to.
    this.#on.rested({ query, span: player.span, second: player.playing ? undefined : player.place });
  }

  /** Updates the descriptions of the views. */
  describe() {
    this.#narration.describe();
  }

  /** Stops when the element leaves the page. */
  rest() {
    this.session.release();
    this.parts?.player.pause();
    clearTimeout(this.#timer);
  }

  /** Disables the parts while the full simulator replaces the light one. */
  #upgrading() {
    const { content, player, root } = this.parts;
    this.#focused = /** @type {HTMLElement | null} */ (/** @type {ShadowRoot} */ (root.getRootNode()).activeElement);
    content.inert = true;
    this.#plays ||= player.playing;
    player.pause();
    this.restart();
  }

  /** Enables the parts again and restores the focus. */
  #enable() {
    this.parts.content.inert = false;
    this.#focused?.focus();
    this.#focused = undefined;
  }

  /**
   * Shows that the simulator has stopped. The last picture stays, with a button to restart.
   * @param {string} message
   */
  stopped(message) {
    if (!this.session.stop()) return;
    const { content, notice, player } = this.parts;
    player.pause();
    notice.stopped(
      t("The simulator has stopped because of an internal error: {message}. Your settings are kept.", { message }),
    );
    content.inert = true;
    this.#on.report(message);
  }

  /**
   * Restarts the simulator; `event` is set if a reader asked for it.
   * @param {Event} [event]
   */
  async restart(event) {
    if (!(await this.session.restart())) return;
    if (this.#plays) this.#play();
    if (!event) return;
    // The button with the focus is gone. A figure may have no sliders.
    /** @type {HTMLElement | null} */ (this.parts.content.querySelector("input, select, button"))?.focus();
    this.#on.restarted();
  }

  /**
   * Shows problems, and their consequence.
   * @param {string[]} problems
   * @param {string} [then]
   */
  problems(problems, then) {
    // A fault in the simulator has its own message, with a restart button.
    if (!this.session.lab || this.session.catching) return;
    this.parts.notice.tell(problems, then);
    if (problems.length > 0) this.#on.report(problems.join("; "));
  }
}
