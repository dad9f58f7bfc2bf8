import type { ScenarioRecord } from '../model/record.ts';
import { isUnexplained } from '../score/scenario.ts';

/** How often a scenario that misses an expectation is run: of three runs the middle one counts. */
export type Repeat = 1 | 3;
export const repeats = [1, 3] as const satisfies readonly Repeat[];
export const defaultRepeat: Repeat = 3;

/** A scenario that shows nothing twice will show nothing the next time. */
const mostInconclusive = 2;

/**
 * What becomes of a scenario after these runs of it; undefined while it has to be run again. Pure.
 *
 * A violation and a node that ends by itself count at once: they happened. A missed expectation is a figure of a machine that others may
 * use too, so that it is decided by the median of up to three runs: the scenario fails if two of them miss one, and passes if two of them
 * meet all. The run that is reported is the middle one by its score, with the others beside it; no third run is made where two agree,
 * since it could not change that.
 */
export function decide(runs: readonly ScenarioRecord[], repeat: Repeat): ScenarioRecord | undefined {
  const last = runs.at(-1);
  if (last === undefined) return undefined;
  const unexplained = unexplainedRun(runs);
  if (unexplained) return unexplained;
  if (last.verdict === 'skipped') return withOthers(last, runs);
  const missed = runs.filter(({ verdict }) => verdict === 'fail');
  const met = runs.filter(({ verdict }) => verdict === 'pass');
  const undecided = runs.length - missed.length - met.length;
  if (undecided >= mostInconclusive) return withOthers(last, runs);
  if (missed.length === 0 && met.length > 0) return withOthers(last, runs);
  const majority = Math.ceil(repeat / 2);
  // Those that meet all score more than those that miss one: the middle one is the best of two that miss, the worst of two that meet.
  if (missed.length >= majority) return told(best(missed), runs, missed.length);
  if (met.length >= majority) return told(worst(met), runs, met.length);
  return undefined;
}

/** The newest run in which something was violated or a node ended by itself, which may have been seen only after the run. */
export function unexplainedRun(runs: readonly ScenarioRecord[]): ScenarioRecord | undefined {
  const found = runs.findLast(isUnexplained);
  return found && withOthers(found, runs);
}

function best(runs: readonly ScenarioRecord[]): ScenarioRecord {
  return runs.reduce((one, other) => ((other.score ?? 0) > (one.score ?? 0) ? other : one));
}

function worst(runs: readonly ScenarioRecord[]): ScenarioRecord {
  return runs.reduce((one, other) => ((other.score ?? 0) < (one.score ?? 0) ? other : one));
}

/** Says how many runs came out like this one, where there were several that count. */
function told(run: ScenarioRecord, runs: readonly ScenarioRecord[], same: number): ScenarioRecord {
  const decided = runs.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail').length;
  if (decided < 2) return withOthers(run, runs);
  const what = run.verdict === 'fail' ? 'an expectation was missed' : 'every expectation was met';
  return withOthers({ ...run, reason: `${run.reason}; ${what} in ${same} of ${decided} runs` }, runs);
}

/** The run that counts, with the others as its earlier ones: newest first. */
function withOthers(run: ScenarioRecord, runs: readonly ScenarioRecord[]): ScenarioRecord {
  const others = runs.filter(({ attempt }) => attempt !== run.attempt).sort((a, b) => a.attempt - b.attempt);
  return { ...run, earlier: others.reduce<ScenarioRecord | null>((earlier, one) => ({ ...one, earlier }), null) };
}
