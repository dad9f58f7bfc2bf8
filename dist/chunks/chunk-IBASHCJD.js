import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  refusal
} from "./chunk-LAPWOYJZ.js";
import {
  brokenClasses,
  clientId,
  dialectOf,
  openingPacket,
  packet,
  packetsIn,
  prefix,
  types,
  u16
} from "./chunk-INS2QZRR.js";
import {
  resetSocket
} from "./chunk-KDYD2VBS.js";
import {
  ChaosError
} from "./chunk-EV4V3EIO.js";

// src/engines/local/clients/barrage.ts
import { setTimeout as sleep } from "node:timers/promises";

// src/engines/local/clients/wire.ts
import { connect } from "node:net";
var mostHeardBytes = 65536;
var Wire = class {
  /** It has been connected. */
  opened = false;
  /** The broker has ended it, or it could not be made. */
  ended = false;
  /** What the broker has said, up to 64 KiB of it. */
  heard = Buffer.alloc(0);
  heardBytes = 0;
  /** Resolves when nothing of it is left. */
  gone;
  #socket;
  #waiting = /* @__PURE__ */ new Set();
  #dripping;
  constructor({ host, port }) {
    this.#socket = connect({ host, port, noDelay: true, allowHalfOpen: true });
    this.#socket.on("connect", () => this.#wake(() => this.opened = true));
    this.#socket.on("data", (data) => this.#wake(() => this.#hear(data)));
    this.#socket.on("end", () => this.#wake(() => this.ended = true));
    this.#socket.on("error", () => this.#wake(() => this.ended = true));
    this.gone = new Promise(
      (resolve) => this.#socket.on("close", () => {
        clearInterval(this.#dripping);
        this.#wake(() => this.ended = true);
        resolve();
      })
    );
  }
  write(bytes) {
    if (this.#socket.writable) this.#socket.write(bytes);
  }
  /** Says it, and FIN; hears on. */
  end(bytes) {
    this.#socket.end(bytes);
  }
  /** Says it byte by byte, over so long a time. */
  drip(bytes, overMs) {
    let at = 0;
    this.#dripping = setInterval(() => {
      if (at < bytes.length) this.write(bytes.subarray(at, ++at));
      else clearInterval(this.#dripping);
    }, overMs / bytes.length);
  }
  /** RST. */
  cut() {
    resetSocket(this.#socket);
  }
  /** True as soon as `isSo` or the end of the connection; false when neither comes in time. */
  until(isSo, withinMs) {
    if (isSo() || this.ended) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (so) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(so);
      };
      const look = () => {
        if (isSo() || this.ended) settle(true);
      };
      const timer = setTimeout(() => settle(false), withinMs);
      this.#waiting.add(look);
    });
  }
  #hear(data) {
    this.heardBytes += data.length;
    if (this.heard.length < mostHeardBytes) this.heard = Buffer.concat([this.heard, data]);
  }
  #wake(change) {
    change();
    for (const look of [...this.#waiting]) look();
  }
};
function connackCode(heard) {
  if (heard.length === 0) return "none";
  if (heard[0] !== types.connack << 4) return "other";
  const lengthEnd = heard.subarray(1).findIndex((byte) => byte < 128);
  if (lengthEnd > 3) return "other";
  return lengthEnd < 0 ? "none" : heard[lengthEnd + 3] ?? "none";
}

