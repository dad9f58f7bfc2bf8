import type { RunRecord } from '../../model/record.ts';
import { type Block, code, heading, joined, list, own, paragraph, say, table, title } from '../document.ts';
import { type ChecksOfReason, checkTitles, leftOutOf, notApplicableOf, unknownOf } from '../findings.ts';
import { featureRows, sentence } from '../format.ts';
import { orNotMeasured } from './cells.ts';

/** What the tool probed of the broker, and which checks do not apply because of it. */
export function abilitiesSection(record: RunRecord): Block[] {
  return [
    heading(say`What the broker can do`),
    features(record),
    ...checks(checkTitles.notApplicable, notApplicableOf(record)),
    ...checks(checkTitles.unknown, unknownOf(record)),
    ...leftOut(record),
  ];
}

function features({ broker: { features } }: RunRecord): Block {
  if (features === null) return paragraph(say`Not measured.`);
  return table(
    [{ head: 'feature' }, { head: 'available' }, { head: 'seen' }],
    featureRows(features).map(({ title, available, seen }) => [
      own(title),
      available ? say`yes` : say`no`,
      orNotMeasured(seen),
    ]),
  );
}

function checks(head: string, found: readonly ChecksOfReason[]): Block[] {
  if (found.length === 0) return [];
  const lines = found.map(({ invariant, why, scenarios, everywhere }) =>
    everywhere
      ? say`${code(invariant)}: ${sentence(why)}`
      : say`${code(invariant)}: ${sentence(why)} (${joined(scenarios.map(code))})`,
  );
  return [title(own(head)), list(lines)];
}

function leftOut(record: RunRecord): Block[] {
  const lines = leftOutOf(record).map((what) => say`${what}`);
  return lines.length === 0
    ? []
    : [title(say`Left out of the workload, because it did not work before any fault`), list(lines)];
}
