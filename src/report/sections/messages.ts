import type { Accounting } from '../../model/record.ts';
import { type Block, paragraph, say, title } from '../document.ts';
import { balance } from '../format.ts';

/** Where every message ended: the books of a scenario. */
export function messagesPart(accounting: Accounting): Block[] {
  const { published, acknowledged, unknown, notSent, unacknowledgeable, owed, delivered, lost } = accounting;
  if (published === 0 && owed === 0) return [title(say`Messages`), paragraph(say`Not measured.`)];
  const { legal, publishedGap, owedGap } = balance(accounting);
  const duplicates = rulesOf(accounting.legalDuplicates);
  const more = {
    what: 'received more than once where that is allowed',
    count: duplicates.reduce((sum, [, count]) => sum + count, 0),
    rules: duplicates,
  };
  return [
    title(say`Messages`),
    {
      type: 'sums',
      sums: [
        {
          what: 'published',
          total: published,
          parts: [
            { what: 'acknowledged', count: acknowledged },
            { what: 'unknown', note: 'written, never acknowledged', count: unknown },
            { what: 'not sent', count: notSent },
            { what: 'QoS 0', note: 'nothing to acknowledge', count: unacknowledgeable },
          ],
          gap: publishedGap,
        },
        {
          what: 'owed',
          note: 'one for each message and subscription',
          total: owed,
          parts: [
            { what: 'delivered', count: delivered },
            { what: 'legally undelivered', count: legal, rules: rulesOf(accounting.legallyUndelivered) },
            { what: 'lost', count: lost, isBad: lost > 0 },
          ],
          gap: owedGap,
          ...(duplicates.length === 0 ? {} : { beside: more }),
        },
      ],
    },
  ];
}

function rulesOf(counts: Readonly<Record<string, number>>): (readonly [rule: string, count: number])[] {
  return Object.entries(counts).filter(([, count]) => count > 0);
}
