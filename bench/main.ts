import { cpus, totalmem } from 'node:os';
import { benchAction } from './action.ts';
import { benchLinks } from './links.ts';
import { benchMemory } from './memory.ts';
import type { BenchRow } from './row.ts';
import { benchTier } from './tier.ts';
import { benchWorkload } from './workload.ts';

const parts = { action: benchAction, links: benchLinks, workload: benchWorkload, memory: benchMemory, tier: benchTier };

/** Runs the parts that are named, or all, and prints a line a figure; exits with 0 whether an aim is met or not, since a figure is no test. */
const asked = process.argv.slice(2);
console.log(
  `${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${cpus().length} CPUs, ${(totalmem() / 1024 ** 3).toFixed(0)} GiB, Node ${process.version}`,
);
for (const [name, bench] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n${name}`);
  for (const row of await bench()) console.log(`  ${describe(row)}`);
}

function describe({ name, value, unit, aim, met }: BenchRow): string {
  const figure = `${Number(value.toPrecision(4))} ${unit}`;
  return `${name.padEnd(68)} ${figure.padStart(18)}${aim === undefined ? '' : `   aim ${aim}${met === undefined ? '' : met ? ', met' : ', NOT met'}`}`;
}
