const largest = 65_535;

/** The packet identifiers of one session that this client assigns: none is assigned again while it is in use [MQTT-2.3.1-2, MQTT 5: 2.2.1-3]. */
export class PacketIdentifiers {
  readonly #used = new Set<number>();
  #last = 0;

  /** The one that is unused for longest, so that a late answer to its last use does not meet the next; undefined while all 65,535 are in use. */
  take(): number | undefined {
    if (this.#used.size === largest) return undefined;
    do this.#last = (this.#last % largest) + 1;
    while (this.#used.has(this.#last));
    this.#used.add(this.#last);
    return this.#last;
  }

  free(id: number): void {
    this.#used.delete(id);
  }
}
