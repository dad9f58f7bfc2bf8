import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Check } from '../../src/checks/check.ts';
import { noUnprovokedDisconnect } from '../../src/checks/no-unprovoked-disconnect.ts';
import { type Client, partOf } from '../../src/checks/part.ts';
import { protocol } from '../../src/checks/protocol.ts';
import { checks } from '../../src/checks/registry.ts';
import { input } from '../support/histories.ts';
import { illegalEdits } from '../support/illegal-edits.ts';
import { aBreach, anEnd, ofWire } from '../support/kind-facts.ts';
import { legalHistories } from '../support/kind-models.ts';

/*
 * Known issues of a broker may be limited to some clients. So a check must count, over these clients and over all others, what it counts
 * over all: an issue of one client must not hide what another one saw.
 */

type Input = ReturnType<typeof input>;

function countOf(check: Check, of: Input): number {
  const result = check.run(of);
  return result.applicable ? result.count : 0;
}

test.each(illegalEdits)('the parts of two clients and of all others make up the whole: $what', ({ kind, edit }) => {
  fc.assert(
    fc.property(legalHistories(kind), fc.nat(), (seen, die) => {
      const edited = edit(seen, die);
      fc.pre(edited !== undefined);
      const whole = input(edited.history, { paths: edited.paths, mqttVersion: 5 });
      const is = (name: string) => (client: Client | null) => client?.clientId === name;
      const names = ['keeper', 'publisher-0', 'reader', 'mortal', 'mover', 'breaker', 'sleeper', 'leaver'];
      const parts = [
        ...names.map((name) => partOf(whole, is(name))),
        partOf(whole, (client) => client === null || !names.includes(client.clientId)),
      ];
      for (const check of checks)
        expect([check.id, parts.reduce((sum, part) => sum + countOf(check, part), 0)]).toEqual([
          check.id,
          countOf(check, whole),
        ]);
    }),
    { numRuns: 20 },
  );
});

describe('what happened to connections', () => {
  const [mine, other] = ['reader', 'other'];
  const ofMine = (client: Client | null): boolean => client?.clientId === mine;
  const wire = ofWire({
    breaches: [aBreach({ clientId: mine }), aBreach({ clientId: other }), aBreach({ clientId: other })],
    breachCounts: [['MQTT-3.3.1-2', 30]],
    ends: [anEnd({ clientId: mine }), anEnd({ clientId: other })],
    endCount: 12,
  });

  test('is told apart by client as far as it is shown', () => {
    expect(countOf(protocol, partOf(input(wire), ofMine))).toBe(1);
    expect(countOf(noUnprovokedDisconnect, partOf(input(wire), ofMine))).toBe(1);
  });

  test('is nothing for a client that saw nothing', () => {
    const nobody = partOf(input(wire), (client) => client?.clientId === 'somebody else');
    expect(countOf(protocol, nobody)).toBe(0);
    expect(countOf(noUnprovokedDisconnect, nobody)).toBe(0);
  });

  test('stays unknown where nobody looked', () => {
    expect(partOf(input({ facts: {}, notRun: {} }), ofMine).history.wire).toBeUndefined();
  });
});
