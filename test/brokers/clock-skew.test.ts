import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { loadAll } from '../../src/config/load-all.ts';
import { readVdso } from '../../src/engines/local/clock/vdso/process.ts';
import type { FaultEnvironment } from '../../src/engines/local/environment.ts';
import { Ledger } from '../../src/engines/local/ledger.ts';
import { LocalEngine } from '../../src/engines/local/local-engine.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import { eventually } from '../support/eventually.ts';
import { injected, observed, planned, standing } from '../support/faults.ts';
import { needing } from '../support/needs.ts';

const test = needing('nats-server');

/** A Go program reads the clocks by itself, without the C library. */
let folder: string;
let engine: LocalEngine;
let environment: FaultEnvironment;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  // With -D each connection is a line of its log.
  writeFileSync(
    join(folder, 'chaos.yml'),
    `broker: { preset: nats, start: 'nats-server -D -c "{{ node.folder }}/nats.conf"' }\ncluster: { nodes: 1 }\n`,
  );
  const { config } = loadAll({ cwd: folder, env: {}, faultKinds, names: [] });
  const run = `clock-skew-nats-${process.pid}`;
  engine = new LocalEngine({
    config,
    mutant: undefined,
    run,
    seed: 'seed',
    workFolder: join(folder, 'work'),
    logFolder: join(folder, 'logs'),
    ledger: Ledger.begin(run, join(folder, 'states')),
    clock: systemClock,
    logger: silentLogger,
  });
  await engine.boot(new AbortController().signal);
  environment = standing(engine);
});
afterAll(async () => {
  await engine.stop();
  rmSync(folder, { recursive: true });
});

/** How far its wall clock is ahead, by its own account, and by how much that may be wrong: half of the time that the answer took. The best of several. */
async function ahead(): Promise<{ readonly ms: number; readonly withinMs: number }> {
  const [url = ''] = environment.nodes.httpUrls('node1');
  let best = { ms: 0, withinMs: Number.POSITIVE_INFINITY };
  for (let left = 10; left > 0; left--) {
    const askedMs = Date.now();
    const { now } = (await (await fetch(new URL('/varz', url))).json()) as { readonly now: string };
    const withinMs = (Date.now() - askedMs) / 2;
    if (withinMs < best.withinMs) best = { ms: Date.parse(now) - askedMs - withinMs, withinMs };
  }
  return best;
}

/** Clocks are read to the millisecond, and two runs of `Date` may be one apart. */
const roundingMs = 5;

test.each([
  ['+5s', 5_000, 'Date header'],
  ['-5s', -5_000, 'Date header'],
  ['+5s', 5_000, 'log time stamps'],
  ['-5s', -5_000, 'log time stamps'],
  ['-300ms', -300, 'log time stamps'],
])('the wall clock of nats-server is %s (%d ms) off, and its %s proves it', async (offset, offsetMs, source) => {
  const fault = planned(
    'clock-skew',
    { type: 'nodes', nodes: ['node1'] },
    { nodes: ['node1'], parameters: { offset } },
  );
  // What it showed last must not be of the clock of the test before.
  await environment.nodes.ping('node1', 1_000);
  const prepared = await observed(fault, {
    ...environment,
    nodes: {
      ...environment.nodes,
      ...(source === 'Date header' ? { logFile: () => join(folder, 'no-log') } : { httpUrls: () => [] }),
    },
  });
  // One line that was written late, on a busy machine, must not be all that is known of the clock before.
  for (let left = 12; left > 0; left--) {
    await environment.nodes.ping('node1', 1_000);
    await environment.clock.sleep(50);
  }
  const [{ pid = 0 } = {}] = environment.nodes.processes('node1');
  const original = readVdso(pid).image;
  const before = await ahead();
  const active = await injected(prepared);
  try {
    const during = await ahead();
    const errorMs = before.withinMs + during.withinMs + roundingMs;
    expect(Math.abs(during.ms - before.ms - offsetMs)).toBeLessThanOrEqual(errorMs);
    await eventually('it is proven', async () => {
      await environment.nodes.ping('node1', 1_000);
      return (await active.prove()).proven;
    });
    expect((await active.prove()).observed).toMatch(
      new RegExp(`^node1: ${source} .* ${offsetMs > 0 ? 'ahead' : 'behind'} in`),
    );
  } finally {
    await active.heal();
    await prepared.release();
  }
  expect(readVdso(pid).image.equals(original)).toBe(true);
  const after = await ahead();
  expect(Math.abs(after.ms - before.ms)).toBeLessThanOrEqual(before.withinMs + after.withinMs + roundingMs);
  await prepared.release();
});
