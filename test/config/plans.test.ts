import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadAll } from '../../src/config/load-all.ts';
import { type LoadPlanOptions, loadPlan } from '../../src/config/plans.ts';
import { planNames } from '../../src/config/shipped.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import { brief, problemsOf, workspace } from './workspace.ts';

let space: ReturnType<typeof workspace>;
beforeEach(() => {
  space = workspace();
});
afterEach(() => space.remove());

const load = (options: Partial<LoadPlanOptions> = {}) =>
  loadPlan({ cwd: space.folder, faultKinds, nodes: 3, plan: 'mine.yml', ...options });

/** Writes a plan with these entries. */
function plan(...entries: readonly string[]): void {
  space.write('mine.yml', `name: mine\ntitle: Mine\nscenarios:\n${entries.map((entry) => `  - ${entry}\n`).join('')}`);
}

/** Problems of a plan with these entries; the first stands on line 4. */
function problems(entries: readonly string[], options: Partial<LoadPlanOptions> = {}): string[] {
  plan(...entries);
  return brief(problemsOf(() => load(options)));
}

/** A scenario of its own, whose fault begins 1 s into a hold of 30 s and lasts `time`. */
const own = `name: own
title: "{{ delay }} of delay for {{ time }}"
tier: fault
severity: low
dimension: latency-tolerance
parameters: { delay: 100ms, time: 5s }
phases: { steady: 10s, hold: 30s, recover: 30s }
faults:
  - { kind: network-delay, delay: "{{ delay }}", at: 1s, for: "{{ time }}" }
expect: { availability: ">= 99%", p99-latency: "<= 1s", recovery: "<= 5s" }
`;

describe('a plan becomes scenarios', () => {
  test('in its order, each with the values it sets', () => {
    plan('network-loss', '{ scenario: network-delay, set: { delay: 50ms } }', 'baseline');
    const { plan: read, scenarios } = load();
    expect(read).toEqual({ name: 'mine', title: 'Mine', stages: [] });
    expect(scenarios.map(({ name, parameters }) => [name, parameters])).toEqual([
      ['network-loss', { loss: '10%' }],
      ['network-delay', { delay: '50ms', jitter: '0ms' }],
      ['baseline', {}],
    ]);
    expect(scenarios[1]).toMatchObject({
      title: '50ms of delay between the nodes',
      faults: [{ parameters: { delay: 50, jitter: 0 } }],
    });
  });

  test('`set` is of its own entry alone, though others have a parameter of that name', () => {
    plan('{ scenario: network-delay, set: { delay: 50ms } }', 'combined-network');
    expect(load().scenarios.map(({ parameters }) => parameters.delay)).toEqual(['50ms', '100ms']);
  });

  test('a value of `set` is the text that the file has', () => {
    space.write('own.yml', own.replace('delay: 100ms', 'delay: 100ms, zeros: 1'));
    plan('{ scenario: own.yml, set: { zeros: 010 } }');
    expect(load().scenarios[0]?.parameters.zeros).toBe('010');
  });

  test('`duration` is how long hold lasts', () => {
    plan('{ scenario: network-delay, duration: 2m }', 'network-loss');
    expect(load().scenarios.map(({ phases }) => phases.holdMs)).toEqual([120_000, 30_000]);
  });

  test('`as` renames one that comes twice, and keeps what it is called by itself', () => {
    plan('network-delay', '{ scenario: network-delay, as: slower, set: { delay: 300ms } }');
    expect(load().scenarios.map(({ name, ownName, parameters }) => [name, ownName, parameters.delay])).toEqual([
      ['network-delay', 'network-delay', '100ms'],
      ['slower', 'network-delay', '300ms'],
    ]);
  });

  test('scenarios by path are found from the folder of the plan, wherever the user is', () => {
    space.write('chaos/own.yml', own);
    space.write('chaos/plans/mine.yml', 'name: mine\ntitle: Mine\nscenarios: [../own.yml]\n');
    expect(load({ plan: 'chaos/plans/mine.yml' }).scenarios[0]).toMatchObject({ name: 'own', path: 'chaos/own.yml' });
  });

  test('a file that is named goes before a shipped scenario of its name, also where that is asked for by name', () => {
    space.write('network-delay.yml', own.replace('name: own', 'name: network-delay'));
    plan('./network-delay.yml', '{ scenario: network-delay, as: again }');
    expect(load().scenarios.map(({ path, parameters }) => [path, parameters.time])).toEqual([
      ['network-delay.yml', '5s'],
      ['network-delay.yml', '5s'],
    ]);
  });

  test('`abort-on: fail` is kept', () => {
    space.write('mine.yml', 'name: mine\ntitle: Mine\nabort-on: fail\nscenarios: [baseline]\n');
    expect(load().plan.abortOn).toBe('fail');
  });

  test('a plan without path is one of the folder of plans', () => {
    space.write('plans/third.yml', 'name: third\ntitle: Third\nscenarios: [baseline]\n');
    expect(load({ plan: 'third', plansFolder: `${space.folder}/plans` }).plan.name).toBe('third');
  });
});

