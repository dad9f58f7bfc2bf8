import fc from 'fast-check';
import type { FlowKindName } from '../../src/model/flow-kinds.ts';
import type { ExpiringMessage, ExpiringSession } from '../../src/workload/flows/expiry/facts.ts';
import type { Takeover } from '../../src/workload/flows/handover/facts.ts';
import type { Break, Pending } from '../../src/workload/flows/inflight/facts.ts';
import type { RetainedFacts, RetainedWrite } from '../../src/workload/flows/retained/facts.ts';
import type { SharedGroup } from '../../src/workload/flows/shared/facts.ts';
import type { Leave } from '../../src/workload/flows/unsubscribe/facts.ts';
import type { Will, WillEnd } from '../../src/workload/flows/will/facts.ts';
import type { FlowFacts, History } from '../../src/workload/history.ts';
import type { PathReport } from '../../src/workload/path-report.ts';
import { stories, streamOf } from './delivery-model.ts';
import {
  aBreak,
  aGroup,
  aLeave,
  anExpiringMessage,
  anExpiringSession,
  aPending,
  aReading,
  aTakeover,
  aTopic,
  aWill,
  aWrite,
} from './kind-facts.ts';

/*
 * What a sound broker does with each kind of traffic, whatever the clients and the faults do: random, and always legal.
 */

const ms = (min: number, max: number) => fc.integer({ min, max });
const some = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 3 });

/** The last of some writes is what all nodes have; of one without an acknowledgement, or the one before it. */
const retained: fc.Arbitrary<RetainedFacts> = fc
  .record({
    deletions: fc.array(fc.boolean(), { minLength: 2, maxLength: 6 }),
    acknowledged: fc.boolean(),
    stored: fc.boolean(),
  })
  .map(({ deletions, acknowledged, stored }) => {
    const writes = deletions.map((deletes, i): RetainedWrite => aWrite(i + 1, { deletes }));
    const last = writes
      .slice(-2)
      .map((write, i) => (i === 0 || acknowledged ? write : { ...write, acknowledgedMs: null }));
    const held = acknowledged || stored ? last.at(-1) : last.at(-2);
    const value = held === undefined || held.deletes ? 0 : held.sequence;
    return { topics: [aTopic(last)], readings: [aReading('node1', value), aReading('node2', value)] };
  });

const ends: readonly WillEnd[] = ['disconnect', 'drop', 'silence', 'takeover', 'disconnect-with-will'];

/** The will is sent when its delay is over and its client has not come back, to those who are there. */
const will: fc.Arbitrary<Will> = fc
  .record({
    ...{ end: fc.constantFrom(...ends), qos: fc.constantFrom<0 | 1 | 2>(0, 1, 2), struck: fc.boolean() },
    ...{ delayMs: fc.constantFrom(0, 2_000), awayMs: ms(0, 4_000), isWatched: fc.boolean(), isDoubled: fc.boolean() },
  })
  .map(({ end, qos, struck, delayMs, awayMs, isWatched, isDoubled }) => {
    const returnedInTime = awayMs < delayMs;
    const isSent = end !== 'disconnect' && !returnedInTime && isWatched;
    const seen = isSent ? [{ observer: 0, copies: qos === 1 && isDoubled ? 2 : 1, firstMs: 5_020 + delayMs }] : [];
    return aWill({ end, qos, struck, returnedInTime, watchedBy: isWatched ? [0] : [], seen });
  });

/** Each message goes to one member. One that breaks off may have taken it along: at QoS 1 another one gets it as well. */
const group: fc.Arbitrary<SharedGroup> = fc
  .record({
    qos: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
    fates: fc.array(
      fc.constantFrom('acknowledged', 'acknowledged', 'unknown', 'taken along', 'session ended', 'published again'),
      {
        minLength: 1,
        maxLength: 20,
      },
    ),
  })
  .map(({ qos, fates }) => {
    const those = (...of: readonly string[]) => fates.flatMap((fate, i) => (of.includes(fate) ? [i + 1] : []));
    const isTwice = qos === 1 ? ['taken along', 'published again'] : ['published again'];
    return aGroup({
      ...{
        qos,
        offered: fates.length,
        acknowledged: qos === 0 ? [] : those('acknowledged', 'taken along', 'session ended', 'published again'),
      },
      ...{ received: those('acknowledged', 'taken along', 'published again'), twice: those(...isTwice) },
      ...{ sessionEnded: those('session ended'), publishedAgain: those('published again') },
    });
  });

/** The older connection is closed sooner or later, or nobody answers on it any more; a partition may keep its node from hearing. */
const takeover: fc.Arbitrary<Takeover> = fc
  .record({
    closedAfterMs: ms(0, 20_000),
    isClosed: fc.boolean(),
    isPartitioned: fc.boolean(),
    answeredAfterMs: ms(0, 7_999),
  })
  .map(({ closedAfterMs, isClosed, isPartitioned, answeredAfterMs }) =>
    aTakeover({
      olderClosedMs: isClosed ? 2_000 + closedAfterMs : null,
      olderAnsweredMs: 2_000 + (isPartitioned ? 30_000 : answeredAfterMs),
      struck: isPartitioned,
    }),
  );

