import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { allPathsDeliver, type Path, unservedPaths } from '../../src/workload/path-report.ts';
import { checkPaths } from '../../src/workload/paths.ts';
import { type Script, startScriptedBroker } from '../support/scripted-broker.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Two nodes that are one broker in truth, as far as clients can tell. */
async function check(
  script: Script,
  options: { withinMs?: number; signal?: AbortSignal; except?: readonly Path[]; refusalsDecide?: boolean } = {},
) {
  const broker = await startScriptedBroker(script);
  closing.push(() => broker.close());
  const endpoints = ['node1', 'node2'].map((node) => ({ ...broker.endpoint, node }));
  const report = await checkPaths(endpoints, {
    prefix: 'paths',
    nowMs: systemClock.nowMs,
    ...options,
    withinMs: options.withinMs ?? 60_000,
  });
  const never = [
    ...report.accepted.map(({ node, atMs }) => [node, atMs] as const),
    ...report.paths.map(({ from, to, filter, atMs }) => [`${from}>${to} ${filter}`, atMs] as const),
  ]
    .filter(([, atMs]) => atMs === null)
    .map(([name]) => name);
  return { report, never, broker };
}

const both = (...pairs: string[]): string[] => pairs.flatMap((pair) => [`${pair} exact`, `${pair} wildcard`]);

test('every node accepts and every pair delivers, a node with itself included', async () => {
  const { report, never } = await check({});
  expect(never).toEqual([]);
  expect(allPathsDeliver(report)).toBe(true);
  expect(report.paths.map(({ from, to, filter }) => `${from}>${to} ${filter}`)).toEqual(
    both('node1>node1', 'node1>node2', 'node2>node1', 'node2>node2'),
  );
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
  expect(never).toEqual(['node2', ...both('node1>node2', 'node2>node1', 'node2>node2')]);
  expect(allPathsDeliver(report)).toBe(false);
});

test('a node whose messages go nowhere is found, and the other pairs are not blamed', async () => {
  const { never } = await check(
    {
      publish: ({ messageId = 0 }, peer) => peer.clientId.endsWith('node2') && peer.send({ cmd: 'puback', messageId }),
    },
    { withinMs: 1_000 },
  );
  expect(never).toEqual(both('node2>node1', 'node2>node2'));
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
  expect((await check(silent, { withinMs: 600_000, signal: abort.signal })).never).toHaveLength(10);
  expect((await check(silent, { withinMs: 600_000, signal: abort.signal })).never).toHaveLength(10);
});

describe('before any fault', () => {
  /** Messages on the topics of one kind of filter are acknowledged and go nowhere. */
  const swallows = (kind: string): Script => ({
    publish: ({ topic, messageId = 0 }, peer) =>
      topic.startsWith(`paths/${kind}/`) && peer.send({ cmd: 'puback', messageId }),
  });

  test('a broker that routes no wildcards is told apart from one that routes nothing', async () => {
    const { report } = await check(swallows('wildcard'), { withinMs: 2_500 });
    const unserved = unservedPaths(report);
    expect(unserved.map(({ filter }) => filter)).toEqual(['wildcard', 'wildcard', 'wildcard', 'wildcard']);
    for (const { acknowledged } of unserved) expect(acknowledged).toBeGreaterThanOrEqual(5);
  });

  test('nothing is said of a path on which nothing was acknowledged', async () => {
    const { report, never } = await check({ publish: () => true }, { withinMs: 2_500 });
    expect(never).toHaveLength(8);
    expect(unservedPaths(report)).toEqual([]);
  });

  test('a filter that the broker refuses is no fault of it, and is not waited for', async () => {
    const { report, never } = await check(
      {
        subscribe: ({ messageId = 0, subscriptions }, peer) =>
          subscriptions.some(({ topic }) => topic.endsWith('+')) &&
          peer.send({ cmd: 'suback', messageId, granted: [0x80] }),
      },
      { withinMs: 600_000, refusalsDecide: true },
    );
    expect(never).toEqual(
      ['node1>node1', 'node1>node2', 'node2>node1', 'node2>node2'].map((pair) => `${pair} wildcard`),
    );
    expect(unservedPaths(report)).toEqual([]);
    expect(report.paths.filter(({ refused }) => refused).map(({ filter }) => filter)).toEqual(
      new Array(4).fill('wildcard'),
    );
  });

  test('what is known not to work is not tried again', async () => {
    const except = [{ from: 'node1', to: 'node2', filter: 'wildcard' }] as const;
    const { report } = await check({}, { except });
    expect(report.paths).toHaveLength(7);
    expect(allPathsDeliver(report)).toBe(true);
  });
});
