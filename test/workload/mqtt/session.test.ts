import { describe, expect, test } from '@jest/globals';
import type { IConnackPacket, IPublishPacket } from 'mqtt-packet';
import type { ProtocolVersion } from '../../../src/workload/mqtt/breach.ts';
import type { Qos } from '../../../src/workload/mqtt/messages.ts';
import type { Output } from '../../../src/workload/mqtt/output.ts';
import { PacketIdentifiers } from '../../../src/workload/mqtt/packet-identifiers.ts';
import { connackFinding, Session } from '../../../src/workload/mqtt/session.ts';

type Scene = {
  readonly session: Session;
  /** Clauses of the version. */
  readonly breaches: (string | null)[];
  readonly delivered: string[];
  /** One chunk with these packets. */
  chunk(...packets: Parameters<Session['receive']>[0][]): Scene;
  connect(sessionPresent: boolean): Scene;
  withhold(): Scene;
  publish(qos: Qos): Scene;
};

/** A session that acknowledges everything at once, as the client does. */
function scene(
  version: ProtocolVersion,
  options: { receiveMaximum?: number; topicAliasMaximum?: number; mayBeRetained?: boolean } = {},
): Scene {
  const session = new Session({
    version,
    window: 100,
    receiveMaximum: options.receiveMaximum ?? 65_535,
    topicAliasMaximum: options.topicAliasMaximum ?? 0,
    publishesAgain: true,
    mayBeRetained: options.mayBeRetained ?? false,
  });
  const breaches: (string | null)[] = [];
  const delivered: string[] = [];
  let acknowledges = true;
  const look = (outputs: readonly Output[]): void => {
    for (const output of outputs) {
      if (output.type === 'breach') breaches.push(output.finding.clause[version === 5 ? 'v5' : 'v311']);
      if (output.type === 'deliver') delivered.push(`${output.delivery.topic} ${output.delivery.payload}`);
      if (output.type === 'acknowledge' && acknowledges) session.sent(output.packet);
    }
  };
  const self: Scene = {
    session,
    breaches,
    delivered,
    chunk(...packets) {
      session.chunk();
      for (const packet of packets) look(session.receive(packet));
      return self;
    },
    connect(sessionPresent) {
      session.suspend();
      look(session.begin(sessionPresent, { cmd: 'connack', sessionPresent }));
      return self;
    },
    withhold() {
      acknowledges = false;
      return self;
    },
    publish(qos) {
      look(session.publish({ topic: 't', payload: Buffer.from('x'), qos }));
      return self;
    },
  };
  return self.connect(false);
}

function publish(messageId: number, payload: string, more: Partial<IPublishPacket> = {}): IPublishPacket {
  return { cmd: 'publish', topic: 'a', payload, qos: 1, dup: false, retain: false, messageId, ...more };
}

const inUse = (version: ProtocolVersion) => (version === 5 ? 'MQTT-2.2.1-4' : 'MQTT-2.3.1-4');

