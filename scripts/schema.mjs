// Writes schema/*.json from the zod schemas: `node scripts/schema.mjs`; `--check` only says whether they are up to date.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const check = process.argv.includes('--check');
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
// Inside the repository, so that packages left outside of the bundle are found.
mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
const folder = mkdtempSync(join(root, 'node_modules', '.cache', 'schema-'));
try {
  const outfile = join(folder, 'schema.mjs');
  await build({
    stdin: {
      contents: `
        export { chaosJsonSchema, planJsonSchema, scenarioJsonSchema } from './src/config/json-schema.ts';
        export { faultKinds } from './src/faults/registry.ts';`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'warning',
  });
  const { chaosJsonSchema, planJsonSchema, scenarioJsonSchema, faultKinds } = await import(pathToFileURL(outfile).href);
  const files = {
    'chaos.schema.json': chaosJsonSchema(),
    'scenario.schema.json': scenarioJsonSchema(faultKinds),
    'plan.schema.json': planJsonSchema(),
  };
  for (const [name, schema] of Object.entries(files)) {
    const file = join(root, 'schema', name);
    const text = `${JSON.stringify(schema, null, 2)}\n`;
    if (!check) writeFileSync(file, text);
    else if (!existsSync(file) || JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))) !== JSON.stringify(schema)) {
      console.error(`schema/${name} is out of date: node scripts/schema.mjs`);
      process.exitCode = 1;
    }
  }
  if (!check) {
    execFileSync(
      process.execPath,
      [join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'format', '--write', 'schema'],
      {
        cwd: root,
      },
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
