// Writes the tables of inputs and outputs in the pages from action.yml and comment/action.yml, between the markers `<!-- NAME:start -->`
// and `<!-- NAME:end -->`: `node scripts/action-docs.mjs`; `--check` only says whether they are up to date. Another folder than the
// repository's may be named last.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';

const { values, positionals } = parseArgs({ options: { check: { type: 'boolean' } }, allowPositionals: true });
const root = positionals[0] ?? join(dirname(fileURLToPath(import.meta.url)), '..');
const pages = ['README.md', 'docs/github-action.md'];

const action = parse(readFileSync(join(root, 'action.yml'), 'utf8'));
const comment = parse(readFileSync(join(root, 'comment/action.yml'), 'utf8'));
const tables = {
  inputs: inputTable(action),
  outputs: outputTable(action),
  'comment-inputs': inputTable(comment),
  'comment-outputs': outputTable(comment),
};

for (const page of pages) {
  const file = join(root, page);
  const text = readFileSync(file, 'utf8');
  const written = text.replaceAll(/(<!-- ([a-z-]+):start -->\n).*?(<!-- \2:end -->)/gs, (region, start, name, end) =>
    name in tables ? `${start}${tables[name]}${end}` : region,
  );
  if (!values.check) writeFileSync(file, written);
  else if (written !== text) {
    console.error(`${page} is out of date: node scripts/action-docs.mjs`);
    process.exitCode = 1;
  }
}

function inputTable({ inputs }) {
  return table(
    ['input', 'default', 'meaning'],
    Object.entries(inputs)
      // What GitHub fills in for the Action itself.
      .filter(([, { description }]) => !description.startsWith('Not for you to set'))
      .map(([name, input]) => [`\`${name}\``, input.default === '' ? '' : `\`${input.default}\``, input.description]),
  );
}

function outputTable({ outputs }) {
  return table(
    ['output', 'meaning'],
    Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
  );
}

function table(header, rows) {
  const lines = [header, ...rows].map((cells) => {
    const texts = cells.map((cell) => cell.trim().replaceAll(/\s+/g, ' ').replaceAll('|', '\\|'));
    return `| ${texts.join(' | ')} |\n`;
  });
  lines.splice(1, 0, `|${'---|'.repeat(header.length)}\n`);
  return lines.join('');
}
