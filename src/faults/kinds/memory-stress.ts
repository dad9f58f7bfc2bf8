import { z } from 'zod';
import { readStat } from '../../cluster/proc.ts';
import { bytes, share } from '../../config/zod-units.ts';
import { readMemory, readPressureMs } from '../../metrics/host.ts';
import { noImpact } from '../../model/impact.ts';
import { formatBytes, formatShare } from '../../model/units.ts';
import type { FaultKind } from '../fault.ts';
import { startStressor } from '../host/control.ts';
import { atLeast, proofOf } from '../proof.ts';
import { chooseNodes } from '../targets.ts';

type Parameters = { readonly free?: number | undefined; readonly size?: number | undefined };

/** What the ballast leaves whatever it is asked for, and gives way for: 10% of the machine's memory and 512 MiB at the least. */
const marginBytes = (totalBytes: number): number => Math.max(0.1 * totalBytes, 512 * 1024 ** 2);
/** Others take and give memory meanwhile. */
const leastFallShare = 0.7;
/** Less than this is no ballast. */
const leastBallastBytes = 64 * 1024 ** 2;

/** Another process takes memory of the machine until little is left. The nodes are named for the report: all of the machine is struck. */
export const memoryStress: FaultKind<Parameters> = {
  kind: 'memory-stress',
  summary: 'memory of the machine is taken until a share of it is left, or up to a size',
  strikes: 'nodes',
  usesMachine: true,
  mechanisms: [{ name: 'ballast process', needs: [] }],
  parameters: z
    .strictObject({ free: share.optional(), size: bytes.optional() })
    .refine(({ free, size }) => free !== undefined || size !== undefined, 'one of free and size is needed'),
  plan({ free, size }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    const limits = [
      ...(free === undefined ? [] : [`until ${formatShare(free)} is left`]),
      ...(size === undefined ? [] : [`at most ${formatBytes(size)}`]),
    ];
    return {
      kind: 'memory-stress',
      target: nodes.join(', '),
      injected: `memory taken ${limits.join(', ')}`,
      impact: noImpact,
      async prepare({ host, clock }) {
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
  },
};
