// What pages of this site have and the library of TypeScript lacks. Types only; the site does not contain this file.

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string | null }): unknown;
}

interface Window {
  readonly trustedTypes?: TrustedTypes;
  /** The files in the single file: see `xtask/npm/carried.js`. */
  readonly carried?: { wasm: string; files: Record<string, string> };
}

interface HTMLElementTagNameMap {
  "deleverage-lab": import("./element/element.js").DeleverageLab;
}

interface Navigator {
  readonly connection?: { readonly saveData?: boolean };
}
