import type { RunRecord } from '../model/record.ts';
import type { Case } from './cases.ts';

/** What became of one run of the self-test. */
export type Outcome =
  /** The invariant that must name the defect does; `others` do too. */
  | { readonly kind: 'caught'; readonly afterMs: number | null; readonly others: readonly string[] }
  /** Only other invariants, crashes or expectations show it. */
  | { readonly kind: 'side effect'; readonly by: readonly string[] }
  | { readonly kind: 'escaped' }
  /** The broker cannot do what the defect would break. */
  | { readonly kind: 'not applicable'; readonly why: string }
  /** The defect found nothing to strike: the run shows nothing of the checks. */
  | { readonly kind: 'not struck' }
  | { readonly kind: 'clean' }
  | { readonly kind: 'not clean'; readonly by: readonly string[] }
  /** It decided nothing: the run broke off, or nothing could be measured. */
  | { readonly kind: 'undecided'; readonly why: string };

/** Whether the self-test passes with it. */
export function isGood({ kind }: Outcome): boolean {
  return kind === 'caught' || kind === 'clean' || kind === 'not applicable';
}

/** What the record of its run says of a case. Pure. */
export function outcomeOf(
  { invariant, defect, mayLack }: Case,
  record: RunRecord | undefined,
  error?: string,
): Outcome {
  if (record === undefined) return { kind: 'undecided', why: error ?? 'the run wrote no report' };
  if (record.error !== null) return { kind: 'undecided', why: record.error.message };
  const by = shownBy(record);
  if (invariant === null) return ofClean(record, by);
  const afterMs = detectedAfterMs(record, invariant);
  if (afterMs !== undefined) return { kind: 'caught', afterMs, others: by.filter((one) => one !== invariant) };
  if (by.length > 0) return { kind: 'side effect', by };
  const absent = notApplicable(record, invariant);
  if (absent !== undefined && mayLack) return { kind: 'not applicable', why: absent };
  if (defect.kind === 'sabotage' && record.sabotage?.changes === 0) return { kind: 'not struck' };
  const [first] = record.scenarios;
  return first?.verdict === 'inconclusive' ? { kind: 'undecided', why: first.reason } : { kind: 'escaped' };
}

function ofClean(record: RunRecord, by: readonly string[]): Outcome {
  if (by.length > 0) return { kind: 'not clean', by };
  const undecided = record.scenarios.find(({ verdict }) => verdict !== 'pass');
  return undecided ? { kind: 'undecided', why: undecided.reason } : { kind: 'clean' };
}

/** The invariants that were violated, and what else failed. */
function shownBy({ scenarios }: RunRecord): string[] {
  const names = scenarios.flatMap(({ violations, crashes }) => [
    ...violations.map(({ invariant }) => invariant),
    ...(crashes.length > 0 ? ['a node that ended'] : []),
  ]);
  return [...new Set(names)];
}

/** How long after the beginning of its scenario the first violation happened; undefined where there was none. */
function detectedAfterMs({ scenarios }: RunRecord, invariant: string): number | null | undefined {
  for (const { violations, startMs } of scenarios) {
    const found = violations.find((violation) => violation.invariant === invariant);
    if (!found) continue;
    const times = found.examples.flatMap(({ atMs }) => (atMs === null ? [] : [atMs - startMs]));
    return times.length === 0 ? null : Math.max(0, Math.min(...times));
  }
  return undefined;
}

function notApplicable({ scenarios }: RunRecord, invariant: string): string | undefined {
  return scenarios.flatMap((scenario) => scenario.notApplicable).find((one) => one.invariant === invariant)?.why;
}
