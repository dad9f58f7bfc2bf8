import { type GitHubState, type Permissions, type PullRequest, type Token, timestamp } from './github-state.ts';
import { type Answer, jsonOf, Refusal, type Request } from './http.ts';
import { artifactView, commentView, pullView, repositoryView, runView, userView, type View } from './rest-views.ts';
import { downloadUrl } from './results-service.ts';

type Call = {
  readonly github: GitHubState;
  readonly request: Request;
  readonly origin: string;
  readonly token: Token;
  /** A value of the path, by the name it has in the route. */
  param(name: string): string;
};

type Need = `${keyof Permissions}=${'read' | 'write'}`;

type Route = {
  readonly method: string;
  readonly pattern: RegExp;
  /** Any one of these permissions will do; none are needed where there are none. */
  readonly needs: readonly Need[];
  readonly answer: (call: Call) => Answer;
};

/** The calls of https://docs.github.com/rest that the Action makes, each with the permissions that its page names. */
const routes: readonly Route[] = [
  route('GET /user', [], ({ token }) => {
    // The token of an installation is no user's.
    if (token.identity.app) throw new Refusal(403, notAccessible);
    return { status: 200, body: userView(token.identity) };
  }),
  route('GET /repos/{owner}/{repo}', [], ({ github }) => ({ status: 200, body: repositoryView(github) })),

  route('GET /repos/{owner}/{repo}/issues/{number}/comments', ['issues=read', 'pullRequests=read'], (call) => {
    const comments = call.github.commentsOn(pullOf(call).number);
    return page(call, comments, (comment) => commentView(call.github, call.origin, comment));
  }),
  route('POST /repos/{owner}/{repo}/issues/{number}/comments', ['issues=write', 'pullRequests=write'], (call) => {
    const { number } = pullOf(call);
    const comment = call.github.addComment(number, bodyOf(call), call.token.identity);
    return { status: 201, body: commentView(call.github, call.origin, comment) };
  }),
  route('PATCH /repos/{owner}/{repo}/issues/comments/{id}', ['issues=write', 'pullRequests=write'], (call) => {
    const comment = found(call.github.comments.find(({ id }) => id === Number(call.param('id'))));
    comment.body = bodyOf(call);
    comment.updatedAt = timestamp(Date.now());
    return { status: 200, body: commentView(call.github, call.origin, comment) };
  }),
  route('DELETE /repos/{owner}/{repo}/issues/comments/{id}', ['issues=write', 'pullRequests=write'], (call) => {
    const { id } = found(call.github.comments.find((comment) => comment.id === Number(call.param('id'))));
    call.github.deleteComment(id);
    return { status: 204, body: undefined };
  }),

  route('GET /repos/{owner}/{repo}/pulls', ['pullRequests=read'], (call) => {
    const asked = call.request.url.searchParams;
    const [state, head, base] = [asked.get('state') ?? 'open', asked.get('head'), asked.get('base')];
    const pulls = call.github.pullRequests.filter(
      (pull) =>
        (state === 'all' || pull.state === state) &&
        (base === null || pull.baseRef === base) &&
        // `owner:branch`; anything else is not refused, but no filter either.
        (!head?.includes(':') || head === `${pull.headRepo.split('/')[0]}:${pull.headRef}`),
    );
    return page(call, pulls.toReversed(), (pull) => pullView(call.github, pull));
  }),
  route('GET /repos/{owner}/{repo}/pulls/{number}', ['pullRequests=read'], (call) => ({
    status: 200,
    body: pullView(call.github, pullOf(call)),
  })),
  route('GET /repos/{owner}/{repo}/commits/{sha}/pulls', ['pullRequests=read'], (call) => {
    // The commits of a fork are not in this repository: for them the list is empty.
    const pulls = call.github.pullRequests.filter(
      ({ headRepo, headSha }) => headRepo === call.github.repository.fullName && headSha === call.param('sha'),
    );
    return page(call, pulls, (pull) => pullView(call.github, pull));
  }),

  route('GET /repos/{owner}/{repo}/actions/runs/{id}', ['actions=read'], (call) => ({
    status: 200,
    body: runView(call.github, runOf(call)),
  })),
  route('GET /repos/{owner}/{repo}/actions/runs/{id}/artifacts', ['actions=read'], (call) =>
    artifacts(call, call.github.artifactsOf(runOf(call).id)),
  ),
  route('GET /repos/{owner}/{repo}/actions/artifacts', ['actions=read'], (call) =>
    artifacts(call, call.github.artifacts),
  ),
  route('GET /repos/{owner}/{repo}/actions/artifacts/{id}/zip', ['actions=read'], ({ github, param }) => {
    const artifact = found(github.artifacts.find(({ id }) => id === Number(param('id'))));
    if (artifact.expired) throw new Refusal(410, 'Artifact has expired');
    return { status: 302, headers: { location: downloadUrl(github, artifact.id) } };
  }),
];

