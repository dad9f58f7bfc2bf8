import { describe, expect, test } from '@jest/globals';
import { account } from '../../../src/checks/accounting.ts';
import { noAcknowledgedLoss } from '../../../src/checks/no-acknowledged-loss.ts';
import { ordering } from '../../../src/checks/ordering.ts';
import { type Impact, noImpact } from '../../../src/model/impact.ts';
import type { SubscriptionHistory } from '../../../src/workload/flows/stream/facts.ts';
import type { FlowPlan } from '../../../src/workload/flows/stream/plan.ts';
import { reachBack } from '../../../src/workload/flows/stream/recorder.ts';
import type { WindowSummary } from '../../../src/workload/windows.ts';
import { expectNothing, findings } from '../../support/histories.ts';
import { oneFlow } from '../../support/plans.ts';

/** A clock moved by hand, and short words for what happens to the messages of one flow. */
function scene(
  flowShape: Partial<FlowPlan> = {},
  subscriberShape: Parameters<typeof oneFlow>[1] = {},
  deadlineMs = 5_000,
) {
  const made = oneFlow(flowShape, subscriberShape, deadlineMs);
  const { recorder, flow, subscription, subscriber } = made;
  let nowMs = 10_000;
  const dueAt = new Map<number, number>();
  return {
    ...made,
    get nowMs() {
      return nowMs;
    },
    wait: (ms: number) => {
      nowMs += ms;
    },
    /** This many messages fall due now and are acknowledged at once. */
    publish(count = 1) {
      for (let i = 0; i < count; i++) this.acknowledge(this.offer());
    },
    offer(): number {
      const sequence = recorder.due(flow, nowMs);
      dueAt.set(sequence, nowMs);
      recorder.written(flow, sequence, nowMs);
      return sequence;
    },
    acknowledge: (sequence: number) => recorder.acknowledged(flow, sequence, dueAt.get(sequence) ?? nowMs, nowMs),
    deliver(...sequences: number[]) {
      for (const sequence of sequences)
        recorder.received(subscription, sequence, dueAt.get(sequence) ?? nowMs, nowMs, { dup: false, messageId: 7 });
    },
    loseCleanSession: () => recorder.cleanSessionEnded(subscriber, nowMs),
    subscribeAgain: () => recorder.granted(subscription, subscription.grantedQos, nowMs),
    history: () => recorder.history(nowMs),
    seen: (): SubscriptionHistory => recorder.history(nowMs).subscriptions[0] as SubscriptionHistory,
    windows: (): WindowSummary[] => recorder.summaries({ histograms: false }),
  };
}

