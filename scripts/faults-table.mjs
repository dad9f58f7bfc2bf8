// Writes the table of measured faults into docs/faults.md, from runs on this machine and from what doctor says of it:
//
//   node dist/cli.js run --tier basic,fault,stress --out /tmp/all
//   node scripts/faults-table.mjs /tmp/all/report.json [more reports]
//
// A mechanism that no run has used is a row with the reason, never left out.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(fileURLToPath(import.meta.url), '..', '..');
const page = join(root, 'docs', 'faults.md');
const records = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
if (records.length === 0) throw new Error('name the report.json of one run or more');
const doctor = JSON.parse(
  execFileSync(process.execPath, [join(root, 'dist', 'cli.js'), 'doctor', '--json'], { encoding: 'utf8' }),
);

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').slice(0, 240);
const runs = records.flatMap((record) =>
  record.scenarios.flatMap((scenario) => scenario.faults.map((fault) => ({ record, scenario, fault }))),
);
const seen = new Map();
for (const { record, scenario, fault } of runs) {
  // The mechanism may go on with figures of the run.
  const key = `${fault.kind} ${fault.mechanism.split(/[,;(]/)[0]} ${record.broker.name}`;
  if (seen.has(key)) continue;
  seen.set(key, [
    `\`${fault.kind}\``,
    fault.mechanism,
    `${fault.injected} on ${fault.target} (${scenario.name}, ${record.broker.name})`,
    fault.observed,
    fault.proven ? 'yes' : '**no**',
    fault.healed ? 'yes' : '**no**',
    record.error?.code === 'residue' ? `**${record.error.message}**` : 'none',
  ]);
}
const unused = doctor.faults
  .filter(
    ({ fault, mechanism, used }) =>
      !used || ![...seen.keys()].some((key) => key.startsWith(`${fault} `) || key.startsWith(`${fault} ${mechanism}`)),
  )
  .map(({ fault, mechanism, available, reason, hint }) => [
    `\`${fault}\``,
    mechanism,
    available
      ? 'not used here: another mechanism goes before it, or no scenario of the run has it'
      : 'not possible here',
    reason ?? hint ?? '',
    '',
    '',
    '',
  ]);
const netem = doctor.machine.netem.available
  ? []
  : [['network-delay, packet-loss', 'tc netem', 'not possible here', doctor.machine.netem.reason, '', '', '']];
const [first] = records;
const { environment } = first;
const table = [
  `On ${environment.os} ${environment.kernel}, ${environment.cpus} CPUs, Node ${environment.node}, ${first.startedAt.slice(0, 10)}; written by \`scripts/faults-table.mjs\`.`,
  '',
  '| kind | mechanism | injected | observed by the proof | proven | healed | residue |',
  '|---|---|---|---|---|---|---|',
  ...[...seen.values(), ...unused, ...netem].map((row) => `| ${row.map(cell).join(' | ')} |`),
].join('\n');

const [start, end] = ['<!-- measured:start -->', '<!-- measured:end -->'];
const text = readFileSync(page, 'utf8');
if (!text.includes(start)) throw new Error(`docs/faults.md has no ${start}`);
writeFileSync(page, `${text.slice(0, text.indexOf(start) + start.length)}\n${table}\n${text.slice(text.indexOf(end))}`);
console.log(`${seen.size} measured, ${unused.length} not used or not possible`);
