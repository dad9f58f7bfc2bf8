import { z } from 'zod';
import { bytes, wholeNumber } from '../../config/zod-units.ts';
import { noImpact } from '../../model/impact.ts';
import { formatBytes } from '../../model/units.ts';
import type { FaultKind } from '../fault.ts';
import { chooseNodes } from '../targets.ts';

type Parameters = { readonly writers: number; readonly size: number };

/** Other processes write and sync without a pause where the nodes have their data, so that the nodes wait for the disk. */
export const ioStress: FaultKind<Parameters, 'io-stress'> = {
  kind: 'io-stress',
  summary: 'files are written and synced without a pause on the disk of the nodes',
  strikes: 'nodes',
  usage: '`writers` (default 8), files that are written at once; `size` (default `8MiB`) of each',
  usesMachine: true,
  effect: 'io-stress',
  parameters: z.strictObject({
    writers: wholeNumber({ min: 1, max: 64 }).prefault(8),
    size: bytes.prefault('8MiB'),
  }),
  plan({ writers, size: fileBytes }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(', '),
      injected: `${writers} files of ${formatBytes(fileBytes)} written and synced over and over`,
      impact: noImpact,
      effect: { type: 'io-stress', nodes, writers, fileBytes },
    };
  },
};
