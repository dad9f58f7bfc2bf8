import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  answerHeaders,
  loss,
  matches,
  methodOf,
  segmentBytes,
  statusOf
} from "./chunks/chunk-I2F334CU.js";
import {
  DirectionTally,
  addToLink,
  createCounterMemory
} from "./chunks/chunk-HUZ4BNE3.js";
import {
  statusName
} from "./chunks/chunk-TOAIUC6F.js";
import {
  resetSocket
} from "./chunks/chunk-KDYD2VBS.js";
import {
  watchLoopLag
} from "./chunks/chunk-QG2TR5QC.js";
import {
  createRandom
} from "./chunks/chunk-GUM24SOH.js";
import "./chunks/chunk-4XSUANPV.js";
import {
  serve
} from "./chunks/chunk-SEHV63E6.js";
import {
  ChaosError,
  messageOf
} from "./chunks/chunk-EV4V3EIO.js";
import "./chunks/chunk-6DG7BXTN.js";

// src/engines/local/links/worker.ts
import { parentPort, workerData } from "node:worker_threads";

// src/engines/local/links/http2/rule.ts
var RuleInForce = class {
  rule;
  over = false;
  touched = 0;
  constructor(rule) {
    this.rule = rule;
  }
  /** Whether it strikes this call. */
  strikes(method, random2) {
    if (!matches(this.rule.method, method) || random2.next() >= this.rule.share) return false;
    this.touched++;
    return true;
  }
};

