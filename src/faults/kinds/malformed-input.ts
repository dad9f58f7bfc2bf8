import { z } from 'zod';
import { operationRate } from '../../config/zod-units.ts';
import { noImpact } from '../../model/impact.ts';
import { brokenClasses } from '../corpus.ts';
import type { FaultKind } from '../fault.ts';
import { chooseNodes } from '../targets.ts';

type Parameters = { readonly rate: number };

/** Clients send the nodes what no MQTT server may take, each broken packet on a connection of its own. */
export const malformedInput: FaultKind<Parameters, 'malformed-input'> = {
  kind: 'malformed-input',
  summary: `clients send broken MQTT packets of ${brokenClasses.length} classes, each on a connection of its own`,
  strikes: 'nodes',
  usage: '`rate` (default `200/s`), broken packets a second to each node',
  effect: 'malformed-input',
  parameters: z.strictObject({ rate: operationRate.prefault('200/s') }),
  plan({ rate: ratePerSecond }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(', '),
      injected: `${ratePerSecond} broken packets a second of ${brokenClasses.length} classes to each node`,
      impact: noImpact,
      effect: { type: 'malformed-input', nodes, ratePerSecond, seeds: nodes.map(() => String(random.next())) },
    };
  },
};