// src/engines/local/clients/delivery.ts
var patienceMs = 500;
var afterAnswerMs = 50;
var sessionWithinMs = 2e3;
var stepWithinMs = 250;
async function deliver(broken, host) {
  if (broken.sent === "sequence") return new Sequence(host).run(broken);
  const { random, target } = host;
  const bytes = broken.make(random);
  const wire = host.open();
  try {
    const isReady = broken.sent === "first" ? await wire.until(() => wire.opened, sessionWithinMs) && !wire.ended : await isAccepted(wire, openingPacket({ level: broken.level }, clientId(random), target));
    if (!isReady) return "unsent";
    const before = wire.heardBytes;
    host.wrote(bytes, "a", true);
    if (broken.sent === "first" && broken.manner === "half-open") wire.end(bytes);
    else if (broken.sent === "first" && broken.manner === "drip") wire.drip(bytes, patienceMs);
    else wire.write(bytes);
    host.wroteAll();
    return await reaction(wire, before);
  } finally {
    wire.cut();
  }
}
async function isAccepted(wire, opening, withinMs = sessionWithinMs) {
  if (!await wire.until(() => wire.opened, withinMs)) return false;
  wire.write(opening);
  await wire.until(() => connackCode(wire.heard) !== "none", withinMs);
  return connackCode(wire.heard) === 0;
}
async function reaction(wire, before) {
  const reacted = await wire.until(() => wire.heardBytes > before, patienceMs);
  if (wire.ended) return "closed";
  if (!reacted) return "ignored";
  await wire.until(() => false, afterAnswerMs);
  return wire.ended ? "closed" : "answered";
}
function hasEnded({ ended, heard }) {
  return ended || packetsIn(heard).some(({ type }) => type === types.disconnect);
}
var Sequence = class {
  #host;
  #wires = /* @__PURE__ */ new Map();
  /** What each had heard when it last spoke or waited. */
  #marks = /* @__PURE__ */ new Map();
  #isSent = false;
  #last = "a";
  #brokerEnded = false;
  constructor(host) {
    this.#host = host;
  }
  async run({ steps }) {
    try {
      for (const step of steps(this.#host.random)) if (!await this.#take(step)) break;
      this.#host.wroteAll();
      if (!this.#isSent) return "unsent";
      const wire = this.#wires.get(this.#last);
      const last = wire ? await reaction(wire, this.#marks.get(this.#last) ?? 0) : "ignored";
      return this.#hasBrokerEnded() ? "closed" : last;
    } finally {
      for (const wire of this.#wires.values()) wire.cut();
    }
  }
  /** False when the sequence cannot go on. */
  async #take(step) {
    const wire = this.#wires.get(step.by);
    if (step.does === "open") return this.#open(step.by, step.opening);
    if (!wire) return false;
    if (step.does === "cut") this.#cut(step.by, wire);
    else if (step.does === "wait") {
      const before = this.#marks.get(step.by) ?? 0;
      await wire.until(() => wire.heardBytes > before, stepWithinMs);
      this.#marks.set(step.by, wire.heardBytes);
    } else this.#send(step.by, wire, typeof step.bytes === "function" ? step.bytes(wire.heard) : step.bytes);
    return true;
  }
  async #open(by, opening) {
    const { random, target } = this.#host;
    const older = this.#wires.get(by);
    if (older) this.#cut(by, older);
    const id = opening.clientId ?? clientId(random);
    const bytes = openingPacket(opening, id, target);
    const wire = this.#host.open();
    this.#wires.set(by, wire);
    if (!await wire.until(() => wire.opened, sessionWithinMs) || wire.ended) return false;
    this.#host.wrote(bytes, by, false);
    if (opening.kept) this.#host.kept(id, opening);
    if (!await isAccepted(wire, bytes)) return false;
    if (!opening.kept) this.#host.kept(id, opening);
    this.#marks.set(by, wire.heardBytes);
    return true;
  }
  #send(by, wire, bytes) {
    this.#marks.set(by, wire.heardBytes);
    this.#isSent = true;
    this.#last = by;
    this.#host.wrote(bytes, by, true);
    wire.write(bytes);
  }
  #cut(by, wire) {
    this.#brokerEnded ||= hasEnded(wire);
    this.#wires.delete(by);
    wire.cut();
  }
  #hasBrokerEnded() {
    return this.#brokerEnded || [...this.#wires.values()].some(hasEnded);
  }
};

