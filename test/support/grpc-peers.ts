import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { promisify } from 'node:util';
import type { Need } from './needs.ts';

const run = promisify(execFile);
const here = import.meta.dirname;

/** The three implementations of gRPC from which all others are made: each packs headers and windows in its own way. */
export const languages = ['JavaScript', 'Go', 'C core'] as const;
export type Language = (typeof languages)[number];

/** What a program in it is built with, beyond npm. */
export const needsOf: Readonly<Record<Language, readonly Need[]>> = {
  JavaScript: [],
  Go: ['go'],
  'C core': ['python3-venv'],
};

/** Of the service chaos.Test: Echo and Other answer what they were asked, Many ten times, Chat each of five messages in turn. */
export type Job = {
  readonly method: 'Echo' | 'Other' | 'Many' | 'Chat';
  readonly count?: number;
  readonly concurrency?: number;
  readonly bytes?: number;
  readonly deadlineMs?: number;
};

export type Result = {
  /** Calls by the name of their status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** The different messages of those that failed. */
  readonly messages: readonly string[];
  /** Calls that were answered OK with something else than they should have been. */
  readonly wrong: number;
  readonly minMs: number;
  readonly medianMs: number;
};

export type GrpcServer = { readonly port: number; stop(): Promise<void> };
export type GrpcClient = {
  /** Makes the calls, all on one channel, one job after the other. */
  work(job: Job): Promise<Result>;
  stop(): Promise<void>;
};

/** Builds what has to be built into `folder`. Go and Python load their packages as they are used to. */
export async function buildPeers(
  folder: string,
  wanted: readonly Language[],
): Promise<Map<Language, readonly string[]>> {
  const commands = new Map<Language, readonly string[]>();
  for (const language of wanted) commands.set(language, await build[language](folder));
  return commands;
}

const build: Record<Language, (folder: string) => Promise<readonly string[]>> = {
  JavaScript: async () => [process.execPath, join(here, 'grpc-js', 'peer.mjs')],
  async Go(folder) {
    const program = join(folder, 'grpc-go');
    await run('go', ['build', '-o', program, '.'], { cwd: join(here, 'grpc-go') });
    return [program];
  },
  async 'C core'(folder) {
    const environment = join(folder, 'grpc-python');
    mkdirSync(environment);
    await run('python3', ['-m', 'venv', environment]);
    const python = join(environment, 'bin', 'python');
    await run(python, ['-m', 'pip', 'install', '--quiet', 'grpcio==1.85.1']);
    return [python, join(here, 'grpc-python', 'peer.py')];
  },
};

export async function startGrpcServer(command: readonly string[]): Promise<GrpcServer> {
  const peer = new Peer(command, ['serve']);
  const { port } = (await peer.next()) as { port: number };
  return { port, stop: () => peer.stop() };
}

export function startGrpcClient(command: readonly string[], port: number): GrpcClient {
  const peer = new Peer(command, ['dial', String(port)]);
  return {
    work({ method, count = 1, concurrency = 1, bytes = 64, deadlineMs = 30_000 }) {
      peer.say({ method, count, concurrency, bytes, deadlineMs });
      return peer.next() as Promise<Result>;
    },
    stop: () => peer.stop(),
  };
}

/** A process that is told by lines of JSON and answers in such. */
class Peer {
  readonly #child: ChildProcess;
  readonly #lines: Interface;
  readonly #closed: Promise<unknown>;

  constructor([program = '', ...leading]: readonly string[], args: readonly string[]) {
    const child = spawn(program, [...leading, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout });
    this.#closed = new Promise((resolve) => child.once('close', resolve));
  }

  say(value: unknown): void {
    this.#child.stdin?.write(`${JSON.stringify(value)}\n`);
  }

  next(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const onClose = (): void => reject(new Error('a gRPC peer ended before it answered'));
      this.#child.once('close', onClose);
      this.#lines.once('line', (line) => {
        this.#child.off('close', onClose);
        resolve(JSON.parse(line));
      });
    });
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#closed;
  }
}
