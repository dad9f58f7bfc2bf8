import type {
  Accounting,
  EpisodeRecord,
  Evidence,
  ExpectationRecord,
  FaultRecord,
  PhaseRecord,
  RunRecord,
  ScenarioRecord,
  ViolationRecord,
} from '../../../src/model/record.ts';
import { allRuns, type Estimate, type Figures, isBroken, type Part, partsOf, weighted } from './figures.ts';

/** What a report must show, as its reader sees it: rows by the heads of their tables, in their order, and the lines that have a number. */
export type Expected = {
  readonly rows: ReadonlyMap<string, readonly (readonly string[])[]>;
  readonly lines: readonly string[];
};

export type Medium = 'md' | 'html';

export const none = 'not measured';

export const count = (value: number): string => value.toLocaleString('en-US');
export const points = (score: number | null): string => (score === null ? none : score.toFixed(2));
export const range = ([low, high]: readonly [number, number]): string => `${low.toFixed(2)} to ${high.toFixed(2)}`;
export const percent = (share: number | null): string =>
  share === null ? none : `${Math.floor(share * 10_000 + 1e-6) / 100}%`;
export const many = (value: number, one: string, more = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : more}`;
const at = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const clock = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
const trimmed = (value: number, digits: number): string => String(Number(value.toFixed(digits)));
const stop = (text: string): string => (/[.!?]$/.test(text) || text === '' ? text : `${text}.`);
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const named = (client: string): string => client.replace(/^chaos-[0-9a-f]+-/, '');

/** As people write a time: two digits below 10 ms, one above; seconds below two minutes. */
export function time(ms: number | null): string {
  if (ms === null) return none;
  if (ms < 1_000) return `${trimmed(ms, ms < 10 ? 2 : 1)} ms`;
  return ms < 120_000 ? `${trimmed(ms / 1_000, 1)} s` : `${trimmed(ms / 60_000, 1)} min`;
}

const featureTitles = {
  qos2: 'QoS 2',
  mqtt5: 'MQTT 5',
  retained: 'Retained messages',
  wills: 'Wills',
  sharedSubscriptions: 'Shared subscriptions',
  persistentSessions: 'Persistent sessions',
  emptySessions: 'Sessions without subscriptions',
  sessionsMove: 'Sessions found at another node',
  groupsSpan: 'Shared groups over several nodes',
};

const scenarioHeads =
  'scenario|verdict|score, 95% interval|availability|p99 latency|recovery|faults proven|deliveries accounted';

/** Of report.md or report.html. */
export function expectedReport(record: RunRecord, figures: Figures, medium: Medium): Expected {
  const rows = new Map<string, (readonly string[])[]>();
  const lines: string[] = [];
  const add = (heads: string, ...added: readonly (readonly string[])[]): void => {
    rows.set(heads, [...(rows.get(heads) ?? []), ...added]);
  };
  lines.push(...headLines(record, figures, medium));
  const zero = `counted from the start of the run, ${record.startedAt}`;
  lines.push(
    medium === 'md'
      ? `Times below are ${zero}, those of a chart from the start of its steady phase. The bars of a chart show when a fault was in force; they measure nothing.`
      : `All times below are ${zero}. In the charts, a fault was in force where they are shaded, and a phase began at each dotted line. An operation counts at the time it was due, however late it was done. A gap means that nothing was measured. Drag to zoom, double-click to zoom out.`,
  );
  for (const { scenario, violation } of broken(record)) {
    lines.push(...violationLines(record, scenario, violation, medium));
    for (const { facts } of violation.examples.slice(0, medium === 'md' ? 3 : 5))
      add(
        'fact|value',
        ...Object.entries(facts).map(([name, value]) => [name, value === null ? 'none' : String(value)]),
      );
    const [, ...others] = violation.episodes ?? [];
    if (others.length > 0) add('messages|flow|from|to|due', ...others.map(episodeRow));
  }
  for (const scenario of allRuns(record.scenarios))
    for (const { node, atMs, how } of scenario.crashes)
      lines.push(`${node} ended by itself in ${where(scenario, medium)}`, `At ${at(atMs)}: ${stop(how)}`);
  lines.push(...missed(record).map((one) => missedLine(one, medium)));
  for (const [index, scenario] of record.scenarios.entries()) {
    add(scenarioHeads, scenarioRow(scenario, figures.scenarios[index] ?? { score: null, interval: null }, medium));
    lines.push(`${scenario.name}: ${scenario.title}`, repeating('To repeat this scenario', record, scenario));
    for (const run of [scenario, ...allRuns(scenario.earlier === null ? [] : [scenario.earlier])]) {
      if (run !== scenario) lines.push(`Run ${run.attempt} was ${run.verdict}: ${run.reason}`);
      lines.push(...runLines(run, medium));
      if (run.verdict === 'skipped') continue;
      add('fault|injected|observed|mechanism|in force|proven', ...run.faults.map(faultRow));
      add('measure|expected|measured|met', ...run.expectations.map((one) => expectationRow(run, one)));
      if (medium === 'html') add('', ...sumRows(run.accounting));
      add('phase|from|length|availability|p50|p95|p99|p99.9|max|delivered|reconnects', ...run.phases.map(phaseRow));
      const used = run.phases.filter(({ measures }) => measures !== null && measures.nodes.length > 0);
      add(
        ['node', ...used.map(({ name }) => `${name}: mean CPU in cores, largest memory (growth)`)].join('|'),
        ...nodeRows(used),
      );
    }
  }
  const scores = [...figures.dimensions].filter(([, { score }]) => score !== null);
  if (medium === 'md')
    add('dimension|score|95% interval', ...scores.map(([id, one]) => [id, points(one.score), rangeOf(id, one)]));
  else rows.set('', [...scores.map(([id, { score }]) => [id, '', points(score)]), ...(rows.get('') ?? [])]);
  const { features } = record.broker;
  for (const [name, title] of Object.entries(features === null ? {} : featureTitles)) {
    const feature = features?.[name as keyof typeof featureTitles];
    if (feature) add('feature|available|seen', [title, feature.available ? 'yes' : 'no', feature.seen]);
  }
  lines.push(...environmentLines(record), ...undecidedLines(record, medium));
  return { rows, lines: lines.filter((line) => /\d/.test(line)) };
}

/** Of the comment on a pull request. */
export function expectedComment(record: RunRecord, figures: Figures): Expected {
  const rows = new Map<string, (readonly string[])[]>();
  const add = (heads: string, ...added: readonly (readonly string[])[]): void => {
    rows.set(heads, [...(rows.get(heads) ?? []), ...added]);
  };
  const { scenarios } = record;
  const faults = scenarios.flatMap((scenario) => scenario.faults);
  const sum = (of: (accounting: Accounting) => number): number =>
    scenarios.reduce((all, { accounting }) => all + of(accounting), 0);
  const [owed, lost] = [sum((one) => one.owed), sum((one) => one.lost)];
  const grade = figures.grade === null ? '' : `, ${figures.grade}`;
  const mark = { pass: '✅', fail: '❌', inconclusive: '⚠️', skipped: '⚠️' };
  const lines = [
    `${mark[figures.verdict]} Chaos: ${figures.verdict.toUpperCase()}, ${points(figures.score)} of 10${grade}`,
    `${intervalOf(figures) ?? ''}` +
      `${faults.filter(({ proven }) => proven).length} of ${many(faults.length, 'fault')} proven, ` +
      `${many(owed, 'delivery', 'deliveries')} owed, ${lost === 0 ? 'none' : many(lost, 'delivery', 'deliveries')} lost.`,
    ...capLines(record, figures),
    [
      record.broker.name,
      many(record.broker.nodes, 'node'),
      `tier ${record.tiers.join(', ')}`,
      time(record.durationMs),
    ].join(' · '),
    ...undecidedLines(record, 'md'),
    ...missed(record).map((one) => missedLine(one, 'md')),
  ];
  for (const { scenario, violation } of broken(record)) {
    // The first episode alone has its moments.
    lines.push(...violationLines(record, scenario, violation, 'md', 1));
    for (const { facts } of violation.examples.slice(0, 3))
      add(
        'fact|value',
        ...Object.entries(facts).map(([name, value]) => [name, value === null ? 'none' : String(value)]),
      );
    const [, ...others] = violation.episodes ?? [];
    if (others.length > 0) add('messages|flow|from|to|due', ...others.map(episodeRow));
  }
  for (const scenario of allRuns(scenarios))
    for (const { node, atMs, how } of scenario.crashes)
      lines.push(`${node} ended by itself in ${where(scenario, 'md')}`, `At ${at(atMs)}: ${stop(how)}`);
  for (const [index, scenario] of scenarios.entries()) {
    const runs = allRuns([scenario]).length;
    add('scenario|verdict|score|availability|p99 latency|recovery', [
      `${mark[scenario.verdict]} ${scenario.name}`,
      `${scenario.verdict}${runs > 1 ? ` (${runs} runs)` : ''}`,
      points(figures.scenarios[index]?.score ?? null),
      ...measures(scenario),
    ]);
  }
  return { rows, lines: lines.filter((line) => /\d/.test(line)) };
}

/** The lines with a number of a test case of junit.xml: of its failure, and of what was observed. */
export function expectedCase(
  record: RunRecord,
  scenario: ScenarioRecord,
): { readonly failure: string[]; readonly out: string[] } {
  const runs = allRuns([scenario]);
  const violations = runs
    .flatMap((run) => run.violations.map((one) => ({ ...one, run })))
    .filter((one) => one.count > 0);
  const failure = [
    ...violations
      .filter(({ known }) => known === null)
      .flatMap(({ invariant, count: of, statement, clause, examples, run }) => [
        `${invariant}: ${many(of, 'violation')}. ${stop(statement)}${clause === null ? '' : ` (${clause})`}`,
        ...examples.slice(0, 3).flatMap((one) => [`- ${stop(one.what)}${whenOf(one, run)}`, ...one.logs]),
      ]),
    ...runs.flatMap(({ crashes }) =>
      crashes.flatMap(({ node, atMs, how, lastLines }) => [
        `${node} ended by itself at ${at(atMs)}: ${stop(how)}`,
        ...lastLines,
      ]),
    ),
    ...scenario.expectations
      .filter(({ met, notApplicable }) => !met && notApplicable === undefined)
      .map((one) => `${titles[one.name]}: ${measuredOf(scenario, one)}, expected ${bound(one)}.`),
    repeating('To repeat', record, scenario),
  ];
  const out = [
    `${scenario.verdict}: ${stop(scenario.reason)}`,
    ...scenario.faults.map(
      ({ kind, target, injected, observed, proven }) =>
        `${kind} on ${target}: injected ${injected}; observed ${observed}; ${proven ? 'proven' : 'not proven'}`,
    ),
    ...notApplicableText(scenario),
    ...violations
      .filter(({ known }) => known !== null)
      .map(
        ({ invariant, count: of, known }) =>
          `known issue: ${invariant}, ${many(of, 'violation')}. ${stop(known ?? '')}`,
      ),
  ];
  return { failure: failure.filter((line) => /\d/.test(line)), out: out.filter((line) => /\d/.test(line)) };
}

/** When it was, and what was done to the cluster then. */
function whenOf({ atMs, facts }: Evidence, { faults }: ScenarioRecord): string {
  if (atMs === null) return '';
  const how = facts.dueAtMs === atMs ? 'Due' : facts.writtenAtMs === atMs ? 'Written' : 'Seen';
  return ` ${how} at ${clock(atMs)}. ${thenOf(faults, atMs, 'that')}`;
}

/** The faults in force, or the next one within five seconds. */
function thenOf(faults: readonly FaultRecord[], ms: number, moment: string): string {
  const names = (some: readonly FaultRecord[]): string =>
    some.map(({ kind, target, proven }) => `${kind} on ${target} (${proven ? 'proven' : 'not proven'})`).join(' and ');
  const during = faults.filter(({ startMs, endMs }) => startMs <= ms && endMs >= ms);
  if (during.length > 0) return `In force then: ${names(during)}.`;
  const [next] = faults.filter(({ startMs }) => startMs > ms && startMs - ms <= 5_000);
  if (next) return `${names([next])} began ${time(next.startMs - ms)} after ${moment}.`;
  const last = faults.findLast(({ endMs }) => endMs < ms);
  if (last) return `${names([last])} had ended ${time(ms - last.endMs)} before ${moment}.`;
  return faults.length > 0 ? 'No fault had begun yet.' : 'No fault was injected.';
}

/** The interval says something only of a score that is graded and not capped. */
function intervalOf({ grade, interval, isCapped }: Figures): string | undefined {
  if (grade === null || isCapped || interval === null) return undefined;
  return `95% interval ${range(interval)}. `;
}

/** The repeat command that is quoted for each scenario. */
export function commandOf({ broker, seed }: RunRecord, scenario: ScenarioRecord): string {
  return [
    'chaos-action run',
    ...(broker.config === null ? [] : [`--config ${broker.config}`]),
    ...(broker.preset === null ? [] : [`--broker ${broker.preset}`]),
    `--scenario ${scenario.ownName}`,
    ...Object.entries(scenario.parameters).map(([name, value]) => `--set ${name}=${value}`),
    `--duration ${scenario.holdMs / 1_000}s --nodes ${broker.nodes} --seed ${seed}`,
  ].join(' ');
}

function repeating(words: string, record: RunRecord, scenario: ScenarioRecord): string {
  return `${words}: ${commandOf(record, scenario)}`;
}

function headLines(record: RunRecord, figures: Figures, medium: Medium): string[] {
  const { broker, tiers, durationMs, seed, startedAt } = record;
  const { score, grade, interval, isCapped } = figures;
  const measured = interval === null ? 'interval not measured' : `95% interval ${range(interval)}`;
  const verdict = figures.verdict.toUpperCase();
  const scored =
    grade === null
      ? `not graded (${points(score)} of 10 for what was measured)`
      : `${points(score)} of 10, ${grade} (${isCapped ? 'capped' : measured})`;
  const about = [
    broker.name,
    many(broker.nodes, 'node'),
    `tier ${tiers.join(', ')}`,
    time(durationMs),
    `seed ${seed}`,
    startedAt,
  ];
  const head = [about.join(' · '), ...capLines(record, figures)];
  if (medium === 'md') return [`${verdict}: ${scored}`, ...head];
  return [
    `${verdict} ${points(score)}: ${broker.name}`,
    scored,
    ...head,
    ...cardLines(record),
    `chaos-action ${record.tool.version}. Rendered from report.json, which holds every figure.`,
  ];
}

function capLines(record: RunRecord, { isCapped }: Figures): string[] {
  return isCapped ? [`The score is capped: ${record.cap}.`] : [];
}

/** What broke, a line each; the name of a scenario has its faults the first time. */
function cardLines(record: RunRecord): string[] {
  const seen = new Set<ScenarioRecord>();
  const name = (scenario: ScenarioRecord): string => {
    const known = seen.has(scenario);
    seen.add(scenario);
    return known ? scenario.name : where(scenario, 'html');
  };
  const undecided = record.scenarios.filter(({ verdict }) => verdict === 'inconclusive' || verdict === 'skipped');
  const isGood = record.verdict === 'pass' && undecided.length === 0;
  return [
    ...(isGood ? [`Nothing broke in ${many(record.scenarios.length, 'scenario')}.`] : []),
    ...broken(record).map(
      ({ scenario, violation }) => `${violation.invariant}: ${many(violation.count, 'violation')} in ${name(scenario)}`,
    ),
    ...allRuns(record.scenarios).flatMap((scenario) =>
      scenario.crashes.map(({ node, how }) => `${node} ended by itself in ${name(scenario)}: ${how}`),
    ),
    ...missed(record).map(({ scenario, one }) => `${missedText(scenario, one)}, in ${name(scenario)}`),
  ];
}

function broken({ scenarios }: RunRecord): { scenario: ScenarioRecord; violation: ViolationRecord }[] {
  return allRuns(scenarios).flatMap((scenario) =>
    scenario.violations
      .filter(({ count: of, known }) => of > 0 && known === null)
      .map((violation) => ({ scenario, violation })),
  );
}

function missed({ scenarios }: RunRecord): { scenario: ScenarioRecord; one: ExpectationRecord }[] {
  return scenarios
    .filter(({ verdict }) => verdict === 'fail')
    .flatMap((scenario) =>
      scenario.expectations
        .filter(({ met, notApplicable }) => !met && notApplicable === undefined)
        .map((one) => ({ scenario, one })),
    );
}

/** In a page the first mention of a scenario in the list has its faults. */
function missedLine({ scenario, one }: { scenario: ScenarioRecord; one: ExpectationRecord }, medium: Medium): string {
  const first = scenario.expectations.find(({ met, notApplicable }) => !met && notApplicable === undefined);
  return `${missedText(scenario, one)}, in ${one === first ? where(scenario, medium) : scenario.name}`;
}

export function missedText(scenario: ScenarioRecord, one: ExpectationRecord): string {
  return `${titles[one.name]} ${measuredOf(scenario, one)}, expected ${bound(one)}`;
}

function where(scenario: ScenarioRecord, medium: Medium): string {
  const run = scenario.attempt > 1 ? ` (run ${scenario.attempt})` : '';
  if (medium === 'md') return `${scenario.name}${run}`;
  const faults = [...new Set(scenario.faults.map(({ kind, target }) => `${kind} on ${target}`))];
  return `${scenario.name}${run}${faults.length === 0 ? ', without a fault' : ` (${faults.join(', ')})`}`;
}

function violationLines(
  record: RunRecord,
  scenario: ScenarioRecord,
  violation: ViolationRecord,
  medium: Medium,
  lifelines = medium === 'md' ? 3 : 5,
): string[] {
  const { invariant, count: of, statement, clause, examples, episodes = [], episodesLeftOut = 0 } = violation;
  const shown = examples.slice(0, medium === 'md' ? 3 : 5);
  const [first] = shown;
  const [firstEpisode] = episodes;
  return [
    `${invariant}: ${many(of, 'violation')} in ${where(scenario, medium)}`,
    `${stop(capital(statement))}${clause === null ? '' : ` (${clause})`}`,
    ...(first === undefined
      ? []
      : [
          `For example: ${stop(first.what)}${firstEpisode ? '' : whenOf(first, scenario)}`,
          `Evidence: ${shown.length} of ${many(of, 'violation')}`,
        ]),
    ...shown.map((one, index) => `${index + 1}.${index === 0 ? '' : ` ${stop(one.what)}`}${whenOf(one, scenario)}`),
    ...(firstEpisode ? [episodesLine(scenario, violation, episodes, firstEpisode)] : []),
    ...(episodes.length > 1 ? [many(episodes.length - 1 + episodesLeftOut, 'more episode')] : []),
    ...(episodesLeftOut > 0 ? [`${count(episodesLeftOut)} more are not listed.`] : []),
    ...episodes.slice(0, lifelines).flatMap((episode) => lifelineLines(scenario, episode, medium)),
    repeating('To repeat', record, scenario),
  ];
}

function episodesLine(
  { faults }: ScenarioRecord,
  { count: of }: ViolationRecord,
  episodes: readonly EpisodeRecord[],
  { fromMs }: EpisodeRecord,
): string {
  const listed = episodes.reduce((sum, { messages }) => sum + messages, 0);
  const messages =
    listed === of ? deliveries(episodes, of) : `${count(listed)} of ${many(of, 'delivery', 'deliveries')} are shown,`;
  const last = Math.max(...episodes.map(({ toMs }) => toMs));
  const then = thenOf(faults, fromMs, 'the first was due');
  return `${messages} in ${many(episodes.length, 'episode')}, due from ${clock(fromMs)} to ${clock(last)}. ${then}`;
}

/** Of messages that several subscriptions were owed there are more deliveries than messages. */
function deliveries(episodes: readonly EpisodeRecord[], of: number): string {
  const messages = new Set<string>();
  for (const { flow, first, last } of episodes)
    for (let one = first; one <= last; one++) messages.add(`${flow}/${one}`);
  return messages.size === of
    ? many(of, 'message')
    : `${many(of, 'delivery', 'deliveries')} of ${many(messages.size, 'message')}`;
}

function messagesOf({ first, last, messages }: EpisodeRecord): string {
  if (first === last) return `message ${first}`;
  return `${messages === last - first + 1 ? '' : `${messages} of the `}messages ${first} to ${last}`;
}

function episodeRow(episode: EpisodeRecord): string[] {
  const { flow, qos, publisher, subscriber, fromMs, toMs } = episode;
  return [
    messagesOf(episode),
    `${flow} (QoS ${qos})`,
    `${named(publisher.client)} at ${publisher.node}`,
    `${named(subscriber.client)} at ${subscriber.node}`,
    `${clock(fromMs)} to ${clock(toMs)}`,
  ];
}

function lifelineLines(scenario: ScenarioRecord, episode: EpisodeRecord, medium: Medium): string[] {
  const { flow, qos, publisher, subscriber, first, last, fromMs, toMs, acknowledgedMs, logs } = episode;
  const drain = scenario.phases.find(({ name }) => name === 'drain');
  const [acknowledged, lastAcknowledged] = acknowledgedMs;
  const event = (ms: number, text: string): string => `${clock(ms)} ${text}`;
  const clients = [publisher, subscriber];
  const events = [
    event(fromMs, `message ${first} due`),
    ...(last === first ? [] : [event(toMs, `message ${last} due, the last`)]),
    ...(acknowledged === null ? [] : [event(acknowledged, `message ${first} acknowledged by ${publisher.node}`)]),
    ...(lastAcknowledged === null || last === first
      ? []
      : [event(lastAcknowledged, `message ${last} acknowledged by ${publisher.node}`)]),
    ...clients.flatMap(({ client, node, connections }) =>
      connections.flatMap((one) => [
        event(one.fromMs, `${named(client)} connected to ${node}, session present = ${one.sessionPresent ? 1 : 0}`),
        // Later ones are told by the next beginning.
        ...(one.toMs === null || one.fromMs > toMs ? [] : [event(one.toMs, `connection of ${named(client)} ended`)]),
      ]),
    ),
    ...scenario.faults.flatMap(({ kind, target, startMs, endMs }) => [
      event(startMs, `fault begins: ${kind} on ${target}`),
      event(endMs, `fault ends: ${kind} on ${target}`),
    ]),
    ...(drain ? [event(drain.endMs, 'drained: these messages had not arrived')] : []),
  ];
  const picture = [
    messagesOf(episode),
    `from ${named(publisher.client)} at ${publisher.node}`,
    `to ${named(subscriber.client)} at ${subscriber.node}`,
    ...scenario.faults.map(({ kind, target }) => `${kind} on ${target}`),
    `due from ${clock(fromMs)} to ${clock(toMs)}`,
    ...(acknowledged === null ? [] : [`message ${first} acknowledged at ${clock(acknowledged)}`]),
    ...clients.flatMap(({ connections }) =>
      connections.map(
        (one) =>
          `connected at ${clock(one.fromMs)}, session present = ${one.sessionPresent ? 1 : 0}${one.toMs === null ? '' : `, until ${clock(one.toMs)}`}`,
      ),
    ),
    ...scenario.faults.map(
      ({ kind, target, startMs, endMs }) => `${kind} on ${target} from ${clock(startMs)} to ${clock(endMs)}`,
    ),
    ...(drain ? [`from ${clock(drain.startMs)} to ${clock(drain.endMs)}`] : []),
  ];
  return [
    `${capital(messagesOf(episode))} of ${flow} (QoS ${qos}): ${named(publisher.client)} at ${publisher.node} to ${named(subscriber.client)} at ${subscriber.node}`,
    ...logs.map(({ moment, atMs }) => `Within a second of ${clock(atMs)}, when ${moment}:`),
    ...events,
    ...(medium === 'html' ? picture.map((line) => `picture: ${line}`) : []),
  ];
}

const titles = { availability: 'availability', 'p99-latency': 'p99 latency', recovery: 'recovery' };

function bound({ unit, expected }: ExpectationRecord): string {
  return unit === 'share' ? `at least ${percent(expected)}` : `at most ${time(expected)}`;
}

/** A time that reads as its bound, but is not, is more exact. */
export function measuredOf(
  scenario: ScenarioRecord,
  { name, unit, measured, expected, notApplicable }: ExpectationRecord,
): string {
  if (notApplicable !== undefined) return 'not applicable';
  if (unit === 'share') return percent(measured);
  if (name === 'recovery' && measured === null) return recoveryOf(scenario);
  return measured !== null && measured !== expected && time(measured) === time(expected)
    ? `${trimmed(measured, 1)} ms`
    : time(measured);
}

function recoveryOf({ measures: { recoveryMs }, phases, verdict }: ScenarioRecord): string {
  if (recoveryMs !== null) return time(recoveryMs);
  const watched = phases.some(({ name, startMs, endMs }) => name === 'recover' && endMs > startMs);
  return watched && verdict !== 'skipped' ? 'never' : none;
}

function expectationRow(scenario: ScenarioRecord, one: ExpectationRecord): string[] {
  const measured = measuredOf(scenario, one);
  const unknown = measured === none || measured === 'not applicable' ? measured : undefined;
  return [titles[one.name], bound(one), measured, one.met ? 'yes' : (unknown ?? 'no')];
}

function measures(scenario: ScenarioRecord): string[] {
  const applies = (name: ExpectationRecord['name'], text: string): string =>
    scenario.expectations.some((one) => one.name === name && one.notApplicable !== undefined) ? 'not applicable' : text;
  return [
    applies('availability', percent(scenario.measures.availability)),
    applies('p99-latency', time(scenario.measures.p99LatencyMs)),
    applies('recovery', recoveryOf(scenario)),
  ];
}

function scenarioRow(
  scenario: ScenarioRecord,
  { score, interval, isCapped = false }: Estimate & { readonly isCapped?: boolean },
  medium: Medium,
): string[] {
  const { name, verdict, attempt, faults, accounting } = scenario;
  const proven = faults.filter((fault) => fault.proven).length;
  return [
    medium === 'md' ? where(scenario, medium) : name,
    `${verdict === 'fail' ? 'FAIL' : verdict}${attempt > 1 ? ` (run ${attempt})` : ''}`,
    `${points(score)}${interval === null ? '' : ` ${isCapped ? 'capped' : range(interval)}`}`,
    ...measures(scenario),
    faults.length > 0 ? `${proven} of ${faults.length}` : verdict === 'skipped' ? none : 'no fault',
    accounted(accounting),
  ];
}

function sums({
  published,
  acknowledged,
  unknown,
  notSent,
  unacknowledgeable,
  owed,
  delivered,
  lost,
  legallyUndelivered,
}: Accounting) {
  const legal = Object.values(legallyUndelivered).reduce((sum, one) => sum + one, 0);
  return {
    legal,
    gaps: [published - acknowledged - unknown - notSent - unacknowledgeable, owed - delivered - legal - lost],
  };
}

function accounted(accounting: Accounting): string {
  if (accounting.published === 0 && accounting.owed === 0) return none;
  const gap = Math.max(...sums(accounting).gaps.map(Math.abs));
  const lost = accounting.lost === 0 ? '' : `, ${count(accounting.lost)} lost`;
  return `${gap === 0 ? `all ${count(accounting.owed)}` : `${count(gap)} of ${count(accounting.owed)} missing`}${lost}`;
}

function rulesOf(rules: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(rules).filter(([, of]) => of > 0);
}

const twice = 'received more than once where that is allowed';

function sumRows(accounting: Accounting): string[][] {
  if (accounting.published === 0 && accounting.owed === 0) return [];
  return [
    ['published', count(accounting.published)],
    ['acknowledged', count(accounting.acknowledged)],
    ['unknown: written, never acknowledged', count(accounting.unknown)],
    ['not sent', count(accounting.notSent)],
    ['QoS 0: nothing to acknowledge', count(accounting.unacknowledgeable)],
    ['owed: one for each message and subscription', count(accounting.owed)],
    ['delivered', count(accounting.delivered)],
    ...rulesOf(accounting.legallyUndelivered).map(([rule, of]) => [`legally undelivered: ${rule}`, count(of)]),
    ['lost', count(accounting.lost)],
    ...rulesOf(accounting.legalDuplicates).map(([rule, of]) => [`${twice}: ${rule}`, count(of)]),
  ];
}

function sumLines(accounting: Accounting): string[] {
  const { published, acknowledged, unknown, notSent, unacknowledgeable, owed, delivered, lost } = accounting;
  if (published === 0 && owed === 0) return [];
  const rules = (of: Readonly<Record<string, number>>): string =>
    rulesOf(of)
      .map(([rule, one]) => `${rule}: ${count(one)}`)
      .join('; ');
  const legal = rules(accounting.legallyUndelivered);
  const duplicates = rules(accounting.legalDuplicates);
  return [
    `published ${count(published)} = acknowledged ${count(acknowledged)} + unknown ${count(unknown)} + not sent ${count(notSent)} + QoS 0 ${count(unacknowledgeable)}.`,
    `owed ${count(owed)} = delivered ${count(delivered)} + legally undelivered ${count(sums(accounting).legal)}${legal === '' ? '' : ` (${legal})`} + lost ${count(lost)}.`,
    ...(duplicates === '' ? [] : [`${twice}: ${duplicates}.`]),
  ];
}

function runLines(run: ScenarioRecord, medium: Medium): string[] {
  const { verdict, reason, attempt, tier, severity, dimension, cluster, parameters } = run;
  const given = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  const about = [
    `${verdict === 'fail' ? 'FAIL' : verdict}${attempt > 1 ? ` (run ${attempt})` : ''}: ${stop(reason)}`,
    `Tier ${tier}, severity ${severity}, ${dimension}; ${cluster.fresh ? 'fresh' : 'shared'} cluster: ${stop(cluster.why)}${given.length === 0 ? '' : ` Parameters: ${given.join(', ')}.`}`,
  ];
  if (verdict === 'skipped') return about;
  return [
    ...about,
    partsLine(run),
    ...notApplicableText(run),
    ...(medium === 'md' ? [...sumLines(run.accounting), ...silenceLines(run)] : []),
    ...(run.phases.length === 0 ? [] : [scrapesLine(run), harnessLine(run), machineLine(run)]),
  ];
}

function partsLine(run: ScenarioRecord): string {
  const parts = partsOf(run);
  if (parts === null) return 'Score not measured.';
  const capped = isBroken(run) && weighted(parts) > 2;
  const score = Math.round(100 * (isBroken(run) ? Math.min(2, weighted(parts)) : weighted(parts))) / 100;
  const shown = (['availability', 'latency', 'recovery'] as const).map((part: Part) => {
    const of = parts.get(part);
    return `${part} ${of === undefined ? 'not applicable' : (Math.round(of * 100) / 100).toFixed(2)}`;
  });
  return `Score ${points(score)}: ${shown.join(', ')}.${capped ? ' Capped at 2 by what broke.' : ''}`;
}

/** Why expectations do not apply: those with the same reason in one sentence. */
function notApplicableText({ expectations }: ScenarioRecord): string[] {
  const reasons = new Map<string, string[]>();
  for (const { name, notApplicable: why } of expectations)
    if (why !== undefined) reasons.set(why, [...(reasons.get(why) ?? []), titles[name]]);
  return [...reasons].map(([why, names]) => stop(`${capital(names.join(' and '))} not applicable: ${why}`));
}

/** In the chart of Markdown a line cannot have a gap. Only for scenarios that are not pooled: one point a second. */
function silenceLines({ windows, faults }: ScenarioRecord): string[] {
  const charted = windows.filter(({ phase }) => phase === 'steady' || phase === 'hold' || phase === 'recover');
  const startMs = charted[0]?.startMs ?? 0;
  if (faults.length === 0 || charted.length === 0) return [];
  const endMs = Math.max(...charted.map((one) => one.startMs + one.lengthMs));
  const seconds = Array.from({ length: Math.ceil((endMs - startMs) / 1_000) }, (_, index) => startMs + index * 1_000);
  const silent = seconds.filter((from) =>
    charted.every((one) => one.startMs < from || one.startMs >= from + 1_000 || one.p99Ms === null),
  );
  const spans: [number, number][] = [];
  for (const from of silent) {
    const before = spans.at(-1);
    if (before && before[1] === from) before[1] = from + 1_000;
    else spans.push([from, from + 1_000]);
  }
  if (spans.length === 0) return [];
  const second = (ms: number): number => Math.round((ms - startMs) / 100) / 10;
  return [
    `Nothing arrived at ${spans.map(([from, to]) => `${second(from)} s to ${second(to)} s`).join(', ')}: no latency was measured there, and the line keeps the value before.`,
  ];
}

function scrapesLine({ scrapes, faultsSeenByBroker, faults }: ScenarioRecord): string {
  const seen =
    faultsSeenByBroker === null || faults.length === 0
      ? ''
      : ` Its metrics or logs showed ${faultsSeenByBroker} of ${many(faults.length, 'fault')}.`;
  return scrapes.attempted === 0
    ? `The broker's own metrics were not scraped.${seen}`
    : `The broker answered ${count(scrapes.answered)} of ${many(scrapes.attempted, 'scrape')} of its own metrics; they are in the folder metrics beside this report.${seen}`;
}

