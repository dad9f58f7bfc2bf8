import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadAll } from '../../src/config/load-all.ts';
import { type LoadScenariosOptions, loadScenarios, parseSettings, parseTiers } from '../../src/config/scenarios.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import { severities, tiers } from '../../src/model/scenario.ts';
import { brief, problemsOf, workspace } from './workspace.ts';

let space: ReturnType<typeof workspace>;
beforeEach(() => {
  space = workspace();
});
afterEach(() => space.remove());

const load = (options: Partial<LoadScenariosOptions> = {}) =>
  loadScenarios({ cwd: space.folder, faultKinds, nodes: 3, ...options });
const own = { folders: ['scenarios'] };

const legal = `name: network-delay
title: "{{ delay }} of delay between the nodes"
tier: fault
severity: low
dimension: latency-tolerance
parameters: { delay: 100ms, jitter: 0ms }
phases: { steady: 10s, hold: 30s, recover: 30s }
faults:
  - { kind: network-delay, on: links.cluster, delay: "{{ delay }}", jitter: "{{ jitter }}", at: 1s, for: 20s }
expect:
  availability: ">= 99%"
  p99-latency: "<= 1s"
  recovery: "<= 5s"
`;

/** Problems of the legal scenario after one replacement. */
function problems(from: string | RegExp, to: string, options: Partial<LoadScenariosOptions> = {}): string[] {
  const text = legal.replace(from, to);
  if (text === legal) throw new Error('the replacement changed nothing');
  space.write('scenarios/a.yml', text);
  return brief(problemsOf(() => load({ ...own, ...options })));
}

describe('a scenario file becomes a scenario', () => {
  test('templates rendered from its parameters, values converted, each with its place', () => {
    space.write('scenarios/network-delay.yml', legal);
    expect(load(own)).toEqual([
      {
        name: 'network-delay',
        ownName: 'network-delay',
        title: '100ms of delay between the nodes',
        tier: 'fault',
        severity: 'low',
        dimension: 'latency-tolerance',
        parameters: { delay: '100ms', jitter: '0ms' },
        phases: { steadyMs: 10_000, holdMs: 30_000, recoverMs: 30_000 },
        faults: [
          {
            kind: 'network-delay',
            on: { type: 'links', which: 'cluster' },
            atMs: 1_000,
            forMs: 20_000,
            parameters: { delay: 100, jitter: 0 },
            location: { file: 'scenarios/network-delay.yml', line: 9, column: 5 },
          },
        ],
        expect: { availability: 0.99, p99LatencyMs: 1_000, recoveryMs: 5_000 },
        expectLocations: {
          availability: { file: 'scenarios/network-delay.yml', line: 11, column: 3 },
          'p99-latency': { file: 'scenarios/network-delay.yml', line: 12, column: 3 },
          recovery: { file: 'scenarios/network-delay.yml', line: 13, column: 3 },
        },
        location: { file: 'scenarios/network-delay.yml', line: 1, column: 1 },
      },
    ]);
  });

  test('`for: hold`, or nothing, means until the end of hold; at is 0s when absent', () => {
    space.write('scenarios/a.yml', legal.replace(', at: 1s, for: 20s', ', for: hold'));
    expect(load(own)[0]?.faults[0]).not.toHaveProperty('forMs');
    space.write('scenarios/a.yml', legal.replace(', at: 1s, for: 20s', ''));
    expect(load(own)[0]?.faults[0]).toMatchObject({ atMs: 0 });
  });

  test('a fault in turn is one of nodes', () => {
    const turns = '{ kind: restart, on: all, in-turn: true }';
    space.write('scenarios/a.yml', legal.replace(/\{ kind: network-delay.*\}/, turns));
    expect(load(own)[0]?.faults[0]).toMatchObject({ kind: 'restart', inTurn: true });
    expect(problems('at: 1s, for: 20s', 'in-turn: true')).toEqual([
      'scenarios/a.yml:9  faults[0].in-turn: only nodes can be struck in turn | write on: all, another choice of nodes or { nodes: [node1, node2] }',
    ]);
  });

  test.each([
    ['links.cluster', { type: 'links', which: 'cluster' }],
    ['links.clients', { type: 'links', which: 'clients' }],
    ['{ from: node1, to: node2 }', { type: 'path', from: 'node1', to: 'node2' }],
    ['{ nodes: [node2, node3] }', { type: 'nodes', nodes: ['node2', 'node3'] }],
    ['any', { type: 'choice', choice: 'any' }],
    ['minority', { type: 'choice', choice: 'minority' }],
    ['majority', { type: 'choice', choice: 'majority' }],
    ['all', { type: 'choice', choice: 'all' }],
  ])('on: %s', (on, expected) => {
    space.write('scenarios/a.yml', legal.replace('on: links.cluster', `on: ${on}`));
    expect(load(own)[0]?.faults[0]?.on).toEqual(expected);
  });

  test('a fault on links without `on` strikes those of the cluster', () => {
    space.write('scenarios/a.yml', legal.replace('on: links.cluster, ', ''));
    expect(load(own)[0]?.faults[0]?.on).toEqual({ type: 'links', which: 'cluster' });
  });

  test('parameters may be numbers, and a template may sit in any value', () => {
    space.write(
      'scenarios/a.yml',
      legal.replace('{ delay: 100ms,', '{ seconds: 30, delay: 100ms,').replace('hold: 30s', 'hold: "{{ seconds }}s"'),
    );
    expect(load(own)[0]).toMatchObject({ phases: { holdMs: 30_000 }, parameters: { seconds: '30' } });
  });
});

