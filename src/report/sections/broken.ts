import { plural } from '../../base/count.ts';
import type {
  CrashRecord,
  Evidence,
  ExpectationRecord,
  RunRecord,
  ScenarioRecord,
  ViolationRecord,
} from '../../model/record.ts';
import {
  type Block,
  code,
  command,
  fold,
  heading,
  type Inline,
  list,
  muted,
  namer,
  nothing,
  output,
  own,
  paragraph,
  say,
  scenarioName,
  strong,
  where,
} from '../document.ts';
import { type Findings, type Found, findingsOf } from '../findings.ts';
import { capital, expectationNames, expectedText, formatAt, measuredText, sentence, suspectsTitle } from '../format.ts';
import { meanwhile, momentOf } from '../lifeline.ts';
import { repeatCommand } from '../repeat.ts';
import { episodesPart, linesShown } from './episodes.ts';

export type BrokenOptions = {
  /** Examples of each violation; report.json has more. */
  readonly examples: number;
  /** Episodes of each violation that have a lifeline; the others are in a table. */
  readonly lifelines: number;
  /** Whether each violation has the command that repeats it. */
  readonly commands: boolean;
};

/** What broke, each with its evidence; empty when nothing did. */
export function brokenSection(record: RunRecord, options: BrokenOptions): Block[] {
  const { violations, crashes, expectations, unhealed } = findingsOf(record);
  const name = namer();
  const blocks: Block[] = [
    ...violations.map((one, index) => violation(record, one, violationId(index), options)),
    ...crashes.map(crash),
    ...lines(
      'Broken expectations',
      expectations.map((one) => expectationLine(one, name(one.scenario))),
    ),
    ...lines(
      'Faults left behind',
      unhealed.map(
        ({ scenario, found: { kind, target } }) =>
          say`${code(kind)} on ${code(target)} in ${scenarioName(scenario)} was not healed`,
      ),
    ),
  ];
  return blocks.length === 0 ? [] : [heading(say`What broke`), ...blocks];
}

/** The id of the nth violation that no known issue explains, for links to it; n counts from 0. */
export function violationId(index: number): string {
  return `violation-${index + 1}`;
}

/** Known issues of the broker that were seen, and those that were not seen. */
export function knownSection(record: RunRecord): Block[] {
  const { known, gone } = findingsOf(record);
  return [
    ...(known.length === 0 ? [] : [heading(say`Known issues seen`), list(known.map(knownLine))]),
    ...(gone.length === 0 ? [] : [heading(say`Known issues not seen any more`), list(gone.map(goneLine))]),
  ];
}

/** What a run could not decide, with the commands that try it again, and what it did not run. */
export function undecidedSection(record: RunRecord): Block[] {
  const { undecided } = findingsOf(record);
  const skipped = undecided.filter(({ verdict }) => verdict === 'skipped');
  const open = undecided.filter(({ verdict }) => verdict !== 'skipped');
  return [
    ...(open.length === 0
      ? []
      : [
          heading(say`What could not be decided`),
          list(
            open.map(
              (scenario) =>
                say`${code(scenario.name)}: ${sentence(scenario.reason)} To try it again: ${command(repeatCommand(record, scenario))}`,
            ),
          ),
        ]),
    ...(skipped.length === 0
      ? []
      : [
          heading(say`What was not run`),
          list(skipped.map((scenario) => say`${code(scenario.name)}: ${sentence(scenario.reason)}`)),
        ]),
  ];
}

export function expectationLine({ scenario, found }: Found<ExpectationRecord>, name: Inline): Inline {
  const measured = own(measuredText(scenario, found));
  return say`${strong(own(expectationNames[found.name]))} ${measured}, expected ${own(expectedText(found))}, in ${name}`;
}

function lines(head: string, items: readonly Inline[]): Block[] {
  return items.length === 0 ? [] : [{ type: 'finding', head: own(head), blocks: [list(items)] }];
}

