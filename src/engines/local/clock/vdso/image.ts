import { ChaosError } from '../../../../base/error.ts';

/** Where a mapping begins and ends in a process's memory, or a part of an image in bytes from its start; the end is not part of it. */
export type Range = { readonly start: number; readonly end: number };

/** The `[vdso]` line of a /proc/PID/maps; undefined when there is none. */
export function findVdso(maps: string): Range | undefined {
  const match = /^([0-9a-f]+)-([0-9a-f]+) .*\[vdso\]$/m.exec(maps);
  return match ? { start: Number.parseInt(match[1] ?? '', 16), end: Number.parseInt(match[2] ?? '', 16) } : undefined;
}

/** What is read from the vDSO's ELF image; offsets count from its start. */
export type VdsoImage = {
  /** ELF e_machine: 62 is x86-64, 183 is AArch64. */
  readonly machine: number;
  readonly functions: ReadonlyMap<string, Range>;
  /** Nothing of the file lies behind this; up to the end of the mapping there are zeros. */
  readonly usedBytes: number;
};

const loadSegment = 1;
const dynamicSegment = 2;
const dynamicTags = { hash: 4, strings: 5, symbols: 6, gnuHash: 0x6ffffef5 } as const;
const functionType = 2;
const symbolBytes = 24;

/** Reads the exported functions of a 64-bit little-endian vDSO (ELF gABI, chapters 4 and 5). Throws a ChaosError for anything else. */
export function parseVdso(image: Buffer): VdsoImage {
  if (image.length < 64 || image.readUInt32BE(0) !== 0x7f454c46) throw notUnderstood('it is no ELF image');
  if (image[4] !== 2 || image[5] !== 1) throw notUnderstood('it is not 64-bit and little-endian');
  try {
    return read(image);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_OUT_OF_RANGE' || code === 'ERR_BUFFER_OUT_OF_BOUNDS')
      throw notUnderstood('its tables point out of the image');
    throw error;
  }
}

function read(image: Buffer): VdsoImage {
  const word = (offset: number): number => image.readUInt32LE(offset);
  const long = (offset: number): number => Number(image.readBigUInt64LE(offset));
  const segments = Array.from({ length: image.readUInt16LE(56) }, (_, i) => long(32) + i * image.readUInt16LE(54));
  const sectionsEnd = long(40) + image.readUInt16LE(58) * image.readUInt16LE(60);
  const loadEnds = segments
    .filter((at) => word(at) === loadSegment)
    .map((at) => Math.max(long(at + 8) + long(at + 32), long(at + 16) + long(at + 40)));
  const dynamic = segments.find((at) => word(at) === dynamicSegment);
  if (dynamic === undefined) throw notUnderstood('it has no dynamic section');

  const tags = new Map<number, number>();
  for (let at = long(dynamic + 8); long(at) !== 0; at += 16) tags.set(long(at), long(at + 8));
  const symbols = tags.get(dynamicTags.symbols);
  const strings = tags.get(dynamicTags.strings);
  if (symbols === undefined || strings === undefined) throw notUnderstood('it has no symbols');

  const functions = new Map<string, Range>();
  const count = symbolCount(image, tags);
  for (let at = symbols; at < symbols + count * symbolBytes; at += symbolBytes) {
    const defined = image.readUInt16LE(at + 6) !== 0;
    if (!defined || (image.readUInt8(at + 4) & 0xf) !== functionType) continue;
    const nameAt = strings + word(at);
    const name = image.toString('latin1', nameAt, image.indexOf(0, nameAt));
    functions.set(name, { start: long(at + 8), end: long(at + 8) + long(at + 16) });
  }
  return { machine: image.readUInt16LE(18), functions, usedBytes: Math.max(sectionsEnd, ...loadEnds) };
}

/** A dynamic symbol table does not say its own length; the hash tables do. */
function symbolCount(image: Buffer, tags: ReadonlyMap<number, number>): number {
  const hash = tags.get(dynamicTags.hash);
  if (hash !== undefined) return image.readUInt32LE(hash + 4);
  const gnu = tags.get(dynamicTags.gnuHash);
  if (gnu === undefined) throw notUnderstood('it has no hash table');
  const [buckets, firstHashed, bloomWords] = [0, 4, 8].map((at) => image.readUInt32LE(gnu + at));
  if (buckets === undefined || firstHashed === undefined || bloomWords === undefined) return 0;
  const bucketsAt = gnu + 16 + bloomWords * 8;
  const chainsAt = bucketsAt + buckets * 4;
  let last = 0;
  for (let i = 0; i < buckets; i++) last = Math.max(last, image.readUInt32LE(bucketsAt + i * 4));
  if (last < firstHashed) return firstHashed;
  // The lowest bit marks the end of a chain.
  while ((image.readUInt32LE(chainsAt + (last - firstHashed) * 4) & 1) === 0) last++;
  return last + 1;
}

function notUnderstood(why: string): ChaosError {
  return new ChaosError('fault', `the vDSO is not understood: ${why}`);
}
