import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/engines/local/cluster/proc.ts
import { readdirSync, readFileSync } from "node:fs";
var runMark = "CHAOS_ACTION_RUN";
var nodeMark = "CHAOS_ACTION_NODE";
var ticksPerSecond = 100;
function readStat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const field = (number) => Number(fields[number - 3]);
    return {
      pid,
      state: fields[0] ?? "?",
      parent: field(4),
      group: field(5),
      session: field(6),
      isOfKernel: (field(9) & kernelThread) !== 0,
      startTicks: field(22),
      cpuSeconds: (field(14) + field(15)) / ticksPerSecond,
      residentBytes: field(24) * 4096
    };
  } catch {
    return void 0;
  }
}
function isAlive(process2) {
  const stat = readStat(process2.pid);
  return stat !== void 0 && stat.startTicks === process2.startTicks && stat.state !== "Z" && stat.state !== "X";
}
function findMarked(run, node) {
  const found = [];
  for (const entry of readdirSync("/proc")) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const environment = readEnvironment(pid);
    if (!environment.includes(`\0${runMark}=${run}\0`)) continue;
    if (node !== void 0 && !environment.includes(`\0${nodeMark}=${node}\0`)) continue;
    const stat = readStat(pid);
    if (stat && stat.state !== "Z" && stat.state !== "X") found.push(stat);
  }
  return found;
}
function allProcesses() {
  return readdirSync("/proc").flatMap((entry) => {
    const stat = /^\d+$/.test(entry) && Number(entry) !== process.pid ? readStat(Number(entry)) : void 0;
    return stat && stat.state !== "Z" && stat.state !== "X" ? [stat] : [];
  });
}
function descendants(roots, all) {
  const known = new Set(roots);
  const found = [];
  for (let before = -1; before !== found.length; ) {
    before = found.length;
    for (const stat of all) {
      if (known.has(stat.pid) || !known.has(stat.parent)) continue;
      known.add(stat.pid);
      found.push(stat);
    }
  }
  return found;
}
function findSession(session) {
  return allProcesses().filter((stat) => stat.session === session);
}
function readEnvironment(pid) {
  try {
    return `\0${readFileSync(`/proc/${pid}/environ`, "latin1")}`;
  } catch {
    return "";
  }
}
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
var youngMs = 2e3;
var kernelThread = 2097152;
function anyBecoming() {
  const [uptimeSeconds = ""] = readFileSync("/proc/uptime", "latin1").split(" ");
  const youngFromTicks = (Number(uptimeSeconds) - youngMs / 1e3) * ticksPerSecond;
  return readdirSync("/proc").some((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    const stat = readStat(Number(entry));
    if (!stat || stat.startTicks < youngFromTicks || stat.state === "Z" || stat.state === "X") return false;
    return !stat.isOfKernel && readEnvironment(stat.pid) === "\0";
  });
}
async function killAll(find, pause) {
  const killed = /* @__PURE__ */ new Set();
  let foundNone = 0;
  for (let round = 0; round < 100 && foundNone < 2; round++) {
    const isUndecided = round === 0 || anyBecoming();
    const left = find();
    foundNone = left.length === 0 && !isUndecided ? foundNone + 1 : 0;
    for (const { pid } of left) {
      killed.add(pid);
      signal(pid, "SIGKILL");
    }
    await pause();
  }
  return killed.size;
}

export {
  runMark,
  nodeMark,
  readStat,
  isAlive,
  findMarked,
  allProcesses,
  descendants,
  findSession,
  signal,
  killAll
};
