import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { loadAll } from '../../src/config/load-all.ts';
import type { FaultEnvironment, NodeControl } from '../../src/engines/local/environment.ts';
import { Ledger } from '../../src/engines/local/ledger.ts';
import { LocalEngine } from '../../src/engines/local/local-engine.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import { watchLoopLag } from '../../src/metrics/loop-lag.ts';
import type { EffectType } from '../../src/model/effects.ts';
import { run } from '../../src/run/run.ts';
import { openWorkload } from '../../src/workload/workload.ts';

// A real run on one node, on which no process can be stopped, and at first none can be continued either.

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('an injection that fails half-way is told as it was, and a cluster on which it was not rolled back is not used again', async () => {
  mkdirSync(join(folder, 'own'));
  writeFileSync(
    join(folder, 'own', 'short.yml'),
    `name: short
title: A node that cannot be stopped
tier: basic
severity: low
dimension: fault-isolation
phases: { steady: 1s, hold: 1s, recover: 1s }
faults:
  - { kind: pause, on: any }
expect: { availability: ">= 1%", p99-latency: "<= 5s", recovery: "<= 1s" }
`,
  );
  const { config, scenarios } = loadAll({
    ...{ cwd: folder, env: {}, preset: 'embedded', faultKinds },
    names: ['./own/short.yml'],
    overrides: { nodes: 1 },
  });
  const id = `half-injected-${process.pid}`;
  let boots = 0;
  /** Cannot stop a node, and in its first cluster cannot let it go on either. */
  class StubbornEngine extends LocalEngine {
    override async boot(signal: AbortSignal, effects?: readonly EffectType[]): Promise<void> {
      boots++;
      await super.boot(signal, effects);
    }

    override environment(): FaultEnvironment | undefined {
      const environment = super.environment();
      return environment && { ...environment, nodes: { ...environment.nodes, signal } };
    }
  }
  const signal: NodeControl['signal'] = (_, name) => {
    if (name === 'SIGCONT' && boots > 1) return [];
    throw new Error(`no ${name} today`);
  };
  const engine = new StubbornEngine({
    ...{ config, mutant: undefined, run: id, seed: 'seed', clock: systemClock, logger: silentLogger },
    workFolder: join(folder, 'work'),
    logFolder: join(folder, 'logs'),
    ledger: Ledger.begin(id, join(folder, 'states')),
  });
  const workload = openWorkload();
  const lag = watchLoopLag();
  try {
    const { error, scenarios: records } = await run(
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
        ...{ engine, workload, lag, clock: systemClock, logger: silentLogger, signal: new AbortController().signal },
        events: { onStage() {}, onProgress() {}, onScenario() {}, onRecord() {} },
      },
    );
    expect(error).toBeNull();
    expect(boots).toBe(2);
    const [second] = records;
    const first = second?.earlier;
    const failed = 'no SIGSTOP today';
    expect(first?.faults).toMatchObject([
      {
        healed: false,
        proven: false,
        observed: `not injected: ${failed}; what had been done could not be taken back: no SIGCONT today`,
      },
    ]);
    expect(first?.reason).toContain('pause could not be healed');
    expect(second?.cluster).toEqual({ fresh: true, why: 'short left a fault that could not be healed' });
    expect(second?.faults).toMatchObject([
      { healed: true, proven: false, mechanism: 'none', observed: `not injected, rolled back: ${failed}` },
    ]);
    expect(second).toMatchObject({
      verdict: 'inconclusive',
      violations: [],
      reason: expect.stringContaining(`pause was not proven: not injected, rolled back: ${failed}`),
    });
  } finally {
    lag.stop();
    await workload.terminate();
    await engine.stop();
  }
}, 120_000);
