import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import type { ProcessIdentity } from '../../src/engines/local/clock/vdso/stop.ts';
import { identityOf } from './processes.ts';

/** What clock-witness.c says: nanoseconds of the wall clock as the library and, before and after, as the kernel told them. */
export type Told = {
  readonly [clock in
    | 'before'
    | 'realtime'
    | 'timeofday'
    | 'after'
    | 'coarseBefore'
    | 'coarse'
    | 'time'
    | 'stored'
    | 'coarseAfter']: bigint;
} & {
  /** Whether each of four other clocks told what the kernel told. */
  readonly others: readonly boolean[];
  readonly wrongClock: number;
  readonly nowhere: number;
  readonly resolution: number;
  readonly cpu: number;
  readonly looks: number;
  readonly bad: number;
};

export type Witness = ProcessIdentity & { tell(): Promise<Told> };

/** Starts C programs that tell the time; compiles them once, and ends them after each test of the file that calls it. */
export function clockWitnesses(): (offsetNs?: bigint) => Witness {
  let folder: string;
  const started: ChildProcess[] = [];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
    const source = join(dirname(fileURLToPath(import.meta.url)), 'clock-witness.c');
    execFileSync('gcc', ['-O2', '-w', '-pthread', '-o', join(folder, 'witness'), source]);
  });
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (offsetNs) => {
    const child = spawn(join(folder, 'witness'), offsetNs === undefined ? [] : [String(offsetNs)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    started.push(child);
    const waiting: ((line: string) => void)[] = [];
    createInterface(child.stdout).on('line', (line) => waiting.shift()?.(line));
    return {
      ...identityOf(child.pid ?? 0),
      tell() {
        const answer = new Promise<string>((resolve) => waiting.push(resolve));
        child.stdin.write('\n');
        return answer.then(
          (line) =>
            JSON.parse(line, (_, value) =>
              typeof value === 'string' && /^-?\d+$/.test(value) ? BigInt(value) : value,
            ) as Told,
        );
      },
    };
  };
}
