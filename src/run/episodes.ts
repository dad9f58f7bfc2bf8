import { dueMs, type Finding } from '../checks/check.ts';
import { sessionOf } from '../checks/connections.ts';
import type { EpisodeClient, EpisodeRecord, LostRecord, ViolationRecord } from '../model/record.ts';
import type { FlowHistory, SessionHistory, StreamFacts, SubscriptionHistory } from '../workload/flows/stream/facts.ts';

/** Messages that are due further apart than this are of two episodes. */
const gapMs = 2_000;
/** Episodes and connections listed: a report must not grow with what broke. */
const episodeLimit = 20;
const connectionLimit = 8;
/** Episodes whose log lines are kept. */
const loggedLimit = 5;

type Around = {
  readonly relativeMs: (monotonicMs: number) => number;
  readonly logsAt: (monotonicMs: number, naming: readonly string[]) => readonly string[];
};

/** Messages of one flow that broke an invariant on one subscription: sequence numbers, in ranges. */
type Broken = {
  readonly flow: FlowHistory;
  readonly subscription: SubscriptionHistory;
  readonly ranges: readonly Range[];
  readonly examplesOnly: boolean;
  /** When messages were received that should not have been received then. */
  readonly seenMs: ReadonlyMap<number, number>;
};
type Range = readonly [first: number, last: number];

/**
 * The messages of a violation in episodes: a run of sequence numbers of one flow on one subscription is one episode. What was lost is known
 * in full; of other invariants the examples are. Pure.
 */
export function episodesOf(
  { findings, lost = [] }: { readonly findings: readonly Finding[]; readonly lost?: readonly LostRecord[] | undefined },
  stream: StreamFacts,
  around: Around,
): Pick<ViolationRecord, 'episodes' | 'episodesLeftOut'> {
  const broken = lost.length > 0 ? brokenByLoss(lost, stream) : brokenInFindings(findings, stream);
  const all = broken
    .flatMap((one) => runsOf(one).map((run) => ({ ...one, run })))
    .toSorted((a, b) => dueMs(a.flow, a.run.first) - dueMs(b.flow, b.run.first));
  if (all.length === 0) return {};
  const listed = all.slice(0, episodeLimit);
  const leftOut = all.length - listed.length;
  const shownLines = new Set<string>();
  return {
    episodes: listed.map((one, index) => {
      const recorded = record(one, stream, around);
      return { ...recorded, logs: index < loggedLimit ? logsOf(one, stream, around, shownLines) : [] };
    }),
    ...(leftOut === 0 ? {} : { episodesLeftOut: leftOut }),
  };
}

function brokenByLoss(lost: readonly LostRecord[], stream: StreamFacts): Broken[] {
  return lost.flatMap(({ publisher, topic, subscriber, ranges }) =>
    stream.subscriptions.flatMap((subscription) => {
      const flow = stream.flows[subscription.flow];
      const isIt =
        subscription.clientId === subscriber && flow?.flow.clientId === publisher && flow.flow.topic === topic;
      return flow && isIt ? [{ flow, subscription, ranges, examplesOnly: false, seenMs: new Map() }] : [];
    }),
  );
}

/** Findings about a message on a subscription, those of the same together. */
function brokenInFindings(findings: readonly Finding[], stream: StreamFacts): Broken[] {
  return stream.subscriptions.flatMap((subscription) => {
    const flow = stream.flows[subscription.flow];
    if (!flow) return [];
    const seenMs = new Map<number, number>();
    const sequences: number[] = [];
    for (const { facts, atMs } of findings) {
      const { sequence } = facts;
      if (facts.flow !== flow.flow.name || facts.subscriber !== subscription.clientId) continue;
      if (typeof sequence !== 'number' || sequence < 1) continue;
      sequences.push(sequence);
      if (atMs !== null && atMs > dueMs(flow, sequence)) seenMs.set(sequence, atMs);
    }
    if (sequences.length === 0) return [];
    const ranges = [...new Set(sequences)].toSorted((a, b) => a - b).map((sequence): Range => [sequence, sequence]);
    return [{ flow, subscription, ranges, examplesOnly: true, seenMs }];
  });
}

type Run = { readonly first: number; readonly last: number; readonly messages: number };

