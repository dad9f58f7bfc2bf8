import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { pollUntil } from '../../src/base/clock.ts';
import { distPath } from '../../src/base/entries.ts';
import { exitCodes } from '../../src/base/error.ts';
import { type ProcessStat, readStat, runMark } from '../../src/engines/local/cluster/proc.ts';
import { eventually, patienceMs } from './eventually.ts';

export type ToolResult = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type Tool = {
  readonly pid: number;
  readonly done: Promise<ToolResult>;
  /** Resolves once this is said on stderr. */
  says(text: string): Promise<void>;
};

/** Where the tool under test keeps its state: never where a real run keeps its own. */
function temporaryOf(folder: string): string {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  return temporary;
}

/** Starts `chaos-action` as a user does, in `folder`. */
export function startTool(folder: string, args: readonly string[], own: Readonly<Record<string, string>> = {}): Tool {
  const env: NodeJS.ProcessEnv = { ...process.env, TMPDIR: temporaryOf(folder), NO_COLOR: '1', ...own };
  for (const name of ['CI', 'GITHUB_ACTIONS']) delete env[name];
  const child = spawn(process.execPath, [distPath('cli.js'), ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('the tool could not be started');
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const done = new Promise<ToolResult>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { pid, done, says: (text) => eventually(`"${text}" on stderr`, () => stderr.includes(text)) };
}

/** Runs `chaos-action` to its end. */
export async function runTool(
  folder: string,
  ...args: readonly string[]
): Promise<ToolResult & { readonly pid: number }> {
  const { pid, done } = startTool(folder, args);
  return { pid, ...(await done) };
}

/** Runs `chaos-action` once more while it says by its exit code that the run decided nothing, which is what a machine that is too busy makes of it. */
export async function runToolUntilDecided(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ToolResult & { readonly pid: number }> {
  for (let left = 5; ; left--) {
    const { pid, done } = startTool(folder, args, env);
    const result = { pid, ...(await done) };
    if (left === 0 || result.code !== exitCodes.inconclusive) return result;
  }
}

/** Every process that carries the mark of the run that the tool with this pid made; a run's name ends with its tool's pid. */
export function processesOfRun(toolPid: number): ProcessStat[] {
  return allPids().flatMap((pid) => {
    if (!new RegExp(`\0${runMark}=\\d+-${toolPid}\0`).test(`\0${read(`/proc/${pid}/environ`)}`)) return [];
    const stat = readStat(pid);
    return stat === undefined || stat.state === 'Z' ? [] : [stat];
  });
}

/** The process that watches over the run of the tool with this pid. */
export function reaperOf(toolPid: number): number | undefined {
  return allPids().find((pid) => new RegExp(`reaper\\.js\0\\d+-${toolPid}\0`).test(read(`/proc/${pid}/cmdline`)));
}

/** What is left of a run on this machine: its processes, its reaper, its state. */
export function leftOf(folder: string, toolPid: number): string[] {
  const states = join(temporaryOf(folder), `chaos-action-${userInfo().uid}`);
  const reaper = reaperOf(toolPid);
  return [
    ...processesOfRun(toolPid).map(({ pid, state }) => `process ${pid} in state ${state}`),
    ...(reaper === undefined ? [] : [`reaper ${reaper}`]),
    ...list(states).map((run) => `state of run ${run}`),
  ];
}

/** What is still left after a generous wait; empty as soon as nothing is. */
export async function leftAtLast(folder: string, toolPid: number): Promise<string[]> {
  const clean = await pollUntil(() => (leftOf(folder, toolPid).length === 0 ? [] : undefined), {
    withinMs: patienceMs,
    everyMs: 200,
  });
  return clean ?? leftOf(folder, toolPid);
}

function allPids(): number[] {
  return list('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid));
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
