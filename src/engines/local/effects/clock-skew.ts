import { readdirSync } from 'node:fs';
import { messageOf } from '../../../base/error.ts';
import { proofOf } from '../../proof.ts';
import { judgeShift } from '../clock/clock-proof.ts';
import { watchClock } from '../clock/clock-watch.ts';
import { ClockSkew } from '../clock/vdso/skew.ts';
import type { ProcessStat } from '../cluster/proc.ts';
import type { LocalEffect } from '../effect.ts';

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
        const repeated: Promise<void>[] = [];
        // The bytes of each process are in the ledger on their own.
        scope.undo({ type: 'ends-with-run', what: `clocks of ${nodes.join(', ')}` }, async () => {
          await Promise.all(repeated);
          await skew.restore(processes);
        });
        const deadlineMs = clock.nowMs() + firstCoverWithinMs;
        for (;;) {
          try {
            await skew.cover(processes());
            break;
          } catch (error) {
            if (clock.nowMs() >= deadlineMs) throw error;
            await clock.sleep(coverEveryMs, scope.signal);
          }
        }
        const fromMs = clock.nowMs();
        /** What was last in the way of shifting a process that came later. */
        let uncovered: string | undefined;
        let pids = new Set<string>();
        let own: readonly ProcessStat[] = [];
        let looks = 0;
        repeat(coverEveryMs, async () => {
          // To find out whose a process is takes some milliseconds, in which the tool does nothing else. Sometimes it is done in any
          // case: in the moment in which a process becomes another program it cannot be told.
          const pidsNow = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
          if (looks++ % 5 === 0 || pidsNow.some((pid) => !pids.has(pid))) own = processes();
          pids = new Set(pidsNow);
          uncovered = await skew.cover(own).then(() => undefined, messageOf);
          if (uncovered !== undefined) logger.debug(`clock-skew: ${uncovered}`);
        });
        let on = true;
        if (strobeMs !== undefined)
          repeat(strobeMs, async () => {
            on = !on;
            skew.switch(on);
          });

        /** Until the fault is taken back. */
        function repeat(everyMs: number, work: () => Promise<void>): void {
          const { signal } = scope;
          const untilEnd = async (): Promise<void> => {
            while (!signal.aborted) {
              await clock.sleep(everyMs, signal).catch(() => {});
              if (!signal.aborted) await work().catch((error) => logger.debug(`clock-skew: ${messageOf(error)}`));
            }
          };
          repeated.push(untilEnd());
        }
        return {
          mechanism: 'vDSO rewritten',
          async prove() {
            await Promise.all(watches.map((watch) => watch.look()));
            const seen = watches.map(({ samples }) =>
              judgeShift(
                samples.filter(({ atMs }) => atMs >= fromMs || atMs < (calmUntilMs ?? fromMs)),
                { offsetMs, fromMs, strobe: strobeMs !== undefined },
              ),
            );
            const sum = (key: 'samples' | 'samplesShifted'): number =>
              seen.reduce((total, clock) => total + clock[key], 0);
            const conditions = seen.flatMap((clock, i) =>
              clock.conditions.map((condition) => ({ ...condition, what: `${nodes[i]}: ${condition.what}` })),
            );
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
                processesStruck: skew.count,
              },
            });
          },
        };
      },
      async release() {
        await Promise.all(watches.map((watch) => watch.stop()));
      },
    };
  },
};
