import { describe, expect, test } from '@jest/globals';
import { repeatCommand } from '../../src/report/repeat.ts';
import { passingRun, scenarioRecord } from '../support/records.ts';

const repeat = (shape: Parameters<typeof scenarioRecord>[0]): string =>
  repeatCommand(passingRun(), scenarioRecord(shape));

describe('the command that repeats one scenario', () => {
  test('has the cluster, the scenario, its parameters, its time and the seed', () => {
    expect(repeat({ name: 'network-delay', parameters: { delay: '50ms', jitter: '0ms' }, holdS: 30 })).toBe(
      'chaos-action run --broker embedded --scenario network-delay --set delay=50ms --set jitter=0ms --duration 30s --nodes 3 --seed a-seed',
    );
  });

  test('asks for what the scenario is called by itself, since only the plan knows the name that it gave', () => {
    const command = repeat({ name: 'slow', ownName: 'network-delay', parameters: { delay: '200ms' }, holdMs: 1_500 });
    expect(command).toContain(' --scenario network-delay --set delay=200ms --duration 1.5s ');
    expect(command).not.toContain('slow');
  });

  test('asks by path for a scenario that was asked for by path, since no shipped one has its name', () => {
    expect(repeat({ name: 'slow', ownName: 'mine', path: 'chaos/my own.yml' })).toContain(
      " --scenario 'chaos/my own.yml' --duration ",
    );
  });
});
