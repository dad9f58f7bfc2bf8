import { isAlive, readStat } from '../cluster/proc.ts';
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

/** Who is pinned, by how many faults at once, and where each could run before the first of them. */
export class Pins {
  readonly #held = new Map<number, { readonly saved: SavedAffinity; holders: number }>();

  /** Where these processes could run before anybody pinned them; those that are gone are left out. To be released once. */
  hold(pids: readonly number[]): SavedAffinity[] {
    return pids.flatMap((pid) => {
      const held = this.#held.get(pid);
      if (held && isAlive(held.saved)) {
        held.holders++;
        return [held.saved];
      }
      const saved = saveAffinity(pid);
      if (!saved) return [];
      this.#held.set(pid, { saved, holders: 1 });
      return [saved];
    });
  }

  /** Those of them that nobody else holds: they may be let go. */
  release(some: readonly SavedAffinity[]): SavedAffinity[] {
    return some.filter((saved) => {
      const held = this.#held.get(saved.pid);
      if (!held || held.saved !== saved) return true;
      if (--held.holders > 0) return false;
      this.#held.delete(saved.pid);
      return true;
    });
  }
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
