import { describe, expect, test } from '@jest/globals';
import { account } from '../../../src/checks/accounting.ts';
import { exactlyOnce } from '../../../src/checks/exactly-once.ts';
import { noAcknowledgedLoss } from '../../../src/checks/no-acknowledged-loss.ts';
import { ordering } from '../../../src/checks/ordering.ts';
import { sessionState } from '../../../src/checks/session-state.ts';
import { type Impact, noImpact } from '../../../src/model/impact.ts';
import { MovingSession, reunionMs } from '../../../src/workload/flows/stream/moving-session.ts';
import type { SubscriberPlan } from '../../../src/workload/flows/stream/plan.ts';
import { expectNothing, theOne } from '../../support/histories.ts';
import { oneFlow } from '../../support/plans.ts';

const deadlineMs = 5_000;
/** The node that the clients begin at is dead. */
const killed: Impact = { unavailableNodes: ['node1'], cutPaths: [] };

describe('what a CONNACK means to a client that goes from node to node', () => {
  /** It is served by node1 from 0 until 10,000 ms. */
  function served() {
    const session = new MovingSession(deadlineMs);
    session.connecting('node1');
    session.connected('node1', false, 0, () => true);
    session.closed(10_000);
    return session;
  }
  const faultUntil = (endMs: number) => (sinceMs: number) => sinceMs < endMs;
  const noFault = () => false;
  const stayed = { hasMoved: false, isUndecided: false, isRestarted: false };
  const restarted = { hasMoved: true, isUndecided: true, isRestarted: true };

  test('at its own node: nothing is excused, whatever faults there are', () => {
    const session = served();
    session.connecting('node1');
    expect(session.connected('node1', false, 11_000, () => true)).toEqual(stayed);
  });

  test('at another one, without its session, under a fault: a new session is legal', () => {
    const session = served();
    session.connecting('node2');
    expect(session.connected('node2', false, 11_000, faultUntil(10_000))).toEqual(restarted);
  });

  test('the same where there was no fault: the nodes are one server', () => {
    const session = served();
    session.connecting('node2');
    expect(session.connected('node2', false, 11_000, noFault)).toEqual({ ...stayed, hasMoved: true });
  });

  test.each([
    [9_000, true],
    [4_000, false],
  ])('a fault that ended at %d ms excuses what was last heard at 10,000 ms: %p', (endMs, isRestarted) => {
    const session = served();
    session.connecting('node2');
    expect(session.connected('node2', false, 11_000, faultUntil(endMs)).isRestarted).toBe(isRestarted);
  });

  test('a node that says that it has the session is held to it', () => {
    const session = served();
    session.connecting('node2');
    expect(session.connected('node2', true, 11_000, () => true)).toMatchObject({ hasMoved: true, isRestarted: false });
  });

  test('but not where a third node may have got a CONNECT that it did not answer', () => {
    const session = served();
    session.connecting('node3');
    session.connecting('node2');
    expect(session.connected('node2', true, 15_000, () => true)).toEqual(restarted);
  });

  test('a CONNECT that was refused is answered', () => {
    const session = served();
    session.connecting('node3');
    session.refused();
    session.connecting('node2');
    expect(session.connected('node2', true, 15_000, () => true)).toMatchObject({ hasMoved: true, isRestarted: false });
  });

  test('a client that was at another node in between has moved, though it is back where it was', () => {
    const session = served();
    session.connecting('node2');
    session.connecting('node1');
    expect(session.connected('node1', false, 15_000, () => true)).toEqual(restarted);
  });

  test('of two sessions one may go, until the cluster has had the time to become one; then no more', () => {
    const divided = (heardMs: number) => {
      const session = served();
      session.connecting('node2');
      session.connected('node2', false, 11_000, () => true);
      session.closed(heardMs);
      session.connecting('node2');
      return session.connected('node2', false, heardMs + 1, faultUntil(20_000));
    };
    expect(divided(20_000 + reunionMs - 1).isRestarted).toBe(true);
    expect(divided(20_000 + reunionMs + 1)).toEqual(stayed);
  });
});

