import { deserialize, serialize } from 'node:v8';
import type { Packet } from 'mqtt-packet';
import { type Event, emptyState, type Message, type Output, type Qos, type State } from '../../src/embedded/model.ts';
import { isReady, lastSeqOf } from '../../src/embedded/outboxes.ts';
import { apply, nextDueAtMs } from '../../src/embedded/state.ts';

/*
 * A cluster of states without processes: what travels, and when, is chosen by the test. Nodes die and come back from
 * their events; links are cut and healed; clients read and acknowledge when they are told to.
 */

type SimNode = {
  readonly name: string;
  state: State;
  readonly events: Event[];
  isAlive: boolean;
  /** The connection of each client id; what it is sent after a kill it never sees. */
  readonly connections: Map<string, Client>;
};

export class Simulation {
  readonly nodes: readonly SimNode[];
  readonly names: readonly string[];
  nowMs = 1000;
  /** Messages of sessions that others have replaced. */
  discarded = 0;
  private readonly cutLinks = new Set<string>();
  private readonly linked = new Set<string>();

  constructor(size: number) {
    this.names = Array.from({ length: size }, (_, index) => `node${index + 1}`);
    this.nodes = this.names.map((name) => ({
      name,
      state: emptyState(name, `epoch-of-${name}`),
      events: [],
      isAlive: false,
      connections: new Map(),
    }));
    for (const { name } of this.nodes) this.start(name);
  }

  node(name: string): SimNode {
    const node = this.nodes.find((candidate) => candidate.name === name);
    if (node === undefined) throw new Error(`no ${name}`);
    return node;
  }

  dispatch(name: string, event: Event): void {
    const node = this.node(name);
    if (!node.isAlive) return;
    node.events.push(copyOf(event));
    this.emit(node, apply(node.state, event));
  }

  private emit(node: SimNode, outputs: readonly Output[]): void {
    for (const output of outputs) {
      if (output.kind === 'discarded') this.discarded += output.count;
      const client = node.connections.get(output.clientId);
      if (client === undefined) continue;
      if (output.kind === 'send') client.inbox.push(output.packet);
      else if (output.kind === 'refuse') client.inbox.push({ cmd: 'connack', reasonCode: 0x88, sessionPresent: false });
      if (output.kind === 'refuse' || output.kind === 'close') node.connections.delete(output.clientId);
      if (output.kind === 'close') client.lostConnection();
    }
  }

  start(name: string): void {
    const node = this.node(name);
    if (node.isAlive) return;
    node.isAlive = true;
    const peers = this.names.filter((peer) => peer !== name);
    this.dispatch(name, { type: 'start', peers, mutant: undefined, nowMs: this.nowMs });
    this.relink();
  }

  /** The state that a restart finds is that of the events. */
  kill(name: string): void {
    const node = this.node(name);
    if (!node.isAlive) return;
    node.isAlive = false;
    for (const client of node.connections.values()) client.lostConnection();
    node.connections.clear();
    const replayed = emptyState(name, `epoch-of-${name}`);
    for (const event of node.events) apply(replayed, copyOf(event));
    if (JSON.stringify(flat(replayed)) !== JSON.stringify(flat(node.state))) throw new Error('replay differs');
    node.state = replayed;
    this.relink();
  }

  cut(a: string, b: string): void {
    this.cutLinks.add(`${a}>${b}`).add(`${b}>${a}`);
    this.relink();
  }

  heal(): void {
    this.cutLinks.clear();
    for (const { name } of this.nodes) this.start(name);
    this.relink();
  }

  /** Links come up and go down as nodes and cuts have it. */
  private relink(): void {
    for (const from of this.names) {
      for (const to of this.names) {
        if (from === to) continue;
        const link = `${from}>${to}`;
        const isUp = this.node(from).isAlive && this.node(to).isAlive && !this.cutLinks.has(link);
        if (isUp && !this.linked.has(link)) {
          this.linked.add(link);
          const { state } = this.node(to);
          const seq = lastSeqOf(state, from, this.node(from).state.epoch);
          this.dispatch(from, { type: 'peer-welcome', peer: to, epoch: state.epoch, seq, nowMs: this.nowMs });
        } else if (!isUp && this.linked.delete(link)) {
          this.dispatch(from, { type: 'peer-lost', peer: to, nowMs: this.nowMs });
        }
      }
    }
  }

