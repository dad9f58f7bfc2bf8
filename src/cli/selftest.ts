import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { systemClock } from '../base/clock.ts';
import { distPath } from '../base/entries.ts';
import { ChaosError, type ExitCode, exitCodes } from '../base/error.ts';
import { suggest } from '../config/nearest.ts';
import { shippedFolder } from '../config/shipped.ts';
import { formatMs } from '../model/units.ts';
import { type Case, selftestCases } from '../selftest/cases.ts';
import { matrixMarkdown, matrixOf, type Row, summaryOf } from '../selftest/matrix.ts';
import { isGood } from '../selftest/outcome.ts';
import { type CaseResult, runCases } from '../selftest/run-cases.ts';

export type SelftestOptions = {
  readonly cwd: string;
  readonly quick: boolean;
  readonly broker: string | undefined;
  readonly config: string | undefined;
  /** Names of mutants and sabotages; all where nothing is said. */
  readonly only: readonly string[] | undefined;
  readonly nodes: number | undefined;
  readonly seed: string;
  readonly out: string;
  readonly atOnce: number | undefined;
  readonly json: boolean;
  readonly markdown: boolean;
  readonly signal: AbortSignal;
};

/** The broker of the self-test sends nothing again by a timer, so that what it has lost need not be waited for for long. */
const embeddedConfig = 'broker: { preset: embedded, redeliver-within: 4s }\n';

/** Gives the broker one defect after the other and looks which invariant names it; and looks that a sound broker is found sound. */
export async function selftestCommand(options: SelftestOptions, out: (line: string) => void): Promise<ExitCode> {
  const { broker, config, json, markdown, signal } = options;
  const isEmbedded = config === undefined && (broker === undefined || broker === 'embedded');
  const cases = chosen(selftestCases({ ...options, isEmbedded, nodes: options.nodes ?? 3 }), options.only);
  const folder = resolve(options.cwd, options.out);
  mkdirSync(folder, { recursive: true });
  const say = json || markdown ? (line: string) => process.stderr.write(`${line}\n`) : out;
  say(`${cases.length} runs, ${options.atOnce ?? defaultAtOnce()} at a time`);
  const results = await runCases(cases, {
    program: [process.execPath, toolPath()],
    broker: brokerWords(options, isEmbedded, folder),
    scenarioFolder: shippedFolder('selftest'),
    ...{ cwd: options.cwd, out: folder, atOnce: options.atOnce ?? defaultAtOnce(), nowMs: systemClock.nowMs, signal },
    onResult: (result) => say(progressLine(result)),
  });
  const rows = matrixOf(results);
  if (json) out(JSON.stringify({ summary: summaryOf(results), results }, null, 2));
  else if (markdown) out(matrixMarkdown(rows));
  else printTable(rows, out);
  say(summaryOf(results));
  return results.every(({ outcome }) => isGood(outcome)) ? exitCodes.pass : exitCodes.fail;
}

function chosen(cases: readonly Case[], only: readonly string[] | undefined): readonly Case[] {
  if (only === undefined) return cases;
  const nameOf = ({ defect }: Case): string => (defect.kind === 'none' ? 'none' : defect.name);
  const names = [...new Set(cases.map(nameOf))];
  for (const name of only)
    if (!names.includes(name))
      throw new ChaosError('usage', `there is no defect "${name}"`, { hint: suggest(name, names, 'defects') });
  return cases.filter((one) => only.includes(nameOf(one)));
}

function brokerWords({ broker, config }: SelftestOptions, isEmbedded: boolean, folder: string): string[] {
  if (config !== undefined) return ['--config', config];
  if (!isEmbedded && broker !== undefined) return ['--broker', broker];
  const file = join(folder, 'chaos.yml');
  writeFileSync(file, embeddedConfig);
  return ['--config', file];
}

/** Runs mostly wait: three on two processors keep these busy. */
function defaultAtOnce(): number {
  return Math.max(1, Math.floor(availableParallelism() * 1.5));
}

/** The tool itself, also when it runs from its sources. */
function toolPath(): string {
  const here = fileURLToPath(import.meta.url);
  return here.endsWith('.ts') ? distPath('cli.js') : (process.argv[1] ?? distPath('cli.js'));
}

function progressLine({ of: { defect, mqttVersion, invariant }, outcome, command, tookMs }: CaseResult): string {
  const name = defect.kind === 'none' ? 'sound broker' : `${defect.kind} ${defect.name}`;
  const line = `${isGood(outcome) ? 'ok  ' : 'FAIL'} ${name}, MQTT ${mqttVersion === 5 ? '5' : '3.1.1'}: ${outcome.kind}${invariant === null ? '' : ` (${invariant})`}, ${formatMs(Math.round(tookMs))}`;
  return isGood(outcome) ? line : `${line}\n     ${JSON.stringify(outcome)}\n     repeat: ${command}`;
}

function printTable(rows: readonly Row[], out: (line: string) => void): void {
  const table = new Table({
    head: ['defect', 'MQTT', 'scenario', 'invariant', 'result', 'first shown after'],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
    colWidths: [38, null, null, 26, 44, null],
  });
  for (const { defect, mqtt, scenario, expected, result, after } of rows)
    table.push([defect, mqtt, scenario, expected, result, after]);
  out(table.toString());
}
