/**
 * What the process exits with (README, "How to read a score"). `fail` and `inconclusive` are verdicts, the others are accidents.
 */
export const exitCodes = {
  pass: 0,
  fail: 1,
  inconclusive: 2,
  usage: 3,
  infrastructure: 4,
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Where in a file the user should look; lines and columns count from 1. */
export type Location = { readonly file: string; readonly line?: number; readonly column?: number };

/** One thing that went wrong, as a user reads it. */
export type Problem = {
  readonly message: string;
  readonly hint?: string;
  readonly location?: Location;
};

export type ErrorCode =
  | 'usage'
  | 'config'
  | 'build'
  | 'boot'
  | 'port'
  | 'cluster'
  | 'fault'
  | 'workload'
  | 'report'
  | 'residue'
  | 'cancelled'
  | 'internal';

/** The one error class: what went wrong, where, and what to do about it. Several problems of one kind travel together. */
export class ChaosError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly location: Location | undefined;
  readonly problems: readonly Problem[];
  /** The last lines of what another program said. */
  readonly output: readonly string[];

  constructor(
    code: ErrorCode,
    message: string,
    detail: {
      hint?: string;
      location?: Location;
      problems?: readonly Problem[];
      output?: readonly string[];
      cause?: unknown;
    } = {},
  ) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'ChaosError';
    this.code = code;
    this.hint = detail.hint;
    this.location = detail.location;
    this.problems = detail.problems ?? [];
    this.output = detail.output ?? [];
  }

  get exitCode(): ExitCode {
    if (this.code === 'usage' || this.code === 'config') return exitCodes.usage;
    if (this.code === 'cancelled') return exitCodes.cancelled;
    return exitCodes.infrastructure;
  }
}

/** The text of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