/** A flow whose publisher goes from node to node, and a subscriber that does so too; a clock moved by hand. */
function scene(session: SubscriberPlan['session'] = 'persistent', qos: 1 | 2 = 2) {
  const made = oneFlow({ moves: true, qos }, { moves: true, session, node: 'node1' }, deadlineMs);
  const { recorder, flow, subscription, subscriber } = made;
  let nowMs = 100_000;
  const ofReader = recorder.session(subscriber.clientId, 'node1', 'subscriber', [0], session, true);
  const ofWriter = recorder.session(flow.plan.clientId, 'node1', 'publisher', [], 'persistent', true);
  recorder.client(subscriber.clientId, 'node1', 'subscriber', nowMs).enter('serving', nowMs);
  const scene = {
    recorder,
    wait(ms: number) {
      nowMs += ms;
    },
    impact: (impact: Impact = killed) => recorder.impact(impact, nowMs),
    /** So many messages are written now, and acknowledged; their sequence numbers. */
    publish(count: number): number[] {
      return Array.from({ length: count }, () => {
        const sequence = recorder.due(flow, nowMs);
        recorder.written(flow, sequence, nowMs);
        recorder.wrote(ofWriter, sequence);
        recorder.acknowledged(flow, sequence, nowMs, nowMs);
        return sequence;
      });
    },
    deliver(sequences: readonly number[]) {
      for (const sequence of sequences) {
        recorder.arrived(subscription, sequence);
        recorder.received(subscription, sequence, nowMs, nowMs, { dup: false, messageId: 1, qos });
      }
    },
    /** The subscriber is let in by a node, and subscribes unless its session is there. */
    reader(node: string, sessionPresent: boolean) {
      recorder.connecting(ofReader, node);
      const { isRestarted } = recorder.connected(ofReader, sessionPresent, nowMs, node);
      if (isRestarted) recorder.sessionRestarted(subscriber);
      if (sessionPresent && !isRestarted) return;
      recorder.subscribed(ofReader);
      recorder.granted(subscription, qos, nowMs);
    },
    readerIsLost() {
      recorder.disconnected(ofReader, nowMs);
      if (session === 'clean') recorder.cleanSessionEnded(subscriber, nowMs);
    },
    writer(node: string, sessionPresent: boolean) {
      recorder.disconnected(ofWriter, nowMs);
      recorder.connecting(ofWriter, node);
      const { hasMoved, isUndecided } = recorder.connected(ofWriter, sessionPresent, nowMs, node);
      if (hasMoved && isUndecided) recorder.publisherMoved(flow, nowMs);
    },
    history: () => recorder.history(nowMs),
  };
  scene.writer('node1', false);
  scene.reader('node1', false);
  return scene;
}

const all = [noAcknowledgedLoss, ordering, exactlyOnce, sessionState];
const expectNothingOf = (s: ReturnType<typeof scene>): void => {
  for (const check of all) expectNothing(check, s.history());
};

