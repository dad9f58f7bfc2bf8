import type { MqttClient } from 'mqtt';
import { createClient, type Endpoint, ended, isAccepted, purgeSession } from '../../client.ts';
import { encodePayload, isFlowPayload, type MessageKind, sequenceOf } from '../../payload.ts';
import type { Presence } from '../../presence.ts';
import type { FlowRecord, Recorder, SessionRecord } from './recorder.ts';

/** Operations written and not yet acknowledged, at most, on one connection; fewer if the broker asks for it (MQTT 5 Receive Maximum). */
export const publishWindow = 100;

type Operation = {
  readonly sequence: number;
  readonly dueMs: number;
  /** The connection that its PUBLISH was last written to, counted from 1; 0 before the first. */
  writtenOn: number;
  packetId: number | undefined;
  /** The broker forgot the exchange half-way: an acknowledgement says nothing any more. */
  forgotten: boolean;
  /** The broker answered the only PUBLISH of it with a reason code that refuses it (MQTT 5). */
  refused: boolean;
};

type PublisherOptions = {
  readonly flow: FlowRecord;
  readonly recorder: Recorder;
  readonly endpoint: Endpoint;
  readonly run: number;
  readonly payloadBytes: number;
  readonly deadlineMs: number;
  /** The publisher's session is kept by the broker, so that exchanges outlive connections. */
  readonly persistent: boolean;
  readonly nowMs: () => number;
};

/**
 * One flow's publisher. Open loop: messages fall due at the flow's rate whatever the broker does; one that cannot be written before
 * its deadline has passed fails, and one that was written stays open until it is acknowledged or the scenario ends.
 */
export class Publisher {
  readonly client: MqttClient;
  readonly #options: PublisherOptions;
  readonly #session: SessionRecord;
  readonly #presence: Presence;
  readonly #backlog: Operation[] = [];
  readonly #open = new Map<number, Operation>();
  readonly #byPacketId = new Map<number, Operation>();
  #ready = false;
  #sessionPresent = false;
  #connection = 0;
  #window = publishWindow;
  #startedMs = Number.POSITIVE_INFINITY;
  #due = 0;
  #stopped = false;
  /** Of the warm-up: the last sequence number written, and those acknowledged. */
  #warmUpsWritten = 0;
  readonly #warmUpsAcknowledged: number[] = [];

