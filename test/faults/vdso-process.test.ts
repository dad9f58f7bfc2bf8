import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect } from '@jest/globals';
import { findVdso } from '../../src/engines/local/clock/vdso/image.ts';
import { shiftOf } from '../../src/engines/local/clock/vdso/machine.ts';
import { planPatch } from '../../src/engines/local/clock/vdso/patch.ts';
import {
  persistently,
  readVdso,
  restorationOf,
  restore,
  tryPatch,
} from '../../src/engines/local/clock/vdso/process.ts';
import { ClockSkew, clockSkewRefusal } from '../../src/engines/local/clock/vdso/skew.ts';
import { whileStopped } from '../../src/engines/local/clock/vdso/stop.ts';
import { isAlive, readStat, signal } from '../../src/engines/local/cluster/proc.ts';
import { Ledger, replay } from '../../src/engines/local/ledger.ts';
import { clockWitnesses, type Told } from '../support/clock-witness.ts';
import { eventually } from '../support/eventually.ts';
import { needing } from '../support/needs.ts';
import { identityOf, processes, stateOf } from '../support/processes.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const test = needing('gcc');
const startWitness = clockWitnesses();
const start = processes();
const temporary = temporaryFolders();
const ledger = (): Ledger => Ledger.begin('vdso-test', join(temporary(), 'states'));
const imageOf = (pid: number): string => readVdso(pid).image.toString('hex');

/** Every clock of a C program is where it should be, to the nanosecond between two calls of the kernel. */
function expectShifted(told: Told, offsetMs: number): void {
  const offset = BigInt(Math.round(offsetMs * 1_000)) * 1_000n;
  const microsecond = 1_000n;
  const second = 1_000_000_000n;
  expect(told.realtime - offset).toBeGreaterThanOrEqual(told.before);
  expect(told.realtime - offset).toBeLessThanOrEqual(told.after);
  expect(told.timeofday - offset).toBeGreaterThan(told.before - microsecond);
  expect(told.timeofday - offset).toBeLessThanOrEqual(told.after);
  expect(told.coarse - offset).toBeGreaterThanOrEqual(told.coarseBefore);
  expect(told.coarse - offset).toBeLessThanOrEqual(told.coarseAfter);
  // time() tells whole seconds of the shifted clock, not the shifted whole seconds.
  expect(told.time).toBeGreaterThan(told.coarseBefore + offset - second);
  expect(told.time).toBeLessThanOrEqual(told.coarseAfter + offset);
  expect(told.time % second).toBe(0n);
  expect(told.stored).toBe(told.time);
  expect(told.others).toEqual([true, true, true, true]);
  expect(told).toMatchObject({ wrongClock: -1, nowhere: 0, resolution: 1, cpu: 1, bad: 0 });
}

describe('a C program', () => {
  test.each([5_000, -5_000, 250, -250.25, 0.001, -86_400_000])(
    'tells a wall clock that is %d ms off, every other clock as before, and the true one again with its own bytes back',
    async (offsetMs) => {
      const witness = startWitness();
      const before = imageOf(witness.pid);
      expectShifted(await witness.tell(), 0);
      const skew = new ClockSkew(offsetMs, ledger());
      await skew.cover([witness]);
      for (let i = 0; i < 20; i++) expectShifted(await witness.tell(), offsetMs);
      expect(imageOf(witness.pid)).not.toBe(before);
      await skew.restore(() => [witness]);
      await skew.restore(() => [witness]);
      expect(imageOf(witness.pid)).toBe(before);
      expectShifted(await witness.tell(), 0);
    },
  );

  test('is told the true time while the switch is off', async () => {
    const witness = startWitness();
    const skew = new ClockSkew(-5_000, ledger());
    await skew.cover([witness]);
    skew.switch(false);
    expectShifted(await witness.tell(), 0);
    skew.switch(true);
    expectShifted(await witness.tell(), -5_000);
    await skew.restore(() => [witness]);
  });

  test('whose threads do nothing but look at the clock, interrupted a thousand times a second, never sees a third time', async () => {
    const witness = startWitness(-1_500_000_000n);
    const before = imageOf(witness.pid);
    for (let i = 0; i < 30; i++) {
      const skew = new ClockSkew(-1_500, ledger());
      await skew.cover([witness]);
      skew.switch(false);
      skew.switch(true);
      await skew.restore(() => [witness]);
      expect(imageOf(witness.pid)).toBe(before);
    }
    const told = await witness.tell();
    expect(told.bad).toBe(0);
    expect(told.looks).toBeGreaterThan(1_000);
  });

  test('is rewritten as well where there is room in the body of clock_gettime only', async () => {
    const witness = startWitness();
    const vdso = readVdso(witness.pid);
    const full = Buffer.from(vdso.image);
    full[full.length - 1] = 1; // as if the last page were used to its end
    const patch = planPatch(full, shiftOf(5_000));
    expect(patch.cleared).toHaveLength(1);
    expect(await persistently(() => tryPatch(witness, vdso, patch))).toBe('done');
    expectShifted(await witness.tell(), 5_000);
    expect(await restore(witness, vdso.start, restorationOf(vdso, patch))).toBe('done');
    expect(imageOf(witness.pid)).toBe(vdso.image.toString('hex'));
    expectShifted(await witness.tell(), 0);
  });

  test('does not share what was written with any other process', async () => {
    const [one, other] = [startWitness(), startWitness()];
    const skew = new ClockSkew(5_000, ledger());
    await skew.cover([one]);
    expectShifted(await other.tell(), 0);
    expect(imageOf(other.pid)).toBe(imageOf(process.pid));
    await skew.restore(() => [one, other]);
  });
});

