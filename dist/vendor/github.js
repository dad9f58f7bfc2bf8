import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{b as a,c as b}from"./chunk-322F2DZ3.js";import"./chunk-MWQYU627.js";import"./chunk-YUWLXBE7.js";import"./chunk-Y52KRMXY.js";export{a as context,b as getOctokit};
