import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  compareCommand,
  compareReports,
  likeForLike,
  readSide
} from "./chunk-Q6SKVUCR.js";
import "./chunk-6NDAG37U.js";
import "./chunk-AGZNMOME.js";
import "./chunk-TA3G4OAG.js";
import "./chunk-N32F3CLF.js";
import "./chunk-CSCCEQY6.js";
import "./chunk-XCEJG2XX.js";
import "./chunk-ROLTERED.js";
import "./chunk-EKUSH7OR.js";
import "./chunk-PE2EAIRB.js";
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
