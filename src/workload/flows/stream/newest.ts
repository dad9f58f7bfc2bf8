/**
 * The newest message of a flow that has arrived, for each run of messages whose order is owed. A flow is one run, but where its publisher has gone on to
 * another node: what it had written before may come later than what it wrote there.
 */
export class Newest {
  readonly #runs: { readonly from: number; newest: number }[] = [{ from: 1, newest: 0 }];

  /** A new run begins with that sequence number, which no message has had. */
  begin(from: number): void {
    if (this.#runs.at(-1)?.from !== from) this.#runs.push({ from, newest: 0 });
  }

  /** The newest message of its run that has arrived; 0 before the first one. */
  before(sequence: number): number {
    return this.#run(sequence).newest;
  }

  note(sequence: number): void {
    const run = this.#run(sequence);
    run.newest = Math.max(run.newest, sequence);
  }

  #run(sequence: number): { readonly from: number; newest: number } {
    return this.#runs.findLast(({ from }) => from <= sequence) ?? (this.#runs[0] as { from: number; newest: number });
  }
}
