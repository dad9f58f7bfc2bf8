import { messageOf } from '../base/error.ts';
import { type Octokit, statusOf } from './octokit.ts';

export type CommentResult =
  | { readonly kind: 'posted'; readonly url: string; readonly updated: boolean }
  /** The token may not write, as in runs of forks and of Dependabot. */
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
  /** The id that an earlier release used for the same job: its comment is updated if there is none with `id`. */
  readonly formerId?: string;
  /** If a pull request has so many comments of this tool already, no new one is made. */
  readonly atMost?: number;
};

/** The hidden first line of a comment. It names the run, so that a slow run does not overwrite a newer result. */
export function marker({ id, runId }: Pick<CommentPlace, 'id' | 'runId'>): string {
  return `<!-- chaos-action:${id} run:${runId} -->`;
}

type Comment = {
  readonly id: number;
  readonly html_url: string;
  readonly body?: string | undefined;
  readonly user: { readonly login: string } | null;
};

/** GitHub may have made a comment although its answer was an error. So the comment is looked for before it is made again. */
const tries = 3;

/**
 * Posts `body`, which begins with the marker, or replaces the earlier comment of this id. It changes only comments by the author of the token,
 * even if somebody else has copied the marker. Never rejects.
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
 * Another job may have made the first comment of this id at the same time: all but the oldest are deleted. If ours is deleted, answers with the one
 * that stays.
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
  // The oldest was deleted by somebody in the meantime: ours stays.
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

/** The address of the updated comment; undefined if it was deleted in the meantime. */
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

/** The run to which a comment with the marker of this id belongs. */
function runOf({ body }: Comment, id: string): number | undefined {
  const match = /^<!-- chaos-action:([\w.-]+) run:(\d+) -->/.exec(body ?? '');
  return match?.[1] === id ? Number(match[2]) : undefined;
}

/**
 * The author that the token writes as. A personal token has a user. The token of an app may not ask for its user and is taken for the workflow's
 * own token, whose comments have a fixed author. With the token of another app, each run therefore makes a new comment.
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
