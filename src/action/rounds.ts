import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { ChaosError, messageOf } from '../base/error.ts';
import { isPath } from '../config/scenarios.ts';
import type { RunRecord } from '../report/record.ts';
import type { Choice, LoadedChoice } from '../run/choice.ts';
import { loadChoice } from '../run/choice.ts';
import { runSession, type SessionDependencies, type SessionResult } from '../run/session.ts';
import { git } from './git.ts';
import { baseFor, checkoutWorktree, findMergeBase } from './merge-base.ts';
import type { Trigger } from './trigger.ts';

/** Base, head, base, head: a runner that grows slower hits both alike. */
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
  /** Called with the folder that the base's checkout is made in, so that a post step can remove it. */
  readonly onWorktree: (folder: string) => void;
};

export type RoundsResult = {
  readonly heads: readonly SessionResult[];
  readonly bases: readonly RunRecord[];
  readonly label: string;
  /** Why there is nothing to compare with; undefined when there is. */
  readonly none: string | undefined;
};

/**
 * Runs the base and the head in turn, each in two rounds. The head runs once in any case; what keeps the base from being run is a
 * reason, never a failure: it is not what is being tested.
 */
export async function runRounds(options: RoundsOptions, dependencies: RoundsDependencies): Promise<RoundsResult> {
  const { choice, loaded, seed, out, env } = options;
  const { signal, logger } = dependencies;
  const runHead = (folder: string): Promise<SessionResult> =>
    runSession({ choice, loaded, seed, out: join(out, folder), env }, dependencies);

  const base = await prepareBase(options, dependencies).catch((error: unknown) => {
    if (signal.aborted) throw error;
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
  try {
    for (let round = 1; round <= rounds && none === undefined && !signal.aborted; round++) {
      logger.info(`round ${round} of ${rounds}: the base, ${base.sha.slice(0, 7)}`);
      const { record } = await runSession(
        { choice: base.choice, loaded: base.loaded, seed, out: join(out, `base-${round}`), env },
        dependencies,
      );
      bases.push(record);
      if (record.error) none = `the base could not be run: ${record.error.message}`;
      if (signal.aborted) break;
      logger.info(`round ${round} of ${rounds}: the head`);
      heads.push(await runHead(`head-${round}`));
      if (heads.at(-1)?.record.error) none = 'the head could not be run to its end';
    }
  } finally {
    await base.remove();
  }
  return { heads, bases, label: `merge base ${base.sha.slice(0, 7)}, ${rounds} rounds each on this runner`, none };
}

async function prepareBase(
  { choice, loaded, trigger, env }: RoundsOptions,
  { signal, logger, onWorktree }: RoundsDependencies,
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
        ? join(cwd, relative(choice.cwd, choice.config))
        : choice.config;
    const based = {
      ...choice,
      cwd,
      config,
      scenarios: choice.scenarios?.map(own),
      plan: choice.plan && own(choice.plan),
    };
    return { choice: based, loaded: loadChoice(based, env), sha, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
