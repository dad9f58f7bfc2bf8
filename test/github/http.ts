import { STATUS_CODES } from 'node:http';

/** A request as the services see it: its body is read to the end. */
export type Request = {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
};

export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A Buffer or a string goes out as it is, anything else as JSON. */
  readonly body?: unknown;
};

/** Which of the three services at the one address a request is for; each words its refusals in its own way. */
export type Service = 'api' | 'results' | 'blobs';

export function serviceOf({ url }: Request): Service {
  if (url.pathname.startsWith('/twirp/')) return 'results';
  return url.pathname.startsWith('/devstore/') ? 'blobs' : 'api';
}

/** Thrown by a service that refuses a request. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly details: object;

  constructor(
    status: number,
    message = STATUS_CODES[status] ?? '',
    { headers = {}, details = {} }: { headers?: Readonly<Record<string, string>>; details?: object } = {},
  ) {
    super(message);
    this.status = status;
    this.headers = headers;
    this.details = details;
  }
}

/** https://twitchtv.github.io/twirp/docs/errors.html */
const twirpCodes: Readonly<Record<number, string>> = {
  400: 'invalid_argument',
  401: 'unauthenticated',
  403: 'permission_denied',
  404: 'not_found',
  409: 'already_exists',
  429: 'resource_exhausted',
  503: 'unavailable',
};

/** How a service says no. */
export function refusalAnswer(service: Service, { status, message, headers, details }: Refusal): Answer {
  switch (service) {
    case 'api':
      return {
        status,
        headers,
        body: { message, ...details, documentation_url: 'https://docs.github.com/rest', status: String(status) },
      };
    case 'results':
      return { status, headers, body: { code: twirpCodes[status] ?? 'internal', msg: message } };
    case 'blobs':
      return {
        status,
        headers: { ...headers, 'content-type': 'application/xml', 'x-ms-error-code': message },
        body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${message}</Code><Message>${message}</Message></Error>`,
      };
  }
}

/** The body of a request as a JSON object; an empty one when there is none. */
export function jsonOf({ body }: Request): Readonly<Record<string, unknown>> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch {
    // Said below, as for anything that is not an object.
  }
  throw new Refusal(400, 'Problems parsing JSON');
}
