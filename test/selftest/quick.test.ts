import { expect, test } from '@jest/globals';
import { checks } from '../../src/checks/registry.ts';
import type { CaseResult } from '../../src/selftest/run-cases.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { runTool } from '../support/tool.ts';

const temporary = temporaryFolders();

/** A busy machine may leave a run undecided, and then says so; that is not what the checks are asked for here. */
const undecided = 'undecided';

test('a broker with one defect fails by the invariant that names it, for each invariant, and a sound broker fails by none', async () => {
  const { code, stdout, stderr } = await runTool(temporary(), 'selftest', '--quick', '--json', '--at-once', '2');
  const { results } = JSON.parse(stdout) as { readonly results: readonly CaseResult[] };
  const decided = results.filter(({ outcome }) => outcome.kind !== undecided);
  // With the command that repeats it.
  expect(decided.filter(({ outcome }) => !['caught', 'clean'].includes(outcome.kind))).toEqual([]);
  expect(new Set(results.flatMap(({ of }) => of.invariant ?? []))).toEqual(new Set(checks.map(({ id }) => id)));
  expect({ stderr, isMostDecided: decided.length > results.length * 0.7 }).toMatchObject({ isMostDecided: true });
  expect(code).toBe(decided.length === results.length ? 0 : 1);
}, 900_000);
