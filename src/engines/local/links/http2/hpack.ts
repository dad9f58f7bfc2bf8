import { decodeHuffman } from './huffman.ts';

/** Name and value hold one byte a character, as latin1 text. */
export type Header = {
  readonly name: string;
  readonly value: string;
  /** Its sender forbids that it is ever put into a table (RFC 7541, section 7.1.3). */
  readonly neverIndexed: boolean;
};

export type HeaderBlock = {
  readonly headers: readonly Header[];
  /** Table sizes announced at the head of the block, in order. */
  readonly tableSizes: readonly number[];
};

/** What a sender broke of RFC 7541. */
export class HpackError extends Error {}

/** RFC 7541, appendix A. */
const staticTable: readonly Header[] = `
:authority|
:method|GET
:method|POST
:path|/
:path|/index.html
:scheme|http
:scheme|https
:status|200
:status|204
:status|206
:status|304
:status|400
:status|404
:status|500
accept-charset|
accept-encoding|gzip, deflate
accept-language|
accept-ranges|
accept|
access-control-allow-origin|
age|
allow|
authorization|
cache-control|
content-disposition|
content-encoding|
content-language|
content-length|
content-location|
content-range|
content-type|
cookie|
date|
etag|
expect|
expires|
from|
host|
if-match|
if-modified-since|
if-none-match|
if-range|
if-unmodified-since|
last-modified|
link|
location|
max-forwards|
proxy-authenticate|
proxy-authorization|
range|
referer|
refresh|
retry-after|
server|
set-cookie|
strict-transport-security|
transfer-encoding|
user-agent|
vary|
via|
www-authenticate|`
  .trim()
  .split('\n')
  .map((line) => {
    const [name = '', value = ''] = line.split('|');
    return { name, value, neverIndexed: false };
  });

/** What an entry takes of the table beside its text (section 4.1). */
const entryOverhead = 32;
const initialTableSize = 4_096;
/** The two ends agree on a size between themselves and refuse more. This only keeps a broken one from filling our memory. */
const tableSizeCap = 64 * 1_048_576;

/**
 * Reads the header blocks of one direction of one connection, in the order in which they were sent and from the first one on.
 * How large the table may be is settled by the settings of the reader at the far end; what the sender makes of them it says itself,
 * at the head of a block, so that following the blocks is enough.
 */
export class HpackDecoder {
  /** Newest first. */
  #table: Header[] = [];
  #tableBytes = 0;
  #capBytes = initialTableSize;
  #block: Uint8Array = new Uint8Array();
  #at = 0;

  /** Throws HpackError; nothing that follows on the connection can be read then. */
  decode(block: Uint8Array): HeaderBlock {
    this.#block = block;
    this.#at = 0;
    const headers: Header[] = [];
    const tableSizes: number[] = [];
    while (this.#at < block.length) {
      const first = block[this.#at] ?? 0;
      if (first & 0x80) {
        headers.push(this.#entry(this.#integer(7)));
      } else if (first & 0x40) {
        const header = this.#literal(6, false);
        this.#add(header);
        headers.push(header);
      } else if (first & 0x20) {
        if (headers.length > 0) throw new HpackError('a table size in the middle of a header block');
        const size = this.#integer(5);
        if (size > tableSizeCap) throw new HpackError(`a table of ${size} bytes`);
        tableSizes.push(size);
        this.#capBytes = size;
        this.#evict(0);
      } else {
        headers.push(this.#literal(4, (first & 0x10) !== 0));
      }
    }
    return { headers, tableSizes };
  }

  #entry(index: number): Header {
    const header = index <= staticTable.length ? staticTable[index - 1] : this.#table[index - staticTable.length - 1];
    if (!header) throw new HpackError(`there is no table entry ${index}`);
    return header;
  }

  #literal(prefixBits: number, neverIndexed: boolean): Header {
    const index = this.#integer(prefixBits);
    const name = index === 0 ? this.#text() : this.#entry(index).name;
    return { name, value: this.#text(), neverIndexed };
  }

  #add(header: Header): void {
    const size = header.name.length + header.value.length + entryOverhead;
    this.#evict(size);
    // One that is larger than the table empties it, and is not kept (section 4.4).
    if (size > this.#capBytes) return;
    this.#table.unshift(header);
    this.#tableBytes += size;
  }

  #evict(roomBytes: number): void {
    while (this.#tableBytes + roomBytes > this.#capBytes) {
      const oldest = this.#table.pop();
      if (!oldest) return;
      this.#tableBytes -= oldest.name.length + oldest.value.length + entryOverhead;
    }
  }

  /** Section 5.1. */
  #integer(prefixBits: number): number {
    const most = 2 ** prefixBits - 1;
    let value = this.#byte() & most;
    if (value < most) return value;
    for (let weight = 1; ; weight *= 128) {
      const byte = this.#byte();
      value += (byte & 0x7f) * weight;
      if (value > 0xffff_ffff) throw new HpackError('an integer of more than 32 bits');
      if ((byte & 0x80) === 0) return value;
      if (weight > 2 ** 35) throw new HpackError('an integer without end');
    }
  }

  /** Section 5.2. */
  #text(): string {
    const coded = ((this.#block[this.#at] ?? 0) & 0x80) !== 0;
    const length = this.#integer(7);
    if (this.#at + length > this.#block.length) throw new HpackError('a string that is longer than its block');
    const bytes = this.#block.subarray(this.#at, this.#at + length);
    this.#at += length;
    const text = coded ? decodeHuffman(bytes) : Buffer.from(bytes).toString('latin1');
    if (text === undefined) throw new HpackError('a string that is no Huffman code');
    return text;
  }

  #byte(): number {
    const byte = this.#block[this.#at++];
    if (byte === undefined) throw new HpackError('a header block that ends too soon');
    return byte;
  }
}

/**
 * A header block that says everything in full: it neither needs nor changes the reader's table, so that it may come anywhere
 * among other blocks. `tableSizes` go to its head.
 */
export function encodeHeaders({ headers, tableSizes }: HeaderBlock): Buffer {
  const parts: Buffer[] = tableSizes.map((size) => integer(0x20, 5, size));
  for (const { name, value, neverIndexed } of headers) {
    parts.push(Buffer.from([neverIndexed ? 0x10 : 0x00]), ...text(name), ...text(value));
  }
  return Buffer.concat(parts);
}

function text(value: string): Buffer[] {
  return [integer(0x00, 7, value.length), Buffer.from(value, 'latin1')];
}

function integer(pattern: number, prefixBits: number, value: number): Buffer {
  const most = 2 ** prefixBits - 1;
  if (value < most) return Buffer.from([pattern | value]);
  const bytes = [pattern | most];
  let rest = value - most;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}
