import { afterEach, describe, expect, test } from '@jest/globals';
import type { FeatureName, FeatureRecord } from '../../src/model/record.ts';
import { probeFeatures } from '../../src/workload/features.ts';
import { type Script, startScriptedBroker } from '../support/scripted-broker.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function probe(script: Script): Promise<FeatureRecord> {
  const broker = await startScriptedBroker(script);
  closing.push(() => broker.close());
  return probeFeatures(broker.endpoint);
}

const missing = (found: FeatureRecord): string[] =>
  (Object.keys(found) as FeatureName[]).filter((name) => !found[name]?.available);

test('a broker that can do everything is found to', async () => {
  expect(await probe({})).toEqual({
    qos2: { available: true, seen: 'PUBCOMP, and a QoS 2 subscription is granted QoS 2' },
    mqtt5: { available: true, seen: 'CONNACK with version 5' },
    retained: { available: true, seen: 'a new subscriber got the retained message' },
    wills: { available: true, seen: 'sent when its client vanished' },
    sharedSubscriptions: { available: true, seen: 'a member got the message' },
    persistentSessions: { available: true, seen: 'session present = 1 on return' },
    emptySessions: { available: true, seen: 'session present = 1 on return' },
  });
});

describe('what is missing is named, and what was seen of it kept', () => {
  test.each<[NonNullable<Script['lacks']>[number], FeatureName, RegExp]>([
    ['qos2', 'qos2', /closed after a QoS 2 PUBLISH; a QoS 2 subscription is granted QoS 1/],
    ['mqtt5', 'mqtt5', /no CONNACK within/],
    ['retained', 'retained', /no retained message arrived/],
    ['wills', 'wills', /not sent when its client vanished/],
    ['shared', 'sharedSubscriptions', /granted, but nothing arrived/],
    ['empty sessions', 'emptySessions', /session present = 0 on return/],
  ])('%s', async (lacks, name, seen) => {
    const found = await probe({ lacks: [lacks] });
    expect(missing(found)).toEqual([name]);
    expect(found[name]?.seen).toMatch(seen);
  });

  test('a broker without sessions reports none, with subscriptions or without', async () => {
    const found = await probe({ lacks: ['sessions'] });
    expect(missing(found)).toEqual(['persistentSessions', 'emptySessions']);
    expect(found.persistentSessions.seen).toBe('session present = 0 on return');
  });

  test('a refused shared subscription', async () => {
    const found = await probe({
      subscribe: ({ subscriptions, messageId = 0 }, peer) =>
        subscriptions[0]?.topic.startsWith('$share/') && peer.send({ cmd: 'suback', messageId, granted: [0x80] }),
    });
    expect(missing(found)).toEqual(['sharedSubscriptions']);
    expect(found.sharedSubscriptions.seen).toContain('Subscribe error');
  });

  test('a QoS 2 exchange without an end', async () => {
    const found = await probe({ pubrel: () => true });
    expect(missing(found)).toEqual(['qos2']);
    expect(found.qos2.seen).toContain('no PUBCOMP within 3000 ms');
  });

  test('MQTT 5 refused with a reason is known at once', async () => {
    const found = await probe({
      connack: ({ connect }) => (connect.protocolVersion === 5 ? { reasonCode: 0x84, returnCode: 0x84 } : undefined),
    });
    expect(missing(found)).toEqual(['mqtt5']);
    expect(found.mqtt5.seen).toContain('Unsupported Protocol Version');
  });
});

describe('silence is an answer', () => {
  const isOrdinary = (packet: { topic: string }): boolean => packet.topic.endsWith('/ordinary');
  const ofShared = (packet: { topic: string }): boolean => packet.topic.includes('sharedSubscriptions');

  test('once ordinary messages to the same client have arrived, one after the other', async () => {
    const broker = await startScriptedBroker({ lacks: ['shared', 'retained'] });
    closing.push(() => broker.close());
    const found = await probeFeatures(broker.endpoint);
    expect(missing(found).sort()).toEqual(['retained', 'sharedSubscriptions']);
    const ordinary = broker.heard.filter(({ packet }) => packet.cmd === 'publish' && isOrdinary(packet));
    expect(ordinary).toHaveLength(2 * 5);
  });

  test('but not after the first of them: a shared subscription may be slower than others', async () => {
    const held: (() => void)[] = [];
    let ordinary = 0;
    const found = await probe({
      publish(packet, peer) {
        if (!ofShared(packet)) return false;
        if (!isOrdinary(packet)) {
          held.push(() => peer.send({ ...packet, messageId: 20_000 + held.length }));
          return peer.send({ cmd: 'puback', messageId: packet.messageId ?? 0 });
        }
        if (++ordinary === 4) for (const send of held.splice(0)) send();
        return false;
      },
    });
    expect(missing(found)).toEqual([]);
  });

  test('only of a broker that delivers anything: one that does not is waited for', async () => {
    const held: (() => void)[] = [];
    let asked = 0;
    const found = await probe({
      publish(packet, peer) {
        if (!ofShared(packet)) return false;
        held.push(() => peer.send({ ...packet, messageId: 20_000 + held.length }));
        // The ordinary one comes last, so that nothing but the wanted one can have ended the wait.
        if (++asked === 2) held[0]?.();
        return peer.send({ cmd: 'puback', messageId: packet.messageId ?? 0 });
      },
    });
    expect(missing(found)).toEqual([]);
  });
});

test('a broker that lets nobody in has nothing, and the probe does not reject', async () => {
  const found = await probe({ connack: () => ({ returnCode: 5 }) });
  expect(missing(found)).toHaveLength(7);
  expect(found.qos2.seen).toContain('Not authorized');
});
