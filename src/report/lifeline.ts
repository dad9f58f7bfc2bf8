import { plural } from '../base/count.ts';
import type { EpisodeClient, EpisodeRecord, Evidence, FaultRecord, ScenarioRecord } from '../model/record.ts';
import { formatMs } from '../model/units.ts';
import { code, type Inline, joined, own, say } from './document.ts';
import { shortClient } from './format.ts';

/** What happened around an episode: rows over one time axis, for a picture, and the same as lines. Times are milliseconds since the run's start. */
export type Lifeline = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly rows: readonly LifelineRow[];
  /** In their order. */
  readonly events: readonly LifelineEvent[];
};

export type LifelineRow = {
  /** Text from outside. */
  readonly name: string;
  readonly bars: readonly LifelineBar[];
  readonly marks: readonly { readonly atMs: number; readonly what: string }[];
};

/** `toMs` null: until the end of the scenario. */
export type LifelineBar = {
  readonly fromMs: number;
  readonly toMs: number | null;
  readonly kind: 'due' | 'connection' | 'connection-without-session' | 'fault' | 'unproven-fault' | 'drain';
  readonly what: string;
};

export type LifelineEvent = { readonly atMs: number; readonly text: Inline };

/** A little room before the first message, as a share of the whole. */
const marginShare = 0.04;
/** Of a longer time after the episode only the lines tell. */
const mostAfterMs = 120_000;
/** A fault that began this soon after the messages is named with them: what was acknowledged just before it may have been lost by it. */
const soonMs = 5_000;

/** The lifeline of an episode: when its messages were due and acknowledged, what its clients and the faults did, when the books were closed. Pure. */
export function lifelineOf(scenario: ScenarioRecord, episode: EpisodeRecord): Lifeline {
  const drain = scenario.phases.find(({ name }) => name === 'drain');
  const faults = scenario.faults.filter((fault) => concerns(fault, episode));
  const rows = [
    messagesRow(episode),
    clientRow('from', episode.publisher),
    clientRow('to', episode.subscriber),
    ...faultRows(faults),
    ...(drain ? [drainRow(drain)] : []),
  ].filter(({ bars, marks }) => bars.length + marks.length > 0);
  const edges = rows
    .flatMap(({ bars, marks }) => [
      ...bars.flatMap(({ fromMs, toMs }) => [fromMs, toMs ?? fromMs]),
      ...marks.map(({ atMs }) => atMs),
    ])
    .filter((ms) => ms >= episode.fromMs);
  const lastMs = Math.min(Math.max(episode.toMs + 100, ...edges), episode.toMs + mostAfterMs);
  const marginMs = (lastMs - episode.fromMs) * marginShare;
  const [fromMs, toMs] = [Math.floor(episode.fromMs - marginMs), Math.ceil(lastMs + marginMs)];
  return {
    fromMs,
    toMs,
    rows: rows.filter((row) => isWithin(row, fromMs, toMs)),
    events: [
      ...messageEvents(episode),
      ...clientEvents(episode.publisher, episode),
      ...clientEvents(episode.subscriber, episode),
      ...faultEvents(faults),
      ...(drain ? [{ atMs: drain.endMs, text: drainedText(episode) }] : []),
    ].toSorted((a, b) => a.atMs - b.atMs),
  };
}

/** `message 78`, or `messages 78 to 82`; with gaps `4 of the messages 78 to 90`. */
export function messagesText({ first, last, messages }: Pick<EpisodeRecord, 'first' | 'last' | 'messages'>): string {
  if (first === last) return `message ${first}`;
  const range = `messages ${first} to ${last}`;
  return messages === last - first + 1 ? range : `${messages} of the ${range}`;
}

/** Faults that were in force at some time from the first message on, or had ended not long before it. */
function concerns({ startMs, endMs }: FaultRecord, { fromMs }: EpisodeRecord): boolean {
  return endMs > startMs && endMs >= fromMs - 10_000;
}

