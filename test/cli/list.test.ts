import { describe, expect, test } from '@jest/globals';
import { listCommand } from '../../src/cli/list.ts';
import { faultKinds } from '../../src/faults/registry.ts';

function list(options: { json?: boolean; colour?: boolean } = {}): { code: number; lines: string[] } {
  const lines: string[] = [];
  const code = listCommand({ faultKinds, json: false, colour: false, cwd: '/', ...options }, (line) =>
    lines.push(line),
  );
  return { code, lines };
}

describe('list', () => {
  test('prints tiers with their scenarios, plans, presets, fault kinds, mutants and sabotages', () => {
    const { code, lines } = list();
    expect(code).toBe(0);
    expect(lines[0]).toBe('tier basic (each commit)');
    expect(lines[1]).toMatch(/^ {2}baseline +none +No fault$/);
    expect(lines).toContain('tier fault (daily)');
    expect(
      lines.some((line) => /^ {2}network-partition +critical +A minority of the nodes is cut off$/.test(line)),
    ).toBe(true);
    expect(lines.some((line) => /^ {2}week-1 +\S.* baseline, network-delay, network-loss$/.test(line))).toBe(true);
    expect(lines.some((line) => /^ {2}embedded +The broker that comes with the tool/.test(line))).toBe(true);
    expect(lines.some((line) => /^ {2}kill +nodes +\S/.test(line))).toBe(true);
    expect(lines.some((line) => /^ {2}duplicate-qos0 +at-most-once +every 20th QoS 0 message/.test(line))).toBe(true);
    expect(lines.some((line) => /^ {2}own-broadcast +at-most-once +a node also takes/.test(line))).toBe(true);
  });

  test('each tier says what it is for', () => {
    const text = list().lines.join('\n');
    for (const tier of ['basic', 'fault', 'stress', 'extreme']) expect(text).toMatch(new RegExp(`^tier ${tier} `, 'm'));
  });

  test('--json prints one record', () => {
    const { code, lines } = list({ json: true });
    const record = JSON.parse(lines.join('\n'));
    expect(code).toBe(0);
    expect(Object.keys(record)).toEqual([
      ...['tiers', 'scenarios', 'plans', 'presets', 'faultKinds', 'mutants', 'sabotages'],
    ]);
    expect(record.scenarios[0]).toMatchObject({
      name: 'baseline',
      tier: 'basic',
      faults: [],
      phases: { steadyMs: 5000 },
    });
    expect(record.plans.find(({ name }: { name: string }) => name === 'week-1')).toMatchObject({
      name: 'week-1',
      abortOn: null,
      scenarios: ['baseline', 'network-delay', 'network-loss'],
    });
    expect(record.mutants).toContainEqual({
      name: 'will-twice',
      does: 'the will is published twice',
      invariant: 'will-once',
      scenario: 'quiet',
      profile: 'will',
      versions: [4, 5],
      report: 'moscajs/aedes#109',
    });
    expect(record.sabotages).toContainEqual({
      name: 'deliver-expired',
      breaks: 'the Message Expiry Interval of a message is ignored: it is delivered however late',
      invariant: 'expiry',
      versions: [5],
      needs: ['mqtt5'],
      flow: 'expiry',
      report: 'emqx/emqx#18176',
    });
    expect(record.presets.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['embedded', 'nats']),
    );
  });

  test('colour only when asked for', () => {
    expect(list().lines.join('')).not.toContain('\u001b');
    expect(list({ colour: true }).lines[0]).toContain('\u001b[1mtier basic');
  });
});
