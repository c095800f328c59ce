// Types of <deleverage-lab>. Importing the package registers the element.

/** The value of a parameter: a number, or the name of a choice. */
export type Value = number | string | boolean;

/** All parameters, by their ids in the parameter table (`bots`, `bot_latency`). */
export type Params = Record<string, Value>;

/** Parameters and results of a run, under the names that `cargo xtask simulate` prints. */
export interface Summary {
  /** A hash of the run: equal for the same parameters and seed, on every machine. */
  digest: string;
  [name: string]: unknown;
}

/** The detail of `deleverage:change`, which is fired after every run. */
export interface Change {
  params: Params;
  summary: Summary;
}

/** The detail of `deleverage:error`: a message for readers. */
export interface Fault {
  message: string;
}

export interface DeleverageEventMap {
  "deleverage:change": CustomEvent<Change>;
  "deleverage:error": CustomEvent<Fault>;
}

/** The whole laboratory, or, with `view` or `controls`, one figure. */
export interface DeleverageLab extends HTMLElement {
  /** All parameters of the run; undefined before the first one. Setting changes the named ones and runs. */
  get params(): Params | undefined;
  set params(changes: Params);
  /** The parameters as in an address; undefined before the first run. */
  readonly query: string | undefined;
  /** Parameters and results of the run; undefined before the first one. */
  readonly summary: Summary | undefined;
  /** Resolves when the first live picture is drawn; rejects with a message for readers if that fails. */
  readonly ready: Promise<DeleverageLab>;
  /** Shows a state written as in an address, `leverage=20&t=312`; returns its errors, as sentences. */
  show(query: string): string[];
  /** Plays the first sale; with reduced motion, shows its end at once. */
  play(): void;
  /** Pauses; before the element is ready, cancels playing. */
  pause(): void;

  addEventListener<K extends keyof DeleverageEventMap>(
    type: K,
    listener: (this: DeleverageLab, event: DeleverageEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: DeleverageLab, event: HTMLElementEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** Attributes: these, and every parameter by its name (`bots`, `bot-latency`). */
export interface DeleverageAttributes {
  /** Names of views, as in `price sales`: a figure with these only. */
  view?: string;
  /** Names of sliders, as in `bots leverage`; empty for none. */
  controls?: string;
  /** The second of the cursor; the first sale begins at second 300. */
  t?: number | string;
  span?: "2min" | "15min" | "all";
  scenario?: string;
  theme?: "light" | "dark";
  lang?: string;
  /** Plays when the element is well in view. */
  autoplay?: boolean | "";
  /** Keeps its state in the address of the page. */
  linked?: boolean | "";
  id?: string;
  class?: string;
  [parameter: string]: unknown;
}

declare global {
  interface HTMLElementTagNameMap {
    "deleverage-lab": DeleverageLab;
  }
  interface DocumentEventMap extends DeleverageEventMap {}
  // For JSX where it is global; for React 19, see the README of the package.
  namespace JSX {
    interface IntrinsicElements {
      "deleverage-lab": DeleverageAttributes;
    }
  }
}
