import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ChaosError, messageOf } from '../base/error.ts';
import type { Logger } from '../base/logger.ts';
import { formatMs } from '../model/units.ts';
import { type GitAnswer, git, lastSaid } from './git.ts';

/** What the checked out commit is compared with. */
export type Base = {
  /** A branch of origin, without `refs/heads/`. */
  readonly baseRef?: string;
  /** A commit. It is used if there is no branch, or if the branch contains the change already. */
  readonly baseSha?: string;
  /** The last commit of a pull request. GitHub's merge commit of the pull request is recognized by it. */
  readonly headSha?: string;
};

export type BaseChoice = ({ readonly kind: 'base' } & Base) | { readonly kind: 'none'; readonly why: string };

/** Depths to which a shallow checkout is deepened, one after the other. */
const depths = [50, 500, Number.POSITIVE_INFINITY];
const fetchWithinMs = 180_000;
/** Cleaning up also runs after a cancel, but has a limit. */
const removeWithinMs = 30_000;

const sha = z.string().regex(/^(?!0+$)[0-9a-f]{40}([0-9a-f]{24})?$/);
const eventSchema = z.object({
  pull_request: z.object({ base: z.object({ ref: z.string(), sha }), head: z.object({ sha }) }).optional(),
  merge_group: z.object({ base_sha: sha }).optional(),
  ref: z.string().nullish(),
  before: z.string().nullish(),
  repository: z.object({ default_branch: z.string() }).optional(),
});

/** What the change of a GitHub event is compared with, or why there is nothing to compare it with. */
export function baseFor(event: { readonly name: string; readonly payload: unknown }): BaseChoice {
  const { success, data } = eventSchema.safeParse(event.payload);
  const none = (why: string): BaseChoice => ({ kind: 'none', why });
  if (!success) return none(`what GitHub says of the event ${event.name} could not be understood`);
  const { pull_request: pullRequest, merge_group: mergeGroup } = data;
  if (pullRequest) {
    const { base, head } = pullRequest;
    return { kind: 'base', baseRef: base.ref, baseSha: base.sha, headSha: head.sha };
  }
  if (mergeGroup) return { kind: 'base', baseSha: mergeGroup.base_sha };
  if (event.name !== 'push' && event.name !== 'workflow_dispatch')
    return none(`the event ${event.name} is not about a change`);
  if (sha.safeParse(data.before).success && data.before) return { kind: 'base', baseSha: data.before };
  const branch = /^refs\/heads\/(.+)$/.exec(data.ref ?? '')?.[1];
  const defaultBranch = data.repository?.default_branch;
  if (branch === undefined) return none(`${data.ref ?? 'what was checked out'} is not a branch`);
  if (defaultBranch === undefined || branch === defaultBranch)
    return none(`nothing says what ${branch} was before this ${event.name}`);
  return { kind: 'base', baseRef: defaultBranch };
}

/**
 * The commit from which the change in the checkout at `folder` started. For GitHub's merge commit of a pull request that is the tip of the base
 * branch with which it was merged; in other cases the merge base of HEAD and the base, which is HEAD itself if the base contains it already. A
 * shallow checkout is deepened from origin as far as needed. HEAD, the index and all local branches are not changed. If the commit cannot be
 * found, throws ChaosError('config') that says what to set in the workflow.
 */
export async function findMergeBase(
  options: Base & {
    readonly folder: string;
    readonly signal: AbortSignal;
    readonly logger: Logger;
    /** For all that is fetched. */
    readonly withinMs?: number;
  },
): Promise<string> {
  const { withinMs = fetchWithinMs } = options;
  const deadline = AbortSignal.timeout(withinMs);
  const within = { ...options, signal: AbortSignal.any([options.signal, deadline]) };
  try {
    const repository = await openRepository(within);
    const mergedWith = await parentMergedWith(repository, options.headSha);
    return mergedWith ?? (await mergeBaseWith(repository, options));
  } catch (error) {
    options.signal.throwIfAborted();
    if (!deadline.aborted) throw error;
    throw new ChaosError('config', `the base commit was not there and could not be fetched in ${formatMs(withinMs)}`, {
      hint: fetchDepthHint,
      cause: error,
    });
  }
}

type Repository = {
  readonly folder: string;
  /** The folder within the repository, with a slash at its end; empty for the top folder. */
  readonly prefix: string;
  readonly head: string;
  readonly logger: Logger;
  run(...args: readonly string[]): Promise<GitAnswer>;
};

/** What HEAD is compared with: its name here, how to fetch it from origin, and its name for a user. */
type Target = { readonly here: string; readonly refspec: string; readonly name: string };

const fetchDepthHint = 'set `fetch-depth: 0` in the actions/checkout step of this job';

async function openRepository(options: {
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}): Promise<Repository> {
  const { folder, signal, logger } = options;
  const run: Repository['run'] = (...args) => git(folder, args, { signal });
  const prefix = await run('rev-parse', '--show-prefix');
  if (!prefix.ok) throw unusable(folder, prefix);
  const head = await run('rev-parse', '--verify', 'HEAD^{commit}');
  if (!head.ok) throw failure(`the checkout in ${folder} has no commit`, head);
  return { folder, prefix: prefix.stdout, head: head.stdout, logger, run };
}

