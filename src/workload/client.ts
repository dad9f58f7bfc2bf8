import { type IClientOptions, type IConnackPacket, MqttClient, Store, UniqueMessageIdProvider } from 'mqtt';
import type { Endpoint } from './mqtt/client.ts';
import { openStream } from './mqtt/transports.ts';

export type { Endpoint } from './mqtt/client.ts';

/**
 * An mqtt.js client as the workload needs it: no resubscribing, no queueing behind our back, packet ids that are never reused
 * in flight, and stores that outlive a deliberate absence (a new one would forget half-received QoS 2 messages).
 */
export function createClient(
  endpoint: Endpoint,
  options: { clientId: string; clean: boolean; will?: IClientOptions['will'] },
): MqttClient {
  const client = new MqttClient(() => openStream(endpoint), {
    protocolId: 'MQTT',
    protocolVersion: endpoint.version,
    ...(endpoint.username === undefined ? {} : { username: endpoint.username }),
    ...(endpoint.password === undefined ? {} : { password: endpoint.password }),
    ...(options.will === undefined ? {} : { will: options.will }),
    ...(endpoint.version === 5 && !options.clean ? { properties: { sessionExpiryInterval: 3_600 } } : {}),
    clientId: options.clientId,
    clean: options.clean,
    resubscribe: false,
    queueQoSZero: false,
    reconnectPeriod: 250,
    // Otherwise one refusal, such as `server unavailable` from a node that is coming up, would be the client's end.
    reconnectOnConnackError: true,
    connectTimeout: 3_000,
    keepalive: 5,
    manualConnect: true,
    messageIdProvider: new UniqueMessageIdProvider(),
    incomingStore: new Store({ clean: false }),
    outgoingStore: new Store({ clean: false }),
  });
  // Refused and reset connections are expected while faults hold; outcomes are judged by acknowledgements, not by these events.
  client.on('error', () => {});
  client.setMaxListeners(0);
  return client;
}

/** Whether a CONNACK lets the client in; a refusal says nothing about sessions. */
export function isAccepted(connack: IConnackPacket): boolean {
  return (connack.returnCode ?? 0) === 0 && (connack.reasonCode ?? 0) === 0;
}

/** Resolves at the first CONNACK; rejects when the broker refuses, or after `withinMs`. The client goes on trying in the latter case. */
export function connected(
  client: MqttClient,
  withinMs: number,
  signal?: AbortSignal,
): Promise<{ sessionPresent: boolean }> {
  return new Promise((resolve, reject) => {
    const finish = (act: () => void): void => {
      clearTimeout(timer);
      client.off('connect', onConnect);
      client.off('error', onError);
      signal?.removeEventListener('abort', onAbort);
      act();
    };
    let lastError = 'no answer';
    const onConnect = (packet: { sessionPresent?: boolean }): void =>
      finish(() => resolve({ sessionPresent: packet.sessionPresent === true }));
    const onError = (error: Error & { code?: unknown }): void => {
      lastError = error.message;
      // mqtt.js gives a refusal its return code; errors of the socket have names for codes.
      if (typeof error.code === 'number') finish(() => reject(error));
    };
    const onAbort = (): void => finish(() => reject(signal?.reason));
    const timer = setTimeout(
      () => finish(() => reject(new Error(`no CONNACK within ${withinMs} ms (${lastError})`))),
      withinMs,
    );
    client.on('connect', onConnect);
    client.on('error', onError);
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
  });
}

/** Ends a client, politely with DISCONNECT or by force, and for good unless it `returns`; never waits longer than `withinMs`. */
export function ended(
  client: MqttClient,
  options: { force: boolean; returns?: boolean; withinMs?: number },
): Promise<void> {
  // mqtt.js forgets that it was ended before the stream of a client that was not connected has closed, and that close would bring it back.
  if (!options.returns) client.options.reconnectPeriod = 0;
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      client.end(true);
      client.stream?.destroy();
      resolve();
    }, options.withinMs ?? 500);
    client.end(options.force, () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Takes a persistent session off the broker, by a connection with clean session = 1 [MQTT-3.1.2-6]; gives up silently after a second. */
export async function purgeSession(endpoint: Endpoint, clientId: string): Promise<void> {
  const client = createClient(endpoint, { clientId, clean: true });
  client.connect();
  await connected(client, 1_000).catch(() => {});
  await ended(client, { force: !client.connected });
}