function messagesRow(episode: EpisodeRecord): LifelineRow {
  const { fromMs, toMs, first, acknowledgedMs, seenMs } = episode;
  const [acknowledged] = acknowledgedMs;
  return {
    name: messagesText(episode),
    bars: [{ fromMs, toMs, kind: 'due', what: `due from ${clock(fromMs)} to ${clock(toMs)}` }],
    marks: [
      ...(acknowledged === null
        ? []
        : [{ atMs: acknowledged, what: `message ${first} acknowledged at ${clock(acknowledged)}` }]),
      ...(seenMs === null
        ? []
        : [{ atMs: seenMs, what: `message ${first} received late or again at ${clock(seenMs)}` }]),
    ],
  };
}

function clientRow(way: 'from' | 'to', episodeClient: EpisodeClient): LifelineRow {
  const { client, node, connections, connectionsLeftOut } = episodeClient;
  const leftOut = connectionsLeftOut === 0 ? '' : `, ${plural(connectionsLeftOut, 'later connection')} not shown`;
  return {
    name: `${way} ${shortClient(client)} at ${node}${leftOut}`,
    bars: connections.map(({ fromMs, toMs, sessionPresent }) => ({
      fromMs,
      toMs,
      kind: sessionPresent ? 'connection' : 'connection-without-session',
      what: `connected at ${clock(fromMs)}, session present = ${sessionPresent ? 1 : 0}${toMs === null ? '' : `, until ${clock(toMs)}`}`,
    })),
    marks: [],
  };
}

/** A row for each fault, those of one kind together where there are many. */
function faultRows(faults: readonly FaultRecord[]): LifelineRow[] {
  const name = ({ kind, target }: FaultRecord): string => (faults.length <= 3 ? `${kind} on ${target}` : kind);
  return [...new Set(faults.map(name))].map((row) => ({
    name: row,
    bars: faults
      .filter((fault) => name(fault) === row)
      .map(({ kind, target, startMs, endMs, proven }) => ({
        fromMs: startMs,
        toMs: endMs,
        kind: proven ? 'fault' : 'unproven-fault',
        what: `${kind} on ${target} from ${clock(startMs)} to ${clock(endMs)}${proven ? '' : ', not proven'}`,
      })),
    marks: [],
  }));
}

function drainRow({ startMs, endMs }: { readonly startMs: number; readonly endMs: number }): LifelineRow {
  return {
    name: 'drain: waiting for what is still owed',
    bars: [{ fromMs: startMs, toMs: endMs, kind: 'drain', what: `from ${clock(startMs)} to ${clock(endMs)}` }],
    marks: [],
  };
}

function isWithin({ bars, marks }: LifelineRow, fromMs: number, toMs: number): boolean {
  return (
    bars.some((bar) => bar.fromMs <= toMs && (bar.toMs ?? toMs) >= fromMs) ||
    marks.some(({ atMs }) => atMs >= fromMs && atMs <= toMs)
  );
}

function messageEvents(episode: EpisodeRecord): LifelineEvent[] {
  const { first, last, fromMs, toMs, acknowledgedMs, seenMs, publisher, subscriber } = episode;
  const [acknowledged, lastAcknowledged] = acknowledgedMs;
  const by = say`by ${publisher.node}`;
  return [
    { atMs: fromMs, text: own(`message ${first} due`) },
    ...(acknowledged === null ? [] : [{ atMs: acknowledged, text: say`message ${first} acknowledged ${by}` }]),
    ...(first === last ? [] : [{ atMs: toMs, text: own(`message ${last} due, the last`) }]),
    ...(first === last || lastAcknowledged === null
      ? []
      : [{ atMs: lastAcknowledged, text: say`message ${last} acknowledged ${by}` }]),
    ...(seenMs === null
      ? []
      : [{ atMs: seenMs, text: say`message ${first} received late or again by ${shortClient(subscriber.client)}` }]),
  ];
}

