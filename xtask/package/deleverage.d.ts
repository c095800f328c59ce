// Types of <deleverage-lab>. Importing the package registers the element.

import type {
  Changes,
  ControlName,
  ParamAttributes,
  Params,
  Quantiles,
  ScenarioName,
  SpanName,
  Summary,
  ViewName,
} from "./tables.js";

export type * from "./tables.js";

/** One or several names, separated by blanks. */
export type Names<Name extends string> = Name | `${Name} ${Name}` | `${Name} ${Name} ${string}`;

/** Parameters and results of the run, and quantiles over the other crowds once these have been run. */
export type Results = Summary & { crowds?: Quantiles | null };

/** The detail of `deleverage:change`, which is fired after every run. */
export interface Change {
  params: Params;
  summary: Results;
}

/** The detail of `deleverage:crowds`, which is fired once all other crowds have been run. */
export interface CrowdsRun {
  summary: Results;
}

/** The detail of `deleverage:error`: a message for readers. */
export interface Fault {
  message: string;
}

export interface DeleverageEventMap {
  "deleverage:change": CustomEvent<Change>;
  "deleverage:crowds": CustomEvent<CrowdsRun>;
  "deleverage:error": CustomEvent<Fault>;
}

/** The whole laboratory, or, with `view` or `controls`, one figure. */
export interface DeleverageLab extends HTMLElement {
  /** All parameters of the run; undefined before the first one. Setting changes the named ones and runs. */
  get params(): Params | undefined;
  set params(changes: Changes);
  /** The parameters as in an address; undefined before the first run. */
  readonly query: string | undefined;
  /** Parameters and results of the run; undefined before the first one. */
  readonly summary: Results | undefined;
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
export interface DeleverageAttributes extends ParamAttributes {
  /** A figure with these views only. */
  view?: Names<ViewName>;
  /** A figure with these controls only; empty for none. */
  controls?: Names<ControlName> | "";
  /** The second of the cursor; the first sale begins at second 300. */
  t?: number | string;
  /** How many other crowds are run. */
  crowds?: number | string;
  span?: SpanName;
  scenario?: ScenarioName;
  theme?: "light" | "dark";
  lang?: string;
  /** Plays when the element is well in view. */
  autoplay?: boolean | "";
  /** Keeps its state in the address of the page. */
  linked?: boolean | "";
  id?: string;
  class?: string;
  slot?: string;
  title?: string;
  hidden?: boolean;
  style?: unknown;
  /** Shown until the laboratory has loaded, and if it cannot. */
  children?: unknown;
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
