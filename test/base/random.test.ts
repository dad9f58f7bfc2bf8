import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRandom, type Random } from '../../src/base/random.ts';

const draw = (random: Random, count = 20): number[] => Array.from({ length: count }, () => random.next());

describe('a seed', () => {
  test('gives the same sequence every time, on every machine', () => {
    fc.assert(fc.property(fc.string(), (seed) => expect(draw(createRandom(seed))).toEqual(draw(createRandom(seed)))));
    // Written down once: a change of these numbers changes every schedule that somebody wants to repeat.
    expect(draw(createRandom('2026-11-23'), 4).map((value) => Math.floor(value * 1e6))).toEqual([
      521467, 622866, 152353, 675257,
    ]);
  });

  test('gives another sequence than its neighbours', () => {
    const sequences = ['', '1', '2', '12', '21', 'seed', 'Seed'].map((seed) => draw(createRandom(seed), 3).join());
    expect(new Set(sequences).size).toBe(sequences.length);
  });
});

describe('a fork', () => {
  test('is not moved by draws from where it came from, nor moves it', () => {
    const one = createRandom('seed');
    const before = draw(one.fork('faults'));
    const first = draw(one);
    expect(draw(one.fork('faults'))).toEqual(before);
    const other = createRandom('seed');
    draw(other.fork('faults'), 100);
    expect(draw(other)).toEqual(first);
  });

  test('has a sequence of its own by name', () => {
    const random = createRandom('seed');
    const sequences = [random, random.fork('a'), random.fork('b'), random.fork('a').fork('b')].map((one) =>
      draw(one).join(),
    );
    expect(new Set(sequences).size).toBe(4);
  });
});

describe('draws', () => {
  test('lie in [0, 1), and below their bound', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 1_000 }), (seed, bound) => {
        const random = createRandom(seed);
        for (let i = 0; i < 50; i++) {
          const value = random.next();
          expect(value >= 0 && value < 1).toBe(true);
          const below = random.below(bound);
          expect(Number.isInteger(below) && below >= 0 && below < bound).toBe(true);
        }
      }),
    );
  });

  test('are roughly uniform', () => {
    const random = createRandom('uniform');
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const at = random.below(10);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    // Ten standard deviations either way.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(950);
  });

  test('pick different items, each as likely in each place', () => {
    const random = createRandom('pick');
    const seen = new Map<string, number>();
    for (let i = 0; i < 6_000; i++) {
      const order = random.pick(['a', 'b', 'c'], 3).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect([...seen.keys()].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
    for (const count of seen.values()) expect(Math.abs(count - 1_000)).toBeLessThan(300);
  });

  test('pick as many as there are, and leave the list as it was', () => {
    fc.assert(
      fc.property(fc.string(), fc.uniqueArray(fc.integer()), fc.nat(20), (seed, items, count) => {
        const given = [...items];
        const picked = createRandom(seed).pick(items, count);
        expect(picked).toHaveLength(Math.min(count, items.length));
        expect(new Set(picked).size).toBe(picked.length);
        expect(items).toEqual(given);
        for (const one of picked) expect(given).toContain(one);
      }),
    );
  });
});
