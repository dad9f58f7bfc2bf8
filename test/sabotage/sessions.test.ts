import { describe, expect, test } from '@jest/globals';
import type { Packet } from 'mqtt-packet';
import { type Line, message, messages, middle, names, publishes, range, sequences } from '../support/middle.ts';

const connack = (sessionPresent: boolean, returnCode = 0): Packet => ({
  cmd: 'connack',
  sessionPresent,
  returnCode,
  reasonCode: returnCode,
});

/** What session present the client was told. */
function told(line: Line, packet: Packet): boolean | undefined {
  const [answer] = line.hears(packet);
  return answer?.cmd === 'connack' ? answer.sessionPresent : undefined;
}

const subscribe = (...filters: readonly string[]): Packet => ({
  cmd: 'subscribe',
  messageId: 1,
  subscriptions: filters.map((topic) => ({ topic, qos: 1 })),
});

describe.each([4, 5] as const)('at protocol level %i', (version) => {
  const persistent = { clean: false };

  describe('deny-session', () => {
    test('makes 0 of every second session present = 1', () => {
      const { connect } = middle('deny-session', version);
      const seen = range(1, 10).map(() => told(connect('c', persistent), connack(true)));
      expect(seen.filter((one) => one === false).length).toBe(5);
      expect(seen.filter((one) => one === true).length).toBe(5);
    });

    test('leaves 0 alone', () => {
      const { connect } = middle('deny-session', version);
      expect(range(1, 10).map(() => told(connect('c', persistent), connack(false)))).not.toContain(true);
    });
  });

  describe('invent-session', () => {
    test('tells a client that comes for the first time that its session is there', () => {
      const { connect } = middle('invent-session', version);
      expect(told(connect('c', persistent), connack(false))).toBe(true);
    });

    test('leaves clean sessions, refusals and those that come back alone', () => {
      const { connect } = middle('invent-session', version);
      expect(told(connect('clean'), connack(false))).toBe(false);
      expect(told(connect('refused', persistent), connack(false, version === 5 ? 0x88 : 3))).toBe(false);
      connect('c', persistent).hears(connack(false));
      expect(told(connect('c', persistent), connack(false))).toBe(false);
    });
  });

  describe('forget-subscription', () => {
    const first = (connect: ReturnType<typeof middle>['connect']): Line => {
      const line = connect('c', persistent);
      line.hears(connack(false));
      line.says(subscribe('a/#', 'b'));
      return line;
    };

    test('keeps what matches the first filter from a client that comes back, and acknowledges it', () => {
      const { connect } = middle('forget-subscription', version);
      expect(first(connect).hears(...messages(1, 3, { qos: 1 })).length).toBe(3);
      const again = connect('c', persistent);
      again.hears(connack(true));
      expect(again.hears(message(4, { qos: 1 }), message(5, { qos: 1, topic: 'b' }))).toMatchObject([{ topic: 'b' }]);
      expect(names(again.taken('broker'))).toEqual(['puback 4']);
    });

    test('leaves a client alone whose session is a new one', () => {
      const { connect, changes } = middle('forget-subscription', version);
      first(connect);
      const again = connect('c', persistent);
      again.hears(connack(false), ...messages(4, 9, { qos: 1 }));
      expect(changes()).toBe(0);
    });
  });

  test('silence-after-return lets a client in that comes back, and delivers nothing to it', () => {
    const { connect } = middle('silence-after-return', version);
    expect(connect('c', persistent).hears(...messages(1, 5, { qos: 1 })).length).toBe(5);
    const again = connect('c', persistent);
    expect(told(again, connack(true))).toBe(true);
    again.says(subscribe('a/#'));
    expect(names(again.hears({ cmd: 'suback', messageId: 1, granted: [1] }))).toEqual(['suback 1']);
    expect(again.hears(...messages(6, 10, { qos: 1 }))).toEqual([]);
    expect(again.taken('broker')).toEqual([]);
    // Another client is served.
    expect(connect('other', persistent).hears(...messages(6, 10, { qos: 1 })).length).toBe(5);
  });

  describe('hold-until-reconnect', () => {
    test('keeps back what follows the first 30 messages, without an acknowledgement, until the client comes back', () => {
      const { connect } = middle('hold-until-reconnect', version);
      const line = connect('c', persistent);
      expect(sequences(line.hears(...messages(1, 40, { qos: 1 })))).toEqual(range(1, 30));
      expect(line.taken('broker')).toEqual([]);
      const again = connect('c', persistent);
      expect(sequences(again.hears(...messages(31, 80, { qos: 1, dup: true })))).toEqual(range(31, 80));
    });

    test('leaves QoS 0 and clean sessions alone', () => {
      const { connect, changes } = middle('hold-until-reconnect', version);
      for (const one of range(1, 20)) {
        connect(`client-${one}`, persistent).hears(...messages(1, 60));
        connect(`clean-${one}`).hears(...messages(1, 60, { qos: 1 }));
      }
      expect(changes()).toBe(0);
    });
  });

  test('withhold-acknowledgement keeps one of 40 PUBACKs back, and no other packet', () => {
    const line = middle('withhold-acknowledgement', version).connect('c');
    const acknowledgements = range(1, 40).map((messageId): Packet => ({ cmd: 'puback', messageId }));
    expect(line.hears(...acknowledgements).length).toBe(39);
    expect(line.hears(...range(1, 40).map((messageId): Packet => ({ cmd: 'pubcomp', messageId }))).length).toBe(40);
  });

  describe('survive-takeover', () => {
    test('keeps the older connection of a client id, and answers its PINGREQ', () => {
      const { connect } = middle('survive-takeover', version);
      const older = connect('c');
      connect('c');
      if (version === 5) expect(older.hears({ cmd: 'disconnect', reasonCode: 0x8e })).toEqual([]);
      expect(older.conversation.brokerLost()).toBe(true);
      expect(older.says({ cmd: 'pingreq' }, message(1))).toEqual([]);
      expect(names(older.taken('client'))).toEqual(['pingresp']);
    });

    test('lets a connection end that nobody has taken over', () => {
      const line = middle('survive-takeover', version).connect('c');
      expect(line.conversation.brokerLost()).toBe(false);
    });
  });

  describe('what is sent again', () => {
    const resent = (name: string): Line => {
      const { connect } = middle(name, version);
      connect('c', persistent).hears(message(1, { qos: 1 }));
      return connect('c', persistent);
    };
    const again = message(1, { qos: 1, dup: true });

    test('forget-resend keeps it from the client and acknowledges it', () => {
      const line = resent('forget-resend');
      expect(line.hears(again, message(2, { qos: 1 }))).toMatchObject([{ messageId: 2 }]);
      expect(names(line.taken('broker'))).toEqual(['puback 1']);
    });

    test('resend-without-dup clears DUP', () => {
      expect(resent('resend-without-dup').hears(again)).toMatchObject([{ messageId: 1, dup: false }]);
    });

    test('resend-under-new-id gives it another packet id, and the broker its acknowledgement', () => {
      const line = resent('resend-under-new-id');
      const [other] = publishes(line.hears(again));
      expect(other).toMatchObject({ dup: true, qos: 1 });
      expect(other?.messageId).not.toBe(1);
      expect(names(line.taken('broker'))).toEqual(['puback 1']);
      expect(line.says({ cmd: 'puback', messageId: other?.messageId ?? 0 })).toEqual([]);
    });

    test.each(['forget-resend', 'resend-without-dup', 'resend-under-new-id'])(
      '%s leaves a first delivery alone',
      (name) => {
        const { connect, changes } = middle(name, version);
        connect('c', persistent).hears(...messages(1, 20, { qos: 1 }));
        connect('c', persistent).hears(...messages(21, 40, { qos: 1 }));
        expect(changes()).toBe(0);
      },
    );
  });
});
