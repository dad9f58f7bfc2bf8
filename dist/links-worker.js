import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  loss,
  segmentBytes
} from "./chunks/chunk-ZNZUA6UV.js";
import {
  createRandom
} from "./chunks/chunk-GUM24SOH.js";
import {
  watchLoopLag
} from "./chunks/chunk-PGYUIUY2.js";
import {
  DirectionTally,
  addToLink,
  createCounterMemory
} from "./chunks/chunk-CYPRW7M4.js";
import "./chunks/chunk-MH5QFOOW.js";
import {
  ChaosError,
  messageOf
} from "./chunks/chunk-CQ3ZUHQN.js";

// src/links/worker.ts
import { parentPort, workerData } from "node:worker_threads";

// src/links/link.ts
import { createServer } from "node:net";

// src/links/connection.ts
import { connect } from "node:net";

// src/links/behaviours/bandwidth.ts
var bandwidth = (atMs, bytes, { bytesPerSecond }, { wire }) => {
  if (bytesPerSecond === void 0) return atMs;
  wire.freeAtMs = Math.max(wire.freeAtMs, atMs) + bytes / bytesPerSecond * 1e3;
  return wire.freeAtMs;
};

// src/links/behaviours/delay.ts
var delay = (atMs, _bytes, conditions, _state, random2) => {
  const jitterMs = conditions.jitterMs > 0 ? (2 * random2.next() - 1) * conditions.jitterMs : 0;
  return atMs + Math.max(0, conditions.delayMs + jitterMs);
};

// src/links/behaviours/behaviour.ts
var behaviours = [bandwidth, delay, loss];
function releaseTime(nowMs, bytes, conditions, state, random2) {
  let atMs = nowMs;
  for (const behaviour of behaviours) atMs = behaviour(atMs, bytes, conditions, state, random2);
  state.lastReleaseMs = Math.max(state.lastReleaseMs, atMs);
  return state.lastReleaseMs;
}
function createFlowState(wire = { freeAtMs: 0 }) {
  return {
    wire,
    lastReleaseMs: 0,
    awaitedMs: 0,
    stalledUntilMs: 0,
    gatheredRoom: 0,
    gatheredReleaseMs: 0,
    transmissionsLost: 0
  };
}

// src/links/behaviours/cut.ts
var heldBytesCap = 1048576;
var initialWindowBytes = 10 * 1448;
function cutAllowance(cutHere, cutOpposite) {
  if (cutHere) return 0;
  return cutOpposite ? initialWindowBytes : Number.POSITIVE_INFINITY;
}

// src/links/reset-socket.ts
function resetSocket(socket) {
  if (socket.destroyed) return;
  const ending = socket.writableEnded && !socket.writableFinished && socket.writableLength === 0;
  if (ending) socket.destroy();
  else socket.resetAndDestroy();
}

// src/links/scheduler.ts
var earlyMs = 0.6;
var wakeUpMs = 0.2;
var Scheduler = class {
  #heap = [];
  #timer;
  #timerDueMs = Number.POSITIVE_INFINITY;
  #tick = () => this.#run();
  nowMs() {
    return performance.now();
  }
  at(dueMs, task) {
    this.#push({ dueMs, task });
    if (dueMs < this.#timerDueMs) this.#arm(dueMs, this.nowMs());
  }
  close() {
    clearTimeout(this.#timer);
    this.#timer = void 0;
    this.#timerDueMs = Number.POSITIVE_INFINITY;
    this.#heap.length = 0;
  }
  #run() {
    this.#timerDueMs = Number.NEGATIVE_INFINITY;
    let nowMs = this.nowMs();
    for (let first = this.#heap[0]; first !== void 0 && first.dueMs <= nowMs + earlyMs; first = this.#heap[0]) {
      this.#pop();
      first.task.run(nowMs);
      nowMs = this.nowMs();
    }
    this.#timerDueMs = Number.POSITIVE_INFINITY;
    const next = this.#heap[0];
    if (next) this.#arm(next.dueMs, nowMs);
  }
  #arm(dueMs, nowMs) {
    clearTimeout(this.#timer);
    this.#timerDueMs = dueMs;
    this.#timer = setTimeout(this.#tick, Math.max(1, Math.round(dueMs - nowMs - wakeUpMs)));
  }
  #push(entry) {
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const above = at - 1 >> 1;
      const parent = heap[above];
      if (parent === void 0 || parent.dueMs <= entry.dueMs) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = entry;
  }
  #pop() {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === void 0 || heap.length === 0) return;
    let at = 0;
    for (; ; ) {
      let below = 2 * at + 1;
      let child = heap[below];
      const right = heap[below + 1];
      if (child !== void 0 && right !== void 0 && right.dueMs < child.dueMs) {
        child = right;
        below += 1;
      }
      if (child === void 0 || child.dueMs >= last.dueMs) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
  }
};

