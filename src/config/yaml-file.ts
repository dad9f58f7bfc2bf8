import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, Scalar, visit } from 'yaml';
import type { Location, Problem } from '../base/error.ts';
import { messageOf } from '../base/error.ts';
import { formatBytes } from '../model/units.ts';
import type { Raw } from './raw.ts';

/** Beyond these a file is a mistake or an attack; within them it is read and checked in less than a second. */
const mostFileBytes = 256 * 1_024;
const mostEntries = 1_000;

export type ParsedYaml = { readonly raw?: Raw; readonly problems: readonly Problem[] };

/** The name of a file as messages show it. */
export function shownPath(file: string, cwd: string): string {
  const absolute = resolve(cwd, file);
  const inside = relative(cwd, absolute);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? absolute : inside;
}

/** The text of a file, or the problem with it. */
export function readText(file: string, cwd: string, hint?: string): { text: string } | { problem: Problem } {
  const absolute = resolve(cwd, file);
  try {
    const { size } = statSync(absolute);
    if (size > mostFileBytes) {
      const message = `the file has ${formatBytes(size)}; the limit is ${formatBytes(mostFileBytes)}`;
      return { problem: { message, location: { file: shownPath(file, cwd) } } };
    }
    return { text: readFileSync(absolute, 'utf8') };
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    const location = { file: shownPath(file, cwd) };
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return {
        problem: {
          message: 'there is no such file',
          hint: `looked for ${absolute}${hint ? `; ${hint}` : ''}`,
          location,
        },
      };
    }
    if (code === 'EISDIR') return { problem: { message: 'this is a folder, not a file', location } };
    return { problem: { message: `cannot be read: ${messageOf(error)}`, location } };
  }
}

/** Parses a file's text; every syntax error is a problem of its own. `restore` undoes what was done to the text before. */
export function parseYaml(text: string, file: string, restore: (text: string) => string = (same) => same): ParsedYaml {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    strict: true,
    // The library compares each key with all before it; `refusedIn` has them in a set.
    uniqueKeys: false,
    logLevel: 'error',
  });
  const at = (offset: number): Location => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const seenLines = new Set<number>();
  const problems: Problem[] = [];
  for (const error of document.errors) {
    const location = at(error.pos[0]);
    // The parser stumbles on after an error; what it says of the same line again only confuses.
    if (seenLines.has(location.line ?? 0)) continue;
    seenLines.add(location.line ?? 0);
    const hint = syntaxHint(error.code, lineText(text, location.line ?? 1));
    problems.push({ message: restore(syntaxMessage(error.code, error.message)), location, ...(hint ? { hint } : {}) });
  }
  if (problems.length > 0) return { problems };
  const refused = refusedIn(document, at, restore);
  if (refused.length > 0) return { problems: refused };
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    return { problems: [{ message: 'the file is empty', location: { file, line: 1, column: 1 } }] };
  }
  if (!isMap(document.contents)) {
    return {
      problems: [
        { message: 'the file must hold keys and values at its top level', location: at(offsetOf(document.contents)) },
      ],
    };
  }
  return { raw: toRaw(document, { text: restore(text), at, restore }), problems: [] };
}

/** Keys that are there twice, lists and maps that are too long, and aliases that unfold into too much or into themselves. */
function refusedIn(
  document: Document.Parsed,
  at: (offset: number) => Location,
  restore: (text: string) => string,
): Problem[] {
  const problems: Problem[] = [];
  let firstAlias: Location | undefined;
  visit(document, {
    Collection(_, node) {
      if (node.items.length <= mostEntries) return undefined;
      const message = `has ${node.items.length} entries; the limit is ${mostEntries}`;
      problems.push({ message, location: at(offsetOf(node)) });
      return visit.SKIP;
    },
    Pair(key, pair, ancestors) {
      const parent = ancestors.at(-1);
      if (typeof key !== 'number' || !isMap(parent) || parent.items.length > mostEntries) return;
      const name = keyText(pair.key);
      const before = seen(parent);
      if (before.has(name)) {
        const location = at(offsetOf(pair.key));
        const message = restore(syntaxMessage('DUPLICATE_KEY', ''));
        problems.push({ message, location, hint: 'keep one of them' });
      }
      before.add(name);
    },
    Alias(_, node) {
      firstAlias ??= at(offsetOf(node));
    },
  });
  if (problems.length > 0 || firstAlias === undefined) return problems;
  try {
    // Throws for what holds itself; the library throws for what unfolds into too much.
    JSON.stringify(document.toJS());
    return [];
  } catch {
    const hint = 'write the values out';
    return [{ message: 'aliases (*name) expand to too much, or contain themselves', hint, location: firstAlias }];
  }
}

