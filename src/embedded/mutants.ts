import type { FlowKindName } from '../model/flow-kinds.ts';

/** A deliberate defect: what it does, and how the self-test shows it. */
export type MutantSpec = {
  readonly does: string;
  /** The id of the invariant that must name it. */
  readonly invariant: string;
  /** The cheapest scenario of the self-test that shows it. */
  readonly scenario: 'quiet' | 'restart';
  /** The kind of traffic that it strikes. */
  readonly profile: FlowKindName;
  readonly versions: readonly (4 | 5)[];
  /** A public report of a real broker with such a defect, as `owner/repository#number`; absent where none is known. */
  readonly report?: string;
};

const both = [4, 5] as const;

/**
 * The deliberate defects, each one that a real broker had. A mutant is the sound broker but for one marked spot, so that
 * a check that does not tell the two apart is known to be blind.
 */
export const mutants = {
  'ack-before-store': {
    does: 'PUBACK and PUBREC go out at once; storing and forwarding follow 250 ms later',
    ...{ invariant: 'no-acknowledged-loss', scenario: 'restart', profile: 'stream', versions: both },
  },
  'forget-outbox': {
    does: 'what peers have yet to receive is kept in memory only, and sent 250 ms later',
    ...{ invariant: 'no-acknowledged-loss', scenario: 'restart', profile: 'stream', versions: both },
  },
  'reorder-after-reconnect': {
    does: 'a resumed session gets its backlog slowly, and newer live messages in between',
    ...{ invariant: 'ordering', scenario: 'quiet', profile: 'stream', versions: both },
  },
  'redeliver-qos2': {
    does: 'peers are confirmed 250 ms later, and what was applied is forgotten when the link is made again',
    ...{ invariant: 'exactly-once', scenario: 'restart', profile: 'stream', versions: both },
  },
  'forget-session': {
    does: 'a returning session has lost its subscriptions and queue, yet CONNACK says session present',
    ...{ invariant: 'session-state', scenario: 'quiet', profile: 'stream', versions: both },
  },
  'never-redial': {
    does: 'a lost peer link is never dialled again',
    ...{ invariant: 'liveness', scenario: 'restart', profile: 'stream', versions: both },
  },
  'corrupt-forward': {
    does: 'every 50th payload forwarded to a peer has one byte altered',
    ...{ invariant: 'integrity', scenario: 'quiet', profile: 'stream', versions: both },
  },
  'local-wildcards': {
    does: 'a message from a peer reaches exact filters only',
    ...{ invariant: 'no-acknowledged-loss', scenario: 'quiet', profile: 'stream', versions: both },
  },
  'duplicate-qos0': {
    does: 'every 50th QoS 0 message from a peer is delivered twice',
    ...{ invariant: 'at-most-once', scenario: 'quiet', profile: 'stream', versions: both },
  },
} as const satisfies Record<string, MutantSpec>;

export type Mutant = keyof typeof mutants;

export function isMutant(name: string): name is Mutant {
  return Object.hasOwn(mutants, name);
}

/** How long the mutants put work off: so that at any moment, whenever the fault strikes, something is undone. */
export const mutantDelayMs = 250;