// src/links/pipe.ts
var underWayBytesCap = 4 * 1048576;
var wireQueueMs = 1e3;
var wireQueueFloorBytes = 65536;
var overheadBytes = 256;
var never = Number.POSITIVE_INFINITY;
var Pipe = class {
  #way;
  #tally;
  #scheduler;
  #random;
  #state;
  #source;
  #sink;
  #queue = [];
  #head = 0;
  #costBytes = 0;
  #allowanceBytes;
  #armedMs = never;
  /** The receiver's socket has more than enough to write. */
  #blocked = false;
  #paused = false;
  /** The receiver has gone: what still comes is read and thrown away. */
  #discarding = false;
  /** A reset is the last thing that passes. */
  #broken = false;
  constructor(parts) {
    this.#way = parts.way;
    this.#tally = parts.tally;
    this.#scheduler = parts.scheduler;
    this.#random = parts.random;
    this.#source = parts.source;
    this.#state = createFlowState(parts.way.wire);
    this.#allowanceBytes = parts.way.allowanceBytes;
  }
  /** From now on what is held flows to `sink`. */
  openTo(sink) {
    this.#sink = sink;
    sink.on("drain", () => this.#drained());
    this.#retime();
  }
  offer(chunk) {
    this.#tally.offered(chunk.length, Math.ceil(chunk.length / segmentBytes));
    if (this.#discarding) {
      this.#tally.discarded(chunk.length);
      return;
    }
    if (this.#way.clean && this.#head === this.#queue.length && this.#sink !== void 0) {
      this.#tally.delivered(chunk.length);
      if (!this.#sink.write(chunk)) this.#block();
      return;
    }
    this.#tally.held(chunk.length);
    this.#enqueue(chunk, this.#scheduler.nowMs());
    this.#arm();
    this.#regulate();
  }
  /** The sender has no more to say. */
  offerEnd() {
    this.#offerMark("fin");
  }
  /** The sender is gone and its connection with it. (A reset that comes in one go with bytes is reported by libuv as an end.) */
  offerReset() {
    if (this.#broken) return;
    this.#broken = true;
    this.#offerMark("reset");
  }
  /** The receiver is gone: nothing held can arrive any more. */
  discard() {
    this.#discarding = true;
    for (const { what } of this.#items()) {
      if (typeof what === "string") continue;
      this.#tally.held(-what.length);
      this.#tally.discarded(what.length);
    }
    this.#empty();
    this.#blocked = false;
    this.#regulate();
  }
  /** A cut came or went, or the link was cleared: what is held starts anew from now under the conditions that now hold. */
  conditionsChanged() {
    this.#allowanceBytes = this.#way.allowanceBytes;
    this.#retime();
  }
  run(nowMs) {
    this.#armedMs = never;
    this.#release(nowMs);
  }
  /** Nothing passes: there is nobody to pass it to, or it would be lost. */
  #held() {
    return this.#sink === void 0 || this.#allowanceBytes <= 0;
  }
  #offerMark(what) {
    if (this.#discarding) return;
    const nowMs = this.#scheduler.nowMs();
    this.#enqueue(what, nowMs);
    this.#release(nowMs);
  }
  #enqueue(what, nowMs) {
    if (this.#held()) {
      this.#push({ what, dueMs: never });
      return;
    }
    const { conditions } = this.#way;
    const lostBefore = this.#state.transmissionsLost;
    const due = (bytes) => releaseTime(nowMs, bytes, conditions, this.#state, this.#random);
    const whole = typeof what === "string" || conditions.lossShare === 0 && conditions.bytesPerSecond === void 0;
    if (whole) {
      this.#push({ what, dueMs: due(typeof what === "string" ? 0 : what.length) });
    } else {
      for (let at = 0; at < what.length; at += segmentBytes) {
        const segment = what.subarray(at, at + segmentBytes);
        this.#push({ what: segment, dueMs: due(segment.length) });
      }
      this.#tally.lost(this.#state.transmissionsLost - lostBefore);
    }
  }
  #push(item) {
    this.#queue.push(item);
    this.#costBytes += cost(item);
  }
  #shift(item) {
    this.#costBytes -= cost(item);
    this.#head++;
    if (this.#head === this.#queue.length) {
      this.#queue = [];
      this.#head = 0;
    } else if (this.#head >= 1024 && this.#head * 2 > this.#queue.length) {
      this.#queue.splice(0, this.#head);
      this.#head = 0;
    }
  }
  #items() {
    return this.#queue.slice(this.#head);
  }
  #empty() {
    this.#queue = [];
    this.#head = 0;
    this.#costBytes = 0;
  }
  #retime() {
    const nowMs = this.#scheduler.nowMs();
    const items = this.#items();
    this.#empty();
    this.#state.lastReleaseMs = nowMs;
    for (const { what } of items) this.#enqueue(what, nowMs);
    this.#release(nowMs);
  }
  /** Hands over what is due, as far as the receiver takes it, and sees to it that the rest is looked at in its time. */
  #release(nowMs) {
    const sink = this.#sink;
    if (sink !== void 0) {
      const several = this.#queue.length - this.#head > 1;
      if (several) sink.cork();
      const mark = this.#handOverDue(sink, nowMs);
      if (several) sink.uncork();
      if (mark === "fin") sink.end();
      if (mark === "reset") resetSocket(sink);
      this.#arm();
    }
    this.#regulate();
  }
  /** Stops behind a mark, and answers it. */
  #handOverDue(sink, nowMs) {
    while (!this.#blocked && this.#allowanceBytes > 0) {
      const item = this.#queue[this.#head];
      if (item === void 0 || item.dueMs > nowMs + earlyMs) return void 0;
      if (typeof item.what === "string") {
        this.#shift(item);
        return item.what;
      }
      this.#handOver(sink, item, item.what);
    }
    return void 0;
  }
  #handOver(sink, item, bytes) {
    const allowed = bytes.length <= this.#allowanceBytes ? bytes : bytes.subarray(0, this.#allowanceBytes);
    this.#shift(item);
    if (allowed.length < bytes.length) {
      const rest = { what: bytes.subarray(allowed.length), dueMs: never };
      if (this.#head > 0) this.#queue[--this.#head] = rest;
      else this.#queue.unshift(rest);
      this.#costBytes += cost(rest);
    }
    this.#allowanceBytes -= allowed.length;
    this.#tally.held(-allowed.length);
    this.#tally.delivered(allowed.length);
    if (!sink.write(allowed)) this.#blocked = true;
  }
  #arm() {
    const dueMs = this.#queue[this.#head]?.dueMs ?? never;
    if (dueMs >= this.#armedMs || this.#blocked || this.#held()) return;
    this.#armedMs = dueMs;
    this.#scheduler.at(dueMs, this);
  }
  #block() {
    this.#blocked = true;
    this.#regulate();
  }
  #drained() {
    this.#blocked = false;
    this.#release(this.#scheduler.nowMs());
  }
  /** Reads on while there is room, so that a sender feels the window and a slow receiver as it would without a proxy. */
  #regulate() {
    const roomBytes = this.#capBytes() - this.#costBytes;
    const full = this.#blocked || roomBytes <= 0;
    if (full === this.#paused) return;
    if (!full && !this.#discarding && roomBytes < this.#capBytes() / 4) return;
    this.#paused = full;
    if (full) this.#source.pause();
    else this.#source.resume();
  }
  #capBytes() {
    if (this.#allowanceBytes !== Number.POSITIVE_INFINITY || this.#sink === void 0) return heldBytesCap;
    const { bytesPerSecond, delayMs } = this.#way.conditions;
    if (bytesPerSecond === void 0) return underWayBytesCap;
    const queueBytes = bytesPerSecond * (wireQueueMs + delayMs) / 1e3;
    return Math.min(underWayBytesCap, Math.max(wireQueueFloorBytes, queueBytes));
  }
};
function cost({ what }) {
  return typeof what === "string" ? 0 : what.length + overheadBytes;
}