/** The first parent of GitHub's merge commit of a pull request. It is read from the commit itself, because a shallow checkout hides parents. */
async function parentMergedWith(repository: Repository, headSha: string | undefined): Promise<string | undefined> {
  const commit = await repository.run('cat-file', 'commit', 'HEAD');
  const [header = ''] = commit.stdout.split('\n\n', 1);
  const [mergedWith, merged, ...others] = [...header.matchAll(/^parent (\S+)$/gm)].map((match) => match[1]);
  if (mergedWith === undefined || merged === undefined || merged !== headSha || others.length > 0) return undefined;
  const target = commitTarget(mergedWith);
  if (!(await isHere(repository, target))) await fetch(repository, [target], 1);
  return mergedWith;
}

async function mergeBaseWith(repository: Repository, { baseRef, baseSha }: Base): Promise<string> {
  const byRef = baseRef === undefined ? undefined : await branchTarget(repository, baseRef);
  const bySha = baseSha === undefined ? undefined : commitTarget(baseSha);
  const [first, second] = [byRef, bySha].filter((target) => target !== undefined);
  if (!first) throw new ChaosError('internal', 'neither a branch nor a commit to compare with was given');
  const found = await commonCommit(repository, first);
  // The branch may contain the change by now, for example if a run is repeated after the merge. The branch as it was then is the better base.
  return found === repository.head && second ? commonCommit(repository, second) : found;
}

