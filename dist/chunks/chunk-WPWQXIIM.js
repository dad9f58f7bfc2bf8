import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/model/privileged-mode.ts
var privilegedModes = ["auto", "never", "required"];

export {
  privilegedModes
};
