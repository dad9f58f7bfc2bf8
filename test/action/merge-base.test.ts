import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Base, baseFor, checkoutWorktree, findMergeBase } from '../../src/action/merge-base.ts';
import { ChaosError } from '../../src/base/error.ts';
import { type Logger, silentLogger } from '../../src/base/logger.ts';
import { eventually, rejection } from '../support/eventually.ts';
import { checkOut, commit, git, grow, initialise } from '../support/git.ts';
import { stateOf as processState } from '../support/processes.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const temporary = temporaryFolders();
const never = new AbortController().signal;

/** Environment variables for the git that is tested, put back after each test. */
let before: NodeJS.ProcessEnv;
beforeEach(() => {
  before = { ...process.env };
  Object.assign(process.env, { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' });
});
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

/** An origin on this machine, with what its work is done in. */
function anOrigin(): { readonly work: string; readonly url: string } {
  const work = join(temporary(), 'origin');
  initialise(work);
  return { work, url: `file://${work}` };
}

/**
 *     c1 - c2 - c3     main
 *       \         \
 *        f1 - f2 - M   feature, and GitHub's merge of it
 */
function aPullRequest() {
  const origin = anOrigin();
  const c1 = commit(origin.work, 'c1');
  git(origin.work, 'checkout', '--quiet', '-b', 'feature');
  commit(origin.work, 'f1');
  const f2 = commit(origin.work, 'f2');
  git(origin.work, 'checkout', '--quiet', 'main');
  const c2 = commit(origin.work, 'c2');
  const c3 = commit(origin.work, 'c3');
  git(origin.work, 'checkout', '--quiet', '--detach');
  git(origin.work, 'merge', '--quiet', '--no-ff', '--message', 'M', 'feature');
  const merge = git(origin.work, 'rev-parse', 'HEAD');
  git(origin.work, 'update-ref', 'refs/pull/1/merge', merge);
  git(origin.work, 'checkout', '--quiet', 'main');
  return { ...origin, c1, c2, c3, f2, merge };
}

/** A checkout of origin; `depth` 1 is what actions/checkout does unless told otherwise. */
function aCheckout(url: string, id: string, depth = 1): string {
  const folder = join(temporary(), 'checkout');
  checkOut(folder, url, id, depth);
  return folder;
}

function find(folder: string, base: Base, given: { signal?: AbortSignal; logger?: Logger; withinMs?: number } = {}) {
  return findMergeBase({ folder, ...base, signal: never, logger: silentLogger, ...given });
}

/** What a user of the checkout sees of it. */
function stateOf(folder: string): Record<string, string> {
  return {
    head: git(folder, 'rev-parse', 'HEAD', '--symbolic-full-name', 'HEAD'),
    branches: git(folder, 'for-each-ref', 'refs/heads'),
    status: git(folder, 'status', '--porcelain=v2', '--branch'),
    staged: git(folder, 'diff', '--cached'),
    changed: git(folder, 'diff'),
    settings: git(folder, 'config', '--local', '--list'),
    worktrees: git(folder, 'worktree', 'list', '--porcelain'),
  };
}

describe('the commit that a change started from', () => {
  test('of GitHub’s merge of a pull request is what it was merged with, wherever the base branch is by now', async () => {
    const { work, url, c1, c3, f2, merge } = aPullRequest();
    commit(work, 'c4');
    const folder = aCheckout(url, merge);
    expect(await find(folder, { baseRef: 'main', baseSha: c1, headSha: f2 })).toBe(c3);
    // Not knowing whose merge it is, the history says the same.
    expect(await find(aCheckout(url, merge), { baseRef: 'main' })).toBe(c3);
    expect(git(folder, 'show', '--no-patch', '--format=%s', c3)).toBe('c3');
  });

  test('of the head commit of a pull request is where it branched off', async () => {
    const { url, c1, c3, f2 } = aPullRequest();
    expect(await find(aCheckout(url, f2), { baseRef: 'main', baseSha: c3, headSha: f2 })).toBe(c1);
    expect(await find(aCheckout(url, f2), { baseSha: c3 })).toBe(c1);
  });

  test('of a head commit that is a merge itself, of the base into the branch, is the base that it took in', async () => {
    const { work, url, c3 } = aPullRequest();
    git(work, 'checkout', '--quiet', 'feature');
    git(work, 'merge', '--quiet', '--no-ff', '--message', 'up to date', 'main');
    const head = git(work, 'rev-parse', 'HEAD');
    expect(await find(aCheckout(url, head), { baseRef: 'main', headSha: head })).toBe(c3);
  });

  test('is what the base was at the time, when the base branch has taken the change in since', async () => {
    const { work, url, c1, c2, f2 } = aPullRequest();
    git(work, 'merge', '--quiet', '--no-ff', '--message', 'merged', 'feature');
    expect(await find(aCheckout(url, f2), { baseRef: 'main', baseSha: c2, headSha: f2 })).toBe(c1);
  });

  test('is HEAD itself where the base has all of it', async () => {
    const { url, c2 } = aPullRequest();
    expect(await find(aCheckout(url, c2), { baseRef: 'main' })).toBe(c2);
  });

  test('of a push is the commit before it', async () => {
    const { url, c2, c3 } = aPullRequest();
    expect(await find(aCheckout(url, c3), { baseSha: c2 })).toBe(c2);
  });

  test('is found in a subfolder of the checkout too', async () => {
    const { work, url, c1 } = aPullRequest();
    git(work, 'checkout', '--quiet', 'feature');
    const nested = commit(work, 'f3', { 'services/broker/chaos.yml': 'broker: nats' });
    const folder = aCheckout(url, nested);
    expect(await find(join(folder, 'services', 'broker'), { baseRef: 'main' })).toBe(c1);
  });

  test('is that of the checkout, whatever repository the environment names', async () => {
    const { url, c2, c3 } = aPullRequest();
    process.env.GIT_DIR = join(temporary(), 'another', '.git');
    const folder = aCheckout(url, c3);
    expect(await find(folder, { baseSha: c2 })).toBe(c2);
  });

  test('of a commit that was made in this job, which origin does not know', async () => {
    const { url, c1, f2 } = aPullRequest();
    const folder = aCheckout(url, f2);
    commit(folder, 'made in the job');
    expect(await find(folder, { baseRef: 'main' })).toBe(c1);
  });
});

describe('how far a shallow checkout is deepened', () => {
  /** 700 commits on main since the branch `feature` of 400. */
  function aLongHistory() {
    const origin = anOrigin();
    grow(origin.work, 'main', 20);
    const fork = git(origin.work, 'rev-parse', 'main');
    grow(origin.work, 'main', 700, 'refs/heads/main^0');
    grow(origin.work, 'feature', 400, fork);
    return { ...origin, fork, head: git(origin.work, 'rev-parse', 'feature') };
  }
  const said: string[] = [];
  const logger: Logger = { ...silentLogger, info: (message) => said.push(message) };
  beforeEach(() => {
    said.length = 0;
  });

  test('is as far as it takes, told step by step, and nothing of the checkout changes', async () => {
    const { url, fork, head } = aLongHistory();
    const folder = aCheckout(url, head);
    const state = stateOf(folder);
    expect(await find(folder, { baseRef: 'main' }, { logger })).toBe(fork);
    expect(said).toEqual([
      'the checkout is shallow: fetching the last 50 commits of HEAD and the branch main',
      'the checkout is shallow: fetching the last 500 commits of HEAD and the branch main',
      'the checkout is shallow: fetching all commits of HEAD and the branch main',
    ]);
    expect(stateOf(folder)).toEqual(state);
  });

  test('is no further than it takes', async () => {
    const { work, url } = aLongHistory();
    git(work, 'reset', '--quiet', '--hard', 'main~30');
    const fork = git(work, 'rev-parse', 'HEAD');
    const head = commit(work, 'near');
    git(work, 'branch', 'near');
    git(work, 'reset', '--quiet', '--hard', fork);
    grow(work, 'main', 30, fork);
    const folder = aCheckout(url, head);
    expect(await find(folder, { baseRef: 'main' }, { logger })).toBe(fork);
    expect(said).toHaveLength(1);
    expect(git(folder, 'rev-parse', '--is-shallow-repository')).toBe('true');
  });

  test('never shortens what is there already', async () => {
    const { url, fork, head } = aLongHistory();
    const folder = aCheckout(url, head, 300);
    expect(await find(folder, { baseRef: 'main' }, { logger })).toBe(fork);
    expect(said[0]).toBe('the checkout is shallow: fetching the last 300 commits of HEAD and the branch main');
    const near = aCheckout(url, head, 450);
    await find(near, { baseSha: fork }, { logger });
    expect(Number(git(near, 'rev-list', '--count', 'HEAD'))).toBe(420);
  });

  test('a complete checkout is asked alone: origin may be gone', async () => {
    const { work, url, fork, head } = aLongHistory();
    const folder = aCheckout(url, head, 0);
    rmSync(work, { recursive: true });
    expect(await find(folder, { baseRef: 'main' }, { logger })).toBe(fork);
    expect(said).toEqual([]);
  });

  test('a complete checkout of one branch fetches the other one and stays complete', async () => {
    const { url, fork, head } = aLongHistory();
    const folder = aCheckout(url, head, 0);
    for (const branch of ['main', 'feature']) git(folder, 'update-ref', '-d', `refs/remotes/origin/${branch}`);
    expect(await find(folder, { baseRef: 'main' }, { logger })).toBe(fork);
    expect(git(folder, 'rev-parse', '--is-shallow-repository')).toBe('false');
  });
});

describe('what cannot be found is told with what to set', () => {
  const fetchDepth = 'set `fetch-depth: 0` in the actions/checkout step of this job';

  async function refusal(folder: string, base: Base, withinMs?: number): Promise<ChaosError> {
    const error = await rejection(find(folder, base, withinMs === undefined ? {} : { withinMs }));
    if (!(error instanceof ChaosError)) throw error;
    expect(error.code).toBe('config');
    return error;
  }

  test('unrelated histories', async () => {
    const { work, url, c3 } = aPullRequest();
    grow(work, 'orphan', 5);
    const error = await refusal(aCheckout(url, git(work, 'rev-parse', 'orphan')), { baseRef: 'main' });
    expect(error.message).toMatch(/^the branch main and HEAD \([0-9a-f]{10}\) have no commit in common$/);
    expect(error.hint).toContain('`compare: none`');
    expect((await refusal(aCheckout(url, git(work, 'rev-parse', 'orphan')), { baseSha: c3 })).message).toContain(
      `the commit ${c3.slice(0, 10)} and HEAD`,
    );
  });

  test('no origin', async () => {
    const { url, f2 } = aPullRequest();
    const folder = aCheckout(url, f2);
    git(folder, 'remote', 'remove', 'origin');
    expect(await refusal(folder, { baseRef: 'main' })).toMatchObject({
      message: 'the branch main could not be fetched: the checkout has no remote named origin',
      hint: fetchDepth,
    });
  });

  test('a branch, or a commit, that origin does not have', async () => {
    const { url, f2 } = aPullRequest();
    expect((await refusal(aCheckout(url, f2), { baseRef: 'gone' })).message).toBe(
      'the branch gone could not be fetched: origin does not have it',
    );
    const lost = '0123456789'.repeat(4);
    expect((await refusal(aCheckout(url, f2), { baseSha: lost })).message).toBe(
      'the commit 0123456789 could not be fetched: origin does not have it',
    );
  });

  describe('an origin that is not for everybody', () => {
    let server: Server;
    const asked: string[] = [];
    const listen = async (answers: boolean): Promise<string> => {
      asked.length = 0;
      server = createServer((request, response) => {
        asked.push(request.url ?? '');
        if (answers) response.writeHead(401, { 'www-authenticate': 'Basic realm="origin"' }).end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://user:letmein@127.0.0.1:${(server.address() as AddressInfo).port}/private.git`;
    };
    afterEach(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });

    test('credentials that the checkout did not keep', async () => {
      const { url, f2 } = aPullRequest();
      const folder = aCheckout(url, f2);
      git(folder, 'remote', 'set-url', 'origin', (await listen(true)).replace('user:letmein@', ''));
      const error = await refusal(folder, { baseRef: 'main' });
      expect(error.message).toBe(
        'the branch main could not be fetched: origin wants credentials that this checkout does not keep',
      );
      expect(error.hint).toBe(`${fetchDepth}, or leave its \`persist-credentials\` on`);
    });

    test('credentials that are refused are not shown', async () => {
      const { url, f2 } = aPullRequest();
      const folder = aCheckout(url, f2);
      git(folder, 'remote', 'set-url', 'origin', await listen(true));
      const error = await refusal(folder, { baseRef: 'main' });
      expect(error.message).toContain('origin wants credentials');
      expect(`${error.message} ${error.hint} ${error.output.join(' ')}`).not.toContain('letmein');
    });

    test('one that does not answer in time', async () => {
      const { url, f2 } = aPullRequest();
      const folder = aCheckout(url, f2);
      git(folder, 'remote', 'set-url', 'origin', await listen(false));
      expect(await refusal(folder, { baseRef: 'main' }, 400)).toMatchObject({
        message: 'the base commit was not there and could not be fetched in 400 ms',
        hint: fetchDepth,
      });
    });

    test('a cancelled search ends at once, with the reason of the cancelling and without git', async () => {
      const { url, f2 } = aPullRequest();
      const folder = aCheckout(url, f2);
      git(folder, 'remote', 'set-url', 'origin', await listen(false));
      const abort = new AbortController();
      const found = find(folder, { baseRef: 'main' }, { signal: abort.signal });
      await eventually('git asks origin', () => asked.length > 0);
      const cancelled = new ChaosError('cancelled', 'cancelled by SIGINT');
      abort.abort(cancelled);
      expect(await rejection(found)).toBe(cancelled);
      // The helper that spoke with origin is gone too: its connection is closed.
      await eventually('no connection is left', async () => (await connections(server)) === 0);
    });
  });

  test('a folder that is in no repository', async () => {
    const folder = temporary();
    expect(await refusal(folder, { baseRef: 'main' })).toMatchObject({
      message: `${folder} is not in a git repository`,
      hint: expect.stringContaining('actions/checkout has to come before this step'),
    });
  });

  test('a repository without a commit', async () => {
    const folder = temporary();
    initialise(folder);
    expect((await refusal(folder, { baseRef: 'main' })).message).toBe(`the checkout in ${folder} has no commit`);
  });

  test('a checkout that belongs to another user, as in a container', async () => {
    const { url, f2 } = aPullRequest();
    const folder = aCheckout(url, f2);
    // git's own way to test this.
    process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = '1';
    expect(await refusal(folder, { baseRef: 'main' })).toMatchObject({
      message: `git refuses to work in ${folder}, which belongs to another user`,
      hint: `run this in a step before: git config --global --add safe.directory ${folder}`,
    });
  });

  test('a machine without git', async () => {
    const { url, f2 } = aPullRequest();
    const folder = aCheckout(url, f2);
    process.env.PATH = temporary();
    expect((await refusal(folder, { baseRef: 'main' })).message).toBe(`git could not be started in ${folder}`);
  });

  test.each(['--upload-pack=touch x', 'a b', '*', '../main', ''])(
    'a branch that cannot be one: %j',
    async (baseRef) => {
      const { url, f2 } = aPullRequest();
      expect((await refusal(aCheckout(url, f2), { baseRef })).message).toContain('is not the name of a branch');
    },
  );

  test.each(['main', '--output=x', 'HEAD'])('a commit that cannot be one: %j', async (baseSha) => {
    const { url, f2 } = aPullRequest();
    expect((await refusal(aCheckout(url, f2), { baseSha })).message).toContain('is not a commit');
  });
});

function connections(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}

describe('a worktree of the base', () => {
  const warned: string[] = [];
  const logger: Logger = { ...silentLogger, warn: (message) => warned.push(message) };
  beforeEach(() => {
    warned.length = 0;
  });
  const checkout = (folder: string, sha: string, given: { signal?: AbortSignal; into?: string } = {}) =>
    checkoutWorktree({ folder, sha, signal: never, logger, into: temporary(), ...given });

  /** A checkout in which somebody works: changed, staged and untracked files, on a branch of its own. */
  function aBusyCheckout() {
    const pullRequest = aPullRequest();
    const folder = aCheckout(pullRequest.url, pullRequest.f2, 0);
    git(folder, 'checkout', '--quiet', '-b', 'mine');
    writeFileSync(join(folder, 'f1.txt'), 'changed');
    writeFileSync(join(folder, 'staged.txt'), 'staged');
    git(folder, 'add', 'staged.txt');
    writeFileSync(join(folder, 'untracked.txt'), 'untracked');
    return { ...pullRequest, folder };
  }

  test('programs that the repository configures get nothing that is between the Action and its runner', async () => {
    const origin = anOrigin();
    const sha = commit(origin.work, 'c1', { '.gitattributes': '*.txt filter=spy\n' });
    commit(origin.work, 'c2');
    const folder = aCheckout(origin.url, git(origin.work, 'rev-parse', 'HEAD'), 0);
    const seen = join(temporary(), 'environment.txt');
    git(folder, 'config', 'filter.spy.smudge', `env >> ${seen}; cat`);
    Object.assign(process.env, {
      ACTIONS_RUNTIME_TOKEN: 'precious',
      'INPUT_GITHUB-TOKEN': 'precious',
      OF_THE_JOB: 'yes',
    });
    const worktree = await checkout(folder, sha);
    expect(readFileSync(seen, 'utf8')).toContain('OF_THE_JOB=yes');
    expect(readFileSync(seen, 'utf8')).not.toContain('precious');
    await worktree.remove();
  });

  test('has the files of the commit; the checkout is as before while it is there, and git forgets it afterwards', async () => {
    const { folder, c3 } = aBusyCheckout();
    const state = stateOf(folder);
    const worktree = await checkout(folder, c3);
    expect(git(worktree.root, 'rev-parse', 'HEAD')).toBe(c3);
    expect(worktree.sha).toBe(c3);
    expect(readFileSync(join(worktree.folder, 'c3.txt'), 'utf8')).toBe('c3');
    expect(existsSync(join(worktree.folder, 'f1.txt'))).toBe(false);
    const { worktrees: _during, ...rest } = stateOf(folder);
    expect(state).toMatchObject(rest);

    // What a build leaves behind goes with it.
    mkdirSync(join(worktree.folder, 'build'));
    writeFileSync(join(worktree.folder, 'build', 'broker'), 'binary');
    await worktree.remove();
    expect(existsSync(worktree.root)).toBe(false);
    expect(stateOf(folder)).toEqual(state);
    expect(existsSync(join(folder, '.git', 'worktrees'))).toBe(false);
    expect(warned).toEqual([]);
  });

  test('can be removed twice, and when its files have gone already', async () => {
    const { folder, c3 } = aBusyCheckout();
    const state = stateOf(folder);
    const worktree = await checkout(folder, c3);
    rmSync(worktree.root, { recursive: true });
    await Promise.all([worktree.remove(), worktree.remove()]);
    await worktree.remove();
    expect(stateOf(folder)).toEqual(state);
    expect(warned).toEqual([]);
  });

  test('can be removed after the run was cancelled', async () => {
    const { folder, c3 } = aBusyCheckout();
    const state = stateOf(folder);
    const abort = new AbortController();
    const worktree = await checkout(folder, c3, { signal: abort.signal });
    abort.abort(new Error('cancelled'));
    await worktree.remove();
    expect(stateOf(folder)).toEqual(state);
  });

  test('can be removed when a git that was killed while it made it has left it locked', async () => {
    const { folder, c3 } = aBusyCheckout();
    const state = stateOf(folder);
    const worktree = await checkout(folder, c3);
    git(folder, 'worktree', 'lock', '--reason', 'initializing', worktree.root);
    await worktree.remove();
    expect(stateOf(folder)).toEqual(state);
  });

  test('leaves other worktrees of the user alone, also one whose folder is away for the moment', async () => {
    const { folder, c2, c3 } = aBusyCheckout();
    const others = join(temporary(), 'others');
    git(folder, 'worktree', 'add', '--quiet', '--detach', join(others, 'a'), c2);
    git(folder, 'worktree', 'add', '--quiet', '--detach', join(others, 'b'), c2);
    rmSync(join(others, 'b'), { recursive: true });
    const state = stateOf(folder);
    await (await checkout(folder, c3)).remove();
    expect(stateOf(folder)).toEqual(state);
  });

  test('comes from a shallow checkout too, with what corresponds to the folder that was given', async () => {
    const { work, url } = aPullRequest();
    const c4 = commit(work, 'c4', { 'services/broker/chaos.yml': 'old' });
    const c5 = commit(work, 'c5', { 'services/broker/chaos.yml': 'new' });
    const folder = join(aCheckout(url, c5), 'services', 'broker');
    const worktree = await checkout(folder, await find(folder, { baseSha: c4 }));
    expect(readFileSync(join(worktree.folder, 'chaos.yml'), 'utf8')).toBe('old');
    expect(worktree.folder).toBe(join(worktree.root, 'services', 'broker/'));
    await worktree.remove();
    expect(git(folder, 'worktree', 'list', '--porcelain').match(/^worktree /gm)).toHaveLength(1);
  });

  test('a folder that the base does not have yet is told, and nothing is left', async () => {
    const { work, url, c3 } = aPullRequest();
    const folder = aCheckout(url, commit(work, 'c4', { 'broker/chaos.yml': 'new' }), 0);
    const into = temporary();
    expect(await rejection(checkout(join(folder, 'broker'), c3, { into }))).toMatchObject({
      code: 'config',
      message: `the commit ${c3.slice(0, 10)} has no folder broker/`,
    });
    expect(readdirSync(into)).toEqual([]);
    expect(existsSync(join(folder, '.git', 'worktrees'))).toBe(false);
  });

  test('a commit that is not there is told, and nothing is left', async () => {
    const { url, f2, c3 } = aPullRequest();
    const folder = aCheckout(url, f2);
    const state = stateOf(folder);
    const into = temporary();
    expect(await rejection(checkout(folder, c3, { into }))).toMatchObject({
      code: 'config',
      message: `the commit ${c3.slice(0, 10)} could not be checked out`,
    });
    expect(readdirSync(into)).toEqual([]);
    expect(stateOf(folder)).toEqual(state);
  });

  test('one that is cancelled while its files are written leaves nothing', async () => {
    const { work, url } = aPullRequest();
    // A filter that waits, as one that fetches large files does.
    const slow = commit(work, 'slow', { '.gitattributes': '*.large filter=slow', 'a.large': 'a' });
    const folder = aCheckout(url, slow);
    const began = join(temporary(), 'began');
    git(folder, 'config', 'filter.slow.smudge', `echo $$ >${began}; sleep 60; cat`);
    const state = stateOf(folder);
    const abort = new AbortController();
    const into = temporary();
    const made = checkout(folder, slow, { signal: abort.signal, into });
    await eventually('the filter runs', () => existsSync(began) && readFileSync(began, 'utf8').endsWith('\n'));
    const filter = Number(readFileSync(began, 'utf8'));
    const cancelled = new ChaosError('cancelled', 'cancelled by SIGINT');
    abort.abort(cancelled);
    expect(await rejection(made)).toBe(cancelled);
    expect(['gone', 'Z']).toContain(processState(filter));
    expect(readdirSync(into)).toEqual([]);
    expect(stateOf(folder)).toEqual(state);
    expect(existsSync(join(folder, '.git', 'worktrees'))).toBe(false);
  });

  test('does not run the user’s hooks', async () => {
    const { folder, c3 } = aBusyCheckout();
    const hook = join(folder, '.git', 'hooks', 'post-checkout');
    mkdirSync(join(folder, '.git', 'hooks'), { recursive: true });
    writeFileSync(hook, '#!/bin/sh\ntouch hook-ran\n', { mode: 0o755 });
    const worktree = await checkout(folder, c3);
    expect(existsSync(join(worktree.root, 'hook-ran'))).toBe(false);
    await worktree.remove();
  });

  describe('with submodules', () => {
    /** A library with a submodule of its own, as a submodule of a pull request's repository. */
    function withLibrary() {
      const deep = anOrigin();
      commit(deep.work, 'deep');
      const library = anOrigin();
      commit(library.work, 'library');
      git(library.work, 'submodule', '--quiet', 'add', deep.url, 'deep');
      commit(library.work, 'with deep');
      const { work, url } = aPullRequest();
      git(work, 'submodule', '--quiet', 'add', library.url, 'library');
      const base = commit(work, 'with library');
      return { url, base, head: commit(work, 'c5'), library: library.work };
    }

    test('the checkout’s own ones are checked out, with theirs', async () => {
      process.env.GIT_ALLOW_PROTOCOL = 'file';
      const { url, base, head } = withLibrary();
      const folder = aCheckout(url, head, 0);
      git(folder, 'submodule', '--quiet', 'update', '--init');
      const state = stateOf(folder);
      const worktree = await checkout(folder, base);
      expect(readFileSync(join(worktree.root, 'library', 'library.txt'), 'utf8')).toBe('library');
      expect(readFileSync(join(worktree.root, 'library', 'deep', 'deep.txt'), 'utf8')).toBe('deep');
      await worktree.remove();
      expect(stateOf(folder)).toEqual(state);
      expect(warned).toEqual([]);
    });

    test('one that the checkout does without is not fetched for the base either', async () => {
      process.env.GIT_ALLOW_PROTOCOL = 'file';
      const { url, base, head } = withLibrary();
      const folder = aCheckout(url, head, 0);
      const state = stateOf(folder);
      const worktree = await checkout(folder, base);
      expect(existsSync(join(worktree.root, 'library', 'library.txt'))).toBe(false);
      await worktree.remove();
      expect(stateOf(folder)).toEqual(state);
    });

    test('one that cannot be fetched is a warning', async () => {
      process.env.GIT_ALLOW_PROTOCOL = 'file';
      const { url, base, head, library } = withLibrary();
      const folder = aCheckout(url, head, 0);
      git(folder, 'submodule', '--quiet', 'update', '--init');
      rmSync(library, { recursive: true });
      const worktree = await checkout(folder, base);
      expect(warned).toEqual([
        expect.stringMatching(/^submodules of the base commit could not be checked out: .*library/),
      ]);
      expect(readFileSync(join(worktree.root, 'c3.txt'), 'utf8')).toBe('c3');
      await worktree.remove();
      expect(existsSync(worktree.root)).toBe(false);
    });
  });
});

describe('what an event is compared with', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(40)) as [string, string, string];
  const repository = { default_branch: 'main' };
  const pullRequest = { pull_request: { base: { ref: 'main', sha: a }, head: { ref: 'topic', sha: b } }, repository };

  test.each<[string, string, object, Base]>([
    ['a pull request: its base', 'pull_request', pullRequest, { baseRef: 'main', baseSha: a, headSha: b }],
    ['one of a fork too', 'pull_request_target', pullRequest, { baseRef: 'main', baseSha: a, headSha: b }],
    [
      'a merge group: what it goes on top of',
      'merge_group',
      { merge_group: { base_sha: c, head_sha: b } },
      { baseSha: c },
    ],
    [
      'a push: what was there before',
      'push',
      { ref: 'refs/heads/main', before: c, after: b, repository },
      { baseSha: c },
    ],
    [
      'the first push of a branch: the default branch',
      'push',
      { ref: 'refs/heads/topic', before: '0'.repeat(40), after: b, repository },
      { baseRef: 'main' },
    ],
    [
      'a manual run on a branch: the default branch',
      'workflow_dispatch',
      { ref: 'refs/heads/topic', inputs: null, repository },
      { baseRef: 'main' },
    ],
  ])('%s', (_, name, payload, base) => {
    expect(baseFor({ name, payload })).toEqual({ kind: 'base', ...base });
  });

  test.each<[string, unknown, string]>([
    ['schedule', { schedule: '0 3 * * *', repository }, 'the event schedule is not about a change'],
    ['issue_comment', { repository }, 'the event issue_comment is not about a change'],
    [
      'workflow_dispatch',
      { ref: 'refs/heads/main', repository },
      'nothing says what main was before this workflow_dispatch',
    ],
    ['workflow_dispatch', { ref: 'refs/tags/v1', repository }, 'refs/tags/v1 is not a branch'],
    [
      'push',
      { ref: 'refs/heads/main', before: '0'.repeat(40), repository },
      'nothing says what main was before this push',
    ],
    ['push', { ref: 'refs/tags/v1', before: '0'.repeat(40), repository }, 'refs/tags/v1 is not a branch'],
    ['push', {}, 'what was checked out is not a branch'],
    ['push', null, 'what GitHub says of the event push could not be understood'],
    [
      'pull_request',
      { pull_request: { base: { ref: 'main', sha: '--output=x' }, head: { sha: b } } },
      'what GitHub says of the event pull_request could not be understood',
    ],
  ])('nothing: %s %j', (name, payload, why) => {
    expect(baseFor({ name, payload })).toEqual({ kind: 'none', why });
  });
});
