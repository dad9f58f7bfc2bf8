import { describe, expect, test } from '@jest/globals';
import { ChaosError } from '../../src/base/error.ts';
import { NotRolledBack } from '../../src/engines/scope.ts';
import type { PhaseName } from '../../src/model/record.ts';
import { SkipScenario } from '../../src/run/skip.ts';
import type { StreamFacts } from '../../src/workload/flows/stream/facts.ts';
import { oneWay } from '../support/histories.ts';
import { fakeRun, type Outcome, scenarios } from './fake-run.ts';

// What the conductor does with a cluster, a workload and a clock that are made up: every case takes milliseconds.

const phases: readonly PhaseName[] = ['warm-up', 'steady', 'hold', 'recover', 'drain'];
const fails = (): never => {
  throw new Error('it stays');
};
const slow: Outcome = { availability: 0.5 };
const lossy: Outcome = { history: oneWay({ offered: 300 }, { missing: [7] }) };

describe('a scenario', () => {
  test('goes through its phases in order, with its fault in force in hold, proven, and healed before the drain', async () => {
    const { record, events, phases: seen } = await fakeRun(scenarios('one'));
    expect(seen).toEqual(phases.map((phase) => `one/${phase}`));
    expect(events).toEqual([
      'build',
      'boot for pause',
      'clients connect',
      'steady is over for pause',
      'inject pause',
      'heal pause',
      'release pause',
      'clients leave',
      'stop',
    ]);
    expect(record).toMatchObject({ verdict: 'pass', partial: false, error: null });
    const [scenario] = record.scenarios;
    expect(scenario).toMatchObject({ verdict: 'pass', attempt: 1, earlier: null });
    const [fault] = scenario?.faults ?? [];
    const hold = scenario?.phases.find(({ name }) => name === 'hold');
    expect(fault).toMatchObject({ proven: true, healed: true, startMs: hold?.startMs, endMs: hold?.endMs });
  });

  test('takes as long as its phases say', async () => {
    const [one] = scenarios('one');
    if (!one) throw new Error('there is no scenario');
    const { record } = await fakeRun([one]);
    const lasted = Object.fromEntries(
      record.scenarios[0]?.phases.map(({ name, startMs, endMs }) => [name, endMs - startMs]) ?? [],
    );
    expect(lasted).toMatchObject({ steady: one.phases.steadyMs, hold: one.phases.holdMs });
  });

  test('whose fault was not in force decides nothing', async () => {
    const { record } = await fakeRun(scenarios('one'), { prove: () => ({ proven: false }) }, { repeat: 1 });
    expect(record.scenarios[0]).toMatchObject({
      verdict: 'inconclusive',
      reason: 'pause was not proven: it was not in force',
    });
  });

  test('whose proof throws decides nothing, and is healed', async () => {
    const { record } = await fakeRun(
      scenarios('one'),
      {
        prove() {
          throw new Error('nobody looked');
        },
      },
      { repeat: 1 },
    );
    expect(record.scenarios[0]).toMatchObject({
      verdict: 'inconclusive',
      reason: 'pause was not proven: the proof failed: nobody looked',
      faults: [{ healed: true }],
    });
  });
});

describe('a scenario is run again', () => {
  test('when it misses an expectation, and the middle one of three runs counts', async () => {
    const { record } = await fakeRun(scenarios('one'), { outcomes: [slow, {}, {}] });
    expect(record.scenarios).toHaveLength(1);
    expect(record.scenarios[0]).toMatchObject({
      verdict: 'pass',
      reason: expect.stringMatching(/every expectation was met in 2 of 3 runs$/),
      earlier: { earlier: { attempt: 1, verdict: 'fail', earlier: null } },
    });
  });

  test('on the same cluster, if that is well', async () => {
    const { events } = await fakeRun(scenarios('one'), { outcomes: [slow, {}, {}] });
    expect(events.filter((event) => event.startsWith('boot'))).toHaveLength(1);
  });

  test('no third time when two agree', async () => {
    const { record } = await fakeRun(scenarios('one'), { outcomes: [slow] });
    expect(record.scenarios[0]).toMatchObject({ verdict: 'fail', earlier: { verdict: 'fail', earlier: null } });
  });

  test('not with `repeat: 1`', async () => {
    const { record } = await fakeRun(scenarios('one'), { outcomes: [slow, {}] }, { repeat: 1 });
    expect(record.scenarios[0]).toMatchObject({ verdict: 'fail', earlier: null });
  });

  test('not after a violation, which counts at once', async () => {
    const { record } = await fakeRun(scenarios('one'), { outcomes: [lossy, {}] });
    expect(record.scenarios[0]).toMatchObject({
      verdict: 'fail',
      reason: 'no-acknowledged-loss violated once',
      earlier: null,
    });
  });
});