needing('gcc', 'go').each([5_000, -5_000])(
  'a Go program tells a wall clock that is %d ms off; how long it has run, by its monotonic clock, is unmoved',
  async (offsetMs) => {
    const folder = temporary();
    const program = join(folder, 'witness');
    const source = fileURLToPath(new URL('../support/clock-witness.go', import.meta.url));
    execFileSync('go', ['build', '-o', program, source]);
    const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
      const tell = async (): Promise<{ wallMs: number; ranMs: number; elapsedMs: number }> => {
        child.stdin.write('\n');
        const { wall, ran } = JSON.parse((await lines.next()).value) as { wall: string; ran: string };
        return { wallMs: Number(wall) / 1e6, ranMs: Number(ran) / 1e6, elapsedMs: performance.now() };
      };
      const before = await tell();
      const process = identityOf(child.pid ?? 0);
      const skew = new ClockSkew(offsetMs, ledger());
      await skew.cover([process]);
      const during = await tell();
      const elapsedMs = during.elapsedMs - before.elapsedMs;
      const ranMs = during.ranMs - before.ranMs;
      expect(Math.abs(during.wallMs - before.wallMs - ranMs - offsetMs)).toBeLessThan(100);
      // The answers come a moment after the clocks were read.
      expect(Math.abs(ranMs - elapsedMs)).toBeLessThan(Math.abs(offsetMs) / 2);
      await skew.restore(() => [process]);
      const after = await tell();
      expect(Math.abs(after.wallMs - before.wallMs - (after.ranMs - before.ranMs))).toBeLessThan(100);
    } finally {
      child.kill('SIGKILL');
    }
  },
);

describe('a stop', () => {
  /** Where the program waits: its only thread is blocked in a system call. */
  const counterOf = (pid: number): number =>
    Number(readFileSync(`/proc/${pid}/syscall`, 'utf8').trim().split(' ').at(-1));

  test('does nothing while a thread stands in the bytes, and lets it go on', async () => {
    const witness = startWitness();
    await eventually('it waits for a line', () => stateOf(witness.pid) === 'S');
    const counter = counterOf(witness.pid);
    let worked = 0;
    const attempt = (range: { start: number; end: number }) => whileStopped(witness, [range], () => worked++);
    expect(attempt({ start: counter - 4, end: counter + 4 })).toBe('busy');
    expect(worked).toBe(0);
    expect(attempt({ start: counter, end: counter + 4 })).toBe('done');
    expect(attempt({ start: counter - 4, end: counter })).toBe('done');
    expect(worked).toBe(2);
    await eventually('it goes on', () => stateOf(witness.pid) === 'S');
  });

  test('does nothing while a signal handler runs that will return into the bytes', async () => {
    const witness = startWitness();
    await eventually('it waits for a line', () => stateOf(witness.pid) === 'S');
    const counter = counterOf(witness.pid);
    signal(witness.pid, 'SIGUSR1');
    await eventually('it waits elsewhere', () => stateOf(witness.pid) === 'S' && counterOf(witness.pid) !== counter);
    // A system call that is begun again after the handler is returned to two bytes earlier.
    expect(whileStopped(witness, [{ start: counter - 8, end: counter + 4 }], () => {})).toBe('busy');
    expect(whileStopped(witness, [{ start: counter + 4, end: counter + 8 }], () => {})).toBe('done');
  });

  test('leaves a process stopped that was stopped, and another going, also when the work fails', async () => {
    const witness = startWitness();
    const fail = () => {
      throw new Error('the work failed');
    };
    expect(() => whileStopped(witness, [], fail)).toThrow('the work failed');
    await eventually('it goes on', () => stateOf(witness.pid) === 'S');
    signal(witness.pid, 'SIGSTOP');
    await eventually('it is stopped', () => stateOf(witness.pid) === 'T');
    expect(whileStopped(witness, [], () => {})).toBe('done');
    expect(() => whileStopped(witness, [], fail)).toThrow('the work failed');
    expect(stateOf(witness.pid)).toBe('T');
  });

  test('of a process that is gone, or whose pid is another’s now, is none', () => {
    const witness = startWitness();
    expect(whileStopped({ ...witness, startTicks: witness.startTicks - 1 }, [], () => {})).toBe('gone');
    expect(stateOf(witness.pid)).not.toBe('T');
  });
});

