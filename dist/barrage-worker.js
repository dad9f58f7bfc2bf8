import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  Barrage,
  addTallies
} from "./chunks/chunk-IBASHCJD.js";
import {
  isAlive
} from "./chunks/chunk-4VURHDWC.js";
import "./chunks/chunk-LAPWOYJZ.js";
import "./chunks/chunk-INS2QZRR.js";
import "./chunks/chunk-KDYD2VBS.js";
import "./chunks/chunk-YHUKQ7V4.js";
import "./chunks/chunk-DEWMCHU3.js";
import {
  systemClock
} from "./chunks/chunk-REAO3S7U.js";
import "./chunks/chunk-53UEWYNP.js";
import {
  createRandom
} from "./chunks/chunk-GUM24SOH.js";
import {
  serve
} from "./chunks/chunk-SEHV63E6.js";
import "./chunks/chunk-EV4V3EIO.js";
import "./chunks/chunk-6DG7BXTN.js";

// src/engines/local/clients/barrage-worker.ts
import { parentPort } from "node:worker_threads";
var aimed = /* @__PURE__ */ new Map();
var methods = {
  start(starts) {
    for (const { node, target, seed, ratePerSecond, processes } of starts) {
      const barrage = new Barrage({
        target,
        isAlive: () => aimed.get(node)?.processes.some(isAlive) ?? false,
        random: createRandom(seed),
        ratePerSecond,
        clock: systemClock
      });
      aimed.set(node, { barrage, processes });
      barrage.start();
    }
  },
  /** The node has been started again, as these. */
  restarted({ node, processes }) {
    const one = aimed.get(node);
    if (one) one.processes = processes;
  },
  tally: () => addTallies([...aimed.values()].map(({ barrage }) => barrage.tally())),
  suspects: ({ node, atMs }) => aimed.get(node)?.barrage.suspects(atMs) ?? [],
  async stop() {
    await Promise.all([...aimed.values()].map(({ barrage }) => barrage.stop()));
  }
};
if (parentPort) serve(parentPort, "barrage", methods);
