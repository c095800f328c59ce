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

import { FOREIGN, known, ofPage, strange, wanted, writeAddress } from "./address.js";
import { bench } from "./bench.js";
import { coalesced, near } from "./clock.js";
import { h } from "./dom.js";
import { engine, onPanic, panicOf, trapped } from "./engine.js";
import { direction, languageOf, plural, speak, speaking, t } from "./language.js";
import { sentence } from "./parts.js";
import { styleSheet } from "./style.js";

// Scripts that are loaded later take from here what there is one of for the page, and what need not be loaded twice.
export { FOREIGN, direction, engine, languageOf, near, onPanic, panicOf, plural, speak, speaking, styleSheet, t };

/** What the light simulator can draw and set. */
const LIGHT = new Set(["market", "leverage", "bots", "shock"]);

// Written out, for tools that put a page together.
const LAB = new URL("./lab.css", import.meta.url);
const SCENARIOS = new URL("./scenarios.css", import.meta.url);
const TOOLS = new URL("./tools.css", import.meta.url);

/** Said on the document when one element runs again after a fault: the others may, too. */
const AGAIN = "deleverage:again";

const words = (text) => (text ?? "").split(/[\s,]+/).filter(Boolean);

/** Milliseconds a slider must rest before the address and the words read aloud follow. */
const REST = 400;

/** Frames in which the scales move to those of a new run. */
const EASE = 12;

const reduced = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

class DeleverageLab extends HTMLElement {
  #exports;
  #lab; // the simulator; undefined before it is ready and while it is stopped
  #parts;
  #last = {}; // what is known of the last run: it outlives the simulator
  #pending = [];
  #catching = false; // whether what is pending is being done
  #moving = {};
  #phase = "";
  #told; // what was last said to whoever cannot see it
  #timer = 0;
  #address; // the state in the address of the page, as it was last read or written
  #cleanup = [];
  #names = new Set();
  #started;
  #sheets = [];
  #autoplayed = false;
  #plays = false; // whether it is to play once it is ready
  #former; // the light simulator while the full one is on its way
  #whole = false; // whether its run needs the full simulator
  #held = false; // whether a slider is held
  #playing = false; // whether it played when the cursor moved last
  #placed = false; // whether a second was asked for
  #unseen = false; // whether the reader has yet to see how the run ends
  #settle;
  #tools; // what only the whole laboratory has

