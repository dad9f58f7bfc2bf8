import { describe, expect, test } from '@jest/globals';
import type { Packet } from 'mqtt-packet';
import { message, messages, middle, names, publishes, range, sequences } from '../support/middle.ts';

// Beside each defect is what the sound broker does: most messages, which pass untouched.

describe.each([4, 5] as const)('at protocol level %i', (version) => {
  const connected = (name: string, clientId = 'c') => {
    const { connect, changes } = middle(name, version);
    return { ...connect(clientId), changes };
  };

  describe('swallow-delivery', () => {
    test('acknowledges one of 20 messages to the broker and keeps it from the client', () => {
      const line = connected('swallow-delivery');
      const heard = line.hears(...messages(1, 20, { qos: 1 }));
      const [lost] = range(1, 20).filter((one) => !sequences(heard).includes(one));
      expect(heard.length).toBe(19);
      expect(names(line.taken('broker'))).toEqual([`puback ${lost}`]);
    });

    test('leads a QoS 2 exchange to its end', () => {
      const line = connected('swallow-delivery');
      const heard = sequences(line.hears(...messages(1, 20, { qos: 2 })));
      const lost = range(1, 20).find((one) => !heard.includes(one)) ?? 0;
      expect(names(line.taken('broker'))).toEqual([`pubrec ${lost}`]);
      expect(line.hears({ cmd: 'pubrel', messageId: lost })).toEqual([]);
      expect(names(line.taken('broker'))).toEqual([`pubcomp ${lost}`]);
      // Another message's PUBREL is for the client.
      expect(names(line.hears({ cmd: 'pubrel', messageId: lost + 1 }))).toEqual([`pubrel ${lost + 1}`]);
    });

    test('leaves QoS 0 alone, which may be lost', () => {
      expect(connected('swallow-delivery').hears(...messages(1, 100)).length).toBe(100);
    });
  });

  describe('acknowledge-early', () => {
    test('acknowledges one of 20 messages to the publisher and keeps it from the broker', () => {
      const line = connected('acknowledge-early');
      const passed = sequences(line.says(...messages(1, 20, { qos: 1 })));
      const [lost] = range(1, 20).filter((one) => !passed.includes(one));
      expect(passed.length).toBe(19);
      expect(names(line.taken('client'))).toEqual([`puback ${lost}`]);
    });

    test('answers PUBREL too, at QoS 2', () => {
      const line = connected('acknowledge-early');
      const passed = sequences(line.says(...messages(1, 20, { qos: 2 })));
      const lost = range(1, 20).find((one) => !passed.includes(one)) ?? 0;
      expect(names(line.taken('client'))).toEqual([`pubrec ${lost}`]);
      expect(line.says({ cmd: 'pubrel', messageId: lost })).toEqual([]);
      expect(names(line.taken('client'))).toEqual([`pubcomp ${lost}`]);
    });

    test('leaves a message alone that is sent again: the broker may have it', () => {
      expect(connected('acknowledge-early').says(...messages(1, 100, { qos: 1, dup: true })).length).toBe(100);
    });
  });

  describe('duplicate-qos0', () => {
    test('delivers one of 20 messages twice', () => {
      const heard = sequences(connected('duplicate-qos0').hears(...messages(1, 20)));
      expect(heard.length).toBe(21);
      expect(new Set(heard).size).toBe(20);
    });

    test('leaves QoS 1 alone, where that is legal', () => {
      expect(connected('duplicate-qos0').hears(...messages(1, 100, { qos: 1 })).length).toBe(100);
    });
  });

  describe('duplicate-qos2', () => {
    test('delivers one of 20 messages in two exchanges, of which the broker hears of one', () => {
      const line = connected('duplicate-qos2');
      const heard = publishes(line.hears(...messages(1, 20, { qos: 2 })));
      const again = heard.find(({ messageId = 0 }) => messageId > 20);
      const original = heard.find(({ messageId }) => messageId === sequences(again ? [again] : [])[0]);
      expect(heard.length).toBe(21);
      expect(again?.payload).toEqual(original?.payload);
      expect(again?.dup).toBe(false);
      const own = again?.messageId ?? 0;
      expect(line.says({ cmd: 'pubrec', messageId: own })).toEqual([]);
      expect(names(line.taken('client'))).toEqual([`pubrel ${own}`]);
      expect(line.says({ cmd: 'pubcomp', messageId: own })).toEqual([]);
      expect(names(line.says({ cmd: 'pubrec', messageId: 1 }))).toEqual(['pubrec 1']);
    });

    test('leaves QoS 1 alone', () => {
      expect(connected('duplicate-qos2').hears(...messages(1, 100, { qos: 1 })).length).toBe(100);
    });
  });

  describe('reorder-deliveries', () => {
    test('lets one of 10 messages change places with the next one of its topic', () => {
      const heard = sequences(connected('reorder-deliveries').hears(...messages(1, 12, { qos: 1 })));
      const inversions = heard.filter((one, i) => one < (heard[i - 1] ?? 0));
      expect(inversions.length).toBeGreaterThan(0);
      // One may still be held.
      expect(heard.length).toBeGreaterThanOrEqual(11);
    });

    test('lets what is of no order with it pass: other topics, other packets', () => {
      const line = connected('reorder-deliveries');
      const heard = range(1, 10).flatMap((one) => line.hears(message(one, { topic: `t/${one}` })));
      const held = range(1, 10).find((one) => !sequences(heard).includes(one)) ?? 0;
      expect(names(line.hears({ cmd: 'pingresp' }))).toEqual(['pingresp']);
      expect(sequences(line.hears(message(30, { topic: `t/${held}` })))).toEqual([30, held]);
    });

    test('lets it go when nothing follows', () => {
      const line = connected('reorder-deliveries');
      const heard = range(1, 10).flatMap((one) => line.hears(message(one, { topic: `t/${one}` })));
      line.conversation.quiet();
      expect([...sequences(heard), ...sequences(line.taken('client'))].sort((a, b) => a - b)).toEqual(range(1, 10));
    });
  });

  describe('corrupt-payload', () => {
    test('alters one byte of one of 20 payloads', () => {
      const heard = publishes(connected('corrupt-payload').hears(...messages(1, 20, { qos: 1 })));
      const different = heard.filter(
        ({ payload }, i) => !Buffer.from(payload).equals(message(i + 1).payload as Buffer),
      );
      expect(different.length).toBe(1);
      expect(different[0]?.payload.length).toBe(message(1).payload.length);
    });

    test('leaves an empty payload alone', () => {
      const line = connected('corrupt-payload');
      line.hears(...range(1, 100).map((one) => message(one, { payload: '' })));
      expect(line.changes()).toBe(0);
    });
  });

  describe('mix-payloads', () => {
    test('delivers one of 20 messages with the payload of another topic', () => {
      const line = connected('mix-payloads');
      const heard = range(1, 21).flatMap((one) => line.hears(message(one, { topic: `t/${one % 2}` })));
      const mixed = heard.filter((one, i) => sequences([one])[0] !== i + 1);
      expect(mixed.length).toBe(1);
      const [{ topic }, [sequence = 0]] = [publishes(mixed)[0] ?? { topic: '' }, sequences(mixed)];
      expect(`t/${sequence % 2}`).not.toBe(topic);
    });

    test('has nothing to mix while there is one topic', () => {
      const line = connected('mix-payloads');
      line.hears(...messages(1, 100));
      expect(line.changes()).toBe(0);
    });
  });

  test('invent-message delivers what nobody published after one of 20 messages', () => {
    const heard = publishes(connected('invent-message').hears(...messages(1, 20, { qos: 1 })));
    const invented = heard.filter(({ payload }) => String(payload) === 'nobody published this');
    expect(heard.length).toBe(21);
    expect(invented).toMatchObject([{ topic: 'a/b', qos: 1 }]);
  });

  describe('deliver-unsubscribed', () => {
    const subscribe = (topic: string): Packet => ({
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: [{ topic, qos: 1 }],
    });

    test('delivers one of 20 messages once more under another topic', () => {
      const line = connected('deliver-unsubscribed');
      line.says(subscribe('a/#'));
      const topics = publishes(line.hears(...messages(1, 20))).map(({ topic }) => topic);
      expect(topics.filter((topic) => topic !== 'a/b')).toEqual(['not-subscribed/a/b']);
    });

    test('does nothing to a client that has subscribed to everything', () => {
      const line = connected('deliver-unsubscribed');
      line.says(subscribe('#'));
      expect(line.hears(...messages(1, 100)).length).toBe(100);
    });
  });

  describe('ignore-unsubscribe', () => {
    const unsubscribe = { cmd: 'unsubscribe', messageId: 9, unsubscriptions: ['a/b', 'a/c'] } as const;

    test('answers UNSUBSCRIBE, of which the broker hears nothing', () => {
      const line = connected('ignore-unsubscribe');
      expect(line.says({ ...unsubscribe, unsubscriptions: [...unsubscribe.unsubscriptions] })).toEqual([]);
      const answers = line.taken('client');
      expect(names(answers)).toEqual(['unsuback 9']);
      if (version === 5) expect(answers).toMatchObject([{ granted: [0, 0] }]);
    });

    test('leaves SUBSCRIBE alone', () => {
      const line = connected('ignore-unsubscribe');
      const passed = line.says({ cmd: 'subscribe', messageId: 9, subscriptions: [{ topic: 'a', qos: 1 }] });
      expect(names(passed)).toEqual(['subscribe 9']);
    });
  });

  describe('downgrade-qos', () => {
    test('delivers one of 20 messages at QoS 0, and acknowledges it to the broker', () => {
      const line = connected('downgrade-qos');
      const heard = publishes(line.hears(...messages(1, 20, { qos: 1 })));
      const lower = heard.filter(({ qos }) => qos === 0);
      expect(sequences(heard)).toEqual(range(1, 20));
      expect(lower.length).toBe(1);
      expect(names(line.taken('broker'))).toEqual([`puback ${sequences(lower)[0]}`]);
    });

    test('leaves QoS 0 alone', () => {
      const line = connected('downgrade-qos');
      line.hears(...messages(1, 100));
      expect(line.changes()).toBe(0);
    });
  });

  describe('upgrade-qos', () => {
    test('delivers one of 20 QoS 0 messages at QoS 1, and keeps its PUBACK', () => {
      const line = connected('upgrade-qos');
      const higher = publishes(line.hears(...messages(1, 20))).filter(({ qos }) => qos === 1);
      expect(higher.length).toBe(1);
      expect(line.says({ cmd: 'puback', messageId: higher[0]?.messageId ?? 0 })).toEqual([]);
    });

    test('leaves QoS 1 alone', () => {
      const line = connected('upgrade-qos');
      line.hears(...messages(1, 100, { qos: 1 }));
      expect(line.changes()).toBe(0);
    });
  });

  describe('subscribe-at-qos0', () => {
    const subscribe = (...levels: readonly (0 | 1 | 2)[]): Packet => ({
      cmd: 'subscribe',
      messageId: 3,
      subscriptions: levels.map((qos, i) => ({ topic: `t/${i}`, qos })),
    });

    test('asks the broker for QoS 0 and tells the client what it asked for', () => {
      const line = connected('subscribe-at-qos0');
      expect(line.says(subscribe(2, 0, 1))).toMatchObject([{ subscriptions: [{ qos: 0 }, { qos: 0 }, { qos: 0 }] }]);
      // A refusal stays one.
      const answer = line.hears({ cmd: 'suback', messageId: 3, granted: [0, 0, 0x80] });
      expect(answer).toMatchObject([{ messageId: 3, granted: [2, 0, 0x80] }]);
    });

    test('leaves what was asked for at QoS 0 alone, and its SUBACK', () => {
      const line = connected('subscribe-at-qos0');
      line.says(subscribe(0, 0));
      expect(line.hears({ cmd: 'suback', messageId: 3, granted: [0, 0x80] })).toMatchObject([{ granted: [0, 0x80] }]);
      expect(line.changes()).toBe(0);
    });
  });
});
