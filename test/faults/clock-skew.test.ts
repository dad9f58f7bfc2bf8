import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { loadAll } from '../../src/config/load-all.ts';
import type { PreparedFault } from '../../src/engines/injection.ts';
import { readVdso } from '../../src/engines/local/clock/vdso/process.ts';
import { lastLines } from '../../src/engines/local/cluster/log-file.ts';
import { signal } from '../../src/engines/local/cluster/proc.ts';
import type { FaultEnvironment } from '../../src/engines/local/environment.ts';
import { Ledger } from '../../src/engines/local/ledger.ts';
import { LocalEngine } from '../../src/engines/local/local-engine.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import { judge } from '../../src/run/verdict.ts';
import { eventually } from '../support/eventually.ts';
import { type InForce, injected, names, observed, planned, standing } from '../support/faults.ts';
import { measuredRun } from '../support/measured-run.ts';
import { identityOf, processes, stateOf } from '../support/processes.ts';

const nodes = names(2);
const run = `clock-skew-test-${process.pid}`;
const startProcess = processes();
let folder: string;
let ledger: Ledger;
let engine: LocalEngine;
let environment: FaultEnvironment;

/** Two nodes, each a Node process that tells its clocks over HTTP, for the whole file: each test leaves them healed. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  writeFileSync(
    join(folder, 'chaos.yml'),
    `broker:
  name: clocks
  start: '"{{ tool.node }}" "${fileURLToPath(new URL('../support/clock-server.mjs', import.meta.url))}" {{ node.ports.http }} 50'
  ports: [http]
  ready: { mqtt: false, http: "http://127.0.0.1:{{ node.ports.http }}/" }
cluster: { nodes: 2 }
`,
  );
  const { config } = loadAll({ cwd: folder, env: {}, faultKinds, names: [] });
  ledger = Ledger.begin(run, join(folder, 'states'));
  engine = new LocalEngine({
    config,
    mutant: undefined,
    run,
    seed: 'seed',
    workFolder: join(folder, 'work'),
    logFolder: join(folder, 'logs'),
    ledger,
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

const pidOf = (node: string): number => environment.nodes.processes(node)[0]?.pid ?? 0;
const imageOf = (node: string): string => readVdso(pidOf(node)).image.toString('hex');
const original = readVdso(process.pid).image.toString('hex');

/** How far a node's clocks are ahead of this process's, at least and at most, in milliseconds. */
async function aheadMs(node: string): Promise<{ wall: [number, number]; monotonic: [number, number] }> {
  const [url = ''] = environment.nodes.httpUrls(node);
  const [wallBefore, monotonicBefore] = [Date.now(), Number(process.hrtime.bigint()) / 1e6];
  const told = (await (await fetch(url)).json()) as { wallMs: number; monotonicNs: string };
  const [wallAfter, monotonicAfter] = [Date.now(), Number(process.hrtime.bigint()) / 1e6];
  const monotonic = Number(told.monotonicNs) / 1e6;
  return {
    wall: [told.wallMs - wallAfter, told.wallMs - wallBefore],
    monotonic: [monotonic - monotonicAfter, monotonic - monotonicBefore],
  };
}

async function expectAhead(node: string, offsetMs: number): Promise<void> {
  const { wall, monotonic } = await aheadMs(node);
  // The wall clock is read in whole milliseconds here and there.
  expect(wall[0]).toBeLessThanOrEqual(offsetMs + 1);
  expect(wall[1]).toBeGreaterThanOrEqual(offsetMs - 1);
  expect(monotonic[0]).toBeLessThanOrEqual(0);
  expect(monotonic[1]).toBeGreaterThanOrEqual(0);
}

const isAhead = async (node: string, offsetMs: number): Promise<boolean> => {
  const { wall } = await aheadMs(node).catch(() => ({ wall: [0, 0] }));
  return Math.abs((wall[0] ?? 0) - offsetMs) < 500;
};

