import type { z } from 'zod';

/** What a scenario file may say of one kind of fault. */
export type FaultSchema<Parameters = unknown> = {
  readonly kind: string;
  /** One line for `list` and the documentation. */
  readonly summary: string;
  /** How its parameters are written, in Markdown, for docs/scenarios.md. */
  readonly usage: string;
  /** What it can strike: links between processes, or nodes. */
  readonly strikes: 'links' | 'nodes';
  /** Of two of them on one target at the same time the later one would replace the earlier one: a scenario cannot have that. */
  readonly replacesItself?: true;
  /** Checks and converts what the scenario file says beside kind, on, at and for. */
  readonly parameters: z.ZodType<Parameters>;
};
