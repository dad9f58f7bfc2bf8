// Writes schema/*.json from the zod schemas: `node scripts/schema.mjs`; `--check` only says whether they are up to date.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importSources, root } from './sources.mjs';

const check = process.argv.includes('--check');
const { chaosJsonSchema, planJsonSchema, scenarioJsonSchema, faultKinds } = await importSources(`
  export { chaosJsonSchema, planJsonSchema, scenarioJsonSchema } from './src/config/json-schema.ts';
  export { faultKinds } from './src/faults/registry.ts';`);
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
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  execFileSync(process.execPath, [biome, 'format', '--write', 'schema'], { cwd: root });
}
