import { z } from 'zod';
import { rate } from '../../config/zod-units.ts';
import { noImpact } from '../../model/impact.ts';
import type { FaultKind } from '../fault.ts';
import { chooseLinks } from '../targets.ts';

type Parameters = { readonly rate: number };

/** Every direction of the struck links passes at most so many bytes a second, all its connections together. */
export const bandwidth: FaultKind<Parameters, 'bandwidth'> = {
  kind: 'bandwidth',
  summary: 'each direction of the struck links passes at most so many bytes a second',
  strikes: 'links',
  usage: '`rate: 1MB/s`, bytes a second',
  replacesItself: true,
  effect: 'bandwidth',
  parameters: z.strictObject({ rate }),
  plan({ rate: bytesPerSecond }, target, cluster, random) {
    const { text, ...struck } = chooseLinks(target, cluster, random);
    return {
      target: text,
      injected: `at most ${bytesPerSecond} bytes a second`,
      impact: noImpact,
      effect: { type: 'bandwidth', ...struck, bytesPerSecond },
    };
  },
};
