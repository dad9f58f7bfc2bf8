/**
 * How many bits the code of each byte has, and that of the end of string (RFC 7541, appendix B). The code is canonical: shorter
 * codes come first, and those of one length in the order of their bytes, so that the lengths are all there is to know.
 */
// biome-ignore format: a table of 32 bytes a line
const bitsOf = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
  15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
  20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
  22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
  26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
  20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
  30,
];

const endOfString = 256;
const inner = 0;

/** Two entries a node: where a 0 and where a 1 leads. A byte is stored as its complement, so that it is negative. */
const tree = plantTree();

/** The bytes behind a string that was coded with the static Huffman code, as latin1 text; undefined if it is none. */
export function decodeHuffman(coded: Uint8Array): string | undefined {
  const bytes = Buffer.allocUnsafe(Math.ceil((coded.length * 8) / 5));
  let length = 0;
  let node = 0;
  let depth = 0;
  let allOnes = true;
  for (const byte of coded) {
    for (let mask = 0x80; mask > 0; mask >>= 1) {
      const bit = (byte & mask) === 0 ? 0 : 1;
      const next = tree[2 * node + bit] ?? inner;
      depth++;
      allOnes &&= bit === 1;
      if (next < 0) {
        if (~next === endOfString) return undefined;
        bytes[length++] = ~next;
        node = 0;
        depth = 0;
        allOnes = true;
      } else {
        node = next;
      }
    }
  }
  // What fills the last byte is the beginning of the end of string, and less than a byte (section 5.2).
  return depth < 8 && allOnes ? bytes.toString('latin1', 0, length) : undefined;
}

function plantTree(): Int16Array {
  const nodes = new Int16Array(2 * bitsOf.length);
  const symbols = bitsOf
    .map((bits, symbol) => ({ bits, symbol }))
    .sort((a, b) => a.bits - b.bits || a.symbol - b.symbol);
  let planted = 1;
  let code = 0;
  let width = 0;
  for (const { bits, symbol } of symbols) {
    code *= 2 ** (bits - width);
    width = bits;
    let node = 0;
    for (let left = bits - 1; left >= 0; left--) {
      const at = 2 * node + (Math.floor(code / 2 ** left) % 2);
      if (left === 0) nodes[at] = ~symbol;
      else if (nodes[at] === inner) nodes[at] = planted++;
      node = nodes[at] ?? inner;
    }
    code++;
  }
  return nodes;
}
