// <deleverage-lab>: the laboratory as an element.
//
//     connected -> loading -> ready <-> stopped (a fault in the simulator, with a way back)
//                     \-> failed (the still picture in the element stays, with a line that says why)
//
// Attributes: the names of the parameter table (`leverage="20"`), `preset`, `t` (second of the run), `span`
// (2min, 15min, all), and `linked`, which keeps the state in the address of the page.
// Properties: `params` (get, set), `summary`, `ready` (promise). Events: `deleverage:change`,
// `deleverage:error`.

import { wanted, writeAddress } from "./address.js";
import { coalesced } from "./clock.js";
import { controls } from "./controls.js";
import { h } from "./dom.js";
import { engine, onPanic } from "./engine.js";
import { figures, loop, notice, presetPicker, seedButtons } from "./parts.js";
import { paper } from "./paper.js";
import { player } from "./player.js";
import { views } from "./views.js";

const STYLE = new URL("lab.css", import.meta.url).href;

/** Milliseconds a slider must rest before the address and the words read aloud follow. */
const REST = 400;

class DeleverageLab extends HTMLElement {
  #exports;
  #lab; // the simulator; undefined before it is ready and while it is stopped
  #parts;
  #last = {}; // what is known of the last run: it outlives the simulator
  #pending = [];
  #moving = {};
  #phase = "";
  #timer = 0;
  #cleanup = [];
  #settle;