function violation(
  record: RunRecord,
  { scenario, found }: Found<ViolationRecord>,
  id: string,
  { examples, lifelines, commands }: BrokenOptions,
): Block {
  const { invariant, count, statement, clause } = found;
  const shown = found.examples.slice(0, examples);
  const [first] = shown;
  const episodes = episodesPart(scenario, found, lifelines);
  const promise = say`${sentence(capital(statement))}`;
  return {
    type: 'finding',
    id,
    head: say`${invariant}: ${own(plural(count, 'violation'))} in ${where(scenario)}`,
    blocks: [
      paragraph(clause === null ? promise : say`${promise} ${muted(say`(${clause})`)}`),
      ...(first
        ? [
            paragraph(
              say`${strong(say`For example:`)} ${sentence(first.what)}${episodes.length === 0 ? say` ${moment(scenario, first)}` : nothing}`,
            ),
          ]
        : []),
      ...episodes,
      ...(first ? [evidence(scenario, shown, found)] : []),
      ...(commands ? [paragraph(say`To repeat: ${command(repeatCommand(record, scenario))}`)] : []),
    ],
  };
}

/** The examples with their facts. A log line that is shown above already is left out. */
function evidence(scenario: ScenarioRecord, shown: readonly Evidence[], violation: ViolationRecord): Block {
  const { count, examples } = violation;
  const told = new Set(linesShown(violation));
  return fold(say`Evidence: ${shown.length} of ${own(plural(count, 'violation'))}`, [
    ...shown.flatMap((one, index) => exampleBlocks(scenario, one, index + 1, newLines(one.logs, told))),
    ...(examples.length > shown.length ? [paragraph(say`More examples are in report.json.`)] : []),
  ]);
}

function newLines(lines: readonly string[], told: Set<string>): string[] {
  const fresh = lines.filter((line) => !told.has(line));
  for (const line of fresh) told.add(line);
  return fresh;
}

function exampleBlocks(scenario: ScenarioRecord, one: Evidence, number: number, logs: readonly string[]): Block[] {
  const facts = Object.entries(one.facts).map(
    ([name, value]) => [name, value === null ? say`none` : code(String(value))] as const,
  );
  // The sentence of the first one is above the fold already.
  const what = number === 1 ? moment(scenario, one) : say`${sentence(one.what)} ${moment(scenario, one)}`;
  return [
    paragraph(say`${strong(say`${number}.`)} ${what}`),
    ...(facts.length === 0 ? [] : [{ type: 'facts', facts } as const]),
    ...(logs.length === 0 ? [] : [output(logs)]),
  ];
}

/** When it was, and what was being done to the cluster then. */
function moment({ faults }: ScenarioRecord, one: Evidence): Inline {
  const when = momentOf(one);
  return when === undefined || one.atMs === null ? nothing : say`${own(when)} ${meanwhile(faults, one.atMs, 'that')}`;
}

function crash({ scenario, found }: Found<CrashRecord>): Block {
  const { node, atMs, how, suspects = [], lastLines } = found;
  return {
    type: 'finding',
    head: say`${node} ended by itself in ${where(scenario)}`,
    blocks: [
      paragraph(say`At ${own(formatAt(atMs))}: ${sentence(how)}`),
      ...(suspects.length === 0 ? [] : [paragraph(own(suspectsTitle)), output(suspects)]),
      ...(lastLines.length === 0 ? [] : [fold(say`Its last lines`, [output(lastLines)])]),
    ],
  };
}

function knownLine({ scenario, found }: Findings['known'][number]): Inline {
  const { invariant, count, known, limitedTo } = found;
  return say`${code(invariant)} in ${code(scenario.name)}${limitedTo === undefined ? own('') : say` (${limitedTo})`}: ${own(plural(count, 'violation'))}. ${sentence(known ?? '')}`;
}

function goneLine({ invariant, scenario, why, limitedTo }: Findings['gone'][number]): Inline {
  const at = scenario === null ? own('') : say` in ${code(scenario)}`;
  const of = limitedTo === undefined ? own('') : say` (${limitedTo})`;
  return say`${code(invariant)}${at}${of}: ${sentence(why)} If this stays so, remove it from chaos.yml.`;
}
