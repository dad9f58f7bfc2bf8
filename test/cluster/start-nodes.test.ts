import { expect, test } from '@jest/globals';
import { type Startable, startNodes } from '../../src/engines/local/cluster/start-nodes.ts';
import type { StartOrder } from '../../src/model/config.ts';
import { rejection } from '../support/eventually.ts';
import { virtualClock } from '../support/virtual-clock.ts';

type Said = string[];

/** A node that writes down what is done with it; `readyAfterMs` passes between its start and its being ready. */
function scriptedNode(
  name: string,
  said: Said,
  clock: ReturnType<typeof virtualClock>,
  {
    joins = false,
    readyAfterMs = 0,
    fails,
  }: { joins?: boolean; readyAfterMs?: number; fails?: 'prepare' | 'ready' | 'join' } = {},
): Startable {
  const say = (what: string): void => void said.push(`${clock.nowMs()} ${name} ${what}`);
  const maybeFail = (step: string): void => {
    if (step === fails) throw new Error(`${name} failed to ${step}`);
  };
  return {
    joins,
    async prepare() {
      say('prepare');
      maybeFail('prepare');
    },
    start: () => say('start'),
    async ready(abort) {
      await clock.sleep(readyAfterMs, abort);
      maybeFail('ready');
      say('ready');
    },
    async join() {
      say('join');
      maybeFail('join');
    },
  };
}

const never = new AbortController().signal;

function cluster(order: StartOrder, options: Parameters<typeof scriptedNode>[3][] = [{}, {}, {}]) {
  const clock = virtualClock();
  const said: Said = [];
  const nodes = options.map((of, index) => scriptedNode(`node${index + 1}`, said, clock, of));
  return { said, up: (signal: AbortSignal = never) => startNodes(nodes, { order, clock, signal }) };
}

test('together: all are started before one is waited for', async () => {
  const { said, up } = cluster('together', [{ readyAfterMs: 5 }, { readyAfterMs: 5 }]);
  await up();
  expect(said).toEqual([
    '1000 node1 prepare',
    '1000 node2 prepare',
    '1000 node1 start',
    '1000 node2 start',
    '1005 node1 ready',
    '1005 node2 ready',
  ]);
});

test('one by one: each is prepared when the one before it is ready', async () => {
  const { said, up } = cluster('one-by-one', [{ readyAfterMs: 5 }, { readyAfterMs: 5 }]);
  await up();
  expect(said).toEqual([
    '1000 node1 prepare',
    '1000 node1 start',
    '1005 node1 ready',
    '1005 node2 prepare',
    '1005 node2 start',
    '1010 node2 ready',
  ]);
});

test('by time: each so much later, ready or not', async () => {
  const { said, up } = cluster({ everyMs: 2 }, [{ readyAfterMs: 5 }, {}, {}]);
  await up();
  expect(said.filter((line) => /start|ready/.test(line))).toEqual([
    '1000 node1 start',
    '1002 node2 start',
    '1002 node2 ready',
    '1004 node3 start',
    '1004 node3 ready',
    '1005 node1 ready',
  ]);
});

test('those that join do so in turn when all are ready, and all are waited for again', async () => {
  const { said, up } = cluster('together', [{}, { joins: true }, { joins: true }]);
  await up();
  expect(said.slice(6)).toEqual([
    '1000 node1 ready',
    '1000 node2 ready',
    '1000 node3 ready',
    '1000 node1 join',
    '1000 node2 join',
    '1000 node3 join',
    '1000 node1 ready',
    '1000 node2 ready',
    '1000 node3 ready',
  ]);
});

test('a node that fails ends the others: none is started after that', async () => {
  const { said, up } = cluster({ everyMs: 10 }, [{ fails: 'ready', readyAfterMs: 5 }, {}, {}]);
  expect(await rejection(up())).toEqual(new Error('node1 failed to ready'));
  expect(said).toEqual(['1000 node1 prepare', '1000 node1 start']);
});

test.each(['prepare', 'join'] as const)('what %s rejects with is what the boot rejects with', async (fails) => {
  const { up } = cluster('together', [{}, { fails, joins: true }]);
  expect(await rejection(up())).toEqual(new Error(`node2 failed to ${fails}`));
});

test('a cancel is told as such', async () => {
  const abort = new AbortController();
  const { up } = cluster('together', [{ readyAfterMs: 60_000 }]);
  const done = rejection(up(abort.signal));
  abort.abort(new Error('cancelled'));
  expect(await done).toEqual(new Error('cancelled'));
});
