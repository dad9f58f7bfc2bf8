import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Conversation, Stage } from '../../src/sabotage/conversation.ts';
import { encode } from '../../src/sabotage/packets.ts';
import { sabotages } from '../../src/sabotage/registry.ts';
import type { Saboteur, Side } from '../../src/sabotage/sabotage.ts';
import { connectPacket, message, middle, names, payloadOf } from '../support/middle.ts';
import { pieces } from '../support/pieces.ts';

/** What comes out at each side when these bytes go in, cut anyhow. */
function passed(saboteur: Saboteur, input: readonly (readonly [Side, Buffer])[]): Record<Side, Buffer> {
  const out: Record<Side, Buffer[]> = { client: [], broker: [] };
  const conversation = new Conversation(new Stage(saboteur), 'node1', {
    write: (to, bytes) => out[to].push(Buffer.from(bytes)),
    close: () => {},
  });
  for (const [from, bytes] of input) conversation.read(from, bytes);
  return { client: Buffer.concat(out.client), broker: Buffer.concat(out.broker) };
}

const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
const versions = fc.constantFrom(4 as const, 5 as const);

describe('without a sabotage', () => {
  test('every byte passes as it came: packets', () => {
    const qos = fc.constantFrom(0 as const, 1 as const, 2 as const);
    fc.assert(
      fc.property(versions, fc.array(qos, { maxLength: 10 }), cuts, cuts, (version, levels, there, back) => {
        const sent = [connectPacket('c', version), ...levels.map((level, i) => message(i + 1, { qos: level }))];
        const answered = [
          { cmd: 'connack', sessionPresent: false, returnCode: 0, reasonCode: 0 } as const,
          ...levels.map((level, i) => message(i + 1, { qos: level })),
        ];
        const fromClient = Buffer.concat(sent.map((packet) => encode(packet, version)));
        const fromBroker = Buffer.concat(answered.map((packet) => encode(packet, version)));
        const input = [
          ...pieces(fromClient, there).map((piece) => ['client', piece] as const),
          ...pieces(fromBroker, back).map((piece) => ['broker', piece] as const),
        ];
        expect(passed({}, input)).toEqual({ broker: fromClient, client: fromBroker });
      }),
    );
  });

  test('every byte passes as it came: anything, even after a good beginning', () => {
    fc.assert(
      fc.property(versions, fc.boolean(), fc.uint8Array({ maxLength: 200 }), cuts, (version, begun, noise, there) => {
        const beginning = begun ? encode(connectPacket('c', version), version) : Buffer.alloc(0);
        const bytes = Buffer.concat([beginning, noise]);
        const out = passed(
          {},
          pieces(bytes, there).map((piece) => ['client', piece] as const),
        );
        // What may yet become a packet is kept back.
        expect(bytes.subarray(0, out.broker.length)).toEqual(out.broker);
        expect(out.broker.length).toBeGreaterThanOrEqual(beginning.length);
      }),
    );
  });

  test('a packet that cannot be read passes as it came', () => {
    const bad = Buffer.from([0x42, 0x02, 0x00, 0x01]);
    const out = passed({}, [
      ['client', encode(connectPacket('c', 4), 4)],
      ['broker', bad],
    ]);
    expect(out.client).toEqual(bad);
  });
});

describe('a saboteur', () => {
  const swallowAll: Saboteur = { fromClient: () => ({}), fromBroker: () => ({}) };

  test('is told of every packet, and of nothing of a connection that does not begin with a CONNECT', () => {
    const ping = encode({ cmd: 'pingreq' }, 4);
    expect(passed(swallowAll, [['client', ping]]).broker).toEqual(ping);
    expect(
      passed(swallowAll, [
        ['client', encode(connectPacket('c', 4), 4)],
        ['client', ping],
      ]).broker.length,
    ).toBe(0);
  });

  test.each(['chaos-feature-1f-wills', 'chaos-reach-12-node1', 'chaos-health-9-node2', 'chaos-3ac-paths-node1'])(
    'leaves the probe %s alone',
    (clientId) => {
      const bytes = encode(connectPacket(clientId, 4), 4);
      const ping = encode({ cmd: 'pingreq' }, 4);
      const out = passed(swallowAll, [
        ['client', Buffer.concat([bytes, ping])],
        ['client', ping],
      ]);
      expect(out.broker).toEqual(Buffer.concat([bytes, ping, ping]));
    },
  );

  test('gets the original bytes on where it gives back the packet that it was given', () => {
    // The encoder would write the shortest length, and this one is not.
    const long = Buffer.from([0x30, 0x86, 0x00, 0x00, 0x01, 0x61, 0x78, 0x79, 0x7a]);
    const twice: Saboteur = { fromBroker: (packet) => ({ toClient: [packet, packet] }) };
    const out = passed(twice, [
      ['client', encode(connectPacket('c', 4), 4)],
      ['broker', long],
    ]);
    expect(out.client).toEqual(Buffer.concat([long, long]));
  });

  test('knows which connection of its client it is, at whatever node', () => {
    const { connect } = middle(undefined, 4);
    expect(connect('c').conversation.connection).toBe(1);
    expect(connect('other').conversation.connection).toBe(1);
    expect(connect('c').conversation.connection).toBe(2);
  });

  test('knows what the session has subscribed, until the broker says that it is a new one', () => {
    const { connect } = middle(undefined, 4);
    const line = connect('c', { clean: false });
    line.says({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a/#', qos: 1 }] });
    const again = connect('c', { clean: false });
    again.hears({ cmd: 'connack', sessionPresent: true, returnCode: 0 });
    expect([...again.conversation.subscriptions]).toEqual([['a/#', 1]]);
    again.hears({ cmd: 'connack', sessionPresent: false, returnCode: 0 });
    expect([...again.conversation.subscriptions]).toEqual([]);
  });

  test('of any kind leaves the messages of the warm-up alone', () => {
    for (const { name, versions: levels } of sabotages)
      for (const version of levels) {
        const line = middle(name, version).connect('c');
        const warmUps = Array.from({ length: 200 }, (_, i) =>
          message(1, { qos: 1, messageId: i + 1, payload: payloadOf(i + 1, 'warm-up') }),
        );
        expect([name, line.hears(...warmUps).length]).toEqual([name, 200]);
        expect([name, line.says(...warmUps).length]).toEqual([name, 200]);
      }
  });

  test('of any kind acts the same way with the same seed', () => {
    for (const { name, versions: levels } of sabotages) {
      const run = (seed: string) => {
        const line = middle(name, levels[0] ?? 4, seed).connect('c', { clean: false });
        const heard = Array.from({ length: 60 }, (_, i) => message(i + 1, { qos: 1 })).flatMap((one) =>
          line.hears(one),
        );
        return [names(heard), names(line.taken('broker'))];
      };
      expect([name, run('x')]).toEqual([name, run('x')]);
    }
  });
});
