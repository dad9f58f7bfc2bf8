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
  require_mqtt
} from "./chunk-53UEWYNP.js";
import {
  remote
} from "./chunk-SEHV63E6.js";
import {
  ChaosError
} from "./chunk-EV4V3EIO.js";
import {
  __toESM
} from "./chunk-6DG7BXTN.js";

// src/engines/local/cluster/mqtt-ping.ts
var import_mqtt_packet = __toESM(require_mqtt(), 1);
import { connect } from "node:net";
var refusals = {
  1: "unacceptable protocol version",
  2: "identifier rejected",
  3: "server unavailable",
  4: "bad user name or password",
  5: "not authorized",
  132: "unsupported protocol version",
  133: "client identifier not valid",
  134: "bad user name or password",
  135: "not authorized",
  136: "server unavailable",
  137: "server busy",
  140: "bad authentication method"
};
function refusal(code) {
  const meaning = code === void 0 ? void 0 : refusals[code];
  return `CONNACK code ${code}${meaning === void 0 ? "" : `, ${meaning}`}`;
}
async function mqttPing(target, withinMs) {
  const held = await holdMqtt(target, withinMs);
  if (typeof held === "string") return held;
  held.close();
  return void 0;
}
function holdMqtt(target, withinMs) {
  return new Promise((resolve) => {
    const socket = connect({ host: target.host, port: target.port });
    const packets = (0, import_mqtt_packet.parser)({ protocolVersion: target.version });
    let waiting;
    let ended;
    const settle = (wrong) => {
      const told = waiting;
      waiting = void 0;
      told?.(wrong);
    };
    const end = (wrong) => {
      ended ??= wrong;
      socket.destroy();
      settle(ended);
    };
    const answer = (waitMs) => new Promise((answered) => {
      const timer = setTimeout(() => settle(`no MQTT answer within ${waitMs} ms`), waitMs);
      waiting = (wrong) => {
        clearTimeout(timer);
        answered(wrong);
      };
    });
    const held = {
      ping(waitMs) {
        if (ended !== void 0) return Promise.resolve(ended);
        socket.write((0, import_mqtt_packet.generate)({ cmd: "pingreq" }));
        return answer(waitMs);
      },
      close() {
        if (ended === void 0) socket.write((0, import_mqtt_packet.generate)({ cmd: "disconnect" }));
        end("closed");
      }
    };
    answer(withinMs).then((wrong) => {
      if (wrong === void 0) resolve(held);
      else {
        end(wrong);
        resolve(wrong);
      }
    });
    socket.setNoDelay();
    socket.on("error", (error) => end(error.message));
    socket.on("close", () => end("the connection was closed"));
    socket.on(
      "connect",
      () => socket.write(
        (0, import_mqtt_packet.generate)({
          cmd: "connect",
          protocolId: "MQTT",
          protocolVersion: target.version,
          clean: true,
          // At most 23 letters and digits: no server may refuse such an id [MQTT-3.1.3-5].
          clientId: `chaos${process.pid}x${socket.localPort}`,
          // Longer than one that is kept stays without a word.
          keepalive: 3600,
          ...target.username === void 0 ? {} : { username: target.username },
          ...target.password === void 0 ? {} : { password: Buffer.from(target.password) }
        })
      )
    );
    packets.on("packet", (packet) => {
      if (packet.cmd === "connack") {
        const code = target.version === 5 ? packet.reasonCode : packet.returnCode;
        if (code !== 0) end(`it refused the connection: ${refusal(code)}`);
        else socket.write((0, import_mqtt_packet.generate)({ cmd: "pingreq" }));
      } else if (packet.cmd === "pingresp") settle();
    });
    packets.on("error", (error) => end(`not MQTT: ${error.message}`));
    socket.on("data", (data) => packets.parse(data));
  });
}

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
  mqttPing,
  holdMqtt,
  openLinks
};
