import { formatBytes } from '../../../model/units.ts';
import { atLeast, proofOf } from '../../proof.ts';
import { readStat } from '../cluster/proc.ts';
import type { LocalEffect } from '../effect.ts';
import { startStressor } from '../host/control.ts';
import { readMemory, readPressureMs } from '../machine/host.ts';

/** What the ballast leaves whatever it is asked for, and gives way for: 10% of the machine's memory and 512 MiB at the least. */
const marginBytes = (totalBytes: number): number => Math.max(0.1 * totalBytes, 512 * 1024 ** 2);
/** Others take and give memory meanwhile. */
const leastFallShare = 0.7;
/** Less than this is not a ballast. */
const leastBallastBytes = 64 * 1024 ** 2;

/** Another process takes memory of the machine until little is left. The nodes are named for the report: all of the machine is struck. */
export const memoryStress: LocalEffect<'memory-stress'> = {
  mechanisms: [{ name: 'ballast process', needs: [] }],
  async observe(effect, { host, clock }) {
    const { leftShare: free, mostBytes: size } = effect;
    const steadyFrom = { atMs: clock.nowMs(), pressureMs: readPressureMs('memory') };
    return {
      async inject(scope) {
        const before = readMemory();
        const holdFrom = { atMs: clock.nowMs(), pressureMs: readPressureMs('memory') };
        const ballast = startStressor(host, scope, [
          'memory',
          `${Math.round((free ?? 0) * before.totalBytes)}`,
          `${size ?? before.totalBytes}`,
          `${Math.round(marginBytes(before.totalBytes))}`,
        ]);
        return {
          mechanism: 'ballast process, the whole machine',
          async prove() {
            const now = readMemory();
            const heldBytes = readStat(ballast.pid)?.residentBytes ?? 0;
            const wantedBytes = Number(/^holds (\d+)$/m.exec(ballast.said())?.[1] ?? Number.NaN);
            const fellBytes = before.availableBytes - now.availableBytes;
            const nowPressureMs = readPressureMs('memory');
            const perSecond = (from: typeof holdFrom, toMs: number, pressureMs: number | undefined) =>
              pressureMs === undefined || from.pressureMs === undefined || toMs <= from.atMs
                ? undefined
                : ((pressureMs - from.pressureMs) * 1_000) / (toMs - from.atMs);
            const pressure = perSecond(holdFrom, clock.nowMs(), nowPressureMs);
            const pressureBefore = perSecond(steadyFrom, holdFrom.atMs, holdFrom.pressureMs);
            const gone =
              heldBytes === 0 ? (ballast.said().includes('gave way') ? ', it gave way' : ', it is gone') : '';
            const conditions = [
              atLeast('memory that the ballast was to take', wantedBytes, leastBallastBytes, formatBytes),
              atLeast('memory that the ballast holds', heldBytes, wantedBytes, formatBytes),
              atLeast('fall of MemAvailable', fellBytes, leastFallShare * wantedBytes, formatBytes),
            ];
            return proofOf(conditions, {
              observed: `MemAvailable ${formatBytes(now.availableBytes)} of ${formatBytes(now.totalBytes)} (${formatBytes(before.availableBytes)} before); the ballast holds ${formatBytes(heldBytes)}${gone}; ${pressure === undefined ? 'the kernel has no PSI' : `tasks waited for memory ${pressure.toFixed(1)} ms a second (${(pressureBefore ?? 0).toFixed(1)} before)`}`,
              figures: {
                availableBytes: now.availableBytes,
                availableBytesBefore: before.availableBytes,
                ballastBytes: heldBytes,
                fellBytes,
                ...(pressure === undefined ? {} : { pressureMsPerSecond: pressure }),
                ...(pressureBefore === undefined ? {} : { pressureMsPerSecondBefore: pressureBefore }),
              },
            });
          },
        };
      },
      async release() {},
    };
  },
};
