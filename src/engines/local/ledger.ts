import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pollUntil } from '../../base/clock.ts';
import { plural } from '../../base/count.ts';
import { ChaosError, messageOf } from '../../base/error.ts';
import { restore } from './clock/vdso/process.ts';
import type { ProcessIdentity } from './clock/vdso/stop.ts';
import { findMarked, findSession, isAlive, killAll, readStat, signal } from './cluster/proc.ts';
import { restoreAffinity, type SavedAffinity } from './host/affinity.ts';
import { type Resource, restoreLimits, type SavedLimit } from './host/limits.ts';
import { type MachineUndo, undoOnMachine } from './machine/undo.ts';

/** What is needed to undo one thing, with no memory of the run. Pids come with start times, since pids are used again. */
export type Undo =
  | { readonly type: 'continue'; readonly processes: readonly { readonly pid: number; readonly startTicks: number }[] }
  /** A process of the run, also one whose environment lost the run's mark, with all of its session. */
  | { readonly type: 'kill'; readonly process: { readonly pid: number; readonly startTicks: number } }
  /** The fault lives in a process of the run and ends with it. */
  | { readonly type: 'ends-with-run'; readonly what: string }
  | { readonly type: 'remove-folder'; readonly folder: string }
  /** Processes are let onto the CPUs that they were on before. */
  | { readonly type: 'affinity'; readonly processes: readonly SavedAffinity[] }
  /** Soft limits of processes are what they were before. */
  | { readonly type: 'limits'; readonly resource: Resource; readonly processes: readonly SavedLimit[] }
  /** Bytes (hex) that belong into the vDSO, at `start`, of a process; what is in one step is written back together. */
  | {
      readonly type: 'vdso';
      readonly process: ProcessIdentity;
      readonly start: number;
      readonly steps: readonly (readonly { readonly address: number; readonly bytes: string }[])[];
    }
  | MachineUndo;

type Line = { readonly entry: number; readonly undo: Undo; readonly why: string } | { readonly undone: number };

type Owner = { readonly run: string; readonly pid: number; readonly startTicks: number; readonly startedAt: string };

/** What other programs make for the tool, which may outlive it for a moment; and how long. */
const inKernel: readonly Undo['type'][] = ['nft-table', 'qdisc', 'cgroup', 'mount'];
const makingMs = 250;

/** What a replay did, in words; empty when there was nothing to do. */
export type ReplayReport = readonly string[];

/** Where the runs of this user keep their state. */
export function stateFolder(): string {
  return join(tmpdir(), `chaos-action-${userInfo().uid}`);
}

/**
 * The undo ledger of one run: what was done to the machine is written to disk before it is done, so that a reaper or `clean` can take
 * it back when the tool itself can not.
 */
export class Ledger {
  readonly folder: string;
  readonly #file: string;
  readonly #open = new Map<number, Undo>();
  readonly #processes: { readonly pid: number; readonly startTicks: number }[] = [];
  #next = 1;

  private constructor(folder: string) {
    this.folder = folder;
    this.#file = join(folder, 'ledger.jsonl');
  }

