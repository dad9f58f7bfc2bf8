import { spawn } from 'node:child_process';
import { ChaosError, messageOf } from '../../../../base/error.ts';
import { isAlive, readStat, signal } from '../../cluster/proc.ts';
import type { Ledger } from '../../ledger.ts';
import { shiftOf } from './machine.ts';
import { type Patch, patched, planPatch } from './patch.ts';
import { persistently, readVdso, restorationOf, restore, switchShift, tryPatch, type Vdso } from './process.ts';
import type { ProcessIdentity } from './stop.ts';

type Struck = { readonly process: ProcessIdentity; readonly vdso: Vdso; readonly undone: () => void };

/**
 * The processes whose wall clock is shifted by one fault. The kernel gives every process the same vDSO, so that the tool's own says how
 * another's was: what differs has been rewritten, by this fault, in a process that was forked from a struck one, or by something else.
 */
export class ClockSkew {
  readonly #original = readVdso(process.pid).image;
  readonly #patch: Patch;
  readonly #shifted: Buffer;
  readonly #ledger: Ledger;
  readonly #struck = new Map<string, Struck>();
  #on = true;

  /** `offsetMs` has either sign. Throws a ChaosError where this machine's vDSO cannot be rewritten. */
  constructor(offsetMs: number, ledger: Ledger) {
    this.#patch = planPatch(this.#original, shiftOf(offsetMs));
    this.#shifted = patched(this.#original, this.#patch);
    this.#ledger = ledger;
  }

  /** How many processes have been struck, those included that are gone. */
  get count(): number {
    return this.#struck.size;
  }

  /** Shifts the clock of each of these processes that does not have it shifted already. Throws a ChaosError where that cannot be done. */
  async cover(processes: readonly ProcessIdentity[]): Promise<void> {
    for (const process of processes) {
      try {
        await this.#coverOne(process);
      } catch (error) {
        if (isAlive(process)) throw error;
      }
    }
  }

  /** The shift of all of them on or off, without stopping anything. */
  switch(on: boolean): void {
    this.#on = on;
    for (const { process, vdso } of this.#struck.values()) {
      try {
        if (isAlive(process)) switchShift(process.pid, vdso, this.#patch, on);
      } catch (error) {
        if (isAlive(process)) throw error;
      }
    }
  }

  /**
   * Gives every struck process its own bytes back, and those of `processes` that were forked from one meanwhile, and reads them back.
   * Throws a ChaosError that names the process whose vDSO is not what it was. Safe to call twice.
   */
  async restore(processes: () => readonly ProcessIdentity[]): Promise<void> {
    // Takes effect at once, also where a thread is in the way of the rest.
    this.switch(false);
    const left: string[] = [];
    for (const [key, { process, vdso, undone }] of this.#struck) {
      try {
        if ((await this.#restoreOne(process, vdso)) === 'busy')
          throw new ChaosError('fault', `a thread of process ${process.pid} stands in the code that replaced its vDSO`);
        undone();
        this.#struck.delete(key);
      } catch (error) {
        left.push(messageOf(error));
      }
    }
    for (const process of processes()) {
      try {
        const vdso = readVdso(process.pid);
        if (this.#look(vdso) === 'shifted') await this.#restoreOne(process, vdso);
        if (this.#look(readVdso(process.pid)) !== 'original')
          left.push(`the vDSO of process ${process.pid} is not the original one`);
      } catch (error) {
        if (isAlive(process)) left.push(messageOf(error));
      }
    }
    if (left.length > 0) throw new ChaosError('fault', left.join('; '));
  }

  async #coverOne(process: ProcessIdentity): Promise<void> {
    const vdso = readVdso(process.pid);
    const state = this.#look(vdso);
    // A process that becomes another program has a vDSO as good as new, mostly elsewhere.
    const key = `${process.pid} ${process.startTicks} ${vdso.start}`;
    if (state === 'other')
      throw new ChaosError(
        'fault',
        `the vDSO of process ${process.pid} is not that of this machine, or is rewritten already`,
      );
    if (!this.#struck.has(key)) {
      const { pid, startTicks } = process;
      const steps = restorationOf(vdso, this.#patch).map((step) =>
        step.map(({ address, bytes }) => ({ address, bytes: bytes.toString('hex') })),
      );
      const undo = { type: 'vdso', process: { pid, startTicks }, start: vdso.start, steps } as const;
      this.#struck.set(key, { process: { pid, startTicks }, vdso, undone: this.#ledger.add(undo, 'clock-skew') });
    }
    if (state === 'original') {
      if ((await persistently(() => tryPatch(process, vdso, this.#patch))) === 'busy')
        throw new ChaosError('fault', `process ${process.pid} could not be stopped outside of its vDSO`);
      if (!this.#on) switchShift(process.pid, vdso, this.#patch, false);
    }
  }

  #restoreOne(process: ProcessIdentity, vdso: Vdso) {
    return restore(process, vdso.start, restorationOf(vdso, this.#patch));
  }

  #look({ image }: Vdso): 'original' | 'shifted' | 'other' {
    if (image.equals(this.#original)) return 'original';
    const { switchOffset } = this.#patch;
    const comparable = Buffer.from(image);
    if (switchOffset < comparable.length) comparable[switchOffset] = this.#shifted[switchOffset] ?? 0;
    return comparable.equals(this.#shifted) ? 'shifted' : 'other';
  }
}

let refusal: { readonly why: string | undefined } | undefined;

/** Why no process's clock can be shifted on this machine; undefined when one can. Tried once, on a short-lived process of the tool's own. */
export function clockSkewRefusal(): string | undefined {
  refusal ??= { why: tryOnChild() };
  return refusal.why;
}

function tryOnChild(): string | undefined {
  const child = spawn('sleep', ['10'], { stdio: 'ignore' });
  child.on('error', () => {});
  const { pid } = child;
  const startTicks = pid === undefined ? undefined : readStat(pid)?.startTicks;
  if (pid === undefined || startTicks === undefined) return 'no process could be started to try it on';
  try {
    const vdso = readVdso(pid);
    const patch = planPatch(vdso.image, shiftOf(1_000));
    for (let attempt = 0; attempt < 20; attempt++) {
      const outcome = tryPatch({ pid, startTicks }, vdso, patch);
      if (outcome === 'done') return undefined;
      if (outcome === 'gone') break;
    }
    return 'a process of the tool’s own could not be stopped to try it on';
  } catch (error) {
    return messageOf(error);
  } finally {
    signal(pid, 'SIGKILL');
  }
}
