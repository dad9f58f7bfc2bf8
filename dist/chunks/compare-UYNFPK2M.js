import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  compareCommand,
  compareReports,
  likeForLike,
  readSide
} from "./chunk-PTEQEEF6.js";
import "./chunk-DLLHNA4C.js";
import "./chunk-OKB27BJL.js";
import "./chunk-TA3G4OAG.js";
import "./chunk-K2GD2QCZ.js";
import "./chunk-HZ722BGO.js";
import "./chunk-WV6MXPV7.js";
import "./chunk-QVH2ITTI.js";
import "./chunk-EKUSH7OR.js";
import "./chunk-AU4Z6BYV.js";
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