describe('a subscriber whose node is killed and that comes back at another one', () => {
  /** 1 to 5 have arrived, 6 and 7 are in its session at the dead node, 8 is written while it is away. */
  function moved(sessionPresent: boolean) {
    const s = scene();
    s.deliver(s.publish(5));
    s.publish(2);
    const heal = s.impact();
    s.readerIsLost();
    s.publish(1);
    s.wait(500);
    s.reader('node2', sessionPresent);
    return { ...s, heal };
  }

  test('to a new session is owed what is written from then on', () => {
    const s = moved(false);
    s.deliver(s.publish(4));
    expectNothingOf(s);
    expect(account(s.history())).toMatchObject({
      lost: 0,
      legallyUndelivered: { 'its client had to leave its session at a node that a fault had struck': 3 },
    });
  });

  test('and a message that it misses after one that has shown its subscription at work is lost', () => {
    const s = moved(false);
    const [first = 0, , third = 0] = s.publish(3);
    s.deliver([first, third]);
    expect(theOne(noAcknowledgedLoss, s.history()).facts).toMatchObject({ sequence: 10 });
  });

  test('to a broker that has kept its session is owed all of it', () => {
    const s = moved(true);
    s.deliver([6, 7, 8]);
    expectNothingOf(s);
    const without = moved(true);
    without.deliver([6, 8]);
    expect(theOne(noAcknowledgedLoss, without.history()).facts).toMatchObject({ sequence: 7 });
  });

  test('may get again, and late, what its older session had; what is written when the cluster is one again it may not', () => {
    const s = moved(false);
    s.deliver(s.publish(2));
    s.heal(102_000);
    s.wait(3_000);
    // Its first node is back, and hands on what it had.
    s.deliver([5, 6, 7]);
    expectNothingOf(s);
    s.wait(reunionMs);
    const later = s.publish(2);
    s.deliver(later);
    expectNothingOf(s);
    s.deliver(later.slice(0, 1));
    expect(theOne(exactlyOnce, s.history()).facts).toMatchObject({ sequence: later[0] });
  });

  test('is not excused where no fault was: its session is lost, and what was in it', () => {
    const s = scene();
    s.wait(1_000);
    s.deliver(s.publish(5));
    s.publish(1);
    s.readerIsLost();
    s.reader('node2', false);
    expect(theOne(sessionState, s.history())).toMatchObject({
      what: 'subscriber at node2 came back and was told session present = 0: its session was lost',
      facts: { node: 'node2', cameFrom: 'node1' },
    });
    expect(theOne(noAcknowledgedLoss, s.history()).facts).toMatchObject({ sequence: 6 });
  });

  test('with a clean session, where the nodes have none in common, is owed what is written from then on', () => {
    const s = scene('clean');
    s.deliver(s.publish(5));
    s.impact();
    s.publish(2);
    s.readerIsLost();
    s.wait(500);
    s.reader('node2', false);
    s.deliver(s.publish(2));
    // Another node delivers what the first one had delivered already.
    s.deliver([5]);
    expectNothingOf(s);
    const [first = 0, , third = 0] = s.publish(3);
    s.deliver([first, third]);
    expect(theOne(noAcknowledgedLoss, s.history()).facts).toMatchObject({ sequence: first + 1 });
  });

  test('hears of a node that a partition keeps from it when the partition is over, and then has to', () => {
    const cut: Impact = { unavailableNodes: [], cutPaths: [{ from: 'node3', to: 'node2' }] };
    const s = moved(false);
    const join = s.recorder.impact(cut, 100_500);
    s.wait(20_000);
    s.publish(3);
    join(121_000);
    s.heal(121_000);
    expectNothingOf(s);
    s.wait(4_000);
    s.publish(1);
    s.wait(10_000);
    const [first] = s.publish(1);
    expect(theOne(noAcknowledgedLoss, s.history()).facts).toMatchObject({ sequence: first });
  });
});

describe('a publisher whose node is killed and that goes on at another one', () => {
  /** 1 to 3 have arrived, 4 and 5 are acknowledged by the dead node and on its disk; 6 and 7 are written at the other one. */
  function moved(impact: Impact | undefined) {
    const s = scene();
    s.deliver(s.publish(3));
    s.publish(2);
    if (impact) s.impact(impact);
    s.wait(500);
    s.writer('node2', false);
    s.deliver(s.publish(2));
    return s;
  }

  test('what it wrote before may come later, when its first node is back, in its own order', () => {
    const s = moved(killed);
    s.deliver([4, 5]);
    expectNothingOf(s);
    const disordered = moved(killed);
    disordered.deliver([5, 4]);
    expect(theOne(ordering, disordered.history()).facts).toMatchObject({ sequence: 4, after: 5 });
  });

  test('but has to come', () => {
    const s = moved(killed);
    s.deliver([4]);
    expect(theOne(noAcknowledgedLoss, s.history()).facts).toMatchObject({ sequence: 5 });
  });

  test('and what it writes there keeps its order', () => {
    const s = moved(killed);
    s.deliver([4, 5]);
    const [first = 0, second = 0] = s.publish(2);
    s.deliver([second, first]);
    expect(theOne(ordering, s.history()).facts).toMatchObject({ sequence: first, after: second });
  });

  test('where no fault was, the order is owed across its nodes', () => {
    const s = moved(undefined);
    s.deliver([4]);
    s.deliver([5]);
    expect(s.history().subscriptions[0]?.overtaken).toEqual([[4, 5]]);
    // Whether the other node knows a session that has no subscription is another matter.
    expectNothing(sessionState, s.history());
  });

  test('a fault that strikes no node excuses no more than one that kills', () => {
    const s = moved(noImpact);
    s.deliver([4]);
    expect(theOne(noAcknowledgedLoss, s.history()).facts).toMatchObject({ sequence: 5 });
  });
});
