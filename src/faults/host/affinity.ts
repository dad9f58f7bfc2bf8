import { isAlive, readStat } from '../../cluster/proc.ts';
import { allowedCpus, formatCpus, threadsOf } from './cpus.ts';
import { setAffinity } from './programs.ts';

/** Which CPUs a process may run on, and those of its threads that have a list of their own (Erlang binds its schedulers, say). */
export type SavedAffinity = {
  readonly pid: number;
  readonly startTicks: number;
  readonly cpus: string;
  readonly threads: readonly { readonly id: number; readonly cpus: string }[];
};

/** Undefined when there is no such process. */
export function saveAffinity(pid: number): SavedAffinity | undefined {
  const stat = readStat(pid);
  const own = allowedCpus(pid);
  if (!stat || !own) return undefined;
  const cpus = formatCpus(own);
  const threads = threadsOf(pid).flatMap((id) => {
    const allowed = allowedCpus(id);
    return allowed === undefined || formatCpus(allowed) === cpus ? [] : [{ id, cpus: formatCpus(allowed) }];
  });
  return { pid, startTicks: stat.startTicks, cpus, threads };
}

/** Threads that were born meanwhile get what their process had. Returns how many processes were still there. */
export async function restoreAffinity(
  saved: readonly SavedAffinity[],
  set: typeof setAffinity = setAffinity,
): Promise<number> {
  const living = saved.filter(isAlive);
  for (const { pid, cpus, threads } of living) {
    await set(pid, cpus, true);
    for (const { id, cpus: own } of threads) if (threadsOf(pid).includes(id)) await set(id, own, false);
  }
  return living.length;
}

/** Whether every thread of a process may run on these CPUs and no others; false when it is gone. */
export function runsOnlyOn(pid: number, cpus: readonly number[]): boolean {
  const threads = threadsOf(pid);
  return threads.length > 0 && threads.every((id) => (allowedCpus(id) ?? []).every((cpu) => cpus.includes(cpu)));
}
