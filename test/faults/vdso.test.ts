import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { arm64 } from '../../src/engines/local/clock/vdso/arm64.ts';
import { findVdso, parseVdso } from '../../src/engines/local/clock/vdso/image.ts';
import { shiftOf } from '../../src/engines/local/clock/vdso/machine.ts';
import { patched, planPatch, restoration } from '../../src/engines/local/clock/vdso/patch.ts';
import { readVdso } from '../../src/engines/local/clock/vdso/process.ts';
import { x64 } from '../../src/engines/local/clock/vdso/x64.ts';
import { vdsoImage } from '../support/vdso-image.ts';

const functions = {
  __vdso_clock_gettime: { at: 0x800, bytes: 0x300 },
  clock_gettime: { at: 0x800, bytes: 0x300 },
  __vdso_gettimeofday: { at: 0xb00, bytes: 0x100 },
  __vdso_time: { at: 0xc00, bytes: 0x28 },
  __vdso_getcpu: { at: 0xc30, bytes: 0x2c },
};
const armFunctions = {
  __kernel_rt_sigreturn: { at: 0x7f0, bytes: 8 },
  __kernel_clock_gettime: { at: 0x800, bytes: 0x200 },
  __kernel_gettimeofday: { at: 0xa00, bytes: 0x100 },
};

describe('where the vDSO is', () => {
  const line = '7ffd81a4e000-7ffd81a50000 r-xp 00000000 00:00 0                          [vdso]';

  test('is read from /proc/PID/maps', () => {
    const maps = `55d0c0a00000-55d0c0a21000 r--p 00000000 08:01 42 /bin/x\n7ffd81a4a000-7ffd81a4e000 r--p 00000000 00:00 0 [vvar]\n${line}\n`;
    expect(findVdso(maps)).toEqual({ start: 0x7ffd81a4e000, end: 0x7ffd81a50000 });
  });

  test('is unknown where there is none, or a file with that in its name', () => {
    expect(findVdso('')).toBeUndefined();
    expect(findVdso(`${line} (deleted)`)).toBeUndefined();
    expect(findVdso('7f0000000000-7f0000001000 r-xp 00000000 08:01 42 /tmp/a[vdso]b')).toBeUndefined();
  });
});

describe('the functions of an image', () => {
  test.each(['sysv', 'gnu'] as const)('are found by way of its %s hash table', (hash) => {
    const parsed = parseVdso(vdsoImage({ functions, hash, usedBytes: 0x1522 }));
    expect(parsed.machine).toBe(62);
    expect(parsed.usedBytes).toBe(0x1522);
    expect(Object.fromEntries(parsed.functions)).toEqual(
      Object.fromEntries(
        Object.entries(functions).map(([name, { at, bytes }]) => [name, { start: at, end: at + bytes }]),
      ),
    );
  });

  test('of this machine are those that its C library calls', () => {
    const { functions: own } = parseVdso(readVdso(process.pid).image);
    const name = process.arch === 'arm64' ? '__kernel_clock_gettime' : '__vdso_clock_gettime';
    expect(own.get(name)?.end).toBeGreaterThan(own.get(name)?.start ?? Number.POSITIVE_INFINITY);
  });

  test.each([
    ['no ELF image', Buffer.alloc(8_192), 'it is no ELF image'],
    ['an empty one', Buffer.alloc(0), 'it is no ELF image'],
    ['a 32-bit one', Buffer.from(vdsoImage({ functions })).fill(1, 4, 5), 'it is not 64-bit and little-endian'],
    ['one without a hash table', vdsoImage({ functions, hash: 'none' }), 'it has no hash table'],
    ['one that is cut off', vdsoImage({ functions }).subarray(0, 0x200), 'its tables point out of the image'],
  ])('are not guessed: %s', (_, image, why) => {
    expect(() => parseVdso(image)).toThrow(`the vDSO is not understood: ${why}`);
  });
});

