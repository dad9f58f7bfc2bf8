import { type Octokit, statusOf } from './octokit.ts';

/** The open pull request whose head is this commit; undefined if there is none, or if the token may not look. */
export async function pullRequestOfCommit(
  octokit: Octokit,
  { owner, repo, sha }: { readonly owner: string; readonly repo: string; readonly sha: string },
): Promise<number | undefined> {
  try {
    const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ owner, repo, commit_sha: sha });
    return data.find(({ state, head }) => state === 'open' && head.sha === sha)?.number;
  } catch (error) {
    if (statusOf(error) === 403 || statusOf(error) === 404 || statusOf(error) === 422) return undefined;
    throw error;
  }
}
