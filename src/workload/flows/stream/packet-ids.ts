/** Messages whose packet ids are kept: the newest of a flow. */
const ringSize = 8_192;

/** The packet ids that a flow's newest messages were last sent with, by sequence number. Bounded, however many messages there are. */
export class PacketIds {
  readonly #sequences = new Uint32Array(ringSize);
  readonly #ids = new Uint16Array(ringSize);

  sent(sequence: number, packetId: number): void {
    const place = sequence % ringSize;
    // An old message that is sent again does not take the place of a newer one.
    if ((this.#sequences[place] as number) > sequence) return;
    this.#sequences[place] = sequence;
    this.#ids[place] = packetId;
  }

  /** Those of the given messages that are known, each once, in ascending order. */
  of(sequences: readonly number[]): (readonly [sequence: number, packetId: number])[] {
    return [...new Set(sequences)]
      .sort((a, b) => a - b)
      .filter((sequence) => this.#sequences[sequence % ringSize] === sequence)
      .map((sequence) => [sequence, this.#ids[sequence % ringSize] as number] as const);
  }
}
