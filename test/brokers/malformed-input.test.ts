import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { brokenClasses } from '../../src/faults/corpus.ts';
import { measuredRun, violated } from '../support/measured-run.ts';
import { needing } from '../support/needs.ts';
import { writeScenario } from '../support/short-scenario.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const temporary = temporaryFolders();

type Broker = 'embedded' | 'nats';

/** Every class goes alone first; the proof wants all of them, and half of the rate afterwards. A machine that is so busy that it sends fewer, or sees too little, gets more time. */
async function enough(broker: Broker): ReturnType<typeof measuredRun> {
  const folder = temporary();
  const file = writeScenario(folder, {
    name: 'thousands',
    title: 'Broken packets at each node',
    phases: '{ steady: 1s, hold: 20s, recover: 10s }',
    faults: '[{ kind: malformed-input, on: all, rate: 100/s, at: 0s, for: hold }]',
  });
  for (const duration of ['40s', '120s']) {
    const run = await measuredRun(
      ...[
        '--broker',
        broker,
        '--scenario',
        join(folder, file),
        '--seed',
        'malformed',
        '--duration',
        duration,
        '--rate',
        '250/s',
      ],
    );
    const [scenario] = run.record?.scenarios ?? [];
    if (scenario?.faults[0]?.proven || scenario?.crashes.length || duration === '120s') return run;
  }
  throw new RangeError('there is a last duration');
}

/**
 * Verdicts are not asserted: a busy machine makes them inconclusive. What is: enough is sent, the effect is proven, nobody else loses
 * anything, and a broker that dies of a packet has it named.
 */
describe.each(['embedded', 'nats'] as const)('thousands of broken packets at three nodes of %s', (broker) => {
  const test = broker === 'nats' ? needing('nats-server') : needing();
  test('are of hundreds of classes, sent at their rate, and cost the workload no message', async () => {
    const { record, stderr } = await enough(broker);
    expect({ error: record?.error ?? null, stderr: record?.error ? stderr : '' }).toEqual({ error: null, stderr: '' });
    const [scenario] = record?.scenarios ?? [];
    const [fault] = scenario?.faults ?? [];
    expect(fault).toMatchObject({ kind: 'malformed-input', proven: true, healed: true });
    for (const { suspects } of scenario?.crashes ?? []) expect(suspects?.[0]).toMatch(/^[\w.-]+ \(.+\), .+: [0-9a-f]+/);
    if (scenario?.crashes.length) return;
    const { classes = 0, classesWithoutSession = 0, packets = 0, shareOfRate = 0 } = fault?.figures ?? {};
    expect(classes + classesWithoutSession).toBe(brokenClasses.length);
    // Three nodes.
    expect(packets).toBeGreaterThanOrEqual(3 * classes);
    expect(shareOfRate).toBeGreaterThanOrEqual(0.5);
    const { lost = 0, owed = 0 } = scenario?.accounting ?? {};
    // NATS reorders, and loses about one acknowledged message in a thousand with no fault at all (docs/found-in-nats.md).
    if (broker === 'nats') expect(lost / owed).toBeLessThan(0.002);
    else expect([violated(record), lost]).toEqual([{}, 0]);
    expect(scenario?.accounting.published).toBeGreaterThan(3_000);
  });
});
