import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../../src/base/random.ts';
import { sabotages } from '../../src/sabotage/registry.ts';
import { isMessage, oneIn } from '../../src/sabotage/strikes.ts';
import { message, payloadOf } from '../support/middle.ts';

describe('the sabotages', () => {
  test('have names of their own, and each says in one line what it breaks', () => {
    expect(new Set(sabotages.map(({ name }) => name)).size).toBe(sabotages.length);
    for (const { name, breaks } of sabotages) {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(breaks).toMatch(/^\S.{20,118}\S$/);
    }
  });

  test('break every promise that a man in the middle can break, in MQTT 3.1.1 and 5 alike but for what MQTT 5 alone has', () => {
    expect([...new Set(sabotages.map(({ invariant }) => invariant))].sort()).toEqual(
      [
        ...['at-most-once', 'delivered-qos', 'exactly-once', 'expiry', 'integrity', 'liveness'],
        ...['no-acknowledged-loss', 'no-unprovoked-disconnect', 'ordering', 'protocol', 'resend'],
        ...['retained-convergence', 'session-state', 'shared-delivery', 'single-session', 'will-once'],
      ].sort(),
    );
    expect(sabotages.filter(({ versions }) => !versions.includes(4)).map(({ name }) => name)).toEqual([
      'deliver-expired',
      'freeze-expiry',
      'ignore-maximum-packet-size',
      'ignore-receive-maximum',
    ]);
    expect(sabotages.every(({ versions }) => versions.includes(5))).toBe(true);
  });

  test('name a public report as owner/repository#number, if any', () => {
    for (const { report } of sabotages) if (report !== undefined) expect(report).toMatch(/^[\w.-]+\/[\w.-]+#\d+$/);
    expect(sabotages.filter(({ report }) => report === undefined).map(({ name }) => name)).toEqual([
      'invent-message',
      'subscribe-at-qos0',
    ]);
  });
});

describe('when to strike', () => {
  test('is once in each so many packets of one client, and not always the same one of them', () => {
    const isStruck = oneIn(10, createRandom('x'));
    const struck = Array.from({ length: 1_000 }, () => isStruck('c'));
    const places = new Set<number>();
    for (let block = 0; block < 100; block++) {
      const own = struck.slice(10 * block, 10 * block + 10);
      expect(own.filter(Boolean).length).toBe(1);
      places.add(own.indexOf(true));
    }
    expect(places.size).toBe(10);
  });

  test('does not depend on what other clients do', () => {
    const [alone, among] = [oneIn(10, createRandom('x')), oneIn(10, createRandom('x'))];
    const expected = Array.from({ length: 50 }, () => alone('c'));
    const found = Array.from({ length: 50 }, (_, i) => {
      for (let other = 0; other < i % 3; other++) among(`other-${other}`);
      return among('c');
    });
    expect(found).toEqual(expected);
  });

  test('is for messages of the workload and for those that are no message of it, but not for its warm-up', () => {
    expect(isMessage(message(1))).toBe(true);
    expect(isMessage(message(1, { payload: 'gone' }))).toBe(true);
    expect(isMessage(message(1, { payload: payloadOf(1, 'warm-up') }))).toBe(false);
    expect(isMessage({ cmd: 'pingreq' })).toBe(false);
  });

  test('is not for a message whose topic is an alias: what follows depends on it', () => {
    expect(isMessage(message(1, { properties: { topicAlias: 3 } }))).toBe(false);
  });
});
