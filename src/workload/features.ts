import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MqttClient } from 'mqtt';
import { messageOf } from '../base/error.ts';
import type { FeatureName, FeatureRecord } from '../model/record.ts';
import { connected, createClient, type Endpoint, ended } from './client.ts';

type Seen = { available: boolean; seen: string };
type Probe = (endpoint: Endpoint, clientId: string) => Promise<Seen>;
type ProbedAtOne = Exclude<FeatureName, 'sessionsMove' | 'groupsSpan'>;

/** How long a broker has for each exchange of a probe before the feature counts as missing. */
const withinMs = 3_000;

/**
 * How many ordinary messages to the same client, one after the other and each so long after the one before, a wanted message may be later than. One
 * would not do: the order of messages of different subscriptions is not promised (section 4.6).
 */
const ordinaryMessages = 5;
const betweenMs = 100;

const probes: Record<ProbedAtOne, Probe> = {
  ...{ qos2, mqtt5, retained, wills, sharedSubscriptions },
  persistentSessions: (endpoint, clientId) => sessionOnReturn(endpoint, clientId, { subscribe: true }),
  emptySessions: (endpoint, clientId) => sessionOnReturn(endpoint, clientId, { subscribe: false }),
};

/** Tries out on one node what the broker can do, and whether `another` node has its sessions and its shared groups; what was seen is kept as the reason. Never rejects. */
export async function probeFeatures(endpoint: Endpoint, another?: Endpoint): Promise<FeatureRecord> {
  const tried: Partial<Record<FeatureName, Probe>> = {
    ...probes,
    ...(another && {
      sessionsMove: (at, clientId) => sessionOnReturn(at, clientId, { subscribe: true, another }),
      groupsSpan: (at, clientId) => groupOver(at, another, clientId),
    }),
  };
  const names = Object.keys(tried) as FeatureName[];
  const prefix = `chaos-feature-${randomBytes(4).toString('hex')}`;
  const seen = await Promise.all(
    names.map(async (name) => {
      const probe = tried[name] as Probe;
      // A cluster that has just booted may leave one exchange unanswered; only a second silence is taken for an answer.
      return probe(endpoint, `${prefix}-${name}`)
        .catch(() => probe(endpoint, `${prefix}-${name}-again`))
        .catch((error): Seen => ({ available: false, seen: messageOf(error) }));
    }),
  );
  return Object.fromEntries(names.map((name, i) => [name, seen[i]])) as FeatureRecord;
}

async function qos2(endpoint: Endpoint, clientId: string): Promise<Seen> {
  return withClient(endpoint, { clientId, clean: true }, async (client) => {
    const [grant] = await client.subscribeAsync(clientId, { qos: 2 });
    const granted = grant?.qos ?? 128;
    const published = await new Promise<Seen>((resolve) => {
      client.once('close', () =>
        resolve({ available: false, seen: 'the connection was closed after a QoS 2 PUBLISH' }),
      );
      const late = setTimeout(() => resolve({ available: false, seen: `no PUBCOMP within ${withinMs} ms` }), withinMs);
      client.publish(clientId, 'x', { qos: 2 }, (error) => {
        clearTimeout(late);
        resolve(error ? { available: false, seen: error.message } : { available: true, seen: 'PUBCOMP' });
      });
    });
    if (!published.available)
      return { available: false, seen: `${published.seen}; a QoS 2 subscription is granted QoS ${granted}` };
    return granted === 2
      ? { available: true, seen: 'PUBCOMP, and a QoS 2 subscription is granted QoS 2' }
      : { available: false, seen: `a QoS 2 subscription is granted QoS ${granted}` };
  });
}

async function mqtt5(endpoint: Endpoint, clientId: string): Promise<Seen> {
  return withClient({ ...endpoint, version: 5 }, { clientId, clean: true }, async () => ({
    available: true,
    seen: 'CONNACK with version 5',
  }));
}

async function retained(endpoint: Endpoint, clientId: string): Promise<Seen> {
  return withClient(endpoint, { clientId, clean: true }, async (client) => {
    await within(client.publishAsync(clientId, 'kept', { qos: 1, retain: true }), 'PUBACK');
    // Each subscription gets it anew [MQTT-3.8.4-3].
    const seen = await arrives(client, clientId, {
      ask: () => client.subscribeAsync(clientId, { qos: 1 }),
      wanted: ({ retain }) => retain,
    });
    await within(client.publishAsync(clientId, '', { qos: 1, retain: true }), 'PUBACK').catch(() => {});
    return seen
      ? { available: true, seen: 'a new subscriber got the retained message' }
      : { available: false, seen: 'no retained message arrived' };
  });
}

async function wills(endpoint: Endpoint, clientId: string): Promise<Seen> {
  return withClient(endpoint, { clientId, clean: true }, async (client) => {
    await client.subscribeAsync(clientId, { qos: 1 });
    let got = Promise.resolve(false);
    await withClient(
      endpoint,
      {
        clientId: `${clientId}-dying`,
        clean: true,
        will: { topic: clientId, payload: Buffer.from('gone'), qos: 1, retain: false },
      },
      async (dying) => {
        // Nothing ends this wait early: when a broker notices that a connection is gone has no order with any message.
        got = message(client);
        dying.stream.destroy();
      },
    );
    return (await got)
      ? { available: true, seen: 'sent when its client vanished' }
      : { available: false, seen: 'not sent when its client vanished' };
  });
}

/** MQTT 5 has them; some brokers have them at MQTT 3.1.1 too. */
async function sharedSubscriptions(endpoint: Endpoint, clientId: string): Promise<Seen> {
  const at5 = await sharedAt({ ...endpoint, version: 5 }, clientId).catch(() => undefined);
  return at5 ?? sharedAt(endpoint, clientId);
}

