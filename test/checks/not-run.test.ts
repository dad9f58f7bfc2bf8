import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/registry.ts';
import type { FlowKindName } from '../../src/model/flow-kinds.ts';
import { input } from '../support/histories.ts';

/** The kind of traffic that an invariant looks at, where it is one. */
const kindOf: Readonly<Record<string, FlowKindName | 'any'>> = {
  integrity: 'any',
  'no-acknowledged-loss': 'stream',
  'at-most-once': 'stream',
  'exactly-once': 'stream',
  ordering: 'stream',
  'delivered-qos': 'stream',
  'session-state': 'stream',
  'single-session': 'handover',
  'retained-convergence': 'retained',
  'will-once': 'will',
  'shared-delivery': 'shared',
  resend: 'inflight',
  expiry: 'expiry',
  protocol: 'any',
  'no-unprovoked-disconnect': 'any',
  liveness: 'any',
};

test('the kind of each invariant is named here', () => {
  expect(Object.keys(kindOf)).toEqual(checks.map(({ id }) => id));
});

describe.each(checks.filter(({ id }) => (kindOf[id] ?? 'any') !== 'any'))(
  '$id, where its traffic did not run',
  (check) => {
    const kind = kindOf[check.id] as FlowKindName;

    test('is not applicable, for the reason that the workload gives', () => {
      const notRun = { [kind]: 'the broker cannot do it' };
      expect(check.run(input({ facts: {}, notRun }))).toEqual({ applicable: false, why: 'the broker cannot do it' });
    });

    test('is not applicable where the profile has no such traffic', () => {
      expect(check.run(input({ facts: {}, notRun: {} }))).toEqual({
        applicable: false,
        why: `the workload has no flows of the kind ${kind}`,
      });
    });
  },
);
