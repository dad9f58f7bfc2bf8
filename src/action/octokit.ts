import { getOctokit } from '@actions/github';
import { retry } from '@octokit/plugin-retry';

export type Octokit = ReturnType<typeof getOctokit>;

const callWithinMs = 10_000;

/** GitHub's API with the workflow's token. A call that takes 10 s, or is answered with 5xx or 429, is tried twice more. */
export function openOctokit(token: string, baseUrl = process.env.GITHUB_API_URL): Octokit {
  return getOctokit(
    token,
    {
      ...(baseUrl ? { baseUrl } : {}),
      retry: { retries: 2 },
      // Warnings of the libraries about deprecated calls are not for the reader of a workflow's log.
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
