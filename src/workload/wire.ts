import type { FaultsInForce } from './faults-in-force.ts';
import type { Breach } from './mqtt/breach.ts';
import type { Accepted, Closed, CloseReason } from './mqtt/client.ts';

/** What the broker did to the connections of all clients, whatever their flow kind. Times are monotonic milliseconds. */
export type WireFacts = {
  /** What the broker sent and the standard forbids: the first ones of each rule, and how often each was broken. */
  readonly breaches: readonly ClientBreach[];
  readonly breachCounts: readonly (readonly [rule: string, count: number])[];
  /** Connections that the broker ended, of clients that had given no cause. */
  readonly ends: readonly UnprovokedEnd[];
  readonly endCount: number;
};

export type ClientBreach = Breach & { readonly clientId: string; readonly node: string };

export type UnprovokedEnd = {
  readonly clientId: string;
  readonly node: string;
  readonly atMs: number;
  readonly how: Extract<CloseReason, 'closed by the broker' | 'DISCONNECT' | 'keep alive'>;
  /** Of DISCONNECT (MQTT 5). */
  readonly reasonCode: number | null;
  readonly connectedForMs: number;
};

/** Examples kept of each rule, and of ends. */
const exampleLimit = 10;

/** Where the clients of all flow kinds write down what the broker did to their connections. */
export class Wire {
  readonly #faults: FaultsInForce;
  readonly #breaches: ClientBreach[] = [];
  readonly #counts = new Map<string, number>();
  readonly #ends: UnprovokedEnd[] = [];
  #endCount = 0;
  #isOver = false;

  constructor(faults: FaultsInForce) {
    this.#faults = faults;
  }

  breach(breach: ClientBreach): void {
    const rule = ruleOf(breach);
    const count = (this.#counts.get(rule) ?? 0) + 1;
    this.#counts.set(rule, count);
    if (count <= exampleLimit) this.#breaches.push(breach);
  }

  /** Only what happens before the first fault says something of the broker alone: what a fault or its heal sets going may end connections. */
  ended(end: UnprovokedEnd): void {
    if (this.#isOver || this.#faults.hasBegun) return;
    this.#endCount++;
    if (this.#ends.length < exampleLimit) this.#ends.push(end);
  }

  /** From now on connections end because the scenario does. */
  close(): void {
    this.#isOver = true;
  }

  facts(): WireFacts {
    return {
      breaches: this.#breaches,
      breachCounts: [...this.#counts],
      ends: this.#ends,
      endCount: this.#endCount,
    };
  }
}

/** Writes down on the wire what happens to the connections of one client. */
export class WireTap {
  readonly #wire: Wire;
  readonly #clientId: string;
  /** The broker has cause to end its connections. */
  readonly #isThrownOut: boolean;
  #node: string;
  #connectedMs = 0;

  constructor(wire: Wire, clientId: string, node: string, isThrownOut = false) {
    this.#wire = wire;
    this.#clientId = clientId;
    this.#node = node;
    this.#isThrownOut = isThrownOut;
  }

  /** A node is asked: what is wrong with its answer is its own doing, not that of the node before. */
  connecting({ endpoint }: Pick<Accepted, 'endpoint'>): void {
    this.#node = endpoint.node;
  }

  connected({ atMs }: Accepted): void {
    this.#connectedMs = atMs;
  }

  breach(breach: Breach): void {
    this.#wire.breach({ ...breach, clientId: this.#clientId, node: this.#node });
  }

  closed({ wasAccepted, reason, reasonCode, atMs }: Closed): void {
    if (!wasAccepted || this.#isThrownOut) return;
    if (reason !== 'closed by the broker' && reason !== 'DISCONNECT' && reason !== 'keep alive') return;
    this.#wire.ended({
      ...{ clientId: this.#clientId, node: this.#node, atMs, how: reason, reasonCode: reasonCode ?? null },
      connectedForMs: atMs - this.#connectedMs,
    });
  }
}

/** The rule that a breach is of: its clause in the version that was spoken. */
export function ruleOf({ clause, version }: Pick<Breach, 'clause' | 'version'>): string {
  return (version === 5 ? clause.v5 : clause.v311) ?? '';
}
