import { readdirSync, readFileSync } from 'node:fs';

/** Marks every process of a run; children inherit it, also those that leave their process group or their parent. */
export const runMark = 'CHAOS_ACTION_RUN';
/** Which node of the run a process belongs to. */
export const nodeMark = 'CHAOS_ACTION_NODE';

/** USER_HZ: what /proc counts CPU time and start times in, 100 a second on every architecture Node runs on. */
const ticksPerSecond = 100;

/** One process as /proc/PID/stat tells it (proc_pid_stat(5)). */
export type ProcessStat = {
  readonly pid: number;
  /** R running, S sleeping, D waiting, T stopped by a signal, Z zombie, and so on. */
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly isOfKernel: boolean;
  /** Clock ticks since boot: with the pid it names a process for ever, since pids are used again. */
  readonly startTicks: number;
  readonly cpuSeconds: number;
  readonly residentBytes: number;
};

/** Undefined when there is no such process (any more). */
export function readStat(pid: number): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name may hold spaces and brackets; the fields that follow it do not.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const field = (number: number): number => Number(fields[number - 3]);
    return {
      pid,
      state: fields[0] ?? '?',
      parent: field(4),
      group: field(5),
      session: field(6),
      isOfKernel: (field(9) & kernelThread) !== 0,
      startTicks: field(22),
      cpuSeconds: (field(14) + field(15)) / ticksPerSecond,
      residentBytes: field(24) * 4_096,
    };
  } catch {
    return undefined;
  }
}

/** True while the process that had this pid and start time still runs. */
export function isAlive(process: { readonly pid: number; readonly startTicks: number }): boolean {
  const stat = readStat(process.pid);
  return stat !== undefined && stat.startTicks === process.startTicks && stat.state !== 'Z' && stat.state !== 'X';
}

/** Every live process of a run, or of one of its nodes, by the marks in its environment. Zombies are not counted. */
export function findMarked(run: string, node?: string): ProcessStat[] {
  const found: ProcessStat[] = [];
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const environment = readEnvironment(pid);
    if (!environment.includes(`\0${runMark}=${run}\0`)) continue;
    if (node !== undefined && !environment.includes(`\0${nodeMark}=${node}\0`)) continue;
    const stat = readStat(pid);
    if (stat && stat.state !== 'Z' && stat.state !== 'X') found.push(stat);
  }
  return found;
}

/** Every live process of this machine but the tool itself. */
export function allProcesses(): ProcessStat[] {
  return readdirSync('/proc').flatMap((entry) => {
    const stat = /^\d+$/.test(entry) && Number(entry) !== process.pid ? readStat(Number(entry)) : undefined;
    return stat && stat.state !== 'Z' && stat.state !== 'X' ? [stat] : [];
  });
}

/** Pure. What these processes have started, and what those have, as far as each parent lives. */
export function descendants(roots: ReadonlySet<number>, all: readonly ProcessStat[]): ProcessStat[] {
  const known = new Set(roots);
  const found: ProcessStat[] = [];
  for (let before = -1; before !== found.length; ) {
    before = found.length;
    for (const stat of all) {
      if (known.has(stat.pid) || !known.has(stat.parent)) continue;
      known.add(stat.pid);
      found.push(stat);
    }
  }
  return found;
}

/** Every live process of a session: what a detached process started and its children, unless they began a session of their own. */
export function findSession(session: number): ProcessStat[] {
  return allProcesses().filter((stat) => stat.session === session);
}

function readEnvironment(pid: number): string {
  try {
    return `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}`;
  } catch {
    return '';
  }
}

/** Sends a signal; a process that has gone already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** A process is young for so long. One that was started without any environment stays nobody's. */
const youngMs = 2_000;
/** PF_KTHREAD of linux/sched.h: a thread of the kernel, which has no environment either. */
const kernelThread = 0x0020_0000;

/**
 * Whether a young process shows no environment: while it becomes another program (execve(2)) nobody can tell whose it is, and on a busy
 * machine that moment is long.
 */
export function anyBecoming(): boolean {
  const [uptimeSeconds = ''] = readFileSync('/proc/uptime', 'latin1').split(' ');
  const youngFromTicks = (Number(uptimeSeconds) - youngMs / 1_000) * ticksPerSecond;
  return readdirSync('/proc').some((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    const stat = readStat(Number(entry));
    if (!stat || stat.startTicks < youngFromTicks || stat.state === 'Z' || stat.state === 'X') return false;
    return !stat.isOfKernel && readEnvironment(stat.pid) === '\0';
  });
}

/**
 * SIGKILL to all that `find` finds, again until it finds none twice in a row while no process is becoming another program, so that one that
 * forks meanwhile is caught too, and one that shows no marks for the moment. Returns how many were killed.
 */
export async function killAll(find: () => readonly ProcessStat[], pause: () => Promise<void>): Promise<number> {
  const killed = new Set<number>();
  let foundNone = 0;
  for (let round = 0; round < 100 && foundNone < 2; round++) {
    // What is found at first is killed at once; whether there may be more is asked from then on.
    const isUndecided = round === 0 || anyBecoming();
    const left = find();
    foundNone = left.length === 0 && !isUndecided ? foundNone + 1 : 0;
    for (const { pid } of left) {
      killed.add(pid);
      signal(pid, 'SIGKILL');
    }
    await pause();
  }
  return killed.size;
}