  /** Carries up to `count` items that the receiver has not had, and now and then confirms them. */
  carry(from: string, to: string, count: number, confirms: boolean): boolean {
    if (!this.linked.has(`${from}>${to}`)) return false;
    const { state: sender } = this.node(from);
    const { state: receiver } = this.node(to);
    let carried = 0;
    for (const [seq, item] of [...(sender.outboxes.get(to)?.items ?? [])]) {
      if (carried === count) break;
      if (seq <= lastSeqOf(receiver, from, sender.epoch)) continue;
      if (!isReady(receiver, item)) break;
      carried += 1;
      const { epoch } = sender;
      const copy = copyOf(item);
      const { nowMs } = this;
      this.dispatch(to, { type: 'peer-item', peer: from, epoch, seq, item: copy, sentAtMs: nowMs, nowMs });
    }
    if (confirms) {
      this.dispatch(from, { type: 'peer-confirm', peer: to, seq: lastSeqOf(receiver, from, sender.epoch) });
    }
    return carried > 0;
  }

  /** Lets time pass; what is due happens. */
  wait(durationMs: number): void {
    this.nowMs += durationMs;
    for (const { name, state } of this.nodes) {
      if (nextDueAtMs(state) <= this.nowMs) this.dispatch(name, { type: 'tick', nowMs: this.nowMs });
    }
  }

  /** Everything that can travel does, and clients read and answer all they get. */
  settle(clients: readonly Client[]): void {
    for (let isBusy = true; isBusy; ) {
      isBusy = false;
      for (const from of this.names) {
        for (const to of this.names)
          if (from !== to && this.carry(from, to, Number.POSITIVE_INFINITY, true)) isBusy = true;
      }
      for (const client of clients) if (client.read(Number.POSITIVE_INFINITY)) isBusy = true;
    }
  }
}

/** As the journal and the links copy it. */
function copyOf<Value>(value: Value): Value {
  return deserialize(serialize(value)) as Value;
}

/** Maps and sets as text. */
function flat(value: unknown): unknown {
  if (value instanceof Map) return [...value].map(flat);
  if (value instanceof Set) return [...value].map(flat);
  if (Buffer.isBuffer(value)) return value.toString('hex');
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex');
  if (Array.isArray(value)) return value.map(flat);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, flat(inner)]));
  }
  return value === Number.POSITIVE_INFINITY ? 'Infinity' : value;
}

/** A client that keeps its session, on both sides. */
export class Client {
  readonly inbox: Packet[] = [];
  /** The payloads that the application got. */
  readonly got: string[] = [];
  /** What the server said of the session at each connection. */
  readonly present: boolean[] = [];
  readonly refused: number[] = [];
  /** Payloads whose publication was acknowledged. */
  readonly acknowledged = new Set<string>();
  /** Called whenever a new session begins, so with no subscription. */
  onNewSession: () => void = () => {};
  /** Called when SUBACK is read. */
  onSubscribed: () => void = () => {};
  readonly clientId: string;
  private readonly simulation: Simulation;
  private at: string | undefined;
  private isWelcome = false;
  private readonly receivedIds = new Set<number>();
  private readonly unacknowledged = new Map<number, Message>();
  private readonly toRelease = new Set<number>();
  private lastId = 0;
  private readonly acknowledgedFilters: Set<string> = new Set();
  private pendingFilters = new Map<number, string>();

  constructor(simulation: Simulation, clientId: string) {
    this.simulation = simulation;
    this.clientId = clientId;
  }

  get where(): string | undefined {
    return this.at;
  }

  isSubscribed(filter: string): boolean {
    return this.acknowledgedFilters.has(filter);
  }

  connect(name: string, more: { readonly will?: Message; readonly clean?: boolean } = {}): void {
    const node = this.simulation.node(name);
    if (!node.isAlive) return;
    this.breakOff(false);
    this.at = name;
    node.connections.set(this.clientId, this);
    const { nowMs } = this.simulation;
    const { clientId } = this;
    const options = {
      expiryMs: Number.POSITIVE_INFINITY,
      receiveMaximum: 2,
      maximumPacketBytes: Number.POSITIVE_INFINITY,
      assignedClientId: undefined,
      serverKeepAliveS: undefined,
    };
    this.simulation.dispatch(name, {
      type: 'connect',
      clientId,
      clean: more.clean ?? false,
      will: more.will,
      options,
      nowMs,
    });
  }

