import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  compareCommand,
  compareReports,
  likeForLike,
  readSide
} from "./chunk-AWV3UBPO.js";
import "./chunk-MQPDFBGD.js";
import "./chunk-7WCLGKMY.js";
import "./chunk-TA3G4OAG.js";
import "./chunk-RXYQJC5J.js";
import "./chunk-CJZQN2KA.js";
import "./chunk-Q5RQL5MV.js";
import "./chunk-ROTXVSHW.js";
import "./chunk-EKUSH7OR.js";
import "./chunk-UAWVANZB.js";
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
