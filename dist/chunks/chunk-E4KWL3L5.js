import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  execa
} from "./chunk-C7D3GCA6.js";
import {
  isAlive,
  readStat,
  signal
} from "./chunk-4VURHDWC.js";
import {
  pollUntil
} from "./chunk-REAO3S7U.js";
import {
  ChaosError,
  messageOf
} from "./chunk-EV4V3EIO.js";

// src/base/find-program.ts
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
function findProgram(name, path2 = process.env.PATH ?? "") {
  if (isAbsolute(name)) return isExecutable(name) ? name : void 0;
  return path2.split(delimiter).filter((folder) => folder !== "").map((folder) => join(folder, name)).find(isExecutable);
}
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

// src/engines/local/clock/vdso/process.ts
import { closeSync as closeSync2, openSync as openSync2, readFileSync as readFileSync2, readSync as readSync2, writeSync } from "node:fs";

// src/engines/local/clock/vdso/image.ts
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
    const { code } = error;
    if (code === "ERR_OUT_OF_RANGE" || code === "ERR_BUFFER_OUT_OF_BOUNDS")
      throw notUnderstood("its tables point out of the image");
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

// src/engines/local/clock/vdso/machine.ts
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

// src/engines/local/clock/vdso/arm64.ts
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

// src/engines/local/clock/vdso/x64.ts
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

// src/engines/local/clock/vdso/patch.ts
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