describe('--set', () => {
  test('is for the entries that do not set that parameter themselves', () => {
    plan('{ scenario: network-delay, set: { delay: 50ms } }', 'combined-network', 'baseline');
    const { scenarios } = load({ set: { delay: '70ms', jitter: '5ms' } });
    expect(scenarios.map(({ parameters }) => parameters)).toEqual([
      { delay: '50ms', jitter: '5ms' },
      { delay: '70ms', loss: '10%' },
      {},
    ]);
  });

  test('that no entry takes is a mistake: because the plan says it, or because there is no such parameter', () => {
    expect(
      problems(['{ scenario: network-delay, set: { delay: 50ms } }'], { set: { delay: '1s', dleay: '1s' } }),
    ).toEqual([
      '--set delay: the plan sets "delay" itself wherever a scenario has it | change the plan, or run the scenario alone with --scenario',
      '--set dleay: no chosen scenario has the parameter "dleay" | parameters of the chosen scenarios: jitter',
    ]);
  });

  test('fits where the plan makes it fit', () => {
    space.write('own.yml', own);
    expect(problems(['{ scenario: own.yml, duration: 1m }'], { set: { time: '50s' } })).toEqual([]);
  });

  test('with a value that does not fit is told once, where it is used, as without a plan', () => {
    space.write('own.yml', own);
    expect(problems(['own.yml', '{ scenario: own.yml, as: again }'], { set: { delay: '5' } })).toEqual([
      'own.yml:9  faults[0].delay: 5 has no unit | write 5ms or 5s',
    ]);
  });
});

