import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/base/version.ts
var version = false ? "source" : "0.1.0";

export {
  version
};
