import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Choice, loadChoice, repeatingCommand } from '../../src/run/choice.ts';
import { scoreRun } from '../../src/score/run.ts';
import { workspace } from '../config/workspace.ts';
import { faultRecord, scenarioRecord } from '../support/records.ts';

let space: ReturnType<typeof workspace>;
beforeEach(() => {
  space = workspace();
});
afterEach(() => space.remove());

const load = (choice: Partial<Choice>) => loadChoice({ cwd: space.folder, tiers: ['basic'], set: {}, ...choice }, {});

describe('coverage is a share of what was asked for:', () => {
  test('by tier, of all scenarios of the tiers', () => {
    expect(load({}).catalogue).toEqual(['baseline', 'node-pause', 'node-kill', 'node-restart']);
  });

  test('by name, of those that are named, whatever else their tiers hold', () => {
    expect(load({ scenarios: ['cpu-stress'] }).catalogue).toEqual(['cpu-stress']);
    expect(load({ scenarios: ['node-kill', 'baseline'] }).catalogue.toSorted()).toEqual(['baseline', 'node-kill']);
  });

  test('by plan, of those of the plan', () => {
    const plan = space.write('mine.yml', 'name: mine\ntitle: Mine\nscenarios: [baseline, node-pause]\n');
    expect(load({ plan }).catalogue).toEqual(['baseline', 'node-pause']);
  });

  test('so that one named scenario of 10 makes a run of 10', () => {
    const { catalogue } = load({ scenarios: ['cpu-stress'] });
    const unseen = { scrapes: { attempted: 0, answered: 0 }, faultsSeenByBroker: null };
    const stressed = scenarioRecord({ name: 'cpu-stress', faults: [faultRecord()], ...unseen });
    expect(stressed.score).toBe(10);
    expect(scoreRun({ scenarios: [stressed], seed: 's', partial: false, catalogue })).toMatchObject({
      verdict: 'pass',
      score: 10,
      grade: 'Excellent',
    });
  });

  test('and one of two that could not be run still counts as not covered', () => {
    const { catalogue } = load({ scenarios: ['cpu-stress', 'rpc-fault'] });
    const skipped = scenarioRecord({ name: 'rpc-fault', verdict: 'skipped' });
    const scenarios = [scenarioRecord({ name: 'cpu-stress', faults: [faultRecord()] }), skipped];
    const { dimensions } = scoreRun({ scenarios, seed: 's', partial: false, catalogue });
    expect(dimensions.find(({ id }) => id === 'coverage')?.score).toBe(5);
  });
});

describe('a sabotage', () => {
  test('is one that there is', () => {
    expect(() => load({ sabotage: 'duplicate-qos' })).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: 'there is no sabotage "duplicate-qos"',
        hint: expect.stringContaining('duplicate-qos0'),
      }),
    );
    expect(() => load({ sabotage: 'duplicate-qos0' })).not.toThrow();
  });

  test('of MQTT 5 wants a workload that speaks it', () => {
    expect(() => load({ sabotage: 'freeze-expiry' })).toThrow('the workload speaks MQTT 3.1.1');
    const config = space.write('chaos.yml', 'broker: { preset: embedded, mqtt: { version: 5 } }\n');
    expect(() => load({ config, sabotage: 'freeze-expiry' })).not.toThrow();
  });

  test.each(['{ transport: ws }', '{ tls: {} }'])('is not possible where clients connect by %s', (mqtt) => {
    const config = space.write('chaos.yml', `broker: { preset: embedded, mqtt: ${mqtt} }\n`);
    expect(() => load({ config, sabotage: 'duplicate-qos0' })).toThrow('a sabotage needs clients that speak plain TCP');
    expect(() => load({ config })).not.toThrow();
  });

  test('is repeated with the run', () => {
    const choice: Choice = { cwd: space.folder, tiers: ['basic'], set: {}, sabotage: 'throw-out' };
    expect(repeatingCommand(choice, '7')).toBe('chaos-action run --sabotage throw-out --tier basic --seed 7');
  });
});
