import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { noAcknowledgedLoss } from '../../src/checks/no-acknowledged-loss.ts';
import { ordering } from '../../src/checks/ordering.ts';
import { episodesOf } from '../../src/run/episodes.ts';
import type { StreamFacts } from '../../src/workload/flows/stream/facts.ts';
import { aConnection, aFlow, aHistory, aSession, aSubscription, input, oneWay } from '../support/histories.ts';

/** The run began at 600 ms of the clock. Message n of `aFlow` is due at 1,000 + (n - 1) x 100 ms of it. */
const around = {
  relativeMs: (ms: number) => ms - 600,
  logsAt: (ms: number) => [`a line at ${ms}`, 'a line that is always there'],
};

function lostEpisodes(history: StreamFacts) {
  const result = noAcknowledgedLoss.run(input(history));
  if (!result.applicable) throw new Error(result.why);
  return episodesOf(result, history, around);
}

describe('lost messages', () => {
  test('in a row are one episode, with its first, its last, its count and its time', () => {
    const { episodes } = lostEpisodes(oneWay({ offered: 40, acknowledgedAtMs: [[6, 1_512]] }, { missing: [[6, 9]] }));
    expect(episodes).toHaveLength(1);
    expect(episodes?.[0]).toMatchObject({
      ...{ flow: 'orders', qos: 1, first: 6, last: 9, messages: 4 },
      ...{ fromMs: 900, toMs: 1_200, acknowledgedMs: [912, null], seenMs: null },
      publisher: { client: 'publisher-0', node: 'node1' },
      subscriber: { client: 'subscriber', node: 'node2' },
    });
    expect(episodes?.[0]?.examplesOnly).toBeUndefined();
  });

  test('with others between them that arrived are still one, and are counted without those', () => {
    const { episodes } = lostEpisodes(oneWay({ offered: 40 }, { missing: [6, 8, [12, 13]] }));
    expect(episodes).toMatchObject([{ first: 6, last: 13, messages: 4 }]);
  });

  test('more than two seconds apart are two episodes', () => {
    const { episodes } = lostEpisodes(
      oneWay(
        { offered: 60 },
        {
          missing: [
            [1, 3],
            [24, 30],
          ],
        },
      ),
    );
    expect(episodes).toMatchObject([
      { first: 1, last: 3 },
      { first: 24, last: 30 },
    ]);
  });

  test('of two subscriptions are two episodes, the earlier one first', () => {
    const flow = aFlow({ offered: 40 });
    const { episodes } = lostEpisodes(
      aHistory({
        flows: [flow],
        subscriptions: [
          aSubscription(flow, { clientId: 'late', missing: [[8, 9]] }),
          aSubscription(flow, { clientId: 'early', missing: [[7, 9]] }),
        ],
      }),
    );
    expect(episodes?.map(({ subscriber }) => subscriber.client)).toEqual(['early', 'late']);
  });

  test('each belong to exactly one episode, whatever was lost', () => {
    const numbers = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(numbers, (missing) => {
        const { episodes = [], episodesLeftOut = 0 } = lostEpisodes(oneWay({ offered: 400 }, { missing }));
        const counted = episodes.reduce((sum, { messages }) => sum + messages, 0);
        if (episodesLeftOut === 0) expect(counted).toBe(new Set(missing).size);
        for (const { first, last, messages } of episodes) {
          expect(messages).toBe(new Set(missing.filter((one) => first <= one && one <= last)).size);
        }
      }),
    );
  });

  test('in very many episodes do not make the report grow: the others are counted', () => {
    const missing = Array.from({ length: 50 }, (_, index) => 1 + index * 25);
    const { episodes, episodesLeftOut } = lostEpisodes(oneWay({ offered: 1_500 }, { missing }));
    expect(episodes).toHaveLength(20);
    expect(episodesLeftOut).toBe(30);
  });
});

describe('the clients of an episode', () => {
  const connections = [
    aConnection({ connectedMs: 500, disconnectedMs: 900 }),
    aConnection({ connectedMs: 950, disconnectedMs: 1_600, sessionPresent: true }),
    aConnection({ connectedMs: 2_500, disconnectedMs: 2_600, sessionPresent: true }),
    aConnection({ connectedMs: 2_700, sessionPresent: false }),
  ];

  test('have their connections from the last one that began before it', () => {
    const flow = aFlow({ offered: 40 });
    const { episodes } = lostEpisodes(
      aHistory({
        flows: [flow],
        subscriptions: [aSubscription(flow, { missing: [[6, 9]] })],
        sessions: [aSession(connections)],
      }),
    );
    expect(episodes?.[0]?.subscriber).toEqual({
      ...{ client: 'subscriber', node: 'node2', connectionsLeftOut: 0 },
      connections: [
        { fromMs: 350, toMs: 1_000, sessionPresent: true },
        { fromMs: 1_900, toMs: 2_000, sessionPresent: true },
        { fromMs: 2_100, toMs: null, sessionPresent: false },
      ],
    });
    expect(episodes?.[0]?.publisher.connections).toEqual([]);
  });

  test('that came back very often have the first of them, and how many more there were', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      aConnection({ connectedMs: 900 + index * 10, disconnectedMs: 905 + index * 10 }),
    );
    const flow = aFlow({ offered: 40 });
    const { episodes } = lostEpisodes(
      aHistory({
        flows: [flow],
        subscriptions: [aSubscription(flow, { missing: [[1, 9]] })],
        sessions: [aSession(many)],
      }),
    );
    expect(episodes?.[0]?.subscriber.connections).toHaveLength(8);
    expect(episodes?.[0]?.subscriber.connectionsLeftOut).toBe(12);
  });

  test('are looked up in the logs when the message was acknowledged and when the subscriber came back, no line twice', () => {
    const flow = aFlow({ offered: 40, acknowledgedAtMs: [[6, 1_512]] });
    const { episodes } = lostEpisodes(
      aHistory({
        flows: [flow],
        subscriptions: [
          aSubscription(flow, { missing: [[6, 9]] }),
          aSubscription(flow, { clientId: 'other', missing: [6] }),
        ],
        sessions: [aSession(connections)],
      }),
    );
    expect(episodes?.map(({ logs }) => logs)).toEqual([
      [
        {
          moment: 'message 6 was acknowledged by node1',
          atMs: 912,
          lines: ['a line at 1512', 'a line that is always there'],
        },
        { moment: 'subscriber came back to node2', atMs: 1_900, lines: ['a line at 2500'] },
      ],
      [],
    ]);
  });
});

test('messages out of order are an episode of the examples, with the time at which the first was received', () => {
  const history = oneWay(
    { offered: 40 },
    {
      overtaken: [
        { sequence: 6, atMs: 3_000, after: 9 },
        { sequence: 7, atMs: 3_001, after: 9 },
      ],
    },
  );
  const result = ordering.run(input(history));
  if (!result.applicable) throw new Error(result.why);
  expect(episodesOf(result, history, around).episodes).toMatchObject([
    { first: 6, last: 7, messages: 2, examplesOnly: true, seenMs: 2_400 },
  ]);
});

test('a violation that is not about single messages has no episodes', () => {
  const finding = { what: 'node2 did not accept a client', atMs: 5_000, facts: { node: 'node2' } };
  expect(episodesOf({ findings: [finding] }, oneWay({ offered: 9 }), around)).toEqual({});
});