const keysSeen = new WeakMap<object, Set<string>>();

function seen(map: object): Set<string> {
  const keys = keysSeen.get(map) ?? new Set();
  keysSeen.set(map, keys);
  return keys;
}

type Source = {
  readonly text: string;
  readonly at: (offset: number) => Location;
  readonly restore: (text: string) => string;
};

/** The values of a document with their places; an alias is what it stands for. */
function toRaw(document: Document.Parsed, source: Source): Raw {
  const { text, at, restore } = source;
  const convert = (given: unknown, keyLocation?: Location): Raw => {
    const node = isAlias(given) ? given.resolve(document) : given;
    const range = isMap(node) || isSeq(node) || isScalar(node) ? node.range : undefined;
    const placed = {
      location: range ? at(range[0]) : keyLocation,
      keyLocation,
      source: range ? text.slice(range[0], range[1]) : '',
    };
    if (isMap(node)) {
      const entries = node.items.map(
        ({ key, value }) => [restore(keyText(key)), convert(value, at(offsetOf(key)))] as const,
      );
      return { ...placed, type: 'map', entries: new Map(entries) };
    }
    if (isSeq(node)) return { ...placed, type: 'list', items: node.items.map((item) => convert(item)) };
    // A key of a flow map can have no value at all.
    if (!isScalar(node)) return { ...placed, type: 'scalar', value: null };
    return {
      ...placed,
      type: 'scalar',
      value: node.value,
      inside: (row, column) => insideOf(node, source, row, column),
    };
  };
  return convert(document.contents);
}

/** Where a place inside the text of a scalar stands in the file. */
function insideOf(node: Scalar, { text, at }: Source, row: number, column: number): Location {
  const range = node.range ?? [0, 0, 0];
  const start = at(range[0]);
  const line = start.line ?? 1;
  if (node.type === Scalar.BLOCK_LITERAL) {
    return { file: start.file, line: line + row, column: indentOf(text, line + 1) + column };
  }
  const singleLine = !text.slice(range[0], range[1]).includes('\n');
  if (!singleLine || row !== 1 || node.type === Scalar.BLOCK_FOLDED) return start;
  const quote = node.type === Scalar.PLAIN ? 0 : 1;
  return { file: start.file, line, column: (start.column ?? 1) + quote + column - 1 };
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function offsetOf(node: unknown): number {
  return isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? (node.range?.[0] ?? 0) : 0;
}

function lineText(text: string, line: number): string {
  return text.split('\n')[line - 1] ?? '';
}

/** Spaces before the text of the first line that is not blank, from `line` on. */
function indentOf(text: string, line: number): number {
  const found = text
    .split('\n')
    .slice(line - 1)
    .find((candidate) => candidate.trim() !== '');
  return found === undefined ? 0 : found.length - found.trimStart().length;
}

function syntaxMessage(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'duplicate key';
  if (code === 'TAB_AS_INDENT') return 'a tab cannot indent in YAML';
  if (code === 'MULTIPLE_DOCS') return 'the file holds several YAML documents';
  return `not valid YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

function syntaxHint(code: string, line: string): string | undefined {
  if (code === 'DUPLICATE_KEY') return 'keep one of them';
  if (code === 'TAB_AS_INDENT') return 'indent with spaces';
  if (code === 'MULTIPLE_DOCS') return 'remove the line "---" and what follows';
  if (/:\s*\{\{|[[,]\s*\{\{|-\s+\{\{/.test(line)) return templateHint;
  if (/:\s*\{%|-\s+\{%/.test(line)) return templateHint;
  if (code === 'BLOCK_AS_IMPLICIT_KEY') return 'put a text that contains ": " in quotes, and check the indentation';
  if (code === 'BAD_SCALAR_START') return 'put the text in quotes';
  return undefined;
}

/** YAML reads `{{` as the start of a map. */
export const templateHint = 'put a text that begins with {{ or {% in quotes';
