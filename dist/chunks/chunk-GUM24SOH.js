import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/base/random.ts
function createRandom(seed) {
  let [a, b, c, d] = seedState(seed);
  const nextUint32 = () => {
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
  const below = (bound) => Math.floor(nextUint32() / 4294967296 * bound);
  return {
    next: () => nextUint32() / 4294967296,
    below,
    pick(items, count) {
      const left = [...items];
      const picked = [];
      while (picked.length < count && left.length > 0) picked.push(...left.splice(below(left.length), 1));
      return picked;
    },
    fork: (name) => createRandom(`${seed}/${name}`)
  };
}
function seedState(seed) {
  let hash = 2166136261;
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 16777619);
  const mix = () => {
    hash = hash + 2654435769 | 0;
    let z = hash;
    z = Math.imul(z ^ z >>> 16, 2246822507);
    z = Math.imul(z ^ z >>> 13, 3266489909);
    return z ^ z >>> 16 | 0;
  };
  return [mix(), mix(), mix(), mix() | 1];
}
function rotateLeft(value, bits) {
  return value << bits | value >>> 32 - bits;
}

export {
  createRandom
};
