import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/registry.ts';
import { mutants } from '../../src/embedded/mutants.ts';
import { sabotages } from '../../src/sabotage/registry.ts';
import { type Case, selftestCases } from '../../src/selftest/cases.ts';
import { wordsOf } from '../../src/selftest/run-cases.ts';

const options = { quick: false, isEmbedded: true, nodes: 3, seed: 's' };
const nameOf = ({ defect }: Case): string => (defect.kind === 'none' ? 'none' : `${defect.kind} ${defect.name}`);
const keyOf = (one: Case): string => `${nameOf(one)} ${one.mqttVersion}`;

describe('the cases of the self-test', () => {
  const all = selftestCases(options);

  test('have each mutant and each sabotage, at each version that it is for', () => {
    const wanted = [
      ...Object.entries(mutants).flatMap(([name, { versions }]) =>
        versions.map((version) => `mutant ${name} ${version}`),
      ),
      ...sabotages.flatMap(({ name, versions }) => versions.map((version) => `sabotage ${name} ${version}`)),
    ];
    expect(all.filter(({ invariant }) => invariant !== null).map(keyOf)).toEqual(wanted);
  });

  test('have twenty sound runs with a seed each, at both versions, with a fault and without', () => {
    const clean = all.filter(({ invariant }) => invariant === null);
    expect(new Set(clean.map(({ seed }) => seed)).size).toBe(20);
    const sorts = new Set(clean.map(({ mqttVersion, scenario }) => `${mqttVersion} ${scenario}`));
    expect([...sorts].sort()).toEqual(['4 quiet', '4 restart', '5 quiet', '5 restart']);
  });

  test('of a broker of somebody else have its own size and no mutants', () => {
    const own = selftestCases({ ...options, isEmbedded: false, nodes: 5 });
    expect(own.filter(({ defect }) => defect.kind === 'mutant')).toEqual([]);
    expect(new Set(own.map(({ nodes }) => nodes))).toEqual(new Set([5]));
  });

  test('of a quick one have one defect for each invariant, of both sorts and at both versions, and two sound runs', () => {
    const quick = selftestCases({ ...options, quick: true });
    const defects = quick.filter(({ invariant }) => invariant !== null);
    expect(defects.map(({ invariant }) => invariant).sort()).toEqual(checks.map(({ id }) => id).sort());
    const shareOf = (of: (one: Case) => boolean): number => defects.filter(of).length / defects.length;
    expect(shareOf(({ defect }) => defect.kind === 'sabotage')).toBeGreaterThan(0.3);
    expect(shareOf(({ mqttVersion }) => mqttVersion === 5)).toBeGreaterThan(0.3);
    const sound = quick.filter(({ invariant }) => invariant === null);
    expect(sound.map(({ mqttVersion, scenario }) => `${mqttVersion} ${scenario}`)).toEqual(['4 quiet', '5 restart']);
  });
});

test('a case is a run that a user can type', () => {
  const [, sabotaged] = selftestCases(options).filter(({ defect }) => defect.kind === 'sabotage');
  if (!sabotaged) throw new Error('there is no sabotage');
  expect(wordsOf(sabotaged, { broker: ['--broker', 'nats'], scenarioFolder: '/s' }).join(' ')).toBe(
    `run --broker nats --scenario /s/quiet.yml --${nameOf(sabotaged)} --mqtt ${sabotaged.mqttVersion} --profile ${sabotaged.profile} --nodes 1 --rate 60/s --repeat 1 --seed s`,
  );
});