describe('--set', () => {
  test('changes a parameter before the file is rendered and checked', () => {
    space.write('scenarios/a.yml', legal);
    const [scenario] = load({ ...own, set: { delay: '50ms' } });
    expect(scenario).toMatchObject({ title: '50ms of delay between the nodes', parameters: { delay: '50ms' } });
    expect(scenario?.faults[0]?.parameters).toEqual({ delay: 50, jitter: 0 });
  });

  test('a value that does not fit is reported where it is used', () => {
    space.write('scenarios/a.yml', legal);
    expect(brief(problemsOf(() => load({ ...own, set: { delay: '50' } })))).toEqual([
      'scenarios/a.yml:9  faults[0].delay: 50 has no unit | write 50ms or 50s',
    ]);
  });

  test('an unknown name: the parameters there are', () => {
    space.write('scenarios/a.yml', legal);
    expect(brief(problemsOf(() => load({ ...own, set: { dealy: '50ms', speed: '1' } })))).toEqual([
      '--set dealy: no chosen scenario has the parameter "dealy" | did you mean "delay"? parameters of the chosen scenarios: delay, jitter',
      '--set speed: no chosen scenario has the parameter "speed" | parameters of the chosen scenarios: delay, jitter',
    ]);
    expect(brief(problemsOf(() => load({ names: ['baseline'], set: { delay: '1s' } })))).toEqual([
      '--set delay: no chosen scenario has the parameter "delay" | the chosen scenarios have none',
    ]);
  });

  test('the options of a command line', () => {
    expect(parseSettings(['delay=50ms', 'why=a = b'])).toEqual({ delay: '50ms', why: 'a = b' });
    expect(brief(problemsOf(() => parseSettings(['delay', 'a=1'])))).toEqual([
      '--set delay: this is not NAME=VALUE | write --set delay=50ms',
    ]);
  });
});