// src/links/connection.ts
var highWaterMark = 262144;
var Connection = class {
  #parts;
  #dialler;
  #forward;
  #backward;
  #upstream;
  #state = "waiting";
  #forwardOpen = false;
  #socketsOpen = 1;
  constructor(parts) {
    this.#parts = parts;
    this.#dialler = parts.dialler;
    this.#forward = this.#pipe("forward", parts.dialler);
    this.#watch(parts.dialler);
    parts.dialler.on("data", (chunk) => this.#forward.offer(chunk));
    parts.dialler.on("end", () => this.#diallerEnded());
    parts.dialler.on("error", () => this.#broke(this.#forward, this.#backward));
    this.#start();
  }
  /** A cut came or went, or the link was cleared. */
  conditionsChanged() {
    if (this.#state === "waiting") this.#start();
    if (this.#state === "open") this.#openForward();
    this.#forward.conditionsChanged();
    this.#backward?.conditionsChanged();
  }
  /** RST to both ends, now, whatever else is injected. */
  reset() {
    this.#state = "closed";
    this.#forward.discard();
    this.#backward?.discard();
    resetSocket(this.#dialler);
    if (this.#upstream) resetSocket(this.#upstream);
  }
  #cut() {
    return this.#parts.forward.way.conditions.cut || this.#parts.backward.way.conditions.cut;
  }
  #start() {
    this.#afterCrossing("forward", () => {
      if (this.#state === "waiting" && !this.#cut()) this.#dial();
    });
  }
  #dial() {
    this.#state = "dialling";
    const options = {
      ...this.#parts.upstream,
      allowHalfOpen: true,
      noDelay: true,
      highWaterMark
    };
    const upstream = connect(options);
    this.#upstream = upstream;
    this.#socketsOpen++;
    this.#watch(upstream);
    upstream.on("error", () => this.#upstreamBroke());
    upstream.once("connect", () => this.#connected(upstream));
  }
  #connected(upstream) {
    if (this.#state !== "dialling") return;
    this.#state = "open";
    const backward = this.#pipe("backward", upstream);
    this.#backward = backward;
    upstream.on("data", (chunk) => backward.offer(chunk));
    upstream.on("end", () => backward.offerEnd());
    backward.openTo(this.#dialler);
    this.#openForward();
  }
  /** The upstream's SYN-ACK is on its way back; when it is through, the dialler's bytes follow. */
  #openForward() {
    if (this.#forwardOpen) return;
    this.#afterCrossing("backward", () => {
      if (this.#forwardOpen || this.#state !== "open" || !this.#upstream) return;
      this.#forwardOpen = true;
      this.#forward.openTo(this.#upstream);
    });
  }
  /** Runs `then` when a segment without bytes, entering now, would come out at the other side. */
  #afterCrossing(direction, then) {
    const { scheduler: scheduler2, random: random2 } = this.#parts;
    const { way } = this.#parts[direction];
    if (way.clean) {
      then();
      return;
    }
    const nowMs = scheduler2.nowMs();
    const state = createFlowState(way.wire);
    const dueMs = releaseTime(nowMs, 0, way.conditions, state, random2.fork(`${direction}/handshake`));
    scheduler2.at(dueMs, { run: then });
  }
  #diallerEnded() {
    if (this.#state === "waiting" && this.#cut()) this.#dialler.destroy();
    else this.#forward.offerEnd();
  }
  #upstreamBroke() {
    if (this.#state === "dialling") {
      this.#parts.onUpstreamFailure();
      this.reset();
    } else if (this.#backward) {
      this.#broke(this.#backward, this.#forward);
    }
  }
  /** A socket failed: behind what it said comes the reset, and what was on its way to it is lost. */
  #broke(from, to) {
    to?.discard();
    if (this.#state === "open") from.offerReset();
    else this.reset();
  }
  #pipe(direction, source) {
    const { scheduler: scheduler2, random: random2 } = this.#parts;
    return new Pipe({ ...this.#parts[direction], scheduler: scheduler2, random: random2.fork(direction), source });
  }
  #watch(socket) {
    socket.once("close", () => {
      this.#socketsOpen--;
      if (this.#socketsOpen > 0) return;
      this.#state = "closed";
      this.#parts.onClosed(this);
    });
  }
};

// src/links/types.ts
var cleanConditions = {
  delayMs: 0,
  jitterMs: 0,
  bytesPerSecond: void 0,
  lossShare: 0,
  cut: false
};

// src/links/way.ts
var Way = class {
  direction;
  tally;
  wire = { freeAtMs: 0 };
  conditions = cleanConditions;
  /** Nothing is injected that touches this direction: bytes go straight through. */
  clean = true;
  /** Bytes a connection may deliver from the last change of the cuts on. */
  allowanceBytes = Number.POSITIVE_INFINITY;
  constructor(direction, memory) {
    this.direction = direction;
    this.tally = new DirectionTally(memory, direction);
  }
  /** Takes new conditions; answers whether a cut that touches this direction came or went. */
  change(conditions, cutOpposite) {
    const before = this.allowanceBytes;
    this.conditions = conditions;
    this.allowanceBytes = cutAllowance(conditions.cut, cutOpposite);
    const { delayMs, jitterMs, bytesPerSecond, lossShare } = conditions;
    const untimed = delayMs === 0 && jitterMs === 0 && bytesPerSecond === void 0 && lossShare === 0;
    this.clean = untimed && this.allowanceBytes === Number.POSITIVE_INFINITY;
    return before !== this.allowanceBytes;
  }
  /** The same conditions, counted elsewhere: the tool's own probes are no traffic. */
  uncounted() {
    return new DirectionTally(createCounterMemory(), this.direction);
  }
};

// src/links/link.ts
var loopback = "127.0.0.1";
var Link = class {
  #forward;
  #backward;
  #memory;
  #scheduler;
  #random;
  #traffic = /* @__PURE__ */ new Set();
  #listeners = /* @__PURE__ */ new Map();
  #accepted = 0;
  #acceptedByLanes = 0;
  constructor(memory, scheduler2, random2) {
    this.#memory = memory;
    this.#scheduler = scheduler2;
    this.#random = random2;
    this.#forward = new Way("forward", memory);
    this.#backward = new Way("backward", memory);
  }
  /** The listener whose traffic is counted. */
  open(listenPort, upstream) {
    return this.#listen(listenPort ?? 0, this.#traffic, (dialler) => this.#accept(dialler, upstream));
  }
  /** A further listener, whose traffic is not counted and whose draws do not move those of the traffic. */
  openLane(upstream) {
    const connections = /* @__PURE__ */ new Set();
    return this.#listen(0, connections, (dialler) => this.#acceptByLane(dialler, upstream, connections));
  }
  /** Closes a listener and breaks its connections, whatever is injected. */
  async closeListener(port) {
    const listener = this.#listeners.get(port);
    if (!listener) return;
    this.#listeners.delete(port);
    const closed = closeServer(listener.server);
    for (const connection of [...listener.connections]) connection.reset();
    await closed;
  }
  shape(direction, change) {
    const [forward, backward] = [this.#forward.conditions, this.#backward.conditions];
    if (direction === "forward") this.#apply({ ...forward, ...change }, backward, false);
    else this.#apply(forward, { ...backward, ...change }, false);
  }
  clear() {
    this.#apply(cleanConditions, cleanConditions, true);
  }
  /** RST to both ends of every connection; how many connections that were, lanes not counted. */
  reset() {
    const count = this.#traffic.size;
    for (const connection of this.#connections()) connection.reset();
    return count;
  }
  async close() {
    await Promise.all([...this.#listeners.keys()].map((port) => this.closeListener(port)));
  }
  #connections() {
    return [...this.#listeners.values()].flatMap(({ connections }) => [...connections]);
  }
  #apply(forward, backward, restart) {
    const cutForward = this.#forward.change(forward, backward.cut);
    const cutBackward = this.#backward.change(backward, forward.cut);
    if (!cutForward && !cutBackward && !restart) return;
    const nowMs = this.#scheduler.nowMs();
    this.#forward.wire.freeAtMs = nowMs;
    this.#backward.wire.freeAtMs = nowMs;
    for (const connection of this.#connections()) connection.conditionsChanged();
  }
  #accept(dialler, upstream) {
    addToLink(this.#memory, "connectionsOpened", 1);
    addToLink(this.#memory, "connectionsOpen", 1);
    const connection = new Connection({
      dialler,
      upstream,
      forward: { way: this.#forward, tally: this.#forward.tally },
      backward: { way: this.#backward, tally: this.#backward.tally },
      scheduler: this.#scheduler,
      random: this.#random.fork(`connection-${this.#accepted++}`),
      onUpstreamFailure: () => addToLink(this.#memory, "upstreamFailures", 1),
      onClosed: (closed) => {
        addToLink(this.#memory, "connectionsOpen", -1);
        this.#traffic.delete(closed);
      }
    });
    this.#traffic.add(connection);
  }
  #acceptByLane(dialler, upstream, connections) {
    const connection = new Connection({
      dialler,
      upstream,
      forward: { way: this.#forward, tally: this.#forward.uncounted() },
      backward: { way: this.#backward, tally: this.#backward.uncounted() },
      scheduler: this.#scheduler,
      random: this.#random.fork(`lane-${this.#acceptedByLanes++}`),
      onUpstreamFailure: () => {
      },
      onClosed: (closed) => connections.delete(closed)
    });
    connections.add(connection);
  }
  #listen(port, connections, accept) {
    const server = createServer({ allowHalfOpen: true, noDelay: true, highWaterMark }, accept);
    return new Promise((resolve, reject) => {
      server.on("error", (error) => reject(listenError(error, port)));
      server.listen(port, loopback, () => {
        const { port: listening } = server.address();
        this.#listeners.set(listening, { server, connections });
        resolve(listening);
      });
    });
  }
};
function listenError(error, port) {
  if (error.code === "EADDRINUSE") {
    return new ChaosError("port", `Port ${port} on ${loopback} is taken, so no link can listen there.`, {
      hint: `See who has it with \`ss -ltnp 'sport = :${port}'\` and stop that process, or choose another port.`
    });
  }
  if (error.code === "EACCES") {
    return new ChaosError("port", `Port ${port} on ${loopback} may not be used by this user.`, {
      hint: "Ports below 1024 need privileges; choose a higher one."
    });
  }
  return new ChaosError("port", `A link cannot listen on ${loopback}:${port}: ${messageOf(error)}`);
}
function closeServer(server) {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

// src/links/worker.ts
var { seed } = workerData;
var random = createRandom(seed);
var scheduler = new Scheduler();
var links = /* @__PURE__ */ new Map();
var loopLag = watchLoopLag();
parentPort?.on("message", async (question) => {
  const reply = await answer(question);
  parentPort?.postMessage(reply);
  if (question.request.type === "close") parentPort?.close();
});
async function answer({ id, request }) {
  try {
    return { id, ok: true, value: await perform(request) };
  } catch (error) {
    return { id, ok: false, failure: failureOf(error) };
  }
}
async function perform(request) {
  switch (request.type) {
    case "open": {
      if (links.has(request.linkId)) throw new ChaosError("internal", `There is a link ${request.linkId} already.`);
      const link = new Link(request.counters, scheduler, random.fork(request.linkId));
      links.set(request.linkId, link);
      try {
        return { port: await link.open(request.listenPort, request.upstream) };
      } catch (error) {
        links.delete(request.linkId);
        throw error;
      }
    }
    case "open-lane":
      return { port: await find(request.linkId).openLane(request.upstream) };
    case "close-lane":
      await find(request.linkId).closeListener(request.port);
      return void 0;
    case "shape":
      find(request.linkId).shape(request.direction, request.change);
      return void 0;
    case "clear":
      for (const link of request.linkId === void 0 ? links.values() : [find(request.linkId)]) link.clear();
      return void 0;
    case "reset":
      return find(request.linkId).reset();
    case "lag":
      return takeLag();
    case "close":
      await Promise.all([...links.values()].map((link) => link.close()));
      links.clear();
      scheduler.close();
      loopLag.stop();
      return void 0;
  }
}
function find(linkId) {
  const link = links.get(linkId);
  if (!link) throw new ChaosError("internal", `There is no link ${linkId}.`);
  return link;
}
function takeLag() {
  const lag = loopLag.read();
  loopLag.reset();
  return lag;
}
function failureOf(error) {
  if (error instanceof ChaosError) return { code: error.code, message: error.message, hint: error.hint };
  return { code: "internal", message: messageOf(error), hint: void 0 };
}
