import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { carriesTraffic } from '../../src/engines/local/lanes/link-watch.ts';
import { all, atLeast, atMost, type Condition, isSo, moreThan, near, none, proofOf } from '../../src/engines/proof.ts';
import { formatShare } from '../../src/model/units.ts';

const seen = { observed: '900 packets of 100 classes', figures: { packets: 900 } };
const reacted = (share: number): Condition => atLeast('packets that the broker reacted to', share, 0.25, formatShare);

describe('a proof', () => {
  test('that holds is what was observed, with its details', () => {
    expect(proofOf([reacted(0.3)], { ...seen, details: '; never closed on: two classes' })).toEqual({
      proven: true,
      observed: '900 packets of 100 classes; never closed on: two classes',
      figures: { packets: 900 },
      failed: [],
    });
  });

  test('that failed begins with the condition that failed and its bound, and has no details', () => {
    const proof = proofOf([moreThan('packets', 900, 0), reacted(0.22)], { ...seen, details: '; a hundred names' });
    expect(proof).toMatchObject({
      proven: false,
      observed: 'packets that the broker reacted to: 22%, needed at least 25%; 900 packets of 100 classes',
      failed: [{ what: 'packets that the broker reacted to', measured: '22%', needed: 'at least 25%' }],
    });
  });

  test('names the first four conditions that failed and counts the others', () => {
    const { observed } = proofOf(
      [1, 2, 3, 4, 5, 6].map((node) => none(`processes left of node${node}`, 1)),
      seen,
    );
    expect(observed).toContain('processes left of node4: 1, needed none; 2 more conditions were not met; 900 packets');
  });

  test('says once what can be done, however many conditions propose it', () => {
    const hint = 'use links: transparent';
    const { observed } = proofOf(
      [
        { ...moreThan('bytes', 0, 0), hint },
        { ...none('detours', 2), hint },
      ],
      seen,
    );
    expect(observed).toBe(
      'bytes: 0, needed more than 0; detours: 2, needed none; use links: transparent; 900 packets of 100 classes',
    );
  });

  test('without anything to judge proves nothing', () => {
    expect(proofOf([], seen)).toMatchObject({
      proven: false,
      observed: 'things to look at: 0, needed more than 0; 900 packets of 100 classes',
    });
  });

  test('holds exactly when there are conditions and each is met, and else begins with the first that is not', () => {
    const condition = fc.record({ what: fc.string(), measured: fc.string(), needed: fc.string(), met: fc.boolean() });
    fc.assert(
      fc.property(fc.array(condition), (conditions) => {
        const { proven, observed } = proofOf(conditions, seen);
        const first = conditions.find(({ met }) => !met);
        expect(proven).toBe(conditions.length > 0 && first === undefined);
        if (first) expect(observed.startsWith(`${first.what}: ${first.measured}, needed ${first.needed}`)).toBe(true);
      }),
    );
  });
});

describe('a condition', () => {
  test.each([
    [atLeast('x', 2, 2), true, '2', 'at least 2'],
    [atMost('x', 3, 2), false, '3', 'at most 2'],
    [moreThan('x', 2, 2), false, '2', 'more than 2'],
    [none('x', 0), true, '0', 'none'],
    [all('x', 2, 3), false, '2 of 3', 'all'],
    [all('x', 0, 0), false, '0 of 0', 'at least 1'],
    [near('x', 0.09, 0.1, 0.03, formatShare), true, '9%', '10% give or take 3%'],
    [near('x', 0.06, 0.1, 0.03, formatShare), false, '6%', '10% give or take 3%'],
    [isSo('x', false), false, 'no', 'yes'],
    [atLeast('x', Number.NaN, 2), false, 'not measured', 'at least 2'],
  ])('%j', (condition, met, measured, needed) => {
    expect(condition).toEqual({ what: 'x', met, measured, needed });
  });

  test('that fails by less than its figure shows is written out', () => {
    expect(reacted(0.249_999).measured).toBe('25% (0.249999)');
  });
});

describe('the traffic in the struck links', () => {
  const network = (past: number) => ({
    network: { past: async () => past, remedy: 'use links: transparent' } as never,
  });
  const paths = [{ from: 'node1', to: 'node2' }];
  const proof = async (amount: number, past: number, struck: typeof paths) =>
    proofOf(
      await carriesTraffic({ what: "bytes of the broker's own", amount }, { paths: struck }, network(past)),
      seen,
    );

  test('proves nothing when there was none, and the reader learns of transparent links', async () => {
    expect((await proof(0, 0, paths)).observed).toBe(
      "bytes of the broker's own: 0, needed more than 0; use links: transparent; 900 packets of 100 classes",
    );
  });

  test('proves nothing when the nodes have a connection past the links besides', async () => {
    expect((await proof(100, 1, paths)).observed).toMatch(
      /^connections between the nodes past the link proxies: 1, needed none; use links: transparent; /,
    );
  });

  test('is enough when all of it goes through the links', async () => {
    expect((await proof(100, 0, paths)).proven).toBe(true);
  });

  test('between clients and nodes has no detour and no such remedy', async () => {
    expect((await proof(100, 1, [])).proven).toBe(true);
    expect((await proof(0, 1, [])).observed).toBe(
      "bytes of the broker's own: 0, needed more than 0; 900 packets of 100 classes",
    );
  });
});
