import type { Endpoint } from '../../client.ts';
import { Client, type Closed } from '../../mqtt/client.ts';
import type { Codes, Delivery } from '../../mqtt/messages.ts';
import { decodePayload } from '../../payload.ts';
import type { Presence } from '../../presence.ts';
import { type Wire, WireTap } from '../../wire.ts';
import type { OddityKind } from './facts.ts';
import { nextWhenRefused } from './next-node.ts';
import type { Qos, SubscriberPlan } from './plan.ts';
import type { Recorder, SessionRecord, SubscriptionRecord } from './recorder.ts';

/** How long a client that cannot leave yet waits before it tries again. */
const leaveAgainMs = 100;
/** How long a client whose filter was refused waits before it asks again. */
const askAgainMs = 250;

type SubscriberOptions = {
  readonly plan: SubscriberPlan;
  readonly recorder: Recorder;
  /** Its own node, and the others that it may go on to. */
  readonly endpoints: readonly [Endpoint, ...Endpoint[]];
  readonly run: number;
  readonly wire: Wire;
  readonly nowMs: () => number;
};

/** One subscribing client: it notes every delivery, and subscribes anew only when the broker says that it kept no session. */
export class Subscriber {
  readonly client: Client;
  readonly #options: SubscriberOptions;
  readonly #session: SessionRecord;
  readonly #presence: Presence;
  readonly #byFlow = new Map<number, SubscriptionRecord>();
  /** Flows of which a warm-up message has not been seen yet. */
  readonly #unseen: Set<number>;
  readonly #leftOut = new Set<number>();
  /** Filters that the last SUBACK refused. */
  #refused: ReadonlySet<string> = new Set();
  #subscribed = false;
  /** The session may be another one than that which was subscribed. */
  #isRestarted = false;
  #subscribing = false;
  #accepted = false;
  /** The next step of the roaming. */
  #roaming: NodeJS.Timeout | undefined;
  /** Where its deliberate absence stands, and how to end its record. */
  #away: { state: 'leaving' | 'gone'; end: (endMs: number) => void } | undefined;
  #returning = false;
  #settled = false;
  #over = false;

  constructor(options: SubscriberOptions) {
    this.#options = options;
    const { plan, recorder, nowMs } = options;
    for (const flow of recorder.flows) {
      for (const subscription of flow.subscriptions) {
        if (subscription.subscriber === plan) this.#byFlow.set(flow.plan.id, subscription);
      }
    }
    this.#unseen = new Set(this.#byFlow.keys());
    const { clientId, node, session, moves } = plan;
    this.#session = recorder.session(clientId, node, 'subscriber', [...this.#byFlow.keys()], session, moves);
    this.#presence = recorder.client(clientId, node, 'subscriber', nowMs());
    const tap = new WireTap(options.wire, clientId, node);
    this.client = new Client({
      clientId,
      endpoints: options.endpoints,
      nextEndpoint: moves && nextWhenRefused(options.endpoints.length),
      session,
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
          tap.connected(accepted);
          if (this.#accepted && !this.#returning) recorder.reconnected(nowMs());
          this.#accepted = true;
          this.#returning = false;
          const { connack, endpoint } = accepted;
          const { isRestarted } = recorder.connected(this.#session, connack.sessionPresent, nowMs(), endpoint.node);
          this.#isRestarted = isRestarted;
          if (isRestarted) recorder.sessionRestarted(plan);
        },
        online: ({ sessionPresent }) => this.#online(sessionPresent),
        closed: (closed) => {
          tap.closed(closed);
          this.#closed(closed);
        },
        // A QoS 2 message is delivered with its PUBREL.
        arrived: ({ qos, topic, payload }) => {
          if (qos === 2) this.#arrived(topic, payload);
        },
        message: (delivery) => this.#receive(delivery),
      },
    });
  }

  connect(): void {
    this.client.connect();
  }

  /** Subscribed, and a warm-up message of every flow has arrived: from here on it is owed what is published. */
  get ready(): boolean {
    return this.#subscribed && this.#unseen.size === 0;
  }

