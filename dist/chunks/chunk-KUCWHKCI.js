import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/engines/local/machine/host.ts
import { existsSync, readdirSync, readFileSync } from "node:fs";
function readCpuTicks(text = readFileSync("/proc/stat", "utf8")) {
  const cpus = /* @__PURE__ */ new Map();
  for (const line of text.split("\n")) {
    const match = /^cpu(\d+) (.*)$/.exec(line);
    if (!match) continue;
    const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, softIrq = 0, steal = 0] = (match[2] ?? "").split(" ").map(Number);
    const busy = user + nice + system + irq + softIrq;
    cpus.set(Number(match[1]), { busy, steal, total: busy + idle + wait + steal });
  }
  return cpus;
}
function busyShare(before, after, cpus) {
  let busy = 0;
  let total = 0;
  for (const cpu of cpus) {
    busy += (after.get(cpu)?.busy ?? 0) - (before.get(cpu)?.busy ?? 0);
    total += (after.get(cpu)?.total ?? 0) - (before.get(cpu)?.total ?? 0);
  }
  return total <= 0 ? 0 : busy / total;
}
function readRunQueueDelayMs(pid) {
  let waitedNs = 0;
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`))
      waitedNs += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "latin1").split(" ")[1] ?? 0);
  } catch {
  }
  return waitedNs / 1e6;
}
var msPerTick = 10;
function readMachineCpu(text) {
  const cpus = [...readCpuTicks(text).values()];
  const sum = (of) => cpus.reduce((total, cpu) => total + of(cpu), 0);
  return { busyMs: sum(({ busy }) => busy) * msPerTick, stealMs: sum(({ steal }) => steal) * msPerTick };
}
function readMemory(text = readFileSync("/proc/meminfo", "utf8")) {
  const bytes = (name) => Number(new RegExp(`^${name}: +(\\d+) kB$`, "m").exec(text)?.[1] ?? 0) * 1024;
  return { totalBytes: bytes("MemTotal"), availableBytes: bytes("MemAvailable") };
}
function readPressureMs(resource) {
  try {
    const [, us] = /^some .*total=(\d+)$/m.exec(readFileSync(`/proc/pressure/${resource}`, "latin1")) ?? [];
    return us === void 0 ? void 0 : Number(us) / 1e3;
  } catch {
    return void 0;
  }
}
function readStorageWrites(pid) {
  if (!existsSync("/proc/self/io")) return void 0;
  return Number(/^write_bytes: (\d+)$/m.exec(readText(`/proc/${pid}/io`))?.[1] ?? 0);
}
function readDisk(device, text = readText("/proc/diskstats")) {
  const major = device >> 8 & 4095;
  const minor = device & 255 | device >> 12 & 1048320;
  for (const line of text.split("\n")) {
    const fields = line.trim().split(/\s+/);
    if (Number(fields[0]) !== major || Number(fields[1]) !== minor) continue;
    return { writtenBytes: Number(fields[9]) * 512, busyMs: Number(fields[12]) };
  }
  return void 0;
}
function readText(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

export {
  readCpuTicks,
  busyShare,
  readRunQueueDelayMs,
  readMachineCpu,
  readMemory,
  readPressureMs,
  readStorageWrites,
  readDisk
};
