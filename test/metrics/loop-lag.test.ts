import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { watchLoopLag } from '../../src/metrics/loop-lag.ts';
import { eventuallyBelow } from '../support/eventually.ts';

test('one long stall counts for all the time that it took, not as one late timer among many', async () => {
  const lag = watchLoopLag();
  await sleep(300);
  const until = performance.now() + 300;
  while (performance.now() < until);
  await sleep(50);
  const { p50Ms, p99Ms, maxMs } = lag.read();
  lag.stop();
  // A third of the time and more was one stall; as one sample in forty it would not reach the 99th percentile of a longer watch.
  expect(p99Ms).toBeGreaterThan(200);
  expect(maxMs).toBeGreaterThanOrEqual(p99Ms);
  expect(p50Ms).toBeLessThan(p99Ms);
});

test('after a reset the past is forgotten', async () => {
  const lag = watchLoopLag();
  // A busy machine stalls by itself.
  await eventuallyBelow(200, 'the longest stall after a reset', async () => {
    await sleep(20);
    const until = performance.now() + 200;
    while (performance.now() < until);
    await sleep(20);
    lag.reset();
    await sleep(50);
    return lag.read().maxMs;
  });
  lag.stop();
});
