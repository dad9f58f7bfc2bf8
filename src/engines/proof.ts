/** One thing that must be so for a fault to be in force. */
export type Condition = {
  /** What was looked at, as a reader sees it: `reactions to broken packets`. */
  readonly what: string;
  /** What was seen of it: `22%`. */
  readonly measured: string;
  /** The bound: `at least 25%`. */
  readonly needed: string;
  readonly met: boolean;
  /** What the reader can do when it is not met. */
  readonly hint?: string | undefined;
};

/** Made by `proofOf` from conditions, so that a proof that failed says first which condition it was. */
export type Proof = {
  readonly proven: boolean;
  /** The conditions that were not met; empty when the fault is proven. */
  readonly failed: readonly Condition[];
  /** What was seen, as a reader sees it: `round trip 200.3 ms longer at the median`. Begins with what failed, if anything did. */
  readonly observed: string;
  /** The same in numbers, keys with units. */
  readonly figures: Readonly<Record<string, number>>;
  /** What was injected and observed over time, where it is a measure. */
  readonly overTime?: readonly ProofSeries[] | undefined;
};

/** One line of a measure that is drawn over time. */
export type ProofSeries = {
  /** The measure with its unit: `one-way delay, ms`. */
  readonly name: string;
  /** The line: `injected`, `observed at the median`. */
  readonly line: string;
  readonly points: readonly (readonly [monotonicMs: number, value: number])[];
};

/** More failed conditions than this are counted and not shown: those of many nodes mostly say the same. */
const mostFailedShown = 4;

const somethingToJudge: Condition = { what: 'things to look at', measured: '0', needed: 'more than 0', met: false };

/**
 * Pure. A fault is proven when there are conditions and each of them is met. What was observed of one that is not proven begins with
 * the conditions that failed and their bounds: `reactions to broken packets: 22%, needed at least 25%`. `details` are for a fault that is
 * proven; of one that is not they would hide what matters.
 */
export function proofOf(
  conditions: readonly Condition[],
  seen: {
    readonly observed: string;
    readonly details?: string | undefined;
    readonly figures: Proof['figures'];
    readonly overTime?: Proof['overTime'];
  },
): Proof {
  const { observed, details = '', figures, overTime } = seen;
  const shown = { figures, ...(overTime === undefined ? {} : { overTime }) };
  const failed = conditions.length === 0 ? [somethingToJudge] : conditions.filter(({ met }) => !met);
  if (failed.length === 0) return { proven: true, observed: `${observed}${details}`, failed, ...shown };
  return { proven: false, observed: [...failures(failed), observed].join('; '), failed, ...shown };
}

function failures(failed: readonly Condition[]): string[] {
  const left = failed.length - mostFailedShown;
  return [
    ...failed.slice(0, mostFailedShown).map(({ what, measured, needed }) => `${what}: ${measured}, needed ${needed}`),
    ...(left > 0 ? [`${left} more conditions were not met`] : []),
    // What can be done is said once, however many conditions propose it.
    ...new Set(failed.flatMap(({ hint }) => (hint === undefined ? [] : [hint]))),
  ];
}

type Show = (value: number) => string;

const plain: Show = (value) => `${value}`;

export function atLeast(what: string, measured: number, bound: number, show = plain): Condition {
  return compared(what, measured, bound, 'at least', measured >= bound, show);
}

export function atMost(what: string, measured: number, bound: number, show = plain): Condition {
  return compared(what, measured, bound, 'at most', measured <= bound, show);
}

export function moreThan(what: string, measured: number, bound: number, show = plain): Condition {
  return compared(what, measured, bound, 'more than', measured > bound, show);
}

export function none(what: string, measured: number, show = plain): Condition {
  return { what, measured: show(measured), needed: 'none', met: measured === 0 };
}

/** Every one of a number of things, of which there must be one at least. */
export function all(what: string, measured: number, of: number): Condition {
  const needed = of === 0 ? 'at least 1' : 'all';
  return { what, measured: `${measured} of ${of}`, needed, met: of > 0 && measured === of };
}

/** Something that is so or is not, where there is nothing to count. */
export function isSo(what: string, met: boolean): Condition {
  return { what, measured: met ? 'yes' : 'no', needed: 'yes', met };
}

/** A measure that may be off by so much from what was asked. */
export function near(what: string, measured: number, asked: number, tolerance: number, show: Show): Condition {
  const needed = `${show(asked)} give or take ${show(tolerance)}`;
  return { what, measured: show(measured), needed, met: Math.abs(measured - asked) <= tolerance };
}

function compared(
  what: string,
  measured: number,
  bound: number,
  relation: string,
  met: boolean,
  show: Show,
): Condition {
  const shown = Number.isNaN(measured) ? 'not measured' : show(measured);
  // A figure that is rounded to its own bound would contradict what is said of it.
  const exact = !met && relation !== 'more than' && shown === show(bound) ? `${shown} (${measured})` : shown;
  return { what, measured: exact, needed: `${relation} ${show(bound)}`, met };
}
