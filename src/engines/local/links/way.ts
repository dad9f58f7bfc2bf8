import type { Wire } from './behaviours/behaviour.ts';
import { cutAllowance } from './behaviours/cut.ts';
import { type CounterMemory, createCounterMemory, DirectionTally } from './counters.ts';
import { type Conditions, cleanConditions, type Direction } from './types.ts';

/** One direction of a link: what is injected there, and what its connections share. */
export class Way {
  readonly direction: Direction;
  readonly tally: DirectionTally;
  readonly wire: Wire = { freeAtMs: 0 };
  conditions: Conditions = cleanConditions;
  /** Nothing is injected that touches this direction: bytes go straight through. */
  clean = true;
  /** Bytes a connection may deliver from the last change of the cuts on. */
  allowanceBytes = Number.POSITIVE_INFINITY;

  constructor(direction: Direction, memory: CounterMemory) {
    this.direction = direction;
    this.tally = new DirectionTally(memory, direction);
  }

  /** Takes new conditions; answers whether a cut that touches this direction came or went. */
  change(conditions: Conditions, cutOpposite: boolean): boolean {
    const before = this.allowanceBytes;
    this.conditions = conditions;
    this.allowanceBytes = cutAllowance(conditions.cut, cutOpposite);
    const { delayMs, jitterMs, bytesPerSecond, lossShare } = conditions;
    const untimed = delayMs === 0 && jitterMs === 0 && bytesPerSecond === undefined && lossShare === 0;
    this.clean = untimed && this.allowanceBytes === Number.POSITIVE_INFINITY;
    return before !== this.allowanceBytes;
  }

  /** The same conditions, counted elsewhere: the tool's own probes are no traffic. */
  uncounted(): DirectionTally {
    return new DirectionTally(createCounterMemory(), this.direction);
  }
}