  /** A CONNACK has let it in at least once. */
  get wasAccepted(): boolean {
    return this.#accepted;
  }

  get plan(): SubscriberPlan {
    return this.#options.plan;
  }

  /** The flows of which nothing has arrived yet. */
  get missing(): SubscriptionRecord[] {
    return [...this.#unseen].flatMap((id) => this.#byFlow.get(id) ?? []);
  }

  /** Whether the broker refuses the filter, grants it, or has not answered the SUBSCRIBE. */
  answerTo(filter: string): 'granted' | 'refused' | 'none' {
    if (this.#refused.has(filter)) return 'refused';
    return this.#subscribed || this.#refused.size > 0 ? 'granted' : 'none';
  }

  /** From now on the flow is nothing to this subscriber: what arrives of it is not noted, and not waited for. */
  leaveOut(flow: number): void {
    this.#unseen.delete(flow);
    this.#leftOut.add(flow);
    this.#byFlow.delete(flow);
    const wanted = new Set([...this.#byFlow.values()].map(({ plan }) => plan.filter));
    this.#refused = new Set([...this.#refused].filter((filter) => wanted.has(filter)));
    // What kept it from being subscribed may have been left out just now.
    if (this.#presence.stage === 'connected' && this.#refused.size === 0 && !this.#subscribing) this.#granted([]);
  }

  /** Begins to leave and to come back, as its plan says, until `settle`. */
  startRoaming(): void {
    const { recorder, plan, nowMs } = this.#options;
    const { roam } = plan;
    if (!roam || this.#roaming) return;
    const leave = async (): Promise<void> => {
      // A client that a fault keeps out does not leave of its own will.
      if (!this.client.isOnline || !this.#subscribed) {
        this.#roaming = setTimeout(leave, leaveAgainMs);
        return;
      }
      const away = { state: 'leaving' as 'leaving' | 'gone', end: recorder.away(plan, nowMs()) };
      this.#away = away;
      await this.client.leave();
      away.state = 'gone';
      if (this.#settled) comeBack();
      else this.#roaming = setTimeout(comeBack, roam.awayMs);
    };
    const comeBack = (): void => {
      this.#return();
      if (!this.#settled) this.#roaming = setTimeout(leave, roam.onlineMs);
    };
    this.#roaming = setTimeout(leave, roam.onlineMs);
  }

  /** Ends the roaming with the subscriber online, so that it can get all that it is owed. */
  settle(): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#roaming);
    if (this.#away?.state === 'gone') this.#return();
  }

  /** Leaves politely and comes back at once with its session, so that the broker sends again what it has kept for it. */
  async reconnect(): Promise<void> {
    await this.client.leave();
    this.#return();
  }

  /** Disconnects, and takes the persistent session off the broker. */
  async end(): Promise<void> {
    this.#settled = true;
    this.#over = true;
    clearTimeout(this.#roaming);
    await (this.#options.plan.session === 'persistent' ? this.client.endSession() : this.client.end());
  }

  /** Its absence ends when it sets out to return: a broker that does not let it in is not excused by it. */
  #return(): void {
    this.#away?.end(this.#options.nowMs());
    this.#away = undefined;
    if (this.#over) return;
    this.#returning = true;
    this.client.connect();
  }

  /** Only a session that the broker kept still has the subscriptions. */
  #online(sessionPresent: boolean): void {
    if (sessionPresent && this.#subscribed && !this.#isRestarted) {
      this.#serve();
      return;
    }
    this.#subscribed = false;
    this.#refused = new Set();
    this.#presence.enter('connected', this.#options.nowMs());
    this.#subscribe();
  }

  #closed({ wasAccepted, reason, lastHeardMs }: Closed): void {
    const { recorder, plan, nowMs } = this.#options;
    recorder.disconnected(this.#session, nowMs(), lastHeardMs);
    if (plan.session === 'clean') {
      // Whatever else ends a connection comes from the other side, or is known there: it was in contact until then.
      if (wasAccepted) recorder.cleanSessionEnded(plan, reason === 'keep alive' ? lastHeardMs : nowMs());
      this.#subscribed = false;
    }
    this.#presence.enter('disconnected', nowMs());
    this.#subscribing = false;
  }

  #subscribe(): void {
    if (this.#subscribing) return;
    if (this.#byFlow.size === 0) {
      this.#granted([]);
      return;
    }
    this.#subscribing = true;
    const filters = this.#options.plan.subscriptions
      .filter(({ flows }) => flows.some((flow) => this.#byFlow.has(flow)))
      .map(({ filter, qos }) => ({ topic: filter, qos }));
    this.client.subscribe({ filters, onAnswer: (codes) => this.#answered(filters, codes) });
  }

  #answered(filters: readonly { readonly topic: string }[], codes: Codes): void {
    this.#subscribing = false;
    // Without a SUBACK the connection is gone, and the next CONNACK asks again.
    if (codes === undefined) return;
    this.#granted(filters.map(({ topic }, i) => [topic, codes[i] ?? 0x80]));
    // A node that is coming up may refuse for a while.
    if (this.#refused.size > 0)
      setTimeout(() => this.client.isOnline && !this.#subscribed && this.#subscribe(), askAgainMs).unref();
  }

  #granted(codes: readonly (readonly [filter: string, code: number])[]): void {
    const { recorder, nowMs } = this.#options;
    const refused = new Set(codes.filter(([, code]) => code >= 0x80).map(([filter]) => filter));
    for (const [filter, code] of codes) {
      // A filter that was granted before goes on as it was.
      if (refused.has(filter) || (this.#refused.size > 0 && !this.#refused.has(filter))) continue;
      recorder.subscribed(this.#session);
      for (const subscription of this.#byFlow.values())
        if (subscription.plan.filter === filter) recorder.granted(subscription, code as Qos, nowMs());
    }
    this.#refused = refused;
    if (refused.size > 0) return;
    this.#subscribed = true;
    this.#serve();
  }

  #serve(): void {
    const { recorder, plan, nowMs } = this.#options;
    this.#presence.enter('serving', nowMs());
    recorder.served(plan);
  }

  #arrived(topic: string, payload: Buffer): void {
    const decoded = decodePayload(payload);
    if (!decoded.ok || decoded.header.run !== this.#options.run || decoded.header.kind !== 'flow') return;
    const { flow, sequence } = decoded.header;
    const subscription = this.#byFlow.get(flow);
    if (subscription?.flow.plan.topic === topic && sequence <= subscription.flow.offered)
      this.#options.recorder.arrived(subscription, sequence);
  }

  #receive({ topic, payload, dup, packetId, qos }: Delivery): void {
    const { recorder, nowMs, run } = this.#options;
    const decoded = decodePayload(payload);
    if (!decoded.ok) {
      const why = decoded.why === 'corrupt' ? 'its CRC-32 does not match' : 'it is no message of this workload';
      this.#odd(
        decoded.why,
        topic,
        `${payload.length} bytes: ${why}; they begin ${payload.subarray(0, 32).toString('hex')}`,
      );
      return;
    }
    const { header } = decoded;
    if (header.run === run && this.#leftOut.has(header.flow)) return;
    const subscription = this.#byFlow.get(header.flow);
    if (header.run !== run || !subscription || subscription.flow.plan.topic !== topic) {
      this.#odd(
        'unsubscribed',
        topic,
        `flow ${header.flow}, message ${header.sequence}, which this client did not subscribe to on that topic`,
      );
      return;
    }
    if (header.kind !== 'flow') {
      this.#unseen.delete(header.flow);
      return;
    }
    if (header.sequence > subscription.flow.offered || header.sequence < 1) {
      this.#odd(
        'invented',
        topic,
        `message ${header.sequence} of flow ${header.flow}, of which ${subscription.flow.offered} were published`,
      );
      return;
    }
    recorder.received(subscription, header.sequence, header.sentNs / 1e6, nowMs(), { dup, messageId: packetId, qos });
  }

  #odd(kind: OddityKind, topic: string, detail: string): void {
    const { clientId, node } = this.#options.plan;
    this.#options.recorder.odd(kind, { clientId, node, topic, atMs: this.#options.nowMs(), detail });
  }
}
