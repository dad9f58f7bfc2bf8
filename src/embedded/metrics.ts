import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** What the gauges read at the moment of a scrape. */
export type MetricsSource = {
  connectedClients(): number;
  sessions(): number;
  queuedMessages(): number;
  outboxLength(peer: string): number;
  isPeerUp(peer: string): boolean;
  journalBytes(): number;
};

export type BrokerMetrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <Label extends string>(name: string, help: string, label: Label): Counter<Label> =>
    new Counter({ name, help, labelNames: [label], registers });
  const received = counter('broker_messages_received_total', 'PUBLISH packets taken from clients.', 'qos');
  const delivered = counter(
    'broker_messages_delivered_total',
    'PUBLISH packets sent to clients, repetitions not counted.',
    'qos',
  );
  const dropped = counter(
    'broker_messages_dropped_total',
    'Messages dropped: of QoS 0, and of sessions that a newer one has replaced.',
    'reason',
  );
  for (const qos of [0, 1, 2]) {
    received.inc({ qos }, 0);
    delivered.inc({ qos }, 0);
  }
  for (const reason of ['client-backlog', 'peer-backlog', 'peer-down', 'disk', 'session-replaced'])
    dropped.inc({ reason }, 0);

  return {
    registry,
    received,
    delivered,
    dropped,
    peerConnects: counter(
      'broker_peer_connects_total',
      'How often the link to a peer was made, the first time included.',
      'peer',
    ),
    /** Adds the gauges once there is something to read. */
    watch(peers: readonly string[], source: MetricsSource): void {
      const gauge = (name: string, help: string, read: () => number): void => {
        new Gauge({
          name,
          help,
          registers,
          collect() {
            this.set(read());
          },
        });
      };
      const peerGauge = (name: string, help: string, read: (peer: string) => number): void => {
        new Gauge({
          name,
          help,
          registers,
          labelNames: ['peer'],
          collect() {
            for (const peer of peers) this.set({ peer }, read(peer));
          },
        });
      };
      gauge('broker_clients_connected', 'Clients connected now.', source.connectedClients);
      gauge('broker_sessions', 'Sessions, of connected and of absent clients.', source.sessions);
      gauge('broker_queued_messages', 'Messages that sessions have yet to acknowledge.', source.queuedMessages);
      gauge('broker_journal_bytes', 'Size of the journal.', source.journalBytes);
      peerGauge('broker_outbox_messages', 'Items that a peer has yet to confirm.', source.outboxLength);
      peerGauge('broker_peer_connected', '1 while the links to and from a peer are up.', (peer) =>
        Number(source.isPeerUp(peer)),
      );
    },
  };
}
