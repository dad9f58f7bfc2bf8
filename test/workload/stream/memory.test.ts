import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { account } from '../../../src/checks/accounting.ts';
import { oneFlow } from '../../support/plans.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

function heapMiB(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed / 1024 ** 2;
}

test('a million messages take no more memory than a hundred thousand', () => {
  const { recorder, flow, subscription } = oneFlow();
  recorder.mark('hold', 0, 1_000_000);
  const packet = { dup: false, messageId: 1 };
  const record = (last: number): void => {
    while (flow.offered < last) {
      const dueMs = flow.offered / 10;
      const sequence = recorder.due(flow, dueMs);
      if (sequence % 50_000 === 0) flow.unknown.add(sequence);
      else recorder.acknowledged(flow, sequence, dueMs, dueMs + 1);
      // Now and then one is lost, one comes twice, one is overtaken.
      if (sequence % 100_000 === 7) continue;
      if (sequence % 100_000 === 21) recorder.received(subscription, sequence - 5, dueMs, dueMs + 1, packet);
      if (sequence % 100_000 === 31) continue;
      recorder.received(subscription, sequence, dueMs, dueMs + 2, packet);
      if (sequence % 100_000 === 32) recorder.received(subscription, sequence - 1, dueMs, dueMs + 3, packet);
    }
  };

  record(100_000);
  const before = heapMiB();
  record(1_000_000);
  // A single number a message would be 7 MiB.
  expect(heapMiB() - before).toBeLessThan(3);

  expect(recorder.windows.all).toHaveLength(1);
  const history = recorder.history(100_000);
  expect(history.flows[0]?.acknowledged.length).toBeLessThan(25);
  expect(history.flows[0]?.acknowledgedAtMs.length).toBeLessThanOrEqual(30);
  expect(history.subscriptions[0]?.received).toHaveLength(11);
  expect(history.subscriptions[0]?.duplicated).toHaveLength(10);
  expect(history.subscriptions[0]?.overtaken).toHaveLength(10);
  expect(account(history)).toMatchObject({ published: 1_000_000, unknown: 20, owed: 1_000_000, lost: 10 });
});
