import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { IPublishPacket, Packet } from 'mqtt-packet';
import { sabotages } from '../../src/sabotage/registry.ts';
import { type Line, message, middle } from '../support/middle.ts';

type Qos = 0 | 1 | 2;
type Exchange = { readonly publish: IPublishPacket; released: boolean };

/**
 * One end of a connection with a session that it keeps: it sends messages, answers those of the other end, sends again what was not
 * acknowledged, and notes what the other end does wrong.
 */
class End {
  readonly wrong: string[] = [];
  readonly #open = new Map<number, Exchange>();
  readonly #received = new Set<number>();
  #sequence = 0;

  /** Messages that are not acknowledged to the end. */
  get open(): number {
    return this.#open.size;
  }

  message(qos: Qos): Packet {
    this.#sequence++;
    const publish = message(this.#sequence, { qos, topic: `t/${this.#sequence % 3}` });
    if (qos > 0) this.#open.set(this.#sequence, { publish, released: false });
    return publish;
  }

  /** What is sent first on a new connection. */
  again(): Packet[] {
    return [...this.#open].map(([messageId, { publish, released }]) =>
      released ? { cmd: 'pubrel', messageId } : { ...publish, dup: true },
    );
  }

  answer(packet: Packet): Packet[] {
    const { messageId = 0 } = packet;
    const exchange = this.#open.get(messageId);
    const expected = (isIt: boolean): void => {
      if (!isIt) this.wrong.push(`${packet.cmd} ${messageId}`);
    };
    switch (packet.cmd) {
      case 'publish':
        if (packet.qos === 0) return [];
        if (packet.qos === 1) return [{ cmd: 'puback', messageId }];
        expected(packet.dup || !this.#received.has(messageId));
        this.#received.add(messageId);
        return [{ cmd: 'pubrec', messageId }];
      case 'pubrel':
        this.#received.delete(messageId);
        return [{ cmd: 'pubcomp', messageId }];
      case 'puback':
        expected(exchange?.publish.qos === 1);
        this.#open.delete(messageId);
        return [];
      case 'pubrec':
        expected(exchange?.publish.qos === 2);
        if (exchange) exchange.released = true;
        return [{ cmd: 'pubrel', messageId }];
      case 'pubcomp':
        expected(exchange?.released === true);
        this.#open.delete(messageId);
        return [];
      default:
        return [];
    }
  }
}

/** What happens next: a side sends a message, a side reads a packet, or the connection is lost with all that was on its way. */
type Step =
  | { readonly do: 'send'; readonly side: 'client' | 'broker'; readonly qos: Qos }
  | { readonly do: 'read'; readonly side: 'client' | 'broker' }
  | { readonly do: 'reconnect' };

const side = fc.constantFrom('client' as const, 'broker' as const);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ do: fc.constant('send' as const), side, qos: fc.constantFrom<Qos>(0, 1, 2) }) },
    { weight: 8, arbitrary: fc.record({ do: fc.constant('read' as const), side }) },
    { weight: 1, arbitrary: fc.constant({ do: 'reconnect' as const }) },
  ),
  { maxLength: 120 },
);

/** Two ends with a man in the middle; `onTheWay` has left him and was not read. */
class Session {
  readonly client = new End();
  readonly broker = new End();
  readonly #connect: () => Line;
  #line: Line;
  #onTheWay: { client: Packet[]; broker: Packet[] } = { client: [], broker: [] };

  constructor(name: string, version: 4 | 5, seed: string) {
    const { connect } = middle(name, version, seed);
    this.#connect = () => {
      const line = connect('c', { clean: false });
      line.hears({ cmd: 'connack', sessionPresent: true, returnCode: 0, reasonCode: 0 });
      line.conversation.quiet();
      return line;
    };
    this.#line = this.#connect();
  }

  take(step: Step): void {
    if (step.do === 'reconnect') this.#reconnect();
    else if (step.do === 'send') this.#send(step.side, this[step.side].message(step.qos));
    else this.#read(step.side);
    if (this.#line.closed.length > 0) this.#reconnect();
  }

  /** Until nothing is on the way any more, on a connection that lasts. */
  finish(): void {
    for (let quietTurns = 0; quietTurns < 3; ) {
      const before = this.#onTheWay.client.length + this.#onTheWay.broker.length;
      this.take({ do: 'read', side: 'client' });
      this.take({ do: 'read', side: 'broker' });
      if (before > 0) continue;
      this.#line.conversation.quiet();
      this.#collect();
      quietTurns++;
    }
  }

  #send(from: 'client' | 'broker', packet: Packet): void {
    this.#onTheWay[from === 'client' ? 'broker' : 'client'].push(
      ...(from === 'client' ? this.#line.says(packet) : this.#line.hears(packet)),
    );
    this.#collect();
  }

  #read(at: 'client' | 'broker'): void {
    const packet = this.#onTheWay[at].shift();
    if (packet !== undefined) for (const answer of this[at].answer(packet)) this.#send(at, answer);
  }

  #collect(): void {
    for (const to of ['client', 'broker'] as const) this.#onTheWay[to].push(...this.#line.taken(to));
  }

  #reconnect(): void {
    this.#onTheWay = { client: [], broker: [] };
    this.#line = this.#connect();
    for (const packet of this.client.again()) this.#send('client', packet);
    for (const packet of this.broker.again()) this.#send('broker', packet);
  }
}

/** What a decoder refuses. */
const malformed = ['reserved-flags', 'short-suback'];
/** Nobody acknowledges what these keep back. */
const unfinished = ['hold-until-reconnect', 'silence-after-return', 'withhold-acknowledgement'];
/** Those who break the protocol towards the client, on purpose. */
const wrongForClients = ['resend-without-dup', 'reuse-packet-id'];
const sound = sabotages.filter(({ name }) => !malformed.includes(name));

describe('between two sound ends, with messages both ways and connections that are lost', () => {
  test.each(sound.flatMap(({ name, versions }) => versions.map((version) => [name, version] as const)))(
    '%s (protocol level %i) keeps the protocol with the broker, and leaves no exchange open',
    (name, version) => {
      fc.assert(
        fc.property(steps, fc.string({ maxLength: 3 }), (taken, seed) => {
          const session = new Session(name, version, seed);
          for (const step of taken) session.take(step);
          session.finish();
          expect(session.broker.wrong).toEqual([]);
          if (!wrongForClients.includes(name)) expect(session.client.wrong).toEqual([]);
          if (unfinished.includes(name)) return;
          expect([session.client.open, session.broker.open]).toEqual([0, 0]);
        }),
        { numRuns: 60 },
      );
    },
  );
});
