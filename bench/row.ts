/** One figure of a benchmark, measured in this run. */
export type BenchRow = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it should be, as a reader sees it: `< 60`. */
  readonly aim?: string;
  readonly met?: boolean;
};
