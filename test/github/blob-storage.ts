import { createHmac, randomBytes } from 'node:crypto';
import { type Answer, Refusal, type Request } from './http.ts';

type Blob = { readonly blocks: Map<string, Buffer>; content?: Buffer; contentType: string };

/**
 * The part of Azure's blob storage that artifacts take: whoever holds a signed address may write (Put Block, Put Block List, Put Blob) or read
 * that one blob. https://learn.microsoft.com/rest/api/storageservices/operations-on-blobs
 */
export class BlobStorage {
  readonly #origin: string;
  readonly #key = randomBytes(32);
  readonly #blobs = new Map<string, Blob>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** An address to write a new blob to; its path is account, container and name, without which the client does not take it. */
  uploadUrl(name: string): string {
    return this.#signed(`/devstore/actions-results/${name}`, 'w');
  }

  /** An address to read what is given from; `fileName` is what a browser would save it as. */
  downloadUrl(name: string, content: Buffer, contentType: string, fileName: string): string {
    const path = `/devstore/actions-results/${name}`;
    this.#blobs.set(path, { ...emptyBlob(), content, contentType });
    return this.#signed(path, 'r', fileName);
  }

  /** What was written to an address that `uploadUrl` gave; undefined until it is complete. */
  uploaded(uploadUrl: string): { readonly content: Buffer; readonly contentType: string } | undefined {
    const blob = this.#blobs.get(new URL(uploadUrl).pathname);
    return blob?.content === undefined ? undefined : { content: blob.content, contentType: blob.contentType };
  }

  answer({ method, url, headers, body }: Request): Answer {
    // The signature is all the authority there is; a token that comes along through a redirection is an error.
    if (headers.authorization !== undefined) throw new Refusal(400, 'InvalidAuthenticationInfo');
    const permission = method === 'PUT' ? 'w' : 'r';
    if (url.searchParams.get('sig') !== this.#signature(url.pathname, permission))
      throw new Refusal(403, 'AuthenticationFailed');
    if (method === 'GET') return this.#read(url);
    if (method !== 'PUT') throw new Refusal(405, 'UnsupportedHttpVerb');

    const blob = this.#blobs.get(url.pathname) ?? emptyBlob();
    this.#blobs.set(url.pathname, blob);
    const contentType = headers['x-ms-blob-content-type'];
    if (typeof contentType === 'string') blob.contentType = contentType;
    switch (url.searchParams.get('comp')) {
      case 'block':
        blob.blocks.set(url.searchParams.get('blockid') ?? '', body);
        break;
      case 'blocklist':
        blob.content = Buffer.concat(blockIds(body).map((id) => blob.blocks.get(id) ?? invalidList()));
        break;
      case null:
        if (headers['x-ms-blob-type'] !== 'BlockBlob') throw new Refusal(400, 'InvalidBlobType');
        blob.content = body;
        break;
      default:
        throw new Refusal(400, 'InvalidQueryParameterValue');
    }
    return { status: 201, headers: { etag: '"0x8D"', 'x-ms-version': '2025-01-05' } };
  }

  #read(url: URL): Answer {
    const blob = this.#blobs.get(url.pathname);
    if (blob?.content === undefined) throw new Refusal(404, 'BlobNotFound');
    return {
      status: 200,
      headers: {
        'content-type': blob.contentType,
        'content-disposition': url.searchParams.get('rscd') ?? 'attachment',
      },
      body: blob.content,
    };
  }

  #signed(path: string, permission: 'r' | 'w', fileName?: string): string {
    const url = new URL(path, this.#origin);
    url.searchParams.set('sp', permission);
    if (fileName !== undefined) url.searchParams.set('rscd', `attachment; filename="${fileName}"`);
    url.searchParams.set('sig', this.#signature(path, permission));
    return url.href;
  }

  #signature(path: string, permission: 'r' | 'w'): string {
    return createHmac('sha256', this.#key).update(`${permission} ${path}`).digest('base64');
  }
}

function emptyBlob(): Blob {
  return { blocks: new Map(), contentType: 'application/octet-stream' };
}

/** The blocks in the order that the list in the body gives them. */
function blockIds(list: Buffer): string[] {
  return [...list.toString('utf8').matchAll(/<(Latest|Uncommitted|Committed)>([^<]*)<\/\1>/g)].map(
    ([, , id]) => id ?? '',
  );
}

function invalidList(): never {
  throw new Refusal(400, 'InvalidBlockList');
}
