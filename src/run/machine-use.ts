import type { NodeUsage } from '../engines/engine.ts';
import { type MachineCpu, readMachineCpu, readPressureMs } from '../engines/local/machine/host.ts';
import type { HostMeasures } from '../model/record.ts';

/** One look at the machine, all counted since some moment in the past. */
export type MachineSample = MachineCpu & {
  /** CPU time of this tool's own process, all threads. */
  readonly ownMs: number;
  readonly pressureMs: number | undefined;
};

export function sampleMachine(): MachineSample {
  const { user, system } = process.cpuUsage();
  return { ...readMachineCpu(), ownMs: (user + system) / 1_000, pressureMs: readPressureMs('cpu') };
}

/** What the machine was like between the first and the last look; undefined where there are not two. Pure. */
export function machineUse(
  samples: readonly { readonly atMs: number; readonly nodes: readonly NodeUsage[]; readonly machine: MachineSample }[],
): HostMeasures | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.atMs <= first.atMs) return undefined;
  const spanMs = last.atMs - first.atMs;
  const nodes = { cpuMs: 0, waitedMs: 0 };
  for (let i = 1; i < samples.length; i++) {
    for (const now of samples[i]?.nodes ?? []) {
      const before = samples[i - 1]?.nodes.find(({ node }) => node === now.node);
      // One that was restarted meanwhile counts anew.
      if (!before || now.cpuSeconds < before.cpuSeconds || now.waitedMs < before.waitedMs) continue;
      nodes.cpuMs += (now.cpuSeconds - before.cpuSeconds) * 1_000;
      nodes.waitedMs += now.waitedMs - before.waitedMs;
    }
  }
  const grown = (of: (sample: MachineSample) => number): number => of(last.machine) - of(first.machine);
  const others = grown(({ busyMs }) => busyMs) - grown(({ ownMs }) => ownMs) - nodes.cpuMs;
  const { pressureMs } = last.machine;
  return {
    othersCores: round(Math.max(0, others) / spanMs),
    stealCores: round(
      Math.max(
        0,
        grown(({ stealMs }) => stealMs),
      ) / spanMs,
    ),
    pressureShare:
      pressureMs === undefined || first.machine.pressureMs === undefined
        ? null
        : round(Math.min(1, (pressureMs - first.machine.pressureMs) / spanMs)),
    nodesWaiting: round(nodes.waitedMs / spanMs),
  };
}

/** Others that take this much more of the machine in hold than in steady, as a share of its CPUs, are a reason for what was measured. */
const mostMoreShare = 0.2;
/** And the nodes feel it: so many more of their threads stand ready with no CPU on the average. */
const leastMoreWaiting = 0.05;

/**
 * Why the figures of hold may be those of a machine that others used: in words; undefined where they are the broker's own. Faults that take
 * the CPU themselves are not to be asked about. Pure.
 */
export function disturbed(
  steady: HostMeasures | undefined,
  hold: HostMeasures | undefined,
  cpus: number,
): string | undefined {
  if (!steady || !hold) return undefined;
  const outside = ({ othersCores, stealCores }: HostMeasures): number => othersCores + stealCores;
  const more = outside(hold) - outside(steady);
  if (more < mostMoreShare * cpus || hold.nodesWaiting - steady.nodesWaiting < leastMoreWaiting) return undefined;
  return `others used ${more.toFixed(1)} of ${cpus} CPUs more in hold than in steady, and the nodes waited for a CPU`;
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
