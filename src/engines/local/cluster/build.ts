import { maskSecrets } from '../../../base/mask.ts';
import { runShellCommand, type ShellCommand } from './shell-command.ts';

/** Runs the broker's build command in its project's folder. Rejects with `build` as `runShellCommand` does. */
export function build(options: Omit<ShellCommand, 'name' | 'code' | 'title'>): Promise<void> {
  const title = `$ ${maskSecrets(options.command, options.secrets)}\n`;
  return runShellCommand({ ...options, name: 'the build command', code: 'build', title });
}
