/** The functions of the vDSO that tell the wall clock. */
export type WallClockFunction = 'clock_gettime' | 'gettimeofday' | 'time';

/** How far a clock is put forward, as timespec has it: seconds rounded down and what is then missing, 0 to 999,999,999 ns. */
export type Shift = { readonly seconds: bigint; readonly nanoseconds: bigint };

const nanosecondsPerSecond = 1_000_000_000n;

/** The shift of an offset of either sign, in whole microseconds, so that clock_gettime and gettimeofday tell the same. */
export function shiftOf(offsetMs: number): Shift {
  const offset = BigInt(Math.round(offsetMs * 1_000)) * 1_000n;
  const nanoseconds = ((offset % nanosecondsPerSecond) + nanosecondsPerSecond) % nanosecondsPerSecond;
  return { seconds: (offset - nanoseconds) / nanosecondsPerSecond, nanoseconds };
}

/** Code and its data, to be placed anywhere in the vDSO as one piece. */
export type Stub = {
  readonly bytes: Buffer;
  /** Where in `bytes` the code of each function begins. */
  readonly starts: Readonly<Record<WallClockFunction, number>>;
};

/**
 * What differs between processors. The code does the real system call and, for CLOCK_REALTIME and CLOCK_REALTIME_COARSE alone, adds the
 * shift to what it gave, while the switch is on. What the call reports as an error is returned as it is.
 */
export type Machine = {
  readonly name: string;
  /** ELF e_machine. */
  readonly elf: number;
  /** The exported names of the functions; those of one array are aliases. */
  readonly names: Readonly<Partial<Record<WallClockFunction, readonly string[]>>>;
  stub(shift: Shift, on: boolean): Stub;
  /** What a function's first bytes become: a jump between two offsets of the image. */
  jump(from: number, to: number): Buffer;
};

/** Where the words of the data, with which each stub begins, are. */
export const dataAt = { switch: 0, seconds: 8, nanoseconds: 16, microseconds: 24 } as const;
export const dataBytes = 32;

/** The data of a stub. The switch is one byte, so that a thread that reads it while it is written sees the old or the new one. */
export function stubData({ seconds, nanoseconds }: Shift, on: boolean): Buffer {
  const data = Buffer.alloc(dataBytes);
  data.writeUInt8(on ? 1 : 0, dataAt.switch);
  data.writeBigInt64LE(seconds, dataAt.seconds);
  data.writeBigInt64LE(nanoseconds, dataAt.nanoseconds);
  data.writeBigInt64LE(nanoseconds / 1_000n, dataAt.microseconds);
  return data;
}
