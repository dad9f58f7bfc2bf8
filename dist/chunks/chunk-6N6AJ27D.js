import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  pollUntil
} from "./chunk-ODIJ4CHI.js";
import {
  ChaosError,
  messageOf
} from "./chunk-CQ3ZUHQN.js";

// src/faults/ledger.ts
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync as readdirSync3,
  readFileSync as readFileSync4,
  rmSync,
  writeFileSync
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

// src/cluster/proc.ts
import { readdirSync, readFileSync } from "node:fs";
var runMark = "CHAOS_ACTION_RUN";
var nodeMark = "CHAOS_ACTION_NODE";
var ticksPerSecond = 100;
function readStat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const field = (number) => Number(fields[number - 3]);
    return {
      pid,
      state: fields[0] ?? "?",
      parent: field(4),
      group: field(5),
      session: field(6),
      startTicks: field(22),
      cpuSeconds: (field(14) + field(15)) / ticksPerSecond,
      residentBytes: field(24) * 4096
    };
  } catch {
    return void 0;
  }
}
function isAlive(process2) {
  const stat = readStat(process2.pid);
  return stat !== void 0 && stat.startTicks === process2.startTicks && stat.state !== "Z" && stat.state !== "X";
}
function findMarked(run, node) {
  const found = [];
  for (const entry of readdirSync("/proc")) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const environment = readEnvironment(pid);
    if (!environment.includes(`\0${runMark}=${run}\0`)) continue;
    if (node !== void 0 && !environment.includes(`\0${nodeMark}=${node}\0`)) continue;
    const stat = readStat(pid);
    if (stat && stat.state !== "Z" && stat.state !== "X") found.push(stat);
  }
  return found;
}
function findSession(session) {
  return readdirSync("/proc").flatMap((entry) => {
    const stat = /^\d+$/.test(entry) ? readStat(Number(entry)) : void 0;
    return stat && stat.session === session && stat.state !== "Z" && stat.state !== "X" ? [stat] : [];
  });
}
function readEnvironment(pid) {
  try {
    return `\0${readFileSync(`/proc/${pid}/environ`, "latin1")}`;
  } catch {
    return "";
  }
}
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
async function killAll(find, pause) {
  const killed = /* @__PURE__ */ new Set();
  let foundNone = 0;
  for (let round = 0; round < 100 && foundNone < 2; round++) {
    const left = find();
    foundNone = left.length === 0 ? foundNone + 1 : 0;
    for (const { pid } of left) {
      killed.add(pid);
      signal(pid, "SIGKILL");
    }
    await pause();
  }
  return killed.size;
}

// src/faults/vdso/process.ts
import { closeSync as closeSync2, openSync as openSync2, readFileSync as readFileSync3, readSync as readSync2, writeSync } from "node:fs";

