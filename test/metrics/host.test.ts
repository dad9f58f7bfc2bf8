import { describe, expect, test } from '@jest/globals';
import {
  busyShare,
  readCpuTicks,
  readDisk,
  readMemory,
  readPressureMs,
  readRunQueueDelayMs,
} from '../../src/engines/local/machine/host.ts';

describe('CPU time by CPU', () => {
  const at = (...lines: string[]) => readCpuTicks(`cpu  9 9 9 9\n${lines.join('\n')}\nintr 5 6\n`);
  const before = at('cpu0 100 0 0 100 0 0 0 0 0 0', 'cpu1 0 0 0 0 0 0 0 0 0 0');

  test('is what was not idle, of each CPU by itself', () => {
    const after = at('cpu0 160 5 5 120 10 3 7 0 0 0', 'cpu1 0 0 0 100 0 0 0 0 0 0');
    // 60 user, 5 nice, 5 system, 3 and 7 in interrupts; 20 idle and 10 waiting for a disk.
    expect(busyShare(before, after, [0])).toBeCloseTo(80 / 110);
    expect(busyShare(before, after, [1])).toBe(0);
    expect(busyShare(before, after, [0, 1])).toBeCloseTo(80 / 210);
  });

  test('what a hypervisor gave to others has passed and was not used here', () => {
    expect(busyShare(before, at('cpu0 150 0 0 100 0 0 0 50 0 0'), [0])).toBe(0.5);
  });

  test('of no time at all, or of a CPU that there is not, is none', () => {
    expect(busyShare(before, before, [0])).toBe(0);
    expect(busyShare(before, before, [7])).toBe(0);
  });

  test('this machine has some', () => {
    expect([...readCpuTicks().values()].every(({ busy, total }) => busy > 0 && total >= busy)).toBe(true);
  });
});

test('a run-queue delay is counted over all threads, and is none of a process that is gone', () => {
  expect(readRunQueueDelayMs(process.pid)).toBeGreaterThan(0);
  expect(readRunQueueDelayMs(2 ** 30)).toBe(0);
});

test('memory as the kernel writes it, in KiB', () => {
  expect(readMemory('MemTotal:       2048 kB\nMemFree:  1 kB\nMemAvailable:    512 kB\n')).toEqual({
    totalBytes: 2_097_152,
    availableBytes: 524_288,
  });
  const { totalBytes, availableBytes } = readMemory();
  expect(availableBytes).toBeGreaterThan(0);
  expect(totalBytes).toBeGreaterThan(availableBytes);
});

describe('a disk by its device number', () => {
  const text = ` 254       0 vda 10 0 800 5 20 0 1600 7 0 33 40 0 0 0 0 0 0
 259   65537 nvme1n1 1 0 8 1 2 0 16 3 0 9 9 0 0 0 0 0 0
`;
  test.each([
    // makedev(3): 0xfe00 is 254:0; minors above 255 stand above the major.
    [0xfe00, { writtenBytes: 1_600 * 512, busyMs: 33 }],
    [(259 << 8) | 0x01 | (0x100 << 20), { writtenBytes: 16 * 512, busyMs: 9 }],
  ])('%i', (device, counters) => {
    expect(readDisk(device, text)).toEqual(counters);
  });

  test('what is no disk has no counters', () => {
    expect(readDisk(0x2a, text)).toBeUndefined();
  });
});

test('pressure is told or not, but never invented', () => {
  for (const resource of ['cpu', 'memory', 'io'] as const) {
    const ms = readPressureMs(resource);
    if (ms !== undefined) expect(ms).toBeGreaterThanOrEqual(0);
  }
});
