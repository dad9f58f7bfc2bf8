import { describe, expect, test } from '@jest/globals';
import { message, middle, names, publishes, range, sequences } from '../support/middle.ts';

describe.each([4, 5] as const)('at protocol level %i', (version) => {
  describe('a retained message', () => {
    const retained = (sequence: number, qos: 0 | 1 = 0) => message(sequence, { retain: true, qos });

    /** A publisher at one node, and a fresh subscriber at each of two. */
    const scene = (name: string) => {
      const { connect, changes } = middle(name, version);
      const here = connect('here', {}, 'node1');
      return { changes, publisher: here, here, there: connect('there', {}, 'node2') };
    };

    test('stale-retained: a new subscriber at another node gets the value before the last', () => {
      const { publisher, here, there } = scene('stale-retained');
      expect(publisher.says(retained(1), retained(2), retained(3)).length).toBe(3);
      expect(sequences(there.hears(retained(3)))).toEqual([2]);
      expect(sequences(here.hears(retained(3)))).toEqual([3]);
    });

    test('stale-retained takes the last value that was not deleted', () => {
      const { publisher, there } = scene('stale-retained');
      publisher.says(retained(1), message(2, { retain: true, payload: '' }), retained(3));
      expect(sequences(there.hears(retained(3)))).toEqual([1]);
    });

    test('stale-retained leaves a first value alone, and a live message', () => {
      const { publisher, there, changes } = scene('stale-retained');
      publisher.says(retained(1));
      there.hears(retained(1));
      publisher.says(retained(2));
      there.hears(message(2));
      expect(changes()).toBe(0);
    });

    test('drop-retained: a new subscriber at another node gets none, and the broker its acknowledgement', () => {
      const { publisher, here, there } = scene('drop-retained');
      publisher.says(retained(4, 1));
      expect(there.hears(retained(4, 1))).toEqual([]);
      expect(names(there.taken('broker'))).toEqual(['puback 4']);
      expect(here.hears(retained(4, 1)).length).toBe(1);
      // A live message of the same topic arrives.
      expect(there.hears(message(5)).length).toBe(1);
    });

    test.each(['stale-retained', 'drop-retained'])('%s strikes in a cluster of one node too', (name) => {
      const { connect, changes } = middle(name, version);
      const line = connect('c');
      line.says(retained(1), retained(2));
      line.hears(retained(2));
      expect(changes()).toBe(1);
    });

    test('keep-deleted-retained: the empty message deletes nothing, and is delivered as any other', () => {
      const { connect } = middle('keep-deleted-retained', version);
      const line = connect('publisher');
      expect(line.says(message(1, { retain: true, payload: '', qos: 1 }))).toMatchObject([
        { retain: false, qos: 1, messageId: 1 },
      ]);
      expect(line.says(retained(2))).toMatchObject([{ retain: true }]);
      expect(line.says(message(3, { payload: '' }))).toMatchObject([{ retain: false }]);
    });
  });

  describe('a will', () => {
    const will = { topic: 'w/1', payload: Buffer.from('c is gone'), qos: 1, retain: false } as const;

    test('suppress-will: the broker is told DISCONNECT when the client is lost', () => {
      const line = middle('suppress-will', version).connect('c', { will });
      line.conversation.clientLost();
      expect(names(line.taken('broker'))).toEqual(['disconnect']);
    });

    test('suppress-will leaves a client alone that says DISCONNECT itself, or has no will', () => {
      const { connect, changes } = middle('suppress-will', version);
      const polite = connect('c', { will });
      expect(names(polite.says({ cmd: 'disconnect' }))).toEqual(['disconnect']);
      polite.conversation.clientLost();
      connect('other').conversation.clientLost();
      expect(changes()).toBe(0);
    });

    test('will-after-disconnect: the broker loses the client without DISCONNECT', () => {
      const line = middle('will-after-disconnect', version).connect('c', { will });
      expect(line.says({ cmd: 'disconnect' })).toEqual([]);
      expect(line.closed).toEqual(['broker']);
    });

    test('will-after-disconnect leaves a client without a will alone', () => {
      const line = middle('will-after-disconnect', version).connect('c');
      expect(names(line.says({ cmd: 'disconnect' }))).toEqual(['disconnect']);
      expect(line.closed).toEqual([]);
    });

    test('will-twice: a subscriber gets it twice', () => {
      const { connect } = middle('will-twice', version);
      connect('c', { will });
      const subscriber = connect('subscriber');
      const heard = publishes(
        subscriber.hears(message(1, { topic: 'w/1', payload: will.payload, qos: 1 }), message(2, { qos: 1 })),
      );
      expect(heard.map(({ topic }) => topic)).toEqual(['w/1', 'w/1', 'a/b']);
      expect(new Set(heard.map(({ messageId }) => messageId)).size).toBe(3);
    });

    test('will-twice leaves the same topic alone when it is no will', () => {
      const { connect, changes } = middle('will-twice', version);
      connect('c', { will });
      connect('subscriber').hears(message(1, { topic: 'w/1', qos: 1 }));
      expect(changes()).toBe(0);
    });
  });

  describe('a shared subscription', () => {
    const group = (name: string, ...members: readonly string[]) => {
      const { connect, changes } = middle(name, version);
      const lines = members.map((clientId) => {
        const line = connect(clientId);
        line.says({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '$share/g/a/#', qos: 2 }] });
        return line;
      });
      return { lines, changes, connect };
    };

    test('share-with-two: one of 5 messages reaches another member as well', () => {
      const { lines } = group('share-with-two', 'one', 'two');
      const [one, two] = lines;
      const heard = one?.hears(...range(1, 5).map((sequence) => message(sequence, { qos: 2 }))) ?? [];
      expect(heard.length).toBe(5);
      const copies = publishes(two?.taken('client') ?? []);
      expect(copies.length).toBe(1);
      // The broker hears nothing of the second exchange.
      expect(two?.says({ cmd: 'pubrec', messageId: copies[0]?.messageId ?? 0 })).toEqual([]);
    });

    test('share-with-two needs another member that is connected', () => {
      const { lines, changes } = group('share-with-two', 'one', 'two');
      const [one, two] = lines;
      two?.conversation.clientLost();
      one?.hears(...range(1, 20).map((sequence) => message(sequence, { qos: 1 })));
      expect(changes()).toBe(0);
    });

    test.each(['share-with-two', 'swallow-shared'])(
      '%s leaves alone what may be of an ordinary subscription',
      (name) => {
        const { lines, changes, connect } = group(name, 'one', 'two');
        lines[0]?.says({ cmd: 'subscribe', messageId: 2, subscriptions: [{ topic: 'a/b', qos: 1 }] });
        lines[0]?.hears(...range(1, 20).map((sequence) => message(sequence, { qos: 1 })));
        connect('third').hears(...range(1, 20).map((sequence) => message(sequence, { qos: 1 })));
        expect(changes()).toBe(0);
      },
    );

    test('swallow-shared: what the first member is chosen for reaches nobody', () => {
      const { lines } = group('swallow-shared', 'one', 'two');
      const [one, two] = lines;
      expect(one?.hears(message(1, { qos: 1 }))).toEqual([]);
      expect(names(one?.taken('broker') ?? [])).toEqual(['puback 1']);
      expect(two?.hears(message(2, { qos: 1 })).length).toBe(1);
    });
  });
});
