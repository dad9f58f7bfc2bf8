import type { ISubscriptionMap, MqttClient } from 'mqtt';
import { createClient, type Endpoint, ended, isAccepted, purgeSession } from '../../client.ts';
import { decodePayload } from '../../payload.ts';
import type { Presence } from '../../presence.ts';
import type { OddityKind } from './facts.ts';
import type { Qos, SubscriberPlan } from './plan.ts';
import type { Recorder, SessionRecord, SubscriptionRecord } from './recorder.ts';

/** How long a client that cannot leave yet waits before it tries again. */
const leaveAgainMs = 100;

type SubscriberOptions = {
  readonly plan: SubscriberPlan;
  readonly recorder: Recorder;
  readonly endpoint: Endpoint;
  readonly run: number;
  readonly nowMs: () => number;
};

/** One subscribing client: it notes every delivery, and subscribes anew only when the broker says that it kept no session. */
export class Subscriber {
  readonly client: MqttClient;
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
  #subscribing = false;
  #online = false;
  /** The client itself ended the connection, for nothing was heard on it. */
  #gaveUp = false;
  #lastHeardMs = 0;
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
    const { clientId, node, session } = plan;
    this.#session = recorder.session(clientId, node, 'subscriber', [...this.#byFlow.keys()], session);
    this.#presence = recorder.client(clientId, node, 'subscriber', nowMs());
    this.client = createClient(options.endpoint, { clientId, clean: session === 'clean' });
    this.client.on('packetsend', (packet) => {
      if (packet.cmd !== 'connect') return;
      this.#presence.attempt(nowMs());
      recorder.connecting(this.#session);
    });
    this.client.on('error', (error) => {
      // mqtt.js has no code for it. Everything else that ends a connection comes from the other side, which was there until then.
      if (error.message === 'Keepalive timeout') this.#gaveUp = true;
    });
    this.client.on('packetreceive', (packet) => {
      this.#lastHeardMs = nowMs();
      // mqtt.js delivers a QoS 2 message with its PUBREL.
      if (packet.cmd === 'publish' && packet.qos === 2) this.#arrived(packet.topic, packet.payload);
      if (packet.cmd !== 'connack') return;
      if (!isAccepted(packet)) {
        recorder.refused(this.#session);
        return;
      }
      if (this.#accepted && !this.#returning) recorder.reconnected(nowMs());
      this.#accepted = true;
      this.#returning = false;
      recorder.connected(this.#session, packet.sessionPresent, nowMs());
    });
    this.client.on('connect', (packet) => {
      this.#online = true;
      this.#gaveUp = false;
      if (packet.sessionPresent && this.#subscribed) {
        this.#serve();
        return;
      }
      this.#subscribed = false;
      this.#refused = new Set();
      this.#presence.enter('connected', nowMs());
      this.#subscribe();
    });
    this.client.on('close', () => {
      recorder.disconnected(this.#session, nowMs());
      if (plan.session === 'clean') {
        if (this.#online) recorder.cleanSessionEnded(plan, this.#gaveUp ? this.#lastHeardMs : nowMs());
        this.#subscribed = false;
      }
      this.#online = false;
      this.#presence.enter('disconnected', nowMs());
      this.#subscribing = false;
    });
    this.client.on('message', (topic, payload, packet) => this.#receive(topic, payload, packet));
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
      // A client that a fault keeps out does not leave of its own will, and end() waits for ever for a SUBACK that cannot come.
      if (!this.client.connected || !this.#subscribed) {
        this.#roaming = setTimeout(leave, leaveAgainMs);
        return;
      }
      const away = { state: 'leaving' as 'leaving' | 'gone', end: recorder.away(plan, nowMs()) };
      this.#away = away;
      await ended(this.client, { force: false, returns: true });
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
    await ended(this.client, { force: false, returns: true });
    this.#return();
  }

  /** Disconnects, and takes the persistent session off the broker. */
  async end(): Promise<void> {
    this.#settled = true;
    this.#over = true;
    clearTimeout(this.#roaming);
    await ended(this.client, { force: !this.client.connected });
    if (this.#options.plan.session === 'persistent')
      await purgeSession(this.#options.endpoint, this.#options.plan.clientId);
  }

  /** Its absence ends when it sets out to return: a broker that does not let it in is not excused by it. */
  #return(): void {
    this.#away?.end(this.#options.nowMs());
    this.#away = undefined;
    if (this.#over) return;
    this.#returning = true;
    const stores = {
      incomingStore: this.client.options.incomingStore,
      outgoingStore: this.client.options.outgoingStore,
    };
    this.client.reconnect(stores as Parameters<MqttClient['reconnect']>[0]);
  }

  #subscribe(): void {
    if (this.#subscribing) return;
    if (this.#byFlow.size === 0) {
      this.#granted([]);
      return;
    }
    this.#subscribing = true;
    const wanted: ISubscriptionMap = {} as ISubscriptionMap;
    for (const { filter, qos, flows } of this.#options.plan.subscriptions)
      if (flows.some((flow) => this.#byFlow.has(flow))) wanted[filter] = { qos };
    this.client.subscribe(wanted, (error, _, packet) => {
      this.#subscribing = false;
      // Without a SUBACK the connection is gone, and the next CONNACK asks again.
      if (packet?.granted === undefined) return;
      const filters = Object.keys(wanted);
      const codes = packet.granted.map(Number);
      this.#granted(filters.map((filter, i) => [filter, codes[i] ?? 0x80]));
      // A node that is coming up may refuse for a while.
      if (error) setTimeout(() => this.client.connected && !this.#subscribed && this.#subscribe(), 250).unref();
    });
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

  #arrived(topic: string, payload: string | Buffer): void {
    const decoded = decodePayload(Buffer.from(payload));
    if (!decoded.ok || decoded.header.run !== this.#options.run || decoded.header.kind !== 'flow') return;
    const { flow, sequence } = decoded.header;
    const subscription = this.#byFlow.get(flow);
    if (subscription?.flow.plan.topic === topic && sequence <= subscription.flow.offered)
      this.#options.recorder.arrived(subscription, sequence);
  }

  #receive(topic: string, payload: Buffer, packet: { dup: boolean; messageId?: number | undefined }): void {
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
    recorder.received(subscription, header.sequence, header.sentNs / 1e6, nowMs(), packet);
  }

  #odd(kind: OddityKind, topic: string, detail: string): void {
    const { clientId, node } = this.#options.plan;
    this.#options.recorder.odd(kind, { clientId, node, topic, atMs: this.#options.nowMs(), detail });
  }
}