/** What GitHub says to the token of a workflow that lacks a permission. */
const notAccessible = 'Resource not accessible by integration';

/** Answers a call of the REST API, or throws the refusal. */
export function restAnswer(github: GitHubState, request: Request): Answer {
  const token = tokenOf(github, request);
  const path = request.url.pathname.replace(/^\/repositories\/(\d+)/, (byId, id) =>
    Number(id) === github.repository.id ? `/repos/${github.repository.fullName}` : byId,
  );
  for (const { method, pattern, needs, answer } of routes) {
    const match = pattern.exec(path);
    if (!match || method !== request.method) continue;
    const { owner, repo, ...params } = match.groups ?? {};
    if (owner !== undefined && `${owner}/${repo}` !== github.repository.fullName) throw new Refusal(404);
    if (needs.length > 0 && !needs.some((need) => mayDo(token, need)))
      throw new Refusal(403, notAccessible, { headers: { 'x-accepted-github-permissions': headerOf(needs) } });
    return answer({ github, request, origin: request.url.origin, token, param: (name) => params[name] ?? '' });
  }
  // Not 404, which a client may take for an answer.
  throw new Refusal(501, `the local GitHub does not know ${request.method} ${path}`);
}

function route(methodAndPath: string, needs: readonly Need[], answer: Route['answer']): Route {
  const [method = '', path = ''] = methodAndPath.split(' ');
  return { method, pattern: new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`), needs, answer };
}

function tokenOf(github: GitHubState, { headers }: Request): Token {
  const [, value = ''] = /^(?:token|bearer) (.+)$/i.exec(String(headers.authorization ?? '')) ?? [];
  const token = github.tokens.get(value);
  if (!token) throw new Refusal(401, 'Bad credentials');
  return token;
}

function mayDo({ permissions }: Token, need: Need): boolean {
  for (const name of ['actions', 'contents', 'issues', 'pullRequests'] as const) {
    if (need === `${name}=read`) return permissions[name] !== undefined;
    if (need === `${name}=write`) return permissions[name] === 'write';
  }
  return false;
}

function headerOf(needs: readonly Need[]): string {
  return needs.map((need) => need.replace('pullRequests', 'pull_requests')).join('; ');
}

function found<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Refusal(404);
  return thing;
}

function pullOf({ github, param }: Call): PullRequest {
  return found(github.pullRequest(Number(param('number'))));
}

function runOf({ github, param }: Call) {
  return found(github.run(Number(param('id'))));
}

function bodyOf({ request }: Call): string {
  const { body } = jsonOf(request);
  if (typeof body !== 'string' || body === '') throw invalidBody("Body can't be blank");
  if ([...body].length > 65_536) throw invalidBody('Body is too long (maximum is 65536 characters)');
  return body;
}

function invalidBody(message: string): Refusal {
  const error = { resource: 'IssueComment', code: 'unprocessable', field: 'data', message };
  return new Refusal(422, 'Validation Failed', { details: { errors: [error] } });
}

function artifacts(call: Call, all: GitHubState['artifacts']): Answer {
  const name = call.request.url.searchParams.get('name');
  const asked = all.filter((artifact) => name === null || artifact.name === name);
  const view = (artifact: (typeof all)[number]) => artifactView(call.github, call.origin, artifact);
  // The newest first.
  return page(call, asked.toReversed(), view, (views) => ({ total_count: asked.length, artifacts: views }));
}

/** One page of a list; the link header leads to the others, by the repository's id and not by its name, as GitHub's does. */
function page<T>(
  { request, github }: Call,
  all: readonly T[],
  view: (item: T) => View,
  wrap: (views: readonly View[]) => unknown = (views) => views,
): Answer {
  const size = Math.min(Number(request.url.searchParams.get('per_page') ?? 30), 100);
  const number = Number(request.url.searchParams.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (relation: string, to: number): string => {
    const url = new URL(request.url);
    url.pathname = url.pathname.replace(/^\/repos\/[^/]+\/[^/]+/, `/repositories/${github.repository.id}`);
    url.searchParams.set('page', String(to));
    return `<${url.href}>; rel="${relation}"`;
  };
  const links = [
    ...(number > 1 ? [link('prev', number - 1), link('first', 1)] : []),
    ...(number < last ? [link('next', number + 1), link('last', last)] : []),
  ];
  return {
    status: 200,
    headers: links.length === 0 ? {} : { link: links.join(', ') },
    body: wrap(all.slice((number - 1) * size, number * size).map(view)),
  };
}
