import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from '@jest/globals';
import { mosquittoProgram } from '../workload/mqtt/support.ts';
import { nft } from './kernel.ts';
import { asRoot } from './users.ts';

/** What some tests need beyond npm: how it is recognised, and how to get it. `scripts/setup-tests.sh` installs all of it. */
const needs = {
  chromium: {
    isHere: () => browserProgram() !== undefined,
    get: 'apt-get install chromium',
  },
  gcc: { isHere: () => programOf('gcc') !== undefined, get: 'apt-get install build-essential' },
  go: { isHere: () => programOf('go') !== undefined, get: 'apt-get install golang-go' },
  mosquitto: { isHere: () => mosquittoProgram !== undefined, get: 'apt-get install mosquitto' },
  'nats-server': { isHere: () => programOf('nats-server') !== undefined, get: 'apt-get install nats-server' },
  'nft and root': {
    isHere: () => does(() => nft('list', 'tables')),
    get: 'apt-get install nftables sudo, then run as root or as a user with passwordless sudo',
  },
  openssl: { isHere: () => programOf('openssl') !== undefined, get: 'apt-get install openssl' },
  python3: { isHere: () => programOf('python3') !== undefined, get: 'apt-get install python3' },
  'python3-venv': {
    isHere: () => does(() => execFileSync('python3', ['-c', 'import ensurepip'], { stdio: 'ignore' })),
    get: 'apt-get install python3-venv',
  },
  'root that may mount': { isHere: () => does(mountOnce), get: 'run as root, or as a user with passwordless sudo' },
  sudo: { isHere: () => programOf('sudo') !== undefined, get: 'apt-get install sudo' },
} satisfies Record<string, { readonly isHere: () => boolean; readonly get: string }>;

function mountOnce(): void {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  try {
    asRoot('mount', ['-t', 'tmpfs', 'chaos-test', folder]);
    asRoot('umount', [folder]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export type Need = keyof typeof needs;

/**
 * `test` for what needs something beyond npm. Where it is missing each test is skipped, and its title ends with
 * `[needs WHAT: HOW TO GET IT]`, from which `npm test` makes its summary. Hooks of a suite whose tests are all skipped do not run.
 */
export function needing(...wanted: readonly Need[]): typeof test {
  const missing = missingOf(wanted);
  if (missing === undefined) return test;
  const named = (title: string): string => `${title} [needs ${missing}: ${needs[missing].get}]`;
  const skip = (title: string, ...rest: [() => void]) => test.skip(named(title), ...rest);
  const each =
    (...table: Parameters<typeof test.each>) =>
    (title: string, ...rest: [() => void]) =>
      test.skip.each(...table)(named(title), ...rest);
  return Object.assign(skip, { each }) as unknown as typeof test;
}

/** The first of these that this machine has not. */
export function missingOf(wanted: readonly Need[]): Need | undefined {
  return wanted.find((need) => !needs[need].isHere());
}

export function browserProgram(): string | undefined {
  return ['chromium', 'chromium-browser', 'google-chrome'].map(programOf).find((file) => file !== undefined);
}

/** Where a program is; undefined when it is not on the PATH. */
function programOf(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => does(() => accessSync(file, constants.X_OK)));
}

function does(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
