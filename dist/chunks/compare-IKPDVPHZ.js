import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  compareCommand,
  compareReports,
  likeForLike,
  readSide
} from "./chunk-AHMGAFA6.js";
import "./chunk-Z7EQGDGL.js";
import "./chunk-7DF4RNQE.js";
import "./chunk-TA3G4OAG.js";
import "./chunk-52M4G2O2.js";
import "./chunk-SIBOTW22.js";
import "./chunk-AAN47R34.js";
import "./chunk-UWDLPSTI.js";
import "./chunk-EKUSH7OR.js";
import "./chunk-KA6SAYCW.js";
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
