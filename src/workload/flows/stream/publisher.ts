import type { Endpoint } from '../../client.ts';
import { Client } from '../../mqtt/client.ts';
import type { Outcome, Write } from '../../mqtt/messages.ts';
import { encodePayload, type MessageKind } from '../../payload.ts';
import type { Presence } from '../../presence.ts';
import { type Wire, WireTap } from '../../wire.ts';
import { nextWhenRefused } from './next-node.ts';
import type { FlowRecord, Recorder, SessionRecord } from './recorder.ts';

/** Operations written and not yet acknowledged, at most, on one connection; fewer if the broker asks for it (MQTT 5 Receive Maximum). */
export const publishWindow = 100;

type Operation = {
  readonly sequence: number;
  readonly dueMs: number;
  /** The connection that its PUBLISH was last written to, counted from 1; 0 before the first. */
  writtenOn: number;
};

type PublisherOptions = {
  readonly flow: FlowRecord;
  readonly recorder: Recorder;
  /** Its own node, and the others that it may go on to. */
  readonly endpoints: readonly [Endpoint, ...Endpoint[]];
  readonly run: number;
  readonly wire: Wire;
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
  readonly client: Client;
  readonly #options: PublisherOptions;
  readonly #session: SessionRecord;
  readonly #presence: Presence;
  readonly #backlog: Operation[] = [];
  readonly #open = new Map<number, Operation>();
  #connection = 0;
  /** The session may be another one than that which knows what is in flight. */
  #isRestarted = false;
  #startedMs = Number.POSITIVE_INFINITY;
  #due = 0;
  #stopped = false;
  /** Of the warm-up: the last sequence number written, and those acknowledged. */
  #warmUpsWritten = 0;
  readonly #warmUpsAcknowledged: number[] = [];

  constructor(options: PublisherOptions) {
    this.#options = options;
    const { flow, recorder, endpoints, nowMs } = options;
    const { clientId, node, moves } = flow.plan;
    const session = options.persistent ? 'persistent' : 'clean';
    this.#session = recorder.session(clientId, node, 'publisher', [], session, moves);
    this.#presence = recorder.client(clientId, node, 'publisher', nowMs());
    const tap = new WireTap(options.wire, clientId, node);
    this.client = new Client({
      clientId,
      endpoints,
      nextEndpoint: moves && nextWhenRefused(endpoints.length),
      session,
      window: publishWindow,
      nowMs,
      on: {
        connecting: (attempt) => {
          tap.connecting(attempt);
          this.#presence.attempt(nowMs());
          recorder.connecting(this.#session, attempt.endpoint.node);
        },
        refused: () => recorder.refused(this.#session),
        breach: (breach) => tap.breach(breach),
        connected: (accepted) => {
          const { connection, connack, endpoint } = accepted;
          tap.connected(accepted);
          this.#presence.enter('serving', nowMs());
          this.#connection = connection;
          if (connection > 1) recorder.reconnected(nowMs());
          const { sessionPresent } = connack;
          const arrival = recorder.connected(this.#session, sessionPresent, nowMs(), endpoint.node);
          this.#isRestarted = arrival.isRestarted;
          // Nodes that have no sessions in common are no single server, whose order could be owed.
          if (arrival.hasMoved && (session === 'clean' || arrival.isUndecided)) recorder.publisherMoved(flow, nowMs());
        },
        closed: (closed) => {
          tap.closed(closed);
          this.#presence.enter('disconnected', nowMs());
          recorder.disconnected(this.#session, nowMs(), closed.lastHeardMs);
        },
      },
    });
  }

  /** The name of its flow. */
  get flow(): string {
    return this.#options.flow.plan.name;
  }

  get ready(): boolean {
    return this.client.isOnline;
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
    if (!this.ready) return;
    const { qos, topic } = this.#options.flow.plan;
    this.#warmUpsWritten = sequence;
    this.client.publish({
      topic,
      payload: this.#payload('warm-up', sequence, this.#options.nowMs()),
      qos,
      onOutcome: ({ kind }) => {
        if (kind === 'acknowledged' && qos > 0) this.#warmUpsAcknowledged.push(sequence);
      },
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
        this.#backlog.push({ sequence: recorder.due(flow, dueMs), dueMs, writtenOn: 0 });
      }
    }
    while (this.#backlog.length > 0) {
      const operation = this.#backlog[0] as Operation;
      if (nowMs - operation.dueMs > deadlineMs) {
        flow.notSent.add(operation.sequence);
      } else if (flow.plan.qos === 0 ? this.ready : this.client.freeSlots > 0) {
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
    for (const { sequence, writtenOn } of this.#open.values()) {
      (writtenOn > 0 ? flow.unknown : flow.notSent).add(sequence);
      if (hadTime && writtenOn === this.#connection) flow.unanswered.add(sequence);
    }
    this.#open.clear();
  }

  /** Disconnects, and takes the persistent session off the broker. */
  async end(): Promise<void> {
    await (this.#options.persistent ? this.client.endSession() : this.client.end());
  }

  #write(operation: Operation): void {
    const { flow, recorder, nowMs } = this.#options;
    const { sequence, dueMs } = operation;
    recorder.written(flow, sequence, nowMs());
    this.#open.set(sequence, operation);
    this.client.publish({
      topic: flow.plan.topic,
      payload: this.#payload('flow', sequence, dueMs),
      qos: flow.plan.qos,
      onWritten: (write) => this.#wrote(operation, write),
      onOutcome: (outcome) => this.#ended(operation, outcome),
    });
  }

  #wrote(operation: Operation, { again, connection, packetId, sessionPresent }: Write): void {
    const { flow, recorder } = this.#options;
    const { sequence } = operation;
    operation.writtenOn = connection;
    if (flow.plan.qos > 0) flow.packetIds.sent(sequence, packetId);
    if (!again) {
      recorder.wrote(this.#session, sequence);
      return;
    }
    flow.resent.add(sequence);
    if (!sessionPresent || this.#isRestarted) flow.resentWithoutSession.add(sequence);
  }

  #ended({ sequence, dueMs, writtenOn }: Operation, outcome: Outcome): void {
    const { flow, recorder, nowMs } = this.#options;
    // After the books were closed nothing changes.
    if (!this.#open.delete(sequence) || flow.plan.qos === 0) return;
    // An earlier copy may have been accepted, so that only the answer to an only copy refuses the message.
    const isRefused = outcome.kind === 'refused' && !flow.resent.has(sequence);
    if (outcome.kind === 'acknowledged') recorder.acknowledged(flow, sequence, dueMs, nowMs());
    else (writtenOn > 0 && !isRefused ? flow.unknown : flow.notSent).add(sequence);
  }

  #payload(kind: MessageKind, sequence: number, sentMs: number): Buffer {
    return encodePayload(
      { run: this.#options.run, flow: this.#options.flow.plan.id, kind, sequence, sentNs: Math.round(sentMs * 1e6) },
      this.#options.payloadBytes,
    );
  }
}
