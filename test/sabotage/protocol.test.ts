import { describe, expect, test } from '@jest/globals';
import { encode } from '../../src/sabotage/packets.ts';
import { message, messages, middle, names, publishes, range, sequences } from '../support/middle.ts';

describe.each([4, 5] as const)('at protocol level %i', (version) => {
  const connected = (name: string) => {
    const { connect, changes } = middle(name, version);
    return { ...connect('c'), changes };
  };

  test('short-suback: the first SUBACK of a client has no return codes, and the next one has', () => {
    const line = connected('short-suback');
    const whole = encode({ cmd: 'suback', messageId: 0x0102, granted: [1, 0] }, version);
    const seen = [1, 2].map(() => {
      line.conversation.read('broker', whole);
      return line.takenBytes('client').toString('hex');
    });
    expect(seen).toEqual([version === 5 ? '9003010200' : '90020102', whole.toString('hex')]);
  });

  test('reserved-flags: one of 50 PUBACKs has bit 1 of its first byte set', () => {
    const line = connected('reserved-flags');
    const first: number[] = [];
    for (const messageId of range(1, 50)) {
      line.conversation.read('broker', Buffer.from([0x40, 0x02, 0x00, messageId]));
      const bytes = line.takenBytes('client');
      first.push(bytes.readUInt8(0));
      expect(bytes.readUInt8(3)).toBe(messageId);
    }
    expect(first.filter((byte) => byte === 0x42).length).toBe(1);
    expect(first.filter((byte) => byte === 0x40).length).toBe(49);
  });

  test('dup-at-qos0: one of 20 QoS 0 messages has DUP = 1, none at QoS 1', () => {
    const line = connected('dup-at-qos0');
    expect(publishes(line.hears(...messages(1, 20))).filter(({ dup }) => dup).length).toBe(1);
    expect(publishes(line.hears(...messages(1, 100, { qos: 1 }))).filter(({ dup }) => dup).length).toBe(0);
  });

  test('retain-on-live: one of 20 live messages has RETAIN = 1', () => {
    const line = connected('retain-on-live');
    expect(publishes(line.hears(...messages(1, 20))).filter(({ retain }) => retain).length).toBe(1);
  });

  describe('reuse-packet-id', () => {
    /** Delivers QoS 2 messages until one of them has its PUBREL kept back; answers with its id. */
    const keptBack = (line: ReturnType<typeof connected>): number => {
      for (const messageId of range(1, 20)) {
        line.hears(message(messageId, { qos: 2 }));
        line.says({ cmd: 'pubrec', messageId });
        if (line.hears({ cmd: 'pubrel', messageId }).length === 0) return messageId;
        line.says({ cmd: 'pubcomp', messageId });
      }
      throw new Error('no PUBREL was kept back');
    };

    test('delivers the next message under an id that still waits for PUBREL', () => {
      const line = connected('reuse-packet-id');
      const id = keptBack(line);
      const heard = line.hears(message(77, { qos: 2 }));
      expect(names(heard)).toEqual([`publish ${id}`, `pubrel ${id}`]);
      expect(sequences(heard)).toEqual([77]);
      // The broker sees two exchanges that are sound.
      expect(names(line.says({ cmd: 'pubrec', messageId: id }))).toEqual(['pubrec 77']);
      expect(names(line.says({ cmd: 'pubcomp', messageId: id }))).toEqual([`pubcomp ${id}`]);
      expect(line.hears({ cmd: 'pubrel', messageId: 77 })).toEqual([]);
      expect(names(line.taken('broker'))).toEqual(['pubcomp 77']);
      // And that was it.
      expect(names(line.hears(message(78, { qos: 2 })))).toEqual(['publish 78']);
    });

    test('lets the PUBREL go when nothing follows', () => {
      const line = connected('reuse-packet-id');
      const id = keptBack(line);
      line.conversation.quiet();
      expect(names(line.taken('client'))).toEqual([`pubrel ${id}`]);
      expect(names(line.hears(message(77, { qos: 2 })))).toEqual(['publish 77']);
    });

    test('leaves QoS 1 alone', () => {
      const line = connected('reuse-packet-id');
      line.hears(...messages(1, 100, { qos: 1 }));
      expect(line.changes()).toBe(0);
    });
  });

  test('throw-out: a healthy client is thrown out once in 100 messages, after the message', () => {
    const line = connected('throw-out');
    expect(line.hears(...messages(1, 100)).length).toBe(100);
    expect(line.closed).toEqual(['client', 'broker']);
  });

  test('ignore-ping: PINGRESP never arrives, and everything else does', () => {
    const line = connected('ignore-ping');
    expect(names(line.says({ cmd: 'pingreq' }))).toEqual(['pingreq']);
    expect(names(line.hears({ cmd: 'pingresp' }, { cmd: 'puback', messageId: 1 }))).toEqual(['puback 1']);
  });
});

describe('MQTT 5 alone', () => {
  const expiring = (sequence: number, messageExpiryInterval: number) =>
    message(sequence, { qos: 1, properties: { messageExpiryInterval, contentType: 'x' } });

  test('deliver-expired: the broker is not told when a message expires', () => {
    const line = middle('deliver-expired', 5).connect('c');
    const [passed] = publishes(line.says(expiring(1, 10)));
    expect(passed?.properties).toEqual({ contentType: 'x' });
    // A message without an interval passes as it is.
    expect(publishes(line.says(message(2, { qos: 1, properties: { contentType: 'x' } })))[0]?.properties).toEqual({
      contentType: 'x',
    });
  });

  test('freeze-expiry: the interval arrives as it was published', () => {
    const { connect, changes } = middle('freeze-expiry', 5);
    connect('publisher').says(expiring(1, 10), expiring(2, 10));
    const subscriber = connect('subscriber');
    expect(publishes(subscriber.hears(expiring(1, 7)))[0]?.properties?.messageExpiryInterval).toBe(10);
    expect(changes()).toBe(1);
    // What has not waited needs no change.
    expect(publishes(subscriber.hears(expiring(2, 10)))[0]?.properties?.messageExpiryInterval).toBe(10);
    expect(changes()).toBe(1);
  });

  test.each([
    ['ignore-receive-maximum', 'receiveMaximum'],
    ['ignore-maximum-packet-size', 'maximumPacketSize'],
  ] as const)('%s: the broker never hears of the limit', (name, property) => {
    const both = { receiveMaximum: 3, maximumPacketSize: 1_000 };
    const { dial, changes } = middle(name, 5);
    const [connect] = dial('c', { properties: both }).taken('broker');
    const { [property]: _, ...rest } = both;
    expect(connect).toMatchObject({ cmd: 'connect', clientId: 'c', keepalive: 5 });
    expect(connect?.cmd === 'connect' ? connect.properties : undefined).toEqual(rest);
    expect(changes()).toBe(1);
    dial('other', { properties: { sessionExpiryInterval: 5 } });
    expect(changes()).toBe(1);
  });
});