// src/engines/local/clock/vdso/stop.ts
import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
var stopWithinMs = 50;
var stackBytes = 32 * 1024;
function whileStopped(process2, ranges, work) {
  const { pid } = process2;
  if (!isAlive(process2)) return "gone";
  const stoppedBefore = isStopping(pid);
  try {
    if (!stoppedBefore) signal(pid, "SIGSTOP");
    if (!comesToStand(pid)) return isAlive(process2) ? "busy" : "gone";
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
function isStopping(pid) {
  return threadsOf(pid).some((thread) => stateOf(pid, thread) === "T");
}
function standsStill(pid) {
  const threads = threadsOf(pid);
  return threads.length > 0 && threads.every((thread) => ["T", "Z", "X", void 0].includes(stateOf(pid, thread)));
}
function threadsOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}
function stateOf(pid, thread) {
  try {
    const text = readFileSync(`/proc/${pid}/task/${thread}/stat`, "utf8");
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
    text = readFileSync(`/proc/${pid}/task/${thread}/syscall`, "utf8").trim();
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

// src/engines/local/clock/vdso/process.ts
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
    if (vdsoOf(process2.pid)?.start !== vdso.start)
      throw new ChaosError("fault", `process ${process2.pid} has become another program`);
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
  if (vdsoOf(pid)?.start !== vdso.start) return;
  const jumps = entries.every(
    ({ offset, replacement }) => readMemory(pid, vdso.start + offset, replacement.length).equals(replacement)
  );
  if (jumps) writeMemory(pid, vdso.start + switchOffset, Buffer.from([on ? 1 : 0]));
}
function vdsoOf(pid) {
  try {
    return findVdso(readFileSync2(`/proc/${pid}/maps`, "utf8"));
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

// src/engines/local/host/programs.ts
function missing(programs, path2 = process.env.PATH ?? "") {
  const absent = programs.filter((program) => findProgram(program, path2) === void 0);
  return absent.length === 0 ? void 0 : `${absent.join(" and ")} is not on the PATH (package util-linux)`;
}
async function setAffinity(id, cpus, whole) {
  await runOn(id, ["taskset", ...whole ? ["-a"] : [], "-p", "-c", cpus, `${id}`]);
}
async function setSoftLimit(pid, resource, soft) {
  await runOn(pid, ["prlimit", "--pid", `${pid}`, `--${resource}=${soft}:`]);
}
async function runOn(id, [command = "", ...args]) {
  const { failed, stderr, shortMessage } = await execa(command, args, {
    reject: false,
    stdin: "ignore",
    env: { LC_ALL: "C" }
  });
  if (!failed || /No such process/.test(stderr)) return;
  throw new Error(stderr.trim() || messageOf(shortMessage), { cause: id });
}

// src/engines/local/host/cpus.ts
import { readdirSync as readdirSync2, readFileSync as readFileSync3 } from "node:fs";
function parseCpus(list2) {
  return list2.trim().split(",").filter((part) => part !== "").flatMap((part) => {
    const [first = 0, last = first] = part.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}
function formatCpus(cpus) {
  const sorted = [...new Set(cpus)].sort((a, b) => a - b);
  const parts3 = [];
  for (let i = 0; i < sorted.length; ) {
    let j = i;
    while (sorted[j + 1] === (sorted[j] ?? 0) + 1) j++;
    parts3.push(i === j ? `${sorted[i]}` : `${sorted[i]}-${sorted[j]}`);
    i = j + 1;
  }
  return parts3.join(",");
}
function allowedCpus(id) {
  try {
    const [, list2 = ""] = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync3(`/proc/${id}/status`, "latin1")) ?? [];
    return parseCpus(list2);
  } catch {
    return void 0;
  }
}
function threadsOf2(pid) {
  try {
    return readdirSync2(`/proc/${pid}/task`).map(Number);
  } catch {
    return [];
  }
}
function splitCpus(nodes, tool) {
  const others = tool.filter((cpu) => !nodes.includes(cpu));
  if (others.length > 0) return { struck: nodes, harness: others };
  const kept = tool[tool.length - 1];
  if (kept === void 0 || nodes.length < 2) return { struck: nodes, harness: tool };
  return { struck: nodes.filter((cpu) => cpu !== kept), harness: [kept] };
}

// src/engines/local/host/affinity.ts
function saveAffinity(pid) {
  const stat = readStat(pid);
  const own = allowedCpus(pid);
  if (!stat || !own) return void 0;
  const cpus = formatCpus(own);
  const threads = threadsOf2(pid).flatMap((id) => {
    const allowed = allowedCpus(id);
    return allowed === void 0 || formatCpus(allowed) === cpus ? [] : [{ id, cpus: formatCpus(allowed) }];
  });
  return { pid, startTicks: stat.startTicks, cpus, threads };
}
var Pins = class {
  #held = /* @__PURE__ */ new Map();
  /** Where these processes could run before anybody pinned them; those that are gone are left out. To be released once. */
  hold(pids) {
    return pids.flatMap((pid) => {
      const held = this.#held.get(pid);
      if (held && isAlive(held.saved)) {
        held.holders++;
        return [held.saved];
      }
      const saved = saveAffinity(pid);
      if (!saved) return [];
      this.#held.set(pid, { saved, holders: 1 });
      return [saved];
    });
  }
  /** Those of them that nobody else holds: they may be let go. */
  release(some) {
    return some.filter((saved) => {
      const held = this.#held.get(saved.pid);
      if (!held || held.saved !== saved) return true;
      if (--held.holders > 0) return false;
      this.#held.delete(saved.pid);
      return true;
    });
  }
};
async function restoreAffinity(saved, set = setAffinity) {
  const living = saved.filter(isAlive);
  for (const { pid, cpus, threads } of living) {
    await set(pid, cpus, true);
    for (const { id, cpus: own } of threads) if (threadsOf2(pid).includes(id)) await set(id, own, false);
  }
  return living.length;
}
function runsOnlyOn(pid, cpus) {
  const threads = threadsOf2(pid);
  return threads.length > 0 && threads.every((id) => (allowedCpus(id) ?? []).every((cpu) => cpus.includes(cpu)));
}

// src/engines/local/host/limits.ts
import { readdirSync as readdirSync3, readFileSync as readFileSync4 } from "node:fs";
var rows = { nofile: "Max open files", fsize: "Max file size" };
function readSoftLimit(pid, resource) {
  try {
    const text = readFileSync4(`/proc/${pid}/limits`, "latin1");
    return new RegExp(`^${rows[resource]} +(\\S+)`, "m").exec(text)?.[1];
  } catch {
    return void 0;
  }
}
async function restoreLimits(resource, saved, set = setSoftLimit) {
  const living = saved.filter(isAlive);
  for (const { pid, soft } of living) await set(pid, resource, soft);
  return living.length;
}
function openDescriptors(pid) {
  try {
    return readdirSync3(`/proc/${pid}/fd`).map(Number);
  } catch {
    return [];
  }
}
function limitWithSpare(open, spare) {
  const taken = new Set(open);
  let limit = 0;
  for (let free = 0; taken.has(limit) || free < spare; limit++) if (!taken.has(limit)) free++;
  return limit;
}
function ignoresSignal(pid, number) {
  try {
    const [, mask = "0"] = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync4(`/proc/${pid}/status`, "latin1")) ?? [];
    return (BigInt(`0x${mask}`) >> BigInt(number - 1) & 1n) === 1n;
  } catch {
    return false;
  }
}

// src/engines/local/machine/cgroups.ts
import { existsSync, readdirSync as readdirSync4, readFileSync as readFileSync6 } from "node:fs";
import { join as join2, relative } from "node:path";

// src/engines/local/machine/mounts.ts
import { readFileSync as readFileSync5 } from "node:fs";
function mounts() {
  return readFileSync5("/proc/self/mountinfo", "utf8").split("\n").flatMap((line) => {
    const [before, after] = line.split(" - ");
    const [, , , , folder, options] = before?.split(" ") ?? [];
    const [type, , fileSystem = ""] = after?.split(" ") ?? [];
    if (folder === void 0 || options === void 0 || type === void 0) return [];
    return [
      {
        folder: unescaped(folder),
        type,
        writable: options.split(",").includes("rw"),
        options: fileSystem.split(",")
      }
    ];
  });
}
function isMountPoint(folder) {
  return mounts().some((mount) => mount.folder === folder);
}
async function mountTmpfs(privileged, folder, bytes) {
  const owner = `uid=${process.getuid?.() ?? 0},gid=${process.getgid?.() ?? 0}`;
  await privileged.run("mount", ["-t", "tmpfs", "-o", `size=${bytes},mode=0700,${owner}`, "chaos-action", folder]);
}
async function unmount(privileged, folder) {
  await privileged.run("umount", ["--lazy", "--", folder]);
}
function unescaped(text) {
  return text.replace(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)));
}

// src/engines/local/machine/cgroups.ts
var cgroupPrefix = "chaos-action-";
var nftRoot = "/sys/fs/cgroup";
var dyingMs = 300;
var emptyWithinMs = 2e3;
var controllers = ["cpu", "memory"];
function cgroup2Mounts() {
  return mounts().flatMap(({ type, folder, writable }) => type === "cgroup2" && writable ? [folder] : []);
}
function findController(controller) {
  for (const root3 of cgroup2Mounts())
    if (wordsOf(join2(root3, "cgroup.subtree_control")).includes(controller)) return { version: 2, root: root3 };
  const mount = mounts().find(
    ({ type, writable, options }) => type === "cgroup" && writable && options.includes(controller)
  );
  if (!mount) return void 0;
  const below = join2(mount.folder, pathInHierarchy(controller));
  const root2 = existsSync(below) ? below : mount.folder;
  return controller === "cpu" && !existsSync(join2(root2, "cpu.cfs_quota_us")) ? void 0 : { version: 1, root: root2 };
}
async function openCgroup2(privileged, folder, note) {
  const [mounted] = cgroup2Mounts();
  if (mounted !== void 0) return { root: mounted, async close() {
  } };
  const undone = note({ type: "mount", path: folder }, "a cgroup2 hierarchy of our own");
  await privileged.run("mkdir", ["-p", "--", folder]);
  await privileged.run("mount", ["-t", "cgroup2", "none", folder]);
  return {
    root: folder,
    async close() {
      await privileged.run("umount", ["--", folder]);
      undone();
    }
  };
}
async function makeNodeCgroups(options) {
  const { run, nodes, root: root2, places = {}, privileged, note } = options;
  const below = (some) => join2(some, `${cgroupPrefix}${run}`);
  const folder = below(root2);
  const of = (node) => join2(folder, node);
  const folders = [.../* @__PURE__ */ new Set([folder, ...Object.values(places).map((place) => below(place.root))])];
  const notes = folders.toReversed().map((path2) => note({ type: "cgroup", path: path2 }, "a cgroup for each node"));
  await privileged.run("mkdir", ["-p", "--", ...folders.flatMap((some) => nodes.map((node) => join2(some, node)))]);
  const handedOn = controllers.filter((name) => places[name]?.version === 2).map((name) => `+${name}`);
  if (handedOn.length > 0)
    await privileged.run("tee", ["--", join2(folder, "cgroup.subtree_control")], handedOn.join(" "));
  let removed = false;
  return {
    folder,
    of,
    controlled(controller, node) {
      const place = places[controller];
      return place && { version: place.version, folder: join2(below(place.root), node) };
    },
    match: (node) => ({ path: nftPath(of(node)), level: 2 }),
    members: (node) => processesIn(of(node)),
    async enter(node, pid) {
      for (const some of folders) await privileged.run("tee", ["--", join2(some, node, "cgroup.procs")], String(pid));
    },
    async remove() {
      if (removed) return;
      for (const some of folders) await removeCgroup(privileged, some);
      removed = true;
      for (const undone of notes) undone();
    }
  };
}
async function removeCgroup(privileged, folder) {
  const all = tree(folder);
  const killed = /* @__PURE__ */ new Set();
  const left = () => all.flatMap(processesIn);
  await pollUntil(() => left().length === 0 ? true : void 0, { withinMs: dyingMs, everyMs: 5 });
  await pollUntil(
    async () => {
      const pids = left();
      if (pids.length === 0) return true;
      for (const pid of pids) killed.add(pid);
      await privileged.run("kill", ["-s", "KILL", "--", ...pids.map(String)]).catch(() => {
      });
      return void 0;
    },
    { withinMs: emptyWithinMs, everyMs: 10 }
  );
  if (left().length > 0)
    throw new ChaosError("fault", `${left().length} processes in ${folder} cannot be killed`, {
      hint: "they are stuck in the kernel: see their state in /proc/PID/stat"
    });
  for (const inner of all) await removeEmpty(privileged, inner);
  return killed.size;
}
async function removeEmpty(privileged, folder) {
  let failure;
  const gone = await pollUntil(
    async () => {
      if (!existsSync(folder)) return true;
      try {
        await privileged.run("rmdir", ["--", folder]);
        return true;
      } catch (error) {
        failure = error;
        return void 0;
      }
    },
    { withinMs: emptyWithinMs, everyMs: 20 }
  );
  if (!gone) throw failure;
}
function ourCgroups() {
  const places = controllers.flatMap((name) => findController(name)?.root ?? []);
  return [.../* @__PURE__ */ new Set([...cgroup2Mounts(), ...places])].flatMap(
    (root2) => subfolders(root2).filter((name) => name.startsWith(cgroupPrefix)).map((name) => join2(root2, name))
  );
}
function nftPath(folder) {
  return relative(nftRoot, folder) || ".";
}
function tree(folder) {
  return [...subfolders(folder).flatMap((name) => tree(join2(folder, name))), folder];
}
function subfolders(folder) {
  try {
    return readdirSync4(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}
function pathInHierarchy(controller) {
  for (const line of readFileSync6("/proc/self/cgroup", "utf8").split("\n")) {
    const [, names = "", path2 = "/"] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (names.split(",").includes(controller)) return path2;
  }
  return "/";
}
function wordsOf(file) {
  try {
    return readFileSync6(file, "utf8").trim().split(/\s+/);
  } catch {
    return [];
  }
}
function processesIn(folder) {
  try {
    return readFileSync6(join2(folder, "cgroup.procs"), "utf8").split("\n").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

// src/engines/local/machine/nft.ts
import { z } from "#vendor/zod.js";
var tablePrefix = "chaos_action_";
function tableName(run) {
  return `${tablePrefix}${run.replace(/[^A-Za-z0-9_]/g, "_")}`;
}
async function createTable(run, privileged, note) {
  const name = tableName(run);
  const undone = note({ type: "nft-table", name }, "packet rules");
  const load = async (commands) => {
    await privileged.run("nft", ["-f", "-"], `${commands.replaceAll("TABLE", `inet ${name}`)}
`);
  };
  await load("create table TABLE");
  let removed = false;
  return {
    name,
    load,
    async counters() {
      const listed = await list(privileged, ["counters", "table", "inet", name]);
      return new Map(
        listed.flatMap(
          ({ counter }) => counter ? [[counter.name, { packets: counter.packets, bytes: counter.bytes }]] : []
        )
      );
    },
    async remove() {
      if (removed) return;
      await removeTable(privileged, name);
      removed = true;
      undone();
    }
  };
}
async function ourTables(privileged) {
  const listed = await list(privileged, ["tables", "inet"]);
  return listed.flatMap(({ table }) => table?.name.startsWith(tablePrefix) ? [table.name] : []);
}
async function removeTable(privileged, name) {
  if (!name.startsWith(tablePrefix)) throw new Error(`${name} is no table of ours`);
  await privileged.run("nft", ["delete", "table", "inet", name]);
}
async function tryRules(privileged, chains) {
  const name = `${tablePrefix}probe_${process.pid}`;
  await privileged.run("nft", ["-f", "-"], `table inet ${name} {
${chains}
}
delete table inet ${name}
`);
}
var listing = z.object({
  nftables: z.array(
    z.object({
      table: z.object({ name: z.string() }).optional(),
      counter: z.object({ name: z.string(), packets: z.number(), bytes: z.number() }).optional()
    })
  )
});
async function list(privileged, what) {
  return listing.parse(JSON.parse(await privileged.run("nft", ["-j", "list", ...what]))).nftables;
}

// src/engines/local/machine/privilege.ts
var programWithinMs = 1e4;
var path = [process.env.PATH, "/usr/local/sbin", "/usr/sbin", "/sbin"].filter(Boolean).join(":");
async function findPrivileged(mode) {
  if (mode === "never")
    return {
      privileged: void 0,
      reason: "privileges are not to be used (privileged: never)",
      hint: "leave --privileged away, or say auto"
    };
  if (process.geteuid?.() === 0) return { privileged: through("root", []) };
  const sudo = await execa("sudo", ["-n", "true"], {
    reject: false,
    stdin: "ignore",
    timeout: programWithinMs,
    env: { PATH: path }
  });
  if (!sudo.failed) return { privileged: through("sudo", ["sudo", "-n"]) };
  const missing2 = sudo.code === "ENOENT";
  return {
    privileged: void 0,
    reason: missing2 ? "not root, and there is no sudo" : "not root, and sudo asks for a password",
    hint: "run as root, or let this user use sudo without a password"
  };
}
function through(by, prefix) {
  return {
    by,
    async run(program, args, input) {
      const [file = program, ...rest] = [...prefix, program, ...args];
      const result = await execa(file, rest, {
        reject: false,
        timeout: programWithinMs,
        env: { PATH: path, LC_ALL: "C" },
        stripFinalNewline: true,
        ...input === void 0 ? { stdin: "ignore" } : { input }
      });
      if (!result.failed) return result.stdout;
      if (result.code === "ENOENT")
        throw new ChaosError("fault", `there is no ${file} on this machine`, { hint: `install ${packageOf(program)}` });
      const [said] = (result.stderr || (result.shortMessage ?? "it failed")).split("\n");
      throw new ChaosError("fault", `${program} ${args.join(" ")}: ${said}`);
    }
  };
}
function packageOf(program) {
  if (program === "nft") return "nftables: sudo apt-get install nftables";
  return program === "tc" ? "iproute2: sudo apt-get install iproute2" : program;
}

// src/engines/local/machine/qdisc.ts
import { createHash } from "node:crypto";
import { z as z2 } from "#vendor/zod.js";
var device = "lo";
var mostPackets = 1e5;
var unlimited = "100gbit";
function qdiscHandle(run) {
  const number = 4096 + createHash("sha256").update(run).digest().readUInt16BE() % 28672;
  return `${number.toString(16)}:`;
}
async function createShaper(run, privileged, note) {
  const handle = qdiscHandle(run);
  await requireNone(privileged);
  const undone = note({ type: "qdisc", handle }, "netem");
  try {
    await privileged.run("tc", ["-batch", "-"], `${root(handle)}
`);
  } catch (error) {
    if (!(await rootQdiscs(privileged)).includes(handle)) undone();
    throw error;
  }
  let classes = 0;
  let removed = false;
  return {
    async add(netem) {
      const id = `${handle}${(++classes).toString(16)}`;
      await privileged.run("tc", ["-batch", "-"], `${oneClass(handle, id, netem)}
`);
      return {
        id,
        async change(to) {
          await privileged.run("tc", ["-batch", "-"], `${leaf("change", id, to)}
`);
        }
      };
    },
    async remove() {
      if (removed) return;
      await removeQdisc(privileged, handle);
      removed = true;
      undone();
    }
  };
}
async function removeQdisc(privileged, handle) {
  if (!(await rootQdiscs(privileged)).includes(handle)) return;
  await privileged.run("tc", ["qdisc", "del", "dev", device, "root", "handle", handle]);
}
async function rootQdiscs(privileged) {
  const listed = listing2.parse(JSON.parse(await privileged.run("tc", ["-json", "qdisc", "show", "dev", device])));
  return listed.flatMap(({ root: root2, kind, handle }) => root2 && kind !== "noqueue" ? [handle] : []);
}
async function tryNetem(privileged) {
  await requireNone(privileged);
  const handle = qdiscHandle("probe");
  const commands = [root(handle), oneClass(handle, `${handle}1`, { delayMs: 1, jitterMs: 1, bytesPerSecond: 1e3 })];
  await privileged.run("unshare", ["--net", "--", "tc", "-batch", "-"], `${commands.join("\n")}
`);
}
var listing2 = z2.array(z2.object({ kind: z2.string(), handle: z2.string(), root: z2.boolean().default(false) }));
async function requireNone(privileged) {
  const [other] = await rootQdiscs(privileged);
  if (other !== void 0)
    throw new ChaosError("fault", `the loopback device has a queueing discipline already, ${other}`, {
      hint: "another run of chaos-action, or somebody who shapes it: see tc qdisc show dev lo"
    });
}
function root(handle) {
  return `qdisc add dev ${device} root handle ${handle} htb default 0 direct_qlen ${mostPackets}`;
}
function oneClass(handle, id, netem) {
  return [
    `class add dev ${device} parent ${handle} classid ${id} htb rate ${unlimited} quantum 60000`,
    leaf("add", id, netem)
  ].join("\n");
}
function leaf(verb, id, { delayMs = 0, jitterMs = 0, bytesPerSecond }) {
  const us = (ms) => `${Math.round(ms * 1e3)}us`;
  const delay = delayMs > 0 ? ` delay ${us(delayMs)}${jitterMs > 0 ? ` ${us(jitterMs)}` : ""}` : "";
  const rate = ` rate ${Math.round((bytesPerSecond ?? 0) * 8)}bit`;
  return `qdisc ${verb} dev ${device} parent ${id} netem limit ${mostPackets}${delay}${rate}`;
}

export {
  shiftOf,
  planPatch,
  patched,
  readVdso,
  tryPatch,
  persistently,
  restorationOf,
  restore,
  switchShift,
  parseCpus,
  formatCpus,
  splitCpus,
  findProgram,
  missing,
  setAffinity,
  setSoftLimit,
  Pins,
  restoreAffinity,
  runsOnlyOn,
  readSoftLimit,
  restoreLimits,
  openDescriptors,
  limitWithSpare,
  ignoresSignal,
  mounts,
  isMountPoint,
  mountTmpfs,
  unmount,
  cgroupPrefix,
  cgroup2Mounts,
  findController,
  openCgroup2,
  makeNodeCgroups,
  removeCgroup,
  ourCgroups,
  nftPath,
  tableName,
  createTable,
  ourTables,
  removeTable,
  tryRules,
  findPrivileged,
  qdiscHandle,
  createShaper,
  removeQdisc,
  rootQdiscs,
  tryNetem
};
