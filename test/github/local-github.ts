import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GitHubState, type Repository } from './github-state.ts';
import { type Answer, jsonOf, Refusal, type Request, refusalAnswer, serviceOf } from './http.ts';
import { restAnswer } from './rest-api.ts';
import { ResultsService } from './results-service.ts';

export { githubActions, type Identity, type Permissions, shaOf } from './github-state.ts';

export type LoggedRequest = {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly status: number;
  /** What was sent, as JSON if it was; undefined if it was something else or nothing. */
  readonly body: unknown;
};

/** Says which requests are meant: a text that `METHOD /path?query` contains, or a pattern that it matches. */
export type Matcher = string | RegExp;

type Fault = { readonly matcher: Matcher; readonly refusal: Refusal; readonly isLasting: boolean };

/**
 * A GitHub for tests on 127.0.0.1: the REST API, the service that takes artifacts and the blob storage behind it, all at one address. What it
 * knows is its GitHubState, which tests seed, read and change.
 */
export class LocalGitHub extends GitHubState {
  /** For GITHUB_API_URL. */
  readonly apiUrl: string;
  /** For ACTIONS_RESULTS_URL. */
  readonly resultsUrl: string;
  /** Every request that was answered, in order. */
  readonly log: LoggedRequest[] = [];
  readonly #server: Server;
  readonly #results = new ResultsService(this);
  readonly #faults: Fault[] = [];

  constructor(server: Server, repository: Partial<Repository>) {
    const { port } = server.address() as AddressInfo;
    // The storage is another host, as GitHub's is: clients must not take their tokens there.
    super(`http://localhost:${port}`, repository);
    this.apiUrl = `http://127.0.0.1:${port}`;
    this.resultsUrl = `${this.apiUrl}/`;
    this.#server = server;
    server.on('request', (message, response) => {
      // A client that goes away gets no answer.
      this.#serve(message, response).catch(() => response.destroy());
    });
  }

  /** The next request that matches is refused, and no other; called twice, the next two are. */
  failOnce(
    matcher: Matcher,
    { status, headers = {}, message }: { status: number; headers?: Readonly<Record<string, string>>; message?: string },
  ): void {
    this.#faults.push({ matcher, refusal: new Refusal(status, message, { headers }), isLasting: false });
  }

  /** All requests that match are refused from now on; the service's own form is given to the message. */
  refuse(matcher: Matcher, status: number, message?: string): void {
    this.#faults.push({ matcher, refusal: new Refusal(status, message), isLasting: true });
  }

  /** The logged requests that match. */
  requests(matcher: Matcher): LoggedRequest[] {
    return this.log.filter(({ method, path }) => matches(matcher, `${method} ${path}`));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request: Request = {
      method: message.method ?? '',
      url: new URL(message.url ?? '/', this.apiUrl),
      headers: message.headers,
      body: Buffer.concat(await message.toArray()),
    };
    const answer = this.#answer(request);
    const path = request.url.pathname + request.url.search;
    this.log.push({ method: request.method, path, status: answer.status, body: loggedBody(request) });
    send(response, answer);
  }

  #answer(request: Request): Answer {
    const service = serviceOf(request);
    try {
      this.#fail(request);
      if (service === 'results') return this.#results.answer(request);
      return service === 'blobs' ? this.blobs.answer(request) : restAnswer(this, request);
    } catch (error) {
      return refusalAnswer(service, error instanceof Refusal ? error : new Refusal(500, String(error)));
    }
  }

  #fail({ method, url }: Request): void {
    const fault = this.#faults.find(({ matcher }) => matches(matcher, `${method} ${url.pathname}${url.search}`));
    if (!fault) return;
    if (!fault.isLasting) this.#faults.splice(this.#faults.indexOf(fault), 1);
    throw fault.refusal;
  }
}

/** Starts a local GitHub with one repository, `octo/broker` unless told otherwise, that nobody has a token for yet. */
export async function startLocalGitHub(repository: Partial<Repository> = {}): Promise<LocalGitHub> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new LocalGitHub(server, repository);
}

function matches(matcher: Matcher, request: string): boolean {
  return typeof matcher === 'string' ? request.includes(matcher) : matcher.test(request);
}

function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  const isRaw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
  const type = isRaw ? {} : { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(status, { ...type, ...headers }).end(isRaw ? body : JSON.stringify(body));
}

function loggedBody(request: Request): unknown {
  if (!String(request.headers['content-type']).startsWith('application/json')) return undefined;
  try {
    return jsonOf(request);
  } catch {
    return undefined;
  }
}
