import { formatCount, plural } from '../base/count.ts';
import type {
  Accounting,
  CutLog,
  ExpectationRecord,
  FeatureName,
  FeatureRecord,
  Interval,
  RunRecord,
  SabotageRecord,
  ScenarioRecord,
} from '../model/record.ts';
import { formatBytes, formatMs, formatMsBeside, formatShare } from '../model/units.ts';
import { attempts } from '../score/run.ts';
import { isCapped, partNames, partsOf, recoveryWasWatched, violationCap } from '../score/scenario.ts';

export const notMeasured = 'not measured';
/** For an expectation that a scenario cannot show, because its faults left no operation possible. */
export const notApplicable = 'not applicable';
/** For a run without any configuration. */
export const defaultBrokerNote =
  'no chaos.yml and no broker named: this is the broker that comes with the tool, and says nothing about yours';

/** What a reader of a sabotaged run must know before anything else. */
export function sabotageNote({ breaks, invariant, changes }: SabotageRecord): string {
  const done = changes === 0 ? 'it has not struck in this run' : `it has struck ${plural(changes, 'time')}`;
  return `a man in the middle of the client links broke this on purpose: ${breaks} (${done}). ${invariant} must name it. Nothing in this report is about the broker`;
}

/** Above a crash's suspects. */
export const suspectsTitle = 'What the faults had last sent it, the likeliest cause first:';

/** `8.43` of a score of 0 to 10. */
export function formatScore(score: number | null): string {
  return score === null ? notMeasured : score.toFixed(2);
}

export function formatInterval(interval: Interval | null): string {
  return interval === null
    ? 'interval not measured'
    : `95% interval ${interval[0].toFixed(2)} to ${interval[1].toFixed(2)}`;
}

/** What stands in brackets behind the score of a run that is graded. The interval of a capped score has no width, and says nothing. */
export function behindScore({ interval, cap }: Pick<RunRecord, 'interval' | 'cap'>): string {
  return cap === null ? formatInterval(interval) : 'capped';
}

/** The score of a run with its grade and what stands behind it. An interval would promise what a run without a grade did not decide. */
export function scoreText(record: Pick<RunRecord, 'score' | 'grade' | 'interval' | 'cap'>): string {
  const points = `${formatScore(record.score)} of 10`;
  if (record.grade === null) return `not graded (${points} for what was measured)`;
  return `${points}, ${record.grade} (${behindScore(record)})`;
}

export function formatRange([low, high]: Interval): string {
  return `${low.toFixed(2)} to ${high.toFixed(2)}`;
}

/** The interval of a dimension's score. Two dimensions are counts and have none. */
export function formatDimensionInterval({ id, interval }: RunRecord['dimensions'][number]): string {
  if (interval !== null) return formatRange(interval);
  return id === 'observability' || id === 'coverage' ? 'none: a count' : notMeasured;
}

