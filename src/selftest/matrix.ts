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

/** The matrix of the self-test: which defect was caught by which invariant, and after how long. Pure. */
export function matrixOf(results: readonly CaseResult[]): Row[] {
  return results.map(({ of: { defect, mqttVersion, scenario, invariant, seed }, outcome }) => ({
    defect: defect.kind === 'none' ? `none, seed ${seed}` : nameOf(defect),
    mqtt: mqttVersion === 5 ? '5' : '3.1.1',
    scenario,
    expected: invariant ?? 'no violation',
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

/** The matrix as a table of GitHub's Markdown. */
export function matrixMarkdown(rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const head = ['defect', 'MQTT', 'scenario', 'invariant', 'result', 'first shown after'];
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.map(({ defect, mqtt, scenario, expected, result, after }) =>
      line([defect, mqtt, scenario, expected, result, after]),
    ),
  ].join('\n');
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
