// Bundles every entry into dist/, which runs copied alone into an empty folder: `node dist/cli.js`.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Each worker thread and each helper process is an entry of its own, found beside the bundle by src/base/entries.ts. */
const entries = {
  cli: 'src/cli/main.ts',
  'embedded-broker': 'src/embedded/main.ts',
  'links-worker': 'src/links/worker.ts',
  'workload-worker': 'src/workload/worker.ts',
  reaper: 'src/faults/reaper.ts',
  bench: 'bench/main.ts',
};

rmSync(dist, { recursive: true, force: true });

const result = await build({
  absWorkingDir: root,
  entryPoints: entries,
  // The same bytes also where node_modules is a link to another folder.
  preserveSymlinks: true,
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  mainFields: ['module', 'main'],
  chunkNames: 'chunks/[name]-[hash]',
  // Bundled CommonJS calls require() for Node's own modules, which an ES module does not have.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  define: { __VERSION__: JSON.stringify(version) },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

writeFileSync(join(dist, 'package.json'), `${JSON.stringify({ type: 'module' })}\n`);
for (const folder of ['scenarios', 'brokers']) cpSync(join(root, folder), join(dist, folder), { recursive: true });
writeFileSync(join(dist, 'LICENSES.txt'), licences(Object.keys(result.metafile.inputs)));

/** The licence texts of every package that ended in the bundle. */
function licences(inputs) {
  const packages = new Set();
  for (const input of inputs) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) packages.add(match[1]);
  }
  return [...packages]
    .sort()
    .map((folder) => {
      const meta = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      const names = [
        'LICENSE',
        'LICENSE.md',
        'LICENSE.txt',
        'license',
        'LICENCE',
        'License',
        'license.md',
        'LICENSE-MIT',
      ];
      const text = names.map((name) => read(join(root, folder, name))).find((found) => found !== undefined);
      return `${meta.name} ${meta.version} (${meta.license ?? 'see below'})\n\n${text ?? 'No licence file in the package.'}`;
    })
    .join(`\n${'-'.repeat(80)}\n`);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trimEnd();
  } catch {
    return undefined;
  }
}
