import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  githubWorkflow
} from "./chunk-LPJMFPTO.js";
import "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";
export {
  githubWorkflow
};
