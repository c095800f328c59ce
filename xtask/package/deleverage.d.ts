// What <deleverage-lab> offers to a script. Importing the package registers the element.

/** A parameter's value: a number, or one of its words. */
export type Value = number | string | boolean;

/** All parameters, under the ids of the parameter table (`bots`, `bot_latency`). */
export type Params = Record<string, Value>;

/** Parameters and results of a run, under the names that `cargo xtask simulate` prints. */
export interface Summary {
  /** The same for the same parameters and seed, everywhere. */
  digest: string;
  [name: string]: unknown;
}

/** What `deleverage:change` tells after every run. */
export interface Change {
  params: Params;
  summary: Summary;
}

/** What `deleverage:error` tells: words for a reader. */
export interface Fault {
  message: string;
}

export interface DeleverageEventMap {
  "deleverage:change": CustomEvent<Change>;
  "deleverage:error": CustomEvent<Fault>;
}

/** The laboratory, or, with `view` or `controls`, one figure of it. */
export interface DeleverageLab extends HTMLElement {
  /** All parameters of the run; nothing before the first one. Setting changes those that are named, and runs. */
  get params(): Params | undefined;
  set params(changes: Params);
  /** The parameters as in an address; nothing before the first run. */
  readonly query: string | undefined;
  /** Parameters and results of the run; nothing before the first one. */
  readonly summary: Summary | undefined;
  /** Resolves when the first live picture has been drawn; rejects with words for a reader if there will be none. */
  readonly ready: Promise<DeleverageLab>;
  /** Shows a state written as in an address, `leverage=20&t=312`; gives what was wrong with it, as sentences. */
  show(query: string): string[];
  /** Plays the first sale; whoever prefers less motion sees the end of it at once. */
  play(): void;
  /** Stops where it is; before the element is ready, calls off what was to play. */
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

/** The attributes: these, and every parameter by its name (`bots`, `bot-latency`). */
export interface DeleverageAttributes {
  /** Names of views, as in `price sales`: a figure with these and nothing else. */
  view?: string;
  /** Names of sliders, as in `bots leverage`; empty for none. */
  controls?: string;
  /** The second at which the cursor stands; the first sale begins at second 300. */
  t?: number | string;
  span?: "2min" | "15min" | "all";
  scenario?: string;
  theme?: "light" | "dark";
  lang?: string;
  /** Plays once the element is well in sight. */
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