describe('deliveries', () => {
  test('each message is noted once, gaps stay gaps', () => {
    const s = scene();
    s.publish(5);
    s.deliver(1, 2, 4, 5);
    expect(s.seen()).toMatchObject({
      received: [
        [1, 2],
        [4, 5],
      ],
      duplicated: [],
      overtaken: [],
    });
  });

  test('a second copy is a duplicate with its evidence, whatever came between', () => {
    const s = scene();
    s.publish(3);
    s.deliver(1, 2, 3);
    s.wait(40);
    s.recorder.received(s.subscription, 2, 10_000, s.nowMs, { dup: true, messageId: 9 });
    s.recorder.received(s.subscription, 3, 10_000, s.nowMs, { dup: false });
    expect(s.seen()).toMatchObject({
      duplicated: [[2, 3]],
      duplicateExamples: [
        { sequence: 2, atMs: 10_040, dup: true, packetId: 9 },
        { sequence: 3, atMs: 10_040, dup: false, packetId: null },
      ],
      overtaken: [],
    });
  });

  test('a first delivery after that of a later message was overtaken; a second one is only a duplicate', () => {
    const s = scene();
    s.publish(5);
    s.deliver(1, 4, 2, 3, 5, 2);
    expect(s.seen()).toMatchObject({
      overtaken: [[2, 3]],
      overtakenExamples: [
        { sequence: 2, after: 4 },
        { sequence: 3, after: 4 },
      ],
      duplicated: [[2, 2]],
    });
  });

  test('of many examples ten are kept, and all are counted', () => {
    const s = scene();
    s.publish(100);
    s.deliver(100, ...Array.from({ length: 99 }, (_, i) => i + 1), ...Array.from({ length: 99 }, (_, i) => i + 1));
    const seen = s.seen();
    expect([seen.overtaken, seen.duplicated]).toEqual([[[1, 99]], [[1, 99]]]);
    expect([seen.overtakenExamples.length, seen.duplicateExamples.length]).toEqual([10, 10]);
  });

  test('what its publisher sent again is counted, and leaves the examples to what is not legal', () => {
    const s = scene();
    s.publish(40);
    for (let sequence = 1; sequence <= 20; sequence++) s.flow.resent.add(sequence);
    s.deliver(40, ...Array.from({ length: 30 }, (_, i) => i + 1));
    expect(s.seen().overtaken).toEqual([[1, 30]]);
    expect(s.seen().overtakenExamples.map(({ sequence }) => sequence)).toEqual([
      21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
    ]);
    expect(findings(ordering, s.history()).findings).toHaveLength(10);
  });

  test('examples across a reconnect of the publisher are kept beside ten others', () => {
    const s = scene();
    const session = s.recorder.session('publisher-0', 'node1', 'publisher', [], 'clean');
    const publishOn = (nowMs: number, count: number) => {
      s.recorder.connected(session, false, nowMs);
      for (let i = 0; i < count; i++) s.recorder.wrote(session, s.offer());
    };
    publishOn(9_000, 40);
    s.deliver(...Array.from({ length: 15 }, (_, i) => [2 * i + 2, 2 * i + 1]).flat());
    publishOn(9_500, 5);
    s.deliver(41, 38, 39);
    expect(s.seen().overtakenExamples.map(({ sequence }) => sequence)).toEqual([
      ...[1, 3, 5, 7, 9, 11, 13, 15, 17, 19],
      ...[38, 39],
    ]);
  });

  test('acknowledgement times are kept of what is missing, as evidence', () => {
    const s = scene();
    s.publish(3);
    s.wait(5);
    s.acknowledge(s.offer());
    s.deliver(1, 3);
    expect(s.history().flows[0]?.acknowledgedAtMs).toEqual([
      [2, 10_000],
      [4, 10_005],
    ]);
  });

  test('acknowledgement times are kept however many messages came since', () => {
    const s = scene();
    s.publish(1);
    s.wait(5);
    s.publish(19_999);
    s.deliver(...Array.from({ length: 19_998 }, (_, i) => i + 2));
    expect(s.history().flows[0]?.acknowledgedAtMs).toEqual([
      [1, 10_000],
      [20_000, 10_005],
    ]);
  });

  test('what a clean session is not owed does not crowd out what was lost later', () => {
    const s = scene({}, { session: 'clean' });
    s.publish(5);
    s.deliver(1, 2, 3, 4, 5);
    s.loseCleanSession();
    s.publish(20);
    s.subscribeAgain();
    s.publish(5);
    s.deliver(26, 27, 29, 30);
    expect(s.history().flows[0]?.acknowledgedAtMs.map(([sequence]) => sequence)).toContain(28);
  });

  test('a late acknowledgement does not take the place of that of a newer message', () => {
    const s = scene();
    const slow = s.offer();
    s.publish(8_192);
    s.wait(70);
    s.acknowledge(slow);
    expect(new Map(s.history().flows[0]?.acknowledgedAtMs).get(slow)).toBe(10_070);
    s.deliver(...Array.from({ length: 8_191 }, (_, i) => i + 2));
    expect(new Map(s.history().flows[0]?.acknowledgedAtMs).get(8_193)).toBe(10_000);
  });

  test('packet ids are told of what is missing, duplicated or late, as the publisher last sent it', () => {
    const s = scene();
    s.publish(6);
    const [flow] = s.recorder.flows;
    for (const [sequence, packetId] of [
      [1, 11],
      [2, 12],
      [3, 13],
      [4, 14],
      [5, 15],
      [2, 22],
    ] as const)
      flow?.packetIds.sent(sequence, packetId);
    s.deliver(1, 5, 4, 4);
    expect(s.history().flows[0]?.packetIds).toEqual([
      [2, 22],
      [3, 13],
      [4, 14],
    ]);
  });

  test('oddities are counted in full, ten of each are kept', () => {
    const s = scene();
    for (let atMs = 0; atMs < 12; atMs++)
      s.recorder.odd('foreign', { clientId: 'subscriber', node: 'node2', topic: 't/0', atMs, detail: '' });
    const { oddities } = s.history();
    expect(oddities.foreign.count).toBe(12);
    expect(oddities.foreign.examples).toHaveLength(10);
    expect(oddities.corrupt).toMatchObject({ count: 0, examples: [] });
  });
});

