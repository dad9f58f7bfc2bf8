import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { allPathsDeliver } from '../../src/workload/path-report.ts';
import { checkPaths } from '../../src/workload/paths.ts';
import { type Script, startScriptedBroker } from '../support/scripted-broker.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Two nodes that are one broker in truth, as far as clients can tell. */
async function check(script: Script, options: { withinMs?: number; signal?: AbortSignal } = {}) {
  const broker = await startScriptedBroker(script);
  closing.push(() => broker.close());
  const endpoints = ['node1', 'node2'].map((node) => ({ ...broker.endpoint, node }));
  const report = await checkPaths(endpoints, {
    prefix: 'paths',
    withinMs: options.withinMs ?? 60_000,
    nowMs: systemClock.nowMs,
    signal: options.signal,
  });
  const never = [
    ...report.accepted.map(({ node, atMs }) => [node, atMs] as const),
    ...report.paths.map(({ from, to, atMs }) => [`${from}>${to}`, atMs] as const),
  ]
    .filter(([, atMs]) => atMs === null)
    .map(([name]) => name);
  return { report, never, broker };
}

test('every node accepts and every pair delivers, a node with itself included', async () => {
  const { report, never } = await check({});
  expect(never).toEqual([]);
  expect(allPathsDeliver(report)).toBe(true);
  expect(report.paths.map(({ from, to }) => `${from}>${to}`)).toEqual([
    'node1>node1',
    'node1>node2',
    'node2>node1',
    'node2>node2',
  ]);
  for (const { atMs } of [...report.accepted, ...report.paths]) {
    expect(atMs).toBeGreaterThanOrEqual(report.startedMs);
    expect(atMs).toBeLessThanOrEqual(report.endedMs);
  }
});

test('a node that lets nobody in is heard of by no pair', async () => {
  const { report, never } = await check(
    { connack: ({ clientId }) => (clientId.endsWith('node2') ? { returnCode: 3 } : undefined) },
    { withinMs: 1_000 },
  );
  expect(never).toEqual(['node2', 'node1>node2', 'node2>node1', 'node2>node2']);
  expect(allPathsDeliver(report)).toBe(false);
});

test('a node whose messages go nowhere is found, and the other pairs are not blamed', async () => {
  const { never } = await check(
    {
      publish: ({ messageId = 0 }, peer) => peer.clientId.endsWith('node2') && peer.send({ cmd: 'puback', messageId }),
    },
    { withinMs: 1_000 },
  );
  expect(never).toEqual(['node2>node1', 'node2>node2']);
});

describe('a node that is still recovering', () => {
  test('may refuse the connection at first', async () => {
    const { never } = await check({ connack: ({ nth }) => (nth < 3 ? { returnCode: 3 } : undefined) });
    expect(never).toEqual([]);
  });

  test('may refuse the subscription at first', async () => {
    let refusals = 3;
    const { never } = await check({
      subscribe: ({ messageId = 0 }, peer) =>
        refusals-- > 0 && peer.send({ cmd: 'suback', messageId, granted: [0x80] }),
    });
    expect(never).toEqual([]);
  });

  test('may lose the first messages', async () => {
    let losses = 4;
    const { never } = await check({
      publish: ({ messageId = 0 }, peer) => losses-- > 0 && peer.send({ cmd: 'puback', messageId }),
    });
    expect(never).toEqual([]);
  });
});

test('it ends early when it is aborted, before or after its start', async () => {
  const silent: Script = { connack: () => 'silence' };
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 50);
  expect((await check(silent, { withinMs: 600_000, signal: abort.signal })).never).toHaveLength(6);
  expect((await check(silent, { withinMs: 600_000, signal: abort.signal })).never).toHaveLength(6);
});
