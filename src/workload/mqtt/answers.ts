import { clause, type Finding } from './breach.ts';

/** Packets that answer one packet of ours with its packet identifier. */
export type Answer = 'puback' | 'pubrec' | 'pubcomp' | 'suback' | 'unsuback';

const asks: Readonly<Record<Answer, string>> = {
  puback: 'PUBLISH with QoS 1',
  pubrec: 'PUBLISH with QoS 2',
  pubcomp: 'PUBREL',
  suback: 'SUBSCRIBE',
  unsuback: 'UNSUBSCRIBE',
};

/**
 * What was asked and what was answered in one session, by packet identifier. A broker may answer each packet once, copies too, on whatever
 * connection; an answer more than there were questions belongs to nothing [MQTT-2.3.1-6, -7; MQTT 5: 2.2.1-5, -6].
 */
export class Answers {
  readonly #open: Readonly<Record<Answer, Map<number, number>>> = {
    puback: new Map(),
    pubrec: new Map(),
    pubcomp: new Map(),
    suback: new Map(),
    unsuback: new Map(),
  };
  /** Nothing is said while the session may be older than this client: who used it before may have asked. */
  #judges = false;

  /** A session has begun, or one that is older than this client is gone on with. */
  begin(session: 'new' | 'older'): void {
    for (const open of Object.values(this.#open)) open.clear();
    this.#judges = session === 'new';
  }

  asked(answer: Answer, id: number): void {
    const open = this.#open[answer];
    open.set(id, (open.get(id) ?? 0) + 1);
  }

  /** The finding if nothing was asked that this could answer. */
  answered(answer: Answer, id: number): Finding | undefined {
    const open = this.#open[answer];
    const count = open.get(id) ?? 0;
    if (count === 1) open.delete(id);
    else if (count > 1) open.set(id, count - 1);
    if (count > 0 || !this.#judges) return undefined;
    const isRequest = answer === 'suback' || answer === 'unsuback';
    // The text of MQTT 3.1.1 names PUBACK, PUBREC and PUBREL; for PUBCOMP it is in the delivery protocol of QoS 2.
    const v311 = isRequest ? 'MQTT-2.3.1-7' : answer === 'pubcomp' ? 'MQTT-4.3.3-2' : 'MQTT-2.3.1-6';
    return {
      clause: clause(v311, isRequest ? 'MQTT-2.2.1-6' : 'MQTT-2.2.1-5'),
      what: `sent ${answer.toUpperCase()} with packet identifier ${id}, to which no ${asks[answer]} of this session is unanswered`,
    };
  }
}
