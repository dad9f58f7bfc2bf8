import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const src = join(import.meta.dirname, '..', '..', 'src');

/** Every source file, as a path within src/. */
function files(): string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
}

/** What a file imports of src/, types included, as paths within it. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?'(\.[^']+)'/g)].map(([, path = '']) =>
    relative(src, join(src, dirname(file), path)),
  );
}

/** Which folders of src/ each folder imports from. */
function imports(): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const file of files()) {
    for (const imported of importsOf(file)) {
      const [from, to] = [file, imported].map((one) => one.split(sep)[0] ?? '');
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

  test('outside of engines/, the engine of this machine is known to those alone that must know it', () => {
    const known = files()
      .filter((file) => !file.startsWith(`engines${sep}`))
      .filter((file) => importsOf(file).some((path) => path.startsWith(join('engines', 'local'))));
    expect(known.map((file) => file.split(sep).join('/')).sort()).toEqual([
      // The Action's post step and git; a second look at processes of a run that was killed.
      'action/git.ts',
      'action/post.ts',
      // Commands about this machine, and what it would offer to a plan.
      'cli/clean.ts',
      'cli/doctor.ts',
      'cli/dry-run.ts',
      'cli/try-boot.ts',
      'cli/validate.ts',
      // The claim of a folder is a process of this machine; so is the tool, whose machine is measured.
      'run/claim-folder.ts',
      'run/machine-use.ts',
      // The engine that is taken where no other is given.
      'run/session.ts',
      // A connection that was reset is reset on its other side as a link does it.
      'sabotage/relay.ts',
    ]);
  });

  test('a cycle would be found, and an acyclic graph with two ways to the same folder is none', () => {
    const graph = (edges: Readonly<Record<string, readonly string[]>>) =>
      new Map(Object.entries(edges).map(([from, to]) => [from, new Set(to)] as const));
    expect(cycleIn(graph({ a: ['b'], b: ['c'], c: ['d', 'b'] }))).toEqual(['b', 'c', 'b']);
    expect(cycleIn(graph({ a: ['b', 'c'], b: ['d'], c: ['d'] }))).toBeUndefined();
  });
});
