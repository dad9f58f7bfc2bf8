import { describe, expect, test } from '@jest/globals';
import { singleSession } from '../../src/checks/single-session.ts';
import type { Takeover } from '../../src/workload/flows/handover/facts.ts';
import { expectNothing, theOne } from '../support/histories.ts';
import { aTakeover, ofKind } from '../support/kind-facts.ts';

const quietMs = 8_000;
const takeovers = (...all: Takeover[]) => ofKind('handover', { takeovers: all });
/** The older connection was never closed, and its last PINGREQ was answered 50 s after the newer one had been accepted. */
const twofold = aTakeover({ olderClosedMs: null, olderAnsweredMs: 52_000 });

test('an older connection that is open and answered for as long as it is watched is a second session', () => {
  const finding = theOne(singleSession, takeovers(aTakeover(), twofold), { quietMs });
  expect(finding.what).toBe(
    'mover had connections at node1 and node2 at the same time: the older one was still served 50 s after the newer one had been accepted',
  );
  expect(finding).toMatchObject({
    atMs: 2_000,
    facts: {
      client: 'mover',
      role: 'subscriber',
      olderNode: 'node1',
      newerNode: 'node2',
      olderConnectedAtMs: 1_000,
      newerConnectedAtMs: 2_000,
      olderAnsweredAtMs: 52_000,
    },
  });
});

test('two connections at one node are named as such', () => {
  const { what } = theOne(singleSession, takeovers({ ...twofold, newerNode: 'node1' }), { quietMs });
  expect(what).toContain('mover had two connections at node1 at the same time');
});

describe('legal', () => {
  test.each<[string, Partial<Takeover>]>([
    ['the older connection is closed', { olderClosedMs: 2_005 }],
    ['the older connection is closed late, after it was answered', { olderClosedMs: 59_000 }],
    ['the older connection is open and nobody answers on it: it may be dead', { olderAnsweredMs: null }],
    ['a fault may have kept the nodes from telling each other', { struck: true }],
  ])('%s', (_, shape) => {
    expectNothing(singleSession, takeovers({ ...twofold, ...shape }), { quietMs });
  });
});

describe('how long is too long: as long as the scenario waits for anything', () => {
  test.each([
    [9_999, false],
    [10_000, true],
  ])('last answered at %d ms, 2,000 ms being the moment of the takeover: %s', (olderAnsweredMs, isTwofold) => {
    const history = takeovers({ ...twofold, olderAnsweredMs });
    if (isTwofold) theOne(singleSession, history, { quietMs });
    else expectNothing(singleSession, history, { quietMs });
  });

  test('a takeover at the very end was not watched for long enough', () => {
    expectNothing(singleSession, takeovers({ ...twofold, watchedUntilMs: 9_999 }), { quietMs });
  });
});