  /** Begins the ledger of a run, owned by this process. */
  static begin(run: string, states = stateFolder()): Ledger {
    const folder = join(states, run);
    try {
      mkdirSync(states, { recursive: true, mode: 0o700 });
      requireOwn(states);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const ledger = new Ledger(folder);
      writeFileSync(join(folder, 'owner.json'), JSON.stringify(ownerOf(run)));
      // Not empty: a full disk still takes the name of a file.
      writeFileSync(ledger.#file, '\n');
      return ledger;
    } catch (error) {
      if (error instanceof ChaosError) throw error;
      throw new ChaosError('usage', `the state of the run cannot be kept in ${folder}: ${messageOf(error)}`, {
        hint: 'the undo ledger is written there; let TMPDIR name a folder that can be written to',
        cause: error,
      });
    }
  }

  /** Writes down how to undo something, before it is done. Returns what to call when it has been undone. */
  add(undo: Undo, why: string): () => void {
    const entry = this.#next++;
    this.#open.set(entry, undo);
    if (undo.type === 'kill') this.#processes.push(undo.process);
    if (undo.type === 'continue') this.#processes.push(...undo.processes);
    this.#append({ entry, undo, why });
    return () => {
      if (this.#open.delete(entry)) this.#append({ undone: entry });
    };
  }

  /** Every process that was ever written down, whether it lives or not. */
  processes(): readonly { readonly pid: number; readonly startTicks: number }[] {
    return this.#processes;
  }

  /** The run has ended in order: nothing is left to undo, and its state goes. */
  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #append(line: Line): void {
    try {
      appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
    } catch (error) {
      throw new ChaosError('cluster', `the undo ledger ${this.#file} cannot be written: ${messageOf(error)}`, {
        hint: 'nothing is done to the machine that could not be taken back; make room, or let TMPDIR name another folder',
        cause: error,
      });
    }
  }
}

function ownerOf(run: string): Owner {
  return {
    run,
    pid: process.pid,
    startTicks: readStat(process.pid)?.startTicks ?? 0,
    startedAt: new Date().toISOString(),
  };
}

/** What a ledger says is done, so that nobody else may have written it: the folder's name can be guessed by others of this machine. */
function requireOwn(states: string): void {
  const stat = lstatSync(states);
  if (stat.isDirectory() && stat.uid === userInfo().uid) return;
  throw new ChaosError('internal', `${states} is not a folder of this user, so its undo ledgers are not trusted`, {
    hint: 'find out who made it and remove it, or let TMPDIR name another folder',
  });
}

/** Runs of this user whose tool is gone without having ended them. */
export function abandonedRuns(folder = stateFolder()): string[] {
  if (!existsSync(folder)) return [];
  requireOwn(folder);
  return readdirSync(folder).filter((run) => {
    const owner = readOwner(join(folder, run));
    return owner === undefined || !isAlive(owner);
  });
}

/**
 * Ends what a run has left: undoes its faults, newest first, kills its processes, removes its folders and its state.
 * Safe to call twice, and from two processes at once. Where something could not be undone, that is told and the state stays, for another time.
 */
export async function replay(run: string, states = stateFolder()): Promise<ReplayReport> {
  const folder = join(states, run);
  const done: string[] = [];
  const entries = openEntries(folder).reverse();
  let failed = 0;
  const undoAll = async (some: typeof entries): Promise<void> => {
    for (const { undo, why } of some) {
      try {
        const did = await undoOne(undo);
        if (did) done.push(`${did} (${why})`);
      } catch (error) {
        // The others must not suffer for it, and what could not be undone must not be forgotten.
        failed++;
        done.push(`FAILED: ${messageOf(error)} (${why})`);
      }
    }
  };
  await undoAll(entries);
  // A process that was killed a moment ago must not be found, and told of, once more.
  const dying = entries.flatMap(({ undo }) => (undo.type === 'kill' ? [undo.process] : []));
  await pollUntil(() => (dying.some(isAlive) ? undefined : true), { withinMs: 1_000, everyMs: 5 });
  const killed = await killAll(
    () => findMarked(run),
    () => sleep(10),
  );
  if (killed > 0) done.push(`killed ${plural(killed, 'process', 'processes')}`);
  // A program that the tool had asked to make something when it was killed may have made it since.
  const made = entries.filter(({ undo }) => inKernel.includes(undo.type));
  if (failed === 0 && made.length > 0) {
    await sleep(makingMs);
    await undoAll(made);
  }
  if (failed === 0 && existsSync(folder)) {
    rmSync(folder, { recursive: true, force: true });
    done.push('removed its state');
  }
  return done;
}

async function undoOne(undo: Undo): Promise<string | undefined> {
  switch (undo.type) {
    case 'continue': {
      const stopped = undo.processes.filter((process) => isAlive(process) && readStat(process.pid)?.state === 'T');
      for (const { pid } of stopped) signal(pid, 'SIGCONT');
      return stopped.length > 0
        ? `continued ${plural(stopped.length, 'stopped process', 'stopped processes')}`
        : undefined;
    }
    case 'remove-folder':
      if (!existsSync(undo.folder)) return undefined;
      rmSync(undo.folder, { recursive: true, force: true });
      return `removed ${undo.folder}`;
    case 'kill': {
      if (!isAlive(undo.process)) return undefined;
      const session = findSession(undo.process.pid);
      for (const { pid } of [...session, undo.process]) signal(pid, 'SIGKILL');
      const more = session.length > 1 ? ` and ${session.length - 1} more of its session` : '';
      return `killed process ${undo.process.pid}${more}`;
    }
    case 'affinity': {
      const restored = await restoreAffinity(undo.processes);
      return restored > 0 ? `let ${plural(restored, 'process', 'processes')} onto their CPUs again` : undefined;
    }
    case 'limits': {
      const restored = await restoreLimits(undo.resource, undo.processes);
      return restored > 0
        ? `gave ${plural(restored, 'process', 'processes')} their ${undo.resource} limits again`
        : undefined;
    }
    case 'ends-with-run':
      return undefined;
    case 'vdso':
      return restoreVdso(undo);
    case 'nft-table':
    case 'qdisc':
    case 'cgroup':
    case 'mount':
      return undoOnMachine(undo);
  }
}

async function restoreVdso({ process, start, steps }: Extract<Undo, { type: 'vdso' }>): Promise<string | undefined> {
  if (!isAlive(process)) return undefined;
  try {
    const bytes = steps.map((step) =>
      step.map((part) => ({ address: part.address, bytes: Buffer.from(part.bytes, 'hex') })),
    );
    const outcome = await restore(process, start, bytes);
    // The tool may have been killed in the moment in which it had stopped the process.
    signal(process.pid, 'SIGCONT');
    return outcome === 'done' ? `restored the vDSO of process ${process.pid}` : undefined;
  } catch {
    // Nobody's descendant any more, the process may be out of reach (Yama). It is one of the run's, and is killed in any case.
    return undefined;
  }
}

function openEntries(folder: string): { undo: Undo; why: string }[] {
  const entries = new Map<number, { undo: Undo; why: string }>();
  for (const text of readText(join(folder, 'ledger.jsonl')).split('\n')) {
    const line = parse<Line>(text);
    if (!line) continue;
    if ('undone' in line) entries.delete(line.undone);
    else if (typeof line.undo === 'object' && line.undo !== null) entries.set(line.entry, line);
  }
  return [...entries.values()];
}

function readOwner(folder: string): Owner | undefined {
  return parse<Owner>(readText(join(folder, 'owner.json')));
}

/** Undefined for what is not an object in JSON, such as the last line of a ledger that was being written when the tool was killed. */
function parse<T extends object>(text: string): T | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