  constructor(options: PublisherOptions) {
    this.#options = options;
    const { flow, recorder, nowMs } = options;
    this.#session = recorder.session(
      ...([flow.plan.clientId, flow.plan.node, 'publisher', []] as const),
      options.persistent ? 'persistent' : 'clean',
    );
    this.#presence = recorder.client(flow.plan.clientId, flow.plan.node, 'publisher', nowMs());
    this.client = createClient(options.endpoint, { clientId: flow.plan.clientId, clean: !options.persistent });
    this.client.on('packetreceive', (packet) => {
      if (packet.cmd === 'puback' || packet.cmd === 'pubrec') {
        const operation = packet.messageId === undefined ? undefined : this.#byPacketId.get(packet.messageId);
        // An earlier copy may have been accepted, so only the first answer to an only copy refuses the message.
        if (operation && (packet.reasonCode ?? 0) >= 0x80 && !flow.resent.has(operation.sequence))
          operation.refused = true;
        return;
      }
      if (packet.cmd !== 'connack') return;
      if (!isAccepted(packet)) {
        recorder.refused(this.#session);
        return;
      }
      this.#presence.enter('serving', nowMs());
      this.#connection++;
      if (this.#connection > 1) recorder.reconnected(nowMs());
      this.#sessionPresent = packet.sessionPresent;
      this.#window = Math.min(publishWindow, packet.properties?.receiveMaximum ?? publishWindow);
      recorder.connected(this.#session, packet.sessionPresent, nowMs());
    });
    this.client.on('packetsend', (packet) => {
      if (packet.cmd === 'connect') {
        this.#presence.attempt(nowMs());
        recorder.connecting(this.#session);
      } else if (packet.cmd === 'publish' && packet.qos > 0) {
        const payload = packet.payload as Buffer;
        const operation = isFlowPayload(payload) ? this.#open.get(sequenceOf(payload)) : undefined;
        if (!operation || packet.messageId === undefined) return;
        const again = operation.writtenOn > 0;
        operation.writtenOn = this.#connection;
        operation.packetId = packet.messageId;
        flow.packetIds.sent(operation.sequence, packet.messageId);
        this.#byPacketId.set(packet.messageId, operation);
        if (!again) {
          recorder.wrote(this.#session, operation.sequence);
          return;
        }
        // mqtt.js leaves DUP unset when it sends again; [MQTT-3.3.1-1] wants it.
        packet.dup = true;
        flow.resent.add(operation.sequence);
        if (!this.#sessionPresent) flow.resentWithoutSession.add(operation.sequence);
      } else if (packet.cmd === 'pubrel' && packet.messageId !== undefined && !this.#sessionPresent) {
        // A broker that kept no session answers the PUBREL of an exchange it no longer knows, so its PUBCOMP promises nothing.
        const operation = this.#byPacketId.get(packet.messageId);
        if (operation && operation.writtenOn < this.#connection) operation.forgotten = true;
      }
    });
    this.client.on('connect', () => {
      this.#ready = true;
    });
    this.client.on('close', () => {
      this.#ready = false;
      this.#presence.enter('disconnected', nowMs());
      recorder.disconnected(this.#session, nowMs());
    });
  }

  /** The name of its flow. */
  get flow(): string {
    return this.#options.flow.plan.name;
  }

  get ready(): boolean {
    return this.#ready;
  }

  /** Written or waiting, and not yet settled. */
  get unsettled(): number {
    return this.#open.size + this.#backlog.length;
  }

  connect(): void {
    this.client.connect();
  }

  /** A message outside the accounting, to see whether the way to the subscribers is open. */
  warmUp(sequence: number): void {
    if (!this.#ready) return;
    const { qos, topic } = this.#options.flow.plan;
    this.#warmUpsWritten = sequence;
    this.client.publish(topic, this.#payload('warm-up', sequence, this.#options.nowMs()), { qos }, (error) => {
      if (!error && qos > 0) this.#warmUpsAcknowledged.push(sequence);
    });
  }

  /** The sequence number of the last message of the warm-up. */
  get warmUpsWritten(): number {
    return this.#warmUpsWritten;
  }

  /** How many messages of the warm-up were written after that one, and how many of them were acknowledged (none at QoS 0). */
  warmUpsAfter(sequence: number): { readonly written: number; readonly acknowledged: number } {
    return {
      written: this.#warmUpsWritten - sequence,
      acknowledged: this.#warmUpsAcknowledged.filter((one) => one > sequence).length,
    };
  }

  /** The first message is due at `startMs`, the others at the flow's rate. */
  start(startMs: number): void {
    this.#startedMs = startMs;
  }

  /** No further message falls due. */
  stop(): void {
    this.#stopped = true;
  }

  /** Notes what has fallen due, writes what can be written, gives up what is past its deadline. */
  tick(): void {
    const nowMs = this.#options.nowMs();
    const { flow, recorder, deadlineMs } = this.#options;
    if (!this.#stopped && flow.plan.ratePerSecond > 0) {
      const total = Math.floor(((nowMs - this.#startedMs) * flow.plan.ratePerSecond) / 1_000) + 1;
      while (this.#due < total) {
        // To the nanosecond, as the header carries it, so that both ends put the message into the same window.
        const dueMs = Math.round((this.#startedMs + (this.#due++ * 1_000) / flow.plan.ratePerSecond) * 1e6) / 1e6;
        this.#backlog.push({
          sequence: recorder.due(flow, dueMs),
          dueMs,
          writtenOn: 0,
          packetId: undefined,
          forgotten: false,
          refused: false,
        });
      }
    }
    while (this.#backlog.length > 0) {
      const operation = this.#backlog[0] as Operation;
      if (nowMs - operation.dueMs > deadlineMs) {
        flow.notSent.add(operation.sequence);
      } else if (this.#ready && this.#open.size < this.#window) {
        this.#write(operation);
      } else {
        return;
      }
      this.#backlog.shift();
    }
  }

  /**
   * At the end of the scenario: what was never written failed, what was written and not acknowledged is unknown. What was written to a
   * connection that has lasted for `patienceMs` by now should have been answered.
   */
  settle(patienceMs: number): void {
    const { flow, nowMs } = this.#options;
    for (const operation of this.#backlog.splice(0)) flow.notSent.add(operation.sequence);
    const hadTime = this.#presence.servedForMs(nowMs()) >= patienceMs;
    for (const { sequence, writtenOn, forgotten } of this.#open.values()) {
      (writtenOn > 0 ? flow.unknown : flow.notSent).add(sequence);
      if (hadTime && writtenOn === this.#connection && !forgotten) flow.unanswered.add(sequence);
    }
    this.#open.clear();
  }

  async end(): Promise<void> {
    await ended(this.client, { force: !this.#ready || this.#open.size > 0 });
    if (this.#options.persistent) await purgeSession(this.#options.endpoint, this.#options.flow.plan.clientId);
  }

  #write(operation: Operation): void {
    const { flow, recorder, nowMs } = this.#options;
    const { qos, topic } = flow.plan;
    const payload = this.#payload('flow', operation.sequence, operation.dueMs);
    recorder.written(flow, operation.sequence, nowMs());
    if (qos === 0) {
      this.client.publish(topic, payload, { qos });
      recorder.wrote(this.#session, operation.sequence);
      return;
    }
    this.#open.set(operation.sequence, operation);
    this.client.publish(topic, payload, { qos }, (error) => {
      if (operation.packetId !== undefined) this.#byPacketId.delete(operation.packetId);
      if (!this.#open.delete(operation.sequence)) return;
      if (error) (operation.writtenOn > 0 && !operation.refused ? flow.unknown : flow.notSent).add(operation.sequence);
      else if (operation.forgotten) flow.unknown.add(operation.sequence);
      else recorder.acknowledged(flow, operation.sequence, operation.dueMs, nowMs());
    });
  }

  #payload(kind: MessageKind, sequence: number, sentMs: number): Buffer {
    return encodePayload(
      { run: this.#options.run, flow: this.#options.flow.plan.id, kind, sequence, sentNs: Math.round(sentMs * 1e6) },
      this.#options.payloadBytes,
    );
  }
}
