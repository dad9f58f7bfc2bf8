import { execa } from 'execa';
import { messageOf } from '../../../base/error.ts';
import { findProgram } from '../../../base/find-program.ts';

/** Programs of util-linux that do what Node has no call for. */
export type Program = 'taskset' | 'prlimit';

/** Why a kind of fault that needs these programs cannot be done here; undefined when all are there. */
export function missing(programs: readonly Program[], path = process.env.PATH ?? ''): string | undefined {
  const absent = programs.filter((program) => findProgram(program, path) === undefined);
  return absent.length === 0 ? undefined : `${absent.join(' and ')} is not on the PATH (package util-linux)`;
}

/** Lets a process, with all of its threads or a single thread alone, run on these CPUs only. A process that is gone is no error. */
export async function setAffinity(id: number, cpus: string, whole: boolean): Promise<void> {
  await runOn(id, ['taskset', ...(whole ? ['-a'] : []), '-p', '-c', cpus, `${id}`]);
}

/** Sets the soft limit of a running process and leaves the hard one. A process that is gone is no error. */
export async function setSoftLimit(pid: number, resource: 'nofile' | 'fsize', soft: string): Promise<void> {
  await runOn(pid, ['prlimit', '--pid', `${pid}`, `--${resource}=${soft}:`]);
}

async function runOn(id: number, [command = '', ...args]: readonly string[]): Promise<void> {
  const { failed, stderr, shortMessage } = await execa(command, args, {
    reject: false,
    stdin: 'ignore',
    env: { LC_ALL: 'C' },
  });
  if (!failed || /No such process/.test(stderr)) return;
  throw new Error(stderr.trim() || messageOf(shortMessage), { cause: id });
}
