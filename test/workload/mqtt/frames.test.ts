import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { generate, type Packet } from 'mqtt-packet';
import type { ProtocolVersion } from '../../../src/workload/mqtt/breach.ts';
import { FrameReader } from '../../../src/workload/mqtt/frames.ts';
import { parseFrame } from '../../../src/workload/mqtt/parse.ts';
import { checkFrame } from '../../../src/workload/mqtt/strict.ts';

const id = fc.integer({ min: 1, max: 65_535 });
const text = fc
  .string({ minLength: 1, maxLength: 12, unit: 'binary' })
  .map((any) => `t${any.replaceAll(/[+#\0]/g, '')}`);
const userProperties = fc.dictionary(text, text, { minKeys: 1, maxKeys: 2, noNullPrototype: true });

/** What a sound broker sends. */
function serverPacket(version: ProtocolVersion): fc.Arbitrary<Packet> {
  const properties = <P extends object>(some: fc.Arbitrary<P>) => (version === 5 ? { properties: some } : {});
  const answer = (cmd: 'puback' | 'pubrec' | 'pubrel' | 'pubcomp') =>
    fc.record({
      cmd: fc.constant(cmd),
      messageId: id,
      ...(version === 5 ? { reasonCode: fc.constantFrom(0, cmd === 'puback' || cmd === 'pubrec' ? 0x97 : 0x92) } : {}),
      ...properties(fc.record({ reasonString: text, userProperties }, { requiredKeys: [] })),
    });
  return fc.oneof(
    fc.record({
      cmd: fc.constant('publish' as const),
      topic: text,
      payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      qos: fc.constantFrom(1 as const, 2 as const),
      dup: fc.boolean(),
      retain: fc.boolean(),
      messageId: id,
      ...properties(
        fc.record(
          {
            messageExpiryInterval: fc.nat(),
            responseTopic: text,
            userProperties,
            subscriptionIdentifier: fc.integer({ min: 1, max: 268_435_455 }),
            topicAlias: id,
          },
          { requiredKeys: [] },
        ),
      ),
    }),
    answer('puback'),
    answer('pubrec'),
    answer('pubrel'),
    answer('pubcomp'),
    fc.record({
      cmd: fc.constant('suback' as const),
      messageId: id,
      granted: fc.array(fc.constantFrom(0, 1, 2, 0x80), { minLength: 1, maxLength: 5 }),
    }),
    fc.record({
      cmd: fc.constant('unsuback' as const),
      messageId: id,
      granted: version === 5 ? fc.array(fc.constantFrom(0, 0x11), { minLength: 1, maxLength: 5 }) : fc.constant([]),
    }),
    fc.constant({ cmd: 'pingresp' } as const),
  ) as fc.Arbitrary<Packet>;
}

/** Cuts the bytes at the given places. */
function chunksOf(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, i) => bytes.subarray(from, places[i] ?? bytes.length));
}

describe.each([4, 5] as const)('a legal stream, MQTT level %d', (version) => {
  test('gives the same packets however it is divided into chunks, and no breach', () => {
    fc.assert(
      fc.property(
        fc.array(serverPacket(version), { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 40 }),
        (packets, cuts) => {
          const whole = packets.map((packet) => generate(packet, { protocolVersion: version }));
          const reader = new FrameReader();
          const read = chunksOf(Buffer.concat(whole), cuts).map((chunk) => reader.read(chunk));
          const frames = read.flatMap(({ frames }) => frames);
          expect(read.every(({ unreadable }) => unreadable === undefined)).toBe(true);
          expect(Buffer.concat(frames.map(({ bytes }) => bytes)).equals(Buffer.concat(whole))).toBe(true);
          expect(frames.map(({ bytes }) => bytes.length)).toEqual(whole.map(({ length }) => length));
          expect(frames.flatMap((frame) => checkFrame(frame, version).findings)).toEqual([]);
          expect(frames.map((frame) => parseFrame(frame, version)?.cmd)).toEqual(packets.map(({ cmd }) => cmd));
        },
      ),
      { numRuns: 200 },
    );
  });
});

test('byte by byte is no different', () => {
  const packets = [
    Buffer.from('d000', 'hex'),
    Buffer.from('30ac02', 'hex'),
    Buffer.alloc(300, 1),
    Buffer.from('40020001', 'hex'),
  ];
  const reader = new FrameReader();
  const frames = [...Buffer.concat(packets)].flatMap((byte) => reader.read(Buffer.from([byte])).frames);
  expect(frames.map(({ bytes, bodyStart }) => [bytes.length, bodyStart])).toEqual([
    [2, 2],
    [303, 3],
    [4, 2],
  ]);
});

test('a Remaining Length of five bytes ends the stream, and what came before it counts', () => {
  const { frames, unreadable } = new FrameReader().read(Buffer.from('d00030ffffffff01', 'hex'));
  expect(frames).toHaveLength(1);
  expect(unreadable?.toString('hex')).toBe('30ffffffff01');
});

test('the bytes of a packet that is not complete can be taken, and the next packet is read from its beginning', () => {
  const reader = new FrameReader();
  expect(reader.read(Buffer.from('d0003002', 'hex')).frames).toHaveLength(1);
  reader.read(Buffer.from('62', 'hex'));
  expect(reader.takeRest().toString('hex')).toBe('300262');
  expect(reader.read(Buffer.from('d000', 'hex')).frames).toHaveLength(1);
});