function harnessLine({ harness }: ScenarioRecord): string {
  if (harness === null) return 'Event loop delay of the harness: not measured.';
  const { conductorLagP99Ms, workloadLagP99Ms, linksLagP99Ms } = harness;
  return `Event loop delay of the harness in hold, p99: conductor ${time(conductorLagP99Ms)}, workload ${time(workloadLagP99Ms)}, links ${linksLagP99Ms === null ? 'none' : time(linksLagP99Ms)}.`;
}

function machineLine({ phases }: ScenarioRecord): string {
  const told = (['steady', 'hold'] as const).flatMap((name) => {
    const host = phases.find((phase) => phase.name === name)?.measures?.host;
    if (host === undefined) return [];
    const steal = host.stealCores < 0.01 ? '' : `, the hypervisor ${host.stealCores.toFixed(2)}`;
    const pressure =
      host.pressureShare === null
        ? ''
        : `, some task waited for a CPU ${trimmed(100 * host.pressureShare, 2)}% of the time`;
    return [
      `in ${name} others used ${host.othersCores.toFixed(2)} CPUs${steal}, ${host.nodesWaiting.toFixed(2)} threads of the nodes waited for one${pressure}`,
    ];
  });
  return told.length === 0 ? '' : `The machine beside the run: ${told.join('; ')}.`;
}

