import type { Random } from '../../../../base/random.ts';
import type { CallRule } from '../../../../model/effects.ts';
import { matches } from './grpc.ts';
import type { CallListener, CallSight } from './observer.ts';
import { RuleInForce } from './rule.ts';

/** What the first bytes of a connection's dialler say it speaks. */
export type Speech = 'silent' | 'http2' | 'encrypted' | 'other';

export type SeenConnections = {
  /** HTTP/2, read from its first byte on. */
  readonly read: number;
  /** HTTP/2 that began before anybody wanted to read it, and so cannot be. */
  readonly unread: number;
  readonly encrypted: number;
  readonly other: number;
};

/** What a watch has seen of the calls on a link since it began, or since its rule came into force. */
export type CallsSeen = {
  /** Now open. */
  readonly connections: SeenConnections;
  /** Connections that were reset because they broke the protocol. */
  readonly brokenOff: number;
  /** Calls by method, of every method. */
  readonly byMethod: Readonly<Record<string, number>>;
  /** Of the calls that the pattern matches. */
  readonly matched: CallsOfPattern;
  /** Of all others. */
  readonly others: { readonly asked: number; readonly passed: number };
  /** What the rule says that it struck: the injector's own word. */
  readonly touched: number;
};

export type CallsOfPattern = {
  readonly asked: number;
  readonly passed: number;
  /** Not passed on, and answered all the same, by status. */
  readonly answeredByNobody: Readonly<Record<string, number>>;
  /** Asked so long ago that it is known whether they were late: answered, or unanswered, after `lateAfterMs`. */
  readonly ripe: number;
  readonly late: number;
};

/** Of a long watch the last calls are kept, to see which were late. */
const callsAtMost = 20_000;
/** A client that invents methods must not fill the memory. */
const methodsAtMost = 200;

/** Looks at the calls of a link, and may have one rule in force on them. */
export class CallWatch implements CallListener {
  readonly #pattern: string;
  readonly #nowMs: () => number;
  rule: RuleInForce | undefined;
  brokenOff = 0;
  #markedMs: number;
  #byMethod = new Map<string, number>();
  #asked = 0;
  #passed = 0;
  #othersAsked = 0;
  #othersPassed = 0;
  #answeredByNobody = new Map<string, number>();
  #calls: CallSight[] = [];

  constructor(pattern: string, nowMs: () => number) {
    this.#pattern = pattern;
    this.#nowMs = nowMs;
    this.#markedMs = nowMs();
  }

  /** From now on the rule is in force and the watch begins anew. */
  apply(rule: CallRule): void {
    this.clear();
    this.rule = new RuleInForce(rule);
    this.#markedMs = this.#nowMs();
    this.#byMethod = new Map();
    this.#answeredByNobody = new Map();
    this.#asked = this.#passed = this.#othersAsked = this.#othersPassed = 0;
    this.#calls = [];
  }

  clear(): void {
    if (this.rule) this.rule.over = true;
  }

  asked(call: CallSight): void {
    if (this.#byMethod.has(call.method) || this.#byMethod.size < methodsAtMost) {
      this.#byMethod.set(call.method, (this.#byMethod.get(call.method) ?? 0) + 1);
    }
    if (!this.#concerns(call)) {
      this.#othersAsked++;
      return;
    }
    this.#asked++;
    this.#calls.push(call);
    if (this.#calls.length > callsAtMost) this.#calls = this.#calls.slice(callsAtMost / 2);
  }

  passed(call: CallSight): void {
    if (call.askedMs < this.#markedMs) return;
    if (this.#concerns(call)) this.#passed++;
    else this.#othersPassed++;
  }

  ended(call: CallSight, how: string): void {
    // A client that gave up by itself was answered by nobody at all.
    if (call.askedMs < this.#markedMs || call.passed || call.answeredMs === undefined || !this.#concerns(call)) return;
    this.#answeredByNobody.set(how, (this.#answeredByNobody.get(how) ?? 0) + 1);
  }

  read(lateAfterMs: number, connections: SeenConnections): CallsSeen {
    const nowMs = this.#nowMs();
    const ripe = this.#calls.filter(({ askedMs }) => askedMs >= this.#markedMs && nowMs - askedMs > lateAfterMs);
    const late = ripe.filter(({ askedMs, answeredMs = nowMs }) => answeredMs - askedMs >= lateAfterMs);
    return {
      connections,
      brokenOff: this.brokenOff,
      byMethod: Object.fromEntries(this.#byMethod),
      matched: {
        asked: this.#asked,
        passed: this.#passed,
        answeredByNobody: Object.fromEntries(this.#answeredByNobody),
        ripe: ripe.length,
        late: late.length,
      },
      others: { asked: this.#othersAsked, passed: this.#othersPassed },
      touched: this.rule?.touched ?? 0,
    };
  }

  #concerns({ method }: CallSight): boolean {
    return matches(this.#pattern, method);
  }
}

/** The watches on a link's calls. As long as there is one, new connections are read. */
export class LinkCalls implements CallListener {
  readonly #watches = new Set<CallWatch>();

  get wanted(): boolean {
    return this.#watches.size > 0;
  }

  add(watch: CallWatch): void {
    this.#watches.add(watch);
  }

  /** Its rule goes with it. Safe to call twice. */
  remove(watch: CallWatch): void {
    watch.clear();
    this.#watches.delete(watch);
  }

  strike(method: string, random: Random): RuleInForce | undefined {
    for (const { rule } of this.#watches) if (rule && !rule.over && rule.strikes(method, random)) return rule;
    return undefined;
  }

  brokeOff(): void {
    for (const watch of this.#watches) watch.brokenOff++;
  }

  asked(call: CallSight): void {
    for (const watch of this.#watches) watch.asked(call);
  }

  passed(call: CallSight): void {
    for (const watch of this.#watches) watch.passed(call);
  }

  ended(call: CallSight, how: string): void {
    for (const watch of this.#watches) watch.ended(call, how);
  }
}
