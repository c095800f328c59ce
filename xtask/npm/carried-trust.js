// Replaces `trust.js` in the single file: the addresses of workers are made at run time, and there are no other
// scripts.

import { isCarried } from "./carried.js";

globalThis.trustedTypes?.createPolicy("default", {
  createScriptURL: (address) => (isCarried(address) ? address : null),
});
