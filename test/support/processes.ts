import { spawn } from 'node:child_process';
import { afterEach } from '@jest/globals';
import { readStat, signal } from '../../src/engines/local/cluster/proc.ts';
import { eventually } from './eventually.ts';

export type Started = {
  readonly pid: number;
  /** All that it has said so far. */
  said(): string;
  /** Resolves with its first line. */
  firstLine(): Promise<string>;
};

/** Starts small shell scripts, each in a process group of its own, for the tests of the file that calls it; kills them after each test. */
export function processes(): (script: string, env?: Readonly<Record<string, string>>) => Started {
  const groups: number[] = [];
  afterEach(() => {
    for (const group of groups.splice(0)) signal(-group, 'SIGKILL');
  });
  return (script, env = {}) => {
    const child = spawn('sh', ['-c', script], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const { pid } = child;
    if (pid === undefined) throw new Error('sh could not be started');
    groups.push(pid);
    let text = '';
    child.stdout?.on('data', (data) => {
      text += data;
    });
    return {
      pid,
      said: () => text,
      async firstLine() {
        await eventually('a line of output', () => text.includes('\n'));
        return text.split('\n')[0] ?? '';
      },
    };
  };
}

/** The process's state letter, or `gone`. */
export function stateOf(pid: number): string {
  return readStat(pid)?.state ?? 'gone';
}

/** The pid and start time of a process that lives. */
export function identityOf(pid: number): { pid: number; startTicks: number } {
  const stat = readStat(pid);
  if (!stat) throw new Error(`there is no process ${pid}`);
  return { pid, startTicks: stat.startTicks };
}