// src/faults/vdso/image.ts
function findVdso(maps) {
  const match = /^([0-9a-f]+)-([0-9a-f]+) .*\[vdso\]$/m.exec(maps);
  return match ? { start: Number.parseInt(match[1] ?? "", 16), end: Number.parseInt(match[2] ?? "", 16) } : void 0;
}
var loadSegment = 1;
var dynamicSegment = 2;
var dynamicTags = { hash: 4, strings: 5, symbols: 6, gnuHash: 1879047925 };
var functionType = 2;
var symbolBytes = 24;
function parseVdso(image) {
  if (image.length < 64 || image.readUInt32BE(0) !== 2135247942) throw notUnderstood("it is no ELF image");
  if (image[4] !== 2 || image[5] !== 1) throw notUnderstood("it is not 64-bit and little-endian");
  try {
    return read(image);
  } catch (error) {
    if (error instanceof RangeError) throw notUnderstood("its tables point out of the image");
    throw error;
  }
}
function read(image) {
  const word = (offset) => image.readUInt32LE(offset);
  const long = (offset) => Number(image.readBigUInt64LE(offset));
  const segments = Array.from({ length: image.readUInt16LE(56) }, (_, i) => long(32) + i * image.readUInt16LE(54));
  const sectionsEnd = long(40) + image.readUInt16LE(58) * image.readUInt16LE(60);
  const loadEnds = segments.filter((at) => word(at) === loadSegment).map((at) => Math.max(long(at + 8) + long(at + 32), long(at + 16) + long(at + 40)));
  const dynamic = segments.find((at) => word(at) === dynamicSegment);
  if (dynamic === void 0) throw notUnderstood("it has no dynamic section");
  const tags = /* @__PURE__ */ new Map();
  for (let at = long(dynamic + 8); long(at) !== 0; at += 16) tags.set(long(at), long(at + 8));
  const symbols = tags.get(dynamicTags.symbols);
  const strings = tags.get(dynamicTags.strings);
  if (symbols === void 0 || strings === void 0) throw notUnderstood("it has no symbols");
  const functions = /* @__PURE__ */ new Map();
  const count = symbolCount(image, tags);
  for (let at = symbols; at < symbols + count * symbolBytes; at += symbolBytes) {
    const defined = image.readUInt16LE(at + 6) !== 0;
    if (!defined || (image.readUInt8(at + 4) & 15) !== functionType) continue;
    const nameAt = strings + word(at);
    const name = image.toString("latin1", nameAt, image.indexOf(0, nameAt));
    functions.set(name, { start: long(at + 8), end: long(at + 8) + long(at + 16) });
  }
  return { machine: image.readUInt16LE(18), functions, usedBytes: Math.max(sectionsEnd, ...loadEnds) };
}
function symbolCount(image, tags) {
  const hash = tags.get(dynamicTags.hash);
  if (hash !== void 0) return image.readUInt32LE(hash + 4);
  const gnu = tags.get(dynamicTags.gnuHash);
  if (gnu === void 0) throw notUnderstood("it has no hash table");
  const [buckets, firstHashed, bloomWords] = [0, 4, 8].map((at) => image.readUInt32LE(gnu + at));
  if (buckets === void 0 || firstHashed === void 0 || bloomWords === void 0) return 0;
  const bucketsAt = gnu + 16 + bloomWords * 8;
  const chainsAt = bucketsAt + buckets * 4;
  let last = 0;
  for (let i = 0; i < buckets; i++) last = Math.max(last, image.readUInt32LE(bucketsAt + i * 4));
  if (last < firstHashed) return firstHashed;
  while ((image.readUInt32LE(chainsAt + (last - firstHashed) * 4) & 1) === 0) last++;
  return last + 1;
}
function notUnderstood(why) {
  return new ChaosError("fault", `the vDSO is not understood: ${why}`);
}

// src/faults/vdso/machine.ts
var nanosecondsPerSecond = 1000000000n;
function shiftOf(offsetMs) {
  const offset = BigInt(Math.round(offsetMs * 1e3)) * 1000n;
  const nanoseconds = (offset % nanosecondsPerSecond + nanosecondsPerSecond) % nanosecondsPerSecond;
  return { seconds: (offset - nanoseconds) / nanosecondsPerSecond, nanoseconds };
}
var dataAt = { switch: 0, seconds: 8, nanoseconds: 16, microseconds: 24 };
var dataBytes = 32;
function stubData({ seconds, nanoseconds }, on) {
  const data = Buffer.alloc(dataBytes);
  data.writeUInt8(on ? 1 : 0, dataAt.switch);
  data.writeBigInt64LE(seconds, dataAt.seconds);
  data.writeBigInt64LE(nanoseconds, dataAt.nanoseconds);
  data.writeBigInt64LE(nanoseconds / 1000n, dataAt.microseconds);
  return data;
}

