import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** The folder of the bundle. Code that runs from its sources (the tests) finds the built one at the top of the repository. */
const distFolder = [here, join(here, '..'), join(here, '..', '..', 'dist')].find((folder) =>
  existsSync(join(folder, 'cli.js')),
);

/** The path of a file in dist/: an entry such as `links-worker.js`, or a shipped folder such as `scenarios`. */
export function distPath(name: string): string {
  return join(distFolder ?? join(here, '..', '..', 'dist'), name);
}
