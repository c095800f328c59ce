// The controller: shows each run of the session in the parts of the layout, and does what a reader asks of them.

import { t } from "../core/i18n.js";
import { layout } from "./layout.js";
import { narration } from "./narration.js";
import { sentence } from "./notice.js";
import { Session, reduced } from "./session.js";

/** Milliseconds a slider must rest before the address and the words read aloud follow. */
const REST = 400;

export class Controller {
  parts; // those of the layout; undefined before they are built
  session = new Session({
    ran: () => this.ran(),
    stepped: () => this.parts.views.flush(),
    refused: (problem) => {
      // A slider or a field may show what was refused.
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
  #narration;
  #focused; // what had the focus when the full simulator began to take over
  #timer = 0;
  #autoplayed = false;
  #plays = false; // whether it is to play as soon as it can
  #placed = false; // whether a second was asked for

  /**
   * Calls `on.ran()` after a new run, `on.rested(state)` when nothing has moved for a while, `on.report(message)` with a
   * problem, and `on.restarted()` after a reader has started the simulator again. `on.full()` says whether the element needs
   * the full simulator; `on.show(query)` shows a state.
   */
  constructor(on) {
    this.#on = on;
  }

  /** Makes the parts. `host` is the element; `figure` names the views and controls of one figure. */
  async build(host, figure) {
    const on = {
      host,
      slide: (id, value) => this.#slide(id, value),
      choose: (scenario) => this.#choose(scenario),
      sow: () => this.#sow(),
      again: () => this.#again(),
      restart: (event) => this.restart(event),
      moved: (second, playing) => this.#moved(second, playing),
      problems: (problems) => this.problems(problems),
      restSoon: () => this.restSoon(),
    };
    this.parts = await layout(this.session, on, figure);
    this.#narration = narration(this.session, this.parts);
    return this.parts;
  }

  /** Does what was put off until the first run, and opens the market for its first play. Returns the problems. */
  begun(autoplay) {
    this.parts.compare?.rested(this.session.last.query);
    const wrong = this.session.catchUp();
    if (autoplay && this.market && !this.#placed) this.#open();
    this.#narration.begin();
    return wrong;
  }

  /** Its first view. */
  get #view() {
    return this.parts.views.names()[0];
  }

  /** Whether its picture is that of the market. */
  get market() {
    return this.#view === "market";
  }

  /**
   * Looks at a second, or at the end of what is in sight: in the span that is named, else in one that shows that second,
   * the present one if it does. Returns the problems, in words.
   */
  look(named, second) {
    const { player } = this.parts;
    const { lab, last } = this.session;
    this.#placed ||= second !== undefined;
    const shows = (span) => second >= last.sights[span][0] && second <= last.sights[span][1];
    const found = second === undefined ? undefined : [player.span, ...player.spans].find(shows);
    player.look(named ?? found ?? player.span, second);
    const end = lab?.seconds();
    return second > end ? [t("t is {second}, but the run ends at {end}", { second, end })] : [];
  }

  /** Plays as soon as `ready` resolves, unless it is paused before. */
  play(ready) {
    this.#plays = true;
    ready.then(() => this.#plays && this.#play(), () => {});
  }

  pause() {
    this.#plays = false;
    this.parts?.player.pause();
  }

  /** Plays when it comes into sight, once. */
  get autoplay() {
    if (this.#autoplayed) return undefined;
    return () => {
      // A reader who has moved a slider, or asked for a second, wants to see something else.
      if (this.#autoplayed || (this.market && (this.#placed || reduced()))) return;
      this.#autoplayed = true;
      this.#play();
    };
  }

  /** Plays the first sale; a reader who prefers less motion sees its end at once. */
  #play() {
    if (!this.session.lab) return;
    this.#plays = false;
    const { player } = this.parts;
    if (reduced()) player.end();
    else player.sale();
  }

  /** Shows the market before its first play, and tells nothing of the run. */
  #open() {
    const { player } = this.parts;
    // With reduced motion: a still from the middle, with its arrows, and steps.
    if (reduced()) player.go(Math.round((300 + this.session.lab.extreme()) / 2));
    else player.before();
    this.#narration.open(reduced());
  }

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

  #choose(scenario) {
    this.session.change(this.session.exports.readQuery(scenario.query).params);
    this.parts.player.look(scenario.span);
    this.#play();
  }

  /** A new crowd, from a new seed. */
  #sow() {
    const [seed] = crypto.getRandomValues(new Uint32Array(1));
    this.session.change({ seed });
    this.parts.seeds.sown(seed);
    this.#play();
  }

  /** The same seed again, and whether that gave the same bits. */
  #again() {
    const before = this.session.last.summary.digest;
    this.session.change({}, true);
    this.parts.seeds.repeated(this.session.last.summary, before);
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
    scenarios?.show(last.query);
    const purchase = last.params.first_order === "purchase";
    controls.name("shock", purchase ? t("First purchase") : t("First sale"));
    player.refresh(purchase);
    this.restSoon();
    this.#on.ran();
  }

  /** The cursor has moved, or the run at the cursor has changed. */
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

  /** Updates what is read aloud and the address once nothing has moved for a while. */
  #rest() {
    const { compare, outputs, player, root, study } = this.parts;
    if (!root.isConnected) return;
    const { query } = this.session.last;
    study?.show(query);
    compare?.rested(query);
    outputs?.show(query);
    this.#narration.rested();
    // A place that moves on by itself is none to come back to.
    this.#on.rested({ query, span: player.span, second: player.playing ? undefined : player.place });
  }

  /** Updates the descriptions of the views. */
  describe() {
    this.#narration.describe();
  }

  /** The element is taken off the page. */
  rest() {
    this.session.release();
    this.parts?.player.pause();
    clearTimeout(this.#timer);
  }

  /** Stops the parts while the full simulator takes over from the light one. */
  #upgrading() {
    const { bench, player, root } = this.parts;
    this.#focused = root.getRootNode().activeElement;
    bench.inert = true;
    this.#plays ||= player.playing;
    player.pause();
    this.restart();
  }

  /** Enables the parts again, with the focus where it was. */
  #enable() {
    this.parts.bench.inert = false;
    this.#focused?.focus();
    this.#focused = undefined;
  }

  /** Shows that the simulator has stopped: the last picture stays, with a button to start it again. */
  stopped(message) {
    if (!this.session.stop()) return;
    const { bench, notice, player } = this.parts;
    player.pause();
    notice.stopped(t("The simulator has stopped because of a fault in it: {message}. Your settings are kept.", { message }));
    bench.inert = true;
    this.#on.report(message);
  }

  /** Starts the simulator again; with `event` a reader has asked for it. */
  async restart(event) {
    if (!(await this.session.restart())) return;
    if (this.#plays) this.#play();
    if (!event) return;
    // The button that had the focus is gone. A figure may have no sliders.
    this.parts.bench.querySelector("input, select, button")?.focus();
    this.#on.restarted();
  }

  /** Shows problems, and what follows from them. */
  problems(problems, then) {
    // A fault in the simulator has its own words, with a way back.
    if (!this.session.lab || this.session.catching) return;
    this.parts.notice.tell(problems, then);
    if (problems.length > 0) this.#on.report(problems.join("; "));
  }
}