async function sharedAt(endpoint: Endpoint, clientId: string): Promise<Seen> {
  return withClient(endpoint, { clientId, clean: true }, async (client) => {
    const [grant] = await client.subscribeAsync(`$share/group/${clientId}`, { qos: 1 });
    if (grant === undefined || grant.qos === 128) return { available: false, seen: 'refused' };
    const seen = await arrives(client, clientId, {
      ask: () => within(client.publishAsync(clientId, 'x', { qos: 1 }), 'PUBACK'),
      wanted: () => true,
    });
    return seen
      ? { available: true, seen: 'a member got the message' }
      : { available: false, seen: 'granted, but nothing arrived' };
  });
}

/** Messages to a group over two nodes, and how long the last of them has. */
const [groupMessages, groupSettlesMs] = [6, 500];

/**
 * Whether a shared group with a member at each of two nodes is one group: a message goes to one of its members (MQTT 5.0, section 4.8.2). Nodes
 * that are bridged, and no single server, have a group each. What happens to some messages only is no design, and is left to the checks.
 */
async function groupOver(endpoint: Endpoint, another: Endpoint, clientId: string): Promise<Seen> {
  const [here, there] = [endpoint, another].map((at): Endpoint => ({ ...at, version: 5 })) as [Endpoint, Endpoint];
  return withClient(here, { clientId, clean: true }, (first) =>
    withClient(there, { clientId: `${clientId}-2`, clean: true }, async (second) => {
      const got = [first, second].map((client) => {
        const texts = new Set<string>();
        client.on('message', (_topic, payload) => texts.add(payload.toString()));
        return texts;
      }) as [Set<string>, Set<string>];
      for (const client of [first, second]) await client.subscribeAsync(`$share/group/${clientId}`, { qos: 1 });
      // A subscription may take a moment to be known at the other node.
      await sleep(groupSettlesMs);
      for (let i = 0; i < groupMessages; i++)
        await within(first.publishAsync(clientId, String(i), { qos: 1 }), 'PUBACK');
      await sleep(groupSettlesMs);
      const both = [...got[0]].filter((text) => got[1].has(text)).length;
      return both === groupMessages
        ? { available: false, seen: `a member at each of two nodes got each of ${groupMessages} messages` }
        : {
            available: true,
            seen: `${got[0].size} and ${got[1].size} of ${groupMessages} messages came to the members at two nodes`,
          };
    }),
  );
}

/**
 * Whether CONNACK says session present to a client that comes back. It should without subscriptions too: the existence of a session is
 * a part of its state (MQTT 3.1.1, section 3.1.2.4; MQTT 5.0, section 4.1). Some brokers begin a session with its first subscription.
 */
async function sessionOnReturn(
  endpoint: Endpoint,
  clientId: string,
  { subscribe, another = endpoint }: { subscribe: boolean; another?: Endpoint },
): Promise<Seen> {
  await withClient(endpoint, { clientId, clean: false }, async (client) => {
    if (subscribe) await client.subscribeAsync(clientId, { qos: 1 });
  });
  const present = await withClient(another, { clientId, clean: false }, async (_, connack) => connack.sessionPresent);
  for (const at of new Set([endpoint, another]))
    await withClient(at, { clientId, clean: true }, async () => undefined).catch(() => {});
  return present
    ? { available: true, seen: 'session present = 1 on return' }
    : { available: false, seen: 'session present = 0 on return' };
}

async function withClient<T>(
  endpoint: Endpoint,
  options: Parameters<typeof createClient>[1],
  use: (client: MqttClient, connack: { sessionPresent: boolean }) => Promise<T>,
): Promise<T> {
  const client = createClient(endpoint, options);
  client.options.reconnectPeriod = 0;
  try {
    client.connect();
    const connack = await connected(client, withinMs);
    return await within(use(client, connack), 'an answer', withinMs * 3);
  } finally {
    await ended(client, { force: !client.connected });
  }
}

/** Whether a message arrives in time. */
function message(client: MqttClient): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), withinMs);
    client.once('message', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

/**
 * Whether what is asked for arrives in time. It is asked for again and again, each time before an ordinary message: where those arrive and
 * nothing else does, the rest of the time is not waited for. Rejects as the first `ask` does.
 */
async function arrives(
  client: MqttClient,
  clientId: string,
  { ask, wanted }: { ask: () => Promise<unknown>; wanted: (packet: { retain: boolean }) => boolean },
): Promise<boolean> {
  const ordinary = `${clientId}/ordinary`;
  const ended = new AbortController();
  let heard = (): void => {};
  const got = new Promise<boolean>((resolve) => {
    client.on('message', (topic, _payload, packet) => {
      if (topic === ordinary) heard();
      else if (wanted(packet)) resolve(true);
    });
  });
  await ask();
  const overtaken = async (): Promise<boolean> => {
    await client.subscribeAsync(ordinary, { qos: 1 });
    for (let i = 0; i < ordinaryMessages; i++) {
      const arrived = new Promise<void>((resolve) => {
        heard = resolve;
      });
      await client.publishAsync(ordinary, 'x', { qos: 1 });
      await arrived;
      await sleep(betweenMs, undefined, { signal: ended.signal });
      await ask();
    }
    return false;
  };
  const late = sleep(withinMs, false, { signal: ended.signal });
  try {
    // A broker that does not deliver these either has said nothing yet.
    return await Promise.race([got, late, overtaken().catch(() => late)]);
  } finally {
    ended.abort();
    await late.catch(() => {});
  }
}

function within<T>(promise: Promise<T>, what: string, ms = withinMs): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${what} within ${ms} ms`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