describe('the processes of a skew', () => {
  test('that are forked from a struck one are known, and restored with it; what they start is struck as well', async () => {
    const shell = start(
      'trap "(while :; do sleep 0.1; done) & echo forked" USR1; echo up; while :; do sleep 0.05; done',
    );
    await shell.firstLine();
    const { pid } = shell;
    const own = () => [identityOf(pid)];
    const original = imageOf(pid);
    const skew = new ClockSkew(5_000, ledger());
    await skew.cover(own());
    signal(pid, 'SIGUSR1');
    await eventually('it has forked', () => shell.said().includes('forked'));
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
    const [child = 0] = children.filter((id) => readFileSync(`/proc/${id}/cmdline`, 'utf8').startsWith('sh'));
    expect(imageOf(child)).toBe(imageOf(pid));
    const both = () => [...own(), identityOf(child)];
    await skew.cover(both());
    expect(skew.count).toBe(2);
    await skew.restore(both);
    expect([imageOf(pid), imageOf(child)]).toEqual([original, original]);
  });

  test('that are forked and never seen before the heal are restored by it', async () => {
    const shell = start(
      'trap "(while :; do sleep 0.1; done) & echo forked" USR1; echo up; while :; do sleep 0.05; done',
    );
    await shell.firstLine();
    const { pid } = shell;
    const original = imageOf(pid);
    const skew = new ClockSkew(5_000, ledger());
    await skew.cover([identityOf(pid)]);
    signal(pid, 'SIGUSR1');
    await eventually('it has forked', () => shell.said().includes('forked'));
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
    const [child = 0] = children.filter((id) => readFileSync(`/proc/${id}/cmdline`, 'utf8').startsWith('sh'));
    await skew.restore(() => [identityOf(pid), identityOf(child)]);
    expect(imageOf(child)).toBe(original);
  });

  test('that have become another program are struck again', async () => {
    const shell = start('trap "exec sleep 60" USR1; echo up; while :; do sleep 0.05; done');
    await shell.firstLine();
    const process = identityOf(shell.pid);
    const skew = new ClockSkew(5_000, ledger());
    await skew.cover([process]);
    signal(shell.pid, 'SIGUSR1');
    await eventually('it is another program', () =>
      readFileSync(`/proc/${shell.pid}/cmdline`, 'utf8').startsWith('sleep'),
    );
    const fresh = imageOf(shell.pid);
    await skew.cover([process]);
    expect(imageOf(shell.pid)).not.toBe(fresh);
    await skew.restore(() => [process]);
    expect(imageOf(shell.pid)).toBe(fresh);
  });

  test('are not struck twice by two faults: the second says so', async () => {
    const witness = startWitness();
    const skew = new ClockSkew(5_000, ledger());
    await skew.cover([witness]);
    await expect(new ClockSkew(-1_000, ledger()).cover([witness])).rejects.toThrow(
      `the vDSO of process ${witness.pid} is not that of this machine, or is rewritten already`,
    );
    await skew.restore(() => [witness]);
  });

  test('must have a vDSO', () => {
    // The kernel's own thread that starts others has no memory of its own.
    expect(() => readVdso(2)).toThrow(/process 2 has no \[vdso\] mapping|cannot be used/);
  });
});

test('the ledger is enough to give a process its bytes back, with no memory of the run', async () => {
  const states = join(temporary(), 'states');
  const witness = startWitness();
  const before = imageOf(witness.pid);
  const begun = Ledger.begin('vdso-test', states);
  await new ClockSkew(5_000, begun).cover([witness]);
  expectShifted(await witness.tell(), 5_000);
  // The tool may be killed in the moment in which it has stopped the process.
  signal(witness.pid, 'SIGSTOP');
  expect(await replay('vdso-test', states)).toEqual([
    `restored the vDSO of process ${witness.pid} (clock-skew)`,
    'removed its state',
  ]);
  expect(imageOf(witness.pid)).toBe(before);
  expectShifted(await witness.tell(), 0);
});

test('the ledger is written before the process is', async () => {
  const witness = startWitness();
  const { start: mapped } = findVdso(readFileSync(`/proc/${witness.pid}/maps`, 'utf8')) ?? { start: 0 };
  const original = imageOf(witness.pid);
  const entries: unknown[] = [];
  let imageThen = '';
  const watched = {
    add(undo: unknown) {
      entries.push(undo);
      imageThen = imageOf(witness.pid);
      return () => {};
    },
  } as unknown as Ledger;
  const skew = new ClockSkew(5_000, watched);
  await skew.cover([witness]);
  expect(imageThen).toBe(original);
  expect(entries).toMatchObject([
    { type: 'vdso', process: { pid: witness.pid, startTicks: witness.startTicks }, start: mapped },
  ]);
  await skew.restore(() => [witness]);
});

test('whether this machine allows it is found out on a process of the tool’s own, which does not stay', async () => {
  const before = children();
  expect(clockSkewRefusal()).toBeUndefined();
  await eventually('no child is left', () =>
    children()
      .filter((pid) => !before.includes(pid))
      .every((pid) => !isAlive({ pid, startTicks: readStat(pid)?.startTicks ?? 0 })),
  );
});

function children(): number[] {
  return (readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').match(/\d+/g) ?? []).map(Number);
}