// src/faults/vdso/arm64.ts
var system = { clockGettime: 113, gettimeofday: 169 };
var coarseWallClock = 5;
var zero = 31;
var movX = (to, from) => 2852127712 | from << 16 | to;
var movW = (to, from) => 704644064 | from << 16 | to;
var movz = (to, value) => 3531603968 | value << 5 | to;
var movkHigh = (to, value) => 4070572032 | value << 5 | to;
var svc = 3556769793;
var ret = 3596551104;
var addX = (to, a, b) => 2332033024 | b << 16 | a << 5 | to;
var subX = (to, a, b) => 3405774848 | b << 16 | a << 5 | to;
var addOne = (to) => 2432696320 | 1 << 10 | to << 5 | to;
var cmpX = (a, b) => subX(zero, a, b) | 536870912;
var cmpWImmediate = (a, value) => 1895825439 | value << 10 | a << 5;
var ccmpWUnlessEqual = (a, value) => 2051016704 | value << 16 | 1 << 12 | a << 5 | 4;
var adr = (to, by) => 268435456 | (by & 3) << 29 | (by >> 2 & 524287) << 5 | to;
var loadByte = (to, base, offset) => 960495616 | offset << 10 | base << 5 | to;
var loadX = (to, base, offset) => 4181721088 | offset / 8 << 10 | base << 5 | to;
var loadPair = (a, b, base) => 2839543808 | b << 10 | base << 5 | a;
var storePair = (a, b, base) => 2835349504 | b << 10 | base << 5 | a;
var branch = {
  ifNotZeroW: (register, to) => ({ branch: 889192448 | register, to }),
  ifZeroW: (register, to) => ({ branch: 872415232 | register, to }),
  ifZeroX: (register, to) => ({ branch: 3019898880 | register, to }),
  ifNotEqual: (to) => ({ branch: 1409286145, to }),
  ifLower: (to) => ({ branch: 1409286147, to })
};
function addToPair(base, fraction, perSecond) {
  return [
    loadPair(4, 5, base),
    loadX(6, 3, dataAt.seconds),
    loadX(7, 3, fraction),
    addX(4, 4, 6),
    addX(5, 5, 7),
    movz(9, perSecond & 65535),
    movkHigh(9, perSecond >>> 16),
    cmpX(5, 9),
    branch.ifLower(`no carry ${fraction}`),
    subX(5, 5, 9),
    addOne(4),
    `no carry ${fraction}:`,
    storePair(4, 5, base)
  ];
}
var dataInX3 = { branch: adr(3, 0), to: "data" };
var parts = [
  "clock_gettime:",
  // w0: the clock, x1: the timespec
  movW(2, 0),
  movz(8, system.clockGettime),
  svc,
  branch.ifNotZeroW(0, "gettime done"),
  cmpWImmediate(2, 0),
  ccmpWUnlessEqual(2, coarseWallClock),
  branch.ifNotEqual("gettime done"),
  dataInX3,
  loadByte(4, 3, dataAt.switch),
  branch.ifZeroW(4, "gettime done"),
  ...addToPair(1, dataAt.nanoseconds, 1e9),
  "gettime done:",
  ret,
  "gettimeofday:",
  // x0: the timeval or null, x1: the time zone or null
  movX(2, 0),
  movz(8, system.gettimeofday),
  svc,
  branch.ifNotZeroW(0, "timeofday done"),
  branch.ifZeroX(2, "timeofday done"),
  dataInX3,
  loadByte(4, 3, dataAt.switch),
  branch.ifZeroW(4, "timeofday done"),
  ...addToPair(2, dataAt.microseconds, 1e6),
  "timeofday done:",
  ret
];
var landingPad = 3573752927;
var arm64 = {
  name: "AArch64",
  elf: 183,
  names: { clock_gettime: ["__kernel_clock_gettime"], gettimeofday: ["__kernel_gettimeofday"] },
  stub(shift, on) {
    const { code, labels } = assembled;
    const starts = {
      clock_gettime: labels.get("clock_gettime") ?? 0,
      gettimeofday: labels.get("gettimeofday") ?? 0,
      time: 0
    };
    return { bytes: Buffer.concat([stubData(shift, on), code]), starts };
  },
  jump: (from, to) => (
    // Where branch target identification is in force, an indirect call must land on one of a few instructions; elsewhere this one does nothing.
    words([landingPad, 335544320 | to - (from + 4) >> 2 & 67108863])
  )
};
var assembled = assemble(parts);
function assemble(code) {
  const labels = /* @__PURE__ */ new Map([["data", 0]]);
  let end = dataBytes;
  for (const part of code) {
    if (typeof part === "string") labels.set(part.slice(0, -1), end);
    else end += 4;
  }
  const encoded = [];
  for (const part of code) {
    if (typeof part === "string") continue;
    const at = dataBytes + encoded.length * 4;
    if (typeof part === "number") encoded.push(part);
    else encoded.push(part.branch | ((labels.get(part.to) ?? at) - at >> 2 & 524287) << 5);
  }
  return { code: words(encoded), labels };
}
function words(values) {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    bytes.writeUInt32LE(value >>> 0, i * 4);
  });
  return bytes;
}