  /** Resolves when the first live picture has been drawn; rejects with words if there will be none. */
  ready = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));

  constructor() {
    super();
    // Whoever does not wait for it need not handle that it failed: the element says so itself.
    this.ready.catch(() => {});
    this.attachShadow({ mode: "open" }).append(h("slot"));
  }

  connectedCallback() {
    this.#cleanup.push(onPanic((message) => this.#stopped(message)));
    const attributes = new MutationObserver((changes) => this.#attributes(changes.map((c) => c.attributeName)));
    attributes.observe(this, { attributes: true });
    this.#cleanup.push(() => attributes.disconnect());
    if (this.#parts) this.#wake();
    else this.#start();
  }

  disconnectedCallback() {
    this.#parts?.player.pause();
    clearTimeout(this.#timer);
    this.#cleanup.splice(0).forEach((clean) => clean());
  }

  /** The parameters, as an object with the ids of the table. Setting changes those that are named. */
  get params() {
    return this.#last.params && { ...this.#last.params };
  }

  set params(changes) {
    if (this.#lab) this.#change(changes);
    else this.#pending.push(changes);
  }

  /** Parameters and results, with the keys of `cargo xtask simulate`. */
  get summary() {
    return this.#last.summary && { ...this.#last.summary };
  }

  async #start() {
    try {
      [this.#exports] = await Promise.all([engine(), this.#style()]);
      if (this.isConnected && !this.#parts) this.#build();
    } catch (error) {
      console.error(error);
      const words = `${error.message} What you see is a still picture.`;
      const line = this.querySelector(".still-note") ?? this.appendChild(h("p", { className: "still-note" }));
      line.textContent = words;
      this.#report(error.message);
      this.#settle.reject(error);
    }
  }

  /** The style sheet, loaded before anything of the element is shown. */
  #style() {
    return new Promise((resolve, reject) => {
      const link = h("link", { rel: "stylesheet", href: STYLE, onload: resolve });
      link.onerror = () => reject(new Error("The style sheet could not be loaded."));
      this.shadowRoot.prepend(link);
    });
  }

  /** Builds everything below the element, in the state that is asked for. */
  #build() {
    const { table, words, presets, margins, readQuery, Lab } = this.#exports;
    const rows = table();
    const [left, right] = margins();

    const parts = (this.#parts = {});
    parts.notice = notice();
    parts.headline = h("p", { className: "headline" });
    parts.status = h("p", { className: "unseen", role: "status" });
    parts.loop = loop();
    parts.figures = figures();
    parts.presets = presetPicker(presets(), (preset) => this.#choose(preset));
    parts.seeds = seedButtons(
      () => this.#sow(),
      () => this.#again(),
    );
    parts.controls = controls(rows, (id, value) => this.#exports.words(id, value), (id, value) => this.#slide(id, value));
    parts.views = views(
      { left, right },
      (name, canvas, em) => this.#paint(name, canvas, em),
      (fraction) => parts.player.drag(fraction),
    );
    parts.player = player({
      sight: (span) => this.#last.sights[span],
      words: (second) => this.#lab?.moment(second).time ?? "",
      moved: (second, playing) => this.#moved(second, playing),
    });

    const ask = wanted(this, new Set(rows.map((row) => row.name)), parts.player.spans);
    const { problems } = readQuery(ask.query);
    this.#lab = new Lab(ask.query);
    this.#remember();

    const root = h(
      "div",
      { className: "lab" },
      parts.notice.element,
      h("div", { className: "main" }, ...parts.controls.main),
      parts.headline,
      parts.player.element,
      parts.views.element,
      parts.loop.element,
      parts.presets.element,
      parts.seeds.element,
      ...parts.controls.folded,
      parts.status,
    );
    // They stand in the grid of the views, under the time axis and beside it.
    parts.views.element.append(parts.player.cursor, parts.figures.element);
    parts.paper = paper(root, (printing) => (printing ? parts.views.drawNow() : parts.views.draw()));
    root.style.setProperty("--plot-left", `${left}em`);
    root.style.setProperty("--plot-right", `${right}em`);
    this.shadowRoot.querySelector("slot").replaceWith(root);
    this.toggleAttribute("ready", true);

    const shows = (span) => ask.t >= this.#last.sights[span][0] && ask.t <= this.#last.sights[span][1];
    parts.player.look(ask.span ?? parts.player.spans.find(shows) ?? parts.player.spans[0], ask.t);
    this.#wake();
    this.#ran();
    this.#problems([...ask.problems, ...problems], "The page goes on with the nearest values that are allowed.");
    for (const changes of this.#pending.splice(0)) this.#change(changes);
    requestAnimationFrame(() => this.#settle.resolve(this));
  }

  /** Listens to what only matters while the element is on a page. */
  #wake() {
    const { paper, views } = this.#parts;
    for (const part of [paper, views]) {
      part.connect();
      this.#cleanup.push(() => part.disconnect());
    }
    views.draw();
  }

  /** An author's script has changed attributes: those that the element knows count. */
  #attributes(names) {
    if (!this.#lab) return;
    const value = (name) => (names.includes(name) ? this.getAttribute(name) : null);
    const { player } = this.#parts;
    const preset = value("preset");
    const read = (id) => this.#exports.readQuery(`preset=${encodeURIComponent(id)}`);
    const { params, problems } = preset === null ? { params: {}, problems: [] } : read(preset);
    const changes = problems.length === 0 ? params : {};
    for (const name of names) {
      const id = name.replaceAll("-", "_");
      if (id in this.#last.params && value(name) !== null) changes[id] = value(name);
    }
    if (Object.keys(changes).length > 0) this.#change(changes);
    if (player.spans.includes(value("span"))) player.look(value("span"));
    if (/^\d{1,6}$/.test(value("t") ?? "")) player.go(Number(value("t")));
    this.#problems(problems);
  }

  /** A slider moves: one run a frame, with the last values. */
  #slide(id, value) {
    this.#moving[id] = value;
    this.#slideSoon();
  }

  #slideSoon = coalesced(() => {
    const changes = this.#moving;
    this.#moving = {};
    this.#change(changes);
  });

  /** Changes parameters and runs. What is wrong is said in words, and nothing changes then. */
  #change(changes) {
    if (!this.#lab) return;
    try {
      this.#lab.set(changes);
      this.#parts.notice.tell([]);
    } catch (error) {
      this.#problems([error.message]);
    }
    this.#ran();
  }

  #choose(preset) {
    this.#change(this.#exports.readQuery(preset.query).params);
    this.#show();
  }

  /** Plays what has been chosen; whoever wants less motion sees all of it at once. */
  #show() {
    const { player } = this.#parts;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) player.end();
    else player.sale();
  }

  /** A new crowd, from a new seed. */
  #sow() {
    const [seed] = crypto.getRandomValues(new Uint32Array(1));
    this.#change({ seed });
    this.#parts.seeds.tell(`Another crowd, drawn with seed ${seed}.`);
    this.#show();
  }

  /** The same seed again, and whether that gave the same bits. */
  #again() {
    const before = this.#last.summary.digest;
    this.#change({});
    const { digest, seed } = this.#last.summary;
    const result = before === digest ? "the same to the last bit" : `not the same, it was ${before}`;
    this.#parts.seeds.tell(`Run again with seed ${seed}: ${result} (digest ${digest}).`);
    this.#show();
  }

  #remember() {
    const lab = this.#lab;
    const sights = Object.fromEntries(this.#parts.player.spans.map((span) => [span, lab.sight(span)]));
    this.#last = { params: lab.params(), summary: lab.summary(), query: lab.query(), phases: lab.phases(), sights };
  }

  /** There is a new run: everything follows. */
  #ran() {
    const lab = this.#lab;
    if (!lab) return;
    this.#remember();
    const { controls, headline, figures, player, presets, views } = this.#parts;
    controls.show(this.#last.params);
    headline.textContent = lab.headline();
    figures.show(lab.figures());
    presets.show(this.#last.query);
    views.describe((name) => lab.viewWords(name));
    player.refresh();
    const detail = { params: this.params, summary: this.summary };
    this.dispatchEvent(new CustomEvent("deleverage:change", { bubbles: true, composed: true, detail }));
  }

  /** The cursor has moved, or what it points at has. */
  #moved(second, playing) {
    if (!this.#lab) return;
    const { loop, status, views } = this.#parts;
    loop.show(this.#lab.moment(second));
    views.draw();
    if (playing) {
      const phase = this.#last.phases?.findLast(({ at }) => at <= second)?.words ?? "";
      if (phase !== this.#phase) status.textContent = this.#phase = phase;
    } else {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#rest(), REST);
    }
  }

  /** Nothing has moved for a while: the words read aloud and the address follow. */
  #rest() {
    const { headline, player, status } = this.#parts;
    if (status.textContent !== headline.textContent) status.textContent = headline.textContent;
    if (this.hasAttribute("linked")) writeAddress(this.#last.query, player.span, player.place, player.spans);
  }

  #paint(name, canvas, em) {
    if (!this.#lab) return;
    const { paper, player } = this.#parts;
    try {
      this.#lab.draw(name, canvas, em, paper.dark, player.span, player.second);
    } catch (error) {
      this.#problems([`The picture could not be drawn: ${error.message}`]);
    }
  }

  /** The simulator has stopped: the last picture stays, and there is a way back. */
  #stopped(message) {
    if (!this.#lab) return;
    this.#lab = undefined;
    this.#parts.player.pause();
    this.#parts.notice.stopped(message, () => this.#restart());
    this.#report(message);
  }

  async #restart() {
    try {
      this.#exports = await engine();
      this.#lab = new this.#exports.Lab(this.#last.query);
      this.#parts.notice.tell([]);
      this.#ran();
      // The button that had the focus is gone.
      this.#parts.controls.focus();
    } catch (error) {
      this.#parts.notice.stopped(error.message, () => this.#restart());
    }
  }

  #problems(problems, then) {
    // A fault in the simulator has its own words, with a way back.
    if (!this.#lab || problems.length === 0) return;
    this.#parts.notice.tell(problems, then);
    this.#report(problems.join("; "));
  }

  #report(message) {
    this.dispatchEvent(new CustomEvent("deleverage:error", { bubbles: true, composed: true, detail: { message } }));
  }
}

// Two copies of this file on a page must not fight over the name.
if (!customElements.get("deleverage-lab")) customElements.define("deleverage-lab", DeleverageLab);
