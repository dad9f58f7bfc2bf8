import { closeSync, fsyncSync, mkdirSync, openSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readMemory } from './machine/host.ts';

/**
 * Uses up something of the machine until it is killed or its standard input closes, as it does when the tool is gone.
 *
 *     cpu LOAD                         busy for this share of every period
 *     memory FREE MOST MARGIN          touches memory until FREE bytes of the machine's are available or it holds MOST
 *     io FOLDER WRITERS BYTES          writes and syncs files of BYTES each, over and over
 *     fill FILE MOST                   lets a file grow until its file system is full, and keeps it full
 *     probe FILE                       writes a page and syncs it ten times a second; says how many milliseconds each took
 *     write FILE                       tries to write one page to a new file; says `ok` or the error's code
 */
const periodMs = 80;
const stepBytes = 32 * 1024 ** 2;
const blockBytes = 1024 ** 2;
const pageBytes = 4_096;
const probeEveryMs = 100;

process.stdin.on('error', () => {}).on('close', () => process.exit(0));
process.stdin.resume();

const [task, ...given] = process.argv.slice(2);
switch (task) {
  case 'cpu':
    await burn(Number(given[0]));
    break;
  case 'memory':
    await hold(Number(given[0]), Number(given[1]), Number(given[2]));
    break;
  case 'io':
    // Each of the writers waits for the disk in a thread of its own.
    process.env.UV_THREADPOOL_SIZE = given[1];
    await Promise.all(
      Array.from({ length: Number(given[1]) }, (_, i) => sync(join(given[0] ?? '', `${i}`), Number(given[2]))),
    );
    break;
  case 'fill':
    await fill(given[0] ?? '', Number(given[1]));
    break;
  case 'probe':
    await probe(given[0] ?? '');
    break;
  case 'write':
    process.stdout.write(`${writeOnce(given[0] ?? '')}\n`);
    process.exit(0);
}

/** Periods are counted from the first, so that a late awakening shortens the pause and not the load. */
async function burn(load: number): Promise<never> {
  const startMs = performance.now();
  for (let period = 0; ; period++) {
    const untilMs = startMs + (period + load) * periodMs;
    while (performance.now() < untilMs);
    await sleep(Math.max(0, startMs + (period + 1) * periodMs - performance.now()));
  }
}

async function hold(freeBytes: number, mostBytes: number, marginBytes: number): Promise<never> {
  // Should memory run short all the same, the kernel takes this process first.
  writeFileSync('/proc/self/oom_score_adj', '1000');
  const ballast: Buffer[] = [];
  const available = (): number => readMemory().availableBytes;
  const floorBytes = Math.max(freeBytes, marginBytes * 1.1);
  for (;;) {
    const heldBytes = ballast.length * stepBytes;
    if (heldBytes + stepBytes > mostBytes) break;
    if (available() - stepBytes < floorBytes) break;
    ballast.push(Buffer.alloc(stepBytes, 1));
    await sleep(1);
  }
  process.stdout.write(`holds ${ballast.length * stepBytes}\n`);
  while (available() >= marginBytes) await sleep(50);
  process.stdout.write('gave way\n');
  process.exit(0);
}

async function sync(file: string, bytes: number): Promise<never> {
  const block = Buffer.alloc(blockBytes, 1);
  const handle = await open(file, 'w');
  for (let at = 0; ; at = at + blockBytes < bytes ? at + blockBytes : 0) {
    await handle.write(block, 0, Math.min(blockBytes, bytes), at);
    await handle.sync();
  }
}

async function fill(file: string, mostBytes: number): Promise<never> {
  mkdirSync(dirname(file), { recursive: true });
  const fd = openSync(file, 'w');
  let size = 0;
  for (;;) {
    for (const bytes of [blockBytes, pageBytes]) {
      const block = Buffer.alloc(bytes, 1);
      try {
        // Bounded whatever happens: the file system that is filled was made for that and is no larger.
        while (size < mostBytes) size += writeSync(fd, block, 0, bytes, size);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
    // What the broker deletes is taken again.
    await sleep(20);
  }
}

/** In a process of its own and without the event loop, so that only the disk is timed. */
async function probe(file: string): Promise<never> {
  const page = Buffer.alloc(pageBytes, 1);
  const fd = openSync(file, 'w');
  for (;;) {
    const fromMs = performance.now();
    writeSync(fd, page, 0, pageBytes, 0);
    fsyncSync(fd);
    process.stdout.write(`${(performance.now() - fromMs).toFixed(3)}\n`);
    await sleep(probeEveryMs);
  }
}

function writeOnce(file: string): string {
  let said = 'ok';
  let fd: number | undefined;
  try {
    fd = openSync(file, 'w');
    writeSync(fd, Buffer.alloc(pageBytes, 1));
  } catch (error) {
    said = (error as NodeJS.ErrnoException).code ?? String(error);
  }
  if (fd !== undefined) {
    closeSync(fd);
    unlinkSync(file);
  }
  return said;
}
