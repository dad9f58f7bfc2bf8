import type { Random } from '../../../../base/random.ts';
import type { CallRule } from '../../../../model/effects.ts';
import { matches } from './grpc.ts';

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
