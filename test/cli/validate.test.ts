import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ValidateOptions, validateCommand } from '../../src/cli/validate.ts';
import { type Choice, loadChoice } from '../../src/run/choice.ts';
import { problemsOf, workspace } from '../config/workspace.ts';

let space: ReturnType<typeof workspace>;
beforeEach(() => {
  space = workspace();
});
afterEach(() => space.remove());

function validate(
  choice: Partial<Choice> = {},
  options: Partial<ValidateOptions> = {},
): { code: number; lines: string[] } {
  const lines: string[] = [];
  const code = validateCommand(
    { cwd: space.folder, tiers: ['basic'], set: {}, ...choice },
    { env: {}, colour: false, json: false, ...options },
    (line) => lines.push(line),
  );
  return { code, lines };
}

describe('validate', () => {
  test('says what would run', () => {
    space.write('chaos.yml', 'broker:\n  name: mine\n  build: make\n  start: ./b\n  ports: [cluster]\n');
    expect(validate()).toEqual({
      code: 0,
      lines: [
        'chaos.yml is valid',
        '  broker     mine, 3 nodes, linked through proxies on cluster',
        '  build      make',
        '  start      ./b',
        '  workload   mixed, 300/s of 128 B',
        '  scenarios  baseline, node-pause, node-kill, node-restart',
        expect.stringMatching(/^ {2}phases {5}\d+ s at most, without build, boot and drain$/),
      ],
    });
  });

  test('says what a run would skip, and why', () => {
    space.write('chaos.yml', 'broker: { preset: embedded }\ncluster: { nodes: 1 }\n');
    const names = ['partition-ring', 'node-kill'];
    expect(validate({ scenarios: names }).lines.slice(-3)).toEqual([
      '  scenarios  partition-ring, node-kill',
      '  skipped    partition-ring: there is no link between nodes: the cluster has one node',
      '  phases     27 s at most, without build, boot and drain',
    ]);
    expect(JSON.parse(validate({ scenarios: names }, { json: true }).lines.join('\n'))).toMatchObject({
      scenarios: names,
      skipped: [{ name: 'partition-ring', reason: 'there is no link between nodes: the cluster has one node' }],
    });
  });

  test('takes a path between nodes in a cluster of one: there it is skipped, and no mistake', () => {
    space.write('chaos.yml', 'broker: { preset: embedded }\ncluster: { nodes: 1 }\n');
    const file = space.write(
      'cut.yml',
      `name: cut
title: One path is cut
tier: fault
severity: low
dimension: fault-isolation
phases: { steady: 1s, hold: 3s, recover: 5s }
faults:
  - { kind: partition, on: { from: node1, to: node2 }, for: 1s }
  - { kind: partition, groups: [[node1], [node2, node3]], at: 2s }
expect: { availability: ">= 90%", p99-latency: "<= 5s", recovery: "<= 5s" }
`,
    );
    expect(validate({ scenarios: [file] }).lines).toContain(
      '  skipped    cut: there is no link between nodes: the cluster has one node',
    );
    expect(validate({ scenarios: [file], nodes: 2 })).toMatchObject({ code: 3 });
    expect(validate({ scenarios: [file], nodes: 3 }).lines.join()).not.toContain('skipped');
  });

  test('says of transparent links that connections are redirected, and not that nodes dial proxies', () => {
    space.write('chaos.yml', 'broker:\n  name: mine\n  start: ./b\n  ports: [cluster]\n  links: transparent\n');
    expect(validate().lines[1]).toBe(
      '  broker     mine, 3 nodes, transparent links on cluster: what the nodes dial there is redirected (needs root)',
    );
  });

  test('does not print what came from the environment', () => {
    space.write('chaos.yml', 'broker:\n  start: ./b --token $' + '{TOKEN}\n');
    expect(validate({}, { env: { TOKEN: 'geheim' } }).lines[2]).toBe('  start      ./b --token ***');
  });

  test('without a file, the embedded cluster; scenarios by tier or by name', () => {
    expect(validate().lines[0]).toBe('the preset embedded is valid');
    expect(validate({ scenarios: ['network-delay'], set: { delay: '5ms' } }).lines).toContain(
      '  scenarios  network-delay',
    );
    expect(validate({ tiers: ['fault'] }).lines.join()).toContain('network-partition');
  });

  test('of a plan: its name, its scenarios by the names it gives them, and their time', () => {
    space.write(
      'mine.yml',
      `name: mine
title: Twice
abort-on: fail
scenarios: [{ scenario: baseline, duration: 12s }, { scenario: baseline, as: again }]
`,
    );
    expect(validate({ plan: './mine.yml' }).lines.slice(-3)).toEqual([
      '  plan       mine (Twice), stops at the first failure',
      '  scenarios  baseline, again',
      '  phases     43 s at most, without build, boot and drain',
    ]);
    expect(JSON.parse(validate({ plan: './mine.yml' }, { json: true }).lines.join('\n'))).toMatchObject({
      plan: 'mine',
      scenarios: ['baseline', 'again'],
    });
    expect(JSON.parse(validate({}, { json: true }).lines.join('\n'))).toMatchObject({ plan: null });
  });

  test.each([
    [
      'broker: { start: b, links: direct, ports: [cluster] }',
      ', linked directly: faults between nodes cannot be injected',
    ],
    ['broker: { start: b }', ', no peer ports: faults between nodes cannot be injected'],
  ])('warns where faults between nodes have nothing to act on: %s', (text, expected) => {
    space.write('chaos.yml', text);
    expect(validate().lines[1]).toBe(`  broker     broker, 3 nodes${expected}`);
  });

  test('prints every problem of every file with its place and hint, and exits 3', () => {
    space.write('chaos.yml', 'broker:\n  strat: ./b\n  preset: embedded\n  stop-within: 10\n');
    expect(validate({ scenarios: ['node-kil'] })).toEqual({
      code: 3,
      lines: [
        'chaos.yml:2:3  broker.strat is not a known key',
        '    did you mean "start"?',
        'chaos.yml:4:16  broker.stop-within: 10 has no unit',
        '    write 10ms or 10s',
        'there is no scenario "node-kil"',
        '    did you mean "node-kill"?',
        '3 problems',
      ],
    });
  });

  test('accepts and refuses what `run` does, with the same words in the same order', () => {
    space.write('chaos.yml', 'broker: { preset: embedded, links: wire }\ncluster: { nodes: 99 }\n');
    space.write('mine.yml', 'name: mine\ntier: basci\n');
    const choice = { cwd: space.folder, tiers: ['basic'] as const, set: { delay: '1s' } };
    for (const scenarios of [undefined, ['node-kil', './mine.yml'], ['network-delay']]) {
      const refused = problemsOf(() => loadChoice({ ...choice, scenarios }, {}));
      expect(refused.length).toBeGreaterThan(1);
      const told = JSON.parse(validate({ ...choice, scenarios }, { json: true }).lines.join('\n'));
      expect(told).toEqual({ valid: false, problems: refused });
    }
    space.write('chaos.yml', 'broker: { preset: embedded }\n');
    const scenarios = ['network-delay', 'baseline'];
    const loaded = loadChoice({ ...choice, scenarios }, {});
    expect(loaded.scenarios.map(({ name }) => name)).toEqual(scenarios);
    expect(JSON.parse(validate({ ...choice, scenarios }, { json: true }).lines.join('\n'))).toMatchObject({
      valid: true,
      scenarios,
    });
  });

  test('--json prints one record either way', () => {
    expect(JSON.parse(validate({}, { json: true }).lines.join('\n'))).toMatchObject({
      valid: true,
      broker: 'embedded',
      nodes: 3,
      problems: [],
    });
    const { code, lines } = validate({ broker: 'nope' }, { json: true });
    expect(code).toBe(3);
    expect(JSON.parse(lines.join('\n'))).toMatchObject({
      valid: false,
      problems: [{ message: 'there is no preset "nope"' }],
    });
  });

  test('colour only when asked for', () => {
    expect(validate({}, { colour: true }).lines[0]).toContain('\u001b[32m');
    expect(validate().lines[0]).not.toContain('\u001b');
  });
});
