import { z } from 'zod';
import { duration, reading, share, show } from '../../config/zod-units.ts';
import type { CallAction, CallRule } from '../../model/effects.ts';
import { statusName, statusNames } from '../../model/grpc.ts';
import { noImpact } from '../../model/impact.ts';
import { formatMs, formatShare } from '../../model/units.ts';
import type { FaultKind } from '../fault.ts';
import { chooseLinks } from '../targets.ts';

const methodPattern = String.raw`^\*$|^/[^/\s]+/([^/\s*]+|\*)$|^[A-Za-z_]\w*$`;

const method = reading<string>(
  {
    type: 'string',
    pattern: methodPattern,
    description: 'A gRPC method: /package.Service/Method, Method of whatever service, /package.Service/* or *',
  },
  (value) =>
    typeof value === 'string' && new RegExp(methodPattern).test(value)
      ? { value }
      : {
          message: `${show(value)} is no gRPC method`,
          hint: 'write it as /package.Service/Method, Method, /package.Service/* or *',
        },
);

const actions = ['delay', 'drop', 'status'] as const;
type Action = (typeof actions)[number];

// Patterns and no lists of words: the published schema takes a template, as the shipped scenario has it, for a pattern alone.
const action = reading<Action>(
  { type: 'string', pattern: `^(${actions.join('|')})$`, description: `What is done: ${actions.join(', ')}` },
  (value) => {
    const found = actions.find((known) => known === value);
    if (found !== undefined) return { value: found };
    return { message: `${show(value)} is not one of ${actions.join(', ')}`, hint: `write ${actions.join(' or ')}` };
  },
);

/** A name or number of a status that is an error. */
const status = reading<number>(
  {
    type: ['string', 'integer'],
    pattern: `^(${statusNames.slice(1).join('|')})$|^([1-9]|1[0-6])$`,
    minimum: 1,
    maximum: statusNames.length - 1,
    description: 'A gRPC status of an error: UNAVAILABLE, 14',
  },
  (value) => {
    const named = (statusNames as readonly unknown[]).indexOf(value);
    const code = named >= 0 ? named : typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
    if (Number.isInteger(code) && code >= 1 && code < statusNames.length) return { value: code };
    return {
      message: `${show(value)} is no gRPC status of an error`,
      hint: 'write UNAVAILABLE, or a number from 1 to 16',
    };
  },
);

type Parameters = {
  readonly method: string;
  readonly action: Action;
  readonly delay: number;
  readonly status: number;
  readonly message: string;
  readonly share: number;
};

/** gRPC calls between the nodes, struck by method and not by byte (RFC 9113; grpc.io, PROTOCOL-HTTP2). */
export const rpcFault: FaultKind<Parameters, 'calls'> = {
  kind: 'rpc-fault',
  summary: 'gRPC calls of a method are delayed, dropped or answered with a status, a share of them',
  strikes: 'links',
  usage:
    'gRPC calls. `method: /package.Service/Method`, `Method` (of whatever service), `/package.Service/*` or `*`; `action`: `delay` (with `delay`, default `200ms`), `drop` or `status` (with `status`, default `UNAVAILABLE`, a name or a number from 1 to 16, and `message`); `share` of the calls (default `100%`). A link from one node to another carries the calls that the first makes.',
  replacesItself: true,
  effect: 'calls',
  parameters: z.strictObject({
    method,
    action,
    delay: duration.prefault('200ms'),
    status: status.prefault('UNAVAILABLE'),
    message: z.string().prefault('injected fault'),
    share: share.prefault('100%'),
  }),
  plan(parameters, target, cluster, random) {
    const { text, ...struck } = chooseLinks(target, cluster, random);
    const rule = ruleOf(parameters);
    return {
      target: text,
      injected: `${rule.share === 1 ? 'every call' : `${formatShare(rule.share)} of the calls`} of ${rule.method} ${described(rule.action)}`,
      impact: noImpact,
      effect: { type: 'calls', ...struck, rule },
    };
  },
};

function ruleOf({ method, action, delay, status, message, share }: Parameters): CallRule {
  const byName = {
    delay: { type: 'delay', delayMs: delay },
    drop: { type: 'drop' },
    status: { type: 'status', status, message },
  } as const satisfies Record<Action, CallAction>;
  return { method, share, action: byName[action] };
}

function described(action: CallAction): string {
  switch (action.type) {
    case 'delay':
      return `answered ${formatMs(action.delayMs)} later`;
    case 'drop':
      return 'dropped: neither delivered nor answered';
    case 'status':
      return `not delivered and answered ${statusName(action.status)}`;
  }
}
