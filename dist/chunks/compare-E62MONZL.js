import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  compareCommand,
  compareReports,
  likeForLike,
  readSide
} from "./chunk-ROLHYFXV.js";
import "./chunk-5AY2WU6V.js";
import "./chunk-BIBW7RYT.js";
import "./chunk-TA3G4OAG.js";
import "./chunk-H7RZUEGH.js";
import "./chunk-ZO4W6L7T.js";
import "./chunk-ZIBHKQ3Q.js";
import "./chunk-XJQ6VGLB.js";
import "./chunk-EKUSH7OR.js";
import "./chunk-D5J2AH2H.js";
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
