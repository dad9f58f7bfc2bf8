import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A scenario of a few seconds, which pauses one node. `--scenario ./short-pause.yml` in that folder runs it. */
export function writeShortScenario(folder: string, phases = '{ steady: 1s, hold: 3s, recover: 5s }'): string {
  return writeScenario(folder, {
    name: 'short-pause',
    title: 'One node stands still for a moment',
    phases,
    faults: '[{ kind: pause, on: any }]',
  });
}

/** A scenario whose expectations any machine meets; answers with what `--scenario` takes in that folder. */
export function writeScenario(
  folder: string,
  { name, title, phases, faults }: { name: string; title: string; phases: string; faults: string },
): string {
  const recover = /recover: (\w+)/.exec(phases)?.[1];
  writeFileSync(
    join(folder, `${name}.yml`),
    `name: ${name}
title: ${title}
tier: basic
severity: medium
dimension: fault-isolation
phases: ${phases}
faults: ${faults}
expect: { availability: ">= 90%", p99-latency: "<= 5s", recovery: "<= ${recover}" }
`,
  );
  return `./${name}.yml`;
}
