import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { loadAll } from '../../src/config/load-all.ts';
import type { FaultEnvironment } from '../../src/engines/local/environment.ts';
import { Ledger } from '../../src/engines/local/ledger.ts';
import { LocalEngine } from '../../src/engines/local/local-engine.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import { eventually } from '../support/eventually.ts';
import { type InForce, injected, names, observed, planned, standing } from '../support/faults.ts';
import { stateOf } from '../support/processes.ts';

const nodes = names(3);
let folder: string;
let engine: LocalEngine;
let environment: FaultEnvironment;

/** One cluster of the embedded broker for the whole file: each test leaves it healed. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  const run = `nodes-test-${process.pid}`;
  const { config } = loadAll({ cwd: folder, env: {}, preset: 'embedded', faultKinds, names: [] });
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

async function inject(
  kind: string,
  node: string,
  options: { parameters?: Record<string, unknown>; environment?: FaultEnvironment } = {},
): Promise<InForce> {
  const fault = planned(kind, { type: 'nodes', nodes: [node] }, { nodes, parameters: options.parameters ?? {} });
  const prepared = await observed(fault, options.environment ?? environment);
  return injected(prepared);
}

/** The same nodes, to which nothing that is ordered is done. */
function untouched(): FaultEnvironment {
  return { ...environment, nodes: { ...environment.nodes, kill: async () => {}, start: () => {}, signal: () => [] } };
}

const pidsOf = (node: string): number[] => environment.nodes.processes(node).map(({ pid }) => pid);
const answers = (node: string) =>
  eventually(`${node} answers`, async () => (await environment.nodes.ping(node, 1_000)) === undefined);

describe('pause', () => {
  test('stops every process of the node, is proven by /proc and by silence, and the heal continues them', async () => {
    const [pid = 0] = pidsOf('node2');
    const active = await inject('pause', 'node2');
    await eventually('it is stopped', () => stateOf(pid) === 'T');
    expect(active.mechanism).toBe('SIGSTOP');
    expect(await active.prove()).toEqual({
      proven: true,
      failed: [],
      observed: `1 of 1 processes in state T (pid ${pid}); MQTT: no MQTT answer within 500 ms`,
      figures: { processes: 1, processesStopped: 1, nodesSilent: 1 },
    });
    await answers('node1');
    await active.heal();
    await active.heal();
    await answers('node2');
    expect(pidsOf('node2')).toEqual([pid]);
  });

  test('is not proven when nothing was done', async () => {
    const active = await inject('pause', 'node2', { environment: untouched() });
    expect(await active.prove()).toMatchObject({ proven: false, figures: { processesStopped: 0, nodesSilent: 0 } });
    await active.heal();
    await answers('node2');
  });
});

describe('kill', () => {
  test('ends every process of the node, is proven by /proc and by silence, and the heal starts it once', async () => {
    const [pid = 0] = pidsOf('node3');
    const active = await inject('kill', 'node3');
    expect(active.mechanism).toBe('SIGKILL');
    expect(await active.prove()).toEqual({
      proven: true,
      failed: [],
      observed: expect.stringMatching(
        `^1 of 1 processes gone from /proc \\(pid ${pid}\\), 0 left; MQTT: .*ECONNREFUSED`,
      ),
      figures: { processesKilled: 1, processesGone: 1, processesLeft: 0, nodesSilent: 1 },
    });
    // It was told to end, so that is no crash.
    expect(engine.takeCrashes()).toEqual([]);
    await active.heal();
    await active.heal();
    await answers('node3');
    expect(pidsOf('node3')).toHaveLength(1);
    expect(pidsOf('node3')).not.toContain(pid);
  });

  test('is not proven when nothing was done', async () => {
    const active = await inject('kill', 'node3', { environment: untouched() });
    expect(await active.prove()).toMatchObject({ proven: false, figures: { processesGone: 0, processesLeft: 1 } });
    await active.heal();
    await answers('node3');
  });

  test('of a node that is down already is not proven: this fault did not do it', async () => {
    await environment.nodes.kill('node3');
    const active = await inject('kill', 'node3');
    expect(await active.prove()).toMatchObject({ proven: false, figures: { processesKilled: 0 } });
    await active.heal();
    await answers('node3');
  });
});

describe('restart', () => {
  test('ends the node and starts it after its downtime, with new processes that answer', async () => {
    const [pid = 0] = pidsOf('node1');
    const active = await inject('restart', 'node1', { parameters: { downtime: '300ms' } });
    expect(active.mechanism).toBe('SIGKILL and start');
    await active.impactOver;
    const proof = await active.prove();
    const [fresh = 0] = pidsOf('node1');
    expect(proof).toMatchObject({
      proven: true,
      failed: [],
      figures: { processesKilled: 1, processesGone: 1, nodesSilent: 1, newProcesses: 1 },
    });
    expect(proof.observed).toContain(`(pid ${pid} -> ${fresh}), MQTT answers again`);
    await active.heal();
    await active.heal();
    expect(pidsOf('node1')).toEqual([fresh]);
  });

  test('healed before its downtime is over, starts the node at once and only once', async () => {
    const active = await inject('restart', 'node1', { parameters: { downtime: '1h' } });
    expect(pidsOf('node1')).toEqual([]);
    await active.heal();
    await active.heal();
    await answers('node1');
    expect(pidsOf('node1')).toHaveLength(1);
  });

  test('is not proven when nothing was done', async () => {
    const active = await inject('restart', 'node1', { parameters: { downtime: '10ms' }, environment: untouched() });
    await active.impactOver;
    expect(await active.prove()).toMatchObject({ proven: false, figures: { processesGone: 0, newProcesses: 0 } });
    await active.heal();
  });

  test('of a node that was down already is not proven', async () => {
    await environment.nodes.kill('node1');
    const active = await inject('restart', 'node1', { parameters: { downtime: '10ms' } });
    await active.impactOver;
    expect(await active.prove()).toMatchObject({ proven: false, figures: { processesKilled: 0, newProcesses: 1 } });
    await active.heal();
  });
});
