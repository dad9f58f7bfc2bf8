import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measuredRun } from './measured-run.ts';
import { writeScenario } from './short-scenario.ts';
import { temporaryFolders } from './temporary-folder.ts';

/** The shortest scenarios in which the defects of the mutants show. */
const scenarios = {
  'short-quiet': {
    title: 'No fault, while sessions go and come back',
    phases: '{ steady: 1s, hold: 3s, recover: 5s }',
    faults: '[]',
  },
  'short-restart': {
    title: 'One node is killed and started again',
    phases: '{ steady: 1s, hold: 4s, recover: 8s }',
    faults: '[{ kind: restart, on: any, downtime: 1s }]',
  },
} as const;

export type MutantScenario = keyof typeof scenarios;

/**
 * A function that runs the embedded broker in these scenarios. It sends nothing again by a timer: what it has lost is not waited for as
 * long as it would be for a stranger's. But an event loop that stands still for a quarter of that time leaves liveness undecided.
 */
export function mutantRuns() {
  const temporary = temporaryFolders();
  return (names: readonly MutantScenario[], redeliverWithin: string, ...args: readonly string[]) => {
    const folder = temporary();
    const files = names.map((name) => join(folder, writeScenario(folder, { name, ...scenarios[name] })));
    const config = join(folder, 'chaos.yml');
    writeFileSync(config, `broker: { preset: embedded, redeliver-within: ${redeliverWithin} }\n`);
    const chosen = ['--config', config, '--rate', '150/s', ...files.flatMap((file) => ['--scenario', file])];
    return measuredRun(...chosen, '--seed', 'mutants', ...args);
  };
}
