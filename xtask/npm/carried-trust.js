// Stands, in the single file, for `trust.js`: workers have addresses that are made while the page lives, and there is no
// other script.

import { isCarried } from "./carried.js";

globalThis.trustedTypes?.createPolicy("default", { createScriptURL: (address) => (isCarried(address) ? address : null) });
