import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/action/main.ts
import * as core from "#vendor/core.js";
core.info("chaos-action");
