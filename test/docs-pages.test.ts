import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import Slugger from 'github-slugger';

const root = fileURLToPath(new URL('..', import.meta.url));
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');
const pagesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file));
const pages = ['README.md', 'CONTRIBUTING.md', ...pagesBelow('docs'), ...pagesBelow('examples')];

const withoutCode = (text: string): string => text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');

function anchorsOf(page: string): Set<string> {
  const slugger = new Slugger();
  const headings = [
    ...textOf(page)
      .replace(/^```.*?^```/gms, '')
      .matchAll(/^#{1,6} (.+)$/gm),
  ].map(([, text = '']) => text.replace(/\]\([^)]*\)/g, ']'));
  return new Set(headings.map((text) => slugger.slug(text)));
}

/** Why a link within the repository leads nowhere; undefined if it leads somewhere. */
function whyBroken(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(root, target))) return `${page}: ${link}: no such file`;
  if (anchor === undefined || !target.endsWith('.md')) return undefined;
  return anchorsOf(target).has(anchor) ? undefined : `${page}: ${link}: no such heading`;
}

describe('the pages', () => {
  test('link to files and headings that exist', () => {
    const links = pages.flatMap((page) =>
      [...withoutCode(textOf(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => ({ page, link })),
    );
    const own = links.filter(({ link }) => !/^[a-z]+:/.test(link));
    expect(own.length).toBeGreaterThan(100);
    expect(own.flatMap(({ page, link }) => whyBroken(page, link) ?? [])).toEqual([]);
  });

  test('show no command and no option that the program does not have', () => {
    const commands = pages.flatMap((page) => commandsOf(textOf(page)).map((command) => ({ page, ...command })));
    expect(commands.length).toBeGreaterThan(30);
    expect(
      commands.flatMap(({ page, name, options }) => {
        const help = helpOf(name);
        if (help === undefined) return [`${page}: ${name}`];
        return options.filter((option) => !help.has(option)).map((option) => `${page}: ${name} ${option}`);
      }),
    ).toEqual([]);
  });
});

test('the tutorial shows the source as it is', () => {
  const [, excerpt = ''] = /```ts\n(.*?)```/s.exec(textOf('docs/tutorial.md')) ?? [];
  const lines = excerpt.split('\n').filter((line) => line.trim() !== '');
  const indented = lines.map((line) => `  ${line}`).join('\n');
  expect(lines.length).toBeGreaterThan(4);
  expect({ indented, isInTheSource: textOf('src/embedded/broker.ts').includes(indented) }).toMatchObject({
    isInTheSource: true,
  });
});

type Shown = { readonly name: string; readonly options: readonly string[] };

/** What the code of a page calls: `chaos-action NAME --option` or `node .../cli.js NAME --option`. */
function commandsOf(text: string): Shown[] {
  const code = [...text.matchAll(/^```.*?^```|`[^`\n]+`/gms)]
    .map(([block]) => block)
    .join('\n')
    .replaceAll(', then ', '\n');
  const calls = code.matchAll(/(?:^|[`\s])(?:npx chaos-action|chaos-action|node \S*cli\.js) ([a-z]+)([^\n`#|&;>]*)/g);
  return [...calls].map(([, name = '', rest = '']) => ({ name, options: rest.match(/(?<=\s)--?[a-z][a-z-]*/g) ?? [] }));
}

const known = new Map<string, ReadonlySet<string> | undefined>();

function helpOf(name: string): ReadonlySet<string> | undefined {
  if (!known.has(name)) known.set(name, optionsOf(name));
  return known.get(name);
}

function optionsOf(name: string): ReadonlySet<string> | undefined {
  const listed = (...args: string[]): string[] => {
    const { stdout } = spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), ...args, '--help'], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    if (!stdout.startsWith(`Usage: chaos-action ${args.join(' ')}`)) return [];
    return stdout.match(/(?<=^ .*?)--?[a-z][a-z-]*/gm) ?? [];
  };
  const own = listed(name);
  // `baseline` has commands of its own.
  const below = name === 'baseline' ? ['save', 'list', 'compare'].flatMap((sub) => listed(name, sub)) : [];
  return own.length === 0 ? undefined : new Set([...own, ...below]);
}