const pending: fc.Arbitrary<Pending> = fc
  .record({
    ...{ qos: fc.constantFrom<1 | 2>(1, 2), packetId: ms(1, 65_535) },
    /** Of the exchange before the client broke off; a PUBREC may have been lost with an earlier connection. */
    had: fc.constantFrom('publish', 'pubrec', 'lost pubrec', 'pubrel'),
  })
  .map(({ qos, had, packetId }) => {
    const again = { atMs: 3_010, packet: 'pubrel', dup: false, same: true } as const;
    if (qos === 1 || had === 'publish') return aPending({ qos, packetId });
    if (had === 'pubrel') return aPending({ qos, packetId, waitingFor: 'pubrel', again });
    return aPending({ qos, packetId, maybeReceived: true, ...(had === 'pubrec' ? { again } : {}) });
  });

/** What was pending comes again, unless the connection ends before, or a crash had lost the session. */
const broken: fc.Arbitrary<Break> = fc
  .record({ all: some(pending), lastedMs: ms(0, 30_000), isKept: fc.boolean(), struck: fc.boolean() })
  .map(({ all, lastedMs, isKept, struck }) =>
    aBreak(isKept && lastedMs >= 20 ? all : all.map((one) => ({ ...one, again: null })), {
      ...{ lastedMs, struck, sessionPresent: isKept },
    }),
  );

/** The server's clock ticks in whole seconds: what it counts may be off by one, and its timer may be as late. */
const message: fc.Arbitrary<ExpiringMessage> = fc
  .record({
    waitedMs: ms(0, 30_000),
    tick: fc.constantFrom(Math.floor, Math.ceil, Math.round),
    ackMs: ms(0, 500),
    readMs: ms(0, 500),
  })
  .map(({ waitedMs, tick, ackMs, readMs }) => {
    const remainingSeconds = 10 - tick(waitedMs / 1_000);
    const returnedMs = 1_000 + waitedMs;
    return anExpiringMessage({
      ...{ acknowledgedMs: 1_000 + Math.min(ackMs, waitedMs), returnedMs },
      delivery: remainingSeconds > 0 ? { atMs: returnedMs + readMs, remainingSeconds } : null,
    });
  });

const session: fc.Arbitrary<ExpiringSession> = fc
  .record({ awayMs: ms(0, 30_000), timerMs: ms(0, 1_000) })
  .map(({ awayMs, timerMs }) =>
    anExpiringSession({
      ...{ returnedMs: 1_000 + awayMs, connectedMs: 1_010 + awayMs },
      sessionPresent: awayMs <= 10_000 + timerMs,
    }),
  );

/** What a partition keeps from the publisher's node may still be sent; without a fault nothing that was written late is. */
const leave: fc.Arbitrary<Leave> = fc
  .boolean()
  .map((struck) =>
    aLeave(struck ? { struck, arrivedCount: 1, arrived: [{ sequence: 9, writtenMs: 5_000, atMs: 5_010 }] } : {}),
  );

/** What happens to the traffic of each kind. */
export const kindModels: { readonly [K in FlowKindName]: fc.Arbitrary<FlowFacts[K]> } = {
  stream: stories.map(streamOf),
  retained,
  will: some(will).map((wills) => ({
    observers: [
      { clientId: 'observer-1', node: 'node1' },
      { clientId: 'observer-2', node: 'node2' },
    ],
    wills,
  })),
  shared: some(group).map((groups) => ({ groups })),
  handover: some(takeover).map((takeovers) => ({ takeovers })),
  inflight: some(broken).map((breaks) => ({ breaks })),
  expiry: fc.record({ messages: some(message), sessions: some(session) }),
  unsubscribe: some(leave).map((leaves) => ({ leaves })),
};

/** What the checks are given of a workload. */
export type Seen = { readonly history: History; readonly paths: PathReport };

const paths: PathReport = {
  startedMs: 20_000,
  endedMs: 21_000,
  accepted: ['node1', 'node2'].map((node) => ({ node, atMs: 20_100 })),
  paths: [
    { from: 'node1', to: 'node2', filter: 'exact', atMs: 20_500, acknowledged: 1, refused: false },
    { from: 'node2', to: 'node1', filter: 'wildcard', atMs: 20_600, acknowledged: 1, refused: false },
  ],
};

/** A workload of one kind, and what fresh clients saw after the heal. */
export function legalHistories(kind: FlowKindName): fc.Arbitrary<Seen> {
  const wire = { breaches: [], breachCounts: [], ends: [], endCount: 0 };
  const facts: fc.Arbitrary<FlowFacts[FlowKindName]> = kindModels[kind];
  return facts.map((own) => ({ history: { facts: { [kind]: own }, wire, notRun: {} }, paths }));
}