/** Ranges that are due close together as one run. */
function runsOf({ flow, ranges }: Broken): Run[] {
  const runs: Run[] = [];
  for (const [first, last] of ranges) {
    const before = runs.at(-1);
    const messages = last - first + 1;
    if (before && dueMs(flow, first) - dueMs(flow, before.last) <= gapMs)
      runs[runs.length - 1] = { first: before.first, last, messages: before.messages + messages };
    else runs.push({ first, last, messages });
  }
  return runs;
}

type Episode = Broken & { readonly run: Run };

function record(
  { flow, subscription, run, examplesOnly, seenMs }: Episode,
  stream: StreamFacts,
  { relativeMs }: Around,
): Omit<EpisodeRecord, 'logs'> {
  const span = [dueMs(flow, run.first), dueMs(flow, run.last)] as const;
  const seen = seenMs.get(run.first);
  const client = (clientId: string, node: string): EpisodeClient => ({
    ...{ client: clientId, node },
    ...connectionsOf(sessionOf(stream, clientId), span[0], relativeMs),
  });
  const acknowledged = (sequence: number): number | null => {
    const atMs = acknowledgedAtMs(flow, sequence);
    return atMs === undefined ? null : relativeMs(atMs);
  };
  return {
    flow: flow.flow.name,
    qos: flow.flow.qos,
    publisher: client(flow.flow.clientId, flow.flow.node),
    subscriber: client(subscription.clientId, subscription.node),
    ...run,
    ...(examplesOnly ? { examplesOnly } : {}),
    fromMs: relativeMs(span[0]),
    toMs: relativeMs(span[1]),
    acknowledgedMs: [acknowledged(run.first), acknowledged(run.last)],
    seenMs: seen === undefined ? null : relativeMs(seen),
  };
}

function acknowledgedAtMs(flow: FlowHistory, sequence: number): number | undefined {
  return flow.acknowledgedAtMs.find(([of]) => of === sequence)?.[1];
}

/** From the last connection that began before the messages were due; the first of them where there are many. */
function connectionsOf(
  session: SessionHistory | undefined,
  fromMs: number,
  relativeMs: (ms: number) => number,
): Pick<EpisodeClient, 'connections' | 'connectionsLeftOut'> {
  const all = session?.connections ?? [];
  const begin = Math.max(
    0,
    all.findLastIndex(({ connectedMs }) => connectedMs <= fromMs),
  );
  const near = all.slice(begin);
  return {
    connections: near.slice(0, connectionLimit).map(({ connectedMs, disconnectedMs, sessionPresent }) => ({
      fromMs: relativeMs(connectedMs),
      toMs: disconnectedMs === null ? null : relativeMs(disconnectedMs),
      sessionPresent,
    })),
    connectionsLeftOut: Math.max(0, near.length - connectionLimit),
  };
}

/**
 * What the nodes logged when the first message was acknowledged, when it was seen, and when the subscriber came back; lines in `shown` are
 * not told again.
 */
function logsOf(
  { flow, subscription, run, seenMs }: Episode,
  stream: StreamFacts,
  { relativeMs, logsAt }: Around,
  shown: Set<string>,
): EpisodeRecord['logs'] {
  const dueAtMs = dueMs(flow, run.first);
  const acknowledged = acknowledgedAtMs(flow, run.first);
  const seen = seenMs.get(run.first);
  const back = sessionOf(stream, subscription.clientId)?.connections.find(({ connectedMs }) => connectedMs > dueAtMs);
  const { clientId, node } = subscription;
  const moments = [
    acknowledged === undefined
      ? { moment: `message ${run.first} was due`, atMs: dueAtMs }
      : { moment: `message ${run.first} was acknowledged by ${flow.flow.node}`, atMs: acknowledged },
    ...(back ? [{ moment: `${clientId} came back to ${node}`, atMs: back.connectedMs }] : []),
    ...(seen === undefined ? [] : [{ moment: `message ${run.first} reached ${clientId}`, atMs: seen }]),
  ].toSorted((a, b) => a.atMs - b.atMs);
  return moments.flatMap(({ moment, atMs }) => {
    const lines = logsAt(atMs, [clientId, flow.flow.clientId, flow.flow.topic]).filter((line) => !shown.has(line));
    for (const line of lines) shown.add(line);
    return lines.length === 0 ? [] : [{ moment, atMs: relativeMs(atMs), lines: [...new Set(lines)] }];
  });
}