// src/engines/local/clients/sweep.ts
var answerWithinMs = 5e3;
var quietMs = 300;
var mostRounds = 5;
async function sweepRetained(swept) {
  let left = [];
  for (let round = 0; round < mostRounds; round++) {
    const found = await deleteRetained(swept);
    if (found === void 0 || found.length === 0) return found;
    left = found;
  }
  return left;
}
async function endSession(target, id, { level }) {
  const wire = new Wire(target);
  const isEnded = await isAccepted(
    wire,
    openingPacket({ level, properties: Buffer.alloc(0) }, id, target),
    answerWithinMs
  );
  if (isEnded) await goodbye(wire);
  wire.cut();
  await wire.gone;
  return isEnded;
}
async function deleteRetained({ target, level, random }) {
  const { subscribe, publish } = dialectOf(level);
  const wire = new Wire(target);
  try {
    if (!await isAccepted(wire, openingPacket({ level }, clientId(random), target), answerWithinMs)) return void 0;
    wire.write(subscribe(u16(1), `${prefix}#`, 0));
    const isAnswered = () => packetsIn(wire.heard).some(({ type }) => type === types.suback);
    await wire.until(isAnswered, answerWithinMs);
    if (!isAnswered()) return void 0;
    for (let before = -1; before < wire.heardBytes; ) {
      before = wire.heardBytes;
      await wire.until(() => wire.heardBytes > before, quietMs);
    }
    const topics = packetsIn(wire.heard).filter(({ type, flags }) => type === types.publish && (flags & 1) === 1).map(({ body }) => body.subarray(2, 2 + body.readUInt16BE(0)));
    for (const topic of topics) wire.write(publish(1, Buffer.concat([u16(topic.length), topic]), void 0));
    await goodbye(wire);
    return [...new Set(topics.map(String))];
  } finally {
    wire.cut();
    await wire.gone;
  }
}
async function goodbye(wire) {
  wire.write(packet(types.pingreq, 0));
  await wire.until(() => packetsIn(wire.heard).some(({ type }) => type === types.pingresp), answerWithinMs);
  wire.write(packet(types.disconnect, 0));
  await wire.until(() => wire.ended, answerWithinMs);
}

