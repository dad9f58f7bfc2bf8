import type { Random } from '../../base/random.ts';
import { matches } from './grpc.ts';

/** What is done to calls. */
export type CallRule = {
  /** `/package.Service/Method`, `/package.Service/*` or `*`. */
  readonly method: string;
  /** Of the calls that match, 0 to 1, each drawn on its own. */
  readonly share: number;
  readonly action: CallAction;
};

export type CallAction =
  /** Every frame of the answer comes so much later. */
  | { readonly type: 'delay'; readonly delayMs: number }
  /** The call neither arrives nor is answered. */
  | { readonly type: 'drop' }
  /** The call does not arrive, and is answered at once. */
  | { readonly type: 'status'; readonly status: number; readonly message: string };

/** A rule while it is in force, and what it has done by its own account. */
export class RuleInForce {
  readonly rule: CallRule;
  over = false;
  touched = 0;

  constructor(rule: CallRule) {
    this.rule = rule;
  }

  /** Whether it strikes this call. */
  strikes(method: string, random: Random): boolean {
    if (!matches(this.rule.method, method) || random.next() >= this.rule.share) return false;
    this.touched++;
    return true;
  }
}