describe('the cluster is booted anew', () => {
  const reboots = async (troubles: Parameters<typeof fakeRun>[1]) => {
    const { record, events } = await fakeRun(scenarios('one', 'two'), troubles, { repeat: 1 });
    return { boots: events.filter((event) => event.startsWith('boot')).length, why: record.scenarios[1]?.cluster.why };
  };

  test('for no scenario that finds it as it should be', async () => {
    expect(await reboots({})).toEqual({ boots: 1, why: 'healthy after one' });
  });

  test('after one that left it unwell', async () => {
    expect(await reboots({ isUnhealthy: () => true })).toEqual({ boots: 2, why: 'not healthy after one' });
  });

  // A scenario that is undecided is run a second time.
  test('after a run whose fault could not be healed', async () => {
    const { record, events } = await fakeRun(scenarios('one'), { heal: fails });
    expect(events.filter((event) => event.startsWith('boot'))).toHaveLength(2);
    expect(record.scenarios[0]).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringContaining('pause could not be healed'),
      faults: [{ proven: false, healed: false }],
      cluster: { why: 'one left a fault that could not be healed' },
    });
  });

  test('after an injection that failed and could not be taken back', async () => {
    const inject = (): never => {
      throw new NotRolledBack('half-way', new Error('no way back'));
    };
    const { record } = await fakeRun(scenarios('one'), { inject, heal: fails });
    expect(record.scenarios[0]).toMatchObject({
      verdict: 'inconclusive',
      faults: [{ proven: false, healed: false, observed: expect.stringMatching(/^not injected: half-way/) }],
      cluster: { why: 'one left a fault that could not be healed' },
    });
  });

  test('not after an injection that failed and was taken back', async () => {
    const { record, events } = await fakeRun(scenarios('one'), { inject: fails });
    expect(events.filter((event) => event.startsWith('boot'))).toHaveLength(1);
    expect(record.scenarios[0]).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringContaining('pause was not proven: not injected, rolled back: it stays'),
      faults: [{ proven: false, healed: true }],
    });
  });

  test('for one that it is not meant for', async () => {
    expect(await reboots({ unfit: () => 'a fault needs more' })).toEqual({ boots: 2, why: 'a fault needs more' });
  });

  test('once more where no steady state came about on the cluster of the scenario before', async () => {
    const { record, events } = await fakeRun(
      scenarios('one', 'two'),
      { outcomes: [{}, { noSteadyState: 'nothing arrived' }, {}] },
      { repeat: 1 },
    );
    expect(events.filter((event) => event.startsWith('boot'))).toHaveLength(2);
    expect(record.scenarios[1]).toMatchObject({
      verdict: 'pass',
      cluster: { why: 'no steady state on the cluster of the scenario before' },
    });
  });
});

describe('a cluster that never gets steady', () => {
  test('is an error when it is so from the start: it says nothing', async () => {
    const { record } = await fakeRun(scenarios('one'), { outcomes: [{ noSteadyState: 'nothing arrived' }] });
    expect(record).toMatchObject({
      partial: true,
      error: { code: 'cluster', message: expect.stringContaining('never reached a steady state: nothing arrived') },
      scenarios: [],
    });
  });

  test('leaves one scenario undecided when it has worked before', async () => {
    const never = { noSteadyState: 'nothing arrived' };
    const { record } = await fakeRun(scenarios('one', 'two'), { outcomes: [{}, never] }, { repeat: 1 });
    expect(record.error).toBeNull();
    expect(record.scenarios.map(({ verdict }) => verdict)).toEqual(['pass', 'inconclusive']);
  });
});

describe('a node that ends by itself', () => {
  test.each(phases.slice(0, 4))('in %s fails its scenario', async (when) => {
    const { record } = await fakeRun(scenarios('one', 'two'), {
      onPhase: (phase, { crash }) => phase === when && crash('node2'),
    });
    expect(record.scenarios[0]).toMatchObject({
      verdict: 'fail',
      reason: expect.stringContaining('node2 ended with exit code 1 by itself'),
      crashes: [{ node: 'node2' }],
    });
  });

  test('after the scenario is held against it, and the next one gets a new cluster', async () => {
    let crashed = false;
    const { record, events } = await fakeRun(scenarios('one', 'two'), {
      afterRun: (cluster) => {
        if (!crashed) cluster.crash('node3');
        crashed = true;
      },
    });
    expect(record.scenarios[0]).toMatchObject({
      verdict: 'fail',
      reason: expect.stringMatching(/; node3 ended with exit code 1 by itself afterwards$/),
    });
    expect(record.scenarios[1]).toMatchObject({ verdict: 'pass', cluster: { why: 'one left a node dead' } });
    expect(events.filter((event) => event.startsWith('boot'))).toHaveLength(2);
  });
});

