import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  inheritedEnvironment
} from "./chunk-AIBQXCUF.js";
import {
  stageOf
} from "./chunk-IBASHCJD.js";
import {
  Pins,
  cgroup2Mounts,
  findController,
  findPrivileged,
  formatCpus,
  ignoresSignal,
  isMountPoint,
  limitWithSpare,
  missing,
  nftPath,
  openDescriptors,
  parseCpus,
  patched,
  persistently,
  planPatch,
  readSoftLimit,
  readVdso,
  restorationOf,
  restore,
  restoreAffinity,
  restoreLimits,
  runsOnlyOn,
  setAffinity,
  setSoftLimit,
  shiftOf,
  splitCpus,
  switchShift,
  tryNetem,
  tryPatch,
  tryRules
} from "./chunk-E4KWL3L5.js";
import {
  execa
} from "./chunk-C7D3GCA6.js";
import {
  isAlive,
  readStat,
  runMark,
  signal
} from "./chunk-4VURHDWC.js";
import {
  busyShare,
  readCpuTicks,
  readDisk,
  readMemory,
  readPressureMs,
  readRunQueueDelayMs,
  readStorageWrites
} from "./chunk-KUCWHKCI.js";
import {
  brokenClasses
} from "./chunk-INS2QZRR.js";
import {
  formatBytes,
  formatMs,
  formatShare
} from "./chunk-VDOZDET2.js";
import {
  distPath
} from "./chunk-RSWY53MK.js";
import {
  matches,
  retransmittedAfterMs,
  timeoutMs
} from "./chunk-I2F334CU.js";
import {
  statusName
} from "./chunk-TOAIUC6F.js";
import {
  dial
} from "./chunk-YHUKQ7V4.js";
import {
  pollUntil,
  systemClock,
  within
} from "./chunk-REAO3S7U.js";
import {
  require_mqtt
} from "./chunk-53UEWYNP.js";
import {
  lastLines,
  logBytes,
  logWrittenWallMs,
  stampOf
} from "./chunk-RMA55W2N.js";
import {
  remote
} from "./chunk-SEHV63E6.js";
import {
  ChaosError,
  messageOf
} from "./chunk-EV4V3EIO.js";
import {
  __toESM
} from "./chunk-6DG7BXTN.js";

