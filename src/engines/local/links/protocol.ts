import type { ErrorCode } from '../../../base/error.ts';
import type { Lag } from '../../../metrics/loop-lag.ts';
import type { CallRule } from '../../../model/effects.ts';
import type { CounterMemory } from './counters.ts';
import type { CallsSeen } from './http2/link-calls.ts';
import type { Conditions, Direction, Upstream } from './types.ts';

/** What the conductor asks of the worker. Each request has one answer. */
export type Request =
  | {
      readonly type: 'open';
      readonly linkId: string;
      readonly listenPort: number | undefined;
      readonly upstream: Upstream;
      readonly ipv6: boolean;
      readonly counters: CounterMemory;
    }
  | { readonly type: 'open-lane'; readonly linkId: string; readonly upstream: Upstream }
  | { readonly type: 'close-lane'; readonly linkId: string; readonly port: number }
  | {
      readonly type: 'shape';
      readonly linkId: string;
      readonly direction: Direction;
      readonly change: Partial<Conditions>;
    }
  | { readonly type: 'clear'; readonly linkId: string | undefined }
  | { readonly type: 'reset'; readonly linkId: string }
  | { readonly type: 'watch-calls'; readonly linkId: string; readonly method: string }
  | { readonly type: 'apply-rule'; readonly watchId: number; readonly rule: CallRule }
  | { readonly type: 'clear-rule'; readonly watchId: number }
  | { readonly type: 'read-calls'; readonly watchId: number; readonly lateAfterMs: number }
  | { readonly type: 'unwatch-calls'; readonly watchId: number }
  | { readonly type: 'lag' }
  | { readonly type: 'close' };

export type Answers = {
  open: { readonly port: number };
  'open-lane': { readonly port: number };
  'close-lane': undefined;
  shape: undefined;
  clear: undefined;
  reset: number;
  'watch-calls': { readonly watchId: number; readonly connectionsReset: number };
  'apply-rule': undefined;
  'clear-rule': undefined;
  'read-calls': CallsSeen;
  'unwatch-calls': undefined;
  lag: Lag;
  close: undefined;
};

export type RequestOf<Type extends Request['type']> = Extract<Request, { type: Type }>;

export type Question = { readonly id: number; readonly request: Request };

export type Failure = { readonly code: ErrorCode; readonly message: string; readonly hint: string | undefined };

export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: Answers[Request['type']] }
  | { readonly id: number; readonly ok: false; readonly failure: Failure };

/** What the worker is started with. */
export type WorkerStart = { readonly seed: string };