// src/engines/local/links/http2/link-calls.ts
var callsAtMost = 2e4;
var methodsAtMost = 200;
var CallWatch = class {
  #pattern;
  #nowMs;
  rule;
  brokenOff = 0;
  #markedMs;
  #byMethod = /* @__PURE__ */ new Map();
  #asked = 0;
  #passed = 0;
  #othersAsked = 0;
  #othersPassed = 0;
  #answeredByNobody = /* @__PURE__ */ new Map();
  #calls = [];
  constructor(pattern, nowMs) {
    this.#pattern = pattern;
    this.#nowMs = nowMs;
    this.#markedMs = nowMs();
  }
  /** From now on the rule is in force and the watch begins anew. */
  apply(rule) {
    this.clear();
    this.rule = new RuleInForce(rule);
    this.#markedMs = this.#nowMs();
    this.#byMethod = /* @__PURE__ */ new Map();
    this.#answeredByNobody = /* @__PURE__ */ new Map();
    this.#asked = this.#passed = this.#othersAsked = this.#othersPassed = 0;
    this.#calls = [];
  }
  clear() {
    if (this.rule) this.rule.over = true;
  }
  asked(call) {
    if (this.#byMethod.has(call.method) || this.#byMethod.size < methodsAtMost) {
      this.#byMethod.set(call.method, (this.#byMethod.get(call.method) ?? 0) + 1);
    }
    if (!this.#concerns(call)) {
      this.#othersAsked++;
      return;
    }
    this.#asked++;
    this.#calls.push(call);
    if (this.#calls.length > callsAtMost) this.#calls = this.#calls.slice(callsAtMost / 2);
  }
  passed(call) {
    if (call.askedMs < this.#markedMs) return;
    if (this.#concerns(call)) this.#passed++;
    else this.#othersPassed++;
  }
  ended(call, how) {
    if (call.askedMs < this.#markedMs || call.passed || call.answeredMs === void 0 || !this.#concerns(call)) return;
    this.#answeredByNobody.set(how, (this.#answeredByNobody.get(how) ?? 0) + 1);
  }
  read(lateAfterMs, connections) {
    const nowMs = this.#nowMs();
    const ripe = this.#calls.filter(({ askedMs }) => askedMs >= this.#markedMs && nowMs - askedMs > lateAfterMs);
    const late = ripe.filter(({ askedMs, answeredMs = nowMs }) => answeredMs - askedMs >= lateAfterMs);
    return {
      connections,
      brokenOff: this.brokenOff,
      byMethod: Object.fromEntries(this.#byMethod),
      matched: {
        asked: this.#asked,
        passed: this.#passed,
        answeredByNobody: Object.fromEntries(this.#answeredByNobody),
        ripe: ripe.length,
        late: late.length
      },
      others: { asked: this.#othersAsked, passed: this.#othersPassed },
      touched: this.rule?.touched ?? 0
    };
  }
  #concerns({ method }) {
    return matches(this.#pattern, method);
  }
};
var LinkCalls = class {
  #watches = /* @__PURE__ */ new Set();
  get wanted() {
    return this.#watches.size > 0;
  }
  add(watch) {
    this.#watches.add(watch);
  }
  /** Its rule goes with it. Safe to call twice. */
  remove(watch) {
    watch.clear();
    this.#watches.delete(watch);
  }
  strike(method, random2) {
    for (const { rule } of this.#watches) if (rule && !rule.over && rule.strikes(method, random2)) return rule;
    return void 0;
  }
  brokeOff() {
    for (const watch of this.#watches) watch.brokenOff++;
  }
  asked(call) {
    for (const watch of this.#watches) watch.asked(call);
  }
  passed(call) {
    for (const watch of this.#watches) watch.passed(call);
  }
  ended(call, how) {
    for (const watch of this.#watches) watch.ended(call, how);
  }
};

// src/engines/local/links/link.ts
import { createServer } from "node:net";

// src/engines/local/links/connection.ts
import { connect } from "node:net";

// src/engines/local/links/behaviours/bandwidth.ts
var bandwidth = (atMs, bytes, { bytesPerSecond }, { wire }) => {
  if (bytesPerSecond === void 0) return atMs;
  wire.freeAtMs = Math.max(wire.freeAtMs, atMs) + bytes / bytesPerSecond * 1e3;
  return wire.freeAtMs;
};

// src/engines/local/links/behaviours/delay.ts
var delay = (atMs, _bytes, conditions, _state, random2) => {
  const jitterMs = conditions.jitterMs > 0 ? (2 * random2.next() - 1) * conditions.jitterMs : 0;
  return atMs + Math.max(0, conditions.delayMs + jitterMs);
};

// src/engines/local/links/behaviours/behaviour.ts
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

// src/engines/local/links/http2/frames.ts
var preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");
var frameType = {
  data: 0,
  headers: 1,
  resetStream: 3,
  settings: 4,
  pushPromise: 5,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9
};
var frameFlag = { endStream: 1, endHeaders: 4, padded: 8, priority: 32 };
var noError = 0;
var frameHeadBytes = 9;
var payloadAtMost = 16384;
var Http2Error = class extends Error {
};
var FrameReader = class {
  #chunks = [];
  #bytes = 0;
  #neededBytes = frameHeadBytes;
  /** The frames that are complete with this chunk, in order. */
  *read(chunk) {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes < this.#neededBytes) return;
    const all = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#bytes);
    let at = 0;
    this.#neededBytes = frameHeadBytes;
    while (all.length - at >= frameHeadBytes) {
      const frameBytes = frameHeadBytes + all.readUIntBE(at, 3);
      if (all.length - at < frameBytes) {
        this.#neededBytes = frameBytes;
        break;
      }
      yield frameOf(all.subarray(at, at + frameBytes));
      at += frameBytes;
    }
    this.#chunks = at === all.length ? [] : [all.subarray(at)];
    this.#bytes = all.length - at;
  }
};
function frameOf(bytes) {
  return {
    type: bytes.readUInt8(3),
    flags: bytes.readUInt8(4),
    streamId: bytes.readUInt32BE(5) & 2147483647,
    payload: bytes.subarray(frameHeadBytes),
    bytes
  };
}
var BlockReader = class {
  #open;
  /** The whole block with its last frame, `part` for those before, and undefined for a frame that has none. */
  read(frame) {
    const open = this.#open;
    if (open) {
      if (frame.type !== frameType.continuation || frame.streamId !== open.first.streamId) {
        throw new Http2Error("another frame amid a header block");
      }
      open.parts.push(frame.payload);
      return this.#endsWith(frame, open);
    }
    if (frame.type === frameType.continuation) throw new Http2Error("a continuation of nothing");
    if (frame.type !== frameType.headers && frame.type !== frameType.pushPromise) return void 0;
    const payload = unpadded(frame);
    const priority = frame.type === frameType.headers && (frame.flags & frameFlag.priority) !== 0;
    const leadBytes = priority ? 5 : frame.type === frameType.pushPromise ? 4 : 0;
    return this.#endsWith(frame, {
      first: {
        type: frame.type,
        streamId: frame.streamId,
        endStream: frame.type === frameType.headers && (frame.flags & frameFlag.endStream) !== 0,
        lead: payload.subarray(0, leadBytes),
        priority
      },
      parts: [payload.subarray(leadBytes)]
    });
  }
  #endsWith(frame, open) {
    if ((frame.flags & frameFlag.endHeaders) === 0) {
      this.#open = open;
      return "part";
    }
    this.#open = void 0;
    const [only = Buffer.alloc(0)] = open.parts;
    return { ...open.first, block: open.parts.length === 1 ? only : Buffer.concat(open.parts) };
  }
};
function unpadded({ flags, payload }) {
  if ((flags & frameFlag.padded) === 0) return payload;
  const padding = payload[0] ?? 0;
  if (padding >= payload.length) throw new Http2Error("more padding than there is payload");
  return payload.subarray(1, payload.length - padding);
}
function writeBlock(whole) {
  const { type, streamId, endStream, lead, priority, block } = whole;
  const roomInFirst = payloadAtMost - lead.length;
  const parts = [];
  const first = block.subarray(0, roomInFirst);
  const flags = (endStream ? frameFlag.endStream : 0) | (priority ? frameFlag.priority : 0) | (first.length === block.length ? frameFlag.endHeaders : 0);
  parts.push(frameHead(lead.length + first.length, type, flags, streamId), lead, first);
  for (let at = first.length; at < block.length; at += payloadAtMost) {
    const part = block.subarray(at, at + payloadAtMost);
    const last = at + part.length === block.length;
    parts.push(frameHead(part.length, frameType.continuation, last ? frameFlag.endHeaders : 0, streamId), part);
  }
  return Buffer.concat(parts);
}
function writeWindowUpdate(streamId, bytes) {
  return withNumber(frameType.windowUpdate, streamId, bytes);
}
function writeResetStream(streamId, errorCode) {
  return withNumber(frameType.resetStream, streamId, errorCode);
}
function withNumber(type, streamId, value) {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(value);
  return Buffer.concat([frameHead(payload.length, type, 0, streamId), payload]);
}
function frameHead(payloadBytes, type, flags, streamId) {
  const head = Buffer.alloc(frameHeadBytes);
  head.writeUIntBE(payloadBytes, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(streamId, 5);
  return head;
}

// src/engines/local/links/scheduler.ts
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

// src/engines/local/links/http2/huffman.ts
var bitsOf = [
  13,
  23,
  28,
  28,
  28,
  28,
  28,
  28,
  28,
  24,
  30,
  28,
  28,
  30,
  28,
  28,
  28,
  28,
  28,
  28,
  28,
  28,
  30,
  28,
  28,
  28,
  28,
  28,
  28,
  28,
  28,
  28,
  6,
  10,
  10,
  12,
  13,
  6,
  8,
  11,
  10,
  10,
  8,
  11,
  8,
  6,
  6,
  6,
  5,
  5,
  5,
  6,
  6,
  6,
  6,
  6,
  6,
  6,
  7,
  8,
  15,
  6,
  12,
  10,
  13,
  6,
  7,
  7,
  7,
  7,
  7,
  7,
  7,
  7,
  7,
  7,
  7,
  7,
  7,
  7,
  7,
  7,
  7,
  7,
  7,
  7,
  7,
  7,
  8,
  7,
  8,
  13,
  19,
  13,
  14,
  6,
  15,
  5,
  6,
  5,
  6,
  5,
  6,
  6,
  6,
  5,
  7,
  7,
  6,
  6,
  6,
  5,
  6,
  7,
  6,
  5,
  5,
  6,
  7,
  7,
  7,
  7,
  7,
  15,
  11,
  14,
  13,
  28,
  20,
  22,
  20,
  20,
  22,
  22,
  22,
  23,
  22,
  23,
  23,
  23,
  23,
  23,
  24,
  23,
  24,
  24,
  22,
  23,
  24,
  23,
  23,
  23,
  23,
  21,
  22,
  23,
  22,
  23,
  23,
  24,
  22,
  21,
  20,
  22,
  22,
  23,
  23,
  21,
  23,
  22,
  22,
  24,
  21,
  22,
  23,
  23,
  21,
  21,
  22,
  21,
  23,
  22,
  23,
  23,
  20,
  22,
  22,
  22,
  23,
  22,
  22,
  23,
  26,
  26,
  20,
  19,
  22,
  23,
  22,
  25,
  26,
  26,
  26,
  27,
  27,
  26,
  24,
  25,
  19,
  21,
  26,
  27,
  27,
  26,
  27,
  24,
  21,
  21,
  26,
  26,
  28,
  27,
  27,
  27,
  20,
  24,
  20,
  21,
  22,
  21,
  21,
  23,
  22,
  22,
  25,
  25,
  24,
  24,
  26,
  23,
  26,
  27,
  26,
  26,
  27,
  27,
  27,
  27,
  27,
  28,
  27,
  27,
  27,
  27,
  27,
  26,
  30
];
var endOfString = 256;
var inner = 0;
var tree = plantTree();
function decodeHuffman(coded) {
  const bytes = Buffer.allocUnsafe(Math.ceil(coded.length * 8 / 5));
  let length = 0;
  let node = 0;
  let depth = 0;
  let allOnes = true;
  for (const byte of coded) {
    for (let mask = 128; mask > 0; mask >>= 1) {
      const bit = (byte & mask) === 0 ? 0 : 1;
      const next = tree[2 * node + bit] ?? inner;
      depth++;
      allOnes &&= bit === 1;
      if (next < 0) {
        if (~next === endOfString) return void 0;
        bytes[length++] = ~next;
        node = 0;
        depth = 0;
        allOnes = true;
      } else {
        node = next;
      }
    }
  }
  return depth < 8 && allOnes ? bytes.toString("latin1", 0, length) : void 0;
}
function plantTree() {
  const nodes = new Int16Array(2 * bitsOf.length);
  const symbols = bitsOf.map((bits, symbol) => ({ bits, symbol })).sort((a, b) => a.bits - b.bits || a.symbol - b.symbol);
  let planted = 1;
  let code = 0;
  let width = 0;
  for (const { bits, symbol } of symbols) {
    code *= 2 ** (bits - width);
    width = bits;
    let node = 0;
    for (let left = bits - 1; left >= 0; left--) {
      const at = 2 * node + Math.floor(code / 2 ** left) % 2;
      if (left === 0) nodes[at] = ~symbol;
      else if (nodes[at] === inner) nodes[at] = planted++;
      node = nodes[at] ?? inner;
    }
    code++;
  }
  return nodes;
}

// src/engines/local/links/http2/hpack.ts
var HpackError = class extends Error {
};
var staticTable = `
:authority|
:method|GET
:method|POST
:path|/
:path|/index.html
:scheme|http
:scheme|https
:status|200
:status|204
:status|206
:status|304
:status|400
:status|404
:status|500
accept-charset|
accept-encoding|gzip, deflate
accept-language|
accept-ranges|
accept|
access-control-allow-origin|
age|
allow|
authorization|
cache-control|
content-disposition|
content-encoding|
content-language|
content-length|
content-location|
content-range|
content-type|
cookie|
date|
etag|
expect|
expires|
from|
host|
if-match|
if-modified-since|
if-none-match|
if-range|
if-unmodified-since|
last-modified|
link|
location|
max-forwards|
proxy-authenticate|
proxy-authorization|
range|
referer|
refresh|
retry-after|
server|
set-cookie|
strict-transport-security|
transfer-encoding|
user-agent|
vary|
via|
www-authenticate|`.trim().split("\n").map((line) => {
  const [name = "", value = ""] = line.split("|");
  return { name, value, neverIndexed: false };
});
var entryOverhead = 32;
var initialTableSize = 4096;
var tableSizeCap = 64 * 1048576;
var HpackDecoder = class {
  /** Newest first. */
  #table = [];
  #tableBytes = 0;
  #capBytes = initialTableSize;
  #block = new Uint8Array();
  #at = 0;
  /** Throws HpackError; nothing that follows on the connection can be read then. */
  decode(block) {
    this.#block = block;
    this.#at = 0;
    const headers = [];
    const tableSizes = [];
    while (this.#at < block.length) {
      const first = block[this.#at] ?? 0;
      if (first & 128) {
        headers.push(this.#entry(this.#integer(7)));
      } else if (first & 64) {
        const header = this.#literal(6, false);
        this.#add(header);
        headers.push(header);
      } else if (first & 32) {
        if (headers.length > 0) throw new HpackError("a table size in the middle of a header block");
        const size = this.#integer(5);
        if (size > tableSizeCap) throw new HpackError(`a table of ${size} bytes`);
        tableSizes.push(size);
        this.#capBytes = size;
        this.#evict(0);
      } else {
        headers.push(this.#literal(4, (first & 16) !== 0));
      }
    }
    return { headers, tableSizes };
  }
  #entry(index) {
    const header = index <= staticTable.length ? staticTable[index - 1] : this.#table[index - staticTable.length - 1];
    if (!header) throw new HpackError(`there is no table entry ${index}`);
    return header;
  }
  #literal(prefixBits, neverIndexed) {
    const index = this.#integer(prefixBits);
    const name = index === 0 ? this.#text() : this.#entry(index).name;
    return { name, value: this.#text(), neverIndexed };
  }
  #add(header) {
    const size = header.name.length + header.value.length + entryOverhead;
    this.#evict(size);
    if (size > this.#capBytes) return;
    this.#table.unshift(header);
    this.#tableBytes += size;
  }
  #evict(roomBytes) {
    while (this.#tableBytes + roomBytes > this.#capBytes) {
      const oldest = this.#table.pop();
      if (!oldest) return;
      this.#tableBytes -= oldest.name.length + oldest.value.length + entryOverhead;
    }
  }
  /** Section 5.1. */
  #integer(prefixBits) {
    const most = 2 ** prefixBits - 1;
    let value = this.#byte() & most;
    if (value < most) return value;
    for (let weight = 1; ; weight *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * weight;
      if (value > 4294967295) throw new HpackError("an integer of more than 32 bits");
      if ((byte & 128) === 0) return value;
      if (weight > 2 ** 35) throw new HpackError("an integer without end");
    }
  }
  /** Section 5.2. */
  #text() {
    const coded = ((this.#block[this.#at] ?? 0) & 128) !== 0;
    const length = this.#integer(7);
    if (this.#at + length > this.#block.length) throw new HpackError("a string that is longer than its block");
    const bytes = this.#block.subarray(this.#at, this.#at + length);
    this.#at += length;
    const text2 = coded ? decodeHuffman(bytes) : Buffer.from(bytes).toString("latin1");
    if (text2 === void 0) throw new HpackError("a string that is no Huffman code");
    return text2;
  }
  #byte() {
    const byte = this.#block[this.#at++];
    if (byte === void 0) throw new HpackError("a header block that ends too soon");
    return byte;
  }
};
function encodeHeaders({ headers, tableSizes }) {
  const parts = tableSizes.map((size) => integer(32, 5, size));
  for (const { name, value, neverIndexed } of headers) {
    parts.push(Buffer.from([neverIndexed ? 16 : 0]), ...text(name), ...text(value));
  }
  return Buffer.concat(parts);
}
function text(value) {
  return [integer(0, 7, value.length), Buffer.from(value, "latin1")];
}
function integer(pattern, prefixBits, value) {
  const most = 2 ** prefixBits - 1;
  if (value < most) return Buffer.from([pattern | value]);
  const bytes = [pattern | most];
  let rest = value - most;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push(rest % 128 | 128);
  bytes.push(rest);
  return Buffer.from(bytes);
}

// src/engines/local/links/http2/intermediary.ts
var Intermediary = class {
  #parts;
  #requests = { frames: new FrameReader(), blocks: new BlockReader(), headers: new HpackDecoder() };
  #answers = { frames: new FrameReader(), blocks: new BlockReader(), headers: new HpackDecoder() };
  #prefaceLeft = preface.length;
  #highestSeen = 0;
  #highestPassed = 0;
  /** Streams that the server never heard of, while the client may still send on them. */
  #swallowed = /* @__PURE__ */ new Map();
  /** Table sizes announced in blocks that were swallowed: the server waits for them. */
  #owedTableSizes = [];
  #delayed = /* @__PURE__ */ new Map();
  /** By due time. */
  #held = [];
  #whenNothingHeld;
  #toServer = [];
  #toClient = [];
  constructor(parts) {
    this.#parts = parts;
  }
  /** Throws HpackError or Http2Error if the client has broken the protocol; nothing more can be passed on then. */
  fromClient(chunk) {
    const prefaceBytes = Math.min(this.#prefaceLeft, chunk.length);
    if (prefaceBytes > 0) {
      this.#prefaceLeft -= prefaceBytes;
      this.#toServer.push(chunk.subarray(0, prefaceBytes));
    }
    for (const frame of this.#requests.frames.read(chunk.subarray(prefaceBytes))) this.#request(frame);
    this.#flush();
  }
  /** Throws as `fromClient` does. */
  fromServer(chunk) {
    for (const frame of this.#answers.frames.read(chunk)) this.#answer(frame);
    this.#flush();
  }
  /** Calls back when all that the server has said has been passed on. */
  whenNothingHeld(then) {
    if (this.#held.length === 0) then();
    else this.#whenNothingHeld = then;
  }
  /** The connection is gone: nothing held is passed on any more. */
  close() {
    this.#held = [];
    this.#whenNothingHeld = void 0;
  }
  /** Passes on what is due. */
  run(nowMs) {
    const due = this.#held.findIndex(({ dueMs }) => dueMs > nowMs + earlyMs);
    for (const { streamId, bytes } of this.#held.splice(0, due < 0 ? this.#held.length : due)) {
      const delayed = this.#delayed.get(streamId);
      if (delayed) delayed.held--;
      this.#toClient.push(bytes);
    }
    this.#flush();
    if (this.#held.length > 0 || !this.#whenNothingHeld) return;
    const then = this.#whenNothingHeld;
    this.#whenNothingHeld = void 0;
    then();
  }
  #request(frame) {
    const whole = this.#requests.blocks.read(frame);
    if (whole === "part") return;
    if (whole) this.#requestBlock(whole, this.#requests.headers.decode(whole.block));
    else if (this.#swallows(frame.streamId)) this.#swallow(frame);
    else this.#passRequest(frame);
  }
  #requestBlock(whole, decoded) {
    const { streamId, endStream } = whole;
    if (streamId > this.#highestSeen) {
      this.#highestSeen = streamId;
      const method = methodOf(decoded.headers);
      const struck = method === void 0 ? void 0 : this.#parts.strike(method);
      const action = struck?.rule.action;
      if (action?.type === "drop" || action?.type === "status") {
        if (!endStream) this.#swallowed.set(streamId, action.type === "drop" ? "dropped" : "answered");
        if (action.type === "status") this.#answerFor(streamId, endStream, action);
      } else if (struck) {
        this.#delayed.set(streamId, { by: struck, lastDueMs: 0, held: 0 });
      }
      if (action === void 0 || action.type === "delay") this.#highestPassed = streamId;
    }
    const tableSizes = [...this.#owedTableSizes, ...decoded.tableSizes];
    if (this.#swallows(streamId)) {
      if (endStream) this.#swallowed.delete(streamId);
      this.#owedTableSizes = tableSizes.length > 2 ? [Math.min(...tableSizes), ...tableSizes.slice(-1)] : tableSizes;
      return;
    }
    this.#owedTableSizes = [];
    this.#toServer.push(writeBlock({ ...whole, block: encodeHeaders({ ...decoded, tableSizes }) }));
  }
  /** The server does not know this stream: it was kept from it, or every stream since. */
  #swallows(streamId) {
    return streamId !== 0 && (streamId > this.#highestPassed || this.#swallowed.has(streamId)) && streamId % 2 === 1;
  }
  #swallow({ type, flags, streamId, payload }) {
    if (type === frameType.resetStream) this.#swallowed.delete(streamId);
    if (type !== frameType.data) return;
    const ended = (flags & frameFlag.endStream) !== 0;
    const credit = (stream) => {
      if (payload.length > 0) this.#toClient.push(writeWindowUpdate(stream, payload.length));
    };
    credit(0);
    if (ended) this.#swallowed.delete(streamId);
    else if (this.#swallowed.get(streamId) === "dropped") credit(streamId);
  }
  #passRequest(frame) {
    this.#toServer.push(frame.bytes);
    if (frame.type !== frameType.resetStream) return;
    this.#delayed.delete(frame.streamId);
    let flowBytes = 0;
    this.#held = this.#held.filter((held) => {
      if (held.streamId !== frame.streamId) return true;
      flowBytes += held.flowBytes;
      return false;
    });
    if (flowBytes > 0) this.#toServer.push(writeWindowUpdate(0, flowBytes));
  }
  /** Trailers-only. What the client still sends on an open stream it may stop sending (RFC 9113, section 8.1). */
  #answerFor(streamId, ended, { status, message }) {
    const block = encodeHeaders({ headers: answerHeaders(status, message), tableSizes: [] });
    const frame = { type: frameType.headers, streamId, endStream: true, lead: Buffer.alloc(0), priority: false, block };
    this.#toClient.push(writeBlock(frame));
    if (!ended) this.#toClient.push(writeResetStream(streamId, noError));
  }
  #answer(frame) {
    const whole = this.#answers.blocks.read(frame);
    if (whole === "part") return;
    if (whole) {
      const bytes = writeBlock({ ...whole, block: encodeHeaders(this.#answers.headers.decode(whole.block)) });
      this.#passAnswer(whole.streamId, whole.endStream, bytes, 0);
    } else if (frame.type === frameType.data) {
      this.#passAnswer(frame.streamId, (frame.flags & frameFlag.endStream) !== 0, frame.bytes, frame.payload.length);
    } else if (frame.type === frameType.resetStream) {
      this.#passAnswer(frame.streamId, true, frame.bytes, 0);
    } else {
      this.#toClient.push(frame.bytes);
    }
  }
  #passAnswer(streamId, last, bytes, flowBytes) {
    const delayed = this.#delayed.get(streamId);
    const { by } = delayed ?? {};
    const delayMs = by?.rule.action.type === "delay" && !by.over ? by.rule.action.delayMs : 0;
    if (!delayed || delayMs === 0 && delayed.held === 0) {
      this.#toClient.push(bytes);
    } else {
      delayed.lastDueMs = Math.max(delayed.lastDueMs, this.#parts.scheduler.nowMs() + delayMs);
      delayed.held++;
      this.#hold({ dueMs: delayed.lastDueMs, streamId, bytes, flowBytes });
    }
    if (last && delayed) this.#delayed.delete(streamId);
  }
  #hold(held) {
    let at = this.#held.length;
    while (at > 0 && (this.#held[at - 1]?.dueMs ?? 0) > held.dueMs) at--;
    this.#held.splice(at, 0, held);
    this.#parts.scheduler.at(held.dueMs, this);
  }
  #flush() {
    const [toServer, toClient] = [this.#toServer, this.#toClient];
    if (toServer.length > 0) {
      this.#toServer = [];
      this.#parts.toServer(joined(toServer));
    }
    if (toClient.length > 0) {
      this.#toClient = [];
      this.#parts.toClient(joined(toClient));
    }
  }
};
function joined(buffers) {
  const [first] = buffers;
  return first !== void 0 && buffers.length === 1 ? first : Buffer.concat(buffers);
}

// src/engines/local/links/http2/observer.ts
var CallObserver = class {
  #listener;
  #nowMs;
  #open = /* @__PURE__ */ new Map();
  #asked;
  #passed;
  #answered;
  #highest = 0;
  constructor(listener, nowMs) {
    this.#listener = listener;
    this.#nowMs = nowMs;
    this.#asked = new Sight(preface.length, {
      headers: ({ streamId }, headers) => this.#sawRequest(streamId, headers),
      reset: (streamId) => this.#sawEnd(streamId, "reset")
    });
    this.#passed = new Sight(preface.length, { headers: ({ streamId }) => this.#sawPassing(streamId) });
    this.#answered = new Sight(0, {
      headers: (block, headers) => this.#sawAnswer(block, headers),
      ended: (streamId) => this.#sawEnd(streamId, "no status"),
      reset: (streamId) => this.#sawEnd(streamId, "reset")
    });
  }
  /** What the client sent, as it came. Throws what cannot be read, as all three do. */
  fromClient(bytes) {
    this.#asked.read(bytes);
  }
  /** What goes on to the server. */
  toServer(bytes) {
    this.#passed.read(bytes);
  }
  /** What goes to the client. */
  toClient(bytes) {
    this.#answered.read(bytes);
  }
  #sawRequest(streamId, headers) {
    if (streamId <= this.#highest) return;
    this.#highest = streamId;
    const method = methodOf(headers);
    if (method === void 0) return;
    const call = { method, askedMs: this.#nowMs(), passed: false, answeredMs: void 0 };
    this.#open.set(streamId, call);
    this.#listener.asked(call);
  }
  #sawPassing(streamId) {
    const call = this.#open.get(streamId);
    if (!call || call.passed) return;
    call.passed = true;
    this.#listener.passed(call);
  }
  #sawAnswer({ streamId, endStream, type }, headers) {
    const call = this.#open.get(streamId);
    if (!call || type !== frameType.headers) return;
    call.answeredMs ??= this.#nowMs();
    if (!endStream) return;
    const status = statusOf(headers);
    this.#sawEnd(streamId, status === void 0 ? "no status" : statusName(status));
  }
  #sawEnd(streamId, how) {
    const call = this.#open.get(streamId);
    if (!call || !this.#open.delete(streamId)) return;
    this.#listener.ended(call, how);
  }
};
var Sight = class {
  #frames = new FrameReader();
  #blocks = new BlockReader();
  #headers = new HpackDecoder();
  #seen;
  #skipBytes;
  constructor(skipBytes, seen) {
    this.#skipBytes = skipBytes;
    this.#seen = seen;
  }
  read(bytes) {
    const skipped = Math.min(this.#skipBytes, bytes.length);
    this.#skipBytes -= skipped;
    for (const frame of this.#frames.read(bytes.subarray(skipped))) this.#frame(frame);
  }
  #frame(frame) {
    const whole = this.#blocks.read(frame);
    if (whole === "part") return;
    if (whole) this.#seen.headers(whole, this.#headers.decode(whole.block).headers);
    else if (frame.type === frameType.resetStream) this.#seen.reset?.(frame.streamId);
    else if (frame.type === frameType.data && frame.flags & frameFlag.endStream) this.#seen.ended?.(frame.streamId);
  }
};

// src/engines/local/links/http2/call-reader.ts
function speechOf(bytes) {
  const compared = Math.min(bytes.length, preface.length);
  if (preface.subarray(0, compared).equals(bytes.subarray(0, compared))) {
    return compared === preface.length ? "http2" : "silent";
  }
  return bytes[0] === 22 && (bytes[1] ?? 3) === 3 ? "encrypted" : "other";
}
var CallReader = class {
  #parts;
  #intermediary;
  #observer;
  #speech = "silent";
  /** What was said before it was clear what is spoken. */
  #clientSaid = Buffer.alloc(0);
  #serverSaid = Buffer.alloc(0);
  constructor(parts) {
    this.#parts = parts;
    const { calls, random: random2, scheduler: scheduler2 } = parts;
    this.#observer = new CallObserver(calls, () => scheduler2.nowMs());
    this.#intermediary = new Intermediary({
      scheduler: scheduler2,
      strike: (method) => calls.strike(method, random2),
      toServer: (bytes) => {
        this.#observer.toServer(bytes);
        parts.toServer(bytes);
      },
      toClient: (bytes) => {
        this.#observer.toClient(bytes);
        parts.toClient(bytes);
      }
    });
  }
  get speech() {
    return this.#speech;
  }
  fromClient(chunk) {
    if (this.#speech === "http2") {
      this.#guarded(() => this.#read(chunk));
      return;
    }
    if (this.#speech === "silent") {
      const said = this.#clientSaid.length === 0 ? chunk : Buffer.concat([this.#clientSaid, chunk]);
      this.#clientSaid = said;
      this.#decide(speechOf(said));
    } else {
      this.#parts.toServer(chunk);
    }
  }
  fromServer(chunk) {
    if (this.#speech === "http2") {
      this.#guarded(() => this.#intermediary.fromServer(chunk));
      return;
    }
    if (this.#speech === "silent") {
      this.#serverSaid = Buffer.concat([this.#serverSaid, chunk]);
      if (this.#serverSaid[0] !== 0) this.#decide("other");
    } else {
      this.#parts.toClient(chunk);
    }
  }
  /** The client has no more to say: what has kept the secret of what it speaks until now passes as it is. */
  clientEnded() {
    if (this.#speech === "silent") this.#decide("other");
  }
  /** The server has no more to say; `then` when all of it has been passed on. */
  serverEnded(then) {
    if (this.#speech === "silent") this.#decide("other");
    this.#intermediary.whenNothingHeld(then);
  }
  /** Nothing that is held is passed on any more. */
  close() {
    this.#intermediary.close();
  }
  #decide(speech) {
    if (speech === "silent") return;
    this.#speech = speech;
    const [client, server] = [this.#clientSaid, this.#serverSaid];
    this.#clientSaid = this.#serverSaid = Buffer.alloc(0);
    if (client.length > 0) this.fromClient(client);
    if (server.length > 0) this.fromServer(server);
  }
  #read(chunk) {
    this.#observer.fromClient(chunk);
    this.#intermediary.fromClient(chunk);
  }
  #guarded(read) {
    try {
      read();
    } catch {
      this.#parts.calls.brokeOff();
      this.#parts.onBroken();
    }
  }
};

// src/engines/local/links/behaviours/cut.ts
var heldBytesCap = 1048576;
var initialWindowBytes = 10 * 1448;
function cutAllowance(cutHere, cutOpposite) {
  if (cutHere) return 0;
  return cutOpposite ? initialWindowBytes : Number.POSITIVE_INFINITY;
}

// src/engines/local/links/pipe.ts
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

// src/engines/local/links/connection.ts
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
  /** Present when the calls of the link were wanted at the time the connection was made: what it says can be read. */
  #reader;
  /** Of one that is not read, by its first bytes. */
  #speech = "silent";
  /** Answers that were given for the upstream before it was there. */
  #early = [];
  constructor(parts) {
    this.#parts = parts;
    this.#dialler = parts.dialler;
    this.#forward = this.#pipe("forward", parts.dialler);
    this.#watch(parts.dialler);
    this.#reader = parts.calls?.wanted ? this.#read(parts.calls) : void 0;
    const { dialler } = parts;
    if (this.#reader) dialler.on("data", (chunk) => this.#reader?.fromClient(chunk));
    else this.#passOn(dialler);
    parts.dialler.on("end", () => this.#diallerEnded());
    parts.dialler.on("error", () => this.#broke(this.#forward, this.#backward));
    this.#start();
  }
  /** What it speaks, and whether its calls can be read. */
  get speech() {
    return { is: this.#reader?.speech ?? this.#speech, read: this.#reader !== void 0 };
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
    this.#reader?.close();
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
    const reader = this.#reader;
    if (reader) upstream.on("data", (chunk) => reader.fromServer(chunk));
    else upstream.on("data", (chunk) => backward.offer(chunk));
    upstream.on("end", () => {
      if (reader) reader.serverEnded(() => backward.offerEnd());
      else backward.offerEnd();
    });
    backward.openTo(this.#dialler);
    for (const answer of this.#early.splice(0)) backward.offer(answer);
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
    if (this.#state === "waiting" && this.#cut()) {
      this.#dialler.destroy();
      return;
    }
    this.#reader?.clientEnded();
    this.#forward.offerEnd();
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
    this.#reader?.close();
    to?.discard();
    if (this.#state === "open") from.offerReset();
    else this.reset();
  }
  /** Its first bytes are looked at, so that it is known what a link carries; all that follow pass with no more ado. */
  #passOn(dialler) {
    dialler.once("data", (first) => {
      this.#speech = speechOf(first);
      dialler.on("data", (chunk) => this.#forward.offer(chunk));
      this.#forward.offer(first);
    });
  }
  #read(calls) {
    return new CallReader({
      calls,
      random: this.#parts.random.fork("calls"),
      scheduler: this.#parts.scheduler,
      toServer: (bytes) => this.#forward.offer(bytes),
      toClient: (bytes) => {
        if (this.#backward) this.#backward.offer(bytes);
        else this.#early.push(bytes);
      },
      onBroken: () => this.reset()
    });
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

// src/engines/local/links/types.ts
var cleanConditions = {
  delayMs: 0,
  jitterMs: 0,
  bytesPerSecond: void 0,
  lossShare: 0,
  cut: false
};

// src/engines/local/links/way.ts
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

// src/engines/local/links/link.ts
var loopback = "127.0.0.1";
var loopback6 = "::1";
var Link = class {
  #forward;
  #backward;
  #memory;
  #scheduler;
  #random;
  #traffic = /* @__PURE__ */ new Set();
  #calls = new LinkCalls();
  /** By port; one that listens on ::1 too has two. */
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
  async open(listenPort, upstream, ipv6) {
    const accept = (dialler) => this.#accept(dialler, upstream);
    const port = await this.#listen(loopback, listenPort ?? 0, this.#traffic, accept);
    if (ipv6) await this.#listen(loopback6, port, this.#traffic, accept);
    return port;
  }
  /** A further listener, whose traffic is not counted and whose draws do not move those of the traffic. */
  openLane(upstream) {
    const connections = /* @__PURE__ */ new Set();
    return this.#listen(loopback, 0, connections, (dialler) => this.#acceptByLane(dialler, upstream, connections));
  }
  /** Closes a listener and breaks its connections, whatever is injected. */
  async closeListener(port) {
    const listeners = this.#listeners.get(port) ?? [];
    this.#listeners.delete(port);
    const closed = listeners.map(({ server }) => closeServer(server));
    for (const { connections } of listeners) for (const connection of [...connections]) connection.reset();
    await Promise.all(closed);
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
  /**
   * From now on the calls of new connections are read. Those of HTTP/2 that are there already cannot be: they are reset, so that
   * their diallers make them anew; how many that were.
   */
  watchCalls(watch) {
    this.#calls.add(watch);
    const unread = [...this.#traffic].filter(({ speech }) => speech.is === "http2" && !speech.read);
    for (const connection of unread) connection.reset();
    return unread.length;
  }
  callsSeen(watch, lateAfterMs) {
    return watch.read(lateAfterMs, this.#speeches());
  }
  unwatchCalls(watch) {
    this.#calls.remove(watch);
  }
  async close() {
    await Promise.all([...this.#listeners.keys()].map((port) => this.closeListener(port)));
  }
  #speeches() {
    const speeches = [...this.#traffic].map(({ speech }) => speech);
    const count = (is, read) => speeches.filter((speech) => speech.is === is && (read === void 0 || speech.read === read)).length;
    return {
      read: count("http2", true),
      unread: count("http2", false),
      encrypted: count("encrypted"),
      other: count("other")
    };
  }
  #connections() {
    return [...new Set([...this.#listeners.values()].flat().flatMap(({ connections }) => [...connections]))];
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
      calls: this.#calls,
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
  #listen(host, port, connections, accept) {
    const server = createServer({ allowHalfOpen: true, noDelay: true, highWaterMark }, accept);
    return new Promise((resolve, reject) => {
      server.on("error", (error) => reject(listenError(error, host, port)));
      server.listen(port, host, () => {
        const { port: listening } = server.address();
        this.#listeners.set(listening, [...this.#listeners.get(listening) ?? [], { server, connections }]);
        resolve(listening);
      });
    });
  }
};
function listenError(error, host, port) {
  if (error.code === "EADDRINUSE") {
    return new ChaosError("port", `Port ${port} on ${host} is taken, so no link can listen there.`, {
      hint: `See who has it with \`ss -ltnp 'sport = :${port}'\` and stop that process, or choose another port.`
    });
  }
  if (error.code === "EACCES") {
    return new ChaosError("port", `Port ${port} on ${host} may not be used by this user.`, {
      hint: "Ports below 1024 need privileges; choose a higher one."
    });
  }
  return new ChaosError("port", `A link cannot listen on ${host}:${port}: ${messageOf(error)}`);
}
function closeServer(server) {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

// src/engines/local/links/worker.ts
var { seed } = workerData;
var random = createRandom(seed);
var scheduler = new Scheduler();
var links = /* @__PURE__ */ new Map();
var watches = /* @__PURE__ */ new Map();
var watchesMade = 0;
var loopLag = watchLoopLag();
var methods = {
  async open({ linkId, listenPort, upstream, ipv6, counters }) {
    if (links.has(linkId)) throw new ChaosError("internal", `There is a link ${linkId} already.`);
    const link = new Link(counters, scheduler, random.fork(linkId));
    links.set(linkId, link);
    try {
      return { port: await link.open(listenPort, upstream, ipv6) };
    } catch (error) {
      links.delete(linkId);
      throw error;
    }
  },
  openLane: async ({ linkId, upstream }) => ({
    port: await find(linkId).openLane(upstream)
  }),
  closeLane: ({ linkId, port }) => find(linkId).closeListener(port),
  shape({ linkId, direction, change }) {
    find(linkId).shape(direction, change);
  },
  /** One link, or all of them. */
  clear({ linkId }) {
    for (const link of linkId === void 0 ? links.values() : [find(linkId)]) link.clear();
  },
  reset: (linkId) => find(linkId).reset(),
  watchCalls({ linkId, method }) {
    const link = find(linkId);
    const watch = new CallWatch(method, () => scheduler.nowMs());
    const watchId = watchesMade++;
    watches.set(watchId, { link, watch });
    return { watchId, connectionsReset: link.watchCalls(watch) };
  },
  applyRule({ watchId, rule }) {
    findWatch(watchId).watch.apply(rule);
  },
  clearRule(watchId) {
    findWatch(watchId).watch.clear();
  },
  readCalls({ watchId, lateAfterMs }) {
    const { link, watch } = findWatch(watchId);
    return link.callsSeen(watch, lateAfterMs);
  },
  unwatchCalls(watchId) {
    const { link, watch } = findWatch(watchId);
    link.unwatchCalls(watch);
    watches.delete(watchId);
  },
  /** Since it was last asked. */
  lag() {
    const lag = loopLag.read();
    loopLag.reset();
    return lag;
  },
  async close() {
    await Promise.all([...links.values()].map((link) => link.close()));
    links.clear();
    scheduler.close();
    loopLag.stop();
  }
};
if (parentPort) serve(parentPort, "links", methods);
function find(linkId) {
  const link = links.get(linkId);
  if (!link) throw new ChaosError("internal", `There is no link ${linkId}.`);
  return link;
}
function findWatch(watchId) {
  const found = watches.get(watchId);
  if (!found) throw new ChaosError("internal", `There is no watch ${watchId}.`);
  return found;
}
