type Shape = {
  /** ELF e_machine; 62 is x86-64, 183 is AArch64. */
  readonly machine?: number;
  /** Where functions begin and how long they are; the rest of their space is filled with 0x90. */
  readonly functions: Readonly<Record<string, { readonly at: number; readonly bytes: number }>>;
  /** What the file fills of its mapping. */
  readonly usedBytes?: number;
  readonly mappedBytes?: number;
  readonly hash?: 'sysv' | 'gnu' | 'none';
};

/** A vDSO of a kernel that this machine does not run: the tables that a dynamic linker reads, and functions of no sense. */
export function vdsoImage(shape: Shape): Buffer {
  const { machine = 62, functions, usedBytes = 0x1800, mappedBytes = 0x2000, hash = 'sysv' } = shape;
  const image = Buffer.alloc(mappedBytes);
  const names = Object.keys(functions);
  const [dynamic, hashAt, symbols] = [0x100, 0x180, 0x300];
  const strings = symbols + (names.length + 1) * 24;

  image.write('\x7fELF\x02\x01\x01', 'latin1');
  image.writeUInt16LE(3, 16); // a shared object
  image.writeUInt16LE(machine, 18);
  image.writeBigUInt64LE(64n, 32); // program headers
  image.writeUInt16LE(56, 54);
  image.writeUInt16LE(2, 56);
  segment(image, 64, { type: 1, offset: 0, bytes: usedBytes });
  segment(image, 120, { type: 2, offset: dynamic, bytes: 64 });

  const hashTag = { sysv: [4n, BigInt(hashAt)], gnu: [0x6ffffef5n, BigInt(hashAt)], none: [] }[hash];
  const tags = [5n, BigInt(strings), 6n, BigInt(symbols), ...hashTag, 0n, 0n];
  tags.forEach((word, i) => {
    image.writeBigUInt64LE(word, dynamic + i * 8);
  });
  if (hash === 'sysv') image.writeUInt32LE(names.length + 1, hashAt + 4);
  if (hash === 'gnu') {
    // One bucket whose chain holds every symbol; the lowest bit ends it.
    [1, 1, 1, 0, 0, 0, 1].forEach((word, i) => {
      image.writeUInt32LE(word, hashAt + i * 4);
    });
    names.forEach((_, i) => {
      image.writeUInt32LE(i === names.length - 1 ? 3 : 2, hashAt + 28 + i * 4);
    });
  }

  let string = strings + 1;
  names.forEach((name, i) => {
    const { at = 0, bytes = 0 } = functions[name] ?? {};
    const symbol = symbols + (i + 1) * 24;
    image.writeUInt32LE(string - strings, symbol);
    image.writeUInt8(0x12, symbol + 4); // a global function
    image.writeUInt16LE(1, symbol + 6);
    image.writeBigUInt64LE(BigInt(at), symbol + 8);
    image.writeBigUInt64LE(BigInt(bytes), symbol + 16);
    string += image.write(`${name}\0`, string, 'latin1');
    image.fill(0x90, at, at + bytes);
  });
  return image;
}

function segment(image: Buffer, at: number, { type, offset, bytes }: { type: number; offset: number; bytes: number }) {
  image.writeUInt32LE(type, at);
  for (const [field, value] of [
    [8, offset],
    [16, offset],
    [32, bytes],
    [40, bytes],
  ] as const)
    image.writeBigUInt64LE(BigInt(value), at + field);
}
