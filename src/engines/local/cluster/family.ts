import { allProcesses, descendants, findMarked, isAlive, type ProcessStat, readStat } from './proc.ts';

const glanceEveryMs = 250;
/** Between two glances passes so many times what the last one took. */
const glanceShare = 20;

export type Identity = { readonly pid: number; readonly startTicks: number };

export type FamilyOptions = {
  readonly run: string;
  readonly node?: string | undefined;
  /** Process ids in its cgroup. */
  readonly members?: (() => readonly number[]) | undefined;
  /** Told once of each process that only its parent or its cgroup gives away. */
  readonly onStray?: ((process: Identity) => void) | undefined;
};

/**
 * The processes of a command: by the marks in their environment, which follow daemons; by its session; by the cgroup, where it was put into
 * one; and by their parents. A process that clears its environment and begins a session of its own (`setsid env -i`) is known by its parent
 * alone, and only if it was looked at while that lived; from then on it is remembered. Without a cgroup, one that loses its parent sooner
 * stays unknown.
 */
export class Family {
  readonly #options: FamilyOptions;
  readonly #strays = new Map<number, Identity>();
  #nextGlanceMs = Number.NEGATIVE_INFINITY;

  constructor(options: FamilyOptions) {
    this.#options = options;
  }

  /**
   * Looks for processes that will be known by their parents alone, if it is time for it: four times a second, and less often where a look
   * takes long, as it does on a machine with thousands of processes.
   */
  glance(first: number | undefined): void {
    const startMs = performance.now();
    if (startMs < this.#nextGlanceMs) return;
    this.look(first);
    const endMs = performance.now();
    this.#nextGlanceMs = endMs + Math.max(glanceEveryMs, (endMs - startMs) * glanceShare);
  }

  /** Those alive, `first` among them, with all of its session. */
  look(first: number | undefined): ProcessStat[] {
    const { run, node, members, onStray } = this.#options;
    const all = allProcesses();
    const marked = findMarked(run, node);
    const known = new Map(
      [...all.filter(({ session }) => session === first), ...marked].map((stat) => [stat.pid, stat]),
    );
    for (const [pid, stray] of this.#strays) {
      const stat = isAlive(stray) ? readStat(pid) : undefined;
      if (stat === undefined) this.#strays.delete(pid);
      else known.set(pid, stat);
    }
    const inCgroup = new Set(members?.());
    const strays = [
      ...all.filter(({ pid }) => inCgroup.has(pid)),
      ...descendants(new Set([...known.keys(), ...inCgroup]), all),
    ].filter(({ pid }) => !known.has(pid));
    for (const stray of strays) {
      known.set(stray.pid, stray);
      this.#strays.set(stray.pid, stray);
      onStray?.(stray);
    }
    return [...known.values()];
  }
}
