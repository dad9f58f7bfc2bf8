import { readFileSync } from 'node:fs';
import type { Privileged } from './privilege.ts';

/** One line of /proc/self/mountinfo (proc_pid_mountinfo(5)). */
export type Mount = {
  readonly folder: string;
  readonly type: string;
  readonly writable: boolean;
  /** Of the file system: for cgroup v1 the controllers of the hierarchy. */
  readonly options: readonly string[];
};

/** Every mount that this process sees, in the order they were made. */
export function mounts(): Mount[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line) => {
      // Optional fields stand between the mount's options and a lone hyphen.
      const [before, after] = line.split(' - ');
      const [, , , , folder, options] = before?.split(' ') ?? [];
      const [type, , fileSystem = ''] = after?.split(' ') ?? [];
      if (folder === undefined || options === undefined || type === undefined) return [];
      return [
        {
          folder: unescaped(folder),
          type,
          writable: options.split(',').includes('rw'),
          options: fileSystem.split(','),
        },
      ];
    });
}

export function isMountPoint(folder: string): boolean {
  return mounts().some((mount) => mount.folder === folder);
}

/** Mounts a tmpfs of a limited size at a folder, owned by this user. Rejects when it could not. */
export async function mountTmpfs(privileged: Privileged, folder: string, bytes: number): Promise<void> {
  const owner = `uid=${process.getuid?.() ?? 0},gid=${process.getgid?.() ?? 0}`;
  await privileged.run('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=0700,${owner}`, 'chaos-action', folder]);
}

/** Takes a mount away, also one in use. Rejects when it could not. */
export async function unmount(privileged: Privileged, folder: string): Promise<void> {
  await privileged.run('umount', ['--lazy', '--', folder]);
}

/** Spaces, tabs, newlines and backslashes are written as octal numbers. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
