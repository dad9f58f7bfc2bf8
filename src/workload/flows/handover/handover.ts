import type { Endpoint } from '../../client.ts';
import type { Flow, FlowContext, FlowKind, Standing } from '../../flow-kind.ts';
import type { HandoverFacts } from './facts.ts';
import { Takeovers } from './takeovers.ts';

/** Clients that connect while an older connection of theirs is alive, at the same node and at another. */
export const handover: FlowKind<'handover'> = {
  name: 'handover',
  summary: 'client ids that connect anew while their older connection is alive, at the same node and at another',
  unavailable: () => undefined,
  open: (context) => new Handover(context),
};

class Handover implements Flow<HandoverFacts> {
  readonly #takeovers: readonly Takeovers[];

  constructor(context: FlowContext) {
    const { endpoints, prefix, features } = context;
    // Nodes that do not find each other's sessions are no single server for a client id.
    const isOneServer = features.sessionsMove?.available === true;
    this.#takeovers = endpoints.flatMap((at, index) => {
      const next = endpoints[(index + 1) % endpoints.length] as Endpoint;
      const pairs: [Endpoint, Endpoint][] =
        next !== at && isOneServer
          ? [
              [at, at],
              [at, next],
            ]
          : [[at, at]];
      return pairs.map(
        (pair, i) => new Takeovers(context, { clientId: `${prefix}-taker-${at.node}-${i + 1}`, endpoints: pair }),
      );
    });
  }

  get watched(): number {
    return this.#takeovers.length;
  }

  async warmUp(): Promise<[]> {
    return [];
  }

  start(): void {
    for (const one of this.#takeovers) one.start();
  }

  stop(): void {
    for (const one of this.#takeovers) one.stop();
  }

  /** An older connection that is open is waited for like a message that has not come. */
  standing(): Standing {
    const outstanding = this.#takeovers.reduce((sum, { open }) => sum + open, 0);
    return { outstanding, unsettled: 0, absentSinceMs: [], arriving: 0, lastMovedMs: 0 };
  }

  finish(): HandoverFacts {
    return { takeovers: this.#takeovers.flatMap(({ facts }) => facts) };
  }

  async end(): Promise<void> {
    await Promise.all(this.#takeovers.map((one) => one.end()));
  }
}
