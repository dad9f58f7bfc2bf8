import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const src = join(import.meta.dirname, '..', '..', 'src');

/** Which folders of src/ each folder imports from, types included. */
function imports(): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))) {
    const text = readFileSync(join(src, file), 'utf8');
    for (const [, path = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*\(?'(\.[^']+)'/g)) {
      const [from, to] = [file, relative(src, join(src, dirname(file), path))].map((one) => one.split(sep)[0] ?? '');
      if (from === undefined || to === undefined || from === to) continue;
      graph.set(from, (graph.get(from) ?? new Set()).add(to));
    }
  }
  return graph;
}

/** The folders of a cycle, in order; undefined when there is none. */
function cycleIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const done = new Set<string>();
  const visit = (folder: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(folder)) return [...path.slice(path.indexOf(folder)), folder];
    if (done.has(folder)) return undefined;
    for (const next of graph.get(folder) ?? []) {
      const cycle = visit(next, [...path, folder]);
      if (cycle !== undefined) return cycle;
    }
    done.add(folder);
    return undefined;
  };
  for (const folder of graph.keys()) {
    const cycle = visit(folder, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

describe('the folders of src/', () => {
  test('import one another without a cycle', () => {
    expect(cycleIn(imports())).toBeUndefined();
  });

  test('share their types through model/, which itself builds on base/ alone', () => {
    expect([...(imports().get('model') ?? [])]).toEqual(['base']);
    expect(imports().has('base')).toBe(false);
  });

  test('a cycle would be found, and an acyclic graph with two ways to the same folder is none', () => {
    const graph = (edges: Readonly<Record<string, readonly string[]>>) =>
      new Map(Object.entries(edges).map(([from, to]) => [from, new Set(to)] as const));
    expect(cycleIn(graph({ a: ['b'], b: ['c'], c: ['d', 'b'] }))).toEqual(['b', 'c', 'b']);
    expect(cycleIn(graph({ a: ['b', 'c'], b: ['d'], c: ['d'] }))).toBeUndefined();
  });
});
