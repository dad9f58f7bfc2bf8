import { describe, expect, test } from '@jest/globals';
import { type Packet, parser } from 'mqtt-packet';
import { createRandom, type Random } from '../../../src/base/random.ts';
import type { BrokenClass, Level, Opening } from '../../../src/faults/corpus/broken-class.ts';
import {
  deliveredId,
  openingPacket,
  packet,
  packetsIn,
  prefix,
  properties,
  property,
  types,
  varint,
} from '../../../src/faults/corpus/bytes.ts';
import { dialectOf } from '../../../src/faults/corpus/dialect.ts';
import { brokenClasses } from '../../../src/faults/corpus.ts';

const find = (name: string): BrokenClass => {
  const found = brokenClasses.find((broken) => broken.name === name);
  if (!found) throw new Error(`no class ${name}`);
  return found;
};

type Said = { readonly level: Level; readonly bytes: Buffer };

/** All that a class says to a broker that never answers, the CONNECT of its sessions with it. */
function said(broken: BrokenClass, random: Random): Said[] {
  if (broken.sent === 'first') return [{ level: broken.name.startsWith('v5-') ? 5 : 4, bytes: broken.make(random) }];
  const connect = (opening: Opening): Said => ({
    level: opening.level,
    bytes: openingPacket(opening, opening.clientId ?? 'other', {}),
  });
  if (broken.sent === 'session')
    return [connect({ level: broken.level }), { level: broken.level, bytes: broken.make(random) }];
  return broken.steps(random).flatMap((step) => {
    if (step.does === 'open') return [connect(step.opening)];
    if (step.does !== 'send') return [];
    const bytes = typeof step.bytes === 'function' ? step.bytes(Buffer.alloc(0)) : step.bytes;
    return [{ level: broken.level, bytes }];
  });
}

const hex = (name: string, seed = 'seed'): string =>
  (said(find(name), createRandom(seed)).at(-1)?.bytes ?? Buffer.alloc(0)).toString('hex');

