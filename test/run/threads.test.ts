import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { distPath } from '../../src/base/entries.ts';
import { ChaosError, exitCodes } from '../../src/base/error.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { loadAll } from '../../src/config/load-all.ts';
import { Ledger } from '../../src/engines/local/ledger.ts';
import { LocalEngine } from '../../src/engines/local/local-engine.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import { watchLoopLag } from '../../src/metrics/loop-lag.ts';
import type { PhaseName, RunRecord } from '../../src/model/record.ts';
import { run } from '../../src/run/run.ts';
import { openWorkload } from '../../src/workload/workload.ts';

// Threads of the tool that really end in the middle of a real run: it ends with an error of ours, at once, and the broker is accused of nothing.

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Stage = 'probing the features' | PhaseName;
type Threads = { readonly workload: Worker; links?: Worker; logs?: Worker };

/** Runs one scenario on one node and ends a thread at a stage of it. */
async function runUntil(stage: Stage, end: (threads: Threads) => Promise<unknown>): Promise<RunRecord> {
  mkdirSync(join(folder, 'own'));
  writeFileSync(
    join(folder, 'own', 'short.yml'),
    `name: short
title: Nothing happens for a moment
tier: basic
severity: low
dimension: fault-isolation
faults: []
phases: { steady: 1s, hold: 1s, recover: 1s }
expect: { availability: ">= 1%", p99-latency: "<= 5s", recovery: "<= 1s" }
`,
  );
  const { config, scenarios } = loadAll({
    ...{ cwd: folder, env: {}, preset: 'embedded', faultKinds },
    names: ['./own/short.yml'],
    overrides: { nodes: 1 },
  });
  const threads: Threads = { workload: new Worker(distPath('workload-worker.js')) };
  const id = `threads-test-${process.pid}`;
  const engine = new LocalEngine({
    config,
    mutant: undefined,
    run: id,
    seed: 'seed',
    workFolder: join(folder, 'work'),
    logFolder: join(folder, 'logs'),
    ledger: Ledger.begin(id, join(folder, 'states')),
    clock: systemClock,
    logger: silentLogger,
    startLogsThread() {
      threads.logs = new Worker(distPath('logs-worker.js'), { execArgv: [] });
      return threads.logs;
    },
    startLinksThread(workerData) {
      threads.links = new Worker(distPath('links-worker.js'), { workerData, execArgv: [] });
      return threads.links;
    },
  });
  const workload = openWorkload(threads.workload);
  const lag = watchLoopLag();
  let ending: Promise<unknown> | undefined;
  const reached = (now: Stage): void => {
    if (now === stage) ending ??= end(threads);
  };
  try {
    return await run(
      {
        ...{
          config,
          scenarios,
          catalogue: ['short'],
          tiers: ['basic'],
          seed: 'seed',
          repeat: 1 as const,
          mutant: undefined,
        },
        ...{ version: '0', command: '', metricsFolder: join(folder, 'metrics'), ci: null },
      },
      {
        ...{ engine, lag, clock: systemClock, logger: silentLogger, signal: new AbortController().signal },
        workload: {
          ...workload,
          call(method, ...argument) {
            if (method === 'probeFeatures') reached('probing the features');
            return workload.call(method, ...argument);
          },
        },
        events: {
          onStage() {},
          onProgress: ({ phase }) => reached(phase),
          onScenario() {},
          onRecord() {},
        },
      },
    );
  } finally {
    lag.stop();
    await ending;
    await workload.terminate();
    await engine.stop();
  }
}

const stages: readonly Stage[] = ['probing the features', 'warm-up', 'steady', 'hold', 'recover', 'drain'];

test.each(stages)(
  'a workload thread that ends while %s is an error of the tool',
  async (stage) => {
    const record = await runUntil(stage, ({ workload }) => workload.terminate());
    expectOurs(record, 'the workload thread ended: exit code 1; this is a defect of chaos-action');
  },
  60_000,
);

test.each(stages)(
  'a links thread that ends while %s is an error of the tool',
  async (stage) => {
    const record = await runUntil(stage, async ({ links }) => links?.terminate());
    expectOurs(record, 'the links thread ended: exit code 1; this is a defect of chaos-action');
  },
  60_000,
);

test.each(['probing the features', 'hold'] as const)(
  'a thread that writes the logs and ends while %s is an error of the tool; the nodes do not end of it',
  async (stage) => {
    const record = await runUntil(stage, async ({ logs }) => logs?.terminate());
    expectOurs(record, 'the logs thread ended: exit code 1; this is a defect of chaos-action');
  },
  60_000,
);

function expectOurs({ error, partial, scenarios }: RunRecord, message: string): void {
  expect({ error, partial, scenarios }).toEqual({
    error: { code: 'internal', message, hint: expect.stringContaining('nothing about the broker') },
    partial: true,
    scenarios: [],
  });
  expect(new ChaosError('internal', message).exitCode).toBe(exitCodes.infrastructure);
}
