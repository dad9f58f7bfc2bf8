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
  index: 'src/action/main.ts',
  comment: 'src/action/comment-main.ts',
  cli: 'src/cli/main.ts',
  'embedded-broker': 'src/embedded/main.ts',
  'links-worker': 'src/engines/local/links/worker.ts',
  'relay-worker': 'src/sabotage/worker.ts',
  'workload-worker': 'src/workload/worker.ts',
  'logs-worker': 'src/engines/local/cluster/logs/worker.ts',
  'barrage-worker': 'src/engines/local/clients/barrage-worker.ts',
  reaper: 'src/engines/local/reaper.ts',
  stressor: 'src/engines/local/stressor.ts',
  bench: 'bench/main.ts',
};

const licenceFiles = [
  'LICENSE',
  'LICENSE.md',
  'LICENSE.txt',
  'license',
  'LICENCE',
  'License',
  'license.md',
  'LICENSE-MIT',
  'LICENSE-MIT.txt',
];

rmSync(dist, { recursive: true, force: true });

/** What both passes have in common. */
const common = {
  absWorkingDir: root,
  // The same bytes also where node_modules is a link to another folder.
  preserveSymlinks: true,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  mainFields: ['module', 'main'],
  // Bundled CommonJS calls require() for Node's own modules, which an ES module does not have.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

/** The largest packages, half of all code here, are minified into files of their own; the rest of dist/ stays readable. */
const vendored = {
  '@actions/artifact': 'artifact',
  '@actions/core': 'core',
  '@actions/github': 'github',
  '@octokit/plugin-retry': 'octokit-retry',
  zod: 'zod',
};
const vendor = await build({
  ...common,
  entryPoints: Object.fromEntries(Object.entries(vendored).map(([path, name]) => [name, path])),
  outdir: 'dist/vendor',
  chunkNames: '[name]-[hash]',
  // It is for downloads, which go another way here (src/report/read.ts), and brings packages without a licence text.
  alias: { 'unzip-stream': join(root, 'scripts', 'no-unzip-stream.mjs') },
  minify: true,
});

const ours = await build({
  ...common,
  entryPoints: entries,
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  define: { __VERSION__: JSON.stringify(version) },
  plugins: [
    {
      name: 'vendored',
      setup({ onResolve }) {
        onResolve({ filter: /^(@(actions|octokit)\/|zod$)/ }, ({ path }) =>
          path in vendored ? { path: `#vendor/${vendored[path]}.js`, external: true } : undefined,
        );
      },
    },
  ],
});

writeFileSync(
  join(dist, 'package.json'),
  `${JSON.stringify({ type: 'module', imports: { '#vendor/*': './vendor/*' } })}\n`,
);
for (const folder of ['scenarios', 'brokers', 'selftest'])
  cpSync(join(root, folder), join(dist, folder), { recursive: true });
writeFileSync(
  join(dist, 'LICENSES.txt'),
  licences([vendor, ours].flatMap(({ metafile }) => Object.keys(metafile.inputs))),
);

/** The licence texts of every package that ended in the bundle; those that share a text share its copy. */
function licences(inputs) {
  const packages = new Set();
  for (const input of inputs) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) packages.add(match[1]);
  }
  const namesByText = new Map();
  for (const folder of [...packages].sort()) {
    const meta = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const text = licenceFiles.map((name) => read(join(root, folder, name))).find((found) => found !== undefined);
    const key =
      text ?? licenceOfReadme(join(root, folder)) ?? `The package has no licence text; it says ${meta.license}.`;
    namesByText.set(key, [
      ...(namesByText.get(key) ?? []),
      `${meta.name} ${meta.version} (${meta.license ?? 'see below'})`,
    ]);
  }
  return [...namesByText].map(([text, names]) => `${names.join('\n')}\n\n${text}`).join(`\n${'-'.repeat(80)}\n`);
}

/** Some packages have it there alone. */
function licenceOfReadme(folder) {
  const [, section] =
    /^#+ *licen[cs]e *$([\s\S]*?)(?=^#+ |$(?![\s\S]))/im.exec(read(join(folder, 'README.md')) ?? '') ?? [];
  const text = section?.trim();
  return text === undefined || text.length < 200 ? undefined : text;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trimEnd();
  } catch {
    return undefined;
  }
}
