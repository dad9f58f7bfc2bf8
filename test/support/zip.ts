import { crc32, deflateRawSync } from 'node:zlib';

export type ZipEntry = {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** What the headers say, where that is to be a lie. */
  readonly claims?: Partial<{
    readonly method: number;
    readonly flags: number;
    readonly packedBytes: number;
    readonly bytes: number;
    readonly offset: number;
  }>;
  readonly isStored?: boolean;
};

/** A zip (APPNOTE.TXT 6.3: local headers, central directory, end record), as honest as its entries are. */
export function zip(entries: readonly ZipEntry[], claims: { readonly entryCount?: number } = {}): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content);
    const packed = entry.isStored ? content : deflateRawSync(content);
    const name = Buffer.from(entry.name);
    const said = {
      method: entry.isStored ? 0 : 8,
      flags: 0x800,
      packedBytes: packed.length,
      bytes: content.length,
      offset,
      ...entry.claims,
    };
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(said.flags, 2);
    common.writeUInt16LE(said.method, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(said.packedBytes, 14);
    common.writeUInt32LE(said.bytes, 18);
    common.writeUInt16LE(name.length, 22);
    files.push(Buffer.from('PK\x03\x04', 'latin1'), common, name, packed);
    const position = Buffer.alloc(14);
    position.writeUInt32LE(said.offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, position, name);
    offset += 4 + common.length + name.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  const count = claims.entryCount ?? entries.length;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, listed, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
