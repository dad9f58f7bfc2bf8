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

const most = 240;
const cell = (text) => {
  const line = String(text).replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
  return line.length > most ? `${line.slice(0, most)} ...` : line;
};
const runs = records.flatMap((record) =>
  record.scenarios.flatMap((scenario) => scenario.faults.map((fault) => ({ record, scenario, fault }))),
);
const seen = new Map();
for (const { record, scenario, fault } of runs) {
  // The mechanism may go on with figures of the run.
  const way = doctor.faults.find((row) => row.fault === fault.kind && fault.mechanism.startsWith(row.mechanism));
  const variant = fault.kind === 'partition' ? scenario.ownName : fault.injected.includes('+-') ? 'jitter' : '';
  const key = `${fault.kind} ${way?.mechanism ?? fault.mechanism} ${record.broker.name} ${variant}`;
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
const measured = (row) =>
  runs.some(({ fault }) => fault.kind === row.fault && fault.mechanism.startsWith(row.mechanism));
const unused = doctor.faults
  .filter((row) => !measured(row))
  .map(({ fault, mechanism, available, reason, hint }) => [
    `\`${fault}\``,
    mechanism,
    available ? 'possible, but in no run of this table' : 'not possible here',
    available ? '' : [reason, hint ?? []].flat().join('; '),
    '',
    '',
    '',
  ]);
const [first] = records;
const { environment } = first;
// As doctor lists them, so that the mechanisms of a kind stand together.
const kinds = doctor.faults.map(({ fault }) => `\`${fault}\``);
const orderOf = (kind) => kinds.indexOf(kind);
const table = [
  `On ${environment.os} ${environment.kernel}, ${environment.cpus} CPUs, Node ${environment.node}, ${first.startedAt.slice(0, 10)}; written by \`scripts/faults-table.mjs\`.`,
  '',
  '| kind | mechanism | injected | observed by the proof | proven | healed | residue |',
  '|---|---|---|---|---|---|---|',
  ...[...seen.values(), ...unused]
    .sort(([a], [b]) => orderOf(a) - orderOf(b))
    .map((row) => `| ${row.map(cell).join(' | ')} |`),
].join('\n');

const [start, end] = ['<!-- measured:start -->', '<!-- measured:end -->'];
const text = readFileSync(page, 'utf8');
if (!text.includes(start)) throw new Error(`docs/faults.md has no ${start}`);
writeFileSync(page, `${text.slice(0, text.indexOf(start) + start.length)}\n${table}\n${text.slice(text.indexOf(end))}`);
console.log(`${seen.size} measured, ${unused.length} not used or not possible`);
