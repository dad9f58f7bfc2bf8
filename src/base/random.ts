/** A repeatable source of choices: the same seed gives the same sequence on every machine. */
export type Random = {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [0, bound). */
  below(bound: number): number;
  /** `count` different items of `items`, in the order they were drawn. */
  pick<T>(items: readonly T[], count: number): T[];
  /** A source of its own for a named part, so that one part's draws do not move another's. */
  fork(name: string): Random;
};

/** xoshiro128** seeded through splitmix-style mixing of an FNV-1a hash (Blackman and Vigna, 2018). */
export function createRandom(seed: string): Random {
  let [a, b, c, d] = seedState(seed);
  const nextUint32 = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotateLeft(d, 11);
    return result;
  };
  const below = (bound: number): number => Math.floor((nextUint32() / 0x1_0000_0000) * bound);
  return {
    next: () => nextUint32() / 0x1_0000_0000,
    below,
    pick(items, count) {
      const left = [...items];
      const picked: typeof left = [];
      while (picked.length < count && left.length > 0) picked.push(...left.splice(below(left.length), 1));
      return picked;
    },
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}

function seedState(seed: string): [number, number, number, number] {
  let hash = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
  const mix = (): number => {
    hash = (hash + 0x9e3779b9) | 0;
    let z = hash;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) | 0;
  };
  return [mix(), mix(), mix(), mix() | 1];
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