// src/engines/local/clients/barrage.ts
function stageOf(broken) {
  return broken.sent === "first" ? "first" : broken.level;
}
var aloneMs = 20;
var aloneAtMostMs = 100;
var fewestAtOnce = 96;
var mostAtOnce = 512;
var tickMs = 10;
var survivedMs = 500;
var mostSuspects = 5;
var hexBytes = 200;
var pieceHexBytes = 60;
var levelTries = 3;
var levelTryAgainMs = 100;
var levels = [4, 5];
var Barrage = class {
  #options;
  #atOnce;
  #stop = new AbortController();
  #wires = /* @__PURE__ */ new Set();
  #byClass = /* @__PURE__ */ new Map();
  /** When the fate of the first packet of a class was settled. */
  #settledMs = /* @__PURE__ */ new Map();
  #refused = /* @__PURE__ */ new Map();
  #written = /* @__PURE__ */ new Set();
  /** Sessions that outlive their connections. */
  #kept = /* @__PURE__ */ new Map();
  #classes;
  #recent = [];
  #connections = 0;
  #packetsAt = { first: 0, 4: 0, 5: 0 };
  #bytes = 0;
  #unsent = 0;
  #paced = { sent: 0, due: 0 };
  #underWay = 0;
  #mayRetain = false;
  #done;
  constructor(options) {
    this.#options = options;
    this.#classes = options.classes ?? brokenClasses;
    const unanswered = Math.ceil(options.ratePerSecond * patienceMs / 1e3);
    this.#atOnce = Math.min(Math.max(unanswered, fewestAtOnce), mostAtOnce);
  }
  start() {
    this.#done ??= this.#run();
  }
  /**
   * Ends every connection, and deletes what sequences may have left in the broker; resolves when nothing is left. Safe to call twice.
   * Rejects with a ChaosError `fault` when something is left in a node that runs.
   */
  async stop() {
    this.#stop.abort();
    await this.#done;
    while (this.#wires.size > 0 || this.#underWay > 0) {
      for (const wire of this.#wires) wire.cut();
      await sleep(5);
    }
    await this.#sweep();
  }
  tally() {
    const { first, 4: at4, 5: at5 } = this.#packetsAt;
    return {
      connections: this.#connections,
      packets: first + at4 + at5,
      packetsAt: this.#packetsAt,
      bytes: this.#bytes,
      unsent: this.#unsent,
      classes: this.#classes.length,
      paced: this.#paced,
      missing: this.#classes.map(({ name }) => name).filter((name) => !this.#written.has(name)),
      refused: this.#refused,
      byClass: this.#byClass
    };
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
  #rank({ name }, atMs) {
    return this.#outlived({ settledMs: this.#settledMs.get(name) }, atMs) ? 1 : 0;
  }
  #outlived({ settledMs }, atMs) {
    return settledMs !== void 0 && settledMs < atMs - survivedMs;
  }
  async #run() {
    const { random } = this.#options;
    const { signal } = this.#stop;
    try {
      await this.#learnLevels();
      for (const broken of random.pick(this.#classes, this.#classes.length)) await this.#sendAlone(broken);
      await this.#sendAtRate();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
  /** Leaves out the sessions of a level that the broker refuses, when it accepts those of the other. One that says nothing is asked on. */
  async #learnLevels() {
    const refusals = /* @__PURE__ */ new Map();
    for (const level of levels) {
      if (!this.#classes.some((broken) => stageOf(broken) === level)) continue;
      const refused = await this.#refusalOf(level);
      if (refused !== void 0) refusals.set(level, refused);
    }
    if (refusals.size === levels.length) return;
    for (const [level, refused] of refusals) this.#refused.set(level, refused);
    this.#classes = this.#classes.filter((broken) => broken.sent === "first" || !this.#refused.has(broken.level));
  }
  /** How the broker turns a legal CONNECT of this level down, every time; undefined when it does not. */
  async #refusalOf(level) {
    const { random, target, clock } = this.#options;
    let refused;
    for (let tries = 0; tries < levelTries; tries++) {
      await this.#untilAlive();
      const wire = this.#open();
      const bytes = openingPacket({ level }, clientId(random), target);
      const sent = this.#begin({
        name: `connect-of-level-${level}`,
        breaks: level === 5 ? "5.0 3.1, allowed" : "3.1, allowed",
        after: "as the first packet"
      });
      addPiece(sent, "a", bytes, clock.nowMs());
      const isFine = await isAccepted(wire, bytes);
      const code = connackCode(wire.heard);
      sent.settledMs = clock.nowMs();
      const { opened, ended } = wire;
      wire.cut();
      if (isFine) return void 0;
      if (typeof code === "number") refused = refusal(code);
      else if (opened && ended) refused = "the connection was closed without CONNACK";
      else return void 0;
      await clock.sleep(levelTryAgainMs, this.#stop.signal);
    }
    return refused;
  }
  async #sendAlone(broken) {
    const { clock } = this.#options;
    const { signal } = this.#stop;
    await this.#untilAlive();
    const { written, settled } = this.#send(broken);
    const moveOn = new AbortController();
    const pause = (ms) => clock.sleep(ms, AbortSignal.any([signal, moveOn.signal])).catch(() => {
    });
    await Promise.race([settled, written.then(() => pause(aloneMs)), pause(aloneAtMostMs)]);
    moveOn.abort();
    await clock.sleep(tickMs, signal);
  }
  async #sendAtRate() {
    const { random, clock, ratePerSecond } = this.#options;
    const { signal } = this.#stop;
    let queue = [];
    let credit = 0;
    let lastMs = clock.nowMs();
    for (; ; ) {
      await clock.sleep(tickMs, signal);
      if (!this.#options.isAlive()) {
        await this.#untilAlive();
        lastMs = clock.nowMs();
      }
      const nowMs = clock.nowMs();
      this.#forget(nowMs);
      const due = (nowMs - lastMs) * ratePerSecond / 1e3;
      this.#paced.due += due;
      credit = Math.min(credit + due, this.#atOnce);
      lastMs = nowMs;
      for (; credit >= 1 && this.#underWay < this.#atOnce; credit--) {
        if (queue.length === 0) queue = random.pick(this.#classes, this.#classes.length);
        const broken = queue.pop();
        if (!broken) return;
        this.#paced.sent++;
        this.#send(broken);
      }
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
  #open() {
    const wire = new Wire(this.#options.target);
    this.#wires.add(wire);
    void wire.gone.then(() => {
      this.#wires.delete(wire);
      if (wire.opened) this.#connections++;
    });
    return wire;
  }
  #begin(what) {
    const sent = { ...what, pieces: [], atMs: this.#options.clock.nowMs() };
    this.#recent.push(sent);
    return sent;
  }
  /** One class, from its connections to their end. `written` when all of it is on its way; neither rejects. */
  #send(broken) {
    const { target, random, clock } = this.#options;
    let wroteAll = () => {
    };
    const written = new Promise((resolve) => {
      wroteAll = resolve;
    });
    let sent;
    this.#underWay++;
    const settled = deliver(broken, {
      target,
      random,
      open: () => this.#open(),
      wrote: (bytes, by, isBroken) => {
        sent ??= this.#begin({ name: broken.name, breaks: broken.breaks, after: afterWhat(broken) });
        addPiece(sent, by, bytes, clock.nowMs());
        if (!isBroken) return;
        this.#written.add(broken.name);
        this.#packetsAt[stageOf(broken)]++;
        this.#bytes += bytes.length;
        if (broken.sent === "sequence" && broken.retains) this.#mayRetain = true;
      },
      wroteAll,
      kept: (id, opening) => {
        if (opening.kept) this.#kept.set(id, opening);
        else this.#kept.delete(id);
      }
    }).then((reaction2) => {
      this.#underWay--;
      if (sent) {
        sent.settledMs = clock.nowMs();
        if (!this.#settledMs.has(broken.name)) this.#settledMs.set(broken.name, sent.settledMs);
      }
      if (this.#stop.signal.aborted) return;
      if (reaction2 === "unsent") this.#unsent++;
      else this.#count(broken, reaction2);
    });
    return { written, settled };
  }
  #count({ name }, reaction2) {
    const counts = this.#byClass.get(name) ?? { closed: 0, answered: 0, ignored: 0 };
    counts[reaction2]++;
    this.#byClass.set(name, counts);
  }
  async #sweep() {
    const { target, random, isAlive } = this.#options;
    const kept = [...this.#kept];
    this.#kept.clear();
    const mayRetain = this.#mayRetain;
    this.#mayRetain = false;
    const left = [];
    for (const [id, opening] of kept) if (!await endSession(target, id, opening)) left.push(`the session ${id}`);
    if (mayRetain) {
      const level = this.#refused.has(4) ? 5 : 4;
      const topics = await sweepRetained({ target, level, random });
      if (topics === void 0) left.push("retained messages, perhaps: the node answers no client");
      else if (topics.length > 0) left.push(`retained messages of ${topics.join(", ")}`);
    }
    if (left.length > 0 && isAlive())
      throw new ChaosError("fault", `malformed-input left in the broker: ${left.join("; ")}`);
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
    connections: total(({ connections }) => connections),
    packets: total(({ packets }) => packets),
    packetsAt: {
      first: total(({ packetsAt }) => packetsAt.first),
      4: total(({ packetsAt }) => packetsAt[4]),
      5: total(({ packetsAt }) => packetsAt[5])
    },
    bytes: total(({ bytes }) => bytes),
    unsent: total(({ unsent }) => unsent),
    classes: Math.max(...tallies.map(({ classes }) => classes)),
    paced: { sent: total(({ paced }) => paced.sent), due: total(({ paced }) => paced.due) },
    missing: [...new Set(tallies.flatMap(({ missing }) => missing))],
    refused: new Map(tallies.flatMap(({ refused }) => [...refused])),
    byClass
  };
}
function addPiece(sent, by, bytes, nowMs) {
  sent.atMs = nowMs;
  sent.pieces.push({ by, head: bytes.subarray(0, hexBytes), length: bytes.length });
}
function afterWhat(broken) {
  const version = "level" in broken && broken.level === 5 ? " of MQTT 5" : "";
  if (broken.sent === "first") return "";
  return broken.sent === "session" ? `after an accepted CONNECT${version}` : `by two clients${version}`;
}
function describe({ name, breaks, after, pieces, atMs }, diedMs) {
  const shown = pieces.length > 1 ? pieceHexBytes : hexBytes;
  const hex = pieces.map(({ by, head, length }) => {
    const cut = length > shown ? ` (the first ${shown} of ${length} bytes)` : "";
    return `${head.subarray(0, shown).toString("hex")}${cut}${pieces.length > 1 ? ` from ${by}` : ""}`;
  });
  return `${name} (${breaks}), sent ${Math.round(diedMs - atMs)} ms before${after === "" ? "" : `, ${after}`}: ${hex.join(", ")}`;
}

export {
  stageOf,
  Barrage,
  addTallies
};
