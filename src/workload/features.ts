import { randomBytes } from 'node:crypto';
import type { MqttClient } from 'mqtt';
import { messageOf } from '../base/error.ts';
import type { FeatureName, FeatureRecord } from '../report/record.ts';
import { connected, createClient, type Endpoint, ended } from './client.ts';

type Seen = { available: boolean; seen: string };
type Probe = (endpoint: Endpoint, clientId: string) => Promise<Seen>;

/** How long a broker has for each exchange of a probe before the feature counts as missing. */
const withinMs = 3_000;

const probes: Record<FeatureName, Probe> = {
  ...{ qos2, mqtt5, retained, wills, sharedSubscriptions },
  persistentSessions: (endpoint, clientId) => sessionOnReturn(endpoint, clientId, { subscribe: true }),
  emptySessions: (endpoint, clientId) => sessionOnReturn(endpoint, clientId, { subscribe: false }),
};

/** Tries out on one node what the broker can do; what was seen is kept as the reason. Never rejects. */
export async function probeFeatures(endpoint: Endpoint): Promise<FeatureRecord> {
  const names = Object.keys(probes) as FeatureName[];
  const prefix = `chaos-feature-${randomBytes(4).toString('hex')}`;
  const seen = await Promise.all(
    names.map((name) =>
      // A cluster that has just booted may leave one exchange unanswered; only a second silence is taken for an answer.
      probes[name](endpoint, `${prefix}-${name}`)
        .catch(() => probes[name](endpoint, `${prefix}-${name}-again`))
        .catch((error): Seen => ({ available: false, seen: messageOf(error) })),
    ),
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
      setTimeout(() => resolve({ available: false, seen: `no PUBCOMP within ${withinMs} ms` }), withinMs).unref();
      client.publish(clientId, 'x', { qos: 2 }, (error) =>
        resolve(error ? { available: false, seen: error.message } : { available: true, seen: 'PUBCOMP' }),
      );
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
    const got = message(client, (packet) => packet.retain);
    await client.subscribeAsync(clientId, { qos: 1 });
    const seen = await got;
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
        got = message(client, () => true);
        dying.stream.destroy();
      },
    );
    return (await got)
      ? { available: true, seen: 'sent when its client vanished' }
      : { available: false, seen: 'not sent when its client vanished' };
  });
}

async function sharedSubscriptions(endpoint: Endpoint, clientId: string): Promise<Seen> {
  return withClient(endpoint, { clientId, clean: true }, async (client) => {
    const [grant] = await client.subscribeAsync(`$share/group/${clientId}`, { qos: 1 });
    if (grant === undefined || grant.qos === 128) return { available: false, seen: 'refused' };
    const got = message(client, () => true);
    await within(client.publishAsync(clientId, 'x', { qos: 1 }), 'PUBACK');
    return (await got)
      ? { available: true, seen: 'a member got the message' }
      : { available: false, seen: 'granted, but nothing arrived' };
  });
}

/**
 * Whether CONNACK says session present to a client that comes back. It should without subscriptions too: the existence of a session is
 * a part of its state (MQTT 3.1.1, section 3.1.2.4; MQTT 5.0, section 4.1). Some brokers begin a session with its first subscription.
 */
async function sessionOnReturn(
  endpoint: Endpoint,
  clientId: string,
  { subscribe }: { subscribe: boolean },
): Promise<Seen> {
  await withClient(endpoint, { clientId, clean: false }, async (client) => {
    if (subscribe) await client.subscribeAsync(clientId, { qos: 1 });
  });
  const present = await withClient(endpoint, { clientId, clean: false }, async (_, connack) => connack.sessionPresent);
  await withClient(endpoint, { clientId, clean: true }, async () => undefined).catch(() => {});
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

function message(client: MqttClient, wanted: (packet: { retain: boolean }) => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), withinMs);
    client.on('message', (_topic, _payload, packet) => {
      if (!wanted(packet)) return;
      clearTimeout(timer);
      resolve(true);
    });
  });
}

function within<T>(promise: Promise<T>, what: string, ms = withinMs): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${what} within ${ms} ms`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
