import { isAbsolute, relative, resolve } from 'node:path';
import { plural } from '../base/count.ts';
import type { Location } from '../base/error.ts';
import type { RunRecord } from '../model/record.ts';
import type { Scenario } from '../model/scenario.ts';
import { findingsOf } from '../report/findings.ts';
import { expectedText, measuredText, ofClients } from '../report/format.ts';
import type { Annotation } from './workflow.ts';

/** GitHub shows ten annotations of a kind for each step and silently drops the others. So the tenth counts them. */
export const mostAnnotations = 10;

export type Places = {
  readonly scenarios: readonly Scenario[];
  /** The folder that the files' paths are relative to. */
  readonly cwd: string;
  readonly workspace: string;
  /** chaos.yml, if there is one. A scenario that comes with the tool is not in the repository and is annotated there. */
  readonly config: string | undefined;
};

/** What a maintainer must see. Each message begins with what is wrong. */
export function annotationsOf(record: RunRecord, places: Places): Annotation[] {
  const { violations, crashes, expectations, unhealed, undecided, gone } = findingsOf(record);
  const scenarioOf = (name: string): Scenario | undefined =>
    places.scenarios.find((scenario) => scenario.name === name);
  const at = (location: Location | undefined) => place(location, places);
  return [
    ...violations.map(
      ({ scenario: { name }, found: { invariant, statement, count, examples } }): Annotation => ({
        level: 'error',
        title: `${invariant} violated in ${name}`,
        message: `${plural(count, 'violation')} of ${invariant}: ${examples[0]?.what ?? statement} (seed ${record.seed})`,
        ...at(scenarioOf(name)?.location),
      }),
    ),
    ...crashes.map(
      ({ scenario: { name }, found: { node, how, lastLines } }): Annotation => ({
        level: 'error',
        title: `${node} ended by itself in ${name}`,
        message: [`${node} ${how}`, ...lastLines.slice(-3)].join('\n'),
        ...at(scenarioOf(name)?.location),
      }),
    ),
    ...expectations.map(
      ({ scenario, found }): Annotation => ({
        level: 'error',
        title: `${found.name} of ${scenario.name} broken`,
        message: `${found.name} was ${measuredText(scenario, found)}, expected ${expectedText(found)}`,
        ...at(scenarioOf(scenario.name)?.expectLocations[found.name]),
      }),
    ),
    ...unhealed.map(
      ({ scenario: { name }, found: { kind, target } }): Annotation => ({
        level: 'error',
        title: `${kind} was not healed in ${name}`,
        message: `${kind} on ${target} was not healed`,
        ...at(scenarioOf(name)?.faults.find((fault) => fault.kind === kind)?.location),
      }),
    ),
    ...undecided.map(
      ({ name, verdict, reason }): Annotation => ({
        level: 'warning',
        title: `${name} ${verdict}`,
        message: reason,
        ...at(scenarioOf(name)?.location),
      }),
    ),
    ...gone.map(
      ({ invariant, scenario, limitedTo, why }): Annotation => ({
        level: 'notice',
        title: `Known issue not seen: ${invariant}`,
        message: `${invariant}${scenario === null ? '' : ` in ${scenario}`}${ofClients({ limitedTo })} did not happen (${why}); if that holds, take it out of known-issues`,
        ...at(undefined),
      }),
    ),
  ];
}

/** The worst first, and no more than GitHub shows. The last one says how many are left out. */
export function capped(annotations: readonly Annotation[]): Annotation[] {
  const rank = { error: 0, warning: 1, notice: 2 } as const;
  const sorted = annotations.toSorted((a, b) => rank[a.level] - rank[b.level]);
  if (sorted.length <= mostAnnotations) return sorted;
  const left = sorted.slice(mostAnnotations - 1);
  const title = `${plural(left.length, 'more finding')}`;
  return [
    ...sorted.slice(0, mostAnnotations - 1),
    { level: left[0]?.level ?? 'notice', title, message: 'the job summary and the report have them all' },
  ];
}

/** Where a location, whose file is an absolute path, lies in the repository; nothing for a file outside of it. */
export function inRepository(location: Location, workspace: string): { file?: string; line?: number } {
  const file = relative(workspace, location.file);
  if (file === '' || file.startsWith('..') || isAbsolute(file)) return {};
  return { file, ...(location.line === undefined ? {} : { line: location.line }) };
}

function place(location: Location | undefined, { cwd, workspace, config }: Places): { file?: string; line?: number } {
  const own = location === undefined ? {} : inRepository({ ...location, file: resolve(cwd, location.file) }, workspace);
  if (own.file !== undefined || config === undefined) return own;
  return inRepository({ file: resolve(cwd, config), line: 1 }, workspace);
}
