import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';
import { distPath } from '../../src/base/entries.ts';

/** A user of this machine that exists for the tests of one file. */
export type TestUser = {
  readonly name: string;
  readonly uid: number;
  /** A folder of this user's own. */
  readonly folder: string;
  /** Runs the tool in that folder as this user. */
  run(...args: readonly string[]): UserTool;
};

export type UserTool = {
  readonly done: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
};

/** As root, or as one who may become root. */
export function asRoot(program: string, args: readonly string[], input = ''): string {
  const [file = program, ...rest] = [...(process.geteuid?.() === 0 ? [] : ['sudo', '-n']), program, ...args];
  return execFileSync(file, rest, {
    encoding: 'utf8',
    input,
    stdio: 'pipe',
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
  });
}

/** Makes users, with or without passwordless sudo, and takes them away after the tests of the file that calls it. */
export function users(): (name: string, options: { sudo: boolean }) => TestUser {
  const undo: (() => void)[] = [];
  afterAll(() => {
    for (const take of undo.splice(0).reverse()) take();
  });
  return (purpose, { sudo }) => {
    const name = `chaos-${purpose}-${process.pid}`;
    asRoot('useradd', ['--no-create-home', '--shell', '/bin/sh', name]);
    // What still ends on a busy machine must not keep the user here.
    undo.push(() => asRoot('userdel', ['--force', name]));
    if (sudo) {
      const file = `/etc/sudoers.d/${name}`;
      asRoot('tee', [file], `${name} ALL=(ALL) NOPASSWD: ALL\n`);
      asRoot('chmod', ['0440', file]);
      undo.push(() => asRoot('rm', ['-f', file]));
    }
    const uid = Number(execFileSync('id', ['-u', name], { encoding: 'utf8' }));
    // The repository may lie where other users cannot look.
    const home = mkdtempSync(join(tmpdir(), 'chaos-test-user-'));
    undo.push(() => asRoot('rm', ['-rf', home]));
    chmodSync(home, 0o755);
    cpSync(dirname(distPath('cli.js')), join(home, 'dist'), { recursive: true });
    const folder = join(home, 'project');
    mkdirSync(join(folder, 'tmp'), { recursive: true });
    asRoot('chown', ['-R', name, folder]);
    return {
      name,
      uid,
      folder,
      run(...args) {
        const words = ['-n', '-u', name, 'env', `TMPDIR=${join(folder, 'tmp')}`, 'NO_COLOR=1'];
        const child = spawn('sudo', [...words, process.execPath, join(home, 'dist', 'cli.js'), ...args], {
          cwd: folder,
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let [stdout, stderr] = ['', ''];
        child.stdout.setEncoding('utf8').on('data', (text) => {
          stdout += text;
        });
        child.stderr.setEncoding('utf8').on('data', (text) => {
          stderr += text;
        });
        return {
          done: new Promise((resolve) => {
            child.once('close', (code) => resolve({ code, stdout, stderr }));
          }),
        };
      },
    };
  };
}