/** Node keeps a Date header for up to a second. */
async function showsTheTime(node: string): Promise<boolean> {
  const [url = ''] = environment.nodes.httpUrls(node);
  const dates = [
    (await fetch(url)).headers.get('date'),
    lastLines(environment.nodes.logFile(node), 1)[0]?.slice(0, 24),
  ];
  return dates.every((date) => Math.abs(Date.parse(date ?? '') - Date.now()) < 1_300);
}

const open: { prepared: PreparedFault; active?: InForce }[] = [];
afterEach(async () => {
  for (const { prepared, active } of open.splice(0)) {
    await active?.heal();
    await prepared.release();
  }
});

/** A fault whose end a test need not wait for. */
async function prepare(
  node: string,
  parameters: Record<string, unknown>,
  changes: Partial<FaultEnvironment['nodes']> = {},
): Promise<{ inject(): Promise<InForce> }> {
  const fault = planned('clock-skew', { type: 'nodes', nodes: [node] }, { nodes, parameters });
  await eventually('nothing that it shows is of the clock of the test before', () => showsTheTime(node));
  const given = { nodes: { ...environment.nodes, ...changes } };
  const prepared = await observed(fault, { ...environment, ...given });
  const entry: (typeof open)[number] = { prepared };
  open.push(entry);
  return {
    async inject() {
      const active = await injected(prepared);
      entry.active = active;
      return active;
    },
  };
}

/** Without a log, so that the Date header is what is left to prove it by; or without an HTTP address. */
const noLog = { logFile: () => join(folder, 'no-log') };
const noHttp = { httpUrls: () => [] };

async function untilProven(active: InForce): Promise<Awaited<ReturnType<InForce['prove']>>> {
  await eventually('it is proven', async () => (await active.prove()).proven);
  return active.prove();
}

describe('a Node process', () => {
  test.each(['+5s', '-5s'])(
    'whose clock is %s off shows it in its Date header; its monotonic time is unmoved',
    async (offset) => {
      const offsetMs = offset === '+5s' ? 5_000 : -5_000;
      const prepared = await prepare('node1', { offset }, noLog);
      await expectAhead('node1', 0);
      const active = await prepared.inject();
      await expectAhead('node1', offsetMs);
      await expectAhead('node2', 0);
      const proof = await untilProven(active);
      expect(active.mechanism).toBe('vDSO rewritten');
      expect(proof.observed).toMatch(
        offsetMs > 0
          ? /^node1: Date header [45]\.\d s ahead in (\d+) of \1 answers$/
          : /^node1: Date header [45]\.\d s behind in (\d+) of \1 answers$/,
      );
      expect(proof.figures).toMatchObject({ offsetMs, nodesShifted: 1, processesStruck: 1 });
      await active.heal();
      expect(imageOf('node1')).toBe(original);
      await expectAhead('node1', 0);
      await active.heal();
      expect(imageOf('node1')).toBe(original);
    },
  );

  test.each([
    ['+400ms', 'ahead'],
    ['-400ms', 'behind'],
  ])('whose clock is %s off shows it in the time stamps of its log', async (offset, way) => {
    const prepared = await prepare('node1', { offset });
    // As a steady phase would: a single line before may have been a late one, and then nothing after it is as asked.
    await systemClock.sleep(4_000);
    const active = await prepared.inject();
    const { observed } = await untilProven(active);
    expect(observed).toMatch(new RegExp(`^node1: log time stamps \\d{3} ms ${way} in \\d+ of \\d+ lines$`));
    await active.heal();
  });

  test('is struck again when it is restarted during the fault', async () => {
    const prepared = await prepare('node1', { offset: '+1h' }, noLog);
    const active = await prepared.inject();
    await expectAhead('node1', 3_600_000);
    await environment.nodes.kill('node1');
    environment.nodes.start('node1');
    await eventually('the new process has the clock of the old', () => isAhead('node1', 3_600_000));
    const proof = await untilProven(active);
    // The old one and the new one; a shell that came before it may have been struck too.
    expect(proof.figures.processesStruck).toBeGreaterThanOrEqual(2);
    await active.heal();
    await expectAhead('node1', 0);
    expect(imageOf('node1')).toBe(original);
    await environment.nodes.kill('node1');
    environment.nodes.start('node1');
    await eventually('it answers', () => isAhead('node1', 0));
    expect(imageOf('node1')).toBe(original);
  });

  test('under a strobe is seen with both times', async () => {
    const prepared = await prepare('node2', { offset: '+5s', strobe: '700ms' }, noLog);
    const active = await prepared.inject();
    const { observed } = await untilProven(active);
    expect(observed).toMatch(/^node2: Date header \d\.\d s ahead in \d+, as before in \d+ of \d+ answers$/);
    await active.heal();
    expect(imageOf('node2')).toBe(original);
    await expectAhead('node2', 0);
  });

  test('that was stopped stays stopped, when it is struck and when it is healed', async () => {
    const pid = pidOf('node2');
    const prepared = await prepare('node2', { offset: '+5s' });
    signal(pid, 'SIGSTOP');
    await eventually('it is stopped', () => stateOf(pid) === 'T');
    const active = await prepared.inject();
    expect(stateOf(pid)).toBe('T');
    expect(imageOf('node2')).not.toBe(original);
    signal(pid, 'SIGCONT');
    await expectAhead('node2', 5_000);
    signal(pid, 'SIGSTOP');
    await eventually('it is stopped', () => stateOf(pid) === 'T');
    await active.heal();
    // The signal that stops it again is on its way.
    await eventually('it is stopped again', () => stateOf(pid) === 'T');
    expect(imageOf('node2')).toBe(original);
    signal(pid, 'SIGCONT');
    await expectAhead('node2', 0);
  });
});

