import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  compareCommand,
  compareReports,
  likeForLike,
  readSide
} from "./chunk-7SU4DHYI.js";
import "./chunk-WN5NKA6G.js";
import "./chunk-YHPZTUZB.js";
import "./chunk-TA3G4OAG.js";
import "./chunk-EEYJFPT4.js";
import "./chunk-S2RBQ4EV.js";
import "./chunk-NVQQJ4F4.js";
import "./chunk-EKUSH7OR.js";
import "./chunk-F3OG6R4F.js";
import "./chunk-2OZVQ7HJ.js";
import "./chunk-72AKB4P6.js";
import "./chunk-3XBQVNRE.js";
import "./chunk-C2BOSRP4.js";
import "./chunk-VDOZDET2.js";
import "./chunk-GUM24SOH.js";
import "./chunk-4XSUANPV.js";
import "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";
export {
  compareCommand,
  compareReports,
  likeForLike,
  readSide
};
