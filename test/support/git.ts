import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Independent of what the machine's users have set. */
const environment: NodeJS.ProcessEnv = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'An Author',
  GIT_AUTHOR_EMAIL: 'author@example.org',
  GIT_COMMITTER_NAME: 'An Author',
  GIT_COMMITTER_EMAIL: 'author@example.org',
  GIT_ALLOW_PROTOCOL: 'file',
};

/** Runs git in a folder; returns what it says, without the last line break. */
export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: folder, env: environment, encoding: 'utf8', stdio: 'pipe' }).trimEnd();
}

/** Makes an empty repository in `folder`, on the branch main. */
export function initialise(folder: string): void {
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '--quiet', '--initial-branch=main');
}

/** Commits files with these contents; returns the commit. */
export function commit(folder: string, message: string, files: Readonly<Record<string, string>> = {}): string {
  for (const [path, content] of Object.entries({ [`${message}.txt`]: message, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', message);
  return git(folder, 'rev-parse', 'HEAD');
}

/** Puts `count` commits on top of a branch, or begins one with them. */
export function grow(folder: string, branch: string, count: number, from?: string): void {
  const commits = Array.from({ length: count }, (_, index) =>
    [
      `commit refs/heads/${branch}`,
      `committer An Author <author@example.org> ${1_700_000_000 + index} +0000`,
      'data 0',
      '',
      ...(index === 0 && from !== undefined ? [`from ${from}`] : []),
      `M 100644 inline ${branch}.txt`,
      `data ${String(index).length}`,
      String(index),
    ].join('\n'),
  );
  execFileSync('git', ['fast-import', '--quiet', '--force'], {
    cwd: folder,
    env: environment,
    input: `${commits.join('\n')}\n`,
  });
}

/** Checks a commit of origin out as actions/checkout does, `depth` commits of it, or with 0 all of every branch. */
export function checkOut(folder: string, origin: string, id: string, depth: number): void {
  const ref = 'refs/remotes/pull/1/merge';
  initialise(folder);
  git(folder, 'remote', 'add', 'origin', origin);
  const what =
    depth === 0 ? ['+refs/heads/*:refs/remotes/origin/*', `+${id}:${ref}`] : [`--depth=${depth}`, `+${id}:${ref}`];
  git(folder, 'fetch', '--quiet', '--no-tags', '--no-recurse-submodules', 'origin', ...what);
  git(folder, 'checkout', '--quiet', '--detach', ref);
}
