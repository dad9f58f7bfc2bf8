import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  distPath
} from "./chunk-RSWY53MK.js";
import {
  createCounterMemory,
  readCounters
} from "./chunk-HUZ4BNE3.js";
import {
  within
} from "./chunk-REAO3S7U.js";
import {
  remote
} from "./chunk-SEHV63E6.js";
import {
  ChaosError
} from "./chunk-EV4V3EIO.js";

// src/engines/local/links/links.ts
import { Worker } from "node:worker_threads";
var closeWithinMs = 2e3;
var startLinksThread = (start) => new Worker(distPath("links-worker.js"), { name: "links", workerData: start, execArgv: [] });
async function openLinks(options) {
  options.signal?.throwIfAborted();
  const worker = (options.startThread ?? startLinksThread)({ seed: options.seed });
  const exited = new Promise((resolve) => worker.once("exit", () => resolve()));
  const thread = remote(worker, "links");
  const memories = /* @__PURE__ */ new Map();
  const ports = /* @__PURE__ */ new Map();
  let closing;
  const unlessGone = async (act) => {
    if (closing === void 0 && !thread.ended.aborted) await act();
  };
  const close = async () => {
    options.signal?.removeEventListener("abort", onAbort);
    await within(thread.call("close"), { withinMs: closeWithinMs }).catch(() => void 0);
    await thread.terminate();
    await exited;
  };
  const closeOnce = () => {
    closing ??= close();
    return closing;
  };
  const onAbort = () => void closeOnce();
  options.signal?.addEventListener("abort", onAbort, { once: true });
  return {
    async open({ id, listenPort, upstream, ipv6 = false }) {
      const counters = createCounterMemory();
      const opened = await thread.call("open", { linkId: id, listenPort, upstream, ipv6, counters });
      memories.set(id, counters);
      ports.set(id, { traffic: opened.port, lanes: /* @__PURE__ */ new Set() });
      return opened;
    },
    async openLane(linkId, upstream) {
      const { port } = await thread.call("openLane", { linkId, upstream });
      ports.get(linkId)?.lanes.add(port);
      return {
        port,
        close: async () => {
          ports.get(linkId)?.lanes.delete(port);
          await unlessGone(() => thread.call("closeLane", { linkId, port }));
        }
      };
    },
    async shape(linkId, direction, change) {
      checkConditions(change);
      await thread.call("shape", { linkId, direction, change });
    },
    async clear(linkId) {
      await thread.call("clear", { linkId });
    },
    reset: (linkId) => thread.call("reset", linkId),
    async watchCalls(linkId, method) {
      const { watchId, connectionsReset } = await thread.call("watchCalls", { linkId, method });
      let stopped;
      return {
        connectionsReset,
        apply: (rule) => thread.call("applyRule", { watchId, rule }),
        clear: () => thread.call("clearRule", watchId),
        read: ({ lateAfterMs }) => thread.call("readCalls", { watchId, lateAfterMs }),
        stop() {
          stopped ??= unlessGone(() => thread.call("unwatchCalls", watchId));
          return stopped;
        }
      };
    },
    ports(linkId) {
      const known = ports.get(linkId);
      if (!known) throw new ChaosError("internal", `There is no link ${linkId}.`);
      return { traffic: known.traffic, lanes: [...known.lanes] };
    },
    counters(linkId) {
      const memory = memories.get(linkId);
      if (!memory) throw new ChaosError("internal", `There is no link ${linkId}.`);
      return readCounters(memory);
    },
    lag: () => thread.call("lag"),
    ended: thread.ended,
    close: closeOnce
  };
}
function checkConditions({ delayMs = 0, jitterMs = 0, bytesPerSecond, lossShare = 0 }) {
  if (!(delayMs >= 0) || !(jitterMs >= 0)) throw new ChaosError("fault", "A delay and its jitter cannot be negative.");
  if (!(lossShare >= 0 && lossShare <= 1)) throw new ChaosError("fault", "A share of loss is between 0 and 1.");
  if (bytesPerSecond !== void 0 && !(bytesPerSecond > 0)) {
    throw new ChaosError("fault", "A bandwidth is more than 0 bytes a second.", {
      hint: "To let nothing pass, cut the link."
    });
  }
}

export {
  openLinks
};