describe('what is still owed', () => {
  test('acknowledged messages that have not arrived are outstanding', () => {
    const s = scene();
    s.publish(3);
    s.offer();
    s.deliver(1);
    expect(s.recorder.outstanding()).toBe(2);
    s.deliver(2, 3);
    expect(s.recorder.outstanding()).toBe(0);
  });

  test('nothing is outstanding to a subscription granted QoS 0', () => {
    const s = scene();
    s.recorder.granted(s.subscription, 0, s.nowMs);
    s.publish(3);
    expect(s.recorder.outstanding()).toBe(0);
  });

  test('nothing is outstanding to a clean session that has ended', () => {
    const s = scene({}, { session: 'clean' });
    s.publish(3);
    s.loseCleanSession();
    expect(s.recorder.outstanding()).toBe(0);
  });

  test('the last movement is that of an acknowledgement or a delivery', () => {
    const s = scene();
    s.publish(1);
    s.wait(70);
    s.deliver(1);
    expect(s.recorder.lastMovedMs).toBe(10_070);
  });
});

test('time in which a fault made the delivery impossible does not count', () => {
  const span = (fromMs: number, toMs: number) => ({ fromMs, toMs });
  expect(reachBack([], 10_000, 3_000)).toBe(7_000);
  expect(reachBack([span(0, 5_000)], 10_000, 3_000)).toBe(7_000);
  expect(reachBack([span(2_000, 8_000)], 10_000, 3_000)).toBe(1_000);
  expect(reachBack([span(2_000, Number.POSITIVE_INFINITY)], 10_000, 3_000)).toBe(-1_000);
  expect(reachBack([span(1_000, 4_000), span(3_000, 9_000)], 10_000, 3_000)).toBe(-1_000);
});