describe('each mistake has its line and a hint', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      'a scenario that there is not',
      ['baseline', 'network-dely'],
      ['mine.yml:5  scenarios[1].scenario: there is no scenario "network-dely" | did you mean "network-delay"?'],
    ],
    [
      'a second appearance without a name of its own',
      ['baseline', 'baseline'],
      [
        'mine.yml:5  scenarios[1]: baseline is in the plan already, as scenarios[0] | give it a name of its own: as: baseline-2',
      ],
    ],
    [
      'a name given twice',
      ['{ scenario: baseline, as: calm }', '{ scenario: baseline, as: calm }'],
      [
        'mine.yml:5  scenarios[1]: calm is in the plan already, as scenarios[0] | give it a name of its own: as: calm-2',
      ],
    ],
    [
      'a name that another scenario has',
      ['{ scenario: baseline, as: node-kill }'],
      [
        'mine.yml:4  scenarios[0].as: "node-kill" is the name of another scenario | reports would mix them up: choose another',
      ],
    ],
    [
      'a name that is none',
      ['{ scenario: baseline, as: The calm }'],
      [
        'mine.yml:4  scenarios[0].as: "The calm" is not a name | use lowercase letters, digits and single hyphens, as in node-kill',
      ],
    ],
    [
      'a parameter of another scenario',
      ['{ scenario: network-loss, set: { delay: 50ms } }'],
      ['mine.yml:4  scenarios[0].set.delay: network-loss has no parameter "delay" | its parameters: loss'],
    ],
    [
      'a parameter of a scenario that has none',
      ['{ scenario: baseline, set: { delay: 50ms } }'],
      ['mine.yml:4  scenarios[0].set.delay: baseline has no parameter "delay" | it has none'],
    ],
    [
      'a value that is a list',
      ['{ scenario: network-loss, set: { loss: [1] } }'],
      ['mine.yml:4  scenarios[0].set.loss: a list is not text'],
    ],
    [
      'a duration without unit',
      ['{ scenario: baseline, duration: 5 }'],
      ['mine.yml:4  scenarios[0].duration: 5 has no unit | write 5ms or 5s'],
    ],
    [
      'an unknown key of an entry',
      ['{ scenario: baseline, duraton: 5s }'],
      ['mine.yml:4  scenarios[0].duraton is not a known key | did you mean "duration"?'],
    ],
    ['an entry without its scenario', ['{ duration: 5s }'], ['mine.yml:4  scenarios[0].scenario is missing']],
    ['an entry that is nothing', ['', 'baseline'], ['mine.yml:4  scenarios[0].scenario: nothing is not text']],
  ])('%s', (_, entries, expected) => expect(problems(entries)).toEqual(expected));

  test('a value that does not fit is told where the plan says it, with the line that uses it', () => {
    space.write('own.yml', own);
    expect(
      problems(['{ scenario: own.yml, set: { delay: 5 } }', '{ scenario: own.yml, as: two, set: { time: 1 m } }']),
    ).toEqual([
      'mine.yml:4  scenarios[0].set.delay: faults[0].delay: 5 has no unit | write 5ms or 5s; used at own.yml:9:35',
      'mine.yml:5  scenarios[1].set.time: faults[0].for: the fault would outlast hold by 31 s | write hold, or make phases.hold longer; used at own.yml:9:63',
    ]);
  });

  test('a hold too short for a fault of the scenario, but not one that is just long enough', () => {
    space.write('own.yml', own);
    expect(problems(['{ scenario: own.yml, duration: 5s }'])).toEqual([
      'mine.yml:4  scenarios[0].duration: faults[0].for: the fault would outlast hold by 1 s | write hold, or make phases.hold longer; used at own.yml:9:63',
    ]);
    expect(problems(['{ scenario: own.yml, duration: 6s }'])).toEqual([]);
    expect(problems(['{ scenario: own.yml, duration: 1m, set: { time: 50s } }'])).toEqual([]);
    expect(problems(['{ scenario: own.yml, duration: 30s, set: { time: 50s } }'])).toEqual([
      'mine.yml:4  scenarios[0]: faults[0].for: the fault would outlast hold by 21 s | write hold, or make phases.hold longer; used at own.yml:9:63',
    ]);
  });

  test('a scenario file that is not there: where it was looked for', () => {
    expect(problems(['./own.yml'])).toEqual([
      `mine.yml:4  scenarios[0].scenario: there is no file ./own.yml | looked for ${space.folder}/own.yml; paths in a plan are relative to its own folder`,
    ]);
  });

  test('a condition that there is not', () => {
    space.write('mine.yml', 'name: mine\ntitle: Mine\nabort-on: failure\nscenarios: [baseline]\n');
    expect(brief(problemsOf(() => load()))).toEqual([
      'mine.yml:3  abort-on: "failure" is not one of fail | write fail',
    ]);
  });

  test.each([
    ['no scenarios', 'name: mine\ntitle: Mine\n', ['mine.yml:1  scenarios is missing']],
    ['an empty list', 'name: mine\ntitle: Mine\nscenarios: []\n', ['mine.yml:3  scenarios needs at least 1']],
    [
      'no list',
      'name: mine\ntitle: Mine\nscenarios: baseline\n',
      ['mine.yml:3  scenarios: "baseline" is not a list | write [baseline]'],
    ],
    ['an empty file', '', ['mine.yml:1  the file is empty']],
  ])('%s', (_, text, expected) => {
    space.write('mine.yml', text);
    expect(brief(problemsOf(() => load()))).toEqual(expected);
  });

  test('a plan that there is not: the nearest, the list, or where the file was looked for', () => {
    const told = (name: string) => brief(problemsOf(() => load({ plan: name })));
    expect(told('weak-1')).toEqual(['there is no plan "weak-1" | did you mean "week-1"?']);
    expect(told('everything')[0]).toMatch(/^there is no plan "everything" \| plans: .*week-1/);
    expect(told('./gone.yml')).toEqual([
      `gone.yml  there is no such file | looked for ${space.folder}/gone.yml; or name one of the shipped plans; chaos-action list prints them`,
    ]);
  });

  test('everything is reported at once: chaos.yml, the plan, its scenarios, a known issue', () => {
    space.write(
      'chaos.yml',
      'broker:\n  preset: embedded\n  known-issues:\n    - { invariant: ordering, scenario: owm, why: x }\n',
    );
    space.write('own.yml', own.replace('tier: fault', 'tier: falt'));
    plan('own.yml', '{ scenario: baseline, duration: 0s }', 'node-kil');
    const told = problemsOf(() => loadAll({ cwd: space.folder, env: {}, faultKinds, plan: 'mine.yml' }));
    expect(brief(told)).toEqual([
      'chaos.yml:4  broker.known-issues[0].scenario: there is no scenario "owm" | did you mean "own"?',
      'own.yml:3  tier: "falt" is not one of basic, fault, stress, extreme | did you mean "fault"?',
      'mine.yml:5  scenarios[1].duration: must be longer than 0',
      'mine.yml:6  scenarios[2].scenario: there is no scenario "node-kil" | did you mean "node-kill"?',
    ]);
  });
});

