import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  Scalar,
  visit,
} from 'yaml';
import type { Location, Problem } from '../base/error.ts';
import { messageOf } from '../base/error.ts';
import { formatBytes } from '../model/units.ts';

export type Path = readonly PropertyKey[];

/** Beyond these a file is a mistake or an attack; within them it is read and checked in less than a second. */
const mostFileBytes = 256 * 1_024;
const mostEntries = 1_000;

/** A parsed YAML file that still knows where everything stood. */
export type YamlFile = {
  /** As messages name it: relative to the user's folder when inside it. */
  readonly file: string;
  /** Replaces scalars; `source` is what the file says, before `010` became the number ten. */
  mapScalars(change: (path: Path, value: unknown, source: string) => unknown): void;
  toValue(): unknown;
  /** Where the value of a path stands, or the nearest thing above it that exists. */
  locate(path: Path): Location;
  /** Where the key itself stands. */
  locateKey(path: Path): Location;
  /** Where a place inside a text stands; row and column count from 1 within that text. */
  locateInside(path: Path, row: number, column: number): Location;
  /** Whether the file has this path. */
  has(path: Path): boolean;
  /** The text of the value in the file; empty if there is none. */
  sourceOf(path: Path): string;
};

export type ParsedYaml = { readonly yaml?: YamlFile; readonly problems: readonly Problem[] };

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
      const message = `has ${formatBytes(size)}; such a file may have ${formatBytes(mostFileBytes)}`;
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
  return { yaml: createYamlFile(restore(text), file, document, at, restore), problems: [] };
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
      const message = `holds ${node.items.length} entries; there may be ${mostEntries}`;
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
    return [{ message: 'aliases (*name) unfold into too much, or into themselves', hint, location: firstAlias }];
  }
}

const keysSeen = new WeakMap<object, Set<string>>();

function seen(map: object): Set<string> {
  const keys = keysSeen.get(map) ?? new Set();
  keysSeen.set(map, keys);
  return keys;
}

function createYamlFile(
  text: string,
  file: string,
  document: Document.Parsed,
  at: (offset: number) => Location,
  restore: (text: string) => string,
): YamlFile {
  /** The node of a path, or undefined. */
  const nodeAt = (path: Path): Node | undefined => {
    let node = resolved(document, document.contents);
    for (const key of path) {
      node = resolved(document, childOf(node, key));
      if (node === undefined) return undefined;
    }
    return node;
  };
  const keyOffset = (path: Path): number | undefined => {
    const parent = nodeAt(path.slice(0, -1));
    const name = path.at(-1);
    if (!isMap(parent)) return undefined;
    const pair = parent.items.find((item) => keyText(item.key) === String(name));
    return pair ? offsetOf(pair.key) : undefined;
  };
  const locate = (path: Path): Location => {
    const node = nodeAt(path);
    if (node?.range) return at(node.range[0]);
    const key = path.length > 0 ? keyOffset(path) : undefined;
    if (key !== undefined) return at(key);
    // The line with the key of the map in which something is missing says more than that map's first line.
    const parent = path.slice(0, -1);
    return path.length === 0 ? { file, line: 1, column: 1 } : locateKey(parent);
  };
  const locateKey = (path: Path): Location => {
    const key = path.length > 0 ? keyOffset(path) : undefined;
    return key === undefined ? locate(path) : at(key);
  };
  return {
    file,
    mapScalars(change) {
      const walk = (node: unknown, path: Path): void => {
        if (isMap(node)) {
          for (const pair of node.items) {
            if (isScalar(pair.key) && typeof pair.key.value === 'string') pair.key.value = restore(pair.key.value);
            walk(pair.value, [...path, keyText(pair.key)]);
          }
        } else if (isSeq(node)) for (const [index, item] of node.items.entries()) walk(item, [...path, index]);
        else if (isScalar(node)) node.value = change(path, node.value, node.source ?? String(node.value ?? ''));
      };
      walk(document.contents, []);
    },
    toValue: () => document.toJS(),
    locate,
    locateKey,
    has: (path) => nodeAt(path) !== undefined,
    locateInside(path, row, column) {
      const node = nodeAt(path);
      if (!isScalar(node) || !node.range) return locate(path);
      const start = at(node.range[0]);
      const line = start.line ?? 1;
      if (node.type === Scalar.BLOCK_LITERAL) {
        const wanted = line + row;
        return { file, line: wanted, column: indentOf(text, line + 1) + column };
      }
      const singleLine = !text.slice(node.range[0], node.range[1]).includes('\n');
      if (!singleLine || row !== 1 || node.type === Scalar.BLOCK_FOLDED) return start;
      const quote = node.type === Scalar.PLAIN ? 0 : 1;
      return { file, line, column: (start.column ?? 1) + quote + column - 1 };
    },
    sourceOf(path) {
      const range = nodeAt(path)?.range;
      return range ? text.slice(range[0], range[1]) : '';
    },
  };
}

function resolved(document: Document.Parsed, node: unknown): Node | undefined {
  if (isAlias(node)) return node.resolve(document);
  return isMap(node) || isSeq(node) || isScalar(node) ? node : undefined;
}

function childOf(node: Node | undefined, key: PropertyKey): unknown {
  if (isMap(node)) return node.items.find((item) => keyText(item.key) === String(key))?.value;
  return isSeq(node) ? node.items[Number(key)] : undefined;
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
  if (code === 'BLOCK_AS_IMPLICIT_KEY') return 'put a text that holds ": " in quotes, and check the indentation';
  if (code === 'BAD_SCALAR_START') return 'put the text in quotes';
  return undefined;
}

/** YAML reads `{{` as the start of a map. */
export const templateHint = 'put a text that begins with {{ or {% in quotes';
