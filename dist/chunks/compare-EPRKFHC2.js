import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  compareCommand,
  compareReports,
  likeForLike,
  readSide
} from "./chunk-65AOFPG7.js";
import "./chunk-BNTNDONL.js";
import "./chunk-W5ABT7BR.js";
import "./chunk-TA3G4OAG.js";
import "./chunk-YMIF4PLL.js";
import "./chunk-YJ52MKAV.js";
import "./chunk-G2R22FSG.js";
import "./chunk-5QQCJSMM.js";
import "./chunk-EKUSH7OR.js";
import "./chunk-NRKYQH6T.js";
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