function faultRow({
  kind,
  target,
  injected,
  observed,
  mechanism,
  startMs,
  endMs,
  healed,
  proven,
}: FaultRecord): string[] {
  const inForce = `${at(startMs)} to ${at(endMs)}${healed ? '' : ', not healed'}`;
  return [`${kind} on ${target}`, injected, observed, mechanism, inForce, proven ? 'yes' : 'no'];
}

function phaseRow({ name, startMs, endMs, measures: of }: PhaseRecord): string[] {
  const latency = of?.latency ?? null;
  return [
    name,
    at(startMs),
    time(endMs - startMs),
    percent(of?.availability ?? null),
    ...(['p50Ms', 'p95Ms', 'p99Ms', 'p999Ms', 'maxMs'] as const).map((key) => time(latency?.[key] ?? null)),
    of === null ? none : `${count(Math.round(of.deliveredPerSecond))}/s`,
    of === null ? none : count(of.reconnects),
  ];
}

function nodeRows(used: readonly PhaseRecord[]): string[][] {
  const names = [...new Set(used.flatMap(({ measures: of }) => of?.nodes.map(({ name }) => name) ?? []))];
  const mebibytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;
  return names.map((name) => [
    name,
    ...used.map(({ measures: of }) => {
      const node = of?.nodes.find((one) => one.name === name);
      if (node === undefined) return none;
      const growth = node.memoryGrowthBytes;
      const grown = growth === undefined ? '' : ` (${growth < 0 ? '-' : '+'}${mebibytes(Math.abs(growth))})`;
      return `${node.cpuCores === null ? none : node.cpuCores.toFixed(2)}, ${node.memoryBytes === null ? none : mebibytes(node.memoryBytes)}${grown}`;
    }),
  ]);
}