function clientEvents(
  { client, node, connections, connectionsLeftOut }: EpisodeClient,
  episode: EpisodeRecord,
): LifelineEvent[] {
  const name = say`${shortClient(client)}`;
  const further = connectionsLeftOut === 0 ? '' : `; ${plural(connectionsLeftOut, 'further connection')} followed`;
  return connections.flatMap(({ fromMs, toMs, sessionPresent }, index) => [
    {
      atMs: fromMs,
      text: say`${name} connected to ${node}, session present = ${sessionPresent ? 1 : 0}${own(index === connections.length - 1 ? further : '')}`,
    },
    // The end of a connection that began after the episode is not part of it.
    ...(toMs === null || fromMs > episode.toMs ? [] : [{ atMs: toMs, text: say`connection of ${name} ended` }]),
  ]);
}

function faultEvents(faults: readonly FaultRecord[]): LifelineEvent[] {
  return faults.flatMap(({ kind, target, startMs, endMs }) => [
    { atMs: startMs, text: say`fault begins: ${kind} on ${target}` },
    { atMs: endMs, text: say`fault ends: ${kind} on ${target}` },
  ]);
}

function drainedText({ seenMs, examplesOnly }: EpisodeRecord): Inline {
  return seenMs === null && examplesOnly === undefined ? say`drained: these messages had not arrived` : say`drained`;
}

/** Seconds since the start of the run, fine enough to tell an acknowledgement from what followed it. */
export function clock(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}

/** What was being done to the cluster at some moment: words around the names of faults. */
type Meanwhile = { readonly lead: string; readonly faults: readonly FaultRecord[]; readonly rest: string };

/**
 * What was being done to the cluster at this moment, which `moment` names: the faults in force, or else the next one that began soon after, or
 * the last that had ended.
 */
export function meanwhile(faults: readonly FaultRecord[], atMs: number, moment: string): Inline {
  const { lead, faults: named, rest } = meanwhileOf(faults, atMs, moment);
  const names = joined(
    faultNames(named).map(({ name, proof }) => say`${code(name)} ${own(proof)}`),
    ' and ',
  );
  return say`${own(lead)}${names}${own(rest)}`;
}

/** The same as plain text. */
export function meanwhileText(faults: readonly FaultRecord[], atMs: number, moment: string): string {
  const { lead, faults: named, rest } = meanwhileOf(faults, atMs, moment);
  const names = faultNames(named).map(({ name, proof }) => `${name} ${proof}`);
  return `${lead}${names.join(' and ')}${rest}`;
}

function meanwhileOf(faults: readonly FaultRecord[], atMs: number, moment: string): Meanwhile {
  const struck = faults.filter(({ startMs, endMs }) => endMs > startMs);
  const inForce = struck.filter(({ startMs, endMs }) => startMs <= atMs && endMs >= atMs);
  if (inForce.length > 0) return { lead: 'In force then: ', faults: inForce, rest: '.' };
  const next = struck.filter(({ startMs }) => startMs > atMs).toSorted((a, b) => a.startMs - b.startMs)[0];
  if (next && next.startMs - atMs <= soonMs)
    return { lead: '', faults: [next], rest: ` began ${formatMs(next.startMs - atMs)} after ${moment}.` };
  const last = struck.filter(({ endMs }) => endMs < atMs).toSorted((a, b) => b.endMs - a.endMs)[0];
  if (last) return { lead: '', faults: [last], rest: ` had ended ${formatMs(atMs - last.endMs)} before ${moment}.` };
  return { lead: next ? 'No fault had begun yet.' : 'No fault was injected.', faults: [], rest: '' };
}

function faultNames(faults: readonly FaultRecord[]): { readonly name: string; readonly proof: string }[] {
  const nameOf = ({ kind, target }: FaultRecord): string => `${kind} on ${target}`;
  return [...new Set(faults.map(nameOf))].map((name) => ({
    name,
    proof: faults.every((fault) => nameOf(fault) !== name || fault.proven) ? '(proven)' : '(not proven)',
  }));
}

/** By which name the moment of an example goes: that of a message that is missing is the one at which it was due. */
export function momentOf({ atMs, facts }: Pick<Evidence, 'atMs' | 'facts'>): string | undefined {
  if (atMs === null) return undefined;
  const how = facts.dueAtMs === atMs ? 'Due' : facts.writtenAtMs === atMs ? 'Written' : 'Seen';
  return `${how} at ${clock(atMs)}.`;
}
