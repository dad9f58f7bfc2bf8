import { readdirSync } from 'node:fs';
import type { Clock } from '../../../base/clock.ts';
import { messageOf } from '../../../base/error.ts';
import type { Logger } from '../../../base/logger.ts';
import type { EffectOf } from '../../../model/effects.ts';
import { type Proof, proofOf } from '../../proof.ts';
import { judgeShift } from '../clock/clock-proof.ts';
import { type ClockWatch, watchClock } from '../clock/clock-watch.ts';
import { ClockSkew } from '../clock/vdso/skew.ts';
import type { ProcessStat } from '../cluster/proc.ts';
import type { LocalEffect, LocalScope } from '../effect.ts';

/** How soon a process that the node has started is found. */
const coverEveryMs = 200;
/** A process that is about to end, or to become another program, may refuse once. */
const firstCoverWithinMs = 2_000;

/**
 * The nodes' wall clock is another one than this machine's, while time goes on as before: the code with which their processes read the
 * clock, the vDSO, is rewritten in their memory. The machine's own clock, timers and file times are not touched.
 */
export const clockSkew: LocalEffect<'clock-skew'> = {
  mechanisms: [{ name: 'vDSO rewritten', needs: ['vdso'] }],
  async observe(effect, { nodes: control, ledger, clock, logger }) {
    const { nodes, offsetMs, strobeMs } = effect;
    const watches = await Promise.all(
      nodes.map((node) => watchClock({ httpUrls: control.httpUrls(node), logFile: control.logFile(node), clock })),
    );
    let calmUntilMs: number | undefined;
    return {
      steadyIsOver() {
        calmUntilMs = clock.nowMs();
      },
      async inject(scope) {
        const skew = new ClockSkew(offsetMs, ledger);
        // Parents first: what is forked from them meanwhile has their vDSO.
        const processes = (): ProcessStat[] =>
          nodes.flatMap((node) => control.processes(node)).sort((a, b) => a.startTicks - b.startTicks || a.pid - b.pid);
        const skewed = new SkewedProcesses({ skew, processes, scope, clock, logger });
        // The bytes of each process are in the ledger on their own.
        scope.undo({ type: 'ends-with-run', what: `clocks of ${nodes.join(', ')}` }, async () => {
          await skewed.ended();
          await skew.restore(processes);
        });
        await skewed.coverAll();
        const fromMs = clock.nowMs();
        skewed.keepCovered();
        if (strobeMs !== undefined) skewed.strobe(strobeMs);
        return {
          mechanism: 'vDSO rewritten',
          async prove() {
            await Promise.all(watches.map((watch) => watch.look()));
            return proofOfSkew(effect, watches, { fromMs, calmUntilMs: calmUntilMs ?? fromMs, skewed });
          },
        };
      },
      async release() {
        await Promise.all(watches.map((watch) => watch.stop()));
      },
    };
  },
};

type SkewedParts = {
  readonly skew: ClockSkew;
  readonly processes: () => ProcessStat[];
  readonly scope: LocalScope;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** The processes whose clock is shifted, with those that the nodes start while the fault is in force. */
class SkewedProcesses {
  readonly #parts: SkewedParts;
  readonly #repeated: Promise<void>[] = [];
  #uncovered: string | undefined;

  constructor(parts: SkewedParts) {
    this.#parts = parts;
  }

  /** What was last in the way of shifting a process that came later. */
  get uncovered(): string | undefined {
    return this.#uncovered;
  }

  get count(): number {
    return this.#parts.skew.count;
  }

  /** Shifts the processes that are there. Rejects when one refuses for longer than `firstCoverWithinMs`. */
  async coverAll(): Promise<void> {
    const { skew, processes, scope, clock } = this.#parts;
    const deadlineMs = clock.nowMs() + firstCoverWithinMs;
    for (;;) {
      try {
        await skew.cover(processes());
        return;
      } catch (error) {
        if (clock.nowMs() >= deadlineMs) throw error;
        await clock.sleep(coverEveryMs, scope.signal);
      }
    }
  }

  /** Shifts each process that comes later, soon after it has come. */
  keepCovered(): void {
    const { skew, processes, logger } = this.#parts;
    let pids = new Set<string>();
    let own: readonly ProcessStat[] = [];
    let looks = 0;
    this.#repeat(coverEveryMs, async () => {
      // To find out whose a process is takes some milliseconds, in which the tool does nothing else. Sometimes it is done in any
      // case: in the moment in which a process becomes another program it cannot be told.
      const pidsNow = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
      if (looks++ % 5 === 0 || pidsNow.some((pid) => !pids.has(pid))) own = processes();
      pids = new Set(pidsNow);
      this.#uncovered = await skew.cover(own).then(() => undefined, messageOf);
      if (this.#uncovered !== undefined) logger.debug(`clock-skew: ${this.#uncovered}`);
    });
  }

  /** Switches between the shifted clock and the right one. */
  strobe(everyMs: number): void {
    let on = true;
    this.#repeat(everyMs, async () => {
      on = !on;
      this.#parts.skew.switch(on);
    });
  }

  /** Resolves when nothing is repeated any more, after the scope was aborted. */
  async ended(): Promise<void> {
    await Promise.all(this.#repeated);
  }

  /** Until the fault is taken back. */
  #repeat(everyMs: number, work: () => Promise<void>): void {
    const {
      clock,
      logger,
      scope: { signal },
    } = this.#parts;
    const untilEnd = async (): Promise<void> => {
      while (!signal.aborted) {
        await clock.sleep(everyMs, signal).catch(() => {});
        if (!signal.aborted) await work().catch((error) => logger.debug(`clock-skew: ${messageOf(error)}`));
      }
    };
    this.#repeated.push(untilEnd());
  }
}

/** What the nodes' own times say. Those from between steady state and injection are of neither clock and do not count. */
function proofOfSkew(
  { nodes, offsetMs, strobeMs }: EffectOf<'clock-skew'>,
  watches: readonly ClockWatch[],
  { fromMs, calmUntilMs, skewed }: { fromMs: number; calmUntilMs: number; skewed: SkewedProcesses },
): Proof {
  const seen = watches.map(({ samples }) =>
    judgeShift(
      samples.filter(({ atMs }) => atMs >= fromMs || atMs < calmUntilMs),
      { offsetMs, fromMs, strobe: strobeMs !== undefined },
    ),
  );
  const sum = (key: 'samples' | 'samplesShifted'): number => seen.reduce((total, clock) => total + clock[key], 0);
  const conditions = seen.flatMap((clock, i) =>
    clock.conditions.map((condition) => ({ ...condition, what: `${nodes[i]}: ${condition.what}` })),
  );
  const { uncovered, count } = skewed;
  return proofOf(conditions, {
    observed: [
      ...seen.map(({ observed }, i) => `${nodes[i]}: ${observed}`),
      ...(uncovered === undefined ? [] : [uncovered]),
    ].join('; '),
    figures: {
      offsetMs,
      shiftMs: seen.reduce(
        (least, { shiftMs }) => (Math.abs(shiftMs) < Math.abs(least) ? shiftMs : least),
        seen[0]?.shiftMs ?? 0,
      ),
      samples: sum('samples'),
      samplesShifted: sum('samplesShifted'),
      nodesShifted: seen.filter(({ proven }) => proven).length,
      processesStruck: count,
    },
  });
}
