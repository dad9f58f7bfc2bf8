import type { Random } from '../../../base/random.ts';
import type { BrokenClass, Opening, Party, SequenceClass, Step } from '../../../faults/corpus/broken-class.ts';
import { clientId, openingPacket, packetsIn, types } from '../../../faults/corpus/bytes.ts';
import type { MqttPingTarget } from '../cluster/mqtt-ping.ts';
import { connackCode, type Wire } from './wire.ts';

/** What became of a broken packet: the broker ended the connection, answered and kept it, or did neither. */
export type Reaction = 'closed' | 'answered' | 'ignored';

/** What a delivery needs of the barrage that it belongs to, and what it tells it. */
export type DeliveryHost = {
  readonly target: MqttPingTarget;
  readonly random: Random;
  open(): Wire;
  /** Bytes of the class are written now; `isBroken` is false for the CONNECT of a party of a sequence. */
  wrote(bytes: Buffer, by: Party, isBroken: boolean): void;
  /** All of them are written. */
  wroteAll(): void;
  /** A session that outlives its connection begins, or ends with a CONNECT of the same client. */
  kept(clientId: string, opening: Opening): void;
};

/** A broker that has said nothing by then is taken to say nothing. */
export const patienceMs = 500;
/** After an answer, the end of the connection may still follow. */
const afterAnswerMs = 50;
const sessionWithinMs = 2_000;
/** What the next step of a sequence waits for may never come. */
const stepWithinMs = 250;

/** Sends one class, from its connections to their end. Resolves with what the broker did, or `unsent` when it came not that far. Never rejects. */
export async function deliver(broken: BrokenClass, host: DeliveryHost): Promise<Reaction | 'unsent'> {
  if (broken.sent === 'sequence') return new Sequence(host).run(broken);
  const { random, target } = host;
  const bytes = broken.make(random);
  const wire = host.open();
  try {
    const isReady =
      broken.sent === 'first'
        ? (await wire.until(() => wire.opened, sessionWithinMs)) && !wire.ended
        : await isAccepted(wire, openingPacket({ level: broken.level }, clientId(random), target));
    if (!isReady) return 'unsent';
    const before = wire.heardBytes;
    host.wrote(bytes, 'a', true);
    if (broken.sent === 'first' && broken.manner === 'half-open') wire.end(bytes);
    else if (broken.sent === 'first' && broken.manner === 'drip') wire.drip(bytes, patienceMs);
    else wire.write(bytes);
    host.wroteAll();
    return await reaction(wire, before);
  } finally {
    wire.cut();
  }
}

/** Connects and begins a session. False when the broker does not accept it in time. */
export async function isAccepted(wire: Wire, opening: Buffer, withinMs = sessionWithinMs): Promise<boolean> {
  if (!(await wire.until(() => wire.opened, withinMs))) return false;
  wire.write(opening);
  await wire.until(() => connackCode(wire.heard) !== 'none', withinMs);
  return connackCode(wire.heard) === 0;
}

async function reaction(wire: Wire, before: number): Promise<Reaction> {
  const reacted = await wire.until(() => wire.heardBytes > before, patienceMs);
  if (wire.ended) return 'closed';
  if (!reacted) return 'ignored';
  await wire.until(() => false, afterAnswerMs);
  return wire.ended ? 'closed' : 'answered';
}

/** The broker has ended it, or has said so: in MQTT 5 DISCONNECT comes before the end. */
function hasEnded({ ended, heard }: Wire): boolean {
  return ended || packetsIn(heard).some(({ type }) => type === types.disconnect);
}

/** The connections of a sequence while it runs. */
class Sequence {
  readonly #host: DeliveryHost;
  readonly #wires = new Map<Party, Wire>();
  /** What each had heard when it last spoke or waited. */
  readonly #marks = new Map<Party, number>();
  #isSent = false;
  #last: Party = 'a';
  #brokerEnded = false;

  constructor(host: DeliveryHost) {
    this.#host = host;
  }

  async run({ steps }: SequenceClass): Promise<Reaction | 'unsent'> {
    try {
      for (const step of steps(this.#host.random)) if (!(await this.#take(step))) break;
      this.#host.wroteAll();
      if (!this.#isSent) return 'unsent';
      const wire = this.#wires.get(this.#last);
      const last = wire ? await reaction(wire, this.#marks.get(this.#last) ?? 0) : 'ignored';
      return this.#hasBrokerEnded() ? 'closed' : last;
    } finally {
      for (const wire of this.#wires.values()) wire.cut();
    }
  }

  /** False when the sequence cannot go on. */
  async #take(step: Step): Promise<boolean> {
    const wire = this.#wires.get(step.by);
    if (step.does === 'open') return this.#open(step.by, step.opening);
    if (!wire) return false;
    if (step.does === 'cut') this.#cut(step.by, wire);
    else if (step.does === 'wait') {
      const before = this.#marks.get(step.by) ?? 0;
      await wire.until(() => wire.heardBytes > before, stepWithinMs);
      this.#marks.set(step.by, wire.heardBytes);
    } else this.#send(step.by, wire, typeof step.bytes === 'function' ? step.bytes(wire.heard) : step.bytes);
    return true;
  }

  async #open(by: Party, opening: Opening): Promise<boolean> {
    const { random, target } = this.#host;
    const older = this.#wires.get(by);
    if (older) this.#cut(by, older);
    const id = opening.clientId ?? clientId(random);
    const bytes = openingPacket(opening, id, target);
    const wire = this.#host.open();
    this.#wires.set(by, wire);
    if (!(await wire.until(() => wire.opened, sessionWithinMs)) || wire.ended) return false;
    this.#host.wrote(bytes, by, false);
    if (opening.kept) this.#host.kept(id, opening);
    if (!(await isAccepted(wire, bytes))) return false;
    if (!opening.kept) this.#host.kept(id, opening);
    this.#marks.set(by, wire.heardBytes);
    return true;
  }

  #send(by: Party, wire: Wire, bytes: Buffer): void {
    this.#marks.set(by, wire.heardBytes);
    this.#isSent = true;
    this.#last = by;
    this.#host.wrote(bytes, by, true);
    wire.write(bytes);
  }

  #cut(by: Party, wire: Wire): void {
    this.#brokerEnded ||= hasEnded(wire);
    this.#wires.delete(by);
    wire.cut();
  }

  #hasBrokerEnded(): boolean {
    return this.#brokerEnded || [...this.#wires.values()].some(hasEnded);
  }
}
