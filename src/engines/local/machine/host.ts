import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** CPU time of one CPU since boot, in clock ticks (proc_stat(5)). Idle and waiting for I/O are not busy, nor is what a hypervisor took. */
export type CpuTicks = { readonly busy: number; readonly steal: number; readonly total: number };

/** By the number of the CPU. */
export function readCpuTicks(text = readFileSync('/proc/stat', 'utf8')): ReadonlyMap<number, CpuTicks> {
  const cpus = new Map<number, CpuTicks>();
  for (const line of text.split('\n')) {
    const match = /^cpu(\d+) (.*)$/.exec(line);
    if (!match) continue;
    const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, softIrq = 0, steal = 0] = (match[2] ?? '')
      .split(' ')
      .map(Number);
    const busy = user + nice + system + irq + softIrq;
    cpus.set(Number(match[1]), { busy, steal, total: busy + idle + wait + steal });
  }
  return cpus;
}

/** Share of the time between two looks in which these CPUs were busy, 0 to 1; 0 when no time has passed. */
export function busyShare(
  before: ReadonlyMap<number, CpuTicks>,
  after: ReadonlyMap<number, CpuTicks>,
  cpus: readonly number[],
): number {
  let busy = 0;
  let total = 0;
  for (const cpu of cpus) {
    busy += (after.get(cpu)?.busy ?? 0) - (before.get(cpu)?.busy ?? 0);
    total += (after.get(cpu)?.total ?? 0) - (before.get(cpu)?.total ?? 0);
  }
  return total <= 0 ? 0 : busy / total;
}

/** How long the threads of a process have stood ready to run with no CPU to run on, in milliseconds; 0 when it is gone. */
export function readRunQueueDelayMs(pid: number): number {
  let waitedNs = 0;
  try {
    // The file of the process itself tells of its first thread only.
    for (const thread of readdirSync(`/proc/${pid}/task`))
      waitedNs += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ')[1] ?? 0);
  } catch {
    // It or a thread of it has ended meanwhile.
  }
  return waitedNs / 1e6;
}

/** CPU time of the whole machine since boot, in milliseconds: what ran, and what a hypervisor gave to others meanwhile. */
export type MachineCpu = { readonly busyMs: number; readonly stealMs: number };

/** USER_HZ is 100 wherever Node runs. */
const msPerTick = 10;

export function readMachineCpu(text?: string): MachineCpu {
  const cpus = [...readCpuTicks(text).values()];
  const sum = (of: (cpu: CpuTicks) => number): number => cpus.reduce((total, cpu) => total + of(cpu), 0);
  return { busyMs: sum(({ busy }) => busy) * msPerTick, stealMs: sum(({ steal }) => steal) * msPerTick };
}

export type Memory = { readonly totalBytes: number; readonly availableBytes: number };

/** What the kernel believes can be had without swapping (proc_meminfo(5)). */
export function readMemory(text = readFileSync('/proc/meminfo', 'utf8')): Memory {
  const bytes = (name: string): number => Number(new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0) * 1024;
  return { totalBytes: bytes('MemTotal'), availableBytes: bytes('MemAvailable') };
}

/** Milliseconds since boot in which some task waited for the resource; undefined where the kernel does not tell (no PSI). */
export function readPressureMs(resource: 'cpu' | 'memory' | 'io'): number | undefined {
  try {
    const [, us] = /^some .*total=(\d+)$/m.exec(readFileSync(`/proc/pressure/${resource}`, 'latin1')) ?? [];
    return us === undefined ? undefined : Number(us) / 1_000;
  } catch {
    return undefined;
  }
}

/** What a process has had written to storage so far (proc_pid_io(5)); 0 when it is gone, undefined where the kernel does not count it. */
export function readStorageWrites(pid: number): number | undefined {
  if (!existsSync('/proc/self/io')) return undefined;
  return Number(/^write_bytes: (\d+)$/m.exec(readText(`/proc/${pid}/io`))?.[1] ?? 0);
}

export type DiskCounters = { readonly writtenBytes: number; readonly busyMs: number };

/** What the disk with this device number has done since boot; undefined for what is no disk, such as tmpfs or an overlay. */
export function readDisk(device: number, text = readText('/proc/diskstats')): DiskCounters | undefined {
  // The kernel's number of a device as stat(2) gives it: 12 bits of major, 20 of minor, the minor's upper ones above.
  const major = (device >> 8) & 0xfff;
  const minor = (device & 0xff) | ((device >> 12) & 0xfff00);
  for (const line of text.split('\n')) {
    const fields = line.trim().split(/\s+/);
    if (Number(fields[0]) !== major || Number(fields[1]) !== minor) continue;
    // In sectors of 512 bytes whatever the disk has (Documentation/admin-guide/iostats).
    return { writtenBytes: Number(fields[9]) * 512, busyMs: Number(fields[12]) };
  }
  return undefined;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
