import { formatMs } from '../model/units.ts';
import type { Defect } from './cases.ts';
import { isGood, type Outcome } from './outcome.ts';
import type { CaseResult } from './run-cases.ts';

export type Row = {
  readonly defect: string;
  readonly mqtt: string;
  readonly scenario: string;
  readonly expected: string;
  readonly result: string;
  readonly after: string;
  readonly isGood: boolean;
};

/** What is expected of a sound broker. */
const noViolation = 'no violation';

/** The matrix of the self-test: which defect was caught by which invariant, and after how long. Pure. */
export function matrixOf(results: readonly CaseResult[]): Row[] {
  return results.map(({ of: { defect, mqttVersion, scenario, invariant, seed }, outcome }) => ({
    defect: defect.kind === 'none' ? `none, seed ${seed}` : nameOf(defect),
    mqtt: mqttVersion === 5 ? '5' : '3.1.1',
    scenario,
    expected: invariant ?? noViolation,
    result: resultText(outcome),
    after: outcome.kind === 'caught' && outcome.afterMs !== null ? formatMs(Math.round(outcome.afterMs)) : '',
    isGood: isGood(outcome),
  }));
}

function nameOf(defect: Exclude<Defect, { kind: 'none' }>): string {
  return `${defect.kind} ${defect.name}`;
}

function resultText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'caught':
      return outcome.others.length === 0 ? 'caught' : `caught, also by ${outcome.others.join(', ')}`;
    case 'side effect':
      return `only by ${outcome.by.join(', ')}`;
    case 'not clean':
      return `not clean: ${outcome.by.join(', ')}`;
    case 'not applicable':
      return `not applicable: ${outcome.why}`;
    case 'undecided':
      return `undecided: ${outcome.why}`;
    default:
      return outcome.kind;
  }
}

/** The matrix as a table of GitHub's Markdown: a line for each defect, a column for each version of MQTT, and one line for all sound runs. */
export function matrixMarkdown(rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const head = ['defect', 'must be named by', 'scenario', ...versions.map((version) => `MQTT ${version}`)];
  return [line(head), line(head.map(() => '---')), ...[...soundLines(rows), ...defectLines(rows)].map(line)].join('\n');
}

const versions = ['3.1.1', '5'] as const;
const isSound = ({ expected }: Row): boolean => expected === noViolation;

function soundLines(rows: readonly Row[]): string[][] {
  const sound = rows.filter(isSound);
  if (sound.length === 0) return [];
  const cells = versions.map((version) => {
    const own = sound.filter(({ mqtt }) => mqtt === version);
    const others = own.filter((row) => !row.isGood).map(({ defect, result }) => `${defect}: ${result}`);
    return own.length === 0
      ? 'not run'
      : [`${own.length - others.length} of ${own.length} clean`, ...others].join('; ');
  });
  return [['none', 'nothing', [...new Set(sound.map(({ scenario }) => scenario))].join(', '), ...cells]];
}

function defectLines(rows: readonly Row[]): string[][] {
  const defects = rows.filter((row) => !isSound(row));
  const keyOf = ({ defect, scenario, expected }: Row): string => JSON.stringify([defect, expected, scenario]);
  return [...new Set(defects.map(keyOf))].map((key) => {
    const own = defects.filter((row) => keyOf(row) === key);
    const cells = versions.map((version) => {
      const row = own.find(({ mqtt }) => mqtt === version);
      if (row === undefined) return 'not of this version';
      return row.after === '' ? row.result : `${row.result}, ${row.after}`;
    });
    return [...(JSON.parse(key) as string[]), ...cells];
  });
}

/** One line: how many defects were caught, and what was not. */
export function summaryOf(results: readonly CaseResult[]): string {
  const count = (kind: Outcome['kind']): number => results.filter(({ outcome }) => outcome.kind === kind).length;
  const defects = results.filter(({ of: { defect } }) => defect.kind !== 'none').length;
  const parts = [
    `${count('caught')} of ${defects} defects caught by the invariant that names them`,
    ...(count('side effect') > 0 ? [`${count('side effect')} only by a side effect`] : []),
    ...(count('escaped') > 0 ? [`${count('escaped')} escaped`] : []),
    ...(count('not applicable') > 0 ? [`${count('not applicable')} not applicable to this broker`] : []),
    `${count('clean')} of ${results.length - defects} sound runs clean`,
    ...(count('not struck') > 0 ? [`${count('not struck')} without anything to strike`] : []),
    ...(count('undecided') > 0 ? [`${count('undecided')} undecided`] : []),
  ];
  return parts.join(', ');
}
