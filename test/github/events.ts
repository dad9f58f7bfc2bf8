import { shaOf } from './github-state.ts';
import type { LocalGitHub } from './local-github.ts';
import { mergeShaOf, pullView, repositoryView, runView, type View } from './rest-views.ts';

/** What starts a workflow: the payload in GITHUB_EVENT_PATH, and what the runner says of it in the environment. */
export type WorkflowEvent = {
  readonly name: string;
  readonly payload: View;
  readonly ref: string;
  readonly sha: string;
  /** The branches of a pull request; the variables are empty on other events. */
  readonly headRef?: string;
  readonly baseRef?: string;
  /** What GitHub keeps about the run. */
  readonly head: { readonly branch: string; readonly sha: string; readonly repositoryId: number };
};

/** The workflow runs on the commit that GitHub makes of head and base. */
export function pullRequestEvent(github: LocalGitHub, number: number, action = 'opened'): WorkflowEvent {
  const pull = github.pullRequest(number);
  if (!pull) throw new Error(`there is no pull request ${number}`);
  return {
    name: 'pull_request',
    payload: { action, number, pull_request: pullView(github, pull), repository: repositoryView(github) },
    ref: `refs/pull/${number}/merge`,
    sha: mergeShaOf(pull),
    headRef: pull.headRef,
    baseRef: pull.baseRef,
    head: { branch: pull.headRef, sha: pull.headSha, repositoryId: github.repositoryId(pull.headRepo) },
  };
}

export function pushEvent(github: LocalGitHub, sha: string, branch = github.repository.defaultBranch): WorkflowEvent {
  const ref = `refs/heads/${branch}`;
  return onBranch(github, 'push', { ref, before: shaOf(`before ${sha}`), after: sha }, branch, sha);
}

/** The line of the workflow's `schedule` that fired, as it stands there. */
export function scheduleEvent(github: LocalGitHub, cron: string): WorkflowEvent {
  return onBranch(github, 'schedule', { schedule: cron });
}

/** Started by hand, with the inputs of the form. */
export function dispatchEvent(github: LocalGitHub, inputs: View = {}): WorkflowEvent {
  return onBranch(github, 'workflow_dispatch', { inputs, ref: `refs/heads/${github.repository.defaultBranch}` });
}

/** Another workflow's run is over; this one runs on the default branch, with a token that may write. */
export function workflowRunEvent(github: LocalGitHub, runId: number): WorkflowEvent {
  const run = github.run(runId);
  if (!run) throw new Error(`there is no run ${runId}`);
  return onBranch(github, 'workflow_run', { action: 'completed', workflow_run: runView(github, run) });
}

function onBranch(
  github: LocalGitHub,
  name: string,
  payload: View,
  branch = github.repository.defaultBranch,
  sha = shaOf('base'),
): WorkflowEvent {
  return {
    name,
    payload: { ...payload, repository: repositoryView(github) },
    ref: `refs/heads/${branch}`,
    sha,
    head: { branch, sha, repositoryId: github.repository.id },
  };
}