  /** The connection breaks: the node may notice, or find out by the next connection. */
  breakOff(isNoticed: boolean): void {
    const name = this.at;
    this.lostConnection();
    if (name === undefined) return;
    const { connections } = this.simulation.node(name);
    if (connections.get(this.clientId) !== this) return;
    connections.delete(this.clientId);
    const { clientId } = this;
    if (isNoticed) {
      const { nowMs } = this.simulation;
      this.simulation.dispatch(name, { type: 'disconnect', clientId, abnormal: true, nowMs });
    }
  }

  lostConnection(): void {
    this.at = undefined;
    this.isWelcome = false;
    this.inbox.length = 0;
    this.pendingFilters.clear();
  }

  subscribe(filter: string, qos: Qos): void {
    if (!this.isWelcome) return;
    this.lastId += 1;
    this.pendingFilters.set(this.lastId, filter);
    const shared = filter.startsWith('$share/');
    const filters = [{ filter, qos, shared }];
    this.dispatch({ type: 'subscribe', messageId: this.lastId, filters });
  }

  /** Answers whether it could. */
  publish(topic: string, text: string, qos: 1 | 2): boolean {
    if (!this.isWelcome || this.unacknowledged.size > 50) return false;
    this.lastId += 1;
    const message = { topic, payload: Buffer.from(text), qos, retain: false };
    this.unacknowledged.set(this.lastId, message);
    this.dispatch({ type: 'publish', messageId: this.lastId, message });
    return true;
  }

  read(count: number): boolean {
    let done = 0;
    for (; done < count; done++) {
      const packet = this.inbox.shift();
      if (packet === undefined) break;
      this.receive(packet);
    }
    return done > 0;
  }

  private receive(packet: Packet): void {
    const messageId = packet.messageId ?? 0;
    switch (packet.cmd) {
      case 'connack':
        this.welcome(packet.sessionPresent, packet.reasonCode ?? 0);
        break;
      case 'suback': {
        const filter = this.pendingFilters.get(messageId);
        if (filter !== undefined) {
          this.acknowledgedFilters.add(filter);
          this.onSubscribed();
        }
        break;
      }
      case 'publish':
        if (packet.qos < 2 || !this.receivedIds.has(messageId)) this.got.push(packet.payload.toString());
        if (packet.qos === 1) this.dispatch({ type: 'puback', messageId });
        if (packet.qos === 2) {
          this.receivedIds.add(messageId);
          this.dispatch({ type: 'pubrec', messageId });
        }
        break;
      case 'pubrel':
        this.receivedIds.delete(messageId);
        this.dispatch({ type: 'pubcomp', messageId });
        break;
      case 'puback':
        this.published(messageId);
        break;
      case 'pubrec':
        this.published(messageId);
        this.toRelease.add(messageId);
        this.dispatch({ type: 'pubrel', messageId });
        break;
      case 'pubcomp':
        this.toRelease.delete(messageId);
        break;
    }
  }

  private published(messageId: number): void {
    const message = this.unacknowledged.get(messageId);
    if (message !== undefined) this.acknowledged.add(message.payload.toString());
    this.unacknowledged.delete(messageId);
  }

  private welcome(sessionPresent: boolean, reasonCode: number): void {
    if (reasonCode !== 0) {
      this.refused.push(reasonCode);
      this.lostConnection();
      return;
    }
    this.isWelcome = true;
    this.present.push(sessionPresent);
    if (!sessionPresent) {
      this.receivedIds.clear();
      this.toRelease.clear();
      // Whether these were taken nobody knows any more.
      this.unacknowledged.clear();
      this.acknowledgedFilters.clear();
      this.onNewSession();
    }
    for (const messageId of this.toRelease) this.dispatch({ type: 'pubrel', messageId });
    for (const [messageId, message] of this.unacknowledged) this.dispatch({ type: 'publish', messageId, message });
  }

  private dispatch(
    event:
      | { type: 'puback' | 'pubrec' | 'pubrel' | 'pubcomp'; messageId: number }
      | { type: 'publish'; messageId: number; message: Message }
      | { type: 'subscribe'; messageId: number; filters: { filter: string; qos: Qos; shared: boolean }[] },
  ): void {
    if (this.at === undefined) return;
    const { nowMs } = this.simulation;
    this.simulation.dispatch(this.at, { ...event, clientId: this.clientId, nowMs });
  }
}
