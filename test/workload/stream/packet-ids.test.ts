import { expect, test } from '@jest/globals';
import { PacketIds } from '../../../src/workload/flows/stream/packet-ids.ts';

test('packet ids of the newest messages are known, those of messages long ago are not made up', () => {
  const ids = new PacketIds();
  for (let sequence = 1; sequence <= 20_000; sequence++) ids.sent(sequence, sequence % 60_000);
  expect(ids.of([20_000, 3, 19_999, 20_000, 20_001])).toEqual([
    [19_999, 19_999],
    [20_000, 20_000],
  ]);
});

test('an old message that is sent again does not push out a newer one', () => {
  const ids = new PacketIds();
  ids.sent(8_193, 7);
  ids.sent(1, 8);
  expect(ids.of([1, 8_193])).toEqual([[8_193, 7]]);
});