describe.each([4, 5] as const)('packet identifiers of the broker, MQTT level %d', (version) => {
  test('one may be used again when it was acknowledged, but not sooner', () => {
    expect(scene(version).chunk(publish(1, 'x')).chunk(publish(1, 'y')).breaches).toEqual([]);
    // Both came in one chunk: the broker cannot have had the PUBACK in between.
    expect(scene(version).chunk(publish(1, 'x'), publish(1, 'y')).breaches).toEqual([inUse(version)]);
    expect(scene(version).withhold().chunk(publish(1, 'x')).chunk(publish(1, 'y')).breaches).toEqual([inUse(version)]);
  });

  test('QoS 2: not before PUBCOMP; neither message is lost to the application', () => {
    const two = { qos: 2 } as const;
    const sound = scene(version)
      .chunk(publish(1, 'x', two))
      .chunk({ cmd: 'pubrel', messageId: 1 })
      .chunk(publish(1, 'y', two));
    expect([sound.breaches, sound.delivered]).toEqual([[], ['a x']]);
    const early = scene(version)
      .chunk(publish(1, 'x', two))
      .chunk(publish(1, 'y', two))
      .chunk({ cmd: 'pubrel', messageId: 1 });
    expect([early.breaches, early.delivered]).toEqual([[inUse(version)], ['a x', 'a y']]);
  });

  test('a copy on the next connection has DUP, and is not delivered twice', () => {
    const two = { qos: 2 } as const;
    const sound = scene(version)
      .chunk(publish(1, 'x', two))
      .connect(true)
      .chunk(publish(1, 'x', { ...two, dup: true }));
    expect(sound.chunk({ cmd: 'pubrel', messageId: 1 }).delivered).toEqual(['a x']);
    expect(sound.breaches).toEqual([]);
    const without = scene(version)
      .chunk(publish(1, 'x', two))
      .connect(true)
      .chunk(publish(1, 'x', two));
    expect(without.breaches).toEqual(['MQTT-3.3.1-1']);
    const other = scene(version)
      .chunk(publish(1, 'x', two))
      .connect(true)
      .chunk(publish(1, 'y', { ...two, dup: true }));
    expect(other.breaches).toEqual([inUse(version)]);
  });

  test('a new session has new ones, also one that began with a CONNECT without an answer', () => {
    const two = { qos: 2 } as const;
    const lost = scene(version)
      .chunk(publish(1, 'x', two))
      .connect(false)
      .chunk(publish(1, 'y', two));
    expect([lost.breaches, lost.chunk({ cmd: 'pubrel', messageId: 1 }).delivered]).toEqual([[], ['a y']]);
    const doubtful = scene(version).chunk(publish(1, 'x', two));
    doubtful.session.doubt();
    doubtful
      .connect(true)
      .chunk(publish(1, 'y', two))
      .chunk({ cmd: 'pubrel', messageId: 1 });
    expect([doubtful.breaches, doubtful.delivered]).toEqual([[], ['a x', 'a y']]);
  });

  test('a copy on the same connection is forbidden by MQTT 5 alone', () => {
    const s = scene(version)
      .withhold()
      .chunk(publish(1, 'x'))
      .chunk(publish(1, 'x', { dup: true }));
    expect(s.breaches).toEqual(version === 5 ? ['MQTT-4.4.0-1'] : []);
  });

  test('PUBREL belongs to a QoS 2 message of the session, of this connection or an earlier one', () => {
    const sound = scene(version)
      .chunk(publish(1, 'x', { qos: 2 }))
      .chunk({ cmd: 'pubrel', messageId: 1 })
      .connect(true);
    expect(sound.chunk({ cmd: 'pubrel', messageId: 1 }).breaches).toEqual([]);
    expect(sound.delivered).toEqual(['a x']);
    expect(sound.chunk({ cmd: 'pubrel', messageId: 2 }).breaches).toEqual([
      version === 5 ? 'MQTT-2.2.1-5' : 'MQTT-2.3.1-6',
    ]);
    const doubtful = scene(version);
    doubtful.session.doubt();
    expect(doubtful.connect(true).chunk({ cmd: 'pubrel', messageId: 2 }).breaches).toEqual([]);
  });
});

describe.each([4, 5] as const)('acknowledgements of the broker, MQTT level %d', (version) => {
  const unasked = version === 5 ? 'MQTT-2.2.1-5' : 'MQTT-2.3.1-6';

  test('PUBACK answers a PUBLISH with QoS 1, once for each copy', () => {
    expect(scene(version).publish(1).chunk({ cmd: 'puback', messageId: 1 }).breaches).toEqual([]);
    const copies = scene(version).publish(1).connect(true);
    expect(copies.chunk({ cmd: 'puback', messageId: 1 }, { cmd: 'puback', messageId: 1 }).breaches).toEqual([]);
    expect(copies.chunk({ cmd: 'puback', messageId: 1 }).breaches).toEqual([unasked]);
    expect(scene(version).publish(1).chunk({ cmd: 'puback', messageId: 2 }).breaches).toEqual([unasked]);
    expect(scene(version).publish(2).chunk({ cmd: 'puback', messageId: 1 }).breaches).toEqual([unasked]);
  });

  test('PUBREC answers a PUBLISH with QoS 2, PUBCOMP a PUBREL', () => {
    const sound = scene(version)
      .publish(2)
      .chunk({ cmd: 'pubrec', messageId: 1 })
      .chunk({ cmd: 'pubcomp', messageId: 1 });
    expect([sound.breaches, sound.session.unsettled]).toEqual([[], 0]);
    // Twice on a new connection, by itself and as the answer to PUBLISH; and once more for a PUBREL that was lost.
    const again = scene(version)
      .publish(2)
      .connect(true)
      .chunk({ cmd: 'pubrec', messageId: 1 }, { cmd: 'pubrec', messageId: 1 });
    expect(again.connect(true).chunk({ cmd: 'pubrec', messageId: 1 }).breaches).toEqual([]);
    expect(scene(version).publish(1).chunk({ cmd: 'pubrec', messageId: 1 }).breaches).toEqual([unasked]);
    const skipped = scene(version).publish(2).chunk({ cmd: 'pubcomp', messageId: 1 });
    expect(skipped.breaches).toEqual([version === 5 ? 'MQTT-2.2.1-5' : 'MQTT-4.3.3-2']);
    expect(skipped.session.unsettled).toBe(1);
  });

  test('nothing is said about a session that is older than the client', () => {
    const s = scene(version);
    const older = new Session({
      version,
      window: 1,
      receiveMaximum: 1,
      topicAliasMaximum: 0,
      publishesAgain: true,
      mayBeRetained: false,
    });
    older.begin(true, { cmd: 'connack', sessionPresent: true });
    expect(older.receive({ cmd: 'puback', messageId: 1 })).toEqual([]);
    expect(s.chunk({ cmd: 'puback', messageId: 1 }).breaches).toEqual([unasked]);
  });

  test('SUBACK and UNSUBACK answer what was asked, with one code for each filter', () => {
    const s = scene(version);
    const answers: unknown[] = [];
    const onAnswer = (codes: unknown): number => answers.push(codes);
    s.session.subscribe({ filters: [{ topic: 'a', qos: 1 }], onAnswer });
    s.session.unsubscribe({ filters: ['a', 'b'], onAnswer });
    const told = (outputs: readonly Output[]): unknown[] =>
      outputs.flatMap((output): unknown[] =>
        output.type === 'answer' ? [output.codes] : output.type === 'breach' ? ['breach'] : [],
      );
    expect(told(s.session.receive({ cmd: 'suback', messageId: 2, granted: [1] }))).toEqual(['breach']);
    expect(told(s.session.receive({ cmd: 'suback', messageId: 1, granted: [1, 1] }))).toEqual(['breach', [1]]);
    expect(told(s.session.receive({ cmd: 'unsuback', messageId: 2, granted: version === 5 ? [0, 0x11] : [] }))).toEqual(
      [version === 5 ? [0, 0x11] : [0, 0]],
    );
  });
});

