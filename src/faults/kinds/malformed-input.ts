import { z } from 'zod';
import { operationRate } from '../../config/zod-units.ts';
import { noImpact } from '../../model/impact.ts';
import { brokenClasses } from '../corpus.ts';
import type { FaultKind } from '../fault.ts';
import { chooseNodes } from '../targets.ts';

type Parameters = { readonly rate: number };

/** Clients send the nodes what no MQTT server may take, each class on connections of its own. */
export const malformedInput: FaultKind<Parameters, 'malformed-input'> = {
  kind: 'malformed-input',
  summary: `clients send broken MQTT packets of ${brokenClasses.length} classes, before and in sessions of MQTT 3.1.1 and MQTT 5`,
  strikes: 'nodes',
  usage:
    '`rate` (default `200/s`), classes of broken packets sent a second to each node, once each of them was sent alone',
  effect: 'malformed-input',
  parameters: z.strictObject({ rate: operationRate.prefault('200/s') }),
  plan({ rate: ratePerSecond }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(', '),
      injected: `each of ${brokenClasses.length} classes of broken packets once, one after another, then ${ratePerSecond} of them a second, to each node`,
      impact: noImpact,
      effect: { type: 'malformed-input', nodes, ratePerSecond, seeds: nodes.map(() => String(random.next())) },
    };
  },
};
