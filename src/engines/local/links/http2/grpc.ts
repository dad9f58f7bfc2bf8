import type { Header } from './hpack.ts';

/** gRPC over HTTP/2: what a call is and how it is answered (grpc.io, PROTOCOL-HTTP2). */

/** `/package.Service/Method` of a request that is a gRPC call; undefined for any other. */
export function methodOf(headers: readonly Header[]): string | undefined {
  const grpc = headerOf(headers, 'content-type')?.startsWith('application/grpc') === true;
  return grpc && headerOf(headers, ':method') === 'POST' ? headerOf(headers, ':path') : undefined;
}

/** The number in `grpc-status`; undefined if there is none yet. */
export function statusOf(headers: readonly Header[]): number | undefined {
  const text = headerOf(headers, 'grpc-status');
  return text === undefined ? undefined : Number(text);
}

function headerOf(headers: readonly Header[], name: string): string | undefined {
  return headers.find((header) => header.name === name)?.value;
}

/** A whole answer without a body, headers and trailers in one. */
export function answerHeaders(status: number, message: string): Header[] {
  return [
    [':status', '200'],
    ['content-type', 'application/grpc'],
    ['grpc-status', String(status)],
    ...(message === '' ? [] : [['grpc-message', percentEncoded(message)]]),
  ].map(([name = '', value = '']) => ({ name, value, neverIndexed: false }));
}

/** Printable ASCII but `%` stands for itself; every other byte of the UTF-8 text is `%XX`. */
function percentEncoded(message: string): string {
  return [...Buffer.from(message, 'utf8')]
    .map((byte) =>
      byte >= 0x20 && byte <= 0x7e && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
}

/** `*` is every method, `/package.Service/*` every one of a service, `Method` the one of this name of whatever service; all else is one method. */
export function matches(pattern: string, method: string): boolean {
  if (pattern === '*') return true;
  if (!pattern.includes('/')) return method.endsWith(`/${pattern}`);
  return pattern.endsWith('/*') ? method.startsWith(pattern.slice(0, -1)) : method === pattern;
}
