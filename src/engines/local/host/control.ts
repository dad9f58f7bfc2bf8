import { execa } from 'execa';
import { distPath } from '../../../base/entries.ts';
import { inheritedEnvironment } from '../cluster/logged-process.ts';
import { readStat, runMark } from '../cluster/proc.ts';
import type { LocalScope } from '../effect.ts';
import { Pins } from './affinity.ts';
import { setAffinity, setSoftLimit } from './programs.ts';

/**
 * What is done to the machine for a fault. Everything goes through here, so that a test can put a control in its place that does
 * nothing, and so that another mechanism, such as cgroups, has a place.
 */
export type HostControl = {
  /** Starts dist/stressor.js with a task, on one CPU if one is named. It carries the run's mark and ends with the tool. */
  start(task: readonly string[], cpu?: number): Stressor;
  /** The same for a process that only measures. */
  observe(task: readonly string[]): Stressor;
  /** Faults that pin the same processes, the tool's own above all, may overlap. */
  readonly pins: Pins;
  readonly setAffinity: typeof setAffinity;
  readonly setSoftLimit: typeof setSoftLimit;
};

export type Stressor = {
  /** 0 when it could not be started. */
  readonly pid: number;
  readonly startTicks: number;
  /** Its output so far. */
  said(): string;
  /** Resolves when it is gone. */
  stop(): Promise<void>;
};

/** Starts a stressor that the scope stops. */
export function startStressor(host: HostControl, scope: LocalScope, task: readonly string[], cpu?: number): Stressor {
  let stressor: Stressor | undefined;
  scope.undo({ type: 'ends-with-run', what: `stressor ${task[0]}` }, () => stressor?.stop());
  stressor = host.start(task, cpu);
  return stressor;
}

export function localHost(run: string): HostControl {
  const start: HostControl['start'] = (task, cpu) => {
    const node = [process.execPath, distPath('stressor.js'), ...task];
    const [command = '', ...args] = cpu === undefined ? node : ['taskset', '-c', `${cpu}`, ...node];
    const child = execa(command, args, {
      env: { ...inheritedEnvironment(process.env), [runMark]: run },
      extendEnv: false,
      // Held open: it closes when this process ends, however it ends, and the stressor ends with it.
      stdin: 'pipe',
      stdout: 'pipe',
      stderr: 'ignore',
      buffer: false,
      reject: false,
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.stdin.on('error', () => {});
    const pid = child.pid ?? 0;
    return {
      pid,
      startTicks: readStat(pid)?.startTicks ?? 0,
      said: () => said,
      async stop() {
        child.kill('SIGKILL');
        await child;
      },
    };
  };
  return { start, observe: (task) => start(task), pins: new Pins(), setAffinity, setSoftLimit };
}