// src/faults/vdso/x64.ts
var jump = { always: 235, below: 114, equal: 116, notEqual: 117 };
var system2 = { clockGettime: 228, gettimeofday: 96 };
var coarseWallClock2 = 5;
var u32 = (value) => [...Buffer.from(Uint32Array.of(value).buffer)];
var syscall = (number) => [184, ...u32(number), 15, 5];
var ret2 = [195];
var unlessOn = (to) => [
  { before: [128, 61], data: dataAt.switch, after: [0] },
  // cmp byte [switch], 0
  { jump: jump.equal, to }
];
function addToPair2(register, fraction, perSecond) {
  return [
    { before: [72, 139, 5], data: dataAt.seconds },
    // mov rax, [seconds]
    [72, 1, register],
    // add [register], rax
    { before: [72, 139, 5], data: fraction },
    // mov rax, [fraction]
    [72, 3, 64 | register, 8],
    // add rax, [register + 8]
    [72, 61, ...u32(perSecond)],
    // cmp rax, perSecond
    { jump: jump.below, to: `no carry ${fraction}` },
    [72, 45, ...u32(perSecond)],
    // sub rax, perSecond
    [72, 255, register],
    // inc qword [register]
    `no carry ${fraction}:`,
    [72, 137, 64 | register, 8],
    // mov [register + 8], rax
    [49, 192]
    // xor eax, eax
  ];
}
var parts2 = [
  "clock_gettime:",
  // rdi: the clock, rsi: the timespec
  syscall(system2.clockGettime),
  [133, 192],
  // test eax, eax
  { jump: jump.notEqual, to: "gettime done" },
  [131, 255, coarseWallClock2],
  // cmp edi, CLOCK_REALTIME_COARSE
  { jump: jump.equal, to: "wall clock" },
  [133, 255],
  // test edi, edi: CLOCK_REALTIME is 0
  { jump: jump.notEqual, to: "gettime done" },
  "wall clock:",
  ...unlessOn("gettime done"),
  ...addToPair2(6, dataAt.nanoseconds, 1e9),
  "gettime done:",
  ret2,
  "gettimeofday:",
  // rdi: the timeval or null, rsi: the time zone or null
  syscall(system2.gettimeofday),
  [133, 192],
  // test eax, eax
  { jump: jump.notEqual, to: "timeofday done" },
  [72, 133, 255],
  // test rdi, rdi
  { jump: jump.equal, to: "timeofday done" },
  ...unlessOn("timeofday done"),
  ...addToPair2(7, dataAt.microseconds, 1e6),
  "timeofday done:",
  ret2,
  "time:",
  // rdi: where to store it too, or null. time(2) has no fraction to add to; the clock it tells the seconds of has.
  [87],
  // push rdi
  [72, 131, 236, 16],
  // sub rsp, 16
  [191, ...u32(coarseWallClock2)],
  // mov edi, CLOCK_REALTIME_COARSE
  [72, 137, 230],
  // mov rsi, rsp
  syscall(system2.clockGettime),
  [88, 90, 95],
  // pop rax; pop rdx; pop rdi
  ...unlessOn("store time"),
  { before: [72, 3, 5], data: dataAt.seconds },
  // add rax, [seconds]
  { before: [72, 3, 21], data: dataAt.nanoseconds },
  // add rdx, [nanoseconds]
  [72, 129, 250, ...u32(1e9)],
  // cmp rdx, 1e9
  { jump: jump.below, to: "store time" },
  [72, 255, 192],
  // inc rax
  "store time:",
  [72, 133, 255],
  // test rdi, rdi
  { jump: jump.equal, to: "time done" },
  [72, 137, 7],
  // mov [rdi], rax
  "time done:",
  ret2
];
var x64 = {
  name: "x86-64",
  elf: 62,
  names: {
    clock_gettime: ["__vdso_clock_gettime", "clock_gettime"],
    gettimeofday: ["__vdso_gettimeofday", "gettimeofday"],
    time: ["__vdso_time", "time"]
  },
  stub(shift, on) {
    const { code, labels } = assembled2;
    const starts = { clock_gettime: 0, gettimeofday: 0, time: 0 };
    for (const name of ["clock_gettime", "gettimeofday", "time"]) starts[name] = labels.get(name) ?? 0;
    return { bytes: Buffer.concat([stubData(shift, on), code]), starts };
  },
  jump(from, to) {
    const bytes = Buffer.from([233, 0, 0, 0, 0]);
    bytes.writeInt32LE(to - (from + bytes.length), 1);
    return bytes;
  }
};
var assembled2 = assemble2(parts2);
function assemble2(code) {
  const labels = /* @__PURE__ */ new Map();
  let end = dataBytes;
  for (const part of code) {
    if (typeof part === "string") labels.set(part.slice(0, -1), end);
    else if ("jump" in part) end += 2;
    else if ("data" in part) end += part.before.length + 4 + (part.after?.length ?? 0);
    else end += part.length;
  }
  const bytes = [];
  for (const part of code) {
    const at = dataBytes + bytes.length;
    if (typeof part === "string") continue;
    if ("jump" in part) bytes.push(part.jump, (labels.get(part.to) ?? at) - (at + 2) & 255);
    else if ("data" in part) {
      const { before, data, after = [] } = part;
      bytes.push(...before, ...u32(data - (at + before.length + 4 + after.length)), ...after);
    } else bytes.push(...part);
  }
  return { code: Buffer.from(bytes), labels };
}