describe('a scenario is skipped', () => {
  test('when the engine cannot do its fault, before anything is booted', async () => {
    const { record, events } = await fakeRun(scenarios('one'), { refuses: () => 'there is no such thing here' });
    expect(record.scenarios[0]).toMatchObject({ verdict: 'skipped', reason: 'there is no such thing here' });
    expect(events).toEqual(['build', 'stop']);
  });

  test('when that is found once the cluster stands; the clients leave', async () => {
    const { record, events } = await fakeRun(scenarios('one', 'two'), {
      refuses: (_, to) => (to === 'this cluster' ? 'the kernel says no' : undefined),
    });
    expect(record.scenarios.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['skipped', 'the kernel says no'],
      ['skipped', 'the kernel says no'],
    ]);
    // What the cluster of the scenario before lacks says nothing about one that is booted for the next: both are tried.
    expect(events.filter((event) => event === 'clients leave')).toHaveLength(2);
    expect(events.slice(-2)).toEqual(['clients leave', 'stop']);
  });

  test('when the plan stops at the first failure', async () => {
    const plan = { name: 'mine', title: 'Mine', abortOn: 'fail' as const, stages: [] };
    const { record } = await fakeRun(scenarios('one', 'two'), { outcomes: [lossy] }, { plan });
    expect(record.scenarios.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['fail', 'no-acknowledged-loss violated once'],
      ['skipped', 'the plan stops at the first failure: one failed'],
    ]);
  });
});

describe('a cancelled run', () => {
  /** Cancelled while a fault begins to be observed or is injected, which then throws what is given. */
  function cancelledIn(step: 'observe' | 'inject', thrown?: Error): ReturnType<typeof fakeRun> {
    let cancel = (): void => {};
    return fakeRun(scenarios('one'), {
      onPhase(_, { abort }) {
        cancel = () => abort(new ChaosError('cancelled', 'cancelled by SIGINT'));
      },
      [step]() {
        cancel();
        if (thrown) throw thrown;
      },
    });
  }

  test.each(phases)('in %s heals, ends its clients and stops the cluster in a hurry', async (when) => {
    const { record, events } = await fakeRun(scenarios('one', 'two'), {
      onPhase: (phase, { abort }) => phase === when && abort(new ChaosError('cancelled', 'cancelled by SIGINT')),
    });
    expect(record).toMatchObject({
      partial: true,
      error: { code: 'cancelled', message: `cancelled by SIGINT in ${when} of one` },
      scenarios: [],
    });
    expect(events.slice(-2)).toEqual(['clients leave', 'stop within 2000 ms']);
  });

  test('heals the fault that is in force, before the clients leave', async () => {
    const { record, events } = await cancelledIn('inject');
    expect(record.error?.message).toBe('cancelled by SIGINT in hold of one');
    expect(events.slice(-5)).toEqual([
      'inject pause',
      'heal pause',
      'release pause',
      'clients leave',
      'stop within 2000 ms',
    ]);
  });

  test('is not a scenario that was skipped, whatever else goes wrong at that moment', async () => {
    const { record } = await cancelledIn('observe', new SkipScenario('the kernel says no'));
    expect(record).toMatchObject({ error: { code: 'cancelled' }, scenarios: [] });
  });

  test('keeps what was decided before', async () => {
    let scenario = 0;
    const { record } = await fakeRun(scenarios('one', 'two'), {
      onPhase(phase, { abort }) {
        if (phase === 'warm-up') scenario++;
        if (scenario === 2 && phase === 'hold') abort(new ChaosError('cancelled', 'cancelled by SIGINT'));
      },
    });
    expect(record.scenarios.map(({ name, verdict }) => [name, verdict])).toEqual([['one', 'pass']]);
  });
});

describe('what breaks in the tool is never a finding about the broker', () => {
  test('a check that throws is unknown, and the scenario undecided', async () => {
    const history: StreamFacts = {
      ...oneWay({ offered: 300 }),
      get oddities(): StreamFacts['oddities'] {
        throw new Error('a hole in the books');
      },
    };
    const { record } = await fakeRun(scenarios('one'), { outcomes: [{ history }] }, { repeat: 1 });
    expect(record.error).toBeNull();
    expect(record.scenarios[0]).toMatchObject({ verdict: 'inconclusive', violations: [] });
    expect(record.scenarios[0]?.unknown).toContainEqual({
      invariant: expect.any(String),
      why: expect.stringContaining('a hole in the books'),
    });
  });

  test.each(phases)('a thread that ends in %s is an error of ours', async (when) => {
    const { record, events } = await fakeRun(scenarios('one'), { outcomes: [{ threadEndsIn: when }] });
    expect(record).toMatchObject({
      partial: true,
      error: { code: 'internal', message: 'the workload thread ended' },
      scenarios: [],
    });
    expect(events.at(-1)).toBe('stop within 2000 ms');
  });

  test('a boot that fails is told, with nothing decided', async () => {
    const { record, events } = await fakeRun(scenarios('one'), {
      boot() {
        throw new ChaosError('boot', 'node1 ended with exit code 3 before it was ready');
      },
    });
    expect(record).toMatchObject({ partial: true, error: { code: 'boot' }, scenarios: [] });
    expect(events).toEqual(['build', 'boot for pause', 'stop']);
  });
});
