import { messageOf } from '../base/error.ts';
import { type Octokit, statusOf } from './octokit.ts';

export type CommentResult =
  | { readonly kind: 'posted'; readonly url: string; readonly updated: boolean }
  /** The token may not write: what forks and Dependabot get. */
  | { readonly kind: 'read-only' }
  /** A later run has commented already. */
  | { readonly kind: 'newer'; readonly url: string }
  | { readonly kind: 'failed'; readonly why: string };

export type CommentPlace = {
  readonly owner: string;
  readonly repo: string;
  /** The pull request. */
  readonly number: number;
  /** Runs with the same id share one comment; letters, digits, dots and hyphens. */
  readonly id: string;
  readonly runId: number;
};

/** The hidden first line of a comment. It names the run, so that a slow run does not put an old result over a newer one. */
export function marker({ id, runId }: Pick<CommentPlace, 'id' | 'runId'>): string {
  return `<!-- chaos-action:${id} run:${runId} -->`;
}

type Comment = {
  readonly id: number;
  readonly html_url: string;
  readonly body?: string | undefined;
  readonly user: { readonly login: string; readonly type: string } | null;
  readonly performed_via_github_app?: unknown;
};

/**
 * Posts `body`, which begins with the marker, or puts it over this id's earlier comment. Only a comment of the token's own author is
 * ever changed, whoever else may have copied the marker. Never rejects.
 */
export async function postComment(octokit: Octokit, place: CommentPlace, body: string): Promise<CommentResult> {
  const { owner, repo, number } = place;
  try {
    const isMine = await authorship(octokit);
    const comments: readonly Comment[] = await octokit.paginate(octokit.rest.issues.listComments, {
      owner,
      repo,
      issue_number: number,
      per_page: 100,
    });
    const own = comments.filter((comment) => runOf(comment, place.id) !== undefined && isMine(comment));
    const newest = own.at(-1);
    if (newest && (runOf(newest, place.id) ?? 0) > place.runId) return { kind: 'newer', url: newest.html_url };
    if (newest) {
      const updated = await update(octokit, place, newest.id, body);
      if (updated !== undefined) return { kind: 'posted', url: updated, updated: true };
    }
    const { data } = await octokit.rest.issues.createComment({ owner, repo, issue_number: number, body });
    return { kind: 'posted', url: data.html_url, updated: false };
  } catch (error) {
    if (isReadOnly(error)) return { kind: 'read-only' };
    return { kind: 'failed', why: messageOf(error) };
  }
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
 * Who the token is. A personal token has a user. A token of an app, such as the workflow's own, has none that it may ask for; its
 * comments are those of a bot, made through an app.
 */
async function authorship(octokit: Octokit): Promise<(comment: Comment) => boolean> {
  try {
    const { data } = await octokit.rest.users.getAuthenticated();
    return ({ user }) => user?.login === data.login;
  } catch (error) {
    if (statusOf(error) !== 403) throw error;
    return ({ user, performed_via_github_app: app }) =>
      user?.type === 'Bot' && (user.login === 'github-actions[bot]' || (app !== null && app !== undefined));
  }
}

function isReadOnly(error: unknown): boolean {
  return statusOf(error) === 403 && /not accessible by integration/i.test(messageOf(error));
}