/** Seconds since the start of the run. */
export function formatAt(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

export function formatMebibytes(bytes: number | null): string {
  return bytes === null ? notMeasured : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}

/** A growth with its sign: `+3.2 MiB`. */
export function formatGrowth(bytes: number | undefined): string {
  return bytes === undefined ? notMeasured : `${bytes < 0 ? '-' : '+'}${formatMebibytes(Math.abs(bytes))}`;
}

export function formatCores(cores: number | null): string {
  return cores === null ? notMeasured : cores.toFixed(2);
}

/** What was run: `tier basic, fault` or `plan week-1`. */
export function scopeText({ plan, tiers }: Pick<RunRecord, 'plan' | 'tiers'>): string {
  return plan === null ? `tier ${tiers.join(', ')}` : `plan ${plan}`;
}

/** A share as a percentage, rounded down: 99.999% done must not read as 100%. */
export function formatAvailability(share: number | null): string {
  return share === null ? notMeasured : `${Math.floor(share * 1e4 + 1e-6) / 100}%`;
}

export function formatLatency(ms: number | null): string {
  return ms === null ? notMeasured : formatMs(ms);
}

/** `never` if the tool waited for the recovery of the cluster and it did not come. */
export function formatRecovery(scenario: Pick<ScenarioRecord, 'measures' | 'phases' | 'verdict'>): string {
  if (scenario.measures.recoveryMs !== null) return formatMs(scenario.measures.recoveryMs);
  return scenario.verdict !== 'skipped' && recoveryWasWatched(scenario) ? 'never' : notMeasured;
}

export function formatFaultsProven(scenario: Pick<ScenarioRecord, 'faults' | 'verdict'>): string {
  if (scenario.faults.length === 0) return scenario.verdict === 'skipped' ? notMeasured : 'no fault';
  return `${scenario.faults.filter((fault) => fault.proven).length} of ${scenario.faults.length}`;
}

/** The two sums of the accounting. A gap other than 0 means that the figures do not add up. */
export type Balance = {
  readonly legal: number;
  /** published - (acknowledged + unknown + notSent + unacknowledgeable). */
  readonly publishedGap: number;
  /** owed - (delivered + legally undelivered + lost). */
  readonly owedGap: number;
};

export function balance(accounting: Accounting): Balance {
  const legal = Object.values(accounting.legallyUndelivered).reduce((sum, count) => sum + count, 0);
  const { published, acknowledged, unknown, notSent, unacknowledgeable, owed, delivered, lost } = accounting;
  return {
    legal,
    publishedGap: published - (acknowledged + unknown + notSent + unacknowledgeable),
    owedGap: owed - (delivered + legal + lost),
  };
}

/** For a sum whose parts are too few, or too many if `gap` is negative. */
export function gapText(gap: number): string {
  return `Does not add up: ${formatCount(Math.abs(gap))} ${gap > 0 ? 'missing' : 'too many'}.`;
}

/** `all 12,345`, `all 12,345, 12 lost`, or how many are not accounted for. `short` leaves the total out. */
export function formatAccounted(
  { accounting }: Pick<ScenarioRecord, 'accounting'>,
  length: 'short' | 'long' = 'long',
): string {
  if (accounting.published === 0 && accounting.owed === 0) return notMeasured;
  const { publishedGap, owedGap } = balance(accounting);
  const gap = Math.max(Math.abs(publishedGap), Math.abs(owedGap));
  const of = (words: string): string => (length === 'short' ? '' : ` ${words}${formatCount(accounting.owed)}`);
  const lost = accounting.lost > 0 ? `, ${formatCount(accounting.lost)} lost` : '';
  return `${gap === 0 ? `all${of('')}` : `${formatCount(gap)}${of('of ')} missing`}${lost}`;
}

/** `at least 99%` or `at most 1 s`. */
export function expectedText(one: ExpectationRecord): string {
  return one.unit === 'share' ? `at least ${formatAvailability(one.expected)}` : `at most ${formatMs(one.expected)}`;
}

/** The measured figure that is compared with an expectation; `never` for a recovery that did not come. */
export function measuredText(scenario: ScenarioRecord, one: ExpectationRecord): string {
  if (one.notApplicable !== undefined) return notApplicable;
  if (one.name === 'recovery' && one.measured === null) return formatRecovery(scenario);
  if (one.unit === 'share') return formatAvailability(one.measured);
  return one.measured === null ? formatLatency(null) : formatMsBeside(one.measured, one.expected);
}

export function metText(scenario: ScenarioRecord, one: ExpectationRecord): string {
  if (one.notApplicable !== undefined) return notApplicable;
  if (one.met) return 'yes';
  return measuredText(scenario, one) === notMeasured ? notMeasured : 'no';
}

/** The figure that an expectation is about, for the table of all scenarios. */
export function formatMeasure(scenario: ScenarioRecord, name: ExpectationRecord['name']): string {
  const one = scenario.expectations.find((expectation) => expectation.name === name);
  if (one?.notApplicable !== undefined) return notApplicable;
  switch (name) {
    case 'availability':
      return formatAvailability(scenario.measures.availability);
    case 'p99-latency':
      return formatLatency(scenario.measures.p99LatencyMs);
    case 'recovery':
      return formatRecovery(scenario);
  }
}

/** What the score is made of, in one sentence. */
export function partsText(scenario: ScenarioRecord): string {
  const parts = partsOf(scenario);
  if (parts === null) return 'Score not measured.';
  const shown = partNames.map((name) => {
    const part = parts[name];
    return `${name} ${part === undefined ? notApplicable : formatScore(part)}`;
  });
  return `Score ${formatScore(scenario.score)}: ${shown.join(', ')}.${isCapped(scenario) ? ` Capped at ${violationCap} by what broke.` : ''}`;
}

/** Why expectations do not apply, one sentence for each reason. */
export function whyNotApplicable({ expectations }: Pick<ScenarioRecord, 'expectations'>): string[] {
  const reasons = new Set(expectations.flatMap(({ notApplicable: why }) => (why === undefined ? [] : [why])));
  return [...reasons].map((why) => {
    const names = expectations.filter((one) => one.notApplicable === why).map(({ name }) => expectationNames[name]);
    return sentence(`${capital(names.join(' and '))} not applicable: ${why}`);
  });
}

export const expectationNames = {
  availability: 'availability',
  'p99-latency': 'p99 latency',
  recovery: 'recovery',
} as const satisfies Record<ExpectationRecord['name'], string>;

const featureNames: Readonly<Record<FeatureName, string>> = {
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

/** What was probed, each with its title. */
export function featureRows(features: FeatureRecord): { title: string; available: boolean; seen: string }[] {
  return (Object.keys(featureNames) as FeatureName[]).flatMap((name) => {
    const feature = features[name];
    return feature ? [{ title: featureNames[name], ...feature }] : [];
  });
}

/** ` (publishers)`: the clients that a known issue is limited to. */
export function ofClients({ limitedTo }: { readonly limitedTo?: string | undefined }): string {
  return limitedTo === undefined ? '' : ` (${limitedTo})`;
}

/** Adds a full stop if there is no mark at the end. */
export function sentence(words: string): string {
  return words === '' || /[.!?]$/.test(words) ? words : `${words}.`;
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** How well the harness itself ran. */
export function harnessText(harness: ScenarioRecord['harness']): string {
  if (harness === null) return 'Event loop delay of the harness: not measured.';
  const { conductorLagP99Ms, workloadLagP99Ms, linksLagP99Ms } = harness;
  return `Event loop delay of the harness in hold, p99: conductor ${formatMs(conductorLagP99Ms)}, workload ${formatMs(workloadLagP99Ms)}, links ${linksLagP99Ms === null ? 'none' : formatMs(linksLagP99Ms)}.`;
}

/** Which logs lack a part, and how much. */
export function cutLogsText(cutLogs: readonly CutLog[]): string {
  const cut = cutLogs.map(
    ({ name, writtenBytes, keptBytes }) =>
      `${formatBytes(writtenBytes - keptBytes)} of ${formatBytes(writtenBytes)} in the log of ${name}`,
  );
  return `Left out, since logs.keep allows no more: ${cut.join(', ')}; the beginning and the end were kept`;
}

/** The runs of a scenario that do not count, in their order. */
export function otherRuns({ earlier }: ScenarioRecord): readonly ScenarioRecord[] {
  return earlier === null ? [] : attempts([earlier]);
}

/** ` (run 2)` of a scenario that was run again. */
export function attemptText({ attempt }: ScenarioRecord): string {
  return attempt > 1 ? ` (run ${attempt})` : '';
}

/** A client's name without the prefix of its run: `durable-node2` for `chaos-29198d9e-durable-node2`. */
export function shortClient(clientId: string): string {
  return clientId.replace(/^chaos-[0-9a-f]+-(?=.)/, '');
}

/** How much other programs used the machine in steady and in hold. */
export function machineText({ phases }: ScenarioRecord): string {
  const of = (name: 'steady' | 'hold'): string | undefined => {
    const host = phases.find((phase) => phase.name === name)?.measures?.host;
    if (host === undefined) return undefined;
    const { othersCores, stealCores, pressureShare, nodesWaiting } = host;
    const pressure =
      pressureShare === null ? '' : `, some task waited for a CPU ${formatShare(pressureShare)} of the time`;
    const steal = stealCores >= 0.01 ? `, the hypervisor ${formatCores(stealCores)}` : '';
    return `in ${name} others used ${formatCores(othersCores)} CPUs${steal}, ${nodesWaiting.toFixed(2)} threads of the nodes waited for one${pressure}`;
  };
  const told = [of('steady'), of('hold')].filter((text) => text !== undefined);
  return told.length === 0
    ? 'The machine beside the run: not measured.'
    : `The machine beside the run: ${told.join('; ')}.`;
}
