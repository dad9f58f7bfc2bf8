import type { Random } from '../../base/random.ts';

/** The protocol level in CONNECT: 4 is MQTT 3.1.1, 5 is MQTT 5.0. */
export type Level = 4 | 5;

/** The two clients of a sequence. */
export type Party = 'a' | 'b';

export type Will = {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  /** The Will Properties of MQTT 5, without their length. */
  readonly properties?: Buffer;
};

/** A legal CONNECT, which the broker must accept before the session's packets are sent. Credentials are the sender's business. */
export type Opening = {
  readonly level: Level;
  /** Undefined: a client identifier of its own. */
  readonly clientId?: string;
  /** The session outlives its connection: the sender ends it when the fault is healed. */
  readonly kept?: true;
  readonly will?: Will;
  /** The properties of MQTT 5, without their length; `sessionProperties` unless said. */
  readonly properties?: Buffer;
};

/** One step of a sequence. Bytes may answer what the broker has sent to this client since its CONNECT. */
export type Step = { readonly by: Party } & (
  | { readonly does: 'open'; readonly opening: Opening }
  | { readonly does: 'send'; readonly bytes: Buffer | ((heard: Buffer) => Buffer) }
  /** Goes on at the next bytes from the broker, at the end of the connection, or after a while. */
  | { readonly does: 'wait' }
  /** RST. */
  | { readonly does: 'cut' }
);

type Named = {
  readonly name: string;
  /** What it breaks: a clause of MQTT 3.1.1, a section of it, or the same of MQTT 5.0 with `5.0` before it. After a comma: why it breaks nothing. */
  readonly breaks: string;
};

/** The first bytes on a connection. */
export type FirstClass = Named & {
  readonly sent: 'first';
  /** How they are written; `whole` unless said. `drip`: a byte now and then. `half-open`: followed by FIN, and read on. */
  readonly manner?: 'drip' | 'half-open';
  /** Draws everything that may vary from `random`. */
  readonly make: (random: Random) => Buffer;
};

/** Bytes that follow a CONNECT of this level that was accepted. */
export type SessionClass = Named & {
  readonly sent: 'session';
  readonly level: Level;
  readonly make: (random: Random) => Buffer;
};

/** Steps of two clients. Each waits for the one before it. */
export type SequenceClass = Named & {
  readonly sent: 'sequence';
  /** The highest level among its sessions. */
  readonly level: Level;
  /** It sets RETAIN, and deletes what it retained with its last steps. */
  readonly retains?: true;
  readonly steps: (random: Random) => readonly Step[];
};

/** One way in which packets can be wrong. */
export type BrokenClass = FirstClass | SessionClass | SequenceClass;

/** The same rule has another number in each version of MQTT: first that of 3.1.1, then that of 5.0. */
export type Rule = readonly [in311: string, in50: string];

/** As `BrokenClass` names it: `5.0` stands before a clause of MQTT 5.0. What is changed at random breaks `any`. */
export function clauseAt(level: Level, [in311, in50]: Rule): string {
  return level === 4 || in50 === 'any' ? in311 : `5.0 ${in50}`;
}

/** The same class has a name of its own at each level. */
export function nameAt(level: Level, name: string): string {
  return level === 4 ? name : `v5-${name}`;
}