describe('the shipped plans', () => {
  test.each(planNames())('%s loads for every size of cluster and is called as its file', (name) => {
    for (const nodes of [3, 5]) expect(load({ plan: name, nodes }).plan.name).toBe(name);
  });

  test('week-1: no fault, a little delay, a little loss', () => {
    expect(load({ plan: 'week-1' }).scenarios.map(({ name, parameters }) => [name, parameters])).toEqual([
      ['baseline', {}],
      ['network-delay', { delay: '50ms', jitter: '0ms' }],
      ['network-loss', { loss: '5%' }],
    ]);
  });

  test.each([
    ['week-2', ['baseline', 'network-delay', 'high-network-loss', 'cpu-stress']],
    ['week-3', ['baseline', 'high-network-delay', 'high-network-loss', 'extreme-cpu-stress']],
    ['week-4', ['baseline', 'cascade-failure', 'multi-node-failure', 'soak']],
  ])('%s is harsher than the one before', (plan, names) => {
    expect(load({ plan }).scenarios.map(({ name }) => name)).toEqual(names);
  });

  test('game-day has five stages and ends at the first failure', () => {
    const { abortOn, stages } = load({ plan: 'game-day' }).plan;
    expect(abortOn).toBe('fail');
    expect(stages.map(({ name, scenarios }) => [name, scenarios.length])).toEqual([
      ['warm-up', 1],
      ['network', 3],
      ['resources', 2],
      ['combined', 2],
      ['extreme', 2],
    ]);
  });
});

test('a scenario without a stage belongs to that of the one before it', () => {
  space.write(
    'mine.yml',
    'name: mine\ntitle: Mine\nscenarios:\n  - baseline\n  - { scenario: node-kill, stage: failure }\n  - node-restart\n',
  );
  expect(load({ plan: 'mine.yml' }).plan.stages).toEqual([
    { name: 'failure', scenarios: ['node-kill', 'node-restart'] },
  ]);
});