// src/faults/vdso/patch.ts
function restoration({ stub, entries, cleared }) {
  return cleared.length > 0 ? [[stub, ...entries]] : [entries, [stub]];
}
var alignment = 16;
function planPatch(image, shift, on = true) {
  const parsed = parseVdso(image);
  const machine = [x64, arm64].find(({ elf }) => elf === parsed.machine);
  if (!machine) throw impossible(`its processor (ELF machine ${parsed.machine}) is neither x86-64 nor AArch64`);
  const found = Object.entries(machine.names).flatMap(([name, names]) => {
    const range = names.map((alias) => parsed.functions.get(alias)).find((known) => known !== void 0);
    return range ? [{ name, range }] : [];
  });
  if (!found.some(({ name }) => name === "clock_gettime")) throw impossible("it has no clock_gettime");
  const stub = machine.stub(shift, on);
  const place = findRoom(image, parsed, machine, found[0]?.range, stub.bytes.length);
  const part = (offset, replacement) => ({
    offset,
    original: Buffer.from(image.subarray(offset, offset + replacement.length)),
    replacement
  });
  const entries = found.map(({ name, range }) => {
    const jump2 = machine.jump(range.start, place.offset + stub.starts[name]);
    if (jump2.length > range.end - range.start) throw impossible(`its ${name} is too short`);
    return part(range.start, jump2);
  });
  return {
    stub: part(place.offset, stub.bytes),
    entries,
    cleared: place.inside ? [place.inside] : [],
    switchOffset: place.offset + dataAt.switch
  };
}
function patched(image, { stub, entries }) {
  const changed = Buffer.from(image);
  for (const { offset, replacement } of [stub, ...entries]) replacement.copy(changed, offset);
  return changed;
}
function findRoom(image, { usedBytes }, machine, clockGettime, length) {
  const behind = align(usedBytes);
  const free = image.subarray(behind);
  if (free.length >= length && free.every((byte) => byte === 0)) return { offset: behind };
  if (clockGettime) {
    const offset = align(clockGettime.start + machine.jump(0, 0).length);
    if (offset + length <= clockGettime.end) return { offset, inside: clockGettime };
  }
  throw impossible(`it has no room for ${length} bytes of code`);
}
function align(offset) {
  return Math.ceil(offset / alignment) * alignment;
}
function impossible(why) {
  return new ChaosError("fault", `the vDSO cannot be rewritten: ${why}`);
}

