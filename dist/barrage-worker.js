import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  isAlive
} from "./chunks/chunk-4VURHDWC.js";
import {
  brokenClasses
} from "./chunks/chunk-D4UHNIP7.js";
import {
  resetSocket
} from "./chunks/chunk-KDYD2VBS.js";
import {
  systemClock
} from "./chunks/chunk-REAO3S7U.js";
import {
  require_mqtt
} from "./chunks/chunk-53UEWYNP.js";
import {
  createRandom
} from "./chunks/chunk-GUM24SOH.js";
import {
  serve
} from "./chunks/chunk-SEHV63E6.js";
import "./chunks/chunk-EV4V3EIO.js";
import {
  __toESM
} from "./chunks/chunk-6DG7BXTN.js";

// src/engines/local/clients/barrage-worker.ts
import { parentPort } from "node:worker_threads";

// src/engines/local/clients/barrage.ts
var import_mqtt_packet = __toESM(require_mqtt(), 1);
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
var patienceMs = 500;
var firstPatienceMs = 80;
var afterAnswerMs = 50;
var sessionWithinMs = 2e3;
var mostAtOnce = 96;
var tickMs = 10;
var survivedMs = 500;
var mostSuspects = 5;
var hexBytes = 200;
var Barrage = class {
  #options;
  #classes;
  #stop = new AbortController();
  #sockets = /* @__PURE__ */ new Set();
  #byClass = /* @__PURE__ */ new Map();
  /** When the fate of the first packet of a class was settled. */
  #settledMs = /* @__PURE__ */ new Map();
  #recent = [];
  #packets = 0;
  #bytes = 0;
  #unsent = 0;
  #underWay = 0;
  #done;
  constructor(options) {
    this.#options = options;
    this.#classes = options.classes ?? brokenClasses;
  }
  start() {
    this.#done ??= this.#run();
  }
  /** Ends every connection; resolves when none is left. Safe to call twice. */
  async stop() {
    this.#stop.abort();
    for (const socket of this.#sockets) resetSocket(socket);
    await this.#done;
    while (this.#sockets.size > 0) await sleep(5);
  }
  tally() {
    return { packets: this.#packets, bytes: this.#bytes, unsent: this.#unsent, byClass: this.#byClass };
  }
  /**
   * What the node may have died of at that time, the likeliest first, each with its class, the clause that it breaks, and its bytes in
   * hex: packets whose connections it did not outlive, before all those of a class that it had never survived.
   */
  suspects(atMs) {
    const open = this.#recent.filter((sent) => sent.atMs <= atMs && !this.#outlived(sent, atMs)).sort((a, b) => this.#rank(a, atMs) - this.#rank(b, atMs) || b.atMs - a.atMs);
    return open.slice(0, mostSuspects).map((sent) => describe(sent, atMs));
  }
  /** Those of a class that the node outlived before come second. */
  #rank({ broken }, atMs) {
    return this.#outlived({ settledMs: this.#settledMs.get(broken.name) }, atMs) ? 1 : 0;
  }
  #outlived({ settledMs }, atMs) {
    return settledMs !== void 0 && settledMs < atMs - survivedMs;
  }
  async #run() {
    const { random, clock } = this.#options;
    const { signal } = this.#stop;
    try {
      for (const broken of random.pick(this.#classes, this.#classes.length)) {
        await this.#untilAlive();
        await this.#send(broken, firstPatienceMs);
        await clock.sleep(tickMs, signal);
      }
      let queue = [];
      let credit = 0;
      let lastMs = clock.nowMs();
      for (; ; ) {
        await clock.sleep(tickMs, signal);
        await this.#untilAlive();
        const nowMs = clock.nowMs();
        this.#forget(nowMs);
        credit = Math.min(credit + (nowMs - lastMs) * this.#options.ratePerSecond / 1e3, mostAtOnce);
        lastMs = nowMs;
        for (; credit >= 1 && this.#underWay < mostAtOnce; credit--) {
          if (queue.length === 0) queue = random.pick(this.#classes, this.#classes.length);
          const broken = queue.pop();
          if (broken) void this.#send(broken, patienceMs);
        }
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
  async #untilAlive() {
    while (!this.#options.isAlive()) await this.#options.clock.sleep(100, this.#stop.signal);
  }
  #forget(nowMs) {
    const [first] = this.#recent;
    if (first && first.atMs < nowMs - 4 * survivedMs)
      this.#recent = this.#recent.filter((sent) => !this.#outlived(sent, nowMs - survivedMs));
  }
  /** One broken packet, from its connection to its end. Never rejects. */
  #send(broken, withinMs) {
    const { target, random, clock } = this.#options;
    const bytes = broken.make(random);
    this.#underWay++;
    return new Promise((resolve) => {
      let sent;
      let answered = false;
      let settled = false;
      let timer = setTimeout(() => settle("ignored"), sessionWithinMs);
      let drip;
      const socket = connect({ host: target.host, port: target.port, noDelay: true, allowHalfOpen: true });
      this.#sockets.add(socket);
      const settle = (reaction) => {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        clearInterval(drip);
        if (sent === void 0) this.#unsent++;
        else {
          sent.settledMs = clock.nowMs();
          if (!this.#settledMs.has(broken.name)) this.#settledMs.set(broken.name, sent.settledMs);
          this.#count(broken, reaction);
        }
        resetSocket(socket);
      };
      const send = () => {
        sent = { broken, head: bytes.subarray(0, hexBytes), length: bytes.length, atMs: clock.nowMs() };
        this.#recent.push(sent);
        this.#packets++;
        this.#bytes += bytes.length;
        clearTimeout(timer);
        timer = setTimeout(() => settle(answered ? "answered" : "ignored"), withinMs);
        if (broken.manner === "half-open") socket.end(bytes);
        else if (broken.manner === "drip") drip = dripInto(socket, bytes, withinMs);
        else socket.write(bytes);
      };
      socket.on("connect", () => {
        if (broken.sent === "first") send();
        else socket.write(connectPacket(target, random));
      });
      socket.on("data", (data) => {
        if (sent === void 0) {
          if (data[0] === 32 && data[3] === 0) send();
          else settle("answered");
        } else if (!answered) {
          answered = true;
          clearTimeout(timer);
          timer = setTimeout(() => settle("answered"), afterAnswerMs);
        }
      });
      socket.on("end", () => settle("closed"));
      socket.on("error", () => settle("closed"));
      socket.on("close", () => {
        settle("closed");
        this.#sockets.delete(socket);
        this.#underWay--;
        resolve();
      });
    });
  }
  #count({ name }, reaction) {
    const counts = this.#byClass.get(name) ?? { closed: 0, answered: 0, ignored: 0 };
    counts[reaction]++;
    this.#byClass.set(name, counts);
  }
};
function addTallies(tallies) {
  const byClass = /* @__PURE__ */ new Map();
  for (const tally of tallies)
    for (const [name, { closed, answered, ignored }] of tally.byClass) {
      const sum = byClass.get(name) ?? { closed: 0, answered: 0, ignored: 0 };
      byClass.set(name, {
        closed: sum.closed + closed,
        answered: sum.answered + answered,
        ignored: sum.ignored + ignored
      });
    }
  const total = (pick) => tallies.reduce((sum, tally) => sum + pick(tally), 0);
  return {
    packets: total(({ packets }) => packets),
    bytes: total(({ bytes }) => bytes),
    unsent: total(({ unsent }) => unsent),
    byClass
  };
}
function connectPacket({ username, password }, random) {
  return (0, import_mqtt_packet.generate)({
    cmd: "connect",
    protocolId: "MQTT",
    protocolVersion: 4,
    clean: true,
    clientId: `broken${random.below(4294967296).toString(16)}x${random.below(4294967296).toString(16)}`,
    keepalive: 60,
    ...username === void 0 ? {} : { username },
    ...password === void 0 ? {} : { password: Buffer.from(password) }
  });
}
function dripInto(socket, bytes, withinMs) {
  let at = 0;
  return setInterval(() => {
    if (at < bytes.length && socket.writable) socket.write(bytes.subarray(at, ++at));
  }, withinMs / bytes.length);
}
function describe({ broken, head, length, atMs }, diedMs) {
  const after = broken.sent === "session" ? ", after an accepted CONNECT" : "";
  const cut = length > head.length ? ` (the first ${head.length} of ${length} bytes)` : "";
  return `${broken.name} (${broken.breaks}), sent ${Math.round(diedMs - atMs)} ms before${after}: ${head.toString("hex")}${cut}`;
}

// src/engines/local/clients/barrage-worker.ts
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
