import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/base/count.ts
function formatCount(count) {
  return String(count).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ",");
}
function plural(count, one, many = `${one}s`) {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

export {
  formatCount,
  plural
};
