// Writes examples/NAME/chaos.yml of the brokers that init knows: what it writes in a checkout of theirs.
// `node scripts/examples.mjs` writes them; `--check` only says whether they are up to date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importSources, root } from './sources.mjs';

const check = process.argv.includes('--check');
const { knownFile, knownBrokers } = await importSources(`
  export { knownFile } from './src/cli/init.ts';
  export { knownBrokers } from './src/config/known-brokers.ts';`);
for (const broker of knownBrokers.filter(({ impossible }) => impossible === undefined)) {
  const folder = join(root, 'examples', broker.name);
  if (!existsSync(folder)) continue;
  const file = join(folder, 'chaos.yml');
  const text = knownFile(broker);
  if (!check) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`examples/${broker.name}/chaos.yml is out of date: node scripts/examples.mjs`);
    process.exitCode = 1;
  }
}
