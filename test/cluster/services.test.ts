import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import type { ChaosError } from '../../src/base/error.ts';
import { findMarked, signal } from '../../src/engines/local/cluster/proc.ts';
import { Services } from '../../src/engines/local/cluster/services.ts';
import type { ServiceSpec } from '../../src/model/config.ts';
import { brokerSpec } from '../support/broker-spec.ts';
import { eventually, rejection } from '../support/eventually.ts';
import { logsOfTests } from '../support/logs.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const temporary = temporaryFolders();
const openLog = logsOfTests();
const never = new AbortController().signal;
const running: Services[] = [];
let count = 0;
afterEach(() => Promise.all(running.splice(0).map((services) => services.stop(0))));

function service(of: Partial<ServiceSpec>): ServiceSpec {
  return { start: 'sleep 60', env: {}, ports: [], ready: { withinMs: 60_000 }, ...of };
}

function create(services: Record<string, ServiceSpec>) {
  const folder = temporary();
  const run = `services-test-${process.pid}-${++count}`;
  const ended: ChaosError[] = [];
  const made = new Services({
    broker: brokerSpec({ services }),
    processOptions: () => ({ run, clock: systemClock, workingFolder: folder, onStart: () => {} }),
    folderOf: (name) => join(folder, name),
    openLog: (name) => openLog(folder, name),
    onEnded: (error) => ended.push(error),
  });
  running.push(made);
  return { services: made, run, folder, ended };
}

const context = { cluster: { name: 'chaos', nodes: ['node1', 'node2'] }, services: { names: { main: 4369 } } };

describe('the helper processes of a cluster', () => {
  test('start one after the other, each when the one before it is ready, and know their ports', async () => {
    const { services, folder } = create({
      names: service({
        start: 'echo "$SIZE nodes, port {{ service.ports.main }}"; sleep 0.2; touch first; echo up; sleep 60',
        env: { SIZE: '{{ cluster.size }}' },
        ports: ['main'],
        ready: { log: 'up', withinMs: 60_000 },
      }),
      store: service({
        start: 'test -e first && echo after {{ services.names.main }}; sleep 60',
        ready: { log: 'after', withinMs: 60_000 },
      }),
    });
    expect(services.portCount).toBe(1);
    await services.start(context, never);
    expect(readFileSync(join(folder, 'logs', 'names.log'), 'utf8')).toContain('2 nodes, port 4369\n');
    expect(readFileSync(join(folder, 'logs', 'store.log'), 'utf8')).toContain('after 127.0.0.1:4369\n');
  });

  test('leave nothing when they are stopped', async () => {
    const { services, run, ended } = create({ names: service({}), store: service({}) });
    await services.start(context, never);
    expect(findMarked(run)).toHaveLength(2);
    await services.stop();
    expect(findMarked(run)).toEqual([]);
    expect(ended).toEqual([]);
  });

  test('carry the mark of no node: a fault of a node does not strike them', async () => {
    const { services, run } = create({ names: service({}) });
    await services.start(context, never);
    expect(findMarked(run, 'node1')).toEqual([]);
    expect(findMarked(run, 'names')).toHaveLength(1);
  });

  test('one that ends by itself is told, with where its output is', async () => {
    const { services, run, ended } = create({ names: service({}) });
    await services.start(context, never);
    for (const { pid } of findMarked(run)) signal(pid, 'SIGKILL');
    await eventually('it is told', () => ended.length > 0);
    expect(ended[0]).toMatchObject({
      code: 'cluster',
      message: 'the service names was ended by SIGKILL',
      hint: expect.stringContaining('names.log'),
    });
  });

  test('one that does not get ready ends the boot', async () => {
    const { services } = create({
      names: service({ start: 'echo port in use; exit 1', ready: { log: 'up', withinMs: 60_000 } }),
    });
    expect(await rejection(services.start(context, never))).toMatchObject({
      code: 'boot',
      message: 'names ended with exit code 1 before it was ready',
      output: ['port in use'],
    });
  });
});