describe('the corpus of broken packets', () => {
  test('has at least 300 classes, each with a name of its own and the rule that it breaks', () => {
    expect(brokenClasses.length).toBeGreaterThanOrEqual(300);
    expect(new Set(brokenClasses.map(({ name }) => name)).size).toBe(brokenClasses.length);
    for (const { breaks } of brokenClasses)
      expect(breaks).toMatch(/^(5\.0 )?(MQTT-\d\.\d+\.\d-\d+|\d(\.\d+)+)(, .+)?$|^any$/);
  });

  test('names the clause of the version in whose sessions a class is sent', () => {
    for (const broken of brokenClasses)
      if (broken.sent !== 'first' && broken.level === 5) expect(broken.breaks).toMatch(/^5\.0 |^any$/);
    // The same rule has another number in each.
    expect(find('subscribe-hash-not-last').breaks).toBe('MQTT-4.7.1-2');
    expect(find('v5-subscribe-hash-not-last').breaks).toBe('5.0 MQTT-4.7.1-1');
    // What brokers of 3.1.1 take from MQTT 5 has its number there.
    expect(find('subscribe-shared-without-name').breaks).toBe('5.0 MQTT-4.8.2-1');
  });

  test('sends every class of a session of 3.1.1 in one of MQTT 5 too, but for what MQTT 5 allows', () => {
    const names = new Set(brokenClasses.map(({ name }) => name));
    const alone = brokenClasses.filter(
      (broken) => broken.sent !== 'first' && broken.level === 4 && !names.has(`v5-${broken.name}`),
    );
    expect(alone.map(({ name }) => name).sort()).toEqual([
      'auth-in-a-session',
      'disconnect-in-the-form-of-5',
      'disconnect-with-body',
      'puback-in-the-form-of-5',
      'publish-in-the-form-of-5',
      'pubrel-in-the-form-of-5',
      'subscribe-in-the-form-of-5',
      'subscribe-shared-with-wildcard-name',
    ]);
  });

  test('says the same for the same seed, and never nothing', () => {
    const all = (broken: BrokenClass): Buffer => {
      const parts = said(broken, createRandom('a')).map(({ bytes }) => bytes);
      expect(Math.min(...parts.map(({ length }) => length))).toBeGreaterThan(0);
      return Buffer.concat(parts);
    };
    expect(brokenClasses.filter((broken) => !all(broken).equals(all(broken)))).toEqual([]);
  });

  test('says byte for byte what it says in MQTT 3.1.1', () => {
    expect(hex('packet-type-0')).toMatch(/^00/);
    expect(hex('remaining-length-of-5-bytes')).toBe('10ffffffff01');
    expect(hex('remaining-length-overlong')).toBe('c0808000');
    expect(hex('publish-qos-3')).toMatch(/^361[0-9a-f]000e6368616f732d62726f6b656e2f61/);
    expect(hex('publish-packet-id-0')).toMatch(/^32..000e6368616f732d62726f6b656e2f610000/);
    expect(hex('publish-to-empty-topic')).toBe('300900007061796c6f6164');
    expect(hex('subscribe-without-anything')).toBe('8200');
    expect(hex('connect-cut-behind-the-flags')).toBe('100800044d5154540402');
    expect(hex('protocol-level-6')).toMatch(/^10..00044d51545406/);
    expect(hex('connect-reserved-flag')).toMatch(/^10..00044d5154540403/);
    expect(hex('password-without-user-name')).toMatch(/^10..00044d5154540442.*0006736563726574$/);
    expect(hex('client-id-empty-and-session-kept')).toBe('100c00044d5154540400003c0000');
    expect(hex('nul-in-topic')).toContain('2f0061');
    expect(hex('surrogate-in-filter')).toMatch(/2fed[ab][0-9a-f][89ab][0-9a-f]00$/);
    expect(hex('pubrel-with-reserved-flags')).not.toMatch(/^62/);
  });

  test('says byte for byte what it says in MQTT 5', () => {
    // A length of no properties follows the packet identifier.
    expect(hex('v5-unsubscribe-without-filter')).toMatch(/^a203....00$/);
    expect(hex('v5-publish-to-empty-topic')).toBe('300a0000007061796c6f6164');
    expect(hex('v5-puback-of-1-byte')).toBe('400101');
    expect(hex('v5-connect-receive-maximum-0')).toMatch(/^10..00044d5154540502003c03210000/);
    expect(hex('v5-connect-property-unknown')).toMatch(/^10..00044d5154540502003c027f01/);
    expect(hex('v5-publish-topic-alias-0')).toBe('301b000e6368616f732d62726f6b656e2f61032300007061796c6f6164');
    expect(hex('v5-subscribe-retain-handling-3')).toMatch(/^8214....00000e6368616f732d62726f6b656e2f6130$/);
    expect(hex('v5-subscribe-subscription-identifier-0')).toMatch(/^8216....020b00000e/);
    expect(hex('v5-subscribe-shared-without-filter')).toMatch(/^820e....0000082473686172652f6700$/);
    expect(hex('v5-disconnect-session-expiry-after-0')).toBe('e00700051100000001');
    expect(hex('v5-auth-without-anything')).toBe('f000');
    expect(hex('v5-puback-property-length-not-minimal')).toMatch(/^4005....008000$/);
    // The remaining length says so, and is right.
    expect(hex('v5-puback-properties-longer-than-the-packet')).toMatch(/^4005....00904e$/);
  });

  test('never touches a topic of anybody else, and never keeps a session beyond its sequence', () => {
    for (let seed = 0; seed < 100; seed++)
      for (const broken of brokenClasses.filter(({ name }) => seed === 0 || name.includes('mutated-'))) {
        const random = createRandom(String(seed));
        for (const { level, bytes } of said(broken, random))
          for (const one of parsed(bytes, level)) {
            // The workload's topics begin with chaos- and a number in hex.
            if (one.cmd === 'publish') expect(one.topic).not.toMatch(/^chaos-[0-9a-f]+\//);
            const isKept = one.cmd === 'connect' && !one.clean;
            if (isKept) expect(broken.name).toMatch(/kept/);
            const retained = (one.cmd === 'publish' && one.retain) || (one.cmd === 'connect' && one.will?.retain);
            if (retained) expect(broken).toMatchObject({ retains: true });
          }
      }
  });

  test('deletes with its last step what it retains', () => {
    const retaining = brokenClasses.filter((broken) => broken.sent === 'sequence' && broken.retains);
    expect(retaining.length).toBeGreaterThan(10);
    for (const broken of retaining) {
      const { level, bytes } = said(broken, createRandom('retains')).at(-1) ?? { level: 4, bytes: Buffer.alloc(0) };
      const [last] = parsed(bytes, level);
      expect(last).toMatchObject({ cmd: 'publish', retain: true, payload: Buffer.alloc(0) });
      expect(last?.cmd === 'publish' && last.topic.startsWith(prefix)).toBe(true);
    }
  });

  test('ends each session that a sequence keeps with a CONNECT of the same client', () => {
    const openings = brokenClasses
      .filter(({ name }) => name.includes('kept-session'))
      .map((broken) => (broken.sent === 'sequence' ? broken.steps(createRandom('kept')) : []))
      .map((steps) => steps.flatMap((step) => (step.does === 'open' ? [step.opening] : [])));
    expect(openings.length).toBe(2);
    for (const ofOne of openings) {
      const [first, last] = [ofOne[0], ofOne.at(-1)];
      expect([first?.kept, last?.kept, last?.clientId]).toEqual([true, undefined, first?.clientId]);
    }
  });
});

describe('the CONNECT of a session', () => {
  test.each([4, 5] as const)('is well-formed at level %i, with the credentials and the will', (level) => {
    const will = { topic: 'chaos-broken/w', payload: Buffer.from('gone'), qos: 1, retain: true } as const;
    const bytes = openingPacket({ level, will }, 'broken1', { username: 'user', password: 'secret' });
    expect(parsed(bytes, level)).toMatchObject([
      {
        cmd: 'connect',
        protocolVersion: level,
        clean: true,
        clientId: 'broken1',
        username: 'user',
        password: Buffer.from('secret'),
        will: { topic: 'chaos-broken/w', payload: Buffer.from('gone'), qos: 1, retain: true },
        ...(level === 5 ? { properties: { sessionExpiryInterval: 0, receiveMaximum: 20 } } : {}),
      },
    ]);
  });

  test('keeps its session when it is told to', () => {
    expect(parsed(openingPacket({ level: 4, kept: true }, 'a', {}), 4)).toMatchObject([{ clean: false }]);
    expect(parsed(openingPacket({ level: 5, kept: true }, 'a', {}), 5)).toMatchObject([
      { clean: false, properties: { sessionExpiryInterval: 5 } },
    ]);
  });
});

describe('the bytes of a packet', () => {
  test('a variable byte integer is as short as it can be', () => {
    expect([0, 127, 128, 268_435_455].map((value) => varint(value).toString('hex'))).toEqual([
      '00',
      '7f',
      '8001',
      'ffffff7f',
    ]);
  });

  test('properties have their length before them', () => {
    expect(properties(property.reasonString, 'a').toString('hex')).toBe('041f000161');
    expect(properties().toString('hex')).toBe('00');
  });

  test('received packets are found as far as they are whole', () => {
    const two = Buffer.concat([packet(types.pingresp, 0), packet(types.publish, 3, 'a', Buffer.from('b'))]);
    expect(packetsIn(two)).toEqual([
      { type: types.pingresp, flags: 0, body: Buffer.alloc(0) },
      { type: types.publish, flags: 3, body: Buffer.from('00016162', 'hex') },
    ]);
    expect(packetsIn(two.subarray(0, -1))).toHaveLength(1);
    expect(packetsIn(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x01]))).toEqual([]);
    expect(packetsIn(Buffer.from([0x30, 0x80]))).toEqual([]);
  });

  test('a delivery is acknowledged with its own identifier', () => {
    const { publish } = dialectOf(5);
    const heard = Buffer.concat([
      publish(2, 'a', Buffer.from([0, 9]), Buffer.from('x')),
      publish(0, 'a', undefined, Buffer.from('x')),
    ]);
    expect(deliveredId(heard)).toEqual(Buffer.from([0, 9]));
    expect(deliveredId(Buffer.alloc(0))).toEqual(Buffer.from([0, 1]));
  });
});

/** What a lenient reader makes of the bytes, up to what it cannot read. */
function parsed(bytes: Buffer, level: Level): Packet[] {
  const packets: Packet[] = [];
  const reader = parser({ protocolVersion: level });
  reader.on('packet', (packet) => packets.push(packet));
  reader.on('error', () => {});
  try {
    reader.parse(bytes);
  } catch {
    // mqtt-packet trips over some of these.
  }
  return packets;
}
