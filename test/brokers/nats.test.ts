import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { measuredRun } from '../support/measured-run.ts';
import { needing } from '../support/needs.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const test = needing('nats-server');
const temporary = temporaryFolders();

/**
 * NATS loses acknowledged messages of its own (docs/findings/nats.md), so its verdict is not asserted here: what is asserted is that the
 * tool boots it, probes it, proves its faults on it and accounts for every message.
 */
describe('nats-server with JetStream and MQTT, three nodes', () => {
  test('is booted, probed, cut in two through its routes, and accounted for', async () => {
    expect(execFileSync('nats-server', ['--version'], { encoding: 'utf8' })).toMatch(/nats-server/);
    const config = join(temporary(), 'chaos.yml');
    // Its verdict is not asserted: what it sends again after its ack_wait need not be waited for.
    writeFileSync(config, 'broker: { preset: nats, redeliver-within: 2s }\n');
    const { code, record, stderr } = await measuredRun(
      ...['--config', config, '--scenario', 'network-partition'],
      ...['--duration', '8s', '--rate', '150/s', '--seed', 'nats'],
    );
    expect({ error: record?.error ?? null, stderr: record?.error ? stderr : '' }).toEqual({ error: null, stderr: '' });
    expect([0, 1]).toContain(code);

    expect(record?.broker.features?.qos2.available).toBe(false);
    expect(record?.broker.features?.qos2.seen).toMatch(/connection was closed after a QoS 2 PUBLISH/);
    expect(record?.broker.features?.mqtt5.available).toBe(false);
    expect(record?.broker.features?.persistentSessions.available).toBe(true);

    const [partition] = record?.scenarios ?? [];
    expect(partition?.accounting.published).toBeGreaterThan(500);
    expect(partition?.notApplicable.map(({ invariant }) => invariant)).toContain('exactly-once');
    expect(partition?.faults).toMatchObject([
      { kind: 'partition', proven: true, healed: true, figures: { brokerBytesDelivered: 0, probeBytesDelivered: 0 } },
    ]);
    expect(partition?.faults[0]?.figures.brokerPacketsDropped).toBeGreaterThan(0);
    const accounting = partition?.accounting;
    const legal = Object.values(accounting?.legallyUndelivered ?? {}).reduce((sum, count) => sum + count, 0);
    expect(accounting?.owed).toBe((accounting?.delivered ?? 0) + legal + (accounting?.lost ?? 0));
  }, 400_000);
});
