import { dataAt, dataBytes, type Machine, stubData } from './machine.ts';

/** Instructions in order: bytes, `label:` marks, and references that are filled in once every label has its place. */
type Part =
  | readonly number[]
  | `${string}:`
  /** A short jump: its opcode and where to. */
  | { readonly jump: number; readonly to: string }
  /** An operand relative to the instruction pointer, which stands behind the operand and `after`. */
  | { readonly data: number; readonly before: readonly number[]; readonly after?: readonly number[] };

const jump = { always: 0xeb, below: 0x72, equal: 0x74, notEqual: 0x75 } as const;
const system = { clockGettime: 228, gettimeofday: 96 } as const;
const coarseWallClock = 5;

const u32 = (value: number): number[] => [...Buffer.from(Uint32Array.of(value).buffer)];
const syscall = (number: number): number[] => [0xb8, ...u32(number), 0x0f, 0x05]; // mov eax, number; syscall
const ret = [0xc3];
const unlessOn = (to: string): Part[] => [
  { before: [0x80, 0x3d], data: dataAt.switch, after: [0] }, // cmp byte [switch], 0
  { jump: jump.equal, to },
];

/** A shift of { seconds, fraction } added to the pair at [register], with its carry; leaves rax 0. `modrm` addresses the pair's first word. */
function addToPair(register: 6 | 7, fraction: number, perSecond: number): Part[] {
  return [
    { before: [0x48, 0x8b, 0x05], data: dataAt.seconds }, // mov rax, [seconds]
    [0x48, 0x01, register], // add [register], rax
    { before: [0x48, 0x8b, 0x05], data: fraction }, // mov rax, [fraction]
    [0x48, 0x03, 0x40 | register, 8], // add rax, [register + 8]
    [0x48, 0x3d, ...u32(perSecond)], // cmp rax, perSecond
    { jump: jump.below, to: `no carry ${fraction}` },
    [0x48, 0x2d, ...u32(perSecond)], // sub rax, perSecond
    [0x48, 0xff, register], // inc qword [register]
    `no carry ${fraction}:`,
    [0x48, 0x89, 0x40 | register, 8], // mov [register + 8], rax
    [0x31, 0xc0], // xor eax, eax
  ];
}

/** System V calling convention: arguments in rdi and rsi, which the system call keeps; rax, rcx, rdx, rsi, rdi and r11 are free to change. */
const parts: readonly Part[] = [
  'clock_gettime:', // rdi: the clock, rsi: the timespec
  syscall(system.clockGettime),
  [0x85, 0xc0], // test eax, eax
  { jump: jump.notEqual, to: 'gettime done' },
  [0x83, 0xff, coarseWallClock], // cmp edi, CLOCK_REALTIME_COARSE
  { jump: jump.equal, to: 'wall clock' },
  [0x85, 0xff], // test edi, edi: CLOCK_REALTIME is 0
  { jump: jump.notEqual, to: 'gettime done' },
  'wall clock:',
  ...unlessOn('gettime done'),
  ...addToPair(6, dataAt.nanoseconds, 1_000_000_000),
  'gettime done:',
  ret,

  'gettimeofday:', // rdi: the timeval or null, rsi: the time zone or null
  syscall(system.gettimeofday),
  [0x85, 0xc0], // test eax, eax
  { jump: jump.notEqual, to: 'timeofday done' },
  [0x48, 0x85, 0xff], // test rdi, rdi
  { jump: jump.equal, to: 'timeofday done' },
  ...unlessOn('timeofday done'),
  ...addToPair(7, dataAt.microseconds, 1_000_000),
  'timeofday done:',
  ret,

  'time:', // rdi: where to store it too, or null. time(2) has no fraction to add to; the clock it tells the seconds of has.
  [0x57], // push rdi
  [0x48, 0x83, 0xec, 16], // sub rsp, 16
  [0xbf, ...u32(coarseWallClock)], // mov edi, CLOCK_REALTIME_COARSE
  [0x48, 0x89, 0xe6], // mov rsi, rsp
  syscall(system.clockGettime),
  [0x58, 0x5a, 0x5f], // pop rax; pop rdx; pop rdi
  ...unlessOn('store time'),
  { before: [0x48, 0x03, 0x05], data: dataAt.seconds }, // add rax, [seconds]
  { before: [0x48, 0x03, 0x15], data: dataAt.nanoseconds }, // add rdx, [nanoseconds]
  [0x48, 0x81, 0xfa, ...u32(1_000_000_000)], // cmp rdx, 1e9
  { jump: jump.below, to: 'store time' },
  [0x48, 0xff, 0xc0], // inc rax
  'store time:',
  [0x48, 0x85, 0xff], // test rdi, rdi
  { jump: jump.equal, to: 'time done' },
  [0x48, 0x89, 0x07], // mov [rdi], rax
  'time done:',
  ret,
];

/** x86-64 (Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2). */
export const x64: Machine = {
  name: 'x86-64',
  elf: 62,
  names: {
    clock_gettime: ['__vdso_clock_gettime', 'clock_gettime'],
    gettimeofday: ['__vdso_gettimeofday', 'gettimeofday'],
    time: ['__vdso_time', 'time'],
  },
  stub(shift, on) {
    const { code, labels } = assembled;
    const starts = { clock_gettime: 0, gettimeofday: 0, time: 0 };
    for (const name of ['clock_gettime', 'gettimeofday', 'time'] as const) starts[name] = labels.get(name) ?? 0;
    return { bytes: Buffer.concat([stubData(shift, on), code]), starts };
  },
  jump(from, to) {
    const bytes = Buffer.from([0xe9, 0, 0, 0, 0]); // jmp rel32
    bytes.writeInt32LE(to - (from + bytes.length), 1);
    return bytes;
  },
};

const assembled = assemble(parts);

/** The bytes of the code, which follows the data, and where its labels are in bytes from the start of the data. */
function assemble(code: readonly Part[]): { code: Buffer; labels: ReadonlyMap<string, number> } {
  const labels = new Map<string, number>();
  let end = dataBytes;
  for (const part of code) {
    if (typeof part === 'string') labels.set(part.slice(0, -1), end);
    else if ('jump' in part) end += 2;
    else if ('data' in part) end += part.before.length + 4 + (part.after?.length ?? 0);
    else end += part.length;
  }
  const bytes: number[] = [];
  for (const part of code) {
    const at = dataBytes + bytes.length;
    if (typeof part === 'string') continue;
    if ('jump' in part) bytes.push(part.jump, ((labels.get(part.to) ?? at) - (at + 2)) & 0xff);
    else if ('data' in part) {
      const { before, data, after = [] } = part;
      bytes.push(...before, ...u32(data - (at + before.length + 4 + after.length)), ...after);
    } else bytes.push(...part);
  }
  return { code: Buffer.from(bytes), labels };
}
