import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Decoder, encode, FrameReader } from '../../src/sabotage/frames.ts';
import { connectPacket, message } from '../support/middle.ts';
import { pieces } from '../support/pieces.ts';

/** Some frames: a first byte, a length, that many bytes. */
const frames = fc.array(
  fc.tuple(fc.nat({ max: 255 }), fc.uint8Array({ maxLength: 300 })).map(([first, body]) => {
    const length = body.length < 128 ? [body.length] : [0x80 | (body.length & 0x7f), body.length >> 7];
    return Buffer.from([first, ...length, ...body]);
  }),
  { maxLength: 8 },
);

const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });

describe('a reader of frames', () => {
  test('finds the same packets, however the stream is cut', () => {
    fc.assert(
      fc.property(frames, cuts, (expected, where) => {
        const reader = new FrameReader();
        const found = pieces(Buffer.concat(expected), where).flatMap(
          (piece): readonly Buffer[] => reader.read(piece) ?? [],
        );
        expect(found).toEqual(expected);
        expect(reader.takeRest().length).toBe(0);
      }),
    );
  });

  test('keeps what is not whole yet', () => {
    const reader = new FrameReader();
    expect(reader.read(Buffer.from([0x30]))).toEqual([]);
    expect(reader.read(Buffer.from([0x02, 0x61]))).toEqual([]);
    expect(reader.read(Buffer.from([0x62, 0xc0]))).toEqual([Buffer.from([0x30, 0x02, 0x61, 0x62])]);
    expect(reader.takeRest()).toEqual(Buffer.from([0xc0]));
  });

  test('gives up at a Remaining Length of five bytes, with all that it was given in its rest', () => {
    const reader = new FrameReader();
    const good = Buffer.from([0xc0, 0x00]);
    const bad = Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x01]);
    expect(reader.read(Buffer.concat([good, bad]))).toBeUndefined();
    expect(reader.takeRest()).toEqual(Buffer.concat([good, bad]));
  });

  test('takes a Remaining Length of four bytes', () => {
    const reader = new FrameReader();
    expect(reader.read(Buffer.from([0x30, 0x81, 0x80, 0x80, 0x00, 0x2a]))).toEqual([
      Buffer.from([0x30, 0x81, 0x80, 0x80, 0x00, 0x2a]),
    ]);
  });
});

describe('a decoder', () => {
  test.each([4, 5] as const)('reads what the encoder wrote (level %i)', (version) => {
    const decoder = new Decoder(version);
    const packet = message(3, { qos: 2 });
    expect(decoder.decode(encode(packet, version))).toMatchObject(packet);
  });

  test('reads a CONNECT of either version before it knows which it is', () => {
    for (const version of [4, 5] as const)
      expect(new Decoder(4).decode(encode(connectPacket('c', version), version))).toMatchObject({
        clientId: 'c',
        protocolVersion: version,
      });
  });

  test('answers with nothing at what is no packet, and reads the next one all the same', () => {
    const decoder = new Decoder(4);
    expect(decoder.decode(Buffer.from([0x42, 0x02, 0x00, 0x01]))).toBeUndefined();
    expect(decoder.decode(Buffer.from([0x40, 0x02, 0x00, 0x01]))).toMatchObject({ cmd: 'puback', messageId: 1 });
  });
});