describe('a clean session that ends', () => {
  const clean = () => scene({}, { session: 'clean' });

  test('takes along what was under way, and what came until the next one was seen to work', () => {
    const s = clean();
    s.publish(10);
    s.deliver(1, 2, 3, 4, 5, 6);
    s.loseCleanSession();
    s.publish(10);
    s.subscribeAgain();
    s.publish(5);
    s.deliver(23, 24, 25);
    expect(s.seen().sessionEnded).toEqual([[7, 22]]);
    expectNothing(noAcknowledgedLoss, s.history());
    expect(account(s.history()).legallyUndelivered).toEqual({
      'clean session ended before delivery (section 3.1.2.4)': 16,
    });
  });

  test('takes along only what was written shortly before: a broker that had not delivered for long is not excused', () => {
    const s = clean();
    s.publish(5);
    s.deliver(1, 2, 3, 4, 5);
    for (let i = 0; i < 50; i++) {
      s.wait(100);
      s.publish(1);
    }
    s.loseCleanSession();
    s.subscribeAgain();
    // At ten a second, the last second.
    const [[first, last] = [0, 0]] = s.seen().sessionEnded;
    expect(last).toBe(55);
    expect(first).toBeGreaterThanOrEqual(44);
    expect(findings(noAcknowledgedLoss, s.history()).count).toBe(first - 6);
  });

  test('with a fault in force takes along what an operation may take, and what the fault made impossible', () => {
    const lose = (impact: Impact) => {
      const s = clean();
      const ends = s.recorder.impact(impact, s.nowMs);
      for (let i = 0; i < 100; i++) {
        s.wait(100);
        s.publish(1);
      }
      ends(s.nowMs);
      s.loseCleanSession();
      return s.seen().sessionEnded;
    };
    expect(lose(noImpact)).toEqual([[50, 100]]);
    expect(lose({ unavailableNodes: [], cutPaths: [{ from: 'node1', to: 'node2' }] })).toEqual([[1, 100]]);
  });

  test('by a fault that has only just begun takes along what was in flight by then, not what was missing before', () => {
    const s = clean();
    s.publish(5);
    s.deliver(1, 2, 3, 4, 5);
    for (let i = 0; i < 50; i++) {
      s.wait(100);
      s.publish(1);
    }
    s.recorder.impact({ unavailableNodes: ['node2'], cutPaths: [] }, s.nowMs);
    s.wait(20);
    s.loseCleanSession();
    // At ten a second, the second before the fault.
    expect(s.seen().sessionEnded).toEqual([[45, 55]]);
  });

  test('does not excuse a message that was lost long before: its successors had arrived', () => {
    const s = clean();
    s.publish(10);
    s.deliver(1, 2, 4, 5, 6, 7, 8);
    s.loseCleanSession();
    expect(s.seen().sessionEnded).toEqual([[9, 10]]);
    expect(findings(noAcknowledgedLoss, s.history()).findings.map(({ facts }) => facts.sequence)).toEqual([3]);
  });

  test('excuses a message that its publisher had not got acknowledged, or had sent again, though its successors had arrived', () => {
    const s = clean();
    s.publish(1);
    const slow = s.offer();
    s.publish(3);
    s.flow.resent.add(4);
    s.deliver(1, 3, 5);
    s.loseCleanSession();
    s.acknowledge(slow);
    expectNothing(noAcknowledgedLoss, s.history());
  });

  test('again and again, before anything arrives, is one long absence', () => {
    const s = clean();
    s.publish(5);
    s.deliver(1, 2, 3, 4, 5);
    for (let i = 0; i < 4; i++) {
      s.loseCleanSession();
      s.publish(5);
      s.subscribeAgain();
      s.publish(5);
    }
    s.deliver(45);
    expect(s.seen().sessionEnded).toEqual([[6, 44]]);
    expectNothing(noAcknowledgedLoss, s.history());
  });

  test('each time some messages after the new beginning owes those in between', () => {
    const s = clean();
    s.publish(5);
    s.deliver(1, 2, 3, 4, 5);
    s.loseCleanSession();
    s.publish(5);
    s.subscribeAgain();
    s.publish(5);
    s.deliver(12, 13, 15);
    s.loseCleanSession();
    s.publish(5);
    s.subscribeAgain();
    s.publish(5);
    s.deliver(21, 22, 24, 25);
    expect(s.seen().sessionEnded).toEqual([
      [6, 11],
      [16, 20],
    ]);
    expect(findings(noAcknowledgedLoss, s.history()).findings.map(({ facts }) => facts.sequence)).toEqual([14, 23]);
  });

  test('a straggler from before it does not show that the new subscription works', () => {
    const s = clean();
    s.publish(10);
    s.deliver(1, 2, 3, 4, 5, 6, 7);
    s.loseCleanSession();
    s.publish(10);
    s.subscribeAgain();
    s.deliver(8, 15);
    s.publish(10);
    s.deliver(26, 27, 28, 29, 30);
    expect(s.seen().sessionEnded).toEqual([[8, 25]]);
    expectNothing(noAcknowledgedLoss, s.history());
    expectNothing(ordering, s.history());
    expect(account(s.history())).toMatchObject({ delivered: 14, lost: 0 });
  });

  test('and never sees a message again is owed nothing more', () => {
    const s = clean();
    s.publish(5);
    s.deliver(1, 2, 3);
    s.loseCleanSession();
    s.publish(5);
    s.subscribeAgain();
    s.publish(5);
    expect(s.seen().sessionEnded).toEqual([[4, 15]]);
  });

  test('looking into the books before they are closed changes nothing', () => {
    const s = clean();
    s.loseCleanSession();
    s.publish(5);
    s.subscribeAgain();
    s.publish(5);
    expect(s.seen().sessionEnded).toEqual([[1, 10]]);
    s.deliver(7, 9);
    expect(s.seen().sessionEnded).toEqual([[1, 6]]);
  });
});

