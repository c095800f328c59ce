// <deleverage-lab>: the laboratory as an element, or one figure of it.
//
//     waiting -> loading -> ready <-> stopped (a fault in the simulator, with a way back)
//     (to be       \-> failed (the still picture in the element stays, with a line that says why)
//      near sight)
//
// Attributes: the names of the parameter table (`leverage="20"`), `scenario`, `t` (second of the run), `span`
// (2min, 15min, all); `view` and `controls`, which make it a figure with these and nothing else; `theme` (light, dark);
// `autoplay`, which plays once it is well in sight; `linked`, which keeps the state in the address of the page; `lang`,
// unless an element around it has it.
// Properties: `params` (get, set), `query`, `summary`, `ready` (promise), `exports`. Methods: `show(query)`, `play()`,
// `pause()`. Events: `deleverage:change`, `deleverage:error`.

import { afterFrame } from "../core/animation.js";
import { h } from "../core/dom.js";
import { onPanic, panicOf } from "../core/engine.js";
import { direction, languageOf, speak, speaking, t } from "../core/i18n.js";
import { near } from "../core/near.js";
import { adopt, styleSheet } from "../core/style-sheets.js";
import { known, merged, ofPage, strange, wanted, writeAddress } from "./address.js";
import { Controller } from "./controller.js";
import { sentence } from "./notice.js";

/**
 * @import { Changes, Params, Quantiles, Summary } from "../pkg/full.js"
 * @import { Receipt, State, Wanted } from "./address.js"
 * @typedef {{ resolve(element: DeleverageLab): void, reject(error: unknown): void }} Settle
 */

/** The views and controls of the light simulator. */
const LIGHT = new Set(["market", "leverage", "bots", "shock"]);

// A literal, so that bundlers find the file.
const LAB = new URL("../css/lab.css", import.meta.url);
const SCENARIOS = new URL("../css/scenarios.css", import.meta.url);
const FULL = new URL("../css/full-lab.css", import.meta.url);

/** Event on the document after an element has recovered from a fault, so that the others try again. */
const AGAIN = "deleverage:again";

/** @param {string | null} text */
const words = (text) => (text ?? "").split(/[\s,]+/).filter(Boolean);