describe('a patch', () => {
  const image = vdsoImage({ functions });
  const patch = planPatch(image, shiftOf(5_000));

  test('is the entries of the functions that tell the wall clock, and code in the unused end', () => {
    expect(patch.entries.map(({ offset }) => offset)).toEqual([0x800, 0xb00, 0xc00]);
    expect(patch.stub.offset).toBe(0x1800);
    expect(patch.cleared).toEqual([]);
    const changed = patched(image, patch);
    const touched = [...changed.keys()].filter((at) => changed[at] !== image[at]);
    expect(
      touched.every((at) => patch.entries.some(({ offset }) => at >= offset && at < offset + 5) || at >= 0x1800),
    ).toBe(true);
  });

  test('jumps to the code of the same function', () => {
    const { starts } = x64.stub(shiftOf(5_000), true);
    const target = ({ offset, replacement }: (typeof patch.entries)[number]) =>
      offset + 5 + replacement.readInt32LE(1) - patch.stub.offset;
    expect(patch.entries.map(target)).toEqual([starts.clock_gettime, starts.gettimeofday, starts.time]);
  });

  test('is restored to the bytes that were there: the entries first, then the code that nobody enters any more', () => {
    const changed = patched(image, patch);
    const steps = restoration(patch);
    expect(steps).toEqual([patch.entries, [patch.stub]]);
    for (const { offset, original } of steps.flat()) original.copy(changed, offset);
    expect(changed.equals(image)).toBe(true);
  });

  test('goes into the body of clock_gettime where the end is full; then nobody may be in there, and all is restored at once', () => {
    const full = vdsoImage({ functions, usedBytes: 0x1ff0 });
    const inside = planPatch(full, shiftOf(5_000));
    expect(inside.stub.offset).toBe(0x810);
    expect(inside.stub.offset + inside.stub.replacement.length).toBeLessThanOrEqual(0xb00);
    expect(inside.cleared).toEqual([{ start: 0x800, end: 0xb00 }]);
    expect(restoration(inside)).toEqual([[inside.stub, ...inside.entries]]);
  });

  test('does not take an end for unused that is not zeros', () => {
    const used = vdsoImage({ functions });
    used[0x1fff] = 1;
    expect(planPatch(used, shiftOf(5_000)).stub.offset).toBe(0x810);
  });

  test.each([
    [
      'no room',
      vdsoImage({ functions: { __vdso_clock_gettime: { at: 0x800, bytes: 64 } }, usedBytes: 0x2000 }),
      /it has no room for \d+ bytes of code/,
    ],
    ['another processor', vdsoImage({ functions, machine: 243 }), 'its processor (ELF machine 243) is neither'],
    [
      'no clock_gettime',
      vdsoImage({ functions: { __vdso_time: { at: 0x800, bytes: 64 } } }),
      'it has no clock_gettime',
    ],
    [
      'a function shorter than a jump',
      vdsoImage({ functions: { ...functions, __vdso_time: { at: 0xc00, bytes: 4 } } }),
      'its time is too short',
    ],
  ])('is refused: %s', (_, given, why) => {
    expect(() => planPatch(given, shiftOf(1))).toThrow(why);
  });

  test('of an AArch64 image leaves the return from signal handlers alone', () => {
    const arm = vdsoImage({ machine: 183, functions: armFunctions });
    const { entries, stub } = planPatch(arm, shiftOf(-5_000));
    expect(entries.map(({ offset, replacement }) => [offset, replacement.length])).toEqual([
      [0x800, 8],
      [0xa00, 8],
    ]);
    expect(stub.offset % 16).toBe(0);
  });
});

describe('the shift', () => {
  test.each([
    [5_000, 5n, 0n],
    [-5_000, -5n, 0n],
    [250, 0n, 250_000_000n],
    [-250, -1n, 750_000_000n],
    [-1_250.5, -2n, 749_500_000n],
    [0.001, 0n, 1_000n],
  ])('of %d ms is %d s and %d ns', (offsetMs, seconds, nanoseconds) => {
    expect(shiftOf(offsetMs)).toEqual({ seconds, nanoseconds });
  });

  test('added as the code adds it, with at most one carry, gives the time plus the offset, its fraction in range', () => {
    const billion = 1_000_000_000n;
    fc.assert(
      fc.property(
        fc.integer({ min: -315_360_000_000, max: 315_360_000_000 }),
        fc.bigInt({ min: 0n, max: 4_000_000_000n }),
        fc.bigInt({ min: 0n, max: billion - 1n }),
        (offsetUs, wholeSeconds, fraction) => {
          const shift = shiftOf(offsetUs / 1_000);
          expect(shift.nanoseconds >= 0n && shift.nanoseconds < billion).toBe(true);
          const carry = fraction + shift.nanoseconds >= billion ? 1n : 0n;
          const seconds = wholeSeconds + shift.seconds + carry;
          const nanoseconds = fraction + shift.nanoseconds - carry * billion;
          expect(nanoseconds >= 0n && nanoseconds < billion).toBe(true);
          expect(seconds * billion + nanoseconds).toBe(wholeSeconds * billion + fraction + BigInt(offsetUs) * 1_000n);
        },
      ),
    );
  });
});

/** What GNU as 2.40 makes of the code of aarch64-stub.s; run under qemu-aarch64 it told the shifted time. */
test('the code for AArch64 is what an assembler makes of it', () => {
  const assembled = readFileSync(new URL('aarch64-stub.hex', import.meta.url), 'utf8').replaceAll(/\s/g, '');
  expect(arm64.stub(shiftOf(-1_250.5), true).bytes.toString('hex')).toBe(assembled);
  // bti c; b with a distance of 0xbfc and of -0xc04 from the second instruction
  expect(arm64.jump(0x400, 0x1000).toString('hex')).toBe('5f2403d5ff020014');
  expect(arm64.jump(0x1000, 0x400).toString('hex')).toBe('5f2403d5fffcff17');
});
