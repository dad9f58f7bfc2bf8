import type { RunRecord } from '../../model/record.ts';
import { type Block, own, paragraph, type ScoreLine } from '../document.ts';
import { formatDimensionInterval } from '../format.ts';

/** The scores of the dimensions that were measured, and which were not. */
export function dimensionsPart({ dimensions, scenarios }: RunRecord): Block[] {
  const shown = new Set<string>(scenarios.map(({ dimension }) => dimension));
  const scores = dimensions.flatMap((one): ScoreLine[] => {
    const { id: name, score, interval } = one;
    if (score === null) return [];
    const line = { name, score, interval, intervalText: formatDimensionInterval(one) };
    return [shown.has(name) && scenarios.length > 1 ? { ...line, fragment: `dimension=${name}` } : line];
  });
  const rest = dimensions.filter(({ score }) => score === null).map(({ id }) => id);
  return [
    ...(scores.length === 0 ? [] : [{ type: 'scores', what: 'dimension', scores } as const]),
    ...(rest.length === 0 ? [] : [paragraph(own(`Not measured: ${rest.join(', ')}.`), 'muted')]),
  ];
}
