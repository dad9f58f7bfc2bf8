import { readFileSync } from 'node:fs';

/** One line of /proc/self/mountinfo (proc_pid_mountinfo(5)). */
export type Mount = { readonly folder: string; readonly type: string; readonly writable: boolean };

/** Every mount that this process sees, in the order they were made. */
export function mounts(): Mount[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line) => {
      // Optional fields stand between the mount's options and a lone hyphen.
      const [before, after] = line.split(' - ');
      const [, , , , folder, options] = before?.split(' ') ?? [];
      const [type] = after?.split(' ') ?? [];
      if (folder === undefined || options === undefined || type === undefined) return [];
      return [{ folder: unescaped(folder), type, writable: options.split(',').includes('rw') }];
    });
}

export function isMountPoint(folder: string): boolean {
  return mounts().some((mount) => mount.folder === folder);
}

/** Spaces, tabs, newlines and backslashes are written as octal numbers. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