describe('is not proven', () => {
  /** The verdict of a scenario in which nothing but this was wrong. */
  const verdictOf = (active: InForce, { proven, observed, figures }: Awaited<ReturnType<InForce['prove']>>) =>
    judge({
      violations: [],
      unknown: [],
      crashes: [],
      faults: [
        {
          ...{ kind: 'clock-skew', target: 'node1', injected: '', startMs: 0, endMs: 1, healed: true },
          ...{ mechanism: active.mechanism, observed, proven, figures },
        },
      ],
      expectations: [],
      harness: { conductorLagP99Ms: 1, workloadLagP99Ms: 1, linksLagP99Ms: 1 },
      operations: { phase: 'hold', possible: 10_000 },
      stillArriving: false,
      unsteady: [],
    });

  test.each([
    [
      '+5s',
      undefined,
      noLog,
      /^node1: .*: 0, needed at least \d+; node1: Date header as before in (\d+) of \1 answers$/,
    ],
    ['+5s', '700ms', noLog, /^node1: .*: 0, needed at least \d+; node1: Date header as before in (\d+) of \1 answers$/],
    [
      '+400ms',
      undefined,
      {},
      /^node1: .*: 0, needed at least \d+; node1: log time stamps as before in (\d+) of \1 lines$/,
    ],
  ])(
    'when the injector strikes something else (%s, strobe %s), and the scenario is inconclusive',
    async (offset, strobe, changes, seen) => {
      const decoy = startProcess('exec sleep 60');
      await eventually('it is the other program', () => readFileSync(`/proc/${decoy.pid}/comm`, 'utf8') === 'sleep\n');
      const parameters = strobe === undefined ? { offset } : { offset, strobe };
      const prepared = await prepare('node1', parameters, {
        ...changes,
        processes: () => [{ ...environment.nodes.processes('node1')[0], ...identityOf(decoy.pid) } as never],
      });
      const active = await prepared.inject();
      await eventually('enough was seen', async () => ((await active.prove()).figures.samples ?? 0) >= 4);
      const proof = await active.prove();
      expect(proof).toMatchObject({
        proven: false,
        observed: expect.stringMatching(seen),
        figures: { processesStruck: 1, nodesShifted: 0 },
      });
      expect(verdictOf(active, proof)).toMatchObject({
        verdict: 'inconclusive',
        reason: expect.stringMatching(/^clock-skew was not proven: node1: .* as before/),
      });
      await active.heal();
    },
  );

  test('when the strobe stands still', async () => {
    const prepared = await prepare('node1', { offset: '+5s', strobe: '1h' }, noLog);
    const active = await prepared.inject();
    await eventually('enough was seen', async () => ((await active.prove()).figures.samples ?? 0) >= 4);
    expect(await active.prove()).toMatchObject({
      proven: false,
      observed: expect.stringMatching(/ahead in (\d+) of \1 answers$/),
    });
    await active.heal();
  });

  test('when the node shows its wall clock nowhere', async () => {
    const prepared = await prepare('node1', { offset: '+5s' }, { ...noLog, ...noHttp });
    const active = await prepared.inject();
    await expectAhead('node1', 5_000);
    expect(await active.prove()).toMatchObject({
      proven: false,
      observed:
        'node1: samples of its wall clock that can tell this offset: 0, needed more than 0; node1: the node shows its wall clock nowhere: no Date header over HTTP, no time stamps in its log',
    });
    await active.heal();
  });

  test('by whole seconds when the offset is less than two', async () => {
    const prepared = await prepare('node1', { offset: '+1s' }, noLog);
    const active = await prepared.inject();
    await eventually('enough was seen', async () => !/too few/.test((await active.prove()).observed));
    expect(await active.prove()).toMatchObject({
      proven: false,
      observed:
        'node1: samples of its wall clock that can tell this offset: 0, needed more than 0; node1: what the node shows of its wall clock does not tell: Date header too coarse for this offset; no log time stamps',
    });
    await active.heal();
  });
});

