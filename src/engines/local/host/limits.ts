import { readdirSync, readFileSync } from 'node:fs';
import { isAlive } from '../cluster/proc.ts';
import { setSoftLimit } from './programs.ts';

export type Resource = 'nofile' | 'fsize';

/** `soft` as prlimit takes it: a number or `unlimited`. */
export type SavedLimit = { readonly pid: number; readonly startTicks: number; readonly soft: string };

const rows = { nofile: 'Max open files', fsize: 'Max file size' } as const;

/** A process's soft limit as the kernel tells it; undefined when the process is gone. */
export function readSoftLimit(pid: number, resource: Resource): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/limits`, 'latin1');
    return new RegExp(`^${rows[resource]} +(\\S+)`, 'm').exec(text)?.[1];
  } catch {
    return undefined;
  }
}

/** Returns how many processes were still there. */
export async function restoreLimits(
  resource: Resource,
  saved: readonly SavedLimit[],
  set: typeof setSoftLimit = setSoftLimit,
): Promise<number> {
  const living = saved.filter(isAlive);
  for (const { pid, soft } of living) await set(pid, resource, soft);
  return living.length;
}

/** The numbers of a process's open descriptors; none when it is gone or not ours to look at. */
export function openDescriptors(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map(Number);
  } catch {
    return [];
  }
}

/**
 * The limit under which a process with these descriptors can open `spare` more. A limit bounds the numbers, not their count, and the
 * lowest free number is taken first (open(2)).
 */
export function limitWithSpare(open: readonly number[], spare: number): number {
  const taken = new Set(open);
  let limit = 0;
  for (let free = 0; taken.has(limit) || free < spare; limit++) if (!taken.has(limit)) free++;
  return limit;
}

/** True when a process ignores a signal: it does not end by it (proc_pid_status(5)). */
export function ignoresSignal(pid: number, number: number): boolean {
  try {
    const [, mask = '0'] = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
    return ((BigInt(`0x${mask}`) >> BigInt(number - 1)) & 1n) === 1n;
  } catch {
    return false;
  }
}
