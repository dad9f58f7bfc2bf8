import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { ChaosError, messageOf } from '../base/error.ts';
import { isPath } from '../config/scenarios.ts';
import type { RunRecord } from '../model/record.ts';
import { type Choice, type LoadedChoice, loadChoice } from '../run/choice.ts';
import type { RunSession, SessionDependencies, SessionResult } from '../run/session.ts';
import { git } from './git.ts';
import { baseFor, checkoutWorktree, findMergeBase } from './merge-base.ts';
import type { Trigger } from './trigger.ts';

/** Base, head, base, head: a runner that becomes slower affects both in the same way. */
const rounds = 2;

export type RoundsOptions = {
  readonly choice: Choice;
  readonly loaded: LoadedChoice;
  readonly seed: string;
  readonly out: string;
  readonly trigger: Trigger;
  readonly env: Readonly<Record<string, string | undefined>>;
};

export type RoundsDependencies = SessionDependencies & {
  /** Called with the folder of the base's checkout, so that a post step can remove it. */
  readonly onWorktree: (folder: string) => void;
  /** Called with what the base's chaos.yml reads from the environment. */
  readonly onSecrets: (secrets: readonly string[]) => void;
  readonly runSession: RunSession;
};

export type RoundsResult = {
  /** At least one. */
  readonly heads: readonly SessionResult[];
  readonly bases: readonly RunRecord[];
  readonly label: string;
  /** Why there is nothing to compare with; undefined if there is a base. */
  readonly none: string | undefined;
};

/**
 * Runs the base and the head in turn, two rounds each. The head runs once in any case. If the base cannot be run, that is given as a
 * reason and is no failure, because the base is not tested here. After a cancel, the last record of the heads says so.
 */
export async function runRounds(options: RoundsOptions, dependencies: RoundsDependencies): Promise<RoundsResult> {
  const { choice, loaded, seed, out, env } = options;
  const { signal, logger, runSession } = dependencies;
  const runHead = (folder: string): Promise<SessionResult> =>
    runSession({ choice, loaded, seed, out: join(out, folder), env }, dependencies);

  const base = await prepareBase(options, dependencies).catch((error: unknown) => {
    const hint = error instanceof ChaosError && error.hint ? ` (${error.hint})` : '';
    return { none: `${messageOf(error)}${hint}` };
  });
  if ('none' in base) {
    logger.warn(`there is no base to run: ${base.none}`);
    return { heads: [await runHead('head-1')], bases: [], label: '', none: base.none };
  }
  const heads: SessionResult[] = [];
  const bases: RunRecord[] = [];
  let none: string | undefined;
  for (let round = 1; round <= rounds && none === undefined; round++) {
    logger.info(`round ${round} of ${rounds}: the base, ${base.sha.slice(0, 7)}`);
    const { record } = await runSession(
      { choice: base.choice, loaded: base.loaded, seed, out: join(out, `base-${round}`), env },
      dependencies,
    );
    bases.push(record);
    if (record.error) none = `the base could not be run: ${record.error.message}`;
    if (signal.aborted && heads.length > 0) break;
    logger.info(`round ${round} of ${rounds}: the head`);
    heads.push(await runHead(`head-${round}`));
    if (heads.at(-1)?.record.error) none ??= 'the head could not be run to its end';
  }
  // A cancelled step has no time for this; its post step does it.
  if (!signal.aborted) await base.remove();
  const label = `merge base ${base.sha.slice(0, 7)}, ${rounds} rounds each on this runner`;
  return { heads: signal.aborted ? heads.map(cutOff) : heads, bases, label, none };
}

/** A complete round of a comparison that was interrupted. */
function cutOff(result: SessionResult): SessionResult {
  if (result.record.error) return result;
  const error = { code: 'cancelled', message: 'cancelled before every round was run', hint: null };
  return { ...result, record: { ...result.record, partial: true, error } };
}

async function prepareBase(
  { choice, loaded, trigger, env }: RoundsOptions,
  { signal, logger, onWorktree, onSecrets }: RoundsDependencies,
): Promise<{ choice: Choice; loaded: LoadedChoice; sha: string; remove(): Promise<void> }> {
  if (loaded.config.file === undefined)
    throw new ChaosError('usage', 'the broker is a preset alone, so base and head would be the same', {
      hint: 'compare: merge-base is for a broker that a chaos.yml of this repository builds',
    });
  const wanted = baseFor({ name: trigger.event, payload: trigger.payload });
  if (wanted.kind === 'none') throw new ChaosError('usage', wanted.why);
  const folder = choice.cwd;
  const sha = await findMergeBase({ ...wanted, folder, signal, logger });
  if ((await git(folder, ['rev-parse', 'HEAD'], { signal })).stdout === sha)
    throw new ChaosError('usage', 'the base has this commit already, so there is no change to compare');
  const into = mkdtempSync(join(tmpdir(), 'chaos-rounds-'));
  onWorktree(into);
  const worktree = await checkoutWorktree({ folder, sha, signal, logger, into });
  const remove = async (): Promise<void> => {
    await worktree.remove();
    rmSync(into, { recursive: true, force: true });
  };
  try {
    const cwd = worktree.folder;
    // The scenarios are those of the head on both sides: only the broker differs.
    const own = (name: string): string => (isPath(name) ? resolve(folder, name) : name);
    const config =
      choice.config !== undefined && isAbsolute(choice.config)
        ? join(cwd, relative(folder, choice.config))
        : choice.config;
    const plan = choice.plan === undefined ? undefined : own(choice.plan);
    const based = { ...choice, cwd, config, scenarios: choice.scenarios?.map(own), plan };
    const loadedBase = loadChoice(based, env);
    // If the base has no chaos.yml, its broker would be the embedded one, which is no base for the head.
    if (loadedBase.config.file === undefined)
      throw new ChaosError('usage', `the base, ${sha.slice(0, 7)}, has no ${loaded.config.file}`);
    onSecrets(loadedBase.config.broker.secrets);
    return { choice: based, loaded: alsoHiding(loaded.config.broker.secrets, loadedBase), sha, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Secrets of the head's broker, and the workflow's token, are masked for the base's broker too. */
function alsoHiding(secrets: readonly string[], loaded: LoadedChoice): LoadedChoice {
  const { config } = loaded;
  const all = [...new Set([...secrets, ...config.broker.secrets])];
  return { ...loaded, config: { ...config, broker: { ...config.broker, secrets: all } } };
}
