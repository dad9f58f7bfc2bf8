// Writes the tables that repeat something into the pages, between the markers `<!-- NAME:start -->` and `<!-- NAME:end -->`: inputs and
// outputs of action.yml and comment/action.yml; fault kinds, invariants with their clauses, scenarios, presets, sabotages and mutants as the tool itself has them.
// `node scripts/docs-tables.mjs` writes them; `--check` only says whether they are up to date. Another folder may be named last.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { importSources, root as repository } from './sources.mjs';

const { values, positionals } = parseArgs({ options: { check: { type: 'boolean' } }, allowPositionals: true });
const root = positionals[0] ?? repository;
const pages = [
  'README.md',
  ...['github-action', 'scenarios', 'chaos-yml', 'sabotage', 'invariants', 'embedded-broker', 'workload'].map(
    (page) => `docs/${page}.md`,
  ),
];

const action = parse(readFileSync(join(root, 'action.yml'), 'utf8'));
const comment = parse(readFileSync(join(root, 'comment/action.yml'), 'utf8'));
const { checks, faultKinds, flowKinds, loadScenarios, mutants, presetSummaries, sabotages, tiers, tierSchedule } =
  await importSources(`
  export { checks } from './src/checks/registry.ts';
  export { loadScenarios } from './src/config/scenarios.ts';
  export { presetSummaries } from './src/config/shipped.ts';
  export { mutants } from './src/embedded/mutants.ts';
  export { faultKinds } from './src/faults/registry.ts';
  export { flowKinds } from './src/workload/flows/registry.ts';
  export { tiers, tierSchedule } from './src/model/scenario.ts';
  export { sabotages } from './src/sabotage/registry.ts';`);
const scenarios = loadScenarios({ cwd: repository, faultKinds, folders: [join(repository, 'scenarios')] });
const ofTier = (tier) => scenarios.filter((scenario) => scenario.tier === tier);

const tables = {
  'flow-kinds': table(
    ['kind', 'what its clients do'],
    Object.values(flowKinds).map(({ name, summary }) => [code(name), summary]),
  ),
  inputs: inputTable(action),
  outputs: outputTable(action),
  'comment-inputs': inputTable(comment),
  'comment-outputs': outputTable(comment),
  'fault-kinds': table(
    ['kind', 'strikes', 'parameters'],
    [...faultKinds.values()].map(({ kind, strikes, usage }) => [code(kind), strikes, usage]),
  ),
  invariants: table(
    ['invariant', 'what must hold'],
    checks.map(({ id, statement }) => [invariantLink(id), statement]),
  ),
  ...Object.fromEntries(checks.map((check) => [`invariant-${check.id}`, invariantText(check)])),
  presets: table(
    ['preset', 'what it is'],
    presetSummaries(join(repository, 'brokers')).map(({ name, summary }) => [code(name), summary]),
  ),
  sabotages: table(
    ['sabotage', 'what it breaks', 'invariant', 'MQTT', 'needs', 'traffic', 'seen in'],
    sabotages.map(({ name, breaks, invariant, versions, needs, flow, report }) => [
      ...[code(name), breaks, invariant, versionNames(versions)],
      ...[needs.join(', '), flow, report === undefined ? '' : reportLink(report)],
    ]),
  ),
  mutants: table(
    ['mutant', 'what it does', 'invariant', 'MQTT', 'scenario', 'traffic', 'seen in'],
    Object.entries(mutants).map(([name, { does, invariant, versions, scenario, profile, report }]) => [
      ...[code(name), does, invariant, versionNames(versions), scenario, profile],
      report === undefined ? '' : reportLink(report),
    ]),
  ),
  scenarios: table(
    ['tier', 'scenario', 'severity', 'what happens'],
    tiers.flatMap((tier) => ofTier(tier).map(({ name, severity, title }) => [tier, code(name), severity, title])),
  ),
  tiers: table(
    ['tier', 'when', 'scenarios'],
    tiers.map((tier) => [
      tier,
      tierSchedule[tier],
      ofTier(tier)
        .map(({ name }) => name)
        .join(', '),
    ]),
  ),
};

for (const page of pages) {
  const file = join(root, page);
  const text = readFileSync(file, 'utf8');
  const written = text.replaceAll(/(<!-- ([a-z-]+):start -->\n).*?(<!-- \2:end -->)/gs, (region, start, name, end) =>
    name in tables ? `${start}${tables[name]}${end}` : region,
  );
  if (!values.check) writeFileSync(file, written);
  else if (written !== text) {
    console.error(`${page} is out of date: node scripts/docs-tables.mjs`);
    process.exitCode = 1;
  }
}

function inputTable({ inputs }) {
  return table(
    ['input', 'default', 'meaning'],
    Object.entries(inputs)
      // What GitHub fills in for the Action itself.
      .filter(([, { description }]) => !description.startsWith('Not for you to set'))
      .map(([name, input]) => [code(name), input.default === '' ? '' : code(input.default), input.description]),
  );
}

function outputTable({ outputs }) {
  return table(
    ['output', 'meaning'],
    Object.entries(outputs).map(([name, { description }]) => [code(name), description]),
  );
}

function invariantLink(id) {
  return `[${id}](docs/invariants.md#${id})`;
}

/** What docs/invariants.md repeats of one check: its statement and its clauses. */
function invariantText({ statement, clause }) {
  const clauses =
    clause === null ? 'none' : `${clause.v311 === null ? '' : `MQTT 3.1.1: ${clause.v311}. `}MQTT 5.0: ${clause.v5}`;
  return `**Statement**: ${statement}.\n\n**Clauses**: ${clauses}.\n`;
}

function versionNames(versions) {
  return versions.map((version) => (version === 4 ? '3.1.1' : '5')).join(', ');
}

/** GitHub leads from the address of an issue to that of the pull request with the same number. */
function reportLink(report) {
  const [repository, number] = report.split('#');
  return `[${report}](https://github.com/${repository}/issues/${number})`;
}

function code(text) {
  return `\`${text}\``;
}

function table(header, rows) {
  const lines = [header, ...rows].map((cells) => {
    const texts = cells.map((cell) => cell.trim().replaceAll(/\s+/g, ' ').replaceAll('|', '\\|'));
    return `| ${texts.join(' | ')} |\n`;
  });
  lines.splice(1, 0, `|${'---|'.repeat(header.length)}\n`);
  return lines.join('');
}
