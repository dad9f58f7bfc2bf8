import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where a broker may be told its port: a line of a configuration file of the checkout. */
export type PortHint = { readonly file: string; readonly line: number; readonly text: string };

const configuration = /\.(conf|cfg|toml|ya?ml|hocon|properties|xml|json|ini)$/;
const skipped = /^(node_modules|target|build.*|vendor|\..*|test.*|deps?|k8s|helm|charts|docs?|chaos.*)$/;
/** Of a whole tree so much is looked at. */
const limits = { depth: 3, files: 300, bytes: 64 * 1_024, hints: 5, characters: 100 };

/** Lines of configuration files that name MQTT's port, those of the folders further up first. Reads only. */
export function portHints(folder: string): PortHint[] {
  const files = configurationFiles(folder, '', limits.depth).slice(0, limits.files);
  return files.flatMap((file) => hintsOf(folder, file)).slice(0, limits.hints);
}

function configurationFiles(root: string, folder: string, depth: number): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const files = entries.filter(
    (entry) => entry.isFile() && configuration.test(entry.name) && !skipped.test(entry.name),
  );
  const folders = depth === 0 ? [] : entries.filter((entry) => entry.isDirectory() && !skipped.test(entry.name));
  return [
    ...files.map(({ name }) => join(folder, name)).sort(),
    ...folders
      .map(({ name }) => name)
      .sort()
      .flatMap((name) => configurationFiles(root, join(folder, name), depth - 1)),
  ];
}

function hintsOf(root: string, file: string): PortHint[] {
  const path = join(root, file);
  if (statSync(path).size > limits.bytes) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((text, index) =>
      /\b1883\b/.test(text) ? [{ file, line: index + 1, text: text.trim().slice(0, limits.characters) }] : [],
    )
    .slice(0, 1);
}
