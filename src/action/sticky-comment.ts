import { messageOf } from '../base/error.ts';
import { type Octokit, statusOf } from './octokit.ts';

export type CommentResult =
  | { readonly kind: 'posted'; readonly url: string; readonly updated: boolean }
  /** The token may not write: what forks and Dependabot get. */
  | { readonly kind: 'read-only' }
  /** A later run has commented already. */
  | { readonly kind: 'newer'; readonly url: string }
  /** There is no pull request to comment on. */
  | { readonly kind: 'none'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

export type CommentPlace = {
  readonly owner: string;
  readonly repo: string;
  /** The pull request. */
  readonly number: number;
  /** Runs with the same id share one comment; letters, digits, dots and hyphens. */
  readonly id: string;
  readonly runId: number;
  /** An id that an earlier release had for the same place: its comment is taken over where there is none of `id`. */
  readonly formerId?: string;
  /** No new comment is made where there are so many of this tool already, whatever their ids. */
  readonly atMost?: number;
};

/** The hidden first line of a comment. It names the run, so that a slow run does not put an old result over a newer one. */
export function marker({ id, runId }: Pick<CommentPlace, 'id' | 'runId'>): string {
  return `<!-- chaos-action:${id} run:${runId} -->`;
}

type Comment = {
  readonly id: number;
  readonly html_url: string;
  readonly body?: string | undefined;
  readonly user: { readonly login: string } | null;
};

/** GitHub may have made a comment and failed to say so: before it is made again, it is looked for. */
const tries = 3;

/**
 * Posts `body`, which begins with the marker, or puts it over this id's earlier comment. Only a comment of the token's own author is
 * ever changed, whoever else may have copied the marker. Never rejects.
 */
export async function postComment(octokit: Octokit, place: CommentPlace, body: string): Promise<CommentResult> {
  for (let left = tries - 1; ; left--) {
    try {
      return await tryPost(octokit, place, body);
    } catch (error) {
      if (isReadOnly(error)) return { kind: 'read-only' };
      const status = statusOf(error);
      const mayPass = status === undefined || status >= 500 || status === 429;
      if (left === 0 || !mayPass) return { kind: 'failed', why: messageOf(error) };
    }
  }
}

async function tryPost(octokit: Octokit, place: CommentPlace, body: string): Promise<CommentResult> {
  const { owner, repo, number } = place;
  const author = await authorOf(octokit);
  const ours = (await commentsOf(octokit, place)).filter(
    ({ user, body: text }) => user?.login === author && text?.startsWith('<!-- chaos-action:'),
  );
  const own = ours.findLast((comment) => runOf(comment, place.id) !== undefined);
  if (own && (runOf(own, place.id) ?? 0) > place.runId) return { kind: 'newer', url: own.html_url };
  const { formerId } = place;
  const newest =
    own ?? (formerId === undefined ? undefined : ours.findLast((comment) => runOf(comment, formerId) !== undefined));
  if (newest) {
    const updated = await update(octokit, place, newest.id, body);
    if (updated !== undefined) return posted(updated, true);
  }
  if (ours.length >= (place.atMost ?? Number.POSITIVE_INFINITY))
    return { kind: 'failed', why: `the pull request has ${ours.length} comments of this tool already` };
  const { data } = await octokit.rest.issues.createComment({
    owner,
    repo,
    issue_number: number,
    body,
    request: { retries: 0 },
  });
  return (await makeWay(octokit, place, { author, ours: data, body })) ?? posted(data.html_url, false);
}

/**
 * Another job may have made the first comment of this id at the same moment: all but the oldest go. What was put there instead of ours,
 * if ours went.
 */
async function makeWay(
  octokit: Octokit,
  place: CommentPlace,
  { author, ours, body }: { readonly author: string; readonly ours: Comment; readonly body: string },
): Promise<CommentResult | undefined> {
  const { owner, repo } = place;
  const [oldest] = (await commentsOf(octokit, place)).filter(
    (comment) => comment.user?.login === author && runOf(comment, place.id) !== undefined,
  );
  if (oldest === undefined || oldest.id >= ours.id) return undefined;
  const isNewer = (runOf(oldest, place.id) ?? 0) > place.runId;
  const url = isNewer ? oldest.html_url : await update(octokit, place, oldest.id, body);
  // The oldest has been deleted meanwhile: ours stays.
  if (url === undefined) return undefined;
  await octokit.rest.issues.deleteComment({ owner, repo, comment_id: ours.id });
  return isNewer ? { kind: 'newer', url } : posted(url, true);
}

function posted(url: string, updated: boolean): CommentResult {
  return { kind: 'posted', url, updated };
}

async function commentsOf(octokit: Octokit, { owner, repo, number }: CommentPlace): Promise<readonly Comment[]> {
  return await octokit.paginate(octokit.rest.issues.listComments, { owner, repo, issue_number: number, per_page: 100 });
}

/** The address of the updated comment; undefined if it has been deleted meanwhile. */
async function update(
  octokit: Octokit,
  { owner, repo }: CommentPlace,
  id: number,
  body: string,
): Promise<string | undefined> {
  try {
    const { data } = await octokit.rest.issues.updateComment({ owner, repo, comment_id: id, body });
    return data.html_url;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** The run that a comment with this id's marker is of. */
function runOf({ body }: Comment, id: string): number | undefined {
  const match = /^<!-- chaos-action:([\w.-]+) run:(\d+) -->/.exec(body ?? '');
  return match?.[1] === id ? Number(match[2]) : undefined;
}

/**
 * Who the token is. A personal token has a user; that of an app has none that it may ask for, and is taken for the workflow's own, which
 * is the only app whose comments are told by a fixed name. The token of another app makes a comment a run.
 */
async function authorOf(octokit: Octokit): Promise<string> {
  try {
    return (await octokit.rest.users.getAuthenticated()).data.login;
  } catch (error) {
    if (statusOf(error) !== 403) throw error;
    return 'github-actions[bot]';
  }
}

function isReadOnly(error: unknown): boolean {
  return statusOf(error) === 403 && /not accessible by integration/i.test(messageOf(error));
}
