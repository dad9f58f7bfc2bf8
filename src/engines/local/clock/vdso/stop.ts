import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { ChaosError } from '../../../../base/error.ts';
import { isAlive, signal } from '../../cluster/proc.ts';
import type { Range } from './image.ts';

export type ProcessIdentity = { readonly pid: number; readonly startTicks: number };

/** `gone`: the process has ended. `busy`: it did not stand still, or a thread stood where none may be. */
export type Outcome = 'done' | 'busy' | 'gone';

/** A signal stops a process within some milliseconds, unless it waits uninterruptibly, for a disk or for a child of vfork. */
const stopWithinMs = 50;
/** What is looked through of each stack: a signal handler's own frames, and the frame that says where it will return to. */
const stackBytes = 32 * 1_024;

/**
 * Stops a process, and does `work` unless one of its threads stands in one of the ranges: at any byte but the first, or, having been
 * interrupted there by a signal whose handler is running, about to return there. A process that was stopped before stays stopped, any
 * other goes on, whatever happens. Does not wait for anything but the stop, and takes some milliseconds. Throws a ChaosError where
 * the kernel does not tell where threads stand.
 */
export function whileStopped(process: ProcessIdentity, ranges: readonly Range[], work: () => void): Outcome {
  const { pid } = process;
  if (!isAlive(process)) return 'gone';
  const stoppedBefore = isStopping(pid);
  try {
    if (!stoppedBefore) signal(pid, 'SIGSTOP');
    if (!comesToStand(pid)) return isAlive(process) ? 'busy' : 'gone';
    for (const thread of threadsOf(pid)) if (standsIn(pid, thread, ranges)) return 'busy';
    work();
    return 'done';
  } catch (error) {
    if (!isAlive(process)) return 'gone';
    throw error;
  } finally {
    if (!stoppedBefore) signal(pid, 'SIGCONT');
  }
}

function comesToStand(pid: number): boolean {
  for (let waitedMs = 0; waitedMs < stopWithinMs; waitedMs++) {
    if (standsStill(pid)) return true;
    waitBlocking(1);
  }
  return false;
}

/** True once a signal has stopped a thread: the others follow, on a busy machine some time later, and none goes on by itself. */
function isStopping(pid: number): boolean {
  return threadsOf(pid).some((thread) => stateOf(pid, thread) === 'T');
}

/** True when every thread is stopped by a signal, or has ended. */
function standsStill(pid: number): boolean {
  const threads = threadsOf(pid);
  return threads.length > 0 && threads.every((thread) => ['T', 'Z', 'X', undefined].includes(stateOf(pid, thread)));
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function stateOf(pid: number, thread: string): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
    return text[text.lastIndexOf(')') + 2];
  } catch {
    return undefined;
  }
}

/**
 * /proc/PID/task/TID/syscall ends with the stack pointer and the program counter of a thread that does not run (proc_pid_syscall(5)).
 * The fields of /proc/PID/stat for the same have been zero since Linux 4.11.
 */
function standsIn(pid: number, thread: string, ranges: readonly Range[]): boolean {
  const state = stateOf(pid, thread);
  if (state !== 'T') return state !== undefined && state !== 'Z' && state !== 'X';
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/task/${thread}/syscall`, 'utf8').trim();
  } catch (error) {
    throw new ChaosError('fault', `where the threads of process ${pid} stand cannot be read`, { cause: error });
  }
  const [stackPointer, counter] = text.split(' ').slice(-2);
  if (stackPointer === undefined || counter === undefined) return true;
  const inside = (address: number): boolean => ranges.some(({ start, end }) => address > start && address < end);
  return inside(Number(counter)) || returnsInto(pid, Number(stackPointer), inside);
}

/** True when a word of the stack above `stackPointer` is an address inside. May be true without need, and is then false a little later. */
function returnsInto(pid: number, stackPointer: number, inside: (address: number) => boolean): boolean {
  const stack = Buffer.alloc(stackBytes);
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  let length = 0;
  try {
    length = readSync(memory, stack, 0, stack.length, stackPointer);
  } catch {
    // A thread that has not begun, or that has ended, has no stack any more.
  } finally {
    closeSync(memory);
  }
  for (let at = 0; at + 8 <= length; at += 8) {
    if (inside(stack.readUInt32LE(at) + stack.readUInt32LE(at + 4) * 2 ** 32)) return true;
  }
  return false;
}

const neverNotified = new Int32Array(new SharedArrayBuffer(4));

/** Sleeps without letting anything else happen meanwhile. */
export function waitBlocking(ms: number): void {
  Atomics.wait(neverNotified, 0, 0, ms);
}
