import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  pollUntil
} from "./chunk-ODIJ4CHI.js";
import {
  ChaosError,
  messageOf
} from "./chunk-CQ3ZUHQN.js";

// src/faults/ledger.ts
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync as readdirSync2,
  readFileSync as readFileSync2,
  rmSync,
  writeFileSync
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

// src/cluster/proc.ts
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
function findSession(session) {
  return readdirSync("/proc").flatMap((entry) => {
    const stat = /^\d+$/.test(entry) ? readStat(Number(entry)) : void 0;
    return stat && stat.session === session && stat.state !== "Z" && stat.state !== "X" ? [stat] : [];
  });
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
async function killAll(find, pause) {
  const killed = /* @__PURE__ */ new Set();
  let foundNone = 0;
  for (let round = 0; round < 100 && foundNone < 2; round++) {
    const left = find();
    foundNone = left.length === 0 ? foundNone + 1 : 0;
    for (const { pid } of left) {
      killed.add(pid);
      signal(pid, "SIGKILL");
    }
    await pause();
  }
  return killed.size;
}

// src/faults/ledger.ts
function stateFolder() {
  return join(tmpdir(), `chaos-action-${userInfo().uid}`);
}
var Ledger = class _Ledger {
  folder;
  #file;
  #open = /* @__PURE__ */ new Map();
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
    } catch (error) {
      if (error instanceof ChaosError) throw error;
      throw new ChaosError("internal", `the state of the run cannot be kept in ${folder}: ${messageOf(error)}`, {
        hint: "the undo ledger is written there; let TMPDIR name a folder that can be written to",
        cause: error
      });
    }
    const owner = {
      run,
      pid: process.pid,
      startTicks: readStat(process.pid)?.startTicks ?? 0,
      startedAt: (/* @__PURE__ */ new Date()).toISOString()
    };
    writeFileSync(join(folder, "owner.json"), JSON.stringify(owner));
    return new _Ledger(folder);
  }
  /** Writes down how to undo something, before it is done. Returns what to call when it has been undone. */
  add(undo, why) {
    const entry = this.#next++;
    this.#open.set(entry, undo);
    this.#append({ entry, undo, why });
    return () => {
      if (this.#open.delete(entry)) this.#append({ undone: entry });
    };
  }
  /** The run has ended in order: nothing is left to undo, and its state goes. */
  end() {
    rmSync(this.folder, { recursive: true, force: true });
  }
  #append(line) {
    appendFileSync(this.#file, `${JSON.stringify(line)}
`);
  }
};
function requireOwn(states) {
  const stat = lstatSync(states);
  if (stat.isDirectory() && stat.uid === userInfo().uid) return;
  throw new ChaosError("internal", `${states} is not a folder of this user, so its undo ledgers are not trusted`, {
    hint: "find out who made it and remove it, or let TMPDIR name another folder"
  });
}
function abandonedRuns(folder = stateFolder()) {
  if (!existsSync(folder)) return [];
  requireOwn(folder);
  return readdirSync2(folder).filter((run) => {
    const owner = readOwner(join(folder, run));
    return owner === void 0 || !isAlive(owner);
  });
}
async function replay(run, states = stateFolder()) {
  const folder = join(states, run);
  const done = [];
  const entries = openEntries(folder).reverse();
  for (const { undo, why } of entries) {
    const did = undoOne(undo);
    if (did) done.push(`${did} (${why})`);
  }
  const dying = entries.flatMap(({ undo }) => undo.type === "kill" ? [undo.process] : []);
  await pollUntil(() => dying.some(isAlive) ? void 0 : true, { withinMs: 1e3, everyMs: 5 });
  const killed = await killAll(
    () => findMarked(run),
    () => sleep(10)
  );
  if (killed > 0) done.push(`killed ${killed} processes`);
  if (existsSync(folder)) {
    rmSync(folder, { recursive: true, force: true });
    done.push("removed its state");
  }
  return done;
}
function undoOne(undo) {
  switch (undo.type) {
    case "continue": {
      const stopped = undo.processes.filter((process2) => isAlive(process2) && readStat(process2.pid)?.state === "T");
      for (const { pid } of stopped) signal(pid, "SIGCONT");
      return stopped.length > 0 ? `continued ${stopped.length} stopped processes` : void 0;
    }
    case "remove-folder":
      if (!existsSync(undo.folder)) return void 0;
      rmSync(undo.folder, { recursive: true, force: true });
      return `removed ${undo.folder}`;
    case "kill": {
      if (!isAlive(undo.process)) return void 0;
      const session = findSession(undo.process.pid);
      for (const { pid } of [...session, undo.process]) signal(pid, "SIGKILL");
      const more = session.length > 1 ? ` and ${session.length - 1} more of its session` : "";
      return `killed process ${undo.process.pid}${more}`;
    }
    case "ends-with-run":
      return void 0;
  }
}
function openEntries(folder) {
  const entries = /* @__PURE__ */ new Map();
  for (const text of readText(join(folder, "ledger.jsonl")).split("\n")) {
    const line = parse(text);
    if (!line) continue;
    if ("undone" in line) entries.delete(line.undone);
    else entries.set(line.entry, line);
  }
  return [...entries.values()];
}
function readOwner(folder) {
  return parse(readText(join(folder, "owner.json")));
}
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return void 0;
  }
}
function readText(file) {
  try {
    return readFileSync2(file, "utf8");
  } catch {
    return "";
  }
}

export {
  runMark,
  nodeMark,
  readStat,
  isAlive,
  findMarked,
  findSession,
  signal,
  killAll,
  Ledger,
  abandonedRuns,
  replay
};
