// ts-jest does not work with TypeScript 7 (it has no JavaScript API); types are checked by `npm run typecheck`.
import { transformSync } from 'esbuild';
import { withLocalGlobals } from './jest-globals.mjs';

export default {
  process(source, file) {
    const { code, map } = transformSync(source, {
      loader: 'ts',
      format: 'esm',
      target: 'node20',
      sourcemap: 'external',
      sourcefile: file,
    });
    return { code: withLocalGlobals(code), map };
  },
};
