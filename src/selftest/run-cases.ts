import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { RunRecord } from '../model/record.ts';
import type { Case } from './cases.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

export type CaseResult = {
  readonly of: Case;
  readonly outcome: Outcome;
  readonly command: string;
  readonly tookMs: number;
};

export type RunCasesOptions = {
  /** The command line of the tool, before `run`. */
  readonly program: readonly [file: string, ...args: string[]];
  /** What says which broker: `--broker NAME` or `--config FILE`. */
  readonly broker: readonly string[];
  readonly scenarioFolder: string;
  readonly cwd: string;
  /** A folder for the reports of the runs; that of a run which passes is removed. */
  readonly out: string;
  /** Runs at once. */
  readonly atOnce: number;
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
  readonly onResult: (result: CaseResult) => void;
};

/** A run takes less than a minute; one that takes so long decides nothing. */
const caseWithinMs = 300_000;
/** A run that decides nothing on a busy machine is made again this often. */
const mostAttempts = 2;

/** Runs every case as `chaos-action run` in a process of its own, some at once. Rejects when it is aborted. */
export async function runCases(cases: readonly Case[], options: RunCasesOptions): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  const left = [...cases.entries()];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      options.signal.throwIfAborted();
      const [index, one] = next;
      const result = await runCase(one, index, options);
      results.push(result);
      options.onResult(result);
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, work));
  return results.sort((a, b) => cases.indexOf(a.of) - cases.indexOf(b.of));
}

async function runCase(one: Case, index: number, options: RunCasesOptions): Promise<CaseResult> {
  const startedMs = options.nowMs();
  const words = wordsOf(one, options);
  let outcome: Outcome = { kind: 'undecided', why: 'it was not run' };
  for (let attempt = 1; attempt <= mostAttempts && outcome.kind === 'undecided'; attempt++)
    outcome = await attemptOf(one, words, join(options.out, `${index + 1}-${attempt}`), options);
  const command = ['chaos-action', ...words].join(' ');
  return { of: one, outcome, command, tookMs: options.nowMs() - startedMs };
}

async function attemptOf(
  one: Case,
  words: readonly string[],
  folder: string,
  { program: [file, ...before], cwd, signal }: RunCasesOptions,
): Promise<Outcome> {
  mkdirSync(folder, { recursive: true });
  const ran = await execa(file, [...before, ...words, '--out', folder], {
    ...{
      cwd,
      cancelSignal: signal,
      gracefulCancel: false,
      timeout: caseWithinMs,
      reject: false,
      forceKillAfterDelay: 20_000,
    },
  });
  signal.throwIfAborted();
  const outcome = outcomeOf(one, readRecord(join(folder, 'report.json')), lastLine(ran.stderr));
  if (outcome.kind === 'caught' || outcome.kind === 'clean') rmSync(folder, { recursive: true, force: true });
  return outcome;
}

/** What a user would type to make the same run. */
export function wordsOf(
  { defect, mqttVersion, scenario, profile, nodes, seed }: Case,
  { broker, scenarioFolder }: Pick<RunCasesOptions, 'broker' | 'scenarioFolder'>,
): string[] {
  return [
    ...['run', ...broker, '--scenario', join(scenarioFolder, `${scenario}.yml`)],
    ...(defect.kind === 'none' ? [] : [`--${defect.kind}`, defect.name]),
    ...['--mqtt', String(mqttVersion), '--profile', profile, '--nodes', String(nodes)],
    ...['--rate', '60/s', '--repeat', '1', '--seed', seed],
  ];
}

function readRecord(file: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
  } catch {
    return undefined;
  }
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').at(-1) || undefined;
}
