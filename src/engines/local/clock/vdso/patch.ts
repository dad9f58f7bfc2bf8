import { ChaosError } from '../../../../base/error.ts';
import { arm64 } from './arm64.ts';
import { parseVdso, type Range, type VdsoImage } from './image.ts';
import { dataAt, type Machine, type Shift, type WallClockFunction } from './machine.ts';
import { x64 } from './x64.ts';

/** A stretch of the image before and after; offsets count from the start of the image. */
export type Part = { readonly offset: number; readonly original: Buffer; readonly replacement: Buffer };

/** What is to be written to a vDSO so that it tells another wall clock, and to be written back. */
export type Patch = {
  /** Where the functions now jump to. Written first, taken away last. */
  readonly stub: Part;
  /** The first bytes of the functions. */
  readonly entries: readonly Part[];
  /** Where no thread may be when it is written, beside the parts themselves. */
  readonly cleared: readonly Range[];
  /** The one byte that turns the shift on (1) and off (0). */
  readonly switchOffset: number;
};

/**
 * What is written back together, in order. First the entries alone: who is still in the stub leaves it meanwhile, and nobody new comes.
 * A stub in the body of a function has no such time between: its function must be whole when it can be entered.
 */
export function restoration({ stub, entries, cleared }: Patch): readonly (readonly Part[])[] {
  return cleared.length > 0 ? [[stub, ...entries]] : [entries, [stub]];
}

/** Instructions and the words of the data must be aligned, on AArch64 too. */
const alignment = 16;

/**
 * Decides what to write to a vDSO image, whole mapping, so that it tells the wall clock shifted. Pure. Throws a ChaosError that says why
 * where it cannot be done.
 */
export function planPatch(image: Buffer, shift: Shift, on = true): Patch {
  const parsed = parseVdso(image);
  const machine = [x64, arm64].find(({ elf }) => elf === parsed.machine);
  if (!machine) throw impossible(`its processor (ELF machine ${parsed.machine}) is neither x86-64 nor AArch64`);
  const found = (Object.entries(machine.names) as [WallClockFunction, readonly string[]][]).flatMap(([name, names]) => {
    const range = names.map((alias) => parsed.functions.get(alias)).find((known) => known !== undefined);
    return range ? [{ name, range }] : [];
  });
  if (!found.some(({ name }) => name === 'clock_gettime')) throw impossible('it has no clock_gettime');

  const stub = machine.stub(shift, on);
  const place = findRoom(image, parsed, machine, found[0]?.range, stub.bytes.length);
  const part = (offset: number, replacement: Buffer): Part => ({
    offset,
    original: Buffer.from(image.subarray(offset, offset + replacement.length)),
    replacement,
  });
  const entries = found.map(({ name, range }) => {
    const jump = machine.jump(range.start, place.offset + stub.starts[name]);
    if (jump.length > range.end - range.start) throw impossible(`its ${name} is too short`);
    return part(range.start, jump);
  });
  return {
    stub: part(place.offset, stub.bytes),
    entries,
    cleared: place.inside ? [place.inside] : [],
    switchOffset: place.offset + dataAt.switch,
  };
}

/** The image as it is once the patch is written. */
export function patched(image: Buffer, { stub, entries }: Patch): Buffer {
  const changed = Buffer.from(image);
  for (const { offset, replacement } of [stub, ...entries]) replacement.copy(changed, offset);
  return changed;
}

/**
 * Behind the file's end the last page has zeros that nobody uses. Where those are too few, the body of clock_gettime is used, which
 * nobody enters once its first bytes jump; who is in it already must leave it first.
 */
function findRoom(
  image: Buffer,
  { usedBytes }: VdsoImage,
  machine: Machine,
  clockGettime: Range | undefined,
  length: number,
): { readonly offset: number; readonly inside?: Range } {
  const behind = align(usedBytes);
  const free = image.subarray(behind);
  if (free.length >= length && free.every((byte) => byte === 0)) return { offset: behind };
  if (clockGettime) {
    const offset = align(clockGettime.start + machine.jump(0, 0).length);
    if (offset + length <= clockGettime.end) return { offset, inside: clockGettime };
  }
  throw impossible(`it has no room for ${length} bytes of code`);
}

function align(offset: number): number {
  return Math.ceil(offset / alignment) * alignment;
}

function impossible(why: string): ChaosError {
  return new ChaosError('fault', `the vDSO cannot be rewritten: ${why}`);
}