// src/engines/scope.ts
var Scope = class {
  #kind;
  #book;
  /** In the order in which the steps were done. */
  #steps = /* @__PURE__ */ new Set();
  #ending = new AbortController();
  constructor(kind, book) {
    this.#kind = kind;
    this.#book = book;
  }
  /** Aborted when the fault is to be taken back. An injection, or what it has started, waits for nothing any more. */
  get signal() {
    return this.#ending.signal;
  }
  /**
   * To be called before a step is done: writes `entry` into the ledger, and remembers `action`, which undoes the step. `action` may find the step
   * not done, or half done. It is called until it has succeeded once, and not again. Returns what undoes this step earlier than the others.
   * Throws when the ledger cannot be written, or the fault is being taken back: the step must not be done.
   */
  undo(entry, action) {
    this.#requireOpen();
    const undone = this.#book.add(entry, this.#kind);
    let [acted, over] = [false, false];
    let running;
    const act = async () => {
      if (!acted) await action();
      acted = true;
      undone();
      over = true;
      this.#steps.delete(takeBack);
    };
    const takeBack = () => {
      if (over) return Promise.resolve();
      running ??= act().finally(() => {
        running = void 0;
      });
      return running;
    };
    this.#steps.add(takeBack);
    return takeBack;
  }
  /** No further step may be done. */
  end() {
    this.#ending.abort(new ChaosError("fault", `${this.#kind} was taken back before it was injected`));
  }
  /** Undoes what was done, the last step first. Each is tried; rejects when one failed, which the next call tries again. */
  async takeBack() {
    const failures2 = [];
    for (const takeBack of [...this.#steps].reverse()) {
      try {
        await takeBack();
      } catch (error) {
        failures2.push(messageOf(error));
      }
    }
    if (failures2.length > 0) throw new ChaosError("fault", failures2.join("; "));
  }
  #requireOpen() {
    if (this.#ending.signal.aborted) throw this.#ending.signal.reason;
  }
};
var NotRolledBack = class extends ChaosError {
  constructor(injection, rollback) {
    super("fault", `${messageOf(injection)}; what had been done could not be taken back: ${messageOf(rollback)}`, {
      cause: injection
    });
  }
};
function scoped(kind, book, injector) {
  const scope = new Scope(kind, book);
  let injecting = Promise.resolve();
  const inject = async () => {
    scope.signal.throwIfAborted();
    try {
      return await injector.inject(scope);
    } catch (error) {
      scope.end();
      await scope.takeBack().catch((rollback) => {
        throw new NotRolledBack(error, rollback);
      });
      throw error;
    }
  };
  return {
    steadyIsOver: () => injector.steadyIsOver?.(),
    inject() {
      const injected = inject();
      injecting = injected.catch(() => {
      });
      return injected;
    },
    async heal() {
      scope.end();
      await injecting;
      await scope.takeBack();
    },
    release: () => injector.release()
  };
}

// src/engines/local/effects/bandwidth.ts
import { connect as connect2, createServer as createServer2 } from "node:net";

// src/engines/proof.ts
var mostFailedShown = 4;
var somethingToJudge = { what: "things to look at", measured: "0", needed: "more than 0", met: false };
function proofOf(conditions, seen) {
  const { observed, details = "", figures, overTime: overTime2 } = seen;
  const shown = { figures, ...overTime2 === void 0 ? {} : { overTime: overTime2 } };
  const failed = conditions.length === 0 ? [somethingToJudge] : conditions.filter(({ met }) => !met);
  if (failed.length === 0) return { proven: true, observed: `${observed}${details}`, failed, ...shown };
  return { proven: false, observed: [...failures(failed), observed].join("; "), failed, ...shown };
}
function failures(failed) {
  const left = failed.length - mostFailedShown;
  return [
    ...failed.slice(0, mostFailedShown).map(({ what, measured, needed }) => `${what}: ${measured}, needed ${needed}`),
    ...left > 0 ? [`${left} more conditions were not met`] : [],
    // What can be done is said once, however many conditions propose it.
    ...new Set(failed.flatMap(({ hint }) => hint === void 0 ? [] : [hint]))
  ];
}
var plain = (value) => `${value}`;
function atLeast(what, measured, bound, show = plain) {
  return compared(what, measured, bound, "at least", measured >= bound, show);
}
function atMost(what, measured, bound, show = plain) {
  return compared(what, measured, bound, "at most", measured <= bound, show);
}
function moreThan(what, measured, bound, show = plain) {
  return compared(what, measured, bound, "more than", measured > bound, show);
}
function none(what, measured, show = plain) {
  return { what, measured: show(measured), needed: "none", met: measured === 0 };
}
function all(what, measured, of) {
  const needed = of === 0 ? "at least 1" : "all";
  return { what, measured: `${measured} of ${of}`, needed, met: of > 0 && measured === of };
}
function isSo(what, met) {
  return { what, measured: met ? "yes" : "no", needed: "yes", met };
}
function near(what, measured, asked, tolerance3, show) {
  const needed = `${show(asked)} give or take ${show(tolerance3)}`;
  return { what, measured: show(measured), needed, met: Math.abs(measured - asked) <= tolerance3 };
}
function compared(what, measured, bound, relation, met, show) {
  const shown = Number.isNaN(measured) ? "not measured" : show(measured);
  const exact = !met && relation !== "more than" && shown === show(bound) ? `${shown} (${measured})` : shown;
  return { what, measured: exact, needed: `${relation} ${show(bound)}`, met };
}

// src/engines/local/environment.ts
function requireLinks({ links }) {
  if (links === void 0) throw new ChaosError("internal", "the cluster has no link proxies (broker.links: direct)");
  return links;
}
function requireLimits({ limits }) {
  if (limits === void 0) throw new ChaosError("internal", "the nodes have no cgroups of their own");
  return limits;
}

// src/engines/local/links/probe.ts
import { randomBytes } from "node:crypto";
import { connect, createServer } from "node:net";

// src/engines/local/links/loss-estimate.ts
function estimateLoss(samples, options) {
  const mostTransmissions = options.transmissions ?? Number.POSITIVE_INFINITY;
  let transmissions = 0;
  let lostTransmissions = 0;
  for (const { sentMs, arrivedMs = Number.POSITIVE_INFINITY, watchedUntilMs = options.endMs } of samples) {
    for (let losses = 0; losses < mostTransmissions; losses++) {
      const decidedMs = sentMs + options.baseDelayMs + retransmittedAfterMs(losses) + timeoutMs(losses) / 2;
      if (decidedMs > Math.min(watchedUntilMs, options.endMs)) break;
      transmissions++;
      if (arrivedMs <= decidedMs) break;
      lostTransmissions++;
    }
  }
  return { transmissions, lostTransmissions, lossShare: lostTransmissions / transmissions };
}

// src/engines/local/links/probe.ts
var segmentBytes = 16;
var overdueAfterMs = 500;
var overdueEveryMs = 250;
var overdueAtMost = 4096;
var reconnectAfterMs = 100;
var lanesUpWithinMs = 5e3;
var samplesAtMost = 2e5;
async function startLinkProbe(links, linkId, options) {
  const clock = options.clock ?? systemClock;
  const sink = createServer({ noDelay: true });
  await new Promise((resolve, reject) => {
    sink.once("error", reject);
    sink.listen(0, "127.0.0.1", resolve);
  });
  const { port: sinkPort } = sink.address();
  const entry = await links.openLane(linkId, { host: "127.0.0.1", port: sinkPort }).catch((error) => {
    sink.close();
    throw error;
  });
  const flows = { forward: new FlowRecord(clock), backward: new FlowRecord(clock) };
  const token = randomBytes(8);
  const sinkSockets = /* @__PURE__ */ new Set();
  const lanes = [];
  let markedMs = clock.nowMs();
  sink.on("connection", (socket) => {
    sinkSockets.add(socket);
    socket.once("close", () => sinkSockets.delete(socket));
    socket.on("error", () => {
    });
    let arrived;
    onSegments(socket, (segment) => {
      if (arrived) {
        arrived();
        return;
      }
      const lane = token.equals(segment.subarray(0, 8)) ? lanes[segment.readUInt32BE(8)] : void 0;
      arrived = lane?.meet(socket);
      if (!arrived) socket.destroy();
    });
  });
  for (let index = 0; index < options.lanes; index++) {
    lanes.push(new Lane({ port: entry.port, hello: helloOf(token, index), intervalMs: options.intervalMs, flows }));
  }
  await upWithin(lanes, lanesUpWithinMs);
  const mark = () => {
    markedMs = clock.nowMs();
    for (const lane of lanes) lane.reconnects = 0;
    for (const flow of Object.values(flows)) flow.mark();
  };
  mark();
  const stop = async () => {
    for (const lane of lanes) lane.stop();
    await entry.close();
    for (const socket of sinkSockets) socket.destroy();
    await new Promise((resolve) => {
      sink.close(() => resolve());
    });
  };
  let stopped;
  return {
    mark,
    read({ baseDelayMs = {} } = {}) {
      return {
        durationMs: clock.nowMs() - markedMs,
        reconnects: lanes.reduce((sum2, lane) => sum2 + lane.reconnects, 0),
        lanesUp: lanes.filter((lane) => lane.up).length,
        forward: flows.forward.read(baseDelayMs.forward),
        backward: flows.backward.read(baseDelayMs.backward)
      };
    },
    answers: (withinMs) => dial2(entry.port, withinMs),
    stop() {
      stopped ??= stop();
      return stopped;
    }
  };
}
var Lane = class {
  reconnects = 0;
  up = false;
  whenUp;
  #parts;
  #resolveUp = () => {
  };
  #socket;
  #far;
  #flows;
  #again;
  #stopped = false;
  constructor(parts) {
    this.#parts = parts;
    this.whenUp = new Promise((resolve) => {
      this.#resolveUp = resolve;
    });
    this.#connect();
  }
  /** The far end has said hello: both ways are open. Answers what to call when a segment has arrived there. */
  meet(far) {
    const near2 = this.#socket;
    if (near2 === void 0 || this.#flows) return void 0;
    this.#far = far;
    const { intervalMs, flows: records } = this.#parts;
    const flows = {
      forward: new Flow(near2, intervalMs, records.forward),
      backward: new Flow(far, intervalMs, records.backward)
    };
    this.#flows = flows;
    onSegments(near2, () => flows.backward.arrived());
    far.once("close", () => this.#broke(near2));
    this.up = true;
    this.#resolveUp();
    return () => flows.forward.arrived();
  }
  stop() {
    this.#stopped = true;
    this.#tearDown();
  }
  #connect() {
    const socket = connect({ host: "127.0.0.1", port: this.#parts.port, noDelay: true });
    this.#socket = socket;
    socket.on("error", () => {
    });
    socket.once("connect", () => socket.write(this.#parts.hello));
    socket.once("close", () => this.#broke(socket));
  }
  #broke(socket) {
    if (socket !== this.#socket) return;
    this.#tearDown();
    if (this.#stopped) return;
    this.reconnects++;
    this.#again = setTimeout(() => this.#connect(), reconnectAfterMs);
  }
  #tearDown() {
    clearTimeout(this.#again);
    this.#flows?.forward.stop();
    this.#flows?.backward.stop();
    this.#flows = void 0;
    this.up = false;
    const sockets = [this.#socket, this.#far];
    this.#socket = void 0;
    this.#far = void 0;
    for (const socket of sockets) socket?.destroy();
  }
};
var Flow = class {
  #socket;
  #intervalMs;
  #record;
  #underWay = [];
  #next;
  constructor(socket, intervalMs, record) {
    this.#socket = socket;
    this.#intervalMs = intervalMs;
    this.#record = record;
    this.#send("measured");
  }
  arrived() {
    const sent = this.#underWay.shift();
    if (!sent) return;
    this.#record.arrived(sent);
    clearTimeout(this.#next);
    if (this.#underWay.length > 0) {
      this.#next = setTimeout(() => this.#send("offered"), overdueAfterMs);
      return;
    }
    const waitMs = sent.sentMs + this.#intervalMs - this.#record.nowMs();
    this.#next = setTimeout(() => this.#send("measured"), Math.max(0, waitMs));
  }
  stop() {
    clearTimeout(this.#next);
    for (const sent of this.#underWay) this.#record.givenUp(sent);
    this.#underWay.length = 0;
  }
  #send(purpose) {
    const sent = this.#record.sent(purpose);
    this.#underWay.push(sent);
    this.#socket.write(Buffer.alloc(segmentBytes));
    if (this.#underWay.length >= overdueAtMost) return;
    this.#next = setTimeout(() => this.#send("offered"), purpose === "measured" ? overdueAfterMs : overdueEveryMs);
  }
};
var FlowRecord = class {
  #clock;
  #measured = [];
  #markedMs;
  #sent = 0;
  #arrived = 0;
  constructor(clock) {
    this.#clock = clock;
    this.#markedMs = clock.nowMs();
  }
  nowMs() {
    return this.#clock.nowMs();
  }
  mark() {
    this.#markedMs = this.nowMs();
    this.#measured = [];
    this.#sent = 0;
    this.#arrived = 0;
  }
  sent(purpose) {
    const sent = { purpose, sentMs: this.nowMs() };
    this.#sent++;
    if (purpose === "measured") this.#measured.push(sent);
    if (this.#measured.length > samplesAtMost) this.#measured = this.#measured.slice(samplesAtMost / 2);
    return sent;
  }
  arrived(sent) {
    sent.arrivedMs = this.nowMs();
    if (sent.sentMs >= this.#markedMs) this.#arrived++;
  }
  givenUp(sent) {
    sent.watchedUntilMs = this.nowMs();
  }
  read(baseDelayMs) {
    const delaysMs = delaysOf(this.#measured);
    const medianDelayMs = quantile(delaysMs, 0.5);
    const base = baseDelayMs ?? medianDelayMs;
    return {
      sent: this.#sent,
      arrived: this.#arrived,
      bytesOffered: this.#sent * segmentBytes,
      bytesDelivered: this.#arrived * segmentBytes,
      minDelayMs: delaysMs[0],
      medianDelayMs,
      p90DelayMs: quantile(delaysMs, 0.9),
      p99DelayMs: quantile(delaysMs, 0.99),
      delayOverTime: bySecond(this.#measured, this.#markedMs),
      loss: base === void 0 ? void 0 : estimateLoss(this.#measured, { baseDelayMs: base, endMs: this.nowMs() }),
      firstLoss: base === void 0 ? void 0 : estimateLoss(this.#measured, { baseDelayMs: base, endMs: this.nowMs(), transmissions: 1 })
    };
  }
};
function bySecond(samples, fromMs) {
  const seconds = /* @__PURE__ */ new Map();
  for (const sample of samples) {
    const second = Math.floor((sample.sentMs - fromMs) / 1e3);
    const own = seconds.get(second);
    if (own) own.push(sample);
    else seconds.set(second, [sample]);
  }
  return [...seconds].flatMap(([second, own]) => {
    const medianMs = quantile(delaysOf(own), 0.5);
    return medianMs === void 0 ? [] : [{ second, monotonicMs: fromMs + second * 1e3 + 500, medianMs }];
  });
}
function delaysOf(samples) {
  const delays = [];
  for (const { sentMs, arrivedMs } of samples) if (arrivedMs !== void 0) delays.push(arrivedMs - sentMs);
  return Float64Array.from(delays).sort();
}
function quantile(ascending, share) {
  return ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))];
}
function dial2(port, withinMs) {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const end = (answered) => {
      clearTimeout(late);
      socket.destroy();
      resolve(answered);
    };
    const late = setTimeout(() => end(false), withinMs);
    socket.once("connect", () => end(true));
    socket.once("error", () => end(true));
  });
}
function helloOf(token, lane) {
  const hello = Buffer.alloc(segmentBytes);
  token.copy(hello);
  hello.writeUInt32BE(lane, 8);
  return hello;
}
function onSegments(socket, handler) {
  let rest = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (; rest.length >= segmentBytes; rest = rest.subarray(segmentBytes)) handler(rest.subarray(0, segmentBytes));
  });
}
async function upWithin(lanes, withinMs) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, withinMs);
  });
  await Promise.race([Promise.all(lanes.map((lane) => lane.whenUp)), late]);
  clearTimeout(timer);
}

// src/engines/local/lanes/link-watch.ts
function lanesOf(struck, { network }) {
  return [
    ...struck.paths.flatMap(({ from, to }) => network.path(from, to)),
    ...struck.clients.flatMap((node) => network.client(node))
  ];
}
async function carriesTraffic({ what, amount }, { paths }, { network }) {
  const hint = paths.length === 0 ? void 0 : network.remedy;
  return [{ ...moreThan(what, amount, 0), hint }, ...await nonePast(paths, network)];
}
async function nonePast(paths, { past, remedy }) {
  if (paths.length === 0) return [];
  return [{ ...none("connections between the nodes past the link proxies", await past(paths)), hint: remedy }];
}
var LinkWatch = class _LinkWatch {
  #links;
  #lanes;
  #probes;
  #before = [];
  constructor(links, lanes, probes) {
    this.#links = links;
    this.#lanes = lanes;
    this.#probes = probes;
    this.mark();
  }
  static async start(environment, lanes, options) {
    const links = requireLinks(environment);
    const ids = [...new Set(lanes.map(({ linkId }) => linkId))];
    const probes = /* @__PURE__ */ new Map();
    try {
      for (const id of ids) probes.set(id, await startLinkProbe(links, id, options));
      return new _LinkWatch(links, lanes, probes);
    } catch (error) {
      await Promise.all([...probes.values()].map((probe) => probe.stop()));
      throw error;
    }
  }
  /** A new window of observation begins. */
  mark() {
    for (const probe of this.#probes.values()) probe.mark();
    this.#before = this.#lanes.map((lane) => this.#counters(lane));
  }
  /** What was seen on each lane since `mark`. */
  read() {
    const windows = new Map([...this.#probes].map(([id, probe]) => [id, probe.read()]));
    return this.#lanes.map((lane, i) => {
      const window2 = windows.get(lane.linkId);
      const before = this.#before[i];
      if (!window2 || !before) throw new Error(`no probe on ${lane.linkId}`);
      const now = this.#counters(lane);
      return {
        lane,
        probe: window2[lane.direction],
        traffic: {
          offeredBytes: now.bytesOffered - before.bytesOffered,
          deliveredBytes: now.bytesDelivered - before.bytesDelivered
        }
      };
    });
  }
  /** How many links answer a new connection in time, of how many. */
  async answering(withinMs) {
    const answers = await Promise.all([...this.#probes.values()].map((probe) => probe.answers(withinMs)));
    return { answered: answers.filter(Boolean).length, links: answers.length };
  }
  /** Connections of the probes that were lost since `mark` and made again. */
  reconnects() {
    return sum([...this.#probes.values()].map((probe) => probe.read().reconnects));
  }
  async stop() {
    await Promise.all([...this.#probes.values()].map((probe) => probe.stop()));
  }
  #counters(lane) {
    return this.#links.counters(lane.linkId)[lane.direction];
  }
};
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : sorted.length === 0 ? void 0 : (sorted[middle - 1] + sorted[middle]) / 2;
}

// src/base/all-done.ts
async function allDone(promises) {
  const results = await Promise.allSettled(promises);
  return results.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}

// src/engines/local/lanes/shape-lanes.ts
var shapers = [
  { name: "tc netem", needs: ["nft", "netem"] },
  { name: "link proxy", needs: [] }
];
var unshaped = { delayMs: 0, jitterMs: 0, bytesPerSecond: void 0 };
async function shape(environment, lanes, netem, scope) {
  const shaped = await environment.packets?.shape?.(lanes, netem, scope);
  if (shaped) return { mechanism: "tc netem", ...shaped };
  const clean = Object.fromEntries(Object.keys(netem).map((name) => [name, unshaped[name]]));
  await shapeLanes(environment, lanes, netem, clean, scope);
  return { mechanism: "link proxy", packets: async () => void 0 };
}
async function shapeLanes(environment, lanes, conditions, clean, scope) {
  const links = requireLinks(environment);
  const put = async (change) => {
    await allDone(lanes.map(({ linkId, direction: direction2 }) => links.shape(linkId, direction2, change)));
  };
  scope.undo({ type: "ends-with-run", what: `conditions on ${lanes.length} link directions` }, () => put(clean));
  await put(conditions);
}

// src/engines/local/effects/bandwidth.ts
var tolerance = 0.1;
var headerShare = 0.3;
var measureWithinMs = 5e3;
var bandwidth = {
  mechanisms: shapers,
  async observe(effect, environment) {
    const { bytesPerSecond } = effect;
    const lanes = lanesOf(effect, environment);
    const gauges = [];
    const closeAll = async () => {
      await Promise.all(gauges.map((gauge) => gauge.close()));
    };
    let watch;
    try {
      for (const { linkId, direction: direction2 } of lanes)
        if (direction2 === "forward") gauges.push(await openGauge(environment, linkId, bytesPerSecond));
      watch = await LinkWatch.start(environment, lanes, { lanes: 1, intervalMs: 100 });
    } catch (error) {
      await closeAll();
      throw error;
    }
    return {
      async inject(scope) {
        const { mechanism, packets } = await shape(environment, lanes, { bytesPerSecond }, scope);
        watch.mark();
        return {
          mechanism,
          async prove() {
            const shaped = await packets();
            const rates2 = await Promise.all(gauges.map((gauge) => gauge.measure()));
            const observed = median(rates2) ?? 0;
            const trafficBytes = sum(watch.read().map(({ traffic }) => traffic.deliveredBytes));
            const least = bytesPerSecond * (1 - (shaped === void 0 ? tolerance : headerShare));
            const most = bytesPerSecond * (1 + tolerance);
            const conditions = [
              all("links whose rate was measured", rates2.filter((seen) => seen > 0).length, gauges.length),
              atMost("bytes a second on the fastest link", Math.max(0, ...rates2), most, whole),
              atLeast("bytes a second on the slowest link", Math.min(...rates2), least, whole),
              ...await carriesTraffic(
                { what: "bytes of the broker's own that passed", amount: trafficBytes },
                effect,
                environment
              ),
              ...shaped === void 0 ? [] : [moreThan("packets of the broker's own through netem", shaped, 0)]
            ];
            return proofOf(conditions, {
              observed: `${Math.round(observed)} bytes a second at the median of ${rates2.length} links, while ${trafficBytes} bytes of the broker's own passed${shaped === void 0 ? "" : `, ${shaped} packets through netem`}`,
              figures: {
                injectedBytesPerSecond: bytesPerSecond,
                observedBytesPerSecond: observed,
                links: rates2.length,
                brokerBytes: trafficBytes,
                ...shaped === void 0 ? {} : { brokerPackets: shaped }
              }
            });
          }
        };
      },
      async release() {
        await watch.stop();
        await closeAll();
      }
    };
  }
};
var whole = (value) => value.toFixed(0);
async function openGauge(environment, linkId, bytesPerSecond) {
  const { clock } = environment;
  const links = requireLinks(environment);
  const bytes = Math.max(4344, Math.round(bytesPerSecond / 2));
  const sink = createServer2();
  await new Promise((resolve) => sink.listen(0, "127.0.0.1", resolve));
  const entry = await links.openLane(linkId, { host: "127.0.0.1", port: sink.address().port });
  return {
    async measure() {
      const client = connect2({ host: "127.0.0.1", port: entry.port, noDelay: true });
      let late;
      try {
        return await new Promise((resolve) => {
          late = setTimeout(() => resolve(0), measureWithinMs);
          const traffic = () => links.counters(linkId).forward.bytesDelivered;
          client.on("error", () => resolve(0));
          let writtenMs = 0;
          client.once("connect", () => {
            writtenMs = clock.nowMs();
            client.write(Buffer.alloc(1));
          });
          sink.once("connection", (socket) => {
            let seen = -1;
            let [wayMs, before] = [0, 0];
            socket.on("error", () => {
            });
            socket.on("data", (data) => {
              if (seen < 0) {
                wayMs = clock.nowMs() - writtenMs;
                before = traffic();
                writtenMs = clock.nowMs();
                client.end(Buffer.alloc(bytes));
              }
              seen += data.length;
              if (seen < bytes) return;
              resolve((bytes + traffic() - before) * 1e3 / Math.max(1, clock.nowMs() - writtenMs - wayMs));
            });
          });
        });
      } finally {
        clearTimeout(late);
        client.destroy();
      }
    },
    async close() {
      sink.close();
      await entry.close();
    }
  };
}

// src/engines/local/effects/calls.ts
var dialledAgainWithinMs = 5e3;
var lateByItself = 0.03;
var timerErrorMs = 1;
var calls = {
  mechanisms: [{ name: "link proxy, reads HTTP/2", needs: [] }],
  async observe(effect, environment) {
    const { rule } = effect;
    const lanes = lanesOf(effect, environment).filter(({ direction: direction2 }) => direction2 === "forward");
    const ids = [...new Set(lanes.map(({ linkId }) => linkId))];
    const watches = await watchAll(environment, ids, rule.method);
    const lateAfterMs = rule.action.type === "delay" ? Math.max(0, rule.action.delayMs - timerErrorMs) : 0;
    const look2 = () => Promise.all(watches.map((watch) => watch.read({ lateAfterMs })));
    let calm;
    return {
      steadyIsOver() {
        calm = look2();
        calm.catch(() => {
        });
      },
      async inject(scope) {
        const before = await (calm ?? look2());
        scope.undo(
          { type: "ends-with-run", what: `calls of ${rule.method} on ${ids.length} links` },
          async () => void await allDone(watches.map((watch) => watch.clear()))
        );
        await allDone(watches.map((watch) => watch.apply(rule)));
        return {
          mechanism: mechanismOf(sum(watches.map(({ connectionsReset }) => connectionsReset))),
          prove: async () => judgeCalls(rule, before, await look2(), await nonePast(effect.paths, environment.network))
        };
      },
      async release() {
        await Promise.all(watches.map((watch) => watch.stop()));
      }
    };
  }
};
function mechanismOf(connectionsReset) {
  const reset2 = `${connectionsReset} connection${connectionsReset === 1 ? "" : "s"} reset before the steady phase to be read from the start`;
  return `link proxy, reads HTTP/2${connectionsReset === 0 ? "" : `; ${reset2}`}`;
}
async function watchAll(environment, ids, pattern) {
  const links = requireLinks(environment);
  const watches = [];
  try {
    for (const id of ids) watches.push(await links.watchCalls(id, pattern));
  } catch (error) {
    await Promise.all(watches.map((watch) => watch.stop()));
    throw error;
  }
  const resetOnes = watches.filter(({ connectionsReset }) => connectionsReset > 0);
  const isBack = async (watch) => (await watch.read({ lateAfterMs: 0 })).connections.read > 0;
  await pollUntil(async () => (await Promise.all(resetOnes.map(isBack))).every(Boolean) ? true : void 0, {
    withinMs: dialledAgainWithinMs,
    everyMs: 50,
    clock: environment.clock
  });
  return watches;
}
function judgeCalls(rule, before, seen, further = []) {
  const asked = sum(seen.map(({ matched }) => matched.asked));
  const passed = sum(seen.map(({ matched }) => matched.passed));
  const others = sum(seen.map((link) => link.others.asked));
  const othersPassed = sum(seen.map((link) => link.others.passed));
  const brokenOff = sum(seen.map((link) => link.brokenOff));
  const links = seen.map((link) => strikesOn(rule, link));
  const struck = sum(links.map((link) => link.struck));
  const outOf = sum(links.map((link) => link.outOf));
  const shareBefore = rule.action.type === "delay" ? lateShare(before) : 0;
  const expected = rule.share + (1 - rule.share) * shareBefore;
  const observedShare = outOf === 0 ? 0 : struck / outOf;
  const figures = {
    callsSeen: asked,
    callsPassed: passed,
    callsStruckSeen: struck,
    callsStruckByInjector: sum(seen.map(({ touched }) => touched)),
    askedShare: rule.share,
    observedShare,
    otherCallsSeen: others,
    otherCallsPassed: othersPassed,
    connectionsRead: sum(seen.map(({ connections }) => connections.read)),
    connectionsBroken: brokenOff
  };
  const called = moreThan(`calls of ${rule.method} that were seen`, asked, 0);
  if (asked === 0) return proofOf([called, ...further], { observed: nothingOf(rule.method, seen), figures });
  const shareStruck = `calls of ${rule.method} that were struck`;
  const chance = outOf === 0 ? 0 : 4 * Math.sqrt(expected * (1 - expected) / outOf);
  const tolerance3 = chance + (rule.action.type === "delay" ? lateByItself : 0);
  const conditions = [
    moreThan(shareStruck, struck, 0),
    near(shareStruck, observedShare, expected, tolerance3, formatShare),
    moreThan(shareStruck, observedShare, (expected + shareBefore) / 2, formatShare),
    all("links on which the injector counted what was seen", links.filter(({ agrees }) => agrees).length, links.length),
    // A link on which ten calls should have been struck and none was has no fault.
    all(
      "links with calls that were struck, or too few calls to tell",
      links.filter((link) => link.struck > 0 || link.outOf * rule.share < 10).length,
      links.length
    ),
    none("connections that could not be read", brokenOff),
    ...further
  ];
  return proofOf(conditions, {
    observed: [
      `${struck} of ${outOf} calls of ${rule.method} (${formatShare(observedShare)}) ${seenAs(rule.action, shareBefore)}`,
      `${passed} of ${asked} reached the server, and ${othersPassed} of ${others} other calls`,
      ...brokenOff === 0 ? [] : [`${brokenOff} connections could not be read and were reset`]
    ].join("; "),
    figures
  });
}
function strikesOn({ action }, { matched, touched }) {
  const kept = matched.asked - matched.passed;
  const answered = sum(Object.values(matched.answeredByNobody));
  switch (action.type) {
    case "delay":
      return { struck: matched.late, outOf: matched.ripe, agrees: kept === 0 };
    case "drop":
      return { struck: kept - answered, outOf: matched.asked, agrees: kept === touched && answered === 0 };
    case "status": {
      const struck = matched.answeredByNobody[statusName(action.status)] ?? 0;
      return { struck, outOf: matched.asked, agrees: kept === touched && kept === struck };
    }
  }
}
function lateShare(seen) {
  const ripe = sum(seen.map(({ matched }) => matched.ripe));
  return ripe === 0 ? 0 : sum(seen.map(({ matched }) => matched.late)) / ripe;
}
function seenAs(action, shareBefore) {
  switch (action.type) {
    case "delay":
      return `answered after ${formatMs(action.delayMs)} or more, ${formatShare(shareBefore)} before the fault`;
    case "drop":
      return "kept from the server and not answered";
    case "status":
      return `kept from the server and answered ${statusName(action.status)}`;
  }
}
function nothingOf(pattern, seen) {
  const counts = /* @__PURE__ */ new Map();
  for (const { byMethod } of seen)
    for (const [name, count] of Object.entries(byMethod)) counts.set(name, (counts.get(name) ?? 0) + count);
  const others = [...counts].filter(([name]) => !matches(pattern, name)).map(([name, count]) => `${name} (${count})`);
  if (others.length > 0) return `no call of ${pattern} was seen; seen were ${others.join(", ")}`;
  if (seen.some(({ connections }) => connections.encrypted > 0))
    return "the connections are encrypted, so that no gRPC call can be read";
  return "no gRPC call was seen between the nodes";
}

// src/engines/local/effects/clock-skew.ts
import { readdirSync } from "node:fs";

// src/engines/local/clock/clock-proof.ts
var wantedShare = 0.9;
var wantedShareOfStrobe = 0.1;
var sources = {
  "Date header": {
    unit: "answers",
    /** Servers write the header anew once a second. */
    settleMs: 1500,
    leastSamples: 3,
    /** A server that is busy may be late with it. */
    latenessMs: () => 150
  },
  "log time stamps": {
    unit: "lines",
    settleMs: 300,
    leastSamples: 1,
    /** A line may have been kept back before it was written. */
    latenessMs: (offsetMs) => Math.min(500, Math.max(50, Math.abs(offsetMs) / 5))
  }
};
function judgeShift(samples, asked) {
  const reasons = [];
  for (const source of ["Date header", "log time stamps"]) {
    const { settleMs: settleMs2, leastSamples, latenessMs } = sources[source];
    const own = samples.filter((sample) => sample.source === source);
    const before = own.filter(({ atMs }) => atMs < asked.fromMs);
    const after = own.filter(({ atMs }) => atMs >= asked.fromMs + settleMs2);
    const usual = estimate(before);
    const coarsestMs = Math.max(...own.map(({ resolutionMs }) => resolutionMs));
    const doubtMs = usual.doubtMs + latenessMs(asked.offsetMs);
    if (own.length === 0) reasons.push(`no ${source}`);
    else if (before.length === 0 || after.length < leastSamples)
      reasons.push(`too few ${source}: ${before.length} before and ${after.length} after`);
    else if (Math.abs(asked.offsetMs) <= 2 * doubtMs + coarsestMs) reasons.push(`${source} too coarse for this offset`);
    else return judge(source, after, usual.aheadMs, doubtMs, asked);
  }
  return {
    proven: false,
    conditions: [moreThan("samples of its wall clock that can tell this offset", 0, 0)],
    observed: samples.length === 0 ? "the node shows its wall clock nowhere: no Date header over HTTP, no time stamps in its log" : `what the node shows of its wall clock does not tell: ${reasons.join("; ")}`,
    samples: 0,
    samplesShifted: 0,
    shiftMs: 0
  };
}
function judge(source, after, usualMs, doubtMs, { offsetMs, strobe }) {
  const near2 = (shiftMs) => after.filter(({ aheadMs, resolutionMs }) => Math.abs(aheadMs - usualMs - shiftMs) <= resolutionMs / 2 + doubtMs);
  const shifted = near2(offsetMs);
  const unmoved = near2(0);
  const wanted = Math.ceil((strobe ? wantedShareOfStrobe : wantedShare) * after.length);
  const { unit } = sources[source];
  const conditions = [
    atLeast(`${unit} of ${after.length} with ${source} ${direction(offsetMs)}`, shifted.length, wanted),
    ...strobe ? [atLeast(`${unit} of ${after.length} with ${source} as before`, unmoved.length, wanted)] : []
  ];
  const shownMs = estimate(shifted.length > 0 ? shifted : after).aheadMs - usualMs;
  const parts = [
    ...shifted.length > 0 ? [`${direction(shownMs)} in ${shifted.length}`] : [],
    ...unmoved.length > 0 ? [`as before in ${unmoved.length}`] : []
  ];
  return {
    proven: conditions.every(({ met }) => met),
    conditions,
    observed: `${source} ${parts.length > 0 ? parts.join(", ") : `${direction(shownMs)}, which was not asked, in all`} of ${after.length} ${unit}`,
    samples: after.length,
    samplesShifted: shifted.length,
    shiftMs: shifted.length > 0 ? Math.round(shownMs) : 0
  };
}
function estimate(samples) {
  const least = Math.max(...samples.map(({ aheadMs, resolutionMs }) => aheadMs - resolutionMs / 2));
  const most = Math.min(...samples.map(({ aheadMs, resolutionMs }) => aheadMs + resolutionMs / 2));
  if (least <= most) return { aheadMs: (least + most) / 2, doubtMs: (most - least) / 2 };
  const middle = [...samples].sort((a, b) => a.aheadMs - b.aheadMs)[samples.length >> 1];
  return { aheadMs: middle?.aheadMs ?? 0, doubtMs: (middle?.resolutionMs ?? 0) / 4 };
}
function direction(shiftMs) {
  const ms = Math.abs(shiftMs);
  const amount = ms < 1e3 ? `${Math.round(ms)} ms` : `${(ms / 1e3).toFixed(1)} s`;
  return `${amount} ${shiftMs < 0 ? "behind" : "ahead"}`;
}

// src/engines/local/clock/clock-watch.ts
var gapsMs = [618, 618, 1236];
var askWithinMs = 1e3;
var tellingWithinMs = 500;
var dateResolutionMs = 1e3;
async function watchClock(node) {
  const { clock } = node;
  const samples = [];
  const stopped = new AbortController();
  let knownBytes;
  const lookAtLog = () => {
    const grown = growth(node.logFile, knownBytes);
    if (!grown) return;
    knownBytes = grown.bytes;
    const stamped = stampOf(grown.lastLine);
    if (!stamped) return;
    const { wallMs, resolutionMs } = stamped;
    const aheadMs = wallMs + resolutionMs / 2 - grown.writtenWallMs;
    samples.push({ source: "log time stamps", atMs: clock.nowMs(), aheadMs, resolutionMs });
  };
  const askForDate = async () => {
    for (const url of node.httpUrls) {
      const askedWallMs = clock.wallMs();
      const date = await dateOf(url, stopped.signal);
      const tookMs = clock.wallMs() - askedWallMs;
      if (date === void 0 || tookMs > tellingWithinMs) continue;
      const aheadMs = date + dateResolutionMs / 2 - (askedWallMs + tookMs / 2);
      samples.push({ source: "Date header", atMs: clock.nowMs(), aheadMs, resolutionMs: dateResolutionMs + tookMs });
      return;
    }
  };
  const look2 = async () => {
    lookAtLog();
    await askForDate();
  };
  await look2();
  const watching = (async () => {
    for (let i = 0; !stopped.signal.aborted; i++) {
      await clock.sleep(gapsMs[i % gapsMs.length] ?? 0, stopped.signal);
      await look2();
    }
  })().catch(() => {
  });
  return {
    samples,
    look: look2,
    async stop() {
      stopped.abort();
      await watching;
    }
  };
}
async function dateOf(url, signal2) {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal2, AbortSignal.timeout(askWithinMs)]) });
    await response.body?.cancel();
    const wallMs = Date.parse(response.headers.get("date") ?? "");
    return Number.isNaN(wallMs) ? void 0 : wallMs;
  } catch {
    return void 0;
  }
}
function growth(file, knownBytes) {
  const bytes = logBytes(file);
  const writtenWallMs = logWrittenWallMs(file);
  if (bytes === knownBytes || writtenWallMs === void 0) return void 0;
  const [lastLine = ""] = lastLines(file, 1, knownBytes === void 0 || bytes < knownBytes ? 0 : knownBytes);
  return { bytes, lastLine, writtenWallMs };
}

// src/engines/local/clock/vdso/skew.ts
import { spawn } from "node:child_process";
var ClockSkew = class {
  #original = readVdso(process.pid).image;
  #patch;
  #shifted;
  #ledger;
  #struck = /* @__PURE__ */ new Map();
  #on = true;
  /** `offsetMs` has either sign. Throws a ChaosError where this machine's vDSO cannot be rewritten. */
  constructor(offsetMs, ledger) {
    this.#patch = planPatch(this.#original, shiftOf(offsetMs));
    this.#shifted = patched(this.#original, this.#patch);
    this.#ledger = ledger;
  }
  /** How many processes have been struck, those included that are gone. */
  get count() {
    return this.#struck.size;
  }
  /** Shifts the clock of each of these processes that does not have it shifted already. Throws a ChaosError where that cannot be done. */
  async cover(processes) {
    for (const process2 of processes) {
      try {
        await this.#coverOne(process2);
      } catch (error) {
        if (isAlive(process2)) throw error;
      }
    }
  }
  /** The shift of all of them on or off, without stopping anything. */
  switch(on) {
    this.#on = on;
    for (const { process: process2, vdso } of this.#struck.values()) {
      try {
        if (isAlive(process2)) switchShift(process2.pid, vdso, this.#patch, on);
      } catch (error) {
        if (isAlive(process2)) throw error;
      }
    }
  }
  /**
   * Gives every struck process its own bytes back, and those of `processes` that were forked from one meanwhile, and reads them back.
   * Throws a ChaosError that names the process whose vDSO is not what it was. Safe to call twice.
   */
  async restore(processes) {
    this.switch(false);
    const left = [];
    for (const [key, { process: process2, vdso, undone }] of this.#struck) {
      try {
        if (await this.#restoreOne(process2, vdso) === "busy")
          throw new ChaosError("fault", `a thread of process ${process2.pid} stands in the code that replaced its vDSO`);
        undone();
        this.#struck.delete(key);
      } catch (error) {
        left.push(messageOf(error));
      }
    }
    for (const process2 of processes()) {
      try {
        const vdso = readVdso(process2.pid);
        if (this.#look(vdso) === "shifted") await this.#restoreOne(process2, vdso);
        if (this.#look(readVdso(process2.pid)) !== "original")
          left.push(`the vDSO of process ${process2.pid} is not the original one`);
      } catch (error) {
        if (isAlive(process2)) left.push(messageOf(error));
      }
    }
    if (left.length > 0) throw new ChaosError("fault", left.join("; "));
  }
  async #coverOne(process2) {
    const vdso = readVdso(process2.pid);
    const state = this.#look(vdso);
    const key = `${process2.pid} ${process2.startTicks} ${vdso.start}`;
    if (state === "other")
      throw new ChaosError(
        "fault",
        `the vDSO of process ${process2.pid} is not that of this machine, or is rewritten already`
      );
    if (!this.#struck.has(key)) {
      const { pid, startTicks } = process2;
      const steps = restorationOf(vdso, this.#patch).map(
        (step) => step.map(({ address, bytes }) => ({ address, bytes: bytes.toString("hex") }))
      );
      const undo = { type: "vdso", process: { pid, startTicks }, start: vdso.start, steps };
      this.#struck.set(key, { process: { pid, startTicks }, vdso, undone: this.#ledger.add(undo, "clock-skew") });
    }
    if (state === "original") {
      if (await persistently(() => tryPatch(process2, vdso, this.#patch)) === "busy")
        throw new ChaosError("fault", `process ${process2.pid} could not be stopped outside of its vDSO`);
      if (!this.#on) switchShift(process2.pid, vdso, this.#patch, false);
    }
  }
  #restoreOne(process2, vdso) {
    return restore(process2, vdso.start, restorationOf(vdso, this.#patch));
  }
  #look({ image }) {
    if (image.equals(this.#original)) return "original";
    const { switchOffset } = this.#patch;
    const comparable = Buffer.from(image);
    if (switchOffset < comparable.length) comparable[switchOffset] = this.#shifted[switchOffset] ?? 0;
    return comparable.equals(this.#shifted) ? "shifted" : "other";
  }
};
var refusal;
function clockSkewRefusal() {
  refusal ??= { why: tryOnChild() };
  return refusal.why;
}
function tryOnChild() {
  const child = spawn("sleep", ["10"], { stdio: "ignore" });
  child.on("error", () => {
  });
  const { pid } = child;
  const startTicks = pid === void 0 ? void 0 : readStat(pid)?.startTicks;
  if (pid === void 0 || startTicks === void 0) return "no process could be started to try it on";
  try {
    const vdso = readVdso(pid);
    const patch = planPatch(vdso.image, shiftOf(1e3));
    for (let attempt = 0; attempt < 20; attempt++) {
      const outcome = tryPatch({ pid, startTicks }, vdso, patch);
      if (outcome === "done") return void 0;
      if (outcome === "gone") break;
    }
    return "a process of the tool\u2019s own could not be stopped to try it on";
  } catch (error) {
    return messageOf(error);
  } finally {
    signal(pid, "SIGKILL");
  }
}

// src/engines/local/effects/clock-skew.ts
var coverEveryMs = 200;
var firstCoverWithinMs = 2e3;
var clockSkew = {
  mechanisms: [{ name: "vDSO rewritten", needs: ["vdso"] }],
  async observe(effect, { nodes: control, ledger, clock, logger }) {
    const { nodes, offsetMs, strobeMs } = effect;
    const watches = await Promise.all(
      nodes.map((node) => watchClock({ httpUrls: control.httpUrls(node), logFile: control.logFile(node), clock }))
    );
    let calmUntilMs;
    return {
      steadyIsOver() {
        calmUntilMs = clock.nowMs();
      },
      async inject(scope) {
        const skew = new ClockSkew(offsetMs, ledger);
        const processes = () => nodes.flatMap((node) => control.processes(node)).sort((a, b) => a.startTicks - b.startTicks || a.pid - b.pid);
        const skewed = new SkewedProcesses({ skew, processes, scope, clock, logger });
        scope.undo({ type: "ends-with-run", what: `clocks of ${nodes.join(", ")}` }, async () => {
          await skewed.ended();
          await skew.restore(processes);
        });
        await skewed.coverAll();
        const fromMs = clock.nowMs();
        skewed.keepCovered();
        if (strobeMs !== void 0) skewed.strobe(strobeMs);
        return {
          mechanism: "vDSO rewritten",
          async prove() {
            await Promise.all(watches.map((watch) => watch.look()));
            return proofOfSkew(effect, watches, { fromMs, calmUntilMs: calmUntilMs ?? fromMs, skewed });
          }
        };
      },
      async release() {
        await Promise.all(watches.map((watch) => watch.stop()));
      }
    };
  }
};
var SkewedProcesses = class {
  #parts;
  #repeated = [];
  #uncovered;
  constructor(parts) {
    this.#parts = parts;
  }
  /** What was last in the way of shifting a process that came later. */
  get uncovered() {
    return this.#uncovered;
  }
  get count() {
    return this.#parts.skew.count;
  }
  /** Shifts the processes that are there. Rejects when one refuses for longer than `firstCoverWithinMs`. */
  async coverAll() {
    const { skew, processes, scope, clock } = this.#parts;
    const deadlineMs = clock.nowMs() + firstCoverWithinMs;
    for (; ; ) {
      try {
        await skew.cover(processes());
        return;
      } catch (error) {
        if (clock.nowMs() >= deadlineMs) throw error;
        await clock.sleep(coverEveryMs, scope.signal);
      }
    }
  }
  /** Shifts each process that comes later, soon after it has come. */
  keepCovered() {
    const { skew, processes, logger } = this.#parts;
    let pids = /* @__PURE__ */ new Set();
    let own = [];
    let looks = 0;
    this.#repeat(coverEveryMs, async () => {
      const pidsNow = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
      if (looks++ % 5 === 0 || pidsNow.some((pid) => !pids.has(pid))) own = processes();
      pids = new Set(pidsNow);
      this.#uncovered = await skew.cover(own).then(() => void 0, messageOf);
      if (this.#uncovered !== void 0) logger.debug(`clock-skew: ${this.#uncovered}`);
    });
  }
  /** Switches between the shifted clock and the right one. */
  strobe(everyMs) {
    let on = true;
    this.#repeat(everyMs, async () => {
      on = !on;
      this.#parts.skew.switch(on);
    });
  }
  /** Resolves when nothing is repeated any more, after the scope was aborted. */
  async ended() {
    await Promise.all(this.#repeated);
  }
  /** Until the fault is taken back. */
  #repeat(everyMs, work) {
    const {
      clock,
      logger,
      scope: { signal: signal2 }
    } = this.#parts;
    const untilEnd = async () => {
      while (!signal2.aborted) {
        await clock.sleep(everyMs, signal2).catch(() => {
        });
        if (!signal2.aborted) await work().catch((error) => logger.debug(`clock-skew: ${messageOf(error)}`));
      }
    };
    this.#repeated.push(untilEnd());
  }
};
function proofOfSkew({ nodes, offsetMs, strobeMs }, watches, { fromMs, calmUntilMs, skewed }) {
  const seen = watches.map(
    ({ samples }) => judgeShift(
      samples.filter(({ atMs }) => atMs >= fromMs || atMs < calmUntilMs),
      { offsetMs, fromMs, strobe: strobeMs !== void 0 }
    )
  );
  const sum2 = (key) => seen.reduce((total, clock) => total + clock[key], 0);
  const conditions = seen.flatMap(
    (clock, i) => clock.conditions.map((condition) => ({ ...condition, what: `${nodes[i]}: ${condition.what}` }))
  );
  const { uncovered, count } = skewed;
  return proofOf(conditions, {
    observed: [
      ...seen.map(({ observed }, i) => `${nodes[i]}: ${observed}`),
      ...uncovered === void 0 ? [] : [uncovered]
    ].join("; "),
    figures: {
      offsetMs,
      shiftMs: seen.reduce(
        (least, { shiftMs }) => Math.abs(shiftMs) < Math.abs(least) ? shiftMs : least,
        seen[0]?.shiftMs ?? 0
      ),
      samples: sum2("samples"),
      samplesShifted: sum2("samplesShifted"),
      nodesShifted: seen.filter(({ proven }) => proven).length,
      processesStruck: count
    }
  });
}

// src/engines/local/clients/descriptors.ts
import { readdirSync as readdirSync2, readFileSync } from "node:fs";
var marginDescriptors = 128;
function requireDescriptors(count, why) {
  const limit2 = descriptorLimit();
  const open = readdirSync2("/proc/self/fd").length;
  if (open + count + marginDescriptors <= limit2) return;
  throw new ChaosError(
    "fault",
    `${why} needs ${count} file descriptors of this process, which has ${open} open and may have ${limit2}`,
    { hint: "raise the limit (ulimit -n), or ask for fewer connections" }
  );
}
function descriptorLimit(limits = readFileSync("/proc/self/limits", "utf8")) {
  const soft = /^Max open files\s+(\S+)/m.exec(limits)?.[1];
  return soft === void 0 || soft === "unlimited" ? Number.POSITIVE_INFINITY : Number(soft);
}

// src/engines/local/clients/pace.ts
var tickMs = 5;
var mostBehindMs = 250;
async function pace(ratePerSecond, act, { clock, signal: signal2 }) {
  let credit = 0;
  let lastMs = clock.nowMs();
  while (!signal2.aborted) {
    await clock.sleep(tickMs, signal2).catch(() => {
    });
    const nowMs = clock.nowMs();
    credit = Math.min(credit + (nowMs - lastMs) * ratePerSecond / 1e3, 1 + mostBehindMs * ratePerSecond / 1e3);
    lastMs = nowMs;
    for (; credit >= 1 && !signal2.aborted; credit--) if (!act()) return;
  }
}

// src/engines/local/clients/raw-client.ts
var import_mqtt_packet = __toESM(require_mqtt(), 1);
var farewellMs = 300;
var RawClient = class {
  state = "waiting";
  /** PUBLISH packets that arrived. */
  received = 0;
  /** PUBACK packets that arrived. */
  acknowledged = 0;
  #transport;
  #version;
  #waiting = [];
  #subscribed = false;
  /** Nothing can be sent any more. */
  #isLeaving = false;
  #isGone = false;
  #nextId = 1;
  constructor(target, clientId) {
    this.#version = target.version;
    const packets = (0, import_mqtt_packet.parser)({ protocolVersion: target.version });
    packets.on("packet", (packet) => this.#receive(packet));
    packets.on("error", () => this.#transport.destroy());
    this.#transport = dial(target, {
      open: () => this.#send({
        cmd: "connect",
        protocolId: "MQTT",
        protocolVersion: target.version,
        clean: true,
        clientId,
        keepalive: 0,
        ...target.username === void 0 ? {} : { username: target.username },
        ...target.password === void 0 ? {} : { password: Buffer.from(target.password) }
      }),
      data: (data) => {
        try {
          packets.parse(data);
        } catch {
          this.#transport.destroy();
        }
      },
      text: () => this.#transport.destroy(),
      closed: () => {
        this.#isGone = true;
        if (this.state !== "refused") this.state = "lost";
        this.#wake();
      }
    });
  }
  /** Bytes that the kernel would not take yet: the broker reads too slowly. */
  get unsentBytes() {
    return this.#transport.unsentBytes;
  }
  /** Resolves when the broker has granted the subscription; false when it refused, or is gone. */
  async subscribe(topic, qos) {
    await this.#until(() => this.state !== "waiting");
    if (this.state !== "accepted") return false;
    this.#send({ cmd: "subscribe", messageId: this.#id(), subscriptions: [{ topic, qos }] });
    await this.#until(() => this.#subscribed || this.state !== "accepted");
    return this.#subscribed;
  }
  publish(topic, payload, qos) {
    this.#send({
      cmd: "publish",
      topic,
      payload,
      qos,
      dup: false,
      retain: false,
      ...qos === 0 ? {} : { messageId: this.#id() }
    });
  }
  /** Leaves what arrives from now on in the kernel. */
  stopReading() {
    this.#transport.pause();
  }
  /** Says goodbye if it can, and is gone when this resolves. Safe to call twice. */
  async close() {
    if (this.state !== "accepted") this.#transport.destroy();
    else if (!this.#isLeaving) {
      this.#send({ cmd: "disconnect" });
      this.#isLeaving = true;
      this.#transport.finish();
      this.#transport.resume();
    }
    const timer = setTimeout(() => this.#transport.destroy(), farewellMs);
    while (!this.#isGone) await new Promise((resolve) => this.#waiting.push(resolve));
    clearTimeout(timer);
  }
  #send(packet) {
    if (!this.#isLeaving && !this.#isGone) this.#transport.write((0, import_mqtt_packet.generate)(packet, { protocolVersion: this.#version }));
  }
  #receive(packet) {
    switch (packet.cmd) {
      case "connack":
        this.state = (packet.returnCode ?? 0) === 0 && (packet.reasonCode ?? 0) === 0 ? "accepted" : "refused";
        this.#wake();
        break;
      case "suback":
        this.#subscribed = packet.granted.every((code) => Number(code) < 128);
        if (!this.#subscribed) this.#transport.destroy();
        this.#wake();
        break;
      case "puback":
        this.acknowledged++;
        break;
      case "publish":
        this.received++;
        if (packet.qos === 1 && packet.messageId !== void 0)
          this.#send({ cmd: "puback", messageId: packet.messageId });
        break;
      default:
        break;
    }
  }
  #id() {
    const id = this.#nextId;
    this.#nextId = id === 65535 ? 1 : id + 1;
    return id;
  }
  async #until(come) {
    while (!come() && this.state !== "lost") await new Promise((resolve) => this.#waiting.push(resolve));
  }
  #wake() {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
};

// src/engines/local/cluster/tcp-table.ts
import { readFile } from "node:fs/promises";
async function readTcpTable() {
  const files = await Promise.all(["/proc/net/tcp", "/proc/net/tcp6"].map(read));
  return files.flatMap(
    (text) => text.split("\n").slice(1).flatMap((line) => parseLine(line) ?? [])
  );
}
function heldConnections(port, table) {
  return table.filter(({ localPort, state, isHeld }) => localPort === port && state === "established" && isHeld);
}
function parseLine(line) {
  const state = stateOf(line);
  if (state === void 0) return void 0;
  const [, local, remote2, , queues, , , , , inode] = line.trim().split(/\s+/);
  if (local === void 0 || remote2 === void 0 || queues === void 0 || inode === void 0) return void 0;
  const [send = "", receive = ""] = queues.split(":");
  return {
    localPort: portOf(local),
    remotePort: portOf(remote2),
    state,
    sendQueueBytes: Number.parseInt(send, 16),
    receiveQueueBytes: Number.parseInt(receive, 16),
    inode,
    isHeld: inode !== "0"
  };
}
function stateOf(line) {
  const code = /^\s*\d+: \S+ \S+ (..)/.exec(line)?.[1];
  return code === "01" ? "established" : code === "0A" ? "listening" : void 0;
}
function portOf(address) {
  return Number.parseInt(address.slice(address.lastIndexOf(":") + 1), 16);
}
async function read(file) {
  try {
    return await readFile(file, "utf8");
  } catch {
    return "";
  }
}

// src/engines/local/effects/connection-storm.ts
var leastSeen = 0.9;
var descriptorsEach = 3;
var connectionStorm = {
  mechanisms: [{ name: "clients", needs: [] }],
  async observe(effect, environment) {
    const { nodes, connections, ratePerSecond, clientIdPrefix: prefix } = effect;
    const { nodes: control, network, clock } = environment;
    const stop = new AbortController();
    const clients = [];
    const asked = connections * nodes.length;
    const count = (state) => clients.filter((client) => client.state === state).length;
    const arrivals = [];
    const leave = async () => {
      stop.abort();
      await Promise.all(arrivals);
      await Promise.all(clients.map((client) => client.close()));
    };
    return {
      async inject(scope) {
        requireDescriptors(asked * descriptorsEach, `a storm of ${asked} connections`);
        scope.undo({ type: "ends-with-run", what: `${asked} connections to ${nodes.join(", ")}` }, leave);
        const before = await heldBy(nodes, environment);
        for (const node of nodes) {
          const address = { ...control.address(node), ...network.entry(node) };
          let number = 0;
          arrivals.push(
            pace(
              ratePerSecond,
              () => {
                clients.push(new RawClient(address, `${prefix}x${clients.length}`));
                return ++number < connections;
              },
              { clock, signal: stop.signal }
            )
          );
        }
        return {
          mechanism: "clients",
          async prove() {
            const look2 = async () => ({
              held: await heldBy(nodes, environment) - before,
              refused: count("refused")
            });
            const isSeen = ({ held: held2, refused }) => held2 + refused >= asked * leastSeen;
            const seen = await pollUntil(
              async () => {
                const now = await look2();
                return isSeen(now) ? now : void 0;
              },
              { withinMs: 2e3, everyMs: 100, clock }
            ) ?? await look2();
            const needed = [
              atLeast(
                "clients seen at the nodes' own ports or refused there",
                seen.held + seen.refused,
                Math.ceil(asked * leastSeen)
              )
            ];
            return proofOf(needed, {
              observed: `${seen.held} connections more at the nodes' own ports than before (${before}), taken by their processes; of ${clients.length} clients ${count("accepted")} have a CONNACK, ${seen.refused} were refused, ${count("lost")} lost their connection`,
              figures: {
                connectionsAsked: asked,
                connectionsTried: clients.length,
                connectionsBefore: before,
                connectionsMore: seen.held,
                accepted: count("accepted"),
                refused: seen.refused,
                lost: count("lost")
              }
            });
          }
        };
      },
      release: leave
    };
  }
};
async function heldBy(nodes, { nodes: control }) {
  const table = await readTcpTable();
  return sum(nodes.map((node) => heldConnections(control.address(node).port, table).length));
}

// src/engines/local/machine/node-limits.ts
import { readFileSync as readFileSync2 } from "node:fs";
import { join } from "node:path";
var periodUs = 1e5;
function nodeLimits(privileged, cgroups) {
  const write = async (folder, file, value) => {
    await privileged.run("tee", ["--", join(folder, file)], value);
  };
  const placeOf = (controller, node) => {
    const place = cgroups.controlled(controller, node);
    if (!place) throw new ChaosError("fault", `${node} is in no cgroup with a ${controller} controller`);
    return place;
  };
  const setQuota = async (node, share) => {
    const { version, folder } = placeOf("cpu", node);
    const us = share === void 0 ? void 0 : Math.floor(share * periodUs);
    if (version === 2) return write(folder, "cpu.max", `${us ?? "max"} ${periodUs}`);
    await write(folder, "cpu.cfs_period_us", `${periodUs}`);
    await write(folder, "cpu.cfs_quota_us", `${us ?? -1}`);
  };
  const setHigh = (node, bytes) => write(placeOf("memory", node).folder, "memory.high", bytes === void 0 ? "max" : `${Math.round(bytes)}`);
  return {
    cpu: {
      set: lowestOf(setQuota),
      read(node) {
        const { version, folder } = placeOf("cpu", node);
        const figures = readFigures(join(folder, "cpu.stat"));
        const throttledMs = version === 2 ? (figures.get("throttled_usec") ?? 0) / 1e3 : (figures.get("throttled_time") ?? 0) / 1e6;
        return {
          share: quotaOf(version, folder),
          periods: figures.get("nr_periods") ?? 0,
          throttled: figures.get("nr_throttled") ?? 0,
          throttledMs
        };
      }
    },
    memory: {
      set: lowestOf(setHigh),
      read(node) {
        const { folder } = placeOf("memory", node);
        const high = readFileSync2(join(folder, "memory.high"), "utf8").trim();
        return {
          limit: high === "max" ? void 0 : Number(high),
          bytes: Number(readFileSync2(join(folder, "memory.current"), "utf8")),
          heldUp: readFigures(join(folder, "memory.events")).get("high") ?? 0
        };
      }
    }
  };
}
function lowestOf(put) {
  const asked = [];
  const apply = (node) => {
    const values = asked.filter((one) => one.node === node).map(({ value }) => value);
    return put(node, values.length === 0 ? void 0 : Math.min(...values));
  };
  return async (node, value, before) => {
    const own = { node, value };
    before(async () => {
      if (asked.includes(own)) asked.splice(asked.indexOf(own), 1);
      await apply(node);
    });
    asked.push(own);
    await apply(node);
  };
}
function quotaOf(version, folder) {
  const read2 = (file) => readFileSync2(join(folder, file), "utf8").trim();
  const [quota = "", period = ""] = version === 2 ? read2("cpu.max").split(" ") : [read2("cpu.cfs_quota_us"), read2("cpu.cfs_period_us")];
  return quota === "max" || Number(quota) < 0 ? void 0 : Number(quota) / Number(period);
}
function readFigures(file) {
  const lines = readFileSync2(file, "utf8").trim().split("\n");
  return new Map(lines.map((line) => line.split(" ")).map(([name = "", value]) => [name, Number(value)]));
}
function whyUnreadable(nodes, limit2) {
  if (limit2 === void 0) return "the nodes have no cgroups of their own";
  try {
    for (const node of nodes) limit2.read(node);
    return void 0;
  } catch (error) {
    return messageOf(error);
  }
}

// src/engines/local/effects/cpu-quota.ts
var toleranceShare = 0.1;
var cpuQuota = {
  mechanisms: [{ name: "cgroup CPU quota", needs: ["cpuQuota"] }],
  whyNot: ({ nodes }, { limits }) => whyUnreadable(nodes, limits?.cpu),
  async observe(effect, environment) {
    const { nodes, quotaShare: quota } = effect;
    const { clock } = environment;
    const { cpu } = requireLimits(environment);
    const look2 = () => ({
      atMs: clock.nowMs(),
      nodes: nodes.map((node) => ({ ...cpu.read(node), usedSeconds: usedSeconds(environment, node) }))
    });
    const steadyFrom = look2();
    return {
      async inject(scope) {
        const steadyTo = look2();
        for (const node of nodes)
          await cpu.set(
            node,
            quota,
            (lift) => scope.undo({ type: "ends-with-run", what: `CPU quota of ${node}` }, lift)
          );
        const before = look2();
        const shareBetween = (from, to, i) => {
          const used = (to.nodes[i]?.usedSeconds ?? 0) - (from.nodes[i]?.usedSeconds ?? 0);
          return to.atMs <= from.atMs ? 0 : Math.max(0, used * 1e3 / (to.atMs - from.atMs));
        };
        return {
          mechanism: "cgroup CPU quota",
          async prove() {
            const now = look2();
            const seen = nodes.map((node, i) => {
              const [was, is] = [before.nodes[i], now.nodes[i]];
              return {
                node,
                periods: (is?.periods ?? 0) - (was?.periods ?? 0),
                throttled: (is?.throttled ?? 0) - (was?.throttled ?? 0),
                throttledMs: (is?.throttledMs ?? 0) - (was?.throttledMs ?? 0),
                usedShare: shareBetween(before, now, i),
                usedShareBefore: shareBetween(steadyFrom, steadyTo, i),
                share: is?.share
              };
            });
            const conditions = seen.flatMap((one) => [
              atMost(`${one.node}: its quota in the kernel`, one.share ?? Number.NaN, quota + 1e-9, formatShare),
              // A node that never wants more than its quota has not been struck by it.
              moreThan(`${one.node}: periods in which it was throttled`, one.throttled, 0),
              atMost(`${one.node}: used of a CPU`, one.usedShare, quota * (1 + toleranceShare), formatShare)
            ]);
            return proofOf(conditions, {
              observed: seen.map(
                (one) => `${one.node}: throttled in ${one.throttled} of ${one.periods} periods, ${formatMs(one.throttledMs)} in all; used ${formatShare(one.usedShare)} of a CPU (${formatShare(one.usedShareBefore)} before)`
              ).join("; "),
              figures: {
                quotaShare: quota,
                nodes: seen.length,
                periodsThrottled: sum(seen.map((one) => one.throttled)),
                throttledMs: sum(seen.map((one) => one.throttledMs)),
                mostUsedShare: Math.max(0, ...seen.map((one) => one.usedShare))
              }
            });
          }
        };
      },
      async release() {
      }
    };
  }
};
function usedSeconds({ nodes }, node) {
  return sum(nodes.processes(node).map(({ cpuSeconds }) => cpuSeconds));
}

// src/engines/local/host/control.ts
function startStressor(host, scope, task, cpu) {
  let stressor;
  scope.undo({ type: "ends-with-run", what: `stressor ${task[0]}` }, () => stressor?.stop());
  stressor = host.start(task, cpu);
  return stressor;
}
function localHost(run) {
  const start = (task, cpu) => {
    const node = [process.execPath, distPath("stressor.js"), ...task];
    const [command = "", ...args] = cpu === void 0 ? node : ["taskset", "-c", `${cpu}`, ...node];
    const child = execa(command, args, {
      env: { ...inheritedEnvironment(process.env), [runMark]: run },
      extendEnv: false,
      // Held open: it closes when this process ends, however it ends, and the stressor ends with it.
      stdin: "pipe",
      stdout: "pipe",
      stderr: "ignore",
      buffer: false,
      reject: false
    });
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
    child.stdin.on("error", () => {
    });
    const pid = child.pid ?? 0;
    return {
      pid,
      startTicks: readStat(pid)?.startTicks ?? 0,
      said: () => said,
      async stop() {
        child.kill("SIGKILL");
        await child;
      }
    };
  };
  return { start, observe: (task) => start(task), pins: new Pins(), setAffinity, setSoftLimit };
}

// src/engines/local/effects/cpu-stress.ts
var toleranceShare2 = 0.1;
var delayFactor = 1.2;
var leastDelayMsPerSecond = 1;
var cpuStress = {
  mechanisms: [{ name: "duty-cycle burners", needs: ["taskset"] }],
  async observe(effect, environment) {
    const { nodes, loadShare: load2 } = effect;
    const { host, nodes: control } = environment;
    const pidsOf = (names) => names.flatMap((node) => control.processes(node)).map(({ pid }) => pid);
    const steadyFrom = look(environment, nodes);
    let steadyTo;
    return {
      steadyIsOver() {
        steadyTo = look(environment, nodes);
      },
      async inject(scope) {
        const struck = pidsOf(nodes);
        let pinned = [];
        let letGo;
        scope.undo({ type: "ends-with-run", what: "the book of who is pinned" }, () => {
          letGo ??= host.pins.release(pinned);
        });
        pinned = host.pins.hold([...struck, process.pid]);
        const ofNodes = pinned.filter(({ pid }) => pid !== process.pid).map(({ cpus: cpus2 }) => parseCpus(cpus2));
        const toolCpus = pinned.find(({ pid }) => pid === process.pid)?.cpus ?? "";
        const cpus = splitCpus(union(ofNodes), parseCpus(toolCpus));
        scope.undo({ type: "affinity", processes: pinned }, async () => {
          letGo ??= host.pins.release(pinned);
          await restoreAffinity(letGo, host.setAffinity);
          const known = pinned.map(({ pid }) => pid);
          const born = pidsOf(environment.shape.nodes).filter(
            (pid) => !known.includes(pid) && runsOnlyOn(pid, cpus.harness)
          );
          for (const pid of born) await host.setAffinity(pid, toolCpus, true);
        });
        for (const pid of struck) await host.setAffinity(pid, formatCpus(cpus.struck), true);
        await host.setAffinity(process.pid, formatCpus(cpus.harness), true);
        const burners = cpus.struck.map((cpu) => startStressor(host, scope, ["cpu", `${load2}`], cpu));
        const before = burners.map(askedOfCpu);
        const holdFrom = look(environment, nodes);
        const steady = compare(steadyFrom, steadyTo ?? holdFrom, cpus.struck);
        const where = `CPU ${formatCpus(cpus.struck)}`;
        return {
          mechanism: cpus.harness.some((cpu) => cpus.struck.includes(cpu)) ? `duty-cycle burners on ${where}, which the tool has to share` : `duty-cycle burners and the nodes on ${where}, the tool on CPU ${formatCpus(cpus.harness)}`,
          async prove() {
            const now = look(environment, nodes);
            const hold = compare(holdFrom, now, cpus.struck);
            const seconds = (now.atMs - holdFrom.atMs) / 1e3;
            const burned = sum(burners.map((burner, i) => Math.max(0, askedOfCpu(burner) - (before[i] ?? 0))));
            const burnerDemandShare = burners.length === 0 ? 0 : burned / seconds / burners.length;
            const processes = pidsOf(nodes);
            const there = processes.filter((pid) => runsOnlyOn(pid, cpus.struck)).length;
            const figures = {
              askedShare: load2,
              cpus: cpus.struck.length,
              busyShare: hold.busyShare,
              busyShareBefore: steady.busyShare,
              burnerDemandShare,
              processes: processes.length,
              processesPinned: there,
              runQueueDelayMsPerSecond: hold.delayMsPerSecond,
              runQueueDelayMsPerSecondBefore: steady.delayMsPerSecond
            };
            return proofOf(conditionsOf(figures), {
              observed: `${where} busy for ${formatShare(hold.busyShare)} of the time (${formatShare(steady.busyShare)} before), the burners ran or waited to run for ${formatShare(burnerDemandShare)}; ${there} of ${processes.length} processes of the nodes run there, which waited for a CPU ${formatMs(hold.delayMsPerSecond)} a second (${formatMs(steady.delayMsPerSecond)} before)`,
              figures
            });
          }
        };
      },
      async release() {
      }
    };
  }
};
function conditionsOf(seen) {
  const least = seen.askedShare - toleranceShare2;
  const wasCrowded = seen.busyShareBefore >= least;
  const waited = "time a second that processes of the nodes waited for a CPU";
  return [
    all("processes of the nodes on the burned CPUs", seen.processesPinned, seen.processes),
    atLeast("time that the CPUs were busy", seen.busyShare, least, formatShare),
    atLeast("time that the burners ran or waited to run", seen.burnerDemandShare, least, formatShare),
    atLeast(waited, seen.runQueueDelayMsPerSecond, leastDelayMsPerSecond, formatMs),
    ...wasCrowded ? [] : [moreThan(waited, seen.runQueueDelayMsPerSecond, delayFactor * seen.runQueueDelayMsPerSecondBefore, formatMs)]
  ];
}
function askedOfCpu({ pid }) {
  return (readStat(pid)?.cpuSeconds ?? 0) + readRunQueueDelayMs(pid) / 1e3;
}
function look({ nodes: control, clock }, nodes) {
  const pids = nodes.flatMap((node) => control.processes(node)).map(({ pid }) => pid);
  return {
    atMs: clock.nowMs(),
    ticks: readCpuTicks(),
    waitedMs: new Map(pids.map((pid) => [pid, readRunQueueDelayMs(pid)]))
  };
}
function compare(from, to, cpus) {
  const waitedMs = sum(
    [...to.waitedMs].map(([pid, now]) => {
      const before = from.waitedMs.get(pid);
      return before === void 0 ? 0 : Math.max(0, now - before);
    })
  );
  const seconds = (to.atMs - from.atMs) / 1e3;
  return {
    busyShare: busyShare(from.ticks, to.ticks, cpus),
    delayMsPerSecond: seconds <= 0 ? 0 : waitedMs / seconds
  };
}
function union(lists) {
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}

// src/engines/local/effects/cut.ts
var cut = {
  mechanisms: [
    { name: "nft drop of real packets", needs: ["nft"] },
    { name: "link proxy, bytes held", needs: [] }
  ],
  async observe(effect, environment) {
    const lanes = lanesOf(effect, environment);
    const watch = await LinkWatch.start(environment, lanes, { lanes: 1, intervalMs: 100 });
    return {
      inject: (scope) => environment.packets ? dropped(environment, environment.packets, { cut: effect, lanes, watch, scope }) : held(environment, { cut: effect, lanes, watch, scope }),
      release: () => watch.stop()
    };
  }
};
async function held(environment, { cut: cut2, lanes, watch, scope }) {
  await shapeLanes(environment, lanes, { cut: true }, { cut: false }, scope);
  watch.mark();
  return {
    mechanism: "link proxy, bytes held",
    async prove() {
      const seen = watch.read();
      const figures = {
        directions: lanes.length,
        brokerBytesOffered: sum(seen.map(({ traffic }) => traffic.offeredBytes)),
        brokerBytesDelivered: sum(seen.map(({ traffic }) => traffic.deliveredBytes)),
        probeBytesOffered: sum(seen.map(({ probe }) => probe.bytesOffered)),
        probeBytesDelivered: sum(seen.map(({ probe }) => probe.bytesDelivered))
      };
      const tried2 = seen.filter(({ probe }) => probe.bytesOffered > 0).length;
      const conditions = [
        all("directions with a probe", tried2, lanes.length),
        none("bytes of the probes that were delivered", figures.probeBytesDelivered),
        none("bytes of the broker's own that were delivered", figures.brokerBytesDelivered),
        ...await carriesTraffic(
          { what: "bytes of the broker's own that came to the cut", amount: figures.brokerBytesOffered },
          cut2,
          environment
        )
      ];
      return proofOf(conditions, {
        observed: `${figures.brokerBytesDelivered} of ${figures.brokerBytesOffered} bytes of the broker's own delivered; probes in ${tried2} of ${lanes.length} directions, ${figures.probeBytesDelivered} of ${figures.probeBytesOffered} bytes delivered`,
        figures
      });
    }
  };
}
var settleMs = 100;
var answerWithinMs = 500;
async function dropped(environment, packets, { cut: cut2, lanes, watch, scope }) {
  const drop = await packets.drop(lanes, 1, scope);
  await environment.clock.sleep(settleMs);
  watch.mark();
  return {
    mechanism: "nft drop of real packets",
    async prove() {
      const { answered, links } = await watch.answering(answerWithinMs);
      const counted = await drop.read();
      const seen = watch.read();
      const read2 = seen.filter(({ lane }) => lane.direction === "forward");
      const figures = {
        directions: lanes.length,
        brokerPacketsDropped: sum(counted.map(({ traffic }) => traffic.dropped)),
        brokerPacketsPassed: sum(counted.map(({ traffic }) => traffic.offered - traffic.dropped)),
        brokerBytesDelivered: sum(read2.map(({ traffic }) => traffic.offeredBytes)),
        probeBytesOffered: sum(seen.map(({ probe }) => probe.bytesOffered)),
        probeBytesDelivered: sum(seen.map(({ probe }) => probe.bytesDelivered)),
        links,
        linksAnswering: answered
      };
      const tried2 = seen.filter(({ probe }) => probe.bytesOffered > 0).length;
      const conditions = [
        all("directions with a probe", tried2, lanes.length),
        none("links that answer a SYN", answered),
        none("bytes of the probes that were delivered", figures.probeBytesDelivered),
        none("packets of the broker's own that passed", figures.brokerPacketsPassed),
        none("bytes of the broker's own that were read at the far end", figures.brokerBytesDelivered),
        ...await carriesTraffic(
          { what: "packets of the broker's own that were dropped", amount: figures.brokerPacketsDropped },
          cut2,
          environment
        )
      ];
      return proofOf(conditions, {
        observed: `${figures.brokerPacketsDropped} packets of the broker's own dropped, ${figures.brokerPacketsPassed} passed, and ${figures.brokerBytesDelivered} of its bytes read at the far end; ${answered} of ${links} links answer a SYN; probes in ${tried2} of ${lanes.length} directions, ${figures.probeBytesDelivered} of ${figures.probeBytesOffered} bytes delivered`,
        figures
      });
    }
  };
}

// src/engines/local/effects/delay.ts
var toleranceMs = (delayMs, jitterMs, samples) => Math.min(delayMs / 2, Math.max(5, delayMs * 0.05) + 3 * jitterMs / Math.sqrt(Math.max(1, samples)));
var spreadMs = ({
  medianDelayMs = 0,
  p90DelayMs = 0
}) => p90DelayMs - medianDelayMs;
function overTime(before, seen, injected) {
  const seconds = [...bySecond2(before), ...bySecond2(seen)];
  const of = (line, pick) => ({
    ...{ name: "one-way delay, ms", line },
    points: seconds.map(({ monotonicMs, delaysMs }) => [monotonicMs, pick(delaysMs)])
  });
  const { delayMs, fromMs, toMs } = injected;
  return [
    {
      ...{ name: "one-way delay, ms", line: "injected" },
      points: [
        [fromMs, delayMs],
        [toMs, delayMs]
      ]
    },
    of("observed, median of the directions", (delaysMs) => median(delaysMs) ?? 0),
    of("shortest direction", (delaysMs) => Math.min(...delaysMs)),
    of("longest direction", (delaysMs) => Math.max(...delaysMs))
  ];
}
function bySecond2(lanes) {
  const seconds = /* @__PURE__ */ new Map();
  for (const { probe } of lanes)
    for (const { second, monotonicMs, medianMs } of probe.delayOverTime) {
      const known = seconds.get(second);
      if (known) known.delaysMs.push(medianMs);
      else seconds.set(second, { monotonicMs, delaysMs: [medianMs] });
    }
  return [...seconds].toSorted(([a], [b]) => a - b).map(([, one]) => one);
}
var delay = {
  mechanisms: shapers,
  async observe(effect, environment) {
    const { delayMs, jitterMs } = effect;
    const lanes = lanesOf(effect, environment);
    const watch = await LinkWatch.start(environment, lanes, { lanes: 1, intervalMs: 50 });
    let calm;
    return {
      steadyIsOver() {
        calm = watch.read();
      },
      async inject(scope) {
        const before = calm ?? watch.read();
        const { mechanism, packets } = await shape(environment, lanes, { delayMs, jitterMs }, scope);
        watch.mark();
        const injectedMs = environment.clock.nowMs();
        return {
          mechanism,
          async prove() {
            const shifts = [];
            const spreads = [];
            const seen = watch.read();
            seen.forEach(({ probe }, i) => {
              const calm2 = before[i]?.probe;
              if (probe.medianDelayMs === void 0 || calm2?.medianDelayMs === void 0) return;
              shifts.push(probe.medianDelayMs - calm2.medianDelayMs);
              spreads.push(spreadMs(probe) - spreadMs(calm2));
            });
            const shaped = await packets();
            const leastSpreadMs = spreads.length === 0 ? 0 : Math.max(0, Math.min(...spreads));
            const samples = Math.min(...seen.map(({ probe }) => probe.arrived));
            const shiftMs = median(shifts) ?? 0;
            const worstErrorMs = Math.max(0, ...shifts.map((shift) => Math.abs(shift - delayMs)));
            const p99Ms = Math.max(0, ...seen.map(({ probe }) => probe.p99DelayMs ?? 0));
            const trafficBytes = sum(seen.map(({ traffic }) => traffic.deliveredBytes));
            const conditions = [
              moreThan("delay that was asked for", delayMs, 0, formatMs),
              all("directions in which probes arrived", shifts.length, lanes.length),
              atMost(
                `distance from ${formatMs(delayMs)} of the delay in the worst direction`,
                worstErrorMs,
                toleranceMs(delayMs, jitterMs, samples),
                formatMs
              ),
              ...jitterMs === 0 ? [] : [atLeast("lateness of one in ten beyond the median", leastSpreadMs, jitterMs / 2, formatMs)],
              ...await carriesTraffic(
                { what: "bytes of the broker's own that passed", amount: trafficBytes },
                effect,
                environment
              ),
              ...shaped === void 0 ? [] : [moreThan("packets of the broker's own through netem", shaped, 0)]
            ];
            return proofOf(conditions, {
              observed: `one way ${formatMs(shiftMs)} longer at the median (worst of ${shifts.length} directions off by ${formatMs(worstErrorMs)})${jitterMs > 0 ? `, one in ten ${formatMs(leastSpreadMs)} later still` : ""}, while ${trafficBytes} bytes of the broker's own passed${shaped === void 0 ? "" : `, ${shaped} packets through netem`}`,
              figures: {
                injectedDelayMs: delayMs,
                observedDelayMs: shiftMs,
                worstErrorMs,
                p99DelayMs: p99Ms,
                ...jitterMs > 0 ? { injectedJitterMs: jitterMs, observedJitterMs: leastSpreadMs } : {},
                directions: lanes.length,
                directionsSeen: shifts.length,
                brokerBytes: trafficBytes,
                ...shaped === void 0 ? {} : { brokerPackets: shaped }
              },
              overTime: overTime(before, seen, { delayMs, fromMs: injectedMs, toMs: environment.clock.nowMs() })
            });
          }
        };
      },
      release: () => watch.stop()
    };
  }
};

// src/engines/local/effects/disk-full.ts
import { readdirSync as readdirSync3, rmSync, statfsSync, statSync } from "node:fs";
import { join as join2 } from "node:path";
var folderBytes = 256 * 1024 ** 2;
var sigxfsz = 25;
var diskFull = {
  mechanisms: [
    { name: "tmpfs", needs: ["privileges"] },
    { name: "file size limit", needs: ["prlimit"] }
  ],
  dataFolderBytes: folderBytes,
  whyNot({ nodes }, environment) {
    const own = nodes.every((node) => isOwn(environment.nodes.folder(node)));
    const why = own ? void 0 : whyNoLimit(environment, nodes);
    return why && `the nodes have no file systems of their own to be filled, and ${why}`;
  },
  async observe(effect, environment) {
    const { nodes } = effect;
    const folders = nodes.map((node) => environment.nodes.folder(node));
    const own = folders.every(isOwn);
    const startBytes = sum(folders.map(usedBytes));
    return {
      inject: (scope) => own ? fill(environment, scope, folders) : limit(environment, scope, nodes, folders, startBytes),
      async release() {
      }
    };
  }
};
function isOwn(folder) {
  return isMountPoint(folder) && capacity(folder) <= folderBytes;
}
function whyNoLimit({ nodes: control }, nodes) {
  return missing(["prlimit"]) ?? (nodes.flatMap((node) => control.processes(node)).every(({ pid }) => ignoresSignal(pid, sigxfsz)) ? void 0 : "a file size limit would end this broker, since it does not ignore SIGXFSZ");
}
async function fill(environment, scope, folders) {
  for (const folder of folders) {
    const place = join2(folder, ".chaos-action-ballast");
    scope.undo({ type: "remove-folder", folder: place }, () => rmSync(place, { recursive: true, force: true }));
    startStressor(environment.host, scope, ["fill", join2(place, "ballast"), `${folderBytes}`]);
  }
  return {
    mechanism: `tmpfs of ${formatBytes(folderBytes)} for the data folder, filled by a ballast`,
    async prove() {
      const availableBytes = await pollUntil(
        () => {
          const free = sum(folders.map(freeBytes));
          return free === 0 ? free : void 0;
        },
        { withinMs: 300, everyMs: 10, clock: environment.clock }
      );
      const left = availableBytes ?? sum(folders.map(freeBytes));
      const written = await Promise.all(folders.map((folder) => tryToWrite(folder)));
      const refused = written.filter((said) => said === "ENOSPC").length;
      const conditions = [
        none("bytes left in the data folders", left, formatBytes),
        all("data folders that refused a write with ENOSPC", refused, folders.length)
      ];
      return proofOf(conditions, {
        observed: `statfs: ${formatBytes(left)} of ${formatBytes(sum(folders.map(capacity)))} available; a write by another process: ${written.join(", ")}`,
        figures: {
          availableBytes: left,
          capacityBytes: sum(folders.map(capacity)),
          folders: folders.length,
          writesRefused: refused
        }
      });
    }
  };
}
async function limit({ nodes: control, host, clock }, scope, nodes, folders, startBytes) {
  const limited = nodes.flatMap((node) => control.processes(node)).flatMap(({ pid, startTicks }) => {
    const soft = readSoftLimit(pid, "fsize");
    return soft === void 0 ? [] : [{ pid, startTicks, soft }];
  });
  scope.undo({ type: "limits", resource: "fsize", processes: limited }, async () => {
    await restoreLimits("fsize", limited, host.setSoftLimit);
  });
  for (const { pid } of limited) await host.setSoftLimit(pid, "fsize", "0");
  await clock.sleep(50);
  const fullBytes = sum(folders.map(usedBytes));
  return {
    mechanism: "file size limit 0 on the running processes (prlimit): EFBIG, not ENOSPC, and their logs too",
    async prove() {
      const kernel = limited.filter(({ pid }) => readSoftLimit(pid, "fsize") === "0").length;
      const grownBytes = sum(folders.map(usedBytes)) - fullBytes;
      const grownBeforeBytes = fullBytes - startBytes;
      const conditions = [
        all("processes that may write no file", kernel, limited.length),
        atMost("bytes by which the data folders grew", grownBytes, 0, formatBytes),
        moreThan("bytes by which they had grown before", grownBeforeBytes, 0, formatBytes)
      ];
      return proofOf(conditions, {
        observed: `/proc: ${kernel} of ${limited.length} processes may write no file; their folders grew by ${formatBytes(Math.max(0, grownBytes))} (${formatBytes(Math.max(0, grownBeforeBytes))} before)`,
        figures: {
          processes: limited.length,
          processesLimited: kernel,
          grownBytes,
          grownBytesBefore: grownBeforeBytes
        }
      });
    }
  };
}
function freeBytes(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
function capacity(folder) {
  const { blocks, bsize } = statfsSync(folder);
  return blocks * bsize;
}
function usedBytes(folder) {
  return sum(
    readdirSync3(folder, { recursive: true, encoding: "utf8" }).map((name) => {
      try {
        const stat = statSync(join2(folder, name));
        return stat.isFile() ? stat.size : 0;
      } catch {
        return 0;
      }
    })
  );
}
async function tryToWrite(folder) {
  const { stdout, shortMessage } = await execa(
    process.execPath,
    [distPath("stressor.js"), "write", join2(folder, ".chaos-action-probe")],
    { reject: false, stdin: "ignore", timeout: 5e3 }
  );
  return stdout || (shortMessage ?? "no answer");
}

// src/engines/local/effects/fd-exhaustion.ts
var mostTries = 12;
var pingWithinMs = 500;
var fdExhaustion = {
  mechanisms: [{ name: "RLIMIT_NOFILE lowered", needs: ["prlimit"] }],
  async observe(effect, { nodes: control, host }) {
    const { nodes, spare } = effect;
    const kept = /* @__PURE__ */ new Map();
    for (const node of nodes) kept.set(node, await control.connect(node, 2e3));
    return {
      async inject(scope) {
        const limited = nodes.flatMap((node) => control.processes(node)).flatMap(({ pid, startTicks }) => {
          const soft = readSoftLimit(pid, "nofile");
          if (soft === void 0) return [];
          const open = openDescriptors(pid);
          return [{ pid, startTicks, soft, open: open.length, limit: limitWithSpare(open, spare) }];
        });
        const processes = limited.map(({ pid, startTicks, soft }) => ({ pid, startTicks, soft }));
        scope.undo({ type: "limits", resource: "nofile", processes }, async () => {
          await restoreLimits("nofile", limited, host.setSoftLimit);
        });
        for (const { pid, limit: limit2 } of limited) await host.setSoftLimit(pid, "nofile", `${limit2}`);
        return {
          mechanism: "RLIMIT_NOFILE lowered on the running processes (prlimit)",
          async prove() {
            const seen = await Promise.all(nodes.map((node) => tryToConnect(control, node, spare)));
            const alive = await Promise.all(
              nodes.map((node) => {
                const held2 = kept.get(node);
                return typeof held2 === "object" ? held2.ping(pingWithinMs) : held2;
              })
            );
            const kernel = limited.filter(({ pid, limit: limit2 }) => readSoftLimit(pid, "nofile") === `${limit2}`).length;
            const refused = seen.filter(({ wrong }) => wrong !== void 0).length;
            const answering = alive.filter((wrong) => wrong === void 0).length;
            const conditions = [
              all("processes that have the limit", kernel, limited.length),
              all("nodes that refuse a new MQTT connection", refused, nodes.length),
              all("nodes that answer on a connection opened before", answering, nodes.length)
            ];
            return proofOf(conditions, {
              observed: `${limited.map(({ pid, open, limit: limit2, soft }) => `pid ${pid} has ${open} descriptors open and may number them below ${limit2} (${soft} before)`).join("; ")}; new MQTT connections: ${seen.map(({ served, wrong }) => `${served} served, ${wrong === void 0 ? "none refused" : `then ${wrong}`}`).join("; ")}; those opened before answer at ${answering} of ${nodes.length} nodes`,
              figures: {
                processes: limited.length,
                processesLimited: kernel,
                descriptorsOpen: sum(limited.map(({ open }) => open)),
                newConnectionsServed: sum(seen.map(({ served }) => served)),
                nodesRefusing: refused,
                nodesWithLivingConnections: answering
              }
            });
          }
        };
      },
      async release() {
        for (const held2 of kept.values()) if (typeof held2 === "object") held2.close();
      }
    };
  }
};
async function tryToConnect(control, node, spare) {
  const opened = [];
  try {
    while (opened.length < spare + mostTries) {
      const held2 = await control.connect(node, pingWithinMs);
      if (typeof held2 === "string") return { served: opened.length, wrong: held2 };
      opened.push(held2);
    }
    return { served: opened.length, wrong: void 0 };
  } finally {
    for (const held2 of opened) held2.close();
  }
}

// src/engines/local/effects/io-stress.ts
import { mkdirSync, rmSync as rmSync2, statSync as statSync2 } from "node:fs";
import { join as join3 } from "node:path";
var leastProbes = 5;
var slowerFactor = 1.5;
var leastOwnShare = 0.5;
var ioStress = {
  mechanisms: [{ name: "fsync loops", needs: [] }],
  async observe(effect, { nodes: control, host, clock }) {
    const { nodes, writers, fileBytes: size } = effect;
    const folders = onePerDisk(nodes.map((node) => control.folder(node)));
    const probes = folders.map((folder) => new WriteProbe(folder, host));
    const steadyFrom = lookAt(folders, clock.nowMs());
    const mark = () => ({ writesMs: probes.map((probe) => probe.mark()), look: lookAt(folders, clock.nowMs()) });
    let calm;
    return {
      steadyIsOver() {
        calm = mark();
      },
      async inject(scope) {
        const begun = mark();
        const { writesMs: steady, look: steadyTo } = calm ?? begun;
        const holdFrom = begun.look;
        const places = folders.map((folder) => join3(folder, ".chaos-action-io"));
        const loops = places.map((place) => {
          scope.undo({ type: "remove-folder", folder: place }, () => rmSync2(place, { recursive: true, force: true }));
          mkdirSync(place);
          return startStressor(host, scope, ["io", place, `${writers}`, `${size}`]);
        });
        return {
          mechanism: "fsync loops beside the data of the nodes",
          async prove() {
            const now = lookAt(folders, clock.nowMs());
            const ofLoops = loops.map(({ pid }) => readStorageWrites(pid));
            const ownBytes = ofLoops.includes(void 0) ? void 0 : sum(ofLoops.map((bytes) => bytes ?? 0));
            const during = probes.map((probe) => probe.mark());
            const compared2 = during.map((latenciesMs, i) => ({
              beforeMs: median(steady[i] ?? []) ?? 0,
              nowMs: median(latenciesMs) ?? 0,
              probes: Math.min(latenciesMs.length, steady[i]?.length ?? 0)
            }));
            const was = rates(steadyFrom, steadyTo);
            const is = rates(holdFrom, now);
            const moreBytes = ((is.writtenBytesPerSecond ?? 0) - (was.writtenBytesPerSecond ?? 0)) * (now.atMs - holdFrom.atMs) / 1e3;
            const disk = is.writtenBytesPerSecond === void 0 ? "the kernel keeps no figures of this disk" : `${formatBytes(is.writtenBytesPerSecond)}/s written to disk (${formatBytes(was.writtenBytesPerSecond ?? 0)}/s before)`;
            const { nowMs, beforeMs } = compared2[0] ?? { nowMs: 0, beforeMs: 0 };
            const own = "bytes written to disk by the loops";
            const conditions = [
              ...compared2.flatMap((one) => [
                atLeast("synced writes that were timed, in the steady phase and in hold", one.probes, leastProbes),
                moreThan("a synced write of 4 KiB before, at the median", one.beforeMs, 0, formatMs),
                atLeast("a synced write of 4 KiB, at the median", one.nowMs, slowerFactor * one.beforeMs, formatMs)
              ]),
              ...is.writtenBytesPerSecond === void 0 ? [] : [
                moreThan(
                  "bytes a second written to disk",
                  is.writtenBytesPerSecond,
                  was.writtenBytesPerSecond ?? 0,
                  formatBytes
                )
              ],
              ...ownBytes === void 0 ? [] : [moreThan(own, ownBytes, 0), atLeast(own, ownBytes, leastOwnShare * moreBytes, formatBytes)]
            ];
            return proofOf(conditions, {
              observed: `a synced write of 4 KiB takes ${compared2.map((one) => `${formatMs(one.nowMs)} (${formatMs(one.beforeMs)} before)`).join(", ")} at the median; ${disk}${ownBytes === void 0 ? "" : `, ${formatBytes(ownBytes)} in all by the loops`}`,
              figures: {
                probeMs: nowMs,
                probeMsBefore: beforeMs,
                probes: sum(compared2.map((one) => one.probes)),
                disks: folders.length,
                ...ownBytes === void 0 ? {} : { loopsWrittenBytes: ownBytes },
                ...named("", is),
                ...named("Before", was)
              }
            });
          }
        };
      },
      async release() {
        await Promise.all(probes.map((probe) => probe.stop()));
      }
    };
  }
};
function onePerDisk(folders) {
  return [...new Map(folders.map((folder) => [statSync2(folder).dev, folder])).values()];
}
function lookAt(folders, atMs) {
  const disks = folders.map((folder) => readDisk(statSync2(folder).dev));
  const known = disks.filter((disk) => disk !== void 0);
  return {
    atMs,
    writtenBytes: known.length < disks.length ? void 0 : sum(known.map(({ writtenBytes }) => writtenBytes)),
    pressureMs: readPressureMs("io")
  };
}
function rates(from, to) {
  const perSecond = (before, after) => before === void 0 || after === void 0 || to.atMs <= from.atMs ? void 0 : (after - before) * 1e3 / (to.atMs - from.atMs);
  return {
    writtenBytesPerSecond: perSecond(from.writtenBytes, to.writtenBytes),
    pressureMsPerSecond: perSecond(from.pressureMs, to.pressureMs)
  };
}
function named(suffix, { writtenBytesPerSecond, pressureMsPerSecond }) {
  return {
    ...writtenBytesPerSecond === void 0 ? {} : { [`writtenBytesPerSecond${suffix}`]: writtenBytesPerSecond },
    ...pressureMsPerSecond === void 0 ? {} : { [`pressureMsPerSecond${suffix}`]: pressureMsPerSecond }
  };
}
var WriteProbe = class {
  #file;
  #process;
  #read = 0;
  constructor(folder, host) {
    this.#file = join3(folder, ".chaos-action-probe");
    this.#process = host.observe(["probe", this.#file]);
  }
  /** Milliseconds of each that was done since the last mark. */
  mark() {
    const lines = this.#process.said().split("\n").slice(0, -1);
    const seen = lines.slice(this.#read).map(Number);
    this.#read = lines.length;
    return seen;
  }
  async stop() {
    await this.#process.stop();
    rmSync2(this.#file, { force: true });
  }
};

// src/engines/local/kill-nodes.ts
async function killNodes({ nodes: control }, nodes, scope) {
  const byNode = nodes.map((node) => control.processes(node));
  const before = byNode.flat();
  const killed = /* @__PURE__ */ new Set();
  const starts = nodes.map(
    (node) => scope.undo({ type: "ends-with-run", what: `${node} killed` }, async () => {
      if (!killed.has(node)) await control.kill(node);
      killed.add(node);
      control.start(node);
    })
  );
  await allDone(
    nodes.map(async (node) => {
      await control.kill(node);
      killed.add(node);
    })
  );
  return {
    pids: before.map(({ pid }) => pid),
    /** A node that was down already was not killed by this fault. */
    allRan: byNode.length > 0 && byNode.every((processes) => processes.length > 0),
    gone: () => before.filter((process2) => !isAlive(process2)).length,
    async startAgain() {
      await allDone(starts.map((start) => start()));
    }
  };
}

// src/engines/local/effects/kill.ts
var kill = {
  mechanisms: [{ name: "SIGKILL", needs: [] }],
  async observe(effect, environment) {
    const { nodes } = effect;
    return {
      async inject(scope) {
        const killed = await killNodes(environment, nodes, scope);
        return {
          mechanism: "SIGKILL",
          async prove() {
            const answers = await Promise.all(nodes.map((node) => environment.nodes.ping(node, 500)));
            const silent = answers.filter((wrong) => wrong !== void 0).length;
            const left = nodes.flatMap((node) => environment.nodes.processes(node)).length;
            const conditions = [
              isSo("every node ran until it was killed", killed.allRan),
              all("processes gone from /proc", killed.gone(), killed.pids.length),
              none("processes left", left),
              all("nodes without an MQTT answer", silent, nodes.length)
            ];
            return proofOf(conditions, {
              observed: `${killed.gone()} of ${killed.pids.length} processes gone from /proc (pid ${killed.pids.join(", ")}), ${left} left; MQTT: ${answers.join("; ")}`,
              figures: {
                processesKilled: killed.pids.length,
                processesGone: killed.gone(),
                processesLeft: left,
                nodesSilent: silent
              }
            });
          }
        };
      },
      async release() {
      }
    };
  }
};

// src/engines/local/effects/load.ts
var window = 2e3;
var leastSent = 0.9;
var subscribeWithinMs = 5e3;
var load = {
  mechanisms: [{ name: "clients", needs: [] }],
  async observe(effect, environment) {
    const { nodes, subscribers, ratePerSecond, payloadBytes, clientIdPrefix: prefix } = effect;
    const { nodes: control, network, clock } = environment;
    const stop = new AbortController();
    const clients = [];
    const pairs = [];
    const publishing = [];
    const leave = async () => {
      stop.abort();
      await Promise.all(publishing);
      await Promise.all(clients.map((client2) => client2.close()));
    };
    const client = (node, id) => {
      const made = new RawClient({ ...control.address(node), ...network.entry(node) }, id);
      clients.push(made);
      return made;
    };
    return {
      async inject(scope) {
        scope.undo({ type: "ends-with-run", what: `load on ${nodes.join(", ")}` }, leave);
        const payload = Buffer.alloc(payloadBytes, "load");
        await allDone(
          nodes.map(async (node, i) => {
            const topic = `chaos-load/${prefix}/${node}`;
            const pair = {
              publisher: client(node, `${prefix}p${i}`),
              subscriber: client(subscribers[i] ?? node, `${prefix}s${i}`),
              sent: 0,
              held: false
            };
            pairs.push(pair);
            await within(pair.subscriber.subscribe(topic, 1), {
              withinMs: subscribeWithinMs,
              clock,
              signal: scope.signal
            });
            publishing.push(
              pace(
                ratePerSecond,
                () => {
                  pair.held = pair.sent - pair.publisher.acknowledged >= window;
                  if (pair.publisher.state !== "accepted" || pair.held) return true;
                  pair.publisher.publish(topic, payload, 1);
                  pair.sent++;
                  return true;
                },
                { clock, signal: stop.signal }
              )
            );
          })
        );
        const startedMs = clock.nowMs();
        const before = offeredBytes(nodes, environment);
        return {
          mechanism: "clients",
          async prove() {
            const total = (pick) => sum(pairs.map(pick));
            return judgeLoad(effect, {
              seconds: Math.max(1e-3, (clock.nowMs() - startedMs) / 1e3),
              sent: total((pair) => pair.sent),
              acknowledged: total(({ publisher }) => publisher.acknowledged),
              delivered: total(({ subscriber }) => subscriber.received),
              saturated: pairs.filter(({ held: held2 }) => held2).length,
              linkBytes: before === void 0 ? void 0 : (offeredBytes(nodes, environment) ?? 0) - before
            });
          }
        };
      },
      release: leave
    };
  }
};
function judgeLoad({ ratePerSecond, payloadBytes, nodes }, { seconds, sent, acknowledged, delivered, saturated, linkBytes }) {
  const askedPerSecond = ratePerSecond * nodes.length;
  const sentPerSecond = sent / seconds;
  const published = "messages a second that were published";
  const conditions = [
    ...saturated > 0 ? [] : [atLeast(published, sentPerSecond, askedPerSecond * leastSent, whole2)],
    moreThan("messages acknowledged by the broker", acknowledged, 0),
    moreThan("messages delivered", delivered, 0),
    ...linkBytes === void 0 ? [] : [atLeast("bytes offered on the nodes' client links", linkBytes, sent * payloadBytes * leastSent, whole2)]
  ];
  const perSecond = (count) => whole2(count / seconds);
  const waited = `; ${saturated} of ${nodes.length} publishers had to wait, ${window} messages unacknowledged`;
  return proofOf(conditions, {
    observed: `${perSecond(sent)} messages a second were published, ${perSecond(acknowledged)} acknowledged by the broker, ${perSecond(delivered)} delivered${saturated > 0 ? waited : ""}${linkBytes === void 0 ? "" : `; ${linkBytes} bytes were offered on the nodes' client links`}`,
    figures: {
      askedPerSecond,
      sentPerSecond,
      acknowledgedPerSecond: acknowledged / seconds,
      deliveredPerSecond: delivered / seconds,
      publishersSaturated: saturated,
      ...linkBytes === void 0 ? {} : { linkBytes }
    }
  });
}
function whole2(value) {
  return value.toFixed(0);
}
function offeredBytes(nodes, { links, network }) {
  if (links === void 0) return void 0;
  return nodes.reduce((total, node) => {
    const [lane] = network.client(node);
    return lane === void 0 ? total : total + links.counters(lane.linkId).forward.bytesOffered;
  }, 0);
}

// src/engines/local/machine/tcp.ts
import { readFileSync as readFileSync3 } from "node:fs";
function retransmittedSegments() {
  try {
    const [names = "", values = ""] = readFileSync3("/proc/net/snmp", "utf8").split("\n").filter((line) => line.startsWith("Tcp:"));
    const value = values.split(" ")[names.split(" ").indexOf("RetransSegs")];
    return value === void 0 ? null : Number(value);
  } catch {
    return null;
  }
}

// src/engines/local/effects/loss.ts
var tolerance2 = (loss2) => Math.min(0.03, loss2 / 2);
var loss = {
  mechanisms: [
    { name: "nft drop of real packets", needs: ["nft"] },
    { name: "link proxy, TCP model of loss", needs: [] }
  ],
  async observe(effect, environment) {
    const { lossShare: loss2 } = effect;
    const lanes = lanesOf(effect, environment);
    const watch = await LinkWatch.start(environment, lanes, { lanes: 4, intervalMs: 25 });
    return {
      inject: (scope) => environment.packets ? dropped2(environment, environment.packets, { struck: effect, lanes, loss: loss2, watch, scope }) : modelled(environment, { struck: effect, lanes, loss: loss2, watch, scope }),
      release: () => watch.stop()
    };
  }
};
async function modelled(environment, { struck, lanes, loss: loss2, watch, scope }) {
  await shapeLanes(environment, lanes, { lossShare: loss2 }, { lossShare: 0 }, scope);
  watch.mark();
  return {
    mechanism: "link proxy, TCP model of loss",
    async prove() {
      const seen = watch.read();
      const transmissions = sum(seen.map(({ probe }) => probe.loss?.transmissions ?? 0));
      const lost = sum(seen.map(({ probe }) => probe.loss?.lostTransmissions ?? 0));
      const withLoss = seen.filter(
        ({ probe }) => (probe.loss?.lostTransmissions ?? 0) > 0 || (probe.loss?.transmissions ?? 0) * loss2 < 10
      ).length;
      const observed = transmissions === 0 ? 0 : lost / transmissions;
      const trafficBytes = sum(seen.map(({ traffic }) => traffic.deliveredBytes));
      const conditions = [
        moreThan("lost probe transmissions", lost, 0),
        near("loss among the probe transmissions", observed, loss2, tolerance2(loss2), formatShare),
        all("directions that show the loss or too few probes to tell", withLoss, seen.length),
        ...await carriesTraffic(
          { what: "bytes of the broker's own that passed", amount: trafficBytes },
          struck,
          environment
        )
      ];
      return proofOf(conditions, {
        observed: `${formatShare(observed)} of ${transmissions} probe transmissions, read from their stalls, while ${trafficBytes} bytes of the broker's own passed`,
        figures: {
          injectedLossShare: loss2,
          observedLossShare: observed,
          transmissions,
          lostTransmissions: lost,
          directions: lanes.length,
          brokerBytes: trafficBytes
        }
      });
    }
  };
}
async function dropped2(environment, packets, { struck, lanes, loss: loss2, watch, scope }) {
  const retransmittedBefore = retransmittedSegments() ?? 0;
  const drop = await packets.drop(lanes, loss2, scope);
  watch.mark();
  return {
    mechanism: "nft drop of real packets",
    async prove() {
      const counted = await drop.read();
      const seen = watch.read();
      const offered = sum(counted.map(({ traffic, probes }) => traffic.offered + probes.offered));
      const lost = sum(counted.map(({ traffic, probes }) => traffic.dropped + probes.dropped));
      const trafficPassed = sum(counted.map(({ traffic }) => traffic.offered - traffic.dropped));
      const first = sum(seen.map(({ probe }) => probe.firstLoss?.transmissions ?? 0));
      const stalled = sum(seen.map(({ probe }) => probe.firstLoss?.lostTransmissions ?? 0));
      const withLoss = counted.filter(
        ({ traffic, probes }) => traffic.dropped + probes.dropped > 0 || (traffic.offered + probes.offered) * loss2 < 10
      ).length;
      const observed = offered === 0 ? 0 : lost / offered;
      const stalledShare = first === 0 ? 0 : stalled / first;
      const retransmitted = (retransmittedSegments() ?? 0) - retransmittedBefore;
      const conditions = [
        moreThan("packets dropped", lost, 0),
        near("loss among the packets", observed, loss2, tolerance2(loss2), formatShare),
        near("probe segments that stalled", stalledShare, loss2, tolerance2(loss2), formatShare),
        all("directions that show the loss or too few packets to tell", withLoss, counted.length),
        ...await carriesTraffic(
          { what: "packets of the broker's own that passed", amount: trafficPassed },
          struck,
          environment
        )
      ];
      return proofOf(conditions, {
        observed: `${formatShare(observed)} of ${offered} packets dropped, ${lost} in all; ${formatShare(stalledShare)} of ${first} probe segments stalled; TCP sent ${retransmitted} segments again, while ${trafficPassed} packets of the broker's own passed`,
        figures: {
          injectedLossShare: loss2,
          observedLossShare: observed,
          packets: offered,
          packetsDropped: lost,
          probeSegments: first,
          probeSegmentsStalled: stalled,
          segmentsRetransmitted: retransmitted,
          directions: lanes.length,
          brokerPackets: trafficPassed
        }
      });
    }
  };
}

// src/engines/local/effects/malformed-input.ts
import { Worker } from "node:worker_threads";
var leastReactions = 0.25;
var leastArrived = 0.9;
var leastPace = 0.5;
var leastDue = 100;
var versions = { 4: "3.1.1", 5: "5" };
var lookAgainMs = 250;
var malformedInput = {
  mechanisms: [{ name: "clients", needs: [] }],
  async observe(effect, environment) {
    const { nodes, ratePerSecond, seeds } = effect;
    const barrages = remote(new Worker(distPath("barrage-worker.js")), "barrage");
    barrages.ended.addEventListener("abort", () => environment.broken(barrages.ended.reason), { once: true });
    let watching;
    return {
      async inject(scope) {
        scope.undo({ type: "ends-with-run", what: `broken packets to ${nodes.join(", ")}` }, async () => {
          clearInterval(watching);
          await barrages.call("stop");
        });
        const before = nodes.map((node) => linkCounters(node, environment));
        const lives = nodes.map((node) => new Lives(node, environment));
        await barrages.call(
          "start",
          nodes.map((node, i) => ({
            node,
            target: { ...environment.nodes.address(node), ...environment.network.entry(node) },
            seed: seeds[i] ?? "",
            ratePerSecond,
            processes: lives[i]?.processes ?? []
          }))
        );
        watching = setInterval(() => {
          for (const life of lives.filter((one) => one.isAnother()))
            barrages.call("restarted", { node: life.node, processes: life.processes }).catch((error) => environment.logger.debug(messageOf(error)));
        }, lookAgainMs);
        return {
          mechanism: "clients",
          async prove() {
            const tally = await barrages.call("tally");
            const through = nodes.map((node, i) => since(before[i], linkCounters(node, environment)));
            const arrived = through.every((one) => one === void 0) ? tally.connections : sum(through.map((one) => one?.connections ?? 0));
            return proofOfBarrage(tally, { arrived, bytes: sum(through.map((one) => one?.bytes ?? 0)) });
          },
          suspects: (node, atMs) => barrages.call("suspects", { node, atMs })
        };
      },
      async release() {
        clearInterval(watching);
        await barrages.terminate();
      }
    };
  }
};
function proofOfBarrage(tally, links) {
  const settled = (reaction) => sum([...tally.byClass.values()].map((counts) => counts[reaction]));
  const [closed, answered, ignored] = [settled("closed"), settled("answered"), settled("ignored")];
  const share = (part, whole3) => whole3 === 0 ? 0 : part / whole3;
  const { sent, due } = tally.paced;
  const reacted = closed + answered;
  const sentClasses = tally.classes - tally.missing.length;
  const conditions = [
    all("classes of broken packets that were sent", sentClasses, tally.classes),
    atLeast(
      "connections that came through the links",
      share(links.arrived, tally.connections),
      leastArrived,
      formatShare
    ),
    atLeast(
      "broken packets that the broker reacted to",
      share(reacted, reacted + ignored),
      leastReactions,
      formatShare
    ),
    ...due < leastDue ? [] : [atLeast("share of the rate that was sent", share(sent, due), leastPace, formatShare)]
  ];
  const { first, 4: at4, 5: at5 } = tally.packetsAt;
  const tolerated = [...tally.byClass].filter(([, counts]) => counts.closed === 0).map(([name]) => name);
  const unreached = [...tally.refused].map(([level, why]) => {
    const names = brokenClasses.filter((broken) => stageOf(broken) === level).map(({ name }) => name);
    return { level, why, names };
  });
  const withheld = unreached.map(
    ({ level, why, names }) => `; ${names.length} classes were not sent, because the broker has no sessions of MQTT ${versions[level]} (${why})`
  );
  return proofOf(conditions, {
    observed: `${tally.packets} packets of ${sentClasses} classes on ${tally.connections} connections (${first} packets before a session, ${at4} in sessions of MQTT 3.1.1, ${at5} in sessions of MQTT 5); the broker closed ${closed} times, answered ${answered}, said nothing ${ignored}; ${links.arrived} connections came through the links${withheld.join("")}`,
    details: [
      ...tolerated.length === 0 ? [] : [`; never closed on: ${tolerated.join(", ")}`],
      ...unreached.map(({ level, names }) => `; of MQTT ${versions[level]} and not sent: ${names.join(", ")}`)
    ].join(""),
    figures: {
      packets: tally.packets,
      packetsBeforeSession: first,
      packetsOfMqtt311: at4,
      packetsOfMqtt5: at5,
      classes: sentClasses,
      classesWithoutSession: sum(unreached.map(({ names }) => names.length)),
      connections: tally.connections,
      packetBytes: tally.bytes,
      ...due < leastDue ? {} : { shareOfRate: share(sent, due) },
      closed,
      answered,
      ignored,
      unsent: tally.unsent,
      linkConnections: links.arrived,
      linkBytes: links.bytes,
      ...Object.fromEntries(
        [...tally.byClass].flatMap(
          ([name, counts]) => Object.entries(counts).filter(([, count]) => count > 0).map(([reaction, count]) => [`${reaction}: ${name}`, count])
        )
      )
    }
  });
}
var Lives = class {
  node;
  #control;
  processes;
  constructor(node, { nodes }) {
    this.node = node;
    this.#control = nodes;
    this.processes = nodes.processes(node);
  }
  /** True when the node runs again, as other processes than before. */
  isAnother() {
    if (this.processes.some(isAlive)) return false;
    try {
      this.processes = this.#control.processes(this.node);
    } catch {
      return false;
    }
    return this.processes.length > 0;
  }
};
function linkCounters(node, { network, links }) {
  const [lane] = network.client(node);
  return links === void 0 || lane === void 0 ? void 0 : links.counters(lane.linkId);
}
function since(before, now) {
  if (!before || !now) return void 0;
  return {
    connections: now.connectionsOpened - now.upstreamFailures - before.connectionsOpened + before.upstreamFailures,
    bytes: now.forward.bytesDelivered - before.forward.bytesDelivered
  };
}

// src/engines/local/effects/memory-limit.ts
var toleranceShare3 = 0.1;
var memoryLimit = {
  mechanisms: [{ name: "cgroup memory limit", needs: ["memoryLimit"] }],
  whyNot: ({ nodes }, { limits }) => whyUnreadable(nodes, limits?.memory),
  async observe(effect, environment) {
    const { nodes, headroomBytes: headroom } = effect;
    const { memory } = requireLimits(environment);
    return {
      async inject(scope) {
        const before = nodes.map((node) => memory.read(node));
        const limitOf = (i) => (before[i]?.bytes ?? 0) + headroom;
        for (const [i, node] of nodes.entries())
          await memory.set(
            node,
            limitOf(i),
            (lift) => scope.undo({ type: "ends-with-run", what: `memory limit of ${node}` }, lift)
          );
        return {
          mechanism: "cgroup memory limit",
          async prove() {
            const seen = nodes.map((node, i) => {
              const now = memory.read(node);
              return {
                node,
                limit: limitOf(i),
                kernelLimit: now.limit,
                bytes: now.bytes,
                heldUp: now.heldUp - (before[i]?.heldUp ?? 0)
              };
            });
            const conditions = seen.flatMap((one) => [
              atMost(`${one.node}: its limit in the kernel`, one.kernelLimit ?? Number.NaN, one.limit, formatBytes),
              // A node that never wants more than its limit has not been struck by it.
              moreThan(`${one.node}: times it was held up`, one.heldUp, 0),
              atMost(`${one.node}: its memory`, one.bytes, one.limit * (1 + toleranceShare3), formatBytes)
            ]);
            return proofOf(conditions, {
              observed: seen.map(
                (one) => `${one.node}: held up ${one.heldUp} times at ${formatBytes(one.limit)}, has ${formatBytes(one.bytes)}`
              ).join("; "),
              figures: {
                headroomBytes: headroom,
                nodes: seen.length,
                heldUp: sum(seen.map((one) => one.heldUp)),
                leastHeldUp: Math.min(...seen.map((one) => one.heldUp))
              }
            });
          }
        };
      },
      async release() {
      }
    };
  }
};

// src/engines/local/effects/memory-stress.ts
var marginBytes = (totalBytes) => Math.max(0.1 * totalBytes, 512 * 1024 ** 2);
var leastFallShare = 0.7;
var leastBallastBytes = 64 * 1024 ** 2;
var memoryStress = {
  mechanisms: [{ name: "ballast process", needs: [] }],
  async observe(effect, { host, clock }) {
    const { leftShare: free, mostBytes: size } = effect;
    const steadyFrom = { atMs: clock.nowMs(), pressureMs: readPressureMs("memory") };
    return {
      async inject(scope) {
        const before = readMemory();
        const holdFrom = { atMs: clock.nowMs(), pressureMs: readPressureMs("memory") };
        const ballast = startStressor(host, scope, [
          "memory",
          `${Math.round((free ?? 0) * before.totalBytes)}`,
          `${size ?? before.totalBytes}`,
          `${Math.round(marginBytes(before.totalBytes))}`
        ]);
        return {
          mechanism: "ballast process, the whole machine",
          async prove() {
            const now = readMemory();
            const heldBytes = readStat(ballast.pid)?.residentBytes ?? 0;
            const wantedBytes = Number(/^holds (\d+)$/m.exec(ballast.said())?.[1] ?? Number.NaN);
            const fellBytes = before.availableBytes - now.availableBytes;
            const nowPressureMs = readPressureMs("memory");
            const perSecond = (from, toMs, pressureMs) => pressureMs === void 0 || from.pressureMs === void 0 || toMs <= from.atMs ? void 0 : (pressureMs - from.pressureMs) * 1e3 / (toMs - from.atMs);
            const pressure = perSecond(holdFrom, clock.nowMs(), nowPressureMs);
            const pressureBefore = perSecond(steadyFrom, holdFrom.atMs, holdFrom.pressureMs);
            const gone = heldBytes === 0 ? ballast.said().includes("gave way") ? ", it gave way" : ", it is gone" : "";
            const conditions = [
              atLeast("memory that the ballast was to take", wantedBytes, leastBallastBytes, formatBytes),
              atLeast("memory that the ballast holds", heldBytes, wantedBytes, formatBytes),
              atLeast("fall of MemAvailable", fellBytes, leastFallShare * wantedBytes, formatBytes)
            ];
            return proofOf(conditions, {
              observed: `MemAvailable ${formatBytes(now.availableBytes)} of ${formatBytes(now.totalBytes)} (${formatBytes(before.availableBytes)} before); the ballast holds ${formatBytes(heldBytes)}${gone}; ${pressure === void 0 ? "the kernel has no PSI" : `tasks waited for memory ${pressure.toFixed(1)} ms a second (${(pressureBefore ?? 0).toFixed(1)} before)`}`,
              figures: {
                availableBytes: now.availableBytes,
                availableBytesBefore: before.availableBytes,
                ballastBytes: heldBytes,
                fellBytes,
                ...pressure === void 0 ? {} : { pressureMsPerSecond: pressure },
                ...pressureBefore === void 0 ? {} : { pressureMsPerSecondBefore: pressureBefore }
              }
            });
          }
        };
      },
      async release() {
      }
    };
  }
};

// src/engines/local/effects/pause.ts
var pause = {
  mechanisms: [{ name: "SIGSTOP", needs: [] }],
  async observe(effect, { nodes: control }) {
    const { nodes } = effect;
    return {
      async inject(scope) {
        const processes = nodes.flatMap((node) => control.processes(node));
        const struck = processes.map(({ pid, startTicks }) => ({ pid, startTicks }));
        scope.undo({ type: "continue", processes: struck }, () => {
          for (const node of nodes) control.signal(node, "SIGCONT");
        });
        for (const node of nodes) control.signal(node, "SIGSTOP");
        return {
          mechanism: "SIGSTOP",
          async prove() {
            const answers = await Promise.all(nodes.map((node) => control.ping(node, 500)));
            const silent = answers.filter((wrong) => wrong !== void 0).length;
            const stopped = processes.filter(({ pid }) => readStat(pid)?.state === "T").length;
            const conditions = [
              all("processes in state T", stopped, processes.length),
              all("nodes without an MQTT answer", silent, nodes.length)
            ];
            return proofOf(conditions, {
              observed: `${stopped} of ${processes.length} processes in state T (pid ${processes.map(({ pid }) => pid).join(", ")}); MQTT: ${answers.join("; ")}`,
              figures: { processes: processes.length, processesStopped: stopped, nodesSilent: silent }
            });
          }
        };
      },
      async release() {
      }
    };
  }
};

// src/engines/local/effects/reset.ts
var reset = {
  mechanisms: [{ name: "link proxy, RST", needs: [] }],
  async observe(effect, environment) {
    const { clock } = environment;
    const links = requireLinks(environment);
    const lanes = lanesOf(effect, environment);
    const ids = [...new Set(lanes.map(({ linkId }) => linkId))];
    const watch = await LinkWatch.start(environment, lanes, { lanes: 1, intervalMs: 100 });
    return {
      async inject(scope) {
        const opened = () => sum(ids.map((id) => links.counters(id).connectionsOpened));
        const before = opened();
        scope.undo({ type: "ends-with-run", what: `reset of ${ids.length} links` }, () => {
        });
        watch.mark();
        const reset2 = sum(await allDone(ids.map((id) => links.reset(id))));
        return {
          mechanism: "link proxy, RST",
          async prove() {
            await pollUntil(() => opened() - before >= reset2 ? true : void 0, {
              withinMs: 5e3,
              everyMs: 50,
              clock
            });
            const dialledAgain = opened() - before;
            const probesReset = watch.reconnects();
            const conditions = [
              ...await carriesTraffic(
                { what: "connections of the broker's own that were reset", amount: reset2 },
                effect,
                environment
              ),
              atLeast("probe connections that saw a RST", probesReset, ids.length),
              moreThan("connections dialled again", dialledAgain, 0)
            ];
            return proofOf(conditions, {
              observed: `${reset2} connections of the broker's own reset, ${dialledAgain} dialled again; ${probesReset} probe connections saw a RST`,
              figures: { connectionsReset: reset2, dialledAgain, probesReset }
            });
          }
        };
      },
      release: () => watch.stop()
    };
  }
};

// src/engines/local/effects/restart.ts
var restart = {
  mechanisms: [{ name: "SIGKILL and start", needs: [] }],
  async observe(effect, environment) {
    const { nodes, downtimeMs } = effect;
    const { nodes: control, clock } = environment;
    return {
      async inject(scope) {
        const killed = await killNodes(environment, nodes, scope);
        const silent = await Promise.all(nodes.map((node) => control.ping(node, 500)));
        const left = nodes.flatMap((node) => control.processes(node)).length;
        const impactOver = clock.sleep(downtimeMs, scope.signal).then(killed.startAgain, () => {
        });
        impactOver.catch(() => {
        });
        return {
          mechanism: "SIGKILL and start",
          impactOver,
          async prove() {
            const answering = await pollUntil(
              async () => (await Promise.all(nodes.map((node) => control.ping(node, 500)))).every((wrong) => wrong === void 0) ? true : void 0,
              { withinMs: 1e4, everyMs: 100, clock }
            );
            const now = nodes.flatMap((node) => control.processes(node)).map(({ pid }) => pid);
            const fresh = now.filter((pid) => !killed.pids.includes(pid)).length;
            const wereSilent = silent.filter((wrong) => wrong !== void 0).length;
            const conditions = [
              isSo("every node ran until it was killed", killed.allRan),
              all("processes gone from /proc", killed.gone(), killed.pids.length),
              none("processes left", left),
              all("nodes without an MQTT answer after the kill", wereSilent, nodes.length),
              atLeast("new processes of the nodes", fresh, nodes.length)
            ];
            return proofOf(conditions, {
              observed: `${killed.gone()} of ${killed.pids.length} processes gone from /proc, MQTT silent at ${wereSilent} of ${nodes.length} nodes; then ${fresh} new processes (pid ${killed.pids.join(", ")} -> ${now.join(", ")})${answering ? ", MQTT answers again" : ", MQTT not answering yet"}`,
              figures: {
                processesKilled: killed.pids.length,
                processesGone: killed.gone(),
                nodesSilent: wereSilent,
                newProcesses: fresh
              }
            });
          }
        };
      },
      async release() {
      }
    };
  }
};

// src/engines/local/effects/slow-consumer.ts
var descriptorsEach2 = 3;
var subscribeWithinMs2 = 5e3;
var leastStuck = 0.9;
var betweenLooksMs = 300;
var slowConsumer = {
  mechanisms: [{ name: "clients", needs: [] }],
  async observe(effect, environment) {
    const { nodes, connections, bytesPerSecond, payloadBytes, clientIdPrefix: prefix } = effect;
    const { nodes: control, network, clock } = environment;
    const stop = new AbortController();
    const consumers = [];
    const publishers = [];
    const publishing = [];
    const asked = connections * nodes.length;
    let publishedBytes = 0;
    const leave = async () => {
      stop.abort();
      await Promise.all(publishing);
      await Promise.all([...publishers, ...consumers].map((client) => client.close()));
    };
    return {
      async inject(scope) {
        requireDescriptors((asked + nodes.length) * descriptorsEach2, `${asked} slow consumers`);
        scope.undo({ type: "ends-with-run", what: `slow consumers at ${nodes.join(", ")}` }, leave);
        const others = (await lookAt2(nodes, environment)).held;
        const subscribed = (await allDone(
          nodes.map(async (node, place) => {
            const address = { ...control.address(node), ...network.entry(node) };
            const topic = `chaos-slow/${prefix}/${node}`;
            const own = Array.from(
              { length: connections },
              (_, i) => new RawClient(address, `${prefix}x${place}x${i}`)
            );
            consumers.push(...own);
            const granted = await within(Promise.all(own.map((client) => client.subscribe(topic, 0))), {
              withinMs: subscribeWithinMs2,
              clock,
              signal: scope.signal
            }) ?? [];
            for (const client of own) client.stopReading();
            const publisher = new RawClient(address, `${prefix}p${place}`);
            publishers.push(publisher);
            const payload = Buffer.alloc(payloadBytes, "slow");
            publishing.push(
              pace(
                bytesPerSecond / payloadBytes,
                () => {
                  if (publisher.state !== "accepted" || publisher.unsentBytes > 1048576) return true;
                  publisher.publish(topic, payload, 0);
                  publishedBytes += payload.length;
                  return true;
                },
                { clock, signal: stop.signal }
              )
            );
            return granted.filter((isGranted) => isGranted).length;
          })
        )).reduce((total, count) => total + count, 0);
        const came = [...(await lookAt2(nodes, environment)).held].filter((socket) => !others.has(socket));
        return {
          mechanism: "clients",
          async prove() {
            const first = await lookAt2(nodes, environment);
            await clock.sleep(betweenLooksMs);
            const second = await lookAt2(nodes, environment);
            const stuck = [...second.queues].filter(([socket]) => (first.queues.get(socket) ?? 0) > 0);
            const stuckBytes = sum(stuck.map(([, queueBytes]) => queueBytes));
            const ended = came.filter((socket) => !second.held.has(socket)).length;
            const conditions = [
              atLeast("slow consumers that had subscribed", subscribed, Math.ceil(asked * leastStuck)),
              moreThan("bytes published for each", publishedBytes, 0),
              atLeast(
                "connections that stood still or were ended",
                stuck.length + ended,
                Math.ceil(asked * leastStuck)
              )
            ];
            return proofOf(conditions, {
              observed: `${stuck.length} connections of the nodes stood still with ${stuckBytes} bytes that could not be sent, ${ended} were ended by the broker, of ${subscribed} that had subscribed; ${publishedBytes} bytes were published for each`,
              figures: {
                consumers: asked,
                subscribed,
                connectionsStuck: stuck.length,
                stuckBytes,
                connectionsEnded: ended,
                publishedBytes
              }
            });
          }
        };
      },
      release: leave
    };
  }
};
async function lookAt2(nodes, { nodes: control }) {
  const table = await readTcpTable();
  const held2 = nodes.flatMap((node) => heldConnections(control.address(node).port, table));
  return {
    held: new Set(held2.map(keyOf)),
    queues: new Map(
      held2.filter(({ sendQueueBytes }) => sendQueueBytes > 0).map((connection) => [keyOf(connection), connection.sendQueueBytes])
    )
  };
}
function keyOf({ localPort, remotePort }) {
  return `${localPort}/${remotePort}`;
}

// src/engines/local/effects/registry.ts
var localEffects = {
  delay,
  loss,
  bandwidth,
  cut,
  reset,
  calls,
  kill,
  restart,
  pause,
  "clock-skew": clockSkew,
  "cpu-stress": cpuStress,
  "cpu-quota": cpuQuota,
  "memory-stress": memoryStress,
  "memory-limit": memoryLimit,
  "io-stress": ioStress,
  "disk-full": diskFull,
  "fd-exhaustion": fdExhaustion,
  "malformed-input": malformedInput,
  "connection-storm": connectionStorm,
  "slow-consumer": slowConsumer,
  load
};
function effectFor(effect) {
  return localEffects[effect.type];
}
async function observe({ kind, effect }, environment) {
  if (effect.type === "nothing") throw new ChaosError("internal", `there is nothing to strike: ${effect.why}`);
  return scoped(kind, environment.ledger, await effectFor(effect).observe(effect, environment));
}

// src/engines/local/machine/machine.ts
import { existsSync, readFileSync as readFileSync4 } from "node:fs";
var capabilities = [
  "privileges",
  "nft",
  "cgroup2",
  "redirect",
  "netem",
  "cpuQuota",
  "memoryLimit",
  "taskset",
  "prlimit",
  "vdso"
];
var dropRules = `  chain c {
    type filter hook input priority 0; policy accept;
    iif "lo" tcp dport 1 numgen random mod 1000000 < 1 counter drop
  }`;
var priorityRules = `  chain p {
    type filter hook output priority 0; policy accept;
    oif "lo" tcp dport 1 counter meta priority set 1000:1
  }`;
var redirectRules = (cgroup) => `  chain n {
    type nat hook output priority -100; policy accept;
    socket cgroupv2 level 0 "${cgroup}" ip daddr 127.0.0.0/8 tcp dport 1 counter redirect to :1
    socket cgroupv2 level 0 "${cgroup}" ip6 daddr ::1 tcp dport 1 counter redirect to :1
  }
  chain f {
    type filter hook input priority 0; policy accept;
    iif "lo" meta l4proto tcp ct direction reply ct reply proto-src 1 counter
  }`;
async function probeMachine(mode) {
  const found = await findPrivileged(mode);
  const { privileged } = found;
  const own = { taskset: offerOfProgram("taskset"), prlimit: offerOfProgram("prlimit") };
  if (!privileged) {
    const none2 = { available: false, reason: found.reason, hint: found.hint };
    return {
      privileged,
      offers: {
        privileges: none2,
        nft: none2,
        cgroup2: none2,
        redirect: none2,
        netem: none2,
        cpuQuota: none2,
        memoryLimit: none2,
        ...own,
        get vdso() {
          return offerOfVdso();
        }
      }
    };
  }
  const nft = await tried("rules that drop packets are taken", () => tryRules(privileged, dropRules));
  const cgroup2 = offerOfCgroups();
  const [root] = cgroup2Mounts();
  const redirect = !nft.available ? nft : !cgroup2.available ? cgroup2 : root === void 0 ? { available: true, how: "to be seen when a cgroup2 hierarchy is mounted" } : await tried(
    "rules that redirect by cgroup are taken",
    () => tryRules(privileged, redirectRules(nftPath(root)))
  );
  const netem = !nft.available ? nft : await offerOfNetem(privileged);
  return {
    privileged,
    offers: {
      privileges: { available: true, how: privileged.by === "root" ? "this user is root" : "sudo without a password" },
      nft,
      cgroup2,
      redirect,
      netem,
      cpuQuota: cgroup2.available ? offerOfQuota() : cgroup2,
      memoryLimit: cgroup2.available ? offerOfMemoryLimit() : cgroup2,
      ...own,
      // Tried when it is asked for: it stops a process for a moment.
      get vdso() {
        return offerOfVdso();
      }
    }
  };
}
function requireOffers({ offers }, needed, why, otherwise) {
  for (const name of needed) {
    const offer = offers[name];
    if (!offer.available)
      throw new ChaosError("cluster", `${why} needs ${describe[name]}: ${offer.reason}`, {
        hint: otherwise === void 0 ? offer.hint : `${offer.hint}; ${otherwise}`
      });
  }
}
function lacking(needs, { offers }) {
  return needs.flatMap((need) => {
    const offer = offers[need];
    return offer.available ? [] : [offer];
  })[0];
}
var describe = {
  privileges: "root or passwordless sudo",
  nft: "nft packet drop",
  cgroup2: "a cgroup for each node",
  redirect: "nft redirect by cgroup",
  netem: "tc netem",
  cpuQuota: "a CPU quota for a node",
  memoryLimit: "a memory limit for a node",
  taskset: "taskset",
  prlimit: "prlimit",
  vdso: "a wall clock that is shifted"
};
async function tried(how, attempt) {
  try {
    await attempt();
    return { available: true, how };
  } catch (error) {
    const { hint } = error;
    const [first = ""] = messageOf(error).replace(/^.*? -: (Error: )?/, "").split("\n");
    return {
      available: false,
      reason: first.replace(/\.$/, ""),
      hint: hint ?? "it takes nftables 0.9.9 and Linux 5.13 or later with nf_tables; see uname -r and nft --version"
    };
  }
}
function offerOfCgroups() {
  const [root] = cgroup2Mounts();
  if (root !== void 0) {
    const hybrid = root === "/sys/fs/cgroup" ? "cgroup v2" : "cgroup v1 and v2";
    return { available: true, how: `${hybrid}, at ${root}` };
  }
  if (existsSync("/sys/fs/cgroup") && readFilesystems().includes("cgroup2"))
    return { available: true, how: "no cgroup2 is mounted: a hierarchy of our own would be" };
  return {
    available: false,
    reason: "the kernel has no cgroup2",
    hint: "it takes Linux 4.5 or later; in a container, a writable /sys/fs/cgroup"
  };
}
var handOn = (controller) => `the root of cgroup v2 must hand it on: echo +${controller} | sudo tee /sys/fs/cgroup/cgroup.subtree_control`;
function offerOfQuota() {
  const place = findController("cpu");
  return place ? { available: true, how: `cgroup v${place.version}, at ${place.root}` } : { available: false, reason: "no cgroup hierarchy here has the cpu controller", hint: handOn("cpu") };
}
function offerOfMemoryLimit() {
  const place = findController("memory");
  if (place?.version === 2) return { available: true, how: `cgroup v2, at ${place.root}` };
  return place ? {
    available: false,
    reason: "the memory controller is that of cgroup v1, which ends processes at a limit and does not slow them down",
    hint: "boot with cgroup v2 alone (systemd.unified_cgroup_hierarchy=1)"
  } : { available: false, reason: "no cgroup hierarchy here has the memory controller", hint: handOn("memory") };
}
function offerOfProgram(program) {
  const reason = missing([program]);
  return reason === void 0 ? { available: true, how: "it is on the PATH" } : { available: false, reason, hint: "install it" };
}
function offerOfVdso() {
  const why = clockSkewRefusal();
  return why === void 0 ? { available: true, how: "the vDSO of a process can be rewritten" } : {
    available: false,
    reason: `the wall clock of a process cannot be shifted here: ${why}`,
    hint: "it takes Linux on x86-64 or arm64, and the right to trace processes of this user"
  };
}
async function offerOfNetem(privileged) {
  const offer = await tried("the kernel takes it", async () => {
    await tryRules(privileged, priorityRules);
    await tryNetem(privileged);
  });
  return offer.available ? offer : { ...offer, hint: "the link proxies are used instead; most kernels have it as the module sch_netem" };
}
function readFilesystems() {
  return readFileSync4("/proc/filesystems", "utf8").split(/\s+/);
}

export {
  readTcpTable,
  NotRolledBack,
  nodeLimits,
  localHost,
  localEffects,
  effectFor,
  observe,
  capabilities,
  probeMachine,
  requireOffers,
  lacking,
  describe
};
