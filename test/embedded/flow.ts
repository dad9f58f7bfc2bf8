import { type MqttClient, Store } from 'mqtt';
import { type Cluster, eventually } from './support.ts';

type Qos = 0 | 1 | 2;

type Stores = { readonly incomingStore: Store; readonly outgoingStore: Store };

/** A numbered stream of messages from one client to another, and what became of them. */
export class Flow {
  readonly topic: string;
  readonly qos: Qos;
  readonly publisher: MqttClient;
  readonly subscriber: MqttClient;
  readonly arrived: number[] = [];
  corrupt = 0;
  sent = 0;
  private readonly acknowledged = new Set<number>();
  private readonly stores: Stores;
  private isReady = true;
  private timer: NodeJS.Timeout | undefined;

  private constructor(topic: string, qos: Qos, publisher: MqttClient, subscriber: MqttClient, stores: Stores) {
    this.stores = stores;
    this.topic = topic;
    this.qos = qos;
    this.publisher = publisher;
    this.subscriber = subscriber;
    // Not `connected`: between CONNACK and "connect" mqtt.js repeats what it has stored, and a publish made meanwhile is
    // forgotten without a word when that connection breaks too.
    publisher.on('connect', () => {
      this.isReady = true;
    });
    publisher.on('close', () => {
      this.isReady = false;
    });
    subscriber.on('message', (to, payload) => {
      if (to !== topic) return;
      const text = payload.toString();
      const match = /^(\d+) x{20}$/.exec(text);
      if (match === null) this.corrupt += 1;
      else this.arrived.push(Number(match[1]));
    });
  }

  /** Sessions are kept on both sides, so that nothing but the broker decides what arrives. */
  static async open(cluster: Cluster, from: number, to: number, qos: Qos): Promise<Flow> {
    const topic = `flow/${from}/${to}/${qos}`;
    const publisher = await cluster.connected(from, { clientId: `pub-${topic}`, clean: false, queueQoSZero: false });
    const stores = { incomingStore: new Store({ clean: false }), outgoingStore: new Store({ clean: false }) };
    const subscriber = await cluster.connected(to, { clientId: `sub-${topic}`, clean: false, ...stores });
    await subscriber.subscribeAsync(topic, { qos });
    return new Flow(topic, qos, publisher, subscriber, stores);
  }

  publish(): void {
    const number = this.sent;
    this.sent += 1;
    this.publisher.publish(this.topic, `${number} ${'x'.repeat(20)}`, { qos: this.qos }, (error) => {
      if (!error) this.acknowledged.add(number);
    });
  }

  /** Publishes until stopped, while the client is ready. */
  run(everyMs: number): void {
    this.timer = setInterval(() => {
      if (this.isReady) this.publish();
    }, everyMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** The subscriber says goodbye, or just goes. */
  async leave(rudely = false): Promise<void> {
    await new Promise((resolve) => this.subscriber.end(rudely, {}, resolve));
  }

  /** With the stores it had: mqtt.js would forget the QoS 2 messages that were half received, and seem to lose them. */
  comeBack(): void {
    this.subscriber.reconnect(this.stores);
  }

  /** Every message has its acknowledgement: at QoS 1 and 2 the client repeats it until it does. */
  async settled(): Promise<void> {
    this.stop();
    await eventually(`${this.topic}: all ${this.sent} acknowledged`, () => this.acknowledged.size === this.sent);
  }

  /** Waits until all that is acknowledged has come, or nothing more comes for a good while. */
  async drained(quietMs = 3000): Promise<void> {
    let before = -1;
    let quietSince = performance.now();
    await eventually(`${this.topic}: quiet`, () => {
      if (this.arrived.length !== before) {
        before = this.arrived.length;
        quietSince = performance.now();
      }
      return this.lost().length === 0 || performance.now() - quietSince > quietMs;
    });
  }

  lost(): number[] {
    const seen = new Set(this.arrived);
    return [...this.acknowledged].filter((number) => !seen.has(number));
  }

  duplicates(): number {
    return this.arrived.length - new Set(this.arrived).size;
  }

  /** First arrivals that come after a later one. */
  inversions(): number {
    const seen = new Set<number>();
    let highest = -1;
    let count = 0;
    for (const number of this.arrived) {
      if (seen.has(number)) continue;
      seen.add(number);
      if (number < highest) count += 1;
      highest = Math.max(highest, number);
    }
    return count;
  }
}
