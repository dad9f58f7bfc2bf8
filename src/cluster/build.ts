import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { ChaosError } from '../base/error.ts';
import { formatMs } from '../config/units.ts';
import { runMark } from './proc.ts';

/** Runs the broker's build command in its project's folder; all it says goes to `logFile`. */
export async function build(options: {
  command: string;
  folder: string;
  logFile: string;
  run: string;
  withinMs: number;
  signal: AbortSignal;
}): Promise<void> {
  mkdirSync(dirname(options.logFile), { recursive: true });
  writeFileSync(options.logFile, `$ ${options.command}\n`);
  const result = await execa(options.command, {
    shell: true,
    cwd: options.folder,
    env: { [runMark]: options.run },
    stdin: 'ignore',
    all: true,
    reject: false,
    timeout: options.withinMs,
    forceKillAfterDelay: 2_000,
    cancelSignal: options.signal,
    maxBuffer: 20_000_000,
  });
  const output = result.all ?? '';
  appendFileSync(options.logFile, `${output}\n`);
  options.signal.throwIfAborted();
  if (!result.failed) return;
  const how = result.timedOut
    ? `took longer than ${formatMs(options.withinMs)}`
    : result.exitCode === undefined
      ? `could not run: ${result.shortMessage}`
      : `ended with exit code ${result.exitCode}`;
  throw new ChaosError('build', `the build command ${how}: ${options.command}`, {
    output: output.split('\n').slice(-20),
    hint: `run it yourself in ${options.folder}; the whole output is in ${options.logFile}`,
  });
}
