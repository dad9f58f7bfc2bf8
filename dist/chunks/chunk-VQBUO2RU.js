import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  heading,
  say
} from "./chunk-G2R22FSG.js";

// src/report/sections/repeat.ts
function repeatSection({ command }) {
  return [heading(say`How to repeat it`), { type: "command", command }];
}

export {
  repeatSection
};