describe('silence since the heal', () => {
  test('at QoS 0 is seen once enough has been written, and is over with the first message that was written since', () => {
    const s = scene({ qos: 0 });
    s.recorder.client('subscriber', 'node2', 'subscriber', 0).enter('serving', 0);
    for (let i = 0; i < 5; i++) s.offer();
    s.recorder.healed();
    for (let i = 0; i < 19; i++) s.offer();
    expect(s.recorder.silent()).toBe(0);
    s.offer();
    s.deliver(5);
    expect([s.recorder.silent(), s.seen().writtenInSilence]).toEqual([1, 20]);
    s.deliver(6);
    expect([s.recorder.silent(), s.seen().writtenInSilence]).toEqual([0, 0]);
  });

  test('is not looked at where messages are owed', () => {
    const s = scene({ qos: 1 });
    s.recorder.client('subscriber', 'node2', 'subscriber', 0).enter('serving', 0);
    s.recorder.healed();
    s.publish(40);
    expect(s.recorder.silent()).toBe(0);
  });
});

describe('persistent sessions', () => {
  const connections = (s: ReturnType<typeof scene>) => s.history().sessions[0]?.connections;

  test('each connection knows what had fallen due before it and before its end', () => {
    const s = scene();
    const session = s.recorder.session('subscriber', 'node2', 'subscriber', [0]);
    s.recorder.connecting(session);
    s.recorder.connected(session, false, 9_000);
    s.recorder.subscribed(session);
    s.publish(4);
    s.recorder.disconnected(session, 9_500);
    s.publish(3);
    // mqtt.js closes once more for each attempt that fails.
    s.recorder.disconnected(session, 9_600);
    s.recorder.connecting(session);
    s.recorder.connected(session, true, 9_700);
    expect(connections(s)).toEqual([
      {
        node: 'node2',
        connectedMs: 9_000,
        disconnectedMs: 9_500,
        sessionPresent: false,
        sessionExpected: false,
        subscribed: false,
        written: null,
        due: [{ flow: 0, atConnect: 0, atDisconnect: 4 }],
      },
      {
        node: 'node2',
        connectedMs: 9_700,
        disconnectedMs: null,
        sessionPresent: true,
        sessionExpected: true,
        subscribed: true,
        written: null,
        due: [{ flow: 0, atConnect: 7, atDisconnect: null }],
      },
    ]);
  });

  test('after a CONNECT that nobody answered either answer to the next is possible', () => {
    const s = scene();
    const session = s.recorder.session('subscriber', 'node2', 'subscriber', [0]);
    s.recorder.connecting(session);
    s.recorder.connecting(session);
    s.recorder.connected(session, true, 9_000);
    s.recorder.connecting(session);
    s.recorder.connecting(session);
    s.recorder.connected(session, true, 9_500);
    expect(connections(s)?.map(({ sessionExpected }) => sessionExpected)).toEqual([null, true]);
  });

  test('its subscriptions are gone with a session that was not kept', () => {
    const s = scene();
    const session = s.recorder.session('subscriber', 'node2', 'subscriber', [0]);
    for (const sessionPresent of [false, false, true]) {
      s.recorder.connecting(session);
      s.recorder.connected(session, sessionPresent, 9_000);
      if (s.history().sessions[0]?.connections.length === 1) s.recorder.subscribed(session);
    }
    expect(connections(s)?.map(({ subscribed }) => subscribed)).toEqual([false, true, false]);
  });

  test('a refused CONNECT made no session', () => {
    const s = scene();
    const session = s.recorder.session('subscriber', 'node2', 'subscriber', [0]);
    s.recorder.connecting(session);
    s.recorder.refused(session);
    s.recorder.connecting(session);
    s.recorder.connected(session, false, 9_000);
    expect(connections(s)?.map(({ sessionExpected }) => sessionExpected)).toEqual([false]);
  });

  test('a close before the first connection is no connection', () => {
    const s = scene();
    const session = s.recorder.session('subscriber', 'node2', 'subscriber', [0]);
    s.recorder.disconnected(session, 9_000);
    expect(connections(s)).toEqual([]);
  });
});

