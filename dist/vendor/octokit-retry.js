import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a,b}from"./chunk-O4TXI775.js";import"./chunk-YUWLXBE7.js";import"./chunk-Y52KRMXY.js";export{a as VERSION,b as retry};
