import { formatMs, formatShare } from '../../../model/units.ts';
import { all, atLeast, type Condition, moreThan, proofOf } from '../../proof.ts';
import { readStat } from '../cluster/proc.ts';
import type { LocalEffect } from '../effect.ts';
import type { FaultEnvironment } from '../environment.ts';
import { restoreAffinity, runsOnlyOn, type SavedAffinity } from '../host/affinity.ts';
import { type Stressor, startStressor } from '../host/control.ts';
import { formatCpus, parseCpus, splitCpus } from '../host/cpus.ts';
import { sum } from '../lanes/link-watch.ts';
import { busyShare, readCpuTicks, readRunQueueDelayMs } from '../machine/host.ts';

/** How far the CPUs, and what the burners asked of them, may stay below the load that was asked for. */
const toleranceShare = 0.1;
/** How much longer the nodes must have stood in the run queue than before; where the CPUs were as busy before, that they stood there at all. */
const delayFactor = 1.2;
const leastDelayMsPerSecond = 1;

/**
 * Burners keep the CPUs of the struck nodes busy for a share of the time. Where there is more than one CPU the tool keeps one to itself,
 * so that it measures the broker and not its own want of CPU.
 */
export const cpuStress: LocalEffect<'cpu-stress'> = {
  mechanisms: [{ name: 'duty-cycle burners', needs: ['taskset'] }],
  async observe(effect, environment) {
    const { nodes, loadShare: load } = effect;
    const { host, nodes: control } = environment;
    const pidsOf = (names: readonly string[]): number[] =>
      names.flatMap((node) => control.processes(node)).map(({ pid }) => pid);
    const steadyFrom = look(environment, nodes);
    let steadyTo: Look | undefined;
    return {
      steadyIsOver() {
        steadyTo = look(environment, nodes);
      },
      async inject(scope) {
        const struck = pidsOf(nodes);
        let pinned: readonly SavedAffinity[] = [];
        let letGo: ReturnType<typeof host.pins.release> | undefined;
        scope.undo({ type: 'ends-with-run', what: 'the book of who is pinned' }, () => {
          letGo ??= host.pins.release(pinned);
        });
        pinned = host.pins.hold([...struck, process.pid]);
        const ofNodes = pinned.filter(({ pid }) => pid !== process.pid).map(({ cpus }) => parseCpus(cpus));
        const toolCpus = pinned.find(({ pid }) => pid === process.pid)?.cpus ?? '';
        const cpus = splitCpus(union(ofNodes), parseCpus(toolCpus));
        scope.undo({ type: 'affinity', processes: pinned }, async () => {
          letGo ??= host.pins.release(pinned);
          await restoreAffinity(letGo, host.setAffinity);
          // What the tool has started meanwhile has begun its life on the tool's CPUs.
          const known = pinned.map(({ pid }) => pid);
          const born = pidsOf(environment.shape.nodes).filter(
            (pid) => !known.includes(pid) && runsOnlyOn(pid, cpus.harness),
          );
          for (const pid of born) await host.setAffinity(pid, toolCpus, true);
        });
        for (const pid of struck) await host.setAffinity(pid, formatCpus(cpus.struck), true);
        await host.setAffinity(process.pid, formatCpus(cpus.harness), true);
        const burners = cpus.struck.map((cpu) => startStressor(host, scope, ['cpu', `${load}`], cpu));
        const before = burners.map(askedOfCpu);
        const holdFrom = look(environment, nodes);
        const steady = compare(steadyFrom, steadyTo ?? holdFrom, cpus.struck);
        const where = `CPU ${formatCpus(cpus.struck)}`;
        return {
          mechanism: cpus.harness.some((cpu) => cpus.struck.includes(cpu))
            ? `duty-cycle burners on ${where}, which the tool has to share`
            : `duty-cycle burners and the nodes on ${where}, the tool on CPU ${formatCpus(cpus.harness)}`,
          async prove() {
            const now = look(environment, nodes);
            const hold = compare(holdFrom, now, cpus.struck);
            const seconds = (now.atMs - holdFrom.atMs) / 1_000;
            const burned = sum(burners.map((burner, i) => Math.max(0, askedOfCpu(burner) - (before[i] ?? 0))));
            const burnerDemandShare = burners.length === 0 ? 0 : burned / seconds / burners.length;
            const processes = pidsOf(nodes);
            const there = processes.filter((pid) => runsOnlyOn(pid, cpus.struck)).length;
            const figures = {
              askedShare: load,
              cpus: cpus.struck.length,
              busyShare: hold.busyShare,
              busyShareBefore: steady.busyShare,
              burnerDemandShare,
              processes: processes.length,
              processesPinned: there,
              runQueueDelayMsPerSecond: hold.delayMsPerSecond,
              runQueueDelayMsPerSecondBefore: steady.delayMsPerSecond,
            };
            return proofOf(conditionsOf(figures), {
              observed: `${where} busy for ${formatShare(hold.busyShare)} of the time (${formatShare(steady.busyShare)} before), the burners ran or waited to run for ${formatShare(burnerDemandShare)}; ${there} of ${processes.length} processes of the nodes run there, which waited for a CPU ${formatMs(hold.delayMsPerSecond)} a second (${formatMs(steady.delayMsPerSecond)} before)`,
              figures,
            });
          },
        };
      },
      async release() {},
    };
  },
};

