/** The clause that a breach is of, by version: a conformance statement such as `MQTT-3.3.1-4`, or a section where the text has no number for it. */
export type Clause = {
  /** MQTT 3.1.1 (OASIS Standard, 29 October 2014); null where that version has no such rule. */
  readonly v311: string | null;
  /** MQTT 5.0 (OASIS Standard, 7 March 2019); null where that version has no such rule. */
  readonly v5: string | null;
};

/** One thing that a broker sent and that the standard forbids. */
export type Finding = {
  readonly clause: Clause;
  /** What was sent, as the end of a sentence that begins with the broker. */
  readonly what: string;
};

/** A finding with its evidence. */
export type Breach = Finding & {
  readonly version: ProtocolVersion;
  /** The first 64 bytes of the packet, in hexadecimal. */
  readonly bytesHex: string;
  /** When the chunk that completed the packet was read: monotonic milliseconds. */
  readonly atMs: number;
};

/** MQTT 3.1.1 is protocol level 4. */
export type ProtocolVersion = 4 | 5;

/** How much of a packet is kept as evidence. */
const evidenceBytes = 64;

export function evidenceOf(bytes: Buffer): string {
  return bytes.subarray(0, evidenceBytes).toString('hex');
}

/** The same section or statement in both versions. */
export function both(clause: string): Clause {
  return { v311: clause, v5: clause };
}

export function clause(v311: string | null, v5: string | null): Clause {
  return { v311, v5 };
}

/** Whether the rule exists in that version. */
export function applies({ v311, v5 }: Clause, version: ProtocolVersion): boolean {
  return (version === 5 ? v5 : v311) !== null;
}
