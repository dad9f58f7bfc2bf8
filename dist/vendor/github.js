import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{b as a,c as b}from"./chunk-NHDQYD7J.js";import"./chunk-MWQYU627.js";import"./chunk-YUWLXBE7.js";import"./chunk-Y52KRMXY.js";export{a as context,b as getOctokit};
