// In the context of a test a global is looked up by name through an interceptor, about a hundred times slower than a variable: code
// that counts has the globals that it uses in variables of its own.
const names = ['Array', 'Map', 'Math', 'Number', 'Object', 'Set'];

/** The code, with what it uses of these globals in variables; nothing of it moves to another line. */
export function withLocalGlobals(code, strict = '') {
  const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  return used.length === 0 ? code : `${strict}const { ${used.join(', ')} } = globalThis; ${code}`;
}

/** For packages in CommonJS that count in tests. */
export default {
  process: (source) => ({ code: withLocalGlobals(source, "'use strict'; ") }),
};
