import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { joinWithin } from '../../src/report/join-within.ts';

describe('a document that must not grow too large', () => {
  const second = `second violation: ${'evidence '.repeat(10)}`;
  const blocks = [
    { text: 'verdict', rank: 0 },
    { text: 'first violation', rank: 2 },
    { text: second, rank: 2 },
    { text: 'a chart of the latency over time', rank: 3 },
    { text: 'links', rank: 0 },
  ];

  test('is whole where there is room', () => {
    expect(joinWithin(blocks, 1_000)).toBe(
      `verdict\n\nfirst violation\n\n${second}\n\na chart of the latency over time\n\nlinks\n`,
    );
  });

  test('loses the least important first, from the end, and says so', () => {
    const text = joinWithin(blocks, 140);
    expect(text).toBe(
      'verdict\n\nfirst violation\n\nlinks\n\n*2 sections are left out here because there is no space; the report has all.*\n',
    );
  });

  test('is never too long, whatever the blocks', () => {
    const block = fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 300 }), rank: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(block, { minLength: 1 }), fc.integer({ min: 100, max: 2_000 }), (many, most) => {
        expect(Buffer.byteLength(joinWithin(many, most))).toBeLessThanOrEqual(most);
      }),
    );
  });
});