// src/faults/vdso/stop.ts
import { closeSync, openSync, readdirSync as readdirSync2, readFileSync as readFileSync2, readSync } from "node:fs";
var stopWithinMs = 50;
var stackBytes = 32 * 1024;
function whileStopped(process2, ranges, work) {
  const { pid } = process2;
  if (!isAlive(process2)) return "gone";
  const stoppedBefore = standsStill(pid);
  try {
    if (!stoppedBefore) {
      signal(pid, "SIGSTOP");
      if (!comesToStand(pid)) return isAlive(process2) ? "busy" : "gone";
    }
    for (const thread of threadsOf(pid)) if (standsIn(pid, thread, ranges)) return "busy";
    work();
    return "done";
  } catch (error) {
    if (!isAlive(process2)) return "gone";
    throw error;
  } finally {
    if (!stoppedBefore) signal(pid, "SIGCONT");
  }
}
function comesToStand(pid) {
  for (let waitedMs = 0; waitedMs < stopWithinMs; waitedMs++) {
    if (standsStill(pid)) return true;
    waitBlocking(1);
  }
  return false;
}
function standsStill(pid) {
  const threads = threadsOf(pid);
  return threads.length > 0 && threads.every((thread) => ["T", "Z", "X", void 0].includes(stateOf(pid, thread)));
}
function threadsOf(pid) {
  try {
    return readdirSync2(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}
function stateOf(pid, thread) {
  try {
    const text = readFileSync2(`/proc/${pid}/task/${thread}/stat`, "utf8");
    return text[text.lastIndexOf(")") + 2];
  } catch {
    return void 0;
  }
}
function standsIn(pid, thread, ranges) {
  const state = stateOf(pid, thread);
  if (state !== "T") return state !== void 0 && state !== "Z" && state !== "X";
  let text;
  try {
    text = readFileSync2(`/proc/${pid}/task/${thread}/syscall`, "utf8").trim();
  } catch (error) {
    throw new ChaosError("fault", `where the threads of process ${pid} stand cannot be read`, { cause: error });
  }
  const [stackPointer, counter] = text.split(" ").slice(-2);
  if (stackPointer === void 0 || counter === void 0) return true;
  const inside = (address) => ranges.some(({ start, end }) => address > start && address < end);
  return inside(Number(counter)) || returnsInto(pid, Number(stackPointer), inside);
}
function returnsInto(pid, stackPointer, inside) {
  const stack = Buffer.alloc(stackBytes);
  const memory = openSync(`/proc/${pid}/mem`, "r");
  let length = 0;
  try {
    length = readSync(memory, stack, 0, stack.length, stackPointer);
  } catch {
  } finally {
    closeSync(memory);
  }
  for (let at = 0; at + 8 <= length; at += 8) {
    if (inside(stack.readUInt32LE(at) + stack.readUInt32LE(at + 4) * 2 ** 32)) return true;
  }
  return false;
}
var neverNotified = new Int32Array(new SharedArrayBuffer(4));
function waitBlocking(ms) {
  Atomics.wait(neverNotified, 0, 0, ms);
}

// src/faults/vdso/process.ts
var persistForMs = 1e3;
var attemptEveryMs = 5;
function readVdso(pid) {
  const range = vdsoOf(pid);
  if (!range) throw new ChaosError("fault", `process ${pid} has no [vdso] mapping`);
  return { ...range, image: readMemory(pid, range.start, range.end - range.start) };
}
function tryPatch(process2, vdso, { stub, entries, cleared }) {
  const parts3 = [stub, ...entries];
  const ranges = [...parts3.map(rangeOf), ...cleared].map((range) => moved(range, vdso.start));
  return whileStopped(process2, ranges, () => {
    for (const { offset, replacement } of parts3) writeMemory(process2.pid, vdso.start + offset, replacement);
  });
}
async function persistently(attempt) {
  const outcome = await pollUntil(
    () => {
      const made = attempt();
      return made === "busy" ? void 0 : made;
    },
    { withinMs: persistForMs, everyMs: attemptEveryMs }
  );
  return outcome ?? "busy";
}
function restorationOf(vdso, patch) {
  return restoration(patch).map(
    (parts3) => parts3.map(({ offset, original }) => ({ address: vdso.start + offset, bytes: original }))
  );
}
async function restore(process2, vdsoStart, steps) {
  for (const step of steps) {
    const ranges = step.map(({ address, bytes }) => ({ start: address, end: address + bytes.length }));
    const outcome = await persistently(
      () => whileStopped(process2, ranges, () => {
        if (vdsoOf(process2.pid)?.start !== vdsoStart) return;
        for (const { address, bytes } of step) writeMemory(process2.pid, address, bytes);
      })
    );
    if (outcome !== "done") return outcome;
  }
  return "done";
}
function switchShift(pid, vdso, { switchOffset, entries }, on) {
  const jumps = entries.every(
    ({ offset, replacement }) => readMemory(pid, vdso.start + offset, replacement.length).equals(replacement)
  );
  if (jumps) writeMemory(pid, vdso.start + switchOffset, Buffer.from([on ? 1 : 0]));
}
function vdsoOf(pid) {
  try {
    return findVdso(readFileSync3(`/proc/${pid}/maps`, "utf8"));
  } catch (error) {
    throw forbidden(pid, "maps", error);
  }
}
function rangeOf({ offset, replacement }) {
  return { start: offset, end: offset + replacement.length };
}
function moved({ start, end }, by) {
  return { start: start + by, end: end + by };
}
function readMemory(pid, address, length) {
  const bytes = Buffer.alloc(length);
  try {
    const memory = openSync2(`/proc/${pid}/mem`, "r");
    try {
      if (readSync2(memory, bytes, 0, length, address) === length) return bytes;
    } finally {
      closeSync2(memory);
    }
  } catch (error) {
    throw forbidden(pid, "mem", error);
  }
  throw new ChaosError("fault", `the memory of process ${pid} could be read in part only`);
}
function writeMemory(pid, address, bytes) {
  try {
    const memory = openSync2(`/proc/${pid}/mem`, "r+");
    try {
      writeSync(memory, bytes, 0, bytes.length, address);
    } finally {
      closeSync2(memory);
    }
  } catch (error) {
    throw forbidden(pid, "mem", error);
  }
  if (!readMemory(pid, address, bytes.length).equals(bytes))
    throw new ChaosError("fault", `what was written to the memory of process ${pid} is not what is there`);
}
function forbidden(pid, file, error) {
  const { code } = error;
  const why = code === "EACCES" || code === "EPERM" ? `the kernel does not permit it (${code}: another user's process, or Yama's ptrace_scope)` : code === "EIO" ? "the kernel does not let code be written (EIO: proc_mem.force_override or a hardened kernel)" : messageOf(error);
  return new ChaosError("fault", `/proc/${pid}/${file} cannot be used: ${why}`, { cause: error });
}

// src/faults/ledger.ts
function stateFolder() {
  return join(tmpdir(), `chaos-action-${userInfo().uid}`);
}
var Ledger = class _Ledger {
  folder;
  #file;
  #open = /* @__PURE__ */ new Map();
  #next = 1;
  constructor(folder) {
    this.folder = folder;
    this.#file = join(folder, "ledger.jsonl");
  }
  /** Begins the ledger of a run, owned by this process. */
  static begin(run, states = stateFolder()) {
    const folder = join(states, run);
    try {
      mkdirSync(states, { recursive: true, mode: 448 });
      requireOwn(states);
      mkdirSync(folder, { recursive: true, mode: 448 });
    } catch (error) {
      if (error instanceof ChaosError) throw error;
      throw new ChaosError("internal", `the state of the run cannot be kept in ${folder}: ${messageOf(error)}`, {
        hint: "the undo ledger is written there; let TMPDIR name a folder that can be written to",
        cause: error
      });
    }
    const owner = {
      run,
      pid: process.pid,
      startTicks: readStat(process.pid)?.startTicks ?? 0,
      startedAt: (/* @__PURE__ */ new Date()).toISOString()
    };
    writeFileSync(join(folder, "owner.json"), JSON.stringify(owner));
    return new _Ledger(folder);
  }
  /** Writes down how to undo something, before it is done. Returns what to call when it has been undone. */
  add(undo, why) {
    const entry = this.#next++;
    this.#open.set(entry, undo);
    this.#append({ entry, undo, why });
    return () => {
      if (this.#open.delete(entry)) this.#append({ undone: entry });
    };
  }
  /** The run has ended in order: nothing is left to undo, and its state goes. */
  end() {
    rmSync(this.folder, { recursive: true, force: true });
  }
  #append(line) {
    appendFileSync(this.#file, `${JSON.stringify(line)}
`);
  }
};
function requireOwn(states) {
  const stat = lstatSync(states);
  if (stat.isDirectory() && stat.uid === userInfo().uid) return;
  throw new ChaosError("internal", `${states} is not a folder of this user, so its undo ledgers are not trusted`, {
    hint: "find out who made it and remove it, or let TMPDIR name another folder"
  });
}
function abandonedRuns(folder = stateFolder()) {
  if (!existsSync(folder)) return [];
  requireOwn(folder);
  return readdirSync3(folder).filter((run) => {
    const owner = readOwner(join(folder, run));
    return owner === void 0 || !isAlive(owner);
  });
}
async function replay(run, states = stateFolder()) {
  const folder = join(states, run);
  const done = [];
  const entries = openEntries(folder).reverse();
  for (const { undo, why } of entries) {
    const did = await undoOne(undo);
    if (did) done.push(`${did} (${why})`);
  }
  const dying = entries.flatMap(({ undo }) => undo.type === "kill" ? [undo.process] : []);
  await pollUntil(() => dying.some(isAlive) ? void 0 : true, { withinMs: 1e3, everyMs: 5 });
  const killed = await killAll(
    () => findMarked(run),
    () => sleep(10)
  );
  if (killed > 0) done.push(`killed ${killed} processes`);
  if (existsSync(folder)) {
    rmSync(folder, { recursive: true, force: true });
    done.push("removed its state");
  }
  return done;
}
async function undoOne(undo) {
  switch (undo.type) {
    case "continue": {
      const stopped = undo.processes.filter((process2) => isAlive(process2) && readStat(process2.pid)?.state === "T");
      for (const { pid } of stopped) signal(pid, "SIGCONT");
      return stopped.length > 0 ? `continued ${stopped.length} stopped processes` : void 0;
    }
    case "remove-folder":
      if (!existsSync(undo.folder)) return void 0;
      rmSync(undo.folder, { recursive: true, force: true });
      return `removed ${undo.folder}`;
    case "kill": {
      if (!isAlive(undo.process)) return void 0;
      const session = findSession(undo.process.pid);
      for (const { pid } of [...session, undo.process]) signal(pid, "SIGKILL");
      const more = session.length > 1 ? ` and ${session.length - 1} more of its session` : "";
      return `killed process ${undo.process.pid}${more}`;
    }
    case "ends-with-run":
      return void 0;
    case "vdso":
      return restoreVdso(undo);
  }
}
async function restoreVdso({ process: process2, start, steps }) {
  if (!isAlive(process2)) return void 0;
  try {
    const bytes = steps.map(
      (step) => step.map((part) => ({ address: part.address, bytes: Buffer.from(part.bytes, "hex") }))
    );
    const outcome = await restore(process2, start, bytes);
    signal(process2.pid, "SIGCONT");
    return outcome === "done" ? `restored the vDSO of process ${process2.pid}` : void 0;
  } catch {
    return void 0;
  }
}
function openEntries(folder) {
  const entries = /* @__PURE__ */ new Map();
  for (const text of readText(join(folder, "ledger.jsonl")).split("\n")) {
    const line = parse(text);
    if (!line) continue;
    if ("undone" in line) entries.delete(line.undone);
    else entries.set(line.entry, line);
  }
  return [...entries.values()];
}
function readOwner(folder) {
  return parse(readText(join(folder, "owner.json")));
}
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return void 0;
  }
}
function readText(file) {
  try {
    return readFileSync4(file, "utf8");
  } catch {
    return "";
  }
}

export {
  runMark,
  nodeMark,
  readStat,
  isAlive,
  findMarked,
  findSession,
  signal,
  killAll,
  shiftOf,
  planPatch,
  patched,
  readVdso,
  tryPatch,
  persistently,
  restorationOf,
  restore,
  switchShift,
  stateFolder,
  Ledger,
  abandonedRuns,
  replay
};