export class DeleverageLab extends HTMLElement {
  #controller = new Controller({
    ran: () => this.#tell("change", { params: this.params, summary: this.summary }),
    rested: (state) => this.#rested(state),
    report: (message) => this.#tell("error", { message }),
    restarted: () => document.dispatchEvent(new Event(AGAIN)),
    full: () => this.#full,
    crowds: () => this.#crowds,
    finished: () => this.#tell("crowds", { summary: this.summary }),
    show: (query) => this.show(query),
  });
  #session = this.#controller.session;
  /** @type {string | undefined} */
  #address; // the state in the address of the page, as last read or written
  /** @type {(() => void)[]} */
  #cleanup = [];
  /** @type {Promise<void> | undefined} */
  #started;
  /** @type {CSSStyleSheet[]} */
  #sheets = [];
  #settle = /** @type {Settle} */ ({});

  /**
   * Resolves when the first live picture has been drawn; rejects with a message if that fails.
   * @type {Promise<DeleverageLab>}
   */
  ready = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));

  constructor() {
    super();
    // Rejections need no handler: the element itself shows the failure.
    this.ready.catch(() => {});
    this.attachShadow({ mode: "open" }).append(h("slot"));
    // Also reports attributes that change while the element is off the page.
    const attributes = new MutationObserver((changes) =>
      this.#attributes(changes.map((c) => /** @type {string} */ (c.attributeName))),
    );
    attributes.observe(this, { attributes: true });
  }

  connectedCallback() {
    this.#cleanup.push(
      onPanic((message, exports) => exports === this.#session.exports && this.#controller.stopped(message)),
    );
    const again = () => this.#parts && !this.#session.lab && this.#controller.restart();
    document.addEventListener(AGAIN, again);
    this.#cleanup.push(() => document.removeEventListener(AGAIN, again));
    if (this.#parts) {
      const words = panicOf(this.#session.exports);
      if (words !== undefined) this.#controller.stopped(words);
      this.#connectParts();
    } else this.#cleanup.push(near(this, () => this.#parts ?? (this.#started ??= this.#start())));
  }

  disconnectedCallback() {
    this.#controller.rest();
    this.#cleanup.splice(0).forEach((clean) => clean());
  }

  /** A different document needs its own copies of the style sheets. */
  adoptedCallback() {
    this.#adoptSheets();
  }

  /**
   * The parameters, as an object with the ids of the table. Setting changes the named ones.
   * @returns {Params | undefined}
   */
  get params() {
    const { params } = this.#session.last;
    return params && { ...params };
  }

  /** @param {Changes} changes */
  set params(changes) {
    if (this.#session.lab) this.#session.change(changes);
    else this.#session.later(changes);
  }

  /**
   * Shows a state in the form of an address: `leverage=20&t=312`. Everything else follows the element's attributes.
   * Returns the problems as sentences.
   * @param {string} query
   * @returns {string[]}
   */
  show(query) {
    if (!this.#session.lab) {
      this.#session.later(query);
      return [];
    }
    if (!this.#session.exports.covers(this.#mergedQuery(query))) return this.#session.upgrade(query);
    const own = this.#wanted("");
    const ask = this.#wanted(query);
    const { problems, span } = this.#take(ask, own.query);
    problems.push(...this.#controller.look(span ?? own.span, ask.t));
    this.#controller.problems(problems);
    return problems;
  }

  /** Plays the first sale once the element is ready. */
  play() {
    this.#controller.play(this.ready);
  }

  /** Pauses, or cancels a pending play. */
  pause() {
    this.#controller.pause();
  }

  /**
   * The parameters in the form of an address; undefined before the first run.
   * @returns {string | undefined}
   */
  get query() {
    return this.#session.last.query;
  }

  /**
   * Parameters and results, with the keys of `cargo xtask simulate`.
   * @returns {(Summary & { crowds?: Quantiles | null }) | undefined}
   */
  get summary() {
    const { summary } = this.#session.last;
    const crowds = this.#parts?.crowds?.summary;
    return summary && { ...summary, ...(crowds && { crowds }) };
  }

  /** The exports of the simulator, for scripts beside the element; undefined while there is none. */
  get exports() {
    return this.#session.lab && this.#session.exports;
  }

  async #start() {
    try {
      // The first element on the page decides the language, wherever a reader begins.
      speak(languageOf(document.querySelector(this.localName) ?? this));
      await Promise.all([this.#session.load(), this.#style()]);
      const own = wanted(this, this.#session.names, []).query;
      await this.#session.cover([own, ...this.#session.asked.map((query) => this.#mergedQuery(query))]);
      if (this.isConnected) await this.#build();
      this.#started = undefined;
    } catch (error) {
      this.#started = undefined;
      console.error(error);
      const { message } = /** @type {Error} */ (error);
      const reason = sentence(message);
      const line = this.querySelector(".still-note") ?? this.appendChild(h("p", { className: "still-note" }));
      line.textContent = this.querySelector("img, picture, svg")
        ? t("{reason} This is a still picture.", { reason })
        : reason;
      this.#tell("error", { message });
      this.#settle.reject(error);
    }
  }

  get #parts() {
    return this.#controller.parts;
  }

  /**
   * The query of a requested state, merged with the element's attributes.
   * @param {string} query
   */
  #mergedQuery(query) {
    const { names } = this.#session;
    return merged(wanted(this, names, [], "").query, wanted(this, names, [], query).query);
  }

  /** Whether it needs the full simulator regardless of its run. */
  get #full() {
    const asked = [...words(this.getAttribute("view")), ...words(this.getAttribute("controls"))];
    return !this.#figure || this.#crowds > 0 || asked.some((name) => !LIGHT.has(name));
  }

  /** Whether it is a single figure instead of the whole laboratory. */
  get #figure() {
    return this.hasAttribute("view") || this.hasAttribute("controls");
  }

  /** How many other crowds it runs: in the laboratory a hundred, in a figure as many as its attribute says. */
  get #crowds() {
    const usual = this.#figure && !words(this.getAttribute("view")).includes("crowds") ? 0 : 100;
    const asked = Math.trunc(Number(this.getAttribute("crowds") ?? usual));
    return Number.isNaN(asked) ? usual : Math.min(Math.max(asked, 0), 1000);
  }

  /** The style sheets, loaded before the element shows anything. */
  async #style() {
    const days = words(this.getAttribute("controls")).includes("days") ? [SCENARIOS] : [];
    const sheets = [LAB, ...(this.#figure ? days : [SCENARIOS, FULL])];
    this.#sheets = await Promise.all(sheets.map(styleSheet));
    this.#adoptSheets();
  }

  #adoptSheets() {
    adopt(/** @type {ShadowRoot} */ (this.shadowRoot), this.#sheets);
  }

  /** Builds the element's content in the requested state. */
  async #build() {
    const session = this.#session;
    const figure = this.#figure
      ? { views: words(this.getAttribute("view")), controls: words(this.getAttribute("controls")) }
      : undefined;
    const parts = await this.#controller.build(this, figure);
    // Independent of the language of the page around it.
    parts.root.lang = speaking;
    parts.root.dir = direction();

    this.#address = ofPage();
    const ask = this.#wanted();
    const { problems, span } = session.exports.readQuery(ask.query);
    problems.push(...parts.problems, ...this.#theme());
    const value = this.getAttribute("crowds") ?? "0";
    if (!/^(\d{1,3}|1000)$/.test(value))
      problems.push(t('crowds is "{value}", but must be a whole number from 0 to 1000', { value: value.slice(0, 40) }));
    session.begin(ask.query);
    this.shadowRoot?.querySelector("slot")?.replaceWith(parts.root);
    this.toggleAttribute("ready", true);

    problems.push(...this.#controller.look(ask.span ?? span, ask.t));
    // It may have been removed meanwhile.
    if (this.isConnected) this.#connectParts();
    this.#controller.ran();
    const late = this.#controller.begun(this.hasAttribute("autoplay"));
    const then = t("The page uses the nearest value that is allowed, or the default if there is none.");
    this.#controller.problems([...ask.problems, ...problems, ...late], then);
    if (ask.receipt) this.#check(ask.receipt);
    // Descriptions of the pictures run in a separate task, because a reader may be scrolling.
    afterFrame(() => {
      this.#controller.describe();
      this.#settle.resolve(this);
    });
  }

  /**
   * Reports whether the run is the one behind the link.
   * @param {Receipt} receipt
   */
  async #check(receipt) {
    const run = this.#session.last.summary;
    try {
      const { reproduced } = await import("./receipt.js");
      // The reader may have changed the run meanwhile.
      if (run !== this.#session.last.summary) return;
      const { root } = this.#parts;
      root.querySelector(".receipt")?.remove();
      root.prepend(reproduced(receipt, run));
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      this.#controller.problems([t("This could not be computed: {message}.", { message })]);
    }
  }

  /** Connects the listeners that only work while the element is on a page. */
  #connectParts() {
    const { theme, views, connectables = [] } = this.#parts;
    for (const part of [theme, views, ...connectables]) {
      part.connect();
      this.#cleanup.push(() => part.disconnect());
    }
    const { autoplay, market } = this.#controller;
    if (this.hasAttribute("autoplay") && autoplay && !navigator.connection?.saveData) {
      // Most of the picture must be visible, not only its sliders.
      const [picture] = views.element.children;
      this.#cleanup.push(market ? near(picture, autoplay, "0px", 0.7) : near(this, autoplay, "-25%"));
    }
    // Back and forward within the same page.
    const back = () => this.hasAttribute("linked") && this.#back();
    addEventListener("popstate", back);
    this.#cleanup.push(() => removeEventListener("popstate", back));
    views.draw();
    // The last change may have come just before the element was removed.
    this.#controller.restSoon();
  }

  /** Shows the state of a new address, unless the reader only jumped within the page. */
  #back() {
    if (!this.#session.lab || ofPage() === this.#address) return;
    this.#address = ofPage();
    const ask = this.#wanted();
    const { problems, span } = this.#take(ask);
    this.#controller.problems([...problems, ...this.#controller.look(span, ask.t)]);
  }

  /**
   * The state that the element should show: see `wanted`.
   * @param {[query?: string, among?: string[]]} query
   */
  #wanted(...query) {
    return wanted(this, this.#session.names, this.#parts.player.spans, ...query);
  }

  /**
   * Applies a requested state; `upon` has everything else. Returns the problems, and the span of the state.
   * @param {Wanted} ask
   */
  #take(ask, upon = "") {
    const { params, problems, span } = this.#session.exports.readQuery(merged(upon, ask.query));
    problems.unshift(...ask.problems, ...this.#session.change(params));
    if (ask.receipt) this.#check(ask.receipt);
    return { problems, span: ask.span ?? span };
  }

  /**
   * Applies attributes that an author's script has changed.
   * @param {string[]} names
   */
  #attributes(names) {
    const { lab, last, names: ours } = this.#session;
    if (!lab || !names.some((name) => name === "theme" || known(ours)(name))) return;
    const ask = this.#wanted("", names);
    // Other settings stay as the reader has them; a scenario sets all of them.
    const upon = ask.query.includes("scenario=") ? "" : last.query;
    const { problems, span } = ask.query ? this.#take(ask, upon) : ask;
    if ((span ?? ask.t) !== undefined) problems.push(...this.#controller.look(span, ask.t));
    if (names.includes("theme")) {
      this.#parts.views.draw();
      problems.push(...this.#theme());
    }
    this.#controller.problems(problems);
  }

  /** The problem with the theme, if any. */
  #theme() {
    return strange("theme", this.getAttribute("theme") || "light", ["light", "dark"]);
  }

  /**
   * Writes the state to the address once nothing has changed for a while.
   * @param {State} state
   */
  #rested(state) {
    if (!this.hasAttribute("linked")) return;
    writeAddress(this, this.#session.names, state);
    this.#address = ofPage();
  }

  /**
   * Dispatches an event of the element.
   * @param {string} name
   * @param {object} detail
   */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`deleverage:${name}`, { bubbles: true, composed: true, detail }));
  }
}