/** Pure: the CPUs are about as busy as asked, the burners ask about that much of them, and every process of the nodes is there and waits for them. */
export function conditionsOf(seen: {
  readonly askedShare: number;
  readonly busyShare: number;
  readonly busyShareBefore: number;
  readonly burnerDemandShare: number;
  readonly processes: number;
  readonly processesPinned: number;
  readonly runQueueDelayMsPerSecond: number;
  readonly runQueueDelayMsPerSecondBefore: number;
}): Condition[] {
  const least = seen.askedShare - toleranceShare;
  const wasCrowded = seen.busyShareBefore >= least;
  const waited = 'time a second that processes of the nodes waited for a CPU';
  return [
    all('processes of the nodes on the burned CPUs', seen.processesPinned, seen.processes),
    atLeast('time that the CPUs were busy', seen.busyShare, least, formatShare),
    atLeast('time that the burners ran or waited to run', seen.burnerDemandShare, least, formatShare),
    atLeast(waited, seen.runQueueDelayMsPerSecond, leastDelayMsPerSecond, formatMs),
    ...(wasCrowded
      ? []
      : [moreThan(waited, seen.runQueueDelayMsPerSecond, delayFactor * seen.runQueueDelayMsPerSecondBefore, formatMs)]),
  ];
}

/** Seconds in which a burner ran or stood ready to run: what it asks for, however many others want the CPU too. */
function askedOfCpu({ pid }: Stressor): number {
  return (readStat(pid)?.cpuSeconds ?? 0) + readRunQueueDelayMs(pid) / 1_000;
}

type Look = {
  readonly atMs: number;
  readonly ticks: ReturnType<typeof readCpuTicks>;
  readonly waitedMs: ReadonlyMap<number, number>;
};

function look({ nodes: control, clock }: FaultEnvironment, nodes: readonly string[]): Look {
  const pids = nodes.flatMap((node) => control.processes(node)).map(({ pid }) => pid);
  return {
    atMs: clock.nowMs(),
    ticks: readCpuTicks(),
    waitedMs: new Map(pids.map((pid) => [pid, readRunQueueDelayMs(pid)])),
  };
}

/** Processes that were not there at both looks are left out. */
function compare(from: Look, to: Look, cpus: readonly number[]): { busyShare: number; delayMsPerSecond: number } {
  const waitedMs = sum(
    [...to.waitedMs].map(([pid, now]) => {
      const before = from.waitedMs.get(pid);
      return before === undefined ? 0 : Math.max(0, now - before);
    }),
  );
  const seconds = (to.atMs - from.atMs) / 1_000;
  return {
    busyShare: busyShare(from.ticks, to.ticks, cpus),
    delayMsPerSecond: seconds <= 0 ? 0 : waitedMs / seconds,
  };
}

function union(lists: readonly (readonly number[])[]): number[] {
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}
