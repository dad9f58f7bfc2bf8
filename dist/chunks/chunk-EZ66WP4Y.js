import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  cgroupPrefix,
  findPrivileged,
  isMountPoint,
  ourTables,
  removeCgroup,
  removeQdisc,
  removeTable,
  restore,
  restoreAffinity,
  restoreLimits,
  rootQdiscs,
  unmount
} from "./chunk-E4KWL3L5.js";
import {
  plural
} from "./chunk-72AKB4P6.js";
import {
  findMarked,
  findSession,
  isAlive,
  killAll,
  readStat,
  signal
} from "./chunk-4VURHDWC.js";
import {
  pollUntil
} from "./chunk-REAO3S7U.js";
import {
  ChaosError,
  messageOf
} from "./chunk-EV4V3EIO.js";

// src/engines/local/ledger.ts
import {
  appendFileSync,
  existsSync as existsSync2,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

// src/engines/local/machine/undo.ts
import { existsSync } from "node:fs";
import { basename } from "node:path";
async function undoOnMachine(undo) {
  switch (undo.type) {
    case "nft-table": {
      const privileged = await needed(`the nft table ${undo.name}`);
      if (!(await ourTables(privileged)).includes(undo.name)) return void 0;
      await removeTable(privileged, undo.name);
      return `deleted nft table ${undo.name}`;
    }
    case "qdisc": {
      const privileged = await needed(`the queueing discipline ${undo.handle}`);
      if (!(await rootQdiscs(privileged)).includes(undo.handle)) return void 0;
      await removeQdisc(privileged, undo.handle);
      return `took the queueing discipline ${undo.handle} off the loopback device`;
    }
    case "cgroup": {
      if (!existsSync(undo.path)) return void 0;
      if (!basename(undo.path).startsWith(cgroupPrefix))
        throw new ChaosError("internal", `${undo.path} is no cgroup of a run`);
      const killed = await removeCgroup(await needed(`the cgroup ${undo.path}`), undo.path);
      return `removed cgroup ${undo.path}${killed > 0 ? ` and killed ${plural(killed, "process", "processes")} in it` : ""}`;
    }
    case "mount": {
      if (!isMountPoint(undo.path)) return void 0;
      await unmount(await needed(`the mount ${undo.path}`), undo.path);
      return `unmounted ${undo.path}`;
    }
  }
}
async function needed(what) {
  const found = await findPrivileged("auto");
  if (found.privileged) return found.privileged;
  throw new ChaosError("fault", `${what} cannot be taken away: ${found.reason}`, {
    hint: "run chaos-action clean with sudo of this user"
  });
}

// src/engines/local/ledger.ts
var inKernel = ["nft-table", "qdisc", "cgroup", "mount"];
var makingMs = 250;
function stateFolder() {
  return join(tmpdir(), `chaos-action-${userInfo().uid}`);
}
var Ledger = class _Ledger {
  folder;
  #file;
  #open = /* @__PURE__ */ new Map();
  #processes = [];
  #next = 1;
  constructor(folder) {
    this.folder = folder;
    this.#file = join(folder, "ledger.jsonl");
  }
  /** Begins the ledger of a run, owned by this process. */
  static begin(run, states = stateFolder()) {
    const folder = join(states, run);
    try {
      mkdirSync(states, { recursive: true, mode: 448 });
      requireOwn(states);
      mkdirSync(folder, { recursive: true, mode: 448 });
      const ledger = new _Ledger(folder);
      writeFileSync(join(folder, "owner.json"), JSON.stringify(ownerOf(run)));
      writeFileSync(ledger.#file, "\n");
      return ledger;
    } catch (error) {
      if (error instanceof ChaosError) throw error;
      throw new ChaosError("usage", `the state of the run cannot be kept in ${folder}: ${messageOf(error)}`, {
        hint: "the undo ledger is written there; let TMPDIR name a folder that can be written to",
        cause: error
      });
    }
  }
  /** Writes down how to undo something, before it is done. Returns what to call when it has been undone. */
  add(undo, why) {
    const entry = this.#next++;
    this.#open.set(entry, undo);
    if (undo.type === "kill") this.#processes.push(undo.process);
    if (undo.type === "continue") this.#processes.push(...undo.processes);
    this.#append({ entry, undo, why });
    return () => {
      if (this.#open.delete(entry)) this.#append({ undone: entry });
    };
  }
  /** Every process that was ever written down, whether it lives or not. */
  processes() {
    return this.#processes;
  }
  /** The run has ended in order: nothing is left to undo, and its state goes. */
  end() {
    rmSync(this.folder, { recursive: true, force: true });
  }
  #append(line) {
    try {
      appendFileSync(this.#file, `${JSON.stringify(line)}
`);
    } catch (error) {
      throw new ChaosError("cluster", `the undo ledger ${this.#file} cannot be written: ${messageOf(error)}`, {
        hint: "nothing is done to the machine that could not be taken back; make room, or let TMPDIR name another folder",
        cause: error
      });
    }
  }
};
function ownerOf(run) {
  return {
    run,
    pid: process.pid,
    startTicks: readStat(process.pid)?.startTicks ?? 0,
    startedAt: (/* @__PURE__ */ new Date()).toISOString()
  };
}
function requireOwn(states) {
  const stat = lstatSync(states);
  if (stat.isDirectory() && stat.uid === userInfo().uid) return;
  throw new ChaosError("internal", `${states} is not a folder of this user, so its undo ledgers are not trusted`, {
    hint: "find out who made it and remove it, or let TMPDIR name another folder"
  });
}
function abandonedRuns(folder = stateFolder()) {
  if (!existsSync2(folder)) return [];
  requireOwn(folder);
  return readdirSync(folder).filter((run) => {
    const owner = readOwner(join(folder, run));
    return owner === void 0 || !isAlive(owner);
  });
}
async function replay(run, states = stateFolder()) {
  const folder = join(states, run);
  const done = [];
  const entries = openEntries(folder).reverse();
  let failed = 0;
  const undoAll = async (some) => {
    for (const { undo, why } of some) {
      try {
        const did = await undoOne(undo);
        if (did) done.push(`${did} (${why})`);
      } catch (error) {
        failed++;
        done.push(`FAILED: ${messageOf(error)} (${why})`);
      }
    }
  };
  await undoAll(entries);
  const dying = entries.flatMap(({ undo }) => undo.type === "kill" ? [undo.process] : []);
  await pollUntil(() => dying.some(isAlive) ? void 0 : true, { withinMs: 1e3, everyMs: 5 });
  const killed = await killAll(
    () => findMarked(run),
    () => sleep(10)
  );
  if (killed > 0) done.push(`killed ${plural(killed, "process", "processes")}`);
  const made = entries.filter(({ undo }) => inKernel.includes(undo.type));
  if (failed === 0 && made.length > 0) {
    await sleep(makingMs);
    await undoAll(made);
  }
  if (failed === 0 && existsSync2(folder)) {
    rmSync(folder, { recursive: true, force: true });
    done.push("removed its state");
  }
  return done;
}
async function undoOne(undo) {
  switch (undo.type) {
    case "continue": {
      const stopped = undo.processes.filter((process2) => isAlive(process2) && readStat(process2.pid)?.state === "T");
      for (const { pid } of stopped) signal(pid, "SIGCONT");
      return stopped.length > 0 ? `continued ${plural(stopped.length, "stopped process", "stopped processes")}` : void 0;
    }
    case "remove-folder":
      if (!existsSync2(undo.folder)) return void 0;
      rmSync(undo.folder, { recursive: true, force: true });
      return `removed ${undo.folder}`;
    case "kill": {
      if (!isAlive(undo.process)) return void 0;
      const session = findSession(undo.process.pid);
      for (const { pid } of [...session, undo.process]) signal(pid, "SIGKILL");
      const more = session.length > 1 ? ` and ${session.length - 1} more of its session` : "";
      return `killed process ${undo.process.pid}${more}`;
    }
    case "affinity": {
      const restored = await restoreAffinity(undo.processes);
      return restored > 0 ? `let ${plural(restored, "process", "processes")} onto their CPUs again` : void 0;
    }
    case "limits": {
      const restored = await restoreLimits(undo.resource, undo.processes);
      return restored > 0 ? `gave ${plural(restored, "process", "processes")} their ${undo.resource} limits again` : void 0;
    }
    case "ends-with-run":
      return void 0;
    case "vdso":
      return restoreVdso(undo);
    case "nft-table":
    case "qdisc":
    case "cgroup":
    case "mount":
      return undoOnMachine(undo);
  }
}
async function restoreVdso({ process: process2, start, steps }) {
  if (!isAlive(process2)) return void 0;
  try {
    const bytes = steps.map(
      (step) => step.map((part) => ({ address: part.address, bytes: Buffer.from(part.bytes, "hex") }))
    );
    const outcome = await restore(process2, start, bytes);
    signal(process2.pid, "SIGCONT");
    return outcome === "done" ? `restored the vDSO of process ${process2.pid}` : void 0;
  } catch {
    return void 0;
  }
}
function openEntries(folder) {
  const entries = /* @__PURE__ */ new Map();
  for (const text of readText(join(folder, "ledger.jsonl")).split("\n")) {
    const line = parse(text);
    if (!line) continue;
    if ("undone" in line) entries.delete(line.undone);
    else if (typeof line.undo === "object" && line.undo !== null) entries.set(line.entry, line);
  }
  return [...entries.values()];
}
function readOwner(folder) {
  return parse(readText(join(folder, "owner.json")));
}
function parse(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : void 0;
  } catch {
    return void 0;
  }
}
function readText(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

export {
  Ledger,
  abandonedRuns,
  replay
};