describe('each mistake has its line and a hint', () => {
  const targets =
    'links.cluster, links.clients, any, minority, majority, all, { nodes: [node1] } or { from: node1, to: node2 }';
  const kinds = [...faultKinds.keys()].join(', ');
  const nodeTargets = 'any, minority, majority, all or { nodes: [node1] }';
  test.each([
    [
      'an unknown key',
      'severity:',
      'severty:',
      [
        'scenarios/a.yml:1  severity is missing',
        'scenarios/a.yml:4  severty is not a known key | did you mean "severity"?',
      ],
    ],
    [
      'an unknown tier',
      'tier: fault',
      'tier: falt',
      ['scenarios/a.yml:3  tier: "falt" is not one of basic, fault, stress, extreme | did you mean "fault"?'],
    ],
    [
      'an unknown severity',
      'severity: low',
      'severity: mild',
      [
        'scenarios/a.yml:4  severity: "mild" is not one of none, low, medium, high, critical | write none, low, medium, high or critical',
      ],
    ],
    [
      'a name with spaces',
      'name: network-delay',
      'name: Network Delay',
      [
        'scenarios/a.yml:1  name: "Network Delay" is not a name | use lowercase letters, digits and single hyphens, as in node-kill',
      ],
    ],
    [
      'an unknown fault kind',
      'kind: network-delay',
      'kind: network-dely',
      ['scenarios/a.yml:9  faults[0].kind: there is no fault kind "network-dely" | did you mean "network-delay"?'],
    ],
    [
      'a fault kind near none',
      'kind: network-delay',
      'kind: gremlin',
      [`scenarios/a.yml:9  faults[0].kind: there is no fault kind "gremlin" | fault kinds: ${kinds}`],
    ],
    [
      'an unknown parameter of a fault',
      ', jitter: "{{ jitter }}"',
      ', jiter: 0',
      ['scenarios/a.yml:9  faults[0].jiter is not a known key | did you mean "jitter"?'],
    ],
    [
      'a parameter near a common key',
      ', jitter: "{{ jitter }}"',
      ', fro: hold',
      ['scenarios/a.yml:9  faults[0].fro is not a known key | did you mean "for"?'],
    ],
    ['a missing parameter of a fault', ' delay: "{{ delay }}",', '', ['scenarios/a.yml:9  faults[0].delay is missing']],
    [
      'a wrong unit',
      'delay: "{{ delay }}"',
      'delay: 10%',
      ['scenarios/a.yml:9  faults[0].delay: "10%" is not a duration | write it as 100ms, 1.5s, 2m or 24h'],
    ],
    [
      'an unknown target',
      'on: links.cluster',
      'on: links.clusters',
      ['scenarios/a.yml:9  faults[0].on: "links.clusters" is not a target | did you mean "links.cluster"?'],
    ],
    [
      'a node as a target',
      'on: links.cluster',
      'on: node2',
      ['scenarios/a.yml:9  faults[0].on: "node2" is not a target | write { nodes: [node2] }'],
    ],
    [
      'a target near none',
      'on: links.cluster',
      'on: everything',
      [`scenarios/a.yml:9  faults[0].on: "everything" is not a target | write ${targets}`],
    ],
    [
      'a list as a target',
      'on: links.cluster',
      'on: [node1]',
      ['scenarios/a.yml:9  faults[0].on: a list is not a target | write { nodes: [node1] }'],
    ],
    [
      'a path to itself',
      'on: links.cluster',
      'on: { from: node1, to: node1 }',
      ['scenarios/a.yml:9  faults[0].on: from and to are both node1 | a path leads from one node to another'],
    ],
    [
      'a node that is not there',
      'on: links.cluster',
      'on: { nodes: [node1, node4] }',
      [
        'scenarios/a.yml:9  faults[0].on.nodes[1]: there is no node "node4" in a cluster of 3 | nodes: node1, node2, node3',
      ],
    ],
    [
      'a path to nowhere',
      'on: links.cluster',
      'on: { from: node1, to: west }',
      ['scenarios/a.yml:9  faults[0].on.to: there is no node "west" in a cluster of 3 | nodes: node1, node2, node3'],
    ],
    [
      'nodes in a parameter',
      /- \{ kind.*/,
      '- { kind: partition, on: links.cluster, groups: [[node1], [node2, node9]] }',
      [
        'scenarios/a.yml:9  faults[0].groups[1][1]: there is no node "node9" in a cluster of 3 | nodes: node1, node2, node3',
      ],
    ],
    [
      'alternatives',
      /- \{ kind.*/,
      '- { kind: partition, groups: half }',
      ['scenarios/a.yml:9  faults[0].groups: "half" is not minority or a list'],
    ],
    [
      'a node fault on links',
      /- \{ kind.*/,
      '- { kind: kill, on: links.cluster }',
      [`scenarios/a.yml:9  faults[0].on: kill strikes nodes, not links | write ${nodeTargets}`],
    ],
    [
      'a node fault on nothing',
      /- \{ kind.*/,
      '- { kind: kill }',
      [`scenarios/a.yml:9  faults[0].on is missing | kill strikes nodes: write ${nodeTargets}`],
    ],
    ['a fault without kind', 'kind: network-delay, ', '', ['scenarios/a.yml:9  faults[0].kind is missing']],
    [
      'a fault that begins too late',
      'at: 1s',
      'at: 30s',
      [
        'scenarios/a.yml:9  faults[0].at: the fault begins 30 s into a hold of 30 s | begin it sooner, or make phases.hold longer',
      ],
    ],
    [
      'a fault that lasts too long',
      'for: 20s',
      'for: 30s',
      [
        'scenarios/a.yml:9  faults[0].for: the fault would outlast hold by 1 s | write hold, or make phases.hold longer',
      ],
    ],
    [
      'a fault of no length',
      'for: 20s',
      'for: 0s',
      ['scenarios/a.yml:9  faults[0].for: a fault must last longer than 0 | write hold or a duration'],
    ],
    ['a phase of no length', 'hold: 30s', 'hold: 0', ['scenarios/a.yml:7  phases.hold: must be longer than 0']],
    ['a phase that is missing', 'hold: 30s, ', '', ['scenarios/a.yml:7  phases.hold is missing']],
    [
      'a bound without direction',
      '">= 99%"',
      '99%',
      ['scenarios/a.yml:11  expect.availability: "99%" has no direction | this is at least: write ">= 99%"'],
    ],
    [
      'a bound in the wrong direction',
      '"<= 1s"',
      '">= 1s"',
      ['scenarios/a.yml:12  expect.p99-latency: ">=" is the wrong direction here | this is at most: write "<= 1s"'],
    ],
    [
      'a bound that YAML folds',
      'availability: ">= 99%"',
      'availability: >= 99%',
      expect.arrayContaining([expect.stringMatching(/^scenarios\/a.yml:11 {2}not valid YAML/)]),
    ],
    [
      'a recovery that cannot be seen',
      '"<= 5s"',
      '"<= 31s"',
      [
        'scenarios/a.yml:13  expect.recovery: 31 s cannot be measured in a recover phase of 30 s | make phases.recover longer, or expect less',
      ],
    ],
    [
      'a parameter that is not there',
      '{{ jitter }}',
      '{{ jiter }}',
      ['scenarios/a.yml:9  faults[0].jitter: there is no jiter among the parameters | did you mean "jitter"?'],
    ],
    [
      'a parameter that is a list',
      'delay: 100ms, ',
      'delay: 100ms, x: [1], ',
      ['scenarios/a.yml:6  parameters.x: a list is not text'],
    ],
    ['an empty file', legal, '', ['scenarios/a.yml:1  the file is empty']],
  ])('%s', (_, from, to, expected) => expect(problems(from, to)).toEqual(expected));

  test('without the size of the cluster, names of nodes are left alone', () => {
    space.write('scenarios/a.yml', legal.replace('on: links.cluster', 'on: { nodes: [node9] }'));
    expect(load({ ...own, nodes: undefined })).toHaveLength(1);
  });

  test('every problem of every file is reported at once', () => {
    space.write('scenarios/a.yml', legal.replace('tier: fault', 'tier: x').replace('delay: "{{ delay }}"', 'delay: 5'));
    space.write('scenarios/b.yml', legal.replace('name: network-delay', 'name: b').replace('at: 1s', 'at: 1'));
    expect(brief(problemsOf(() => load(own)))).toEqual([
      'scenarios/a.yml:3  tier: "x" is not one of basic, fault, stress, extreme | write basic, fault, stress or extreme',
      'scenarios/a.yml:9  faults[0].delay: 5 has no unit | write 5ms or 5s',
      'scenarios/b.yml:9  faults[0].at: 1 has no unit | write 1ms or 1s',
    ]);
  });

  test('two files with one name', () => {
    space.write('scenarios/a.yml', legal);
    space.write('scenarios/b.yml', legal);
    expect(brief(problemsOf(() => load(own)))).toEqual([
      'scenarios/b.yml:1  there are two scenarios called "network-delay" | the other is scenarios/a.yml',
    ]);
  });

  test('a folder that is not there', () => {
    expect(brief(problemsOf(() => load({ folders: ['nope'] })))).toEqual([
      'nope  there is no such folder of scenarios',
    ]);
  });
});

describe('which scenarios are chosen', () => {
  const names = (options: Partial<LoadScenariosOptions>): string[] => load(options).map(({ name }) => name);

  test('by tier: baseline first, then the gentle before the severe', () => {
    expect(names({ tiers: ['basic'] })).toEqual(['baseline', 'node-pause', 'node-kill', 'node-restart']);
    for (const tier of tiers) {
      const [first, ...rest] = load({ tiers: [tier] });
      expect(first?.name).toBe('baseline');
      const weights = rest.map(({ severity }) => severities.indexOf(severity));
      expect(weights).toEqual([...weights].sort((a, b) => a - b));
    }
  });

  test('by several tiers: each of them, and baseline once', () => {
    const [basic, fault, both] = (['basic', 'fault', 'basic,fault'] as const).map((list) =>
      names({ tiers: parseTiers(list) }),
    );
    expect(both?.sort()).toEqual([...new Set([...(basic ?? []), ...(fault ?? [])])].sort());
  });

  test('a tier without scenarios', () => {
    space.write('scenarios/a.yml', legal);
    expect(brief(problemsOf(() => load({ ...own, tiers: ['extreme'] })))).toEqual([
      'there is no scenario of the tier extreme',
    ]);
  });

  test('by name, in the order given, each once', () => {
    expect(names({ names: ['node-restart', 'baseline', 'node-restart'] })).toEqual(['node-restart', 'baseline']);
  });

  test('by the path of a file', () => {
    space.write('mine/odd.yml', legal.replace('name: network-delay', 'name: odd'));
    const chosen = load({ names: ['./mine/odd.yml', 'baseline'] });
    expect(chosen.map(({ name, path }) => [name, path])).toEqual([
      ['odd', 'mine/odd.yml'],
      ['baseline', undefined],
    ]);
  });

  test('a file that is named goes before the shipped one of that name', () => {
    space.write('network-delay.yml', legal.replace('hold: 30s', 'hold: 21s'));
    const [scenario] = load({ names: ['network-delay.yml', 'network-delay'] });
    expect([scenario?.phases.holdMs, names({ names: ['network-delay.yml', 'network-delay'] })]).toEqual([
      21_000,
      ['network-delay'],
    ]);
  });

  test('one that is not there: the nearest, the list, or where the file was looked for', () => {
    expect(brief(problemsOf(() => load({ names: ['node-kil'] })))).toEqual([
      'there is no scenario "node-kil" | did you mean "node-kill"?',
    ]);
    expect(brief(problemsOf(() => load({ names: ['gremlins'] })))[0]).toMatch(/ \| scenarios: .*baseline, .*node-kill/);
    expect(brief(problemsOf(() => load({ names: ['./gone.yml'] })))[0]).toBe(
      `gone.yml  there is no such file | looked for ${space.folder}/gone.yml; or name one of the shipped scenarios; chaos-action list prints them`,
    );
  });

  test('the tiers of a command line', () => {
    expect(parseTiers('basic, fault,basic')).toEqual(['basic', 'fault']);
    expect(brief(problemsOf(() => parseTiers('basc')))).toEqual(['there is no tier "basc" | did you mean "basic"?']);
    expect(brief(problemsOf(() => parseTiers('')))).toEqual([
      'no tier is given | tiers: basic, fault, stress, extreme',
    ]);
  });
});

describe('the shipped scenarios', () => {
  test('tiers and severities are those that users know', () => {
    expect(Object.fromEntries(load().map(({ name, tier, severity }) => [name, `${tier} ${severity}`]))).toEqual({
      baseline: 'basic none',
      'node-pause': 'basic medium',
      'node-kill': 'basic high',
      'node-restart': 'basic high',
      'network-delay': 'fault low',
      'clock-skew': 'fault medium',
      'network-loss': 'fault medium',
      'rpc-fault': 'fault medium',
      'high-network-delay': 'fault high',
      'high-network-loss': 'fault high',
      'combined-network': 'fault high',
      'asymmetric-partition': 'fault high',
      'partition-ring': 'fault high',
      'network-partition': 'fault critical',
      'cpu-stress': 'stress medium',
      'memory-stress': 'stress medium',
      'io-stress': 'stress medium',
      'fd-exhaustion': 'stress medium',
      'cpu-throttling': 'stress medium',
      'extreme-cpu-stress': 'stress high',
      'disk-full': 'stress high',
      'connection-storm': 'stress medium',
      'high-load': 'stress medium',
      'malformed-input': 'stress high',
      soak: 'extreme low',
      'rolling-restart': 'extreme high',
      'cascade-failure': 'extreme critical',
      'multi-node-failure': 'extreme critical',
    });
  });

  test('the basic tier leaves room within 90 s for build, boot and drain', () => {
    // phases.recover is an upper bound: a broker that keeps its promise is through by expect.recovery.
    const seconds =
      load({ tiers: ['basic'] }).reduce(
        (sum, { phases, expect: promised }) => sum + phases.steadyMs + phases.holdMs + promised.recoveryMs,
        0,
      ) / 1000;
    expect(seconds).toBeLessThanOrEqual(75);
  });

  test('each is in a file of its own name and loads for every size of cluster', () => {
    for (const nodes of [1, 2, 3, 5]) {
      for (const { name, location } of load({ nodes })) expect(location.file).toMatch(new RegExp(`/${name}\\.yml$`));
    }
  });
});

describe('chaos.yml and scenarios together', () => {
  const all = (chaos: string) => {
    space.write('chaos.yml', chaos);
    return () => loadAll({ cwd: space.folder, env: {}, faultKinds, tiers: ['basic'] });
  };

  test('both are returned', () => {
    const { config, scenarios } = all('broker: { preset: embedded }\ncluster: { nodes: 5 }\n')();
    expect([config.nodes, scenarios.length]).toEqual([5, 4]);
  });

  test('problems of both are reported at once', () => {
    space.write('bad.yml', legal.replace('tier: fault', 'tier: x'));
    space.write('chaos.yml', 'broker: { preset: embedded, links: wire }\n');
    expect(brief(problemsOf(() => loadAll({ cwd: space.folder, env: {}, faultKinds, names: ['bad.yml'] })))).toEqual([
      'chaos.yml:1  broker.links: "wire" is not one of proxy, transparent, direct | write proxy, transparent or direct',
      'bad.yml:3  tier: "x" is not one of basic, fault, stress, extreme | write basic, fault, stress or extreme',
    ]);
  });

  test('a known issue names a scenario that exists', () => {
    const issue = (scenario: string) =>
      `broker:\n  preset: embedded\n  known-issues:\n    - { invariant: ordering, scenario: ${scenario}, why: x }\n`;
    expect(all(issue('node-restart'))().config.broker.knownIssues).toHaveLength(1);
    expect(brief(problemsOf(all(issue('node-restrt'))))).toEqual([
      'chaos.yml:4  broker.known-issues[0].scenario: there is no scenario "node-restrt" | did you mean "node-restart"?',
    ]);
  });

  test('the size of the cluster is the one of chaos.yml', () => {
    space.write('five.yml', legal.replace('on: links.cluster', 'on: { nodes: [node5] }'));
    space.write('chaos.yml', 'broker: { preset: embedded }\ncluster: { nodes: 5 }\n');
    const options = { cwd: space.folder, env: {}, faultKinds, names: ['five.yml'] };
    expect(loadAll(options).scenarios).toHaveLength(1);
    expect(problemsOf(() => loadAll({ ...options, overrides: { nodes: 3 } }))).toHaveLength(1);
  });
});