describe('availability', () => {
  const inHold = (s: ReturnType<typeof scene>) => s.recorder.mark('hold', s.nowMs, 1_000);

  test('is possible and done: acknowledgements and deliveries, in the window in which they were due', () => {
    const s = scene();
    inHold(s);
    s.publish(4);
    s.wait(1_500);
    s.publish(1);
    s.deliver(1, 2, 3, 5);
    expect(
      s
        .windows()
        .map(({ possible, done, published, acknowledged, delivered }) => [
          possible,
          done,
          published,
          acknowledged,
          delivered,
        ]),
    ).toEqual([
      [8, 7, 4, 4, 3],
      [2, 2, 1, 1, 1],
    ]);
  });

  test('an operation that took longer than its deadline is not done, to the millisecond', () => {
    const s = scene({}, {}, 1_000);
    inHold(s);
    const one = s.offer();
    const two = s.offer();
    s.wait(1_000);
    s.acknowledge(one);
    s.deliver(one);
    s.wait(1);
    s.acknowledge(two);
    s.deliver(two);
    expect(s.windows()[0]).toMatchObject({ possible: 4, done: 2, acknowledged: 0, delivered: 2 });
    // Acknowledgements count where they came, so that a silent hold does not live on what came after it.
    expect(s.windows().map(({ acknowledged }) => acknowledged)).toEqual([0, 2]);
  });

  test('at QoS 0 nothing is promised, and its latency is measured all the same', () => {
    const s = scene({ qos: 0 });
    inHold(s);
    s.offer();
    s.offer();
    s.wait(20);
    s.deliver(1);
    expect(s.windows()[0]).toMatchObject({ possible: 0, done: 0, published: 2, delivered: 1, count: 1 });
  });

  test('what a fault made impossible is not held against the broker, what it did all the same counts', () => {
    const s = scene({}, {}, 1_000);
    inHold(s);
    const end = s.recorder.impact({ unavailableNodes: ['node2'], cutPaths: [] }, s.nowMs);
    s.publish(4);
    s.deliver(1);
    end(s.nowMs + 500);
    expect(s.windows()[0]).toMatchObject({ possible: 5, done: 5 });
  });

  test.each([
    [
      'its publisher is cut off: neither acknowledgements nor deliveries',
      { unavailableNodes: ['node1'], cutPaths: [] },
      0,
    ],
    ['the way is cut: no deliveries', { unavailableNodes: [], cutPaths: [{ from: 'node1', to: 'node2' }] }, 2],
    [
      'the way back is cut: everything is still possible',
      { unavailableNodes: [], cutPaths: [{ from: 'node2', to: 'node1' }] },
      4,
    ],
    ['another node is down', { unavailableNodes: ['node3'], cutPaths: [] }, 4],
    ['a fault that makes nothing impossible', noImpact, 4],
  ])('an impact: %s', (_, impact, possible) => {
    const s = scene({}, {}, 1_000);
    inHold(s);
    s.recorder.impact(impact, s.nowMs);
    s.offer();
    s.offer();
    expect(s.windows()[0]?.possible).toBe(possible);
  });

  test('an impact excuses the windows whose operations it met before their deadline, and no others', () => {
    const s = scene({}, {}, 1_000);
    inHold(s);
    s.offer();
    s.wait(3_000);
    const end = s.recorder.impact({ unavailableNodes: ['node1'], cutPaths: [] }, s.nowMs);
    s.offer();
    s.wait(1_000);
    end(s.nowMs);
    s.offer();
    s.wait(5_000);
    s.offer();
    // Windows of a second from 10 s on: only operations due after 11 s can meet a fault that began at 13 s.
    expect(s.windows().map(({ possible }) => possible)).toEqual([2, 0, 0, 0, 2, 0, 0, 0, 0, 2]);
  });

  test('a subscriber that is away of its own will misses nothing, and gets its backlog late without blame', () => {
    const s = scene();
    inHold(s);
    const end = s.recorder.away(s.subscriber, s.nowMs);
    s.publish(3);
    s.wait(400);
    end(s.nowMs);
    s.publish(2);
    s.wait(100);
    s.deliver(1, 2, 3, 4, 5);
    // Five acknowledgements, and the deliveries of the two that fell due after its return.
    expect(s.windows()[0]).toMatchObject({ possible: 7, done: 7, delivered: 5, count: 2 });
    expect(s.windows()[0]?.maxMs).toBeLessThan(110);
  });

  test('an absence that is over does not excuse what follows', () => {
    const s = scene({}, {}, 1_000);
    inHold(s);
    s.recorder.away(s.subscriber, s.nowMs)(s.nowMs + 100);
    s.wait(100);
    s.offer();
    expect(s.windows()[0]?.possible).toBe(2);
  });

  test('before the first phase nothing is measured, though everything is accounted for', () => {
    const s = scene();
    s.publish(3);
    s.deliver(1, 2, 3);
    s.recorder.reconnected(s.nowMs);
    expect(s.windows()).toEqual([]);
    expect(account(s.history())).toMatchObject({ published: 3, delivered: 3 });
  });

  test('reconnects are counted where they happen', () => {
    const s = scene();
    inHold(s);
    s.wait(1_200);
    s.recorder.reconnected(s.nowMs);
    expect(s.windows().map(({ reconnects }) => reconnects)).toEqual([0, 1]);
  });
});