test('a node whose clock is skewed already is not skewed once more, and keeps what it has', async () => {
  const [first, second] = [await prepare('node1', { offset: '+10s' }), await prepare('node1', { offset: '-5s' })];
  const active = await first.inject();
  await expect(second.inject()).rejects.toThrow('is not that of this machine, or is rewritten already');
  await expectAhead('node1', 10_000);
  await active.heal();
  await expectAhead('node1', 0);
});

test('what is done is in the ledger while it is done, and no longer', async () => {
  const open = (): number => {
    const lines = readFileSync(join(ledger.folder, 'ledger.jsonl'), 'utf8').trim().split('\n');
    const entries = lines.map(
      (line) => JSON.parse(line) as { entry?: number; undone?: number; undo?: { type: string } },
    );
    const undone = new Set(entries.map((entry) => entry.undone));
    return entries.filter(({ entry, undo }) => undo?.type === 'vdso' && !undone.has(entry)).length;
  };
  const prepared = await prepare('node1', { offset: '+5s' });
  expect(open()).toBe(0);
  const active = await prepared.inject();
  expect(open()).toBe(1);
  await active.heal();
  expect(open()).toBe(0);
});

test('a scenario on a broker that shows its clock nowhere ends inconclusive', async () => {
  const broker = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  try {
    const shipped = readFileSync(new URL('../../brokers/embedded.yml', import.meta.url), 'utf8');
    const silent = shipped.split('\n').filter((line) => !/^ *(http|metrics): "http/.test(line));
    writeFileSync(join(broker, 'chaos.yml'), silent.join('\n'));
    writeFileSync(
      join(broker, 'skew.yml'),
      `name: skew
title: One clock is off
tier: fault
severity: low
dimension: clock-tolerance
phases: { steady: 1s, hold: 2s, recover: 5s }
faults:
  - { kind: clock-skew, on: any, offset: -5s }
expect: { availability: ">= 90%", p99-latency: "<= 5s", recovery: "<= 5s" }
`,
    );
    const { code, record } = await measuredRun(
      ...['--config', join(broker, 'chaos.yml'), '--scenario', join(broker, 'skew.yml')],
    );
    expect(code).toBe(2);
    expect(record?.scenarios).toMatchObject([
      {
        verdict: 'inconclusive',
        reason: expect.stringContaining('clock-skew was not proven'),
        faults: [
          {
            proven: false,
            healed: true,
            observed: expect.stringContaining('does not tell: no Date header; too few log time stamps'),
          },
        ],
      },
    ]);
  } finally {
    rmSync(broker, { recursive: true });
  }
});
