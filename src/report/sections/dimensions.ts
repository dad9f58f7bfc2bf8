import type { RunRecord } from '../../model/record.ts';
import { type Block, own, paragraph } from '../document.ts';
import { formatDimensionInterval } from '../format.ts';

/** The scores of the dimensions that were measured, and which were not. */
export function dimensionsPart({ dimensions }: RunRecord): Block[] {
  const scores = dimensions.flatMap((one) =>
    one.score === null
      ? []
      : [{ name: one.id, score: one.score, interval: one.interval, intervalText: formatDimensionInterval(one) }],
  );
  const rest = dimensions.filter(({ score }) => score === null).map(({ id }) => id);
  return [
    ...(scores.length === 0 ? [] : [{ type: 'scores', what: 'dimension', scores } as const]),
    ...(rest.length === 0 ? [] : [paragraph(own(`Not measured: ${rest.join(', ')}.`), 'muted')]),
  ];
}
