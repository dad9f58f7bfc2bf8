import { expect, test } from '@jest/globals';
import { noUnprovokedDisconnect } from '../../src/checks/no-unprovoked-disconnect.ts';
import type { UnprovokedEnd } from '../../src/workload/wire.ts';
import { expectNothing, findings, input, theOne } from '../support/histories.ts';
import { anEnd, ofWire } from '../support/kind-facts.ts';

const ended = (shape: Partial<UnprovokedEnd>) => ofWire({ ends: [anEnd(shape)], endCount: 1 });

test.each<[Partial<UnprovokedEnd>, string]>([
  [{}, 'node1 closed the connection of reader'],
  [{ how: 'DISCONNECT', reasonCode: 0x97 }, 'node1 sent DISCONNECT with reason code 151 to reader'],
  [{ how: 'keep alive' }, 'node1 did not answer the PINGREQ of reader'],
])('a client that gave no cause was thrown out: %j', (shape, words) => {
  const { what } = theOne(noUnprovokedDisconnect, ended(shape));
  expect(what).toBe(`${words}, which had been connected for 8 s and had given no cause, before any fault`);
});

test('the finding says who, where, when and how', () => {
  expect(theOne(noUnprovokedDisconnect, ended({ connectedForMs: 8_000.4 }))).toMatchObject({
    atMs: 9_000,
    facts: {
      client: 'reader',
      role: 'subscriber',
      node: 'node1',
      how: 'closed by the broker',
      reasonCode: null,
      connectedForMs: 8_000,
    },
  });
});

test('all ends are counted, though only the first ones are kept', () => {
  const ends = Array.from({ length: 10 }, () => anEnd());
  const { count, findings: shown } = findings(noUnprovokedDisconnect, ofWire({ ends, endCount: 40 }));
  expect([count, shown.length]).toEqual([40, 10]);
});

test('legal: no connection ended but by its client, in a takeover, after silence, or since the first fault (see Wire and Actor)', () => {
  expectNothing(noUnprovokedDisconnect, ofWire({}));
});

test('nothing is said of a cluster that an earlier scenario used: its fault may still end connections', () => {
  const around = { isFreshCluster: false };
  expect(noUnprovokedDisconnect.run(input(ended({}), around))).toMatchObject({ applicable: false });
});

test('nothing is said where nobody noted how connections ended', () => {
  expect(noUnprovokedDisconnect.run(input({ facts: {}, notRun: {} }))).toEqual({
    applicable: false,
    why: 'no client of the workload noted how its connections ended',
  });
});