describe('latency', () => {
  test('runs from the moment the message was due to its first receipt', () => {
    const s = scene();
    s.recorder.mark('hold', s.nowMs, 1_000);
    s.publish(2);
    s.wait(100);
    s.deliver(1, 1);
    s.wait(100);
    s.deliver(2);
    const [window] = s.windows();
    expect(window?.count).toBe(2);
    expect(window?.p50Ms).toBeGreaterThanOrEqual(100);
    expect(window?.p50Ms).toBeLessThan(102);
    expect(window?.maxMs).toBeGreaterThanOrEqual(200);
    expect(window?.maxMs).toBeLessThan(204);
  });

  test('of messages that a fault had cut is not the broker’s', () => {
    const s = scene();
    s.recorder.mark('hold', s.nowMs, 1_000);
    s.publish(1);
    const end = s.recorder.impact({ unavailableNodes: ['node2'], cutPaths: [] }, s.nowMs + 10);
    s.wait(2_000);
    end(s.nowMs);
    s.deliver(1);
    expect(s.windows()[0]).toMatchObject({ delivered: 1, count: 0, p99Ms: null });
  });

  test('beyond ten minutes is ten minutes', () => {
    const s = scene();
    s.recorder.mark('hold', s.nowMs, 1_000);
    s.publish(1);
    s.recorder.received(s.subscription, 1, 10_000, 10_000 + 3_600_000, { dup: false });
    expect(s.recorder.summaries({ histograms: false })[0]?.maxMs).toBeGreaterThanOrEqual(600_000);
  });
});
