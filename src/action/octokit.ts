import { getOctokit } from '@actions/github';
import { retry } from '@octokit/plugin-retry';

export type Octokit = ReturnType<typeof getOctokit>;

/** No call of GitHub's API takes longer than this; a run that is done must not hang on it. */
const callWithinMs = 30_000;

/** GitHub's API with the workflow's token; 5xx and 429 are tried again three times. */
export function openOctokit(token: string, baseUrl = process.env.GITHUB_API_URL): Octokit {
  return getOctokit(
    token,
    {
      ...(baseUrl ? { baseUrl } : {}),
      // The libraries' advice on what is deprecated is not for the reader of a workflow's log.
      log: { debug() {}, info() {}, warn() {}, error() {} },
      request: {
        fetch: (url: string, init: RequestInit = {}) =>
          fetch(url, { ...init, signal: AbortSignal.timeout(callWithinMs) }),
      },
    },
    retry,
  );
}

/** The HTTP status of an error that octokit threw; undefined for another error. */
export function statusOf(error: unknown): number | undefined {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' ? status : undefined;
}