describe('MQTT 5', () => {
  test('the broker keeps to our Receive Maximum', () => {
    const two = [publish(1, 'x'), publish(2, 'y')];
    expect(
      scene(5, { receiveMaximum: 2 })
        .chunk(...two)
        .chunk(publish(3, 'z')).breaches,
    ).toEqual([]);
    expect(scene(5, { receiveMaximum: 2 }).chunk(...two, publish(3, 'z')).breaches).toEqual(['MQTT-3.3.4-9']);
    // PUBREC is not the end of an exchange, PUBCOMP is.
    const qos2 = scene(5, { receiveMaximum: 1 }).chunk(publish(1, 'x', { qos: 2 }));
    expect(qos2.chunk({ cmd: 'pubrel', messageId: 1 }).chunk(publish(2, 'y', { qos: 2 })).breaches).toEqual([]);
    expect(qos2.chunk(publish(3, 'z', { qos: 2 })).breaches).toEqual(['MQTT-3.3.4-9']);
  });

  test.each([4, 5] as const)(
    'a message that nobody published with RETAIN = 1 has RETAIN = 0 (protocol level %s)',
    (version) => {
      const rule = version === 5 ? 'MQTT-3.3.1-12' : 'MQTT-3.3.1-9';
      const live = scene(version)
        .connect(false)
        .chunk(publish(1, 'x'), publish(2, 'y', { retain: true }));
      expect(live.breaches).toEqual([rule]);
      // It is delivered all the same.
      expect(live.delivered).toEqual(['a x', 'a y']);
      const reader = scene(version, { mayBeRetained: true })
        .connect(false)
        .chunk(publish(1, 'x', { retain: true }));
      expect(reader.breaches).toEqual([]);
    },
  );

  test('topic aliases are of one connection, and not above our maximum', () => {
    const alias = (topic: string, topicAlias: number) => publish(0, 'x', { qos: 0, topic, properties: { topicAlias } });
    const sound = scene(5, { topicAliasMaximum: 2 }).chunk(alias('b', 2), alias('', 2), alias('c', 2), alias('', 2));
    expect([sound.breaches, sound.delivered]).toEqual([[], ['b x', 'b x', 'c x', 'c x']]);
    expect(sound.connect(true).chunk(alias('', 2)).breaches).toEqual(['3.3.2.3.4']);
    expect(scene(5, { topicAliasMaximum: 2 }).chunk(alias('b', 3)).breaches).toEqual(['MQTT-3.1.2-26']);
    expect(scene(5).chunk(alias('b', 1)).breaches).toEqual(['MQTT-3.1.2-27']);
  });
});

test('a clean session has no session present', () => {
  const connack = (sessionPresent: boolean): IConnackPacket => ({ cmd: 'connack', returnCode: 0, sessionPresent });
  expect(connackFinding(connack(true), false)).toBeUndefined();
  expect(connackFinding(connack(false), true)).toBeUndefined();
  expect(connackFinding(connack(true), true)?.clause).toEqual({ v311: 'MQTT-3.2.2-1', v5: 'MQTT-3.2.2-2' });
});

test('our packet identifiers: none twice while it is in use, and none when all are', () => {
  const identifiers = new PacketIdentifiers();
  const first = Array.from({ length: 65_535 }, () => identifiers.take());
  expect(new Set(first).size).toBe(65_535);
  expect(Math.min(...first.map(Number))).toBe(1);
  expect(identifiers.take()).toBeUndefined();
  identifiers.free(17);
  expect([identifiers.take(), identifiers.take()]).toEqual([17, undefined]);
});