  /** Resolves when the first live picture has been drawn; rejects with words if there will be none. */
  ready = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));

  constructor() {
    super();
    // Whoever does not wait for it need not handle that it failed: the element says so itself.
    this.ready.catch(() => {});
    this.attachShadow({ mode: "open" }).append(h("slot"));
    // It hears of attributes that change while the element is away, too.
    const attributes = new MutationObserver((changes) => this.#attributes(changes.map((c) => c.attributeName)));
    attributes.observe(this, { attributes: true });
  }

  connectedCallback() {
    this.#cleanup.push(onPanic((message, exports) => exports === this.#exports && this.#stopped(message)));
    const again = () => this.#parts && !this.#lab && this.#restart();
    document.addEventListener(AGAIN, again);
    this.#cleanup.push(() => document.removeEventListener(AGAIN, again));
    if (this.#parts) {
      const words = panicOf(this.#exports);
      if (words !== undefined) this.#stopped(words);
      this.#wake();
    } else this.#cleanup.push(near(this, () => this.#parts ?? (this.#started ??= this.#start())));
  }

  disconnectedCallback() {
    if (this.#held) this.#released();
    this.#parts?.player.pause();
    clearTimeout(this.#timer);
    this.#cleanup.splice(0).forEach((clean) => clean());
  }

  /** Another document wants style sheets of its own. */
  adoptedCallback() {
    this.#dress();
  }

  /** The parameters, as an object with the ids of the table. Setting changes those that are named. */
  get params() {
    return this.#last.params && { ...this.#last.params };
  }

  set params(changes) {
    if (this.#lab) this.#change(changes);
    else this.#pending.push(changes);
  }

  /**
   * Shows a state written as in an address: `leverage=20&t=312`. What it does not name is as the element's own
   * attributes have it. Gives what was wrong with it, as sentences.
   */
  show(query) {
    if (!this.#lab) {
      this.#pending.push(query);
      return [];
    }
    if (!this.#exports.covers(this.#upon(query))) return this.#upgrade(query);
    const own = this.#wanted("");
    const ask = this.#wanted(query);
    const { problems, span } = this.#take(ask, own.query);
    problems.push(...this.#look(span ?? own.span, ask.t));
    this.#problems(problems);
    return problems;
  }

  /** Plays the first sale, as its button does, once the element is ready. */
  play() {
    this.#plays = true;
    this.ready.then(() => this.#plays && this.#play(), () => {});
  }

  /** Stops where it is, or calls off what was to play. */
  pause() {
    this.#plays = false;
    this.#parts?.player.pause();
  }

  /** The parameters as in an address; nothing before the first run. */
  get query() {
    return this.#last.query;
  }

  /** Parameters and results, with the keys of `cargo xtask simulate`. */
  get summary() {
    return this.#last.summary && { ...this.#last.summary };
  }

  /** The exports of the simulator, for what stands beside the element; undefined while there is none. */
  get exports() {
    return this.#lab && this.#exports;
  }

  async #start() {
    try {
      // The first element of a page, wherever a reader begins.
      speak(languageOf(document.querySelector(this.localName) ?? this));
      [this.#exports] = await Promise.all([engine(this.#full), this.#style()]);
      this.#names = new Set(this.#exports.names());
      const states = this.#pending.filter((what) => typeof what === "string").map((query) => this.#upon(query));
      this.#whole = ![wanted(this, this.#names, []).query, ...states].every((state) => this.#exports.covers(state));
      if (this.#whole) this.#exports = await engine(true);
      if (this.isConnected) await this.#build();
      this.#started = undefined;
    } catch (error) {
      this.#started = undefined;
      console.error(error);
      const reason = sentence(error.message);
      const line = this.querySelector(".still-note") ?? this.appendChild(h("p", { className: "still-note" }));
      line.textContent = this.querySelector("img, picture, svg") ? t("{reason} What you see is a still picture.", { reason }) : reason;
      this.#report(error.message);
      this.#settle.reject(error);
    }
  }

  /** A state that is asked for, upon the element's own attributes. */
  #upon(query) {
    const merged = new URLSearchParams(wanted(this, this.#names, [], "").query);
    for (const [name, value] of new URLSearchParams(wanted(this, this.#names, [], query).query)) merged.set(name.replaceAll("_", "-"), value);
    return merged.toString();
  }

  /** Whether it needs the full simulator. */
  get #full() {
    const asked = [...words(this.getAttribute("view")), ...words(this.getAttribute("controls"))];
    return this.#whole || asked.length === 0 || asked.some((name) => !LIGHT.has(name));
  }

  /** Whether it is one figure, and not the whole laboratory. */
  get #figure() {
    return this.hasAttribute("view") || this.hasAttribute("controls");
  }

  /** The style sheets, loaded before anything of the element is shown. */
  async #style() {
    const days = words(this.getAttribute("controls")).includes("days") ? [SCENARIOS] : [];
    const sheets = [LAB, ...(this.#figure ? days : [SCENARIOS, TOOLS])];
    this.#sheets = await Promise.all(sheets.map(styleSheet));
    this.#dress();
  }

  #dress() {
    const { CSSStyleSheet: Sheet } = this.ownerDocument.defaultView ?? self;
    const copy = ({ cssRules }) => {
      const sheet = new Sheet();
      sheet.replaceSync([...cssRules].map(({ cssText }) => cssText).join(""));
      return sheet;
    };
    this.shadowRoot.adoptedStyleSheets = Sheet === CSSStyleSheet ? this.#sheets : this.#sheets.map(copy);
  }

  /** Builds everything below the element, in the state that is asked for. */
  async #build() {
    const { table, names, readQuery, Lab } = this.#exports;
    const rows = table();
    this.#names = new Set(names());
    const on = {
      slide: (id, value) => this.#slide(id, value),
      released: () => this.#released(),
      low: () => this.#lab.extreme(),
      choose: (scenario) => this.#choose(scenario),
      sow: () => this.#sow(),
      again: () => this.#again(),
      restart: (event) => this.#restart(event),
      words: (id, value) => this.#exports.words(id, value),
      paint: (...what) => this.#paint(...what),
      pointed: (...where) => this.#pointed(...where),
      left: () => this.#light("", 0),
      keep: (beside) => this.#kept((lab) => lab.keep(beside)),
      letGo: () => this.#kept((lab) => lab.letGo()),
      set: (query) => this.#change(this.#exports.readQuery(query).params),
      light: (what, value) => this.#light(what, value),
      sight: (span) => this.#last.sights[span],
      moment: (second) => this.#lab?.time(second) ?? "",
      moved: (second, playing) => this.#moved(second, playing),
      alive: () => this.#lab !== undefined,
      lab: () => this.#lab,
      change: (changes) => this.#change(changes),
      params: () => this.params,
      host: this,
      usual: (id) => rows.find((row) => row.id === id).default,
    };
    const figure = this.#figure ? { views: words(this.getAttribute("view")), controls: words(this.getAttribute("controls")) } : undefined;
    const parts = await bench(this.#exports, rows, on, figure);
    this.#parts = parts;
    // Whatever the page around it speaks.
    parts.root.lang = speaking;
    parts.root.dir = direction();

    this.#address = ofPage();
    const ask = this.#wanted();
    const { problems, span } = readQuery(ask.query);
    problems.push(...parts.problems, ...this.#theme());
    this.#lab = new Lab(ask.query);
    this.#remember();
    this.shadowRoot.querySelector("slot").replaceWith(parts.root);
    this.toggleAttribute("ready", true);

    problems.push(...this.#look(ask.span ?? span, ask.t));
    // It may have been taken away meanwhile.
    if (this.isConnected) this.#wake();
    this.#ran();
    parts.compare?.rested(this.#last.query);
    const late = this.#catchUp();
    if (this.hasAttribute("autoplay") && parts.views.names()[0] === "market" && !this.#placed) this.#open();
    const then = t("The page goes on with the nearest value that is allowed, or the usual one where there is none.");
    this.#problems([...ask.problems, ...problems, ...late], then);
    if (ask.receipt) this.#check(ask.receipt);
    // Nobody has asked to be told of a figure that is merely near. Its headline is there to be read.
    this.#told = parts.headline.textContent;
    // The words for the pictures in a task of their own: a reader may be scrolling.
    requestAnimationFrame(() =>
      setTimeout(() => {
        this.#describe();
        this.#settle.resolve(this);
      }),
    );
  }

  /** Says whether the run is the one that a link was made from. */
  async #check(receipt) {
    const run = this.#last.summary;
    try {
      const { reproduced } = await import("./receipt.js");
      // Meanwhile the reader may have gone on to another run.
      if (run !== this.#last.summary) return;
      const { root } = this.#parts;
      root.querySelector(".receipt")?.remove();
      root.prepend(reproduced(receipt, run));
    } catch ({ message }) {
      this.#problems([t("This could not be worked out: {message}.", { message })]);
    }
  }

  /** Does what was asked for before there was anybody to ask. Gives what was wrong, which is then told as one. */
  #catchUp() {
    this.#catching = true;
    try {
      const wrong = [];
      while (this.#lab && this.#pending.length > 0) {
        const what = this.#pending.shift();
        wrong.push(...(typeof what === "string" ? this.show(what) : this.#change(what)));
      }
      return wrong;
    } finally {
      this.#catching = false;
    }
  }

  /** Listens to what only matters while the element is on a page. */
  #wake() {
    const { paper, views, guests = [] } = this.#parts;
    for (const part of [paper, views, ...guests]) {
      part.connect();
      this.#cleanup.push(() => part.disconnect());
    }
    const autoplay = () => {
      // Whoever has moved a slider before wants to see something else, and so does who asked for a second.
      if (this.#autoplayed || (this.#market && (this.#placed || reduced()))) return;
      this.#autoplayed = true;
      this.#play();
    };
    if (this.hasAttribute("autoplay") && !this.#autoplayed && !navigator.connection?.saveData) {
      // Most of the picture is to be seen, and not only its sliders.
      const [picture] = views.element.children;
      this.#cleanup.push(this.#market ? near(picture, autoplay, "0px", 0.7) : near(this, autoplay, "-25%"));
    }
    // Back and forward, as far as the page itself is the same.
    const back = () => this.hasAttribute("linked") && this.#back();
    addEventListener("popstate", back);
    this.#cleanup.push(() => removeEventListener("popstate", back));
    views.draw();
    // What changed last may not have rested before it was taken away.
    this.#restSoon();
  }

  /** The address is another, but the reader may merely have gone to another place of the page. */
  #back() {
    if (!this.#lab || ofPage() === this.#address) return;
    this.#address = ofPage();
    const ask = this.#wanted();
    const { problems, span } = this.#take(ask);
    this.#problems([...problems, ...this.#look(span, ask.t)]);
  }

  /** What the element is asked to show: see `wanted`. */
  #wanted(...query) {
    return wanted(this, this.#names, this.#parts.player.spans, ...query);
  }

  /** Sets what is asked for, and what it does not name as in a query. Gives what was wrong, and the span that goes with it. */
  #take(ask, upon = "") {
    const merged = new URLSearchParams(upon);
    for (const [name, value] of new URLSearchParams(ask.query)) merged.set(name.replaceAll("_", "-"), value);
    const { params, problems, span } = this.#exports.readQuery(merged.toString());
    problems.unshift(...ask.problems, ...this.#change(params));
    if (ask.receipt) this.#check(ask.receipt);
    return { problems, span: ask.span ?? span };
  }

  /**
   * Looks at a second, or at the end of what is in sight: in the span that is named, else in one that shows that second,
   * the present one if it does. Gives what was wrong, in words.
   */
  #look(named, second) {
    const { player } = this.#parts;
    this.#placed ||= second !== undefined;
    const shows = (span) => second >= this.#last.sights[span][0] && second <= this.#last.sights[span][1];
    const found = second === undefined ? undefined : [player.span, ...player.spans].find(shows);
    player.look(named ?? found ?? player.span, second);
    const end = this.#lab?.seconds();
    return second > end ? [t("t is {second}, but the run ends at {end}", { second, end })] : [];
  }

  /** An author's script has changed attributes: those that the element knows count, as they do at the start. */
  #attributes(names) {
    if (!this.#lab || !names.some((name) => name === "theme" || known(this.#names)(name))) return;
    const ask = this.#wanted("", names);
    // The others stay as the reader has them; a scenario names all of them.
    const upon = ask.query.includes("scenario=") ? "" : this.#last.query;
    const { problems, span } = ask.query ? this.#take(ask, upon) : ask;
    if ((span ?? ask.t) !== undefined) problems.push(...this.#look(span, ask.t));
    if (names.includes("theme")) {
      this.#parts.views.draw();
      problems.push(...this.#theme());
    }
    this.#problems(problems);
  }

  /** What is wrong with the theme, in words. */
  #theme() {
    return strange("theme", this.getAttribute("theme") || "light", ["light", "dark"]);
  }

  /** The picture of the market before its first play: nothing of what comes is told. */
  #open() {
    const { player } = this.#parts;
    // Where nothing may move: a still from the middle, with its arrows, and steps.
    if (reduced()) player.go(Math.round((300 + this.#lab.extreme()) / 2));
    else player.before();
    this.#unseen = true;
    this.#parts.headline.textContent = reduced() ? t("The middle of the fall. Step on to see the rest.") : this.#before();
  }

  /** What is told before the first play: nothing of what comes. */
  #before() {
    const { first_order: order, shock } = this.#last.params;
    if (shock === 0) return t("A calm market.");
    return order === "purchase" ? t("A calm market. Somebody is about to buy.") : t("A calm market. Somebody is about to sell.");
  }

  /** What is told while it plays for the first time. */
  #during() {
    return this.#last.params.first_order === "purchase"
      ? t("Somebody buys. Each limit that the price passes makes a bot buy, too.")
      : t("Somebody sells. Each limit that the price passes makes a bot sell, too.");
  }

  /** Whether its picture is that of the market. */
  get #market() {
    return this.#parts?.views.names()[0] === "market";
  }

  /** The reader has seen how it ends, or wants to know. */
  #seen() {
    if (!this.#unseen) return;
    this.#unseen = false;
    const { headline, views } = this.#parts;
    headline.textContent = this.#lab?.headline(views.names()[0]) ?? "";
  }

  /** A slider moves: one run a frame, with the last values. The scales stay until it is let go. */
  #slide(id, value) {
    const { player } = this.#parts;
    if (!this.#held && this.#lab) {
      this.#held = true;
      this.#autoplayed = true;
      this.#lab.hold(player.span);
      this.#seen();
      if (this.#market) player.end();
    }
    this.#parts.compare?.changing(this.#parts.player.playing ? undefined : this.#parts.player.place);
    this.#moving[id] = value;
    this.#slideSoon();
  }

  /** The slider is let go: the scales move to those of the run. */
  #released() {
    if (!this.#held) return;
    let frame = 0;
    const ease = () => {
      if (this.#held || !this.#lab) return;
      const same = this.#lab.settle(this.#parts.player.span, frame++ < EASE && !reduced() ? 0.3 : 1);
      this.#parts.views.draw();
      if (!same) requestAnimationFrame(ease);
    };
    // After the run of the last step, which still has the scales that are held.
    requestAnimationFrame(() => {
      this.#held = false;
      ease();
    });
  }

  #slideSoon = coalesced(() => {
    const changes = this.#moving;
    this.#moving = {};
    this.#change(changes);
  });

  /**
   * Changes parameters and runs. What is wrong is said in words, and nothing changes then. Gives what was wrong.
   */
  #change(changes, again = false) {
    if (!this.#lab) return [];
    try {
      if (!this.#lab.set(changes)) return this.#upgrade(changes);
    } catch (error) {
      if (trapped(error)) return [];
      const problem = String(error?.message ?? error);
      // A slider or a field may show what was refused.
      this.#parts.controls.show(this.#last.params);
      this.#problems([problem]);
      return [problem];
    }
    this.#parts.notice.tell([]);
    // What another than a slider changes gets its scales at once, and has no ghost.
    if (!this.#held) {
      this.#lab.forgetBefore();
      this.#lab.settle(this.#parts.player.span, 1);
    }
    if (again || this.#lab.query() !== this.#last.query) this.#ran();
    return [];
  }

  /** The light simulator cannot run this: the full one goes on from where it is. */
  #upgrade(changes) {
    this.#former = { exports: this.#exports, lab: this.#lab, focused: this.shadowRoot.activeElement };
    this.#whole = true;
    this.#lab = undefined;
    this.#parts.bench.inert = true;
    this.#pending.unshift(changes);
    this.#plays ||= this.#parts.player.playing;
    this.#parts.player.pause();
    this.#restart();
    return [];
  }

  #choose(scenario) {
    this.#change(this.#exports.readQuery(scenario.query).params);
    this.#parts.player.look(scenario.span);
    this.#play();
  }

  /** Plays what has been chosen; whoever wants less motion sees all of it at once. */
  #play() {
    if (!this.#lab) return;
    this.#plays = false;
    const { player } = this.#parts;
    if (reduced()) player.end();
    else player.sale();
  }

  /** A new crowd, from a new seed. */
  #sow() {
    const [seed] = crypto.getRandomValues(new Uint32Array(1));
    this.#change({ seed });
    this.#parts.seeds.sown(seed);
    this.#play();
  }

  /** The same seed again, and whether that gave the same bits. */
  #again() {
    const before = this.#last.summary.digest;
    this.#change({}, true);
    this.#parts.seeds.repeated(this.#last.summary, before);
    this.#play();
  }

  #remember() {
    const lab = this.#lab;
    const sights = Object.fromEntries(this.#parts.player.spans.map((span) => [span, lab.sight(span)]));
    this.#last = { params: lab.params(), summary: lab.summary(), query: lab.query(), phases: lab.phases?.() ?? [], sights };
  }

  /** There is a new run: everything follows. */
  #ran() {
    const lab = this.#lab;
    if (!lab) return;
    this.#remember();
    const { controls, headline, figures, player, scenarios, views, root } = this.#parts;
    root.querySelector(".receipt")?.remove();
    controls.show(this.#last.params);
    headline.textContent = this.#unseen ? this.#before() : lab.headline(views.names()[0]);
    figures?.show(lab.figures());
    scenarios?.show(this.#last.query);
    const purchase = this.#last.params.first_order === "purchase";
    controls.name("shock", purchase ? t("First purchase") : t("First sale"));
    player.refresh(purchase);
    this.#restSoon();
    const detail = { params: this.params, summary: this.summary };
    this.dispatchEvent(new CustomEvent("deleverage:change", { bubbles: true, composed: true, detail }));
  }

  /** The cursor has moved, or what it points at has. */
  #moved(second, playing) {
    const { loop, renderings, views } = this.#parts;
    renderings?.moved(second, playing);
    if (!this.#lab) return;
    if (playing && !this.#playing) this.#told = undefined;
    this.#playing = playing;
    if (!playing && second > 300) this.#seen();
    if (playing && second > 300 && this.#unseen) this.#parts.headline.textContent = this.#during();
    loop?.show(this.#lab.moment(second));
    views.draw();
    if (playing) {
      const phase = this.#last.phases?.findLast(({ at }) => at <= second)?.words ?? "";
      if (phase !== this.#phase) this.#tell((this.#phase = phase));
    } else {
      this.#restSoon();
    }
  }

  #restSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#rest(), REST);
  }

  /** Nothing has moved for a while: the words read aloud and the address follow. */
  #rest() {
    if (!this.isConnected) return;
    const { compare, headline, player, renderings, study } = this.#parts;
    study?.show(this.#last.query);
    compare?.rested(this.#last.query);
    renderings?.show(this.#last.query);
    this.#describe();
    // While it plays it tells what happens; how it ends comes at the end.
    if (!player.playing) this.#tell(headline.textContent);
    // A place that moves on by itself is none to come back to.
    const second = player.playing ? undefined : player.place;
    const state = { query: this.#last.query, span: player.span, second };
    if (this.hasAttribute("linked")) {
      writeAddress(this, this.#names, state);
      this.#address = ofPage();
    }
  }

  /** Says it to whoever cannot see it, unless that is what was said last. */
  #tell(words) {
    if (words !== this.#told) this.#parts.status.textContent = this.#told = words;
  }

  /** Says what each view shows now. */
  #describe() {
    const { player, views } = this.#parts;
    if (this.#lab) views.describe((name) => this.#lab.viewWords(name, player.span, player.second));
  }

  #paint(name, canvas, em, width, height) {
    // A canvas that gets another size is blank: without a simulator the last picture stays as it is.
    if (!this.#lab) return;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const { paper, player } = this.#parts;
    try {
      this.#lab.draw(name, canvas, em, paper.dark, player.span, player.exact);
    } catch (error) {
      if (!trapped(error)) this.#problems([t("The picture could not be drawn: {reason}", { reason: error.message })]);
    }
  }

  /** A pointer is somewhere in a view: what lies there is lit up in all of them. */
  #pointed(name, size, em, at) {
    if (!this.#lab?.pointAt) return;
    const { player } = this.#parts;
    this.#lit(this.#lab.pointAt(name === "kept" ? "price" : name, size, em, player.span, player.second, at));
  }

  /** Another run is kept, or none. */
  #kept(work) {
    if (!this.#lab) return;
    work(this.#lab);
    this.#parts.views.draw();
    this.#restSoon();
  }

  #light(what, value) {
    if (this.#lab?.point) this.#lit(this.#lab.point(what, value));
  }

  #lit([second, fall, account]) {
    this.#parts.pointer?.show({ second, fall, account });
    this.#parts.views.draw();
  }

  /** The simulator has stopped: the last picture stays, and there is a way back. */
  #stopped(message) {
    if (!this.#lab) return;
    this.#lab = undefined;
    this.#parts.player.pause();
    this.#parts.notice.stopped(t("The simulator has stopped because of a fault in it: {message}. Your settings are kept.", { message }));
    this.#parts.bench.inert = true;
    this.#report(message);
  }

  async #restart(event) {
    try {
      this.#exports = await engine(this.#full);
      // Another element of the page may have been quicker.
      if (this.#lab) return;
      if (!this.#exports.covers(this.#last.query)) {
        this.#whole = true;
        this.#exports = await engine(true);
        if (this.#lab) return;
      }
      this.#held = false;
      this.#lab = new this.#exports.Lab(this.#last.query);
      this.#parts.compare?.restarted();
      this.#parts.bench.inert = false;
      this.#former?.focused?.focus();
      this.#former = undefined;
      this.#ran();
      this.#problems(this.#catchUp());
      if (this.#plays) this.#play();
      if (!event) return;
      // The button that had the focus is gone. A figure may have no sliders.
      this.#parts.bench.querySelector("input, select, button")?.focus();
      document.dispatchEvent(new Event(AGAIN));
    } catch (error) {
      if (this.#former) this.#stay(error);
      else this.#parts.notice.stopped(sentence(error.message));
    }
  }

  /** The full simulator cannot be had: the figure goes on with the light one, as it was. */
  #stay(error) {
    [this.#exports, this.#lab, this.#whole] = [this.#former.exports, this.#former.lab, false];
    this.#parts.bench.inert = false;
    this.#former.focused?.focus();
    this.#former = undefined;
    this.#pending.length = 0;
    this.#parts.controls.show(this.#last.params);
    this.#problems([sentence(error.message)]);
  }

  #problems(problems, then) {
    // A fault in the simulator has its own words, with a way back.
    if (!this.#lab || this.#catching) return;
    this.#parts.notice.tell(problems, then);
    if (problems.length > 0) this.#report(problems.join("; "));
  }

  #report(message) {
    this.dispatchEvent(new CustomEvent("deleverage:error", { bubbles: true, composed: true, detail: { message } }));
  }
}

// Two copies of this file on a page must not fight over the name.
if (!customElements.get("deleverage-lab")) customElements.define("deleverage-lab", DeleverageLab);