function rangeOf(id: string, { interval }: Estimate): string {
  if (interval !== null) return range(interval);
  return id === 'observability' || id === 'coverage' ? 'none: a count' : none;
}

function environmentLines({ environment, workload, tool, scenarios }: RunRecord): string[] {
  const { os, kernel, ci, cpus, cpuModel, memoryBytes, node } = environment;
  return [
    `${os}, kernel ${kernel}${ci === null ? '' : `, ${ci}`}`,
    `${many(cpus, 'CPU')} (${cpuModel}), ${(memoryBytes / 1_073_741_824).toFixed(1)} GiB of memory`,
    `Node ${node}, chaos-action ${tool.version}`,
    `Workload ${workload.profile}: ${count(workload.ratePerSecond)} messages a second of ${count(workload.payloadBytes)} bytes`,
    ...notApplicableLines(scenarios),
  ];
}

function notApplicableLines(scenarios: readonly ScenarioRecord[]): string[] {
  const ran = scenarios.filter(({ verdict }) => verdict !== 'skipped');
  const reasons = new Map<string, string[]>();
  for (const { name, notApplicable } of scenarios)
    for (const { invariant, why } of notApplicable) {
      const line = `${invariant}: ${stop(why)}`;
      reasons.set(line, [...(reasons.get(line) ?? []), name]);
    }
  return [...reasons].map(([line, names]) => (names.length === ran.length ? line : `${line} (${names.join(', ')})`));
}

/** On a page the card has them, in a line each. */
function undecidedLines(record: RunRecord, medium: Medium): string[] {
  return record.scenarios
    .filter(({ verdict }) => verdict === 'inconclusive' || verdict === 'skipped')
    .map((scenario) => {
      if (medium === 'html') return `${scenario.name} ${scenario.verdict}: ${stop(scenario.reason)}`;
      const again = scenario.verdict === 'skipped' ? '' : ` To try it again: ${commandOf(record, scenario)}`;
      return `${scenario.name}: ${stop(scenario.reason)}${again}`;
    });
}
