import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A scenario of a few seconds, which pauses one node. `--scenario ./short-pause.yml` in that folder runs it. */
export function writeShortScenario(folder: string, phases = '{ steady: 1s, hold: 3s, recover: 5s }'): string {
  writeFileSync(
    join(folder, 'short-pause.yml'),
    `name: short-pause
title: One node stands still for a moment
tier: basic
severity: medium
dimension: fault-isolation
phases: ${phases}
faults:
  - { kind: pause, on: any }
expect: { availability: ">= 90%", p99-latency: "<= 5s", recovery: "<= 5s" }
`,
  );
  return './short-pause.yml';
}
