import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  readMemory
} from "./chunks/chunk-KUCWHKCI.js";
import "./chunks/chunk-6DG7BXTN.js";

// src/engines/local/stressor.ts
import { closeSync, fsyncSync, mkdirSync, openSync, unlinkSync, writeFileSync, writeSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
var periodMs = 80;
var stepBytes = 32 * 1024 ** 2;
var blockBytes = 1024 ** 2;
var pageBytes = 4096;
var probeEveryMs = 100;
process.stdin.on("error", () => {
}).on("close", () => process.exit(0));
process.stdin.resume();
var [task, ...given] = process.argv.slice(2);
switch (task) {
  case "cpu":
    await burn(Number(given[0]));
    break;
  case "memory":
    await hold(Number(given[0]), Number(given[1]), Number(given[2]));
    break;
  case "io":
    process.env.UV_THREADPOOL_SIZE = given[1];
    await Promise.all(
      Array.from({ length: Number(given[1]) }, (_, i) => sync(join(given[0] ?? "", `${i}`), Number(given[2])))
    );
    break;
  case "fill":
    await fill(given[0] ?? "", Number(given[1]));
    break;
  case "probe":
    await probe(given[0] ?? "");
    break;
  case "write":
    process.stdout.write(`${writeOnce(given[0] ?? "")}
`);
    process.exit(0);
}
async function burn(load) {
  const startMs = performance.now();
  for (let period = 0; ; period++) {
    const untilMs = startMs + (period + load) * periodMs;
    while (performance.now() < untilMs) ;
    await sleep(Math.max(0, startMs + (period + 1) * periodMs - performance.now()));
  }
}
async function hold(freeBytes, mostBytes, marginBytes) {
  writeFileSync("/proc/self/oom_score_adj", "1000");
  const ballast = [];
  const available = () => readMemory().availableBytes;
  const floorBytes = Math.max(freeBytes, marginBytes * 1.1);
  for (; ; ) {
    const heldBytes = ballast.length * stepBytes;
    if (heldBytes + stepBytes > mostBytes) break;
    if (available() - stepBytes < floorBytes) break;
    ballast.push(Buffer.alloc(stepBytes, 1));
    await sleep(1);
  }
  process.stdout.write(`holds ${ballast.length * stepBytes}
`);
  while (available() >= marginBytes) await sleep(50);
  process.stdout.write("gave way\n");
  process.exit(0);
}
async function sync(file, bytes) {
  const block = Buffer.alloc(blockBytes, 1);
  const handle = await open(file, "w");
  for (let at = 0; ; at = at + blockBytes < bytes ? at + blockBytes : 0) {
    await handle.write(block, 0, Math.min(blockBytes, bytes), at);
    await handle.sync();
  }
}
async function fill(file, mostBytes) {
  mkdirSync(dirname(file), { recursive: true });
  const fd = openSync(file, "w");
  let size = 0;
  for (; ; ) {
    for (const bytes of [blockBytes, pageBytes]) {
      const block = Buffer.alloc(bytes, 1);
      try {
        while (size < mostBytes) size += writeSync(fd, block, 0, bytes, size);
      } catch (error) {
        if (error.code !== "ENOSPC") throw error;
      }
    }
    await sleep(20);
  }
}
async function probe(file) {
  const page = Buffer.alloc(pageBytes, 1);
  const fd = openSync(file, "w");
  for (; ; ) {
    const fromMs = performance.now();
    writeSync(fd, page, 0, pageBytes, 0);
    fsyncSync(fd);
    process.stdout.write(`${(performance.now() - fromMs).toFixed(3)}
`);
    await sleep(probeEveryMs);
  }
}
function writeOnce(file) {
  let said = "ok";
  let fd;
  try {
    fd = openSync(file, "w");
    writeSync(fd, Buffer.alloc(pageBytes, 1));
  } catch (error) {
    said = error.code ?? String(error);
  }
  if (fd !== void 0) {
    closeSync(fd);
    unlinkSync(file);
  }
  return said;
}
