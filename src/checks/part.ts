import type { FlowKindName } from '../model/flow-kinds.ts';
import type { OddityKind, StreamFacts } from '../workload/flows/stream/facts.ts';
import type { FlowFacts, History } from '../workload/history.ts';
import { ruleOf, type WireFacts } from '../workload/wire.ts';
import type { CheckInput } from './check.ts';

/** Whom a finding is about: the client that a message did not reach, or reached wrongly, or whose session it is. */
export type Client = { readonly clientId: string; readonly role: 'publisher' | 'subscriber' };

/**
 * The input of a check with nothing in it but what is about some clients; null stands for what is about none of the workload's. A check
 * judges client by client, so that what it counts over all parts is what it counts over the whole.
 */
export function partOf(input: CheckInput, belongs: (client: Client | null) => boolean): CheckInput {
  const { history, paths, unserved } = input;
  return {
    ...input,
    history: {
      ...history,
      facts: partOfFacts(history.facts, belongs),
      wire: history.wire && partOfWire(history.wire, belongs),
    },
    unserved: unserved.filter(({ client }) =>
      belongs(client === null ? null : { clientId: client, role: 'subscriber' }),
    ),
    ...(paths === null ? {} : { allPaths: input.allPaths ?? paths }),
    paths: paths === null || belongs(null) ? paths : { ...paths, accepted: [], paths: [] },
  };
}

/** The part of the facts of one kind that is about some clients. */
type PartOf<K extends FlowKindName> = (
  facts: FlowFacts[K],
  belongs: (client: Client | null) => boolean,
) => FlowFacts[K];

const parts: { readonly [K in FlowKindName]: PartOf<K> } = {
  stream: partOfStream,
  // A topic is read at every node, and a group is its members together: both are about no single client.
  retained: (facts, belongs) => (belongs(null) ? facts : { ...facts, topics: [] }),
  shared: (facts, belongs) => (belongs(null) ? facts : { groups: [] }),
  will: (facts, belongs) => ({
    ...facts,
    wills: facts.wills.filter(({ clientId }) => belongs({ clientId, role: 'publisher' })),
  }),
  handover: ({ takeovers }, belongs) => ({ takeovers: ofSubscribers(takeovers, belongs) }),
  inflight: ({ breaks }, belongs) => ({ breaks: ofSubscribers(breaks, belongs) }),
  expiry: ({ messages, sessions }, belongs) => ({
    messages: ofSubscribers(messages, belongs),
    sessions: ofSubscribers(sessions, belongs),
  }),
  unsubscribe: ({ leaves }, belongs) => ({ leaves: ofSubscribers(leaves, belongs) }),
};

function ofSubscribers<T extends { readonly clientId: string }>(
  all: readonly T[],
  belongs: (client: Client) => boolean,
): readonly T[] {
  return all.filter(({ clientId }) => belongs({ clientId, role: 'subscriber' }));
}

function partOfFacts(facts: History['facts'], belongs: (client: Client | null) => boolean): History['facts'] {
  const part = <K extends FlowKindName>(kind: K): Partial<FlowFacts> => {
    const own = facts[kind];
    return own === undefined ? {} : { [kind]: parts[kind](own, belongs) };
  };
  return Object.assign({}, ...(Object.keys(parts) as FlowKindName[]).map(part));
}

/** There is no count by client: only what is shown can be told apart, so that an issue of one client never covers what others saw. */
function partOfWire({ breaches, breachCounts, ends }: WireFacts, belongs: (client: Client) => boolean): WireFacts {
  const own = ofSubscribers(breaches, belongs);
  const ownEnds = ofSubscribers(ends, belongs);
  return {
    breaches: own,
    breachCounts: breachCounts.flatMap(([rule]) => {
      const count = own.filter((breach) => ruleOf(breach) === rule).length;
      return count === 0 ? [] : [[rule, count] as const];
    }),
    ends: ownEnds,
    endCount: ownEnds.length,
  };
}

function partOfStream(stream: StreamFacts, belongs: (client: Client) => boolean): StreamFacts {
  const isSubscriber = ({ clientId }: { readonly clientId: string }): boolean =>
    belongs({ clientId, role: 'subscriber' });
  return {
    ...stream,
    flows: stream.flows.map((flow) =>
      belongs({ clientId: flow.flow.clientId, role: 'publisher' }) ? flow : { ...flow, unanswered: [] },
    ),
    clients: stream.clients.filter(belongs),
    subscriptions: stream.subscriptions.filter(isSubscriber),
    witnesses: stream.witnesses ?? stream.subscriptions,
    sessions: stream.sessions.filter(belongs),
    oddities: {
      corrupt: oddityOf(stream.oddities.corrupt, isSubscriber),
      foreign: oddityOf(stream.oddities.foreign, isSubscriber),
      invented: oddityOf(stream.oddities.invented, isSubscriber),
      unsubscribed: oddityOf(stream.oddities.unsubscribed, isSubscriber),
    },
  };
}

type Counted = StreamFacts['oddities'][OddityKind];

function oddityOf(
  { count, examples, byClient }: Counted,
  isOne: (client: { readonly clientId: string }) => boolean,
): Counted {
  const own = examples.filter(isOne);
  // Without a count by client, only what is shown can be told apart.
  if (byClient === undefined) return { count: own.length, examples: own };
  const counts = Object.entries(byClient).filter(([clientId]) => isOne({ clientId }));
  return {
    count: Math.min(
      count,
      counts.reduce((sum, [, of]) => sum + of, 0),
    ),
    examples: own,
    byClient: Object.fromEntries(counts),
  };
}
