import { execa } from 'execa';
import { ChaosError } from '../../../base/error.ts';
import type { PrivilegedMode } from '../../../model/privileged-mode.ts';

/** The programs that are run with privileges. There are no others. */
export type PrivilegedProgram = 'nft' | 'tc' | 'unshare' | 'tee' | 'mkdir' | 'rmdir' | 'mount' | 'umount' | 'kill';

/** Runs one program with arguments as root, with no shell in between. */
export type Privileged = {
  readonly by: 'root' | 'sudo';
  /** Resolves with what it said on stdout. Rejects with a ChaosError when it is not there or fails. */
  run(program: PrivilegedProgram, args: readonly string[], input?: string): Promise<string>;
};

export type PrivilegeSearch =
  | { readonly privileged: Privileged }
  | { readonly privileged: undefined; readonly reason: string; readonly hint: string };

/** Nothing that is run here takes longer; a sudo that waits for a name server may. */
const programWithinMs = 10_000;

/** Administrators' programs are not on every user's PATH. */
const path = [process.env.PATH, '/usr/local/sbin', '/usr/sbin', '/sbin'].filter(Boolean).join(':');

/** Root, else passwordless sudo, else why not. */
export async function findPrivileged(mode: PrivilegedMode): Promise<PrivilegeSearch> {
  if (mode === 'never')
    return {
      privileged: undefined,
      reason: 'privileges are not to be used (privileged: never)',
      hint: 'leave --privileged away, or say auto',
    };
  if (process.geteuid?.() === 0) return { privileged: through('root', []) };
  const sudo = await execa('sudo', ['-n', 'true'], {
    reject: false,
    stdin: 'ignore',
    timeout: programWithinMs,
    env: { PATH: path },
  });
  if (!sudo.failed) return { privileged: through('sudo', ['sudo', '-n']) };
  const missing = sudo.code === 'ENOENT';
  return {
    privileged: undefined,
    reason: missing ? 'not root, and there is no sudo' : 'not root, and sudo asks for a password',
    hint: 'run as root, or let this user use sudo without a password',
  };
}

function through(by: Privileged['by'], prefix: readonly string[]): Privileged {
  return {
    by,
    async run(program, args, input) {
      const [file = program, ...rest] = [...prefix, program, ...args];
      const result = await execa(file, rest, {
        reject: false,
        timeout: programWithinMs,
        env: { PATH: path, LC_ALL: 'C' },
        stripFinalNewline: true,
        ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
      });
      if (!result.failed) return result.stdout;
      if (result.code === 'ENOENT')
        throw new ChaosError('fault', `there is no ${file} on this machine`, { hint: `install ${packageOf(program)}` });
      // Of a long list the first line tells what is wrong.
      const [said] = (result.stderr || (result.shortMessage ?? 'it failed')).split('\n');
      throw new ChaosError('fault', `${program} ${args.join(' ')}: ${said}`);
    },
  };
}

function packageOf(program: PrivilegedProgram): string {
  if (program === 'nft') return 'nftables: sudo apt-get install nftables';
  return program === 'tc' ? 'iproute2: sudo apt-get install iproute2' : program;
}
