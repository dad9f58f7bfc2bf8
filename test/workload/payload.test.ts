import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  decodePayload,
  encodePayload,
  type Header,
  headerBytes,
  isFlowPayload,
  sequenceOf,
} from '../../src/workload/payload.ts';

const anyHeader: fc.Arbitrary<Header> = fc.record({
  run: fc.integer({ min: 0, max: 0xffff_ffff }),
  flow: fc.integer({ min: 0, max: 0xffff }),
  kind: fc.constantFrom('flow', 'warm-up'),
  sequence: fc.integer({ min: 0, max: 0xffff_ffff }),
  sentNs: fc.maxSafeNat(),
});
const anySize = fc.integer({ min: 0, max: 200 });

describe('a payload', () => {
  test('comes back as it was written', () => {
    fc.assert(
      fc.property(anyHeader, anySize, (header, size) => {
        const payload = encodePayload(header, size);
        expect(payload).toHaveLength(Math.max(size, headerBytes));
        expect(decodePayload(payload)).toEqual({ ok: true, header });
        expect(sequenceOf(payload)).toBe(header.sequence);
        expect(isFlowPayload(payload)).toBe(header.kind === 'flow');
      }),
    );
  });

  test('of which any bit is flipped is corrupt or foreign, never a message', () => {
    fc.assert(
      fc.property(anyHeader, anySize, fc.nat(), (header, size, where) => {
        const payload = encodePayload(header, size);
        const bit = where % (payload.length * 8);
        payload.writeUInt8(payload.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(decodePayload(payload)).toEqual({ ok: false, why: bit >= 32 && bit < 64 ? 'foreign' : 'corrupt' });
      }),
      { numRuns: 1_000 },
    );
  });

  test('that was cut short or has something added is no message', () => {
    fc.assert(
      fc.property(anyHeader, fc.integer({ min: headerBytes + 1, max: 100 }), fc.nat(), (header, size, at) => {
        const payload = encodePayload(header, size);
        const length = at % size;
        expect(decodePayload(payload.subarray(0, length))).toEqual({
          ok: false,
          why: length < headerBytes ? 'foreign' : 'corrupt',
        });
        expect(decodePayload(Buffer.concat([payload, Buffer.from('x')]))).toEqual({ ok: false, why: 'corrupt' });
      }),
    );
  });
});

test.each(['', 'hello', 'a text that is longer than the header would be'])('%j is foreign', (text) => {
  expect(decodePayload(Buffer.from(text))).toEqual({ ok: false, why: 'foreign' });
});
