import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  heading,
  say
} from "./chunk-WV6MXPV7.js";

// src/report/sections/repeat.ts
function repeatSection({ command }) {
  return [heading(say`How to repeat the whole run`), { type: "command", command }];
}

export {
  repeatSection
};
