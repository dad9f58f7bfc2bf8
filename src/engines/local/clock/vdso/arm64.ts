import { dataAt, dataBytes, type Machine, stubData } from './machine.ts';

type Part = number | `${string}:` | { readonly branch: number; readonly to: string };

const system = { clockGettime: 113, gettimeofday: 169 } as const;
const coarseWallClock = 5;
const zero = 31;

// Arm Architecture Reference Manual, A64 base instructions. X is a 64-bit register, W its lower half.
const movX = (to: number, from: number): number => 0xaa0003e0 | (from << 16) | to; // orr to, xzr, from
const movW = (to: number, from: number): number => 0x2a0003e0 | (from << 16) | to;
const movz = (to: number, value: number): number => 0xd2800000 | (value << 5) | to;
const movkHigh = (to: number, value: number): number => 0xf2a00000 | (value << 5) | to; // bits 16 to 31
const svc = 0xd4000001;
const ret = 0xd65f03c0;
const addX = (to: number, a: number, b: number): number => 0x8b000000 | (b << 16) | (a << 5) | to;
const subX = (to: number, a: number, b: number): number => 0xcb000000 | (b << 16) | (a << 5) | to;
const addOne = (to: number): number => 0x91000000 | (1 << 10) | (to << 5) | to;
const cmpX = (a: number, b: number): number => subX(zero, a, b) | 0x20000000; // subs xzr, a, b
const cmpWImmediate = (a: number, value: number): number => 0x7100001f | (value << 10) | (a << 5);
/** Compares `a` with `value` if the last comparison found a difference, and is equal otherwise. */
const ccmpWUnlessEqual = (a: number, value: number): number => 0x7a400800 | (value << 16) | (1 << 12) | (a << 5) | 4;
const adr = (to: number, by: number): number => 0x10000000 | ((by & 3) << 29) | (((by >> 2) & 0x7ffff) << 5) | to;
const loadByte = (to: number, base: number, offset: number): number => 0x39400000 | (offset << 10) | (base << 5) | to;
const loadX = (to: number, base: number, offset: number): number =>
  0xf9400000 | ((offset / 8) << 10) | (base << 5) | to;
const loadPair = (a: number, b: number, base: number): number => 0xa9400000 | (b << 10) | (base << 5) | a;
const storePair = (a: number, b: number, base: number): number => 0xa9000000 | (b << 10) | (base << 5) | a;
const branch = {
  ifNotZeroW: (register: number, to: string): Part => ({ branch: 0x35000000 | register, to }),
  ifZeroW: (register: number, to: string): Part => ({ branch: 0x34000000 | register, to }),
  ifZeroX: (register: number, to: string): Part => ({ branch: 0xb4000000 | register, to }),
  ifNotEqual: (to: string): Part => ({ branch: 0x54000001, to }),
  ifLower: (to: string): Part => ({ branch: 0x54000003, to }),
};

/** Adds the shift to the pair at [base], with its carry. Uses x3 to x7 and x9; expects the address of the data in x3. */
function addToPair(base: number, fraction: number, perSecond: number): Part[] {
  return [
    loadPair(4, 5, base),
    loadX(6, 3, dataAt.seconds),
    loadX(7, 3, fraction),
    addX(4, 4, 6),
    addX(5, 5, 7),
    movz(9, perSecond & 0xffff),
    movkHigh(9, perSecond >>> 16),
    cmpX(5, 9),
    branch.ifLower(`no carry ${fraction}`),
    subX(5, 5, 9),
    addOne(4),
    `no carry ${fraction}:`,
    storePair(4, 5, base),
  ];
}

/** The address of the data in x3, which is filled in by the place of the instruction. */
const dataInX3 = { branch: adr(3, 0), to: 'data' } as const;

/** Procedure call standard: arguments in x0 and x1; a system call changes x0 alone; x0 to x17 are free to change. */
const parts: readonly Part[] = [
  'clock_gettime:', // w0: the clock, x1: the timespec
  movW(2, 0),
  movz(8, system.clockGettime),
  svc,
  branch.ifNotZeroW(0, 'gettime done'),
  cmpWImmediate(2, 0),
  ccmpWUnlessEqual(2, coarseWallClock),
  branch.ifNotEqual('gettime done'),
  dataInX3,
  loadByte(4, 3, dataAt.switch),
  branch.ifZeroW(4, 'gettime done'),
  ...addToPair(1, dataAt.nanoseconds, 1_000_000_000),
  'gettime done:',
  ret,

  'gettimeofday:', // x0: the timeval or null, x1: the time zone or null
  movX(2, 0),
  movz(8, system.gettimeofday),
  svc,
  branch.ifNotZeroW(0, 'timeofday done'),
  branch.ifZeroX(2, 'timeofday done'),
  dataInX3,
  loadByte(4, 3, dataAt.switch),
  branch.ifZeroW(4, 'timeofday done'),
  ...addToPair(2, dataAt.microseconds, 1_000_000),
  'timeofday done:',
  ret,
];

const landingPad = 0xd503245f; // bti c

/** AArch64. Its vDSO has no time(). */
export const arm64: Machine = {
  name: 'AArch64',
  elf: 183,
  names: { clock_gettime: ['__kernel_clock_gettime'], gettimeofday: ['__kernel_gettimeofday'] },
  stub(shift, on) {
    const { code, labels } = assembled;
    const starts = {
      clock_gettime: labels.get('clock_gettime') ?? 0,
      gettimeofday: labels.get('gettimeofday') ?? 0,
      time: 0,
    };
    return { bytes: Buffer.concat([stubData(shift, on), code]), starts };
  },
  jump: (from, to) =>
    // Where branch target identification is in force, an indirect call must land on one of a few instructions; elsewhere this one does nothing.
    words([landingPad, 0x14000000 | (((to - (from + 4)) >> 2) & 0x3ffffff)]),
};

const assembled = assemble(parts);

function assemble(code: readonly Part[]): { code: Buffer; labels: ReadonlyMap<string, number> } {
  const labels = new Map<string, number>([['data', 0]]);
  let end = dataBytes;
  for (const part of code) {
    if (typeof part === 'string') labels.set(part.slice(0, -1), end);
    else end += 4;
  }
  const encoded: number[] = [];
  for (const part of code) {
    if (typeof part === 'string') continue;
    const at = dataBytes + encoded.length * 4;
    if (typeof part === 'number') encoded.push(part);
    // Conditional branches and adr of a multiple of four have their distance, in instructions, in the same bits.
    else encoded.push(part.branch | (((((labels.get(part.to) ?? at) - at) >> 2) & 0x7ffff) << 5));
  }
  return { code: words(encoded), labels };
}

function words(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    bytes.writeUInt32LE(value >>> 0, i * 4);
  });
  return bytes;
}
