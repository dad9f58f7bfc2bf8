import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { pollUntil } from '../../../../base/clock.ts';
import { ChaosError, messageOf } from '../../../../base/error.ts';
import { findVdso, type Range } from './image.ts';
import { type Part, type Patch, restoration } from './patch.ts';
import { type Outcome, type ProcessIdentity, whileStopped } from './stop.ts';

/** A process's vDSO as it is now. */
export type Vdso = Range & { readonly image: Buffer };

/** Bytes that belong at an address. */
export type Restoring = { readonly address: number; readonly bytes: Buffer };

/** Long for a thread to leave a few instructions, short for one that another has stopped there. */
const persistForMs = 1_000;
const attemptEveryMs = 5;

/** Reads the vDSO of a process. Throws a ChaosError with the reason where the process has none or the kernel does not let it be read. */
export function readVdso(pid: number): Vdso {
  const range = vdsoOf(pid);
  if (!range) throw new ChaosError('fault', `process ${pid} has no [vdso] mapping`);
  return { ...range, image: readMemory(pid, range.start, range.end - range.start) };
}

/** Puts the patch into a process, if this is a moment for it. */
export function tryPatch(process: ProcessIdentity, vdso: Range, { stub, entries, cleared }: Patch): Outcome {
  const parts = [stub, ...entries];
  const ranges = [...parts.map(rangeOf), ...cleared].map((range) => moved(range, vdso.start));
  return whileStopped(process, ranges, () => {
    if (vdsoOf(process.pid)?.start !== vdso.start)
      throw new ChaosError('fault', `process ${process.pid} has become another program`);
    for (const { offset, replacement } of parts) writeMemory(process.pid, vdso.start + offset, replacement);
  });
}

/** Again and again, until it is done, the process is gone, or there was no moment for it within a second (`busy`). */
export async function persistently(attempt: () => Outcome): Promise<Outcome> {
  const outcome = await pollUntil(
    () => {
      const made = attempt();
      return made === 'busy' ? undefined : made;
    },
    { withinMs: persistForMs, everyMs: attemptEveryMs },
  );
  return outcome ?? 'busy';
}

/** What has to be written back to a process, in steps, each of them in a moment in which no thread stands in it. */
export function restorationOf(vdso: Range, patch: Patch): Restoring[][] {
  return restoration(patch).map((parts) =>
    parts.map(({ offset, original }) => ({ address: vdso.start + offset, bytes: original })),
  );
}

/**
 * Writes back what was there before the patch; `busy` when a thread stood in the way for a second. A process that has become another
 * program has its vDSO elsewhere, as good as new, and is left alone. Safe to call twice.
 */
export async function restore(
  process: ProcessIdentity,
  vdsoStart: number,
  steps: readonly (readonly Restoring[])[],
): Promise<Outcome> {
  for (const step of steps) {
    const ranges = step.map(({ address, bytes }) => ({ start: address, end: address + bytes.length }));
    const outcome = await persistently(() =>
      whileStopped(process, ranges, () => {
        if (vdsoOf(process.pid)?.start !== vdsoStart) return;
        for (const { address, bytes } of step) writeMemory(process.pid, address, bytes);
      }),
    );
    if (outcome !== 'done') return outcome;
  }
  return 'done';
}

/**
 * Turns the shift of a patched process on or off, at once and without stopping it: a single byte is never half written. A process that
 * is not patched, or not any more, is left alone.
 */
export function switchShift(pid: number, vdso: Range, { switchOffset, entries }: Patch, on: boolean): void {
  if (vdsoOf(pid)?.start !== vdso.start) return;
  const jumps = entries.every(({ offset, replacement }) =>
    readMemory(pid, vdso.start + offset, replacement.length).equals(replacement),
  );
  if (jumps) writeMemory(pid, vdso.start + switchOffset, Buffer.from([on ? 1 : 0]));
}

function vdsoOf(pid: number): Range | undefined {
  try {
    return findVdso(readFileSync(`/proc/${pid}/maps`, 'utf8'));
  } catch (error) {
    throw forbidden(pid, 'maps', error);
  }
}

function rangeOf({ offset, replacement }: Part): Range {
  return { start: offset, end: offset + replacement.length };
}

function moved({ start, end }: Range, by: number): Range {
  return { start: start + by, end: end + by };
}

function readMemory(pid: number, address: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  try {
    const memory = openSync(`/proc/${pid}/mem`, 'r');
    try {
      // The position must be a number: a bigint is taken for "where the file stands" and says nothing.
      if (readSync(memory, bytes, 0, length, address) === length) return bytes;
    } finally {
      closeSync(memory);
    }
  } catch (error) {
    throw forbidden(pid, 'mem', error);
  }
  throw new ChaosError('fault', `the memory of process ${pid} could be read in part only`);
}

/** The vDSO is mapped without leave to write. /proc/PID/mem gives the process a copy of the page of its own, as debuggers need it. */
function writeMemory(pid: number, address: number, bytes: Buffer): void {
  try {
    const memory = openSync(`/proc/${pid}/mem`, 'r+');
    try {
      writeSync(memory, bytes, 0, bytes.length, address);
    } finally {
      closeSync(memory);
    }
  } catch (error) {
    throw forbidden(pid, 'mem', error);
  }
  if (!readMemory(pid, address, bytes.length).equals(bytes))
    throw new ChaosError('fault', `what was written to the memory of process ${pid} is not what is there`);
}

function forbidden(pid: number, file: string, error: unknown): ChaosError {
  const { code } = error as NodeJS.ErrnoException;
  const why =
    code === 'EACCES' || code === 'EPERM'
      ? `the kernel does not permit it (${code}: another user's process, or Yama's ptrace_scope)`
      : code === 'EIO'
        ? 'the kernel does not let code be written (EIO: proc_mem.force_override or a hardened kernel)'
        : messageOf(error);
  return new ChaosError('fault', `/proc/${pid}/${file} cannot be used: ${why}`, { cause: error });
}
