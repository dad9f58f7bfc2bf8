import { z } from 'zod';
import { duration, oneOf, rate, share } from '../../src/config/zod-units.ts';
import type { FaultKind } from '../../src/faults/fault.ts';

/** Stand-ins with the parameters of the real kinds; nothing here is ever injected. */
function standIn(kind: string, strikes: FaultKind['strikes'], parameters: z.ZodType): FaultKind {
  return {
    kind,
    summary: `stand-in for ${kind}`,
    strikes,
    parameters,
    plan: () => {
      throw new Error('a stand-in plans nothing');
    },
  };
}

export const faultKinds: ReadonlyMap<string, FaultKind> = new Map(
  [
    standIn('network-delay', 'links', z.strictObject({ delay: duration, jitter: duration.prefault('0ms') })),
    standIn('bandwidth', 'links', z.strictObject({ rate })),
    standIn('packet-loss', 'links', z.strictObject({ loss: share })),
    standIn(
      'partition',
      'links',
      z.strictObject({
        groups: z.union([z.literal('minority'), z.array(z.array(z.string()))]).optional(),
        shape: oneOf(['ring', 'one-way']).optional(),
      }),
    ),
    standIn('connection-reset', 'links', z.strictObject({})),
    standIn('kill', 'nodes', z.strictObject({})),
    standIn('restart', 'nodes', z.strictObject({ downtime: duration })),
    standIn('pause', 'nodes', z.strictObject({})),
  ].map((kind) => [kind.kind, kind]),
);