async function branchTarget({ run }: Repository, branch: string): Promise<Target> {
  const name = branch.replace(/^refs\/heads\//, '');
  if (!(await run('check-ref-format', `refs/heads/${name}`)).ok)
    throw new ChaosError('config', `${JSON.stringify(branch)} is not the name of a branch`);
  const here = `refs/remotes/origin/${name}`;
  return { here, refspec: `+refs/heads/${name}:${here}`, name: `the branch ${name}` };
}

function commitTarget(id: string): Target {
  if (!sha.safeParse(id).success) throw new ChaosError('config', `${JSON.stringify(id)} is not a commit`);
  return { here: id, refspec: id, name: `the commit ${short(id)}` };
}

/** The nearest common commit of HEAD and the target. Fetches more history, step by step, until it is found. */
async function commonCommit(repository: Repository, target: Target): Promise<string> {
  const nearest = async (): Promise<string | undefined> => {
    const { ok, stdout } = await repository.run('merge-base', target.here, 'HEAD');
    return ok ? stdout : undefined;
  };
  let found = await nearest();
  if (found === undefined && !(await isShallow(repository)) && !(await isHere(repository, target))) {
    await fetch(repository, [target]);
    found = await nearest();
  }
  for (const depth of depths) {
    if (found !== undefined || !(await isShallow(repository))) break;
    await deepen(repository, target, depth);
    found = await nearest();
  }
  if (found === undefined)
    throw new ChaosError('config', `${target.name} and HEAD (${short(repository.head)}) have no commit in common`, {
      hint: 'their histories are unrelated, so there is nothing to compare with: set `compare: none`',
    });
  return found;
}

async function deepen(repository: Repository, target: Target, commits: number): Promise<void> {
  const { head, logger, run } = repository;
  // With a smaller depth git would cut off history that it already has.
  const here = Number((await run('rev-list', '--count', '--all', 'HEAD')).stdout);
  const depth = Math.max(commits, here);
  logger.info(
    `the checkout is shallow: fetching ${Number.isFinite(depth) ? `the last ${depth} commits` : 'all commits'} of HEAD and ${target.name}`,
  );
  const answer = await tryFetch(repository, [commitTarget(head), target], depth);
  if (answer.ok) return;
  // A commit that was made in this job is not at origin, but its parents are.
  if (!answer.stderr.includes(head)) throw fetchFailure(answer, target);
  await fetch(repository, [target], depth);
}

async function fetch(repository: Repository, targets: readonly [Target, ...Target[]], depth?: number): Promise<void> {
  const answer = await tryFetch(repository, targets, depth);
  if (!answer.ok) throw fetchFailure(answer, targets[0]);
}

/** A complete checkout is fetched without a depth, so that it stays complete. */
function tryFetch({ run }: Repository, targets: readonly Target[], depth?: number): Promise<GitAnswer> {
  const how = depth === undefined ? [] : [Number.isFinite(depth) ? `--depth=${depth}` : '--unshallow'];
  return run(
    ...['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', ...how, 'origin'],
    ...targets.map(({ refspec }) => refspec),
  );
}

async function isShallow({ run }: Repository): Promise<boolean> {
  return (await run('rev-parse', '--is-shallow-repository')).stdout === 'true';
}

async function isHere({ run }: Repository, { here }: Target): Promise<boolean> {
  return (await run('cat-file', '-e', `${here}^{commit}`)).ok;
}

/** Why git does not work in this folder at all. */
function unusable(folder: string, answer: GitAnswer): ChaosError {
  if (/dubious ownership|unsafe repository/.test(answer.stderr))
    return new ChaosError('config', `git refuses to work in ${folder}, which belongs to another user`, {
      output: lastSaid(answer),
      hint: `run this in a step before: git config --global --add safe.directory ${folder}`,
    });
  if (/not a git repository/i.test(answer.stderr))
    return new ChaosError('config', `${folder} is not in a git repository`, {
      hint: 'actions/checkout has to come before this step, and git has to be installed when it runs: without git it downloads the files alone',
    });
  return failure(`git does not work in ${folder}`, answer);
}

function fetchFailure(answer: GitAnswer, target: Target): ChaosError {
  const told = (why: string, hint: string): ChaosError =>
    new ChaosError('config', `${target.name} could not be fetched: ${why}`, { hint, output: lastSaid(answer) });
  const said = answer.stderr;
  if (/'origin' does not appear to be a git repository/.test(said))
    return told('the checkout has no remote named origin', fetchDepthHint);
  if (/couldn't find remote ref|not our ref|unadvertised object/.test(said))
    return told('origin does not have it', fetchDepthHint);
  if (
    /could not read (Username|Password)|Authentication failed|Permission denied|Repository not found|terminal prompts disabled/i.test(
      said,
    )
  )
    return told(
      'origin wants credentials that this checkout does not keep',
      `${fetchDepthHint}, or leave its \`persist-credentials\` on`,
    );
  return told('git fetch failed', fetchDepthHint);
}

function failure(message: string, answer: GitAnswer, hint?: string): ChaosError {
  return new ChaosError('config', message, { output: lastSaid(answer), ...(hint === undefined ? {} : { hint }) });
}

function short(id: string): string {
  return id.slice(0, 10);
}

export type Worktree = {
  /** The folder in the worktree that corresponds to the given one. */
  readonly folder: string;
  /** The top folder of the worktree, a temporary folder. */
  readonly root: string;
  readonly sha: string;
  /** Removes the worktree, also after an abort. Never rejects. A second call does nothing. */
  remove(): Promise<void>;
};

/**
 * Checks a commit out beside the checkout at `folder`, in a new temporary folder within `into`. The submodules of the checkout are checked out
 * too; if one cannot be, there is a warning. Files in Git LFS are complete if git-lfs is set up for the checkout, and pointers if not.
 * The user's hooks do not run. If it fails, it throws ChaosError('config') and leaves nothing behind.
 */
export async function checkoutWorktree(options: {
  readonly folder: string;
  readonly sha: string;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** The system's folder for temporary files if not given; a folder outside of the checkout. */
  readonly into?: string;
}): Promise<Worktree> {
  const { signal, logger, into = tmpdir() } = options;
  const repository = await openRepository(options);
  const { here } = commitTarget(options.sha);
  const root = await mkdtemp(join(await realpath(into), 'chaos-base-'));
  let removed: Promise<void> | undefined;
  const remove = (): Promise<void> => {
    removed ??= removeWorktree(repository.folder, root, logger);
    return removed;
  };
  try {
    const added = await repository.run('worktree', 'add', '--quiet', '--detach', root, here);
    if (!added.ok) throw failure(`the commit ${short(here)} could not be checked out`, added);
    await checkoutSubmodules(root, signal, logger);
    const folder = join(root, repository.prefix);
    if (!existsSync(folder))
      throw new ChaosError('config', `the commit ${short(here)} has no folder ${repository.prefix}`, {
        hint: 'there is nothing to compare with before the commit that brought it: set `compare: none` until then',
      });
    return { folder, root, sha: here, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/**
 * Only the submodules that the checkout has: a worktree shares its settings, and initializing others would change them. Submodules of
 * submodules are all initialized, because they belong to this worktree alone.
 */
async function checkoutSubmodules(root: string, signal: AbortSignal, logger: Logger): Promise<void> {
  if (!existsSync(join(root, '.gitmodules'))) return;
  const nested = 'git submodule --quiet update --init';
  for (const args of [['update'], ['foreach', '--recursive', nested]]) {
    const answer = await git(root, ['submodule', '--quiet', ...args], { signal });
    if (answer.ok) continue;
    logger.warn(`submodules of the base commit could not be checked out: ${lastSaid(answer).join(' ')}`);
    return;
  }
}

async function removeWorktree(repository: string, root: string, logger: Logger): Promise<void> {
  try {
    // The files are removed first: if a build has changed permissions or locked something, git keeps them and its own record of the worktree.
    await rm(root, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    logger.warn(`${root} could not be removed: ${messageOf(error)}`);
  }
  try {
    const signal = AbortSignal.timeout(removeWithinMs);
    const forgotten = await git(repository, ['worktree', 'remove', '--force', '--force', root], { signal });
    if (!forgotten.ok) await git(repository, ['worktree', 'prune'], { signal });
  } catch (error) {
    logger.warn(`git still knows the worktree ${root}: ${messageOf(error)}`);
  }
}
