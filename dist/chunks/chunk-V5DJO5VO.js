import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  effectTypesOf,
  planFaults
} from "./chunk-W7JGUC7I.js";
import {
  localOffer
} from "./chunk-ERKTJBDM.js";
import {
  whySkipped
} from "./chunk-C2FRDEIJ.js";
import {
  NotRolledBack,
  localEffects,
  localHost,
  nodeLimits,
  observe,
  probeMachine,
  readTcpTable,
  requireOffers
} from "./chunk-USMRCZ73.js";
import {
  inheritedEnvironment,
  startLogged
} from "./chunk-2XU3TZU5.js";
import {
  repeatingCommand
} from "./chunk-UV6OKM36.js";
import {
  claimFolder
} from "./chunk-YAOZSGBA.js";
import {
  prepareReports,
  rescueReports,
  writeReports
} from "./chunk-YKNXZ37Z.js";
import {
  scoreRun
} from "./chunk-F3OG6R4F.js";
import {
  Ledger,
  replay
} from "./chunk-EZ66WP4Y.js";
import {
  createShaper,
  createTable,
  findController,
  findPrivileged,
  findProgram,
  makeNodeCgroups,
  mountTmpfs,
  mounts,
  openCgroup2,
  ourCgroups,
  ourTables,
  qdiscHandle,
  rootQdiscs,
  tableName,
  unmount
} from "./chunk-E4KWL3L5.js";
import {
  execa
} from "./chunk-C7D3GCA6.js";
import {
  plural
} from "./chunk-72AKB4P6.js";
import {
  allProcesses,
  descendants,
  findMarked,
  isAlive,
  killAll,
  nodeMark,
  readStat,
  runMark,
  signal
} from "./chunk-4VURHDWC.js";
import {
  readMachineCpu,
  readPressureMs,
  readRunQueueDelayMs
} from "./chunk-KUCWHKCI.js";
import {
  openLinks
} from "./chunk-NIOC5JRK.js";
import {
  holdMqtt,
  mqttPing
} from "./chunk-LAPWOYJZ.js";
import {
  decide,
  defaultRepeat,
  unexplainedRun
} from "./chunk-HGW2HVRG.js";
import {
  faultKinds
} from "./chunk-PF2KFNOZ.js";
import {
  isBroken,
  scoreScenario
} from "./chunk-3XBQVNRE.js";
import {
  checks,
  deliveries,
  dueMs,
  lostOn,
  mayArriveAgain,
  noStreams,
  sessionOf
} from "./chunk-FHX7LMTH.js";
import {
  nodeNames,
  renderNode,
  renderService
} from "./chunk-YPF2GKCE.js";
import {
  formatMs,
  formatMsBeside,
  formatShare
} from "./chunk-VDOZDET2.js";
import {
  distPath
} from "./chunk-RSWY53MK.js";
import {
  version
} from "./chunk-GAWAXV74.js";
import {
  require_prom_client
} from "./chunk-NZ7CLRVE.js";
import {
  findSabotage
} from "./chunk-YAQKREF6.js";
import {
  allPathsDeliver,
  sameUnserved,
  unservedByPaths
} from "./chunk-3HBXIDWY.js";
import {
  newHistogram
} from "./chunk-QEUH7FJ3.js";
import {
  pollUntil,
  systemClock,
  within
} from "./chunk-REAO3S7U.js";
import {
  ruleOf
} from "./chunk-6BLWVCAN.js";
import {
  IntervalSet
} from "./chunk-4HIF7BH4.js";
import {
  watchLoopLag
} from "./chunk-QG2TR5QC.js";
import {
  createRandom
} from "./chunk-GUM24SOH.js";
import {
  require_dist
} from "./chunk-4XSUANPV.js";
import {
  isToolsOwn,
  keptOf,
  lastLines,
  logBytes,
  partsOf,
  readLines,
  searchLog,
  shortened,
  stampOf
} from "./chunk-RMA55W2N.js";
import {
  maskSecrets
} from "./chunk-WFQI7BEC.js";
import {
  remote
} from "./chunk-SEHV63E6.js";
import {
  ChaosError,
  messageOf
} from "./chunk-EV4V3EIO.js";
import {
  __toESM
} from "./chunk-6DG7BXTN.js";

// src/run/session.ts
import { join as join9 } from "node:path";

// src/engines/local/open.ts
import { join as join7 } from "node:path";

// src/engines/local/guard.ts
import { spawn } from "node:child_process";
function startReaper(run2, onFailure) {
  const child = spawn(process.execPath, [distPath("reaper.js"), run2], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"]
  });
  child.on(
    "error",
    (error) => onFailure(`the reaper could not be started, so only clean will heal after a SIGKILL: ${error.message}`)
  );
  child.stdin.on("error", () => {
  });
  child.unref();
  return { release: () => void child.stdin.end("ended") };
}

// src/engines/local/local-engine.ts
import { join as join6 } from "node:path";

// src/engines/local/cluster/shell-command.ts
import { closeSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

// src/engines/local/cluster/family.ts
var glanceEveryMs = 250;
var glanceShare = 20;
var Family = class {
  #options;
  #strays = /* @__PURE__ */ new Map();
  #nextGlanceMs = Number.NEGATIVE_INFINITY;
  constructor(options) {
    this.#options = options;
  }
  /**
   * Looks for processes that will be known by their parents alone, if it is time for it: four times a second, and less often where a look
   * takes long, as it does on a machine with thousands of processes.
   */
  glance(first) {
    const startMs = performance.now();
    if (startMs < this.#nextGlanceMs) return;
    this.look(first);
    const endMs = performance.now();
    this.#nextGlanceMs = endMs + Math.max(glanceEveryMs, (endMs - startMs) * glanceShare);
  }
  /** Those alive, `first` among them, with all of its session. */
  look(first) {
    const { run: run2, node, members, onStray } = this.#options;
    const all = allProcesses();
    const marked = findMarked(run2, node);
    const known = new Map(
      [...all.filter(({ session }) => session === first), ...marked].map((stat) => [stat.pid, stat])
    );
    for (const [pid, stray] of this.#strays) {
      const stat = isAlive(stray) ? readStat(pid) : void 0;
      if (stat === void 0) this.#strays.delete(pid);
      else known.set(pid, stat);
    }
    const inCgroup = new Set(members?.());
    const strays = [
      ...all.filter(({ pid }) => inCgroup.has(pid)),
      ...descendants(/* @__PURE__ */ new Set([...known.keys(), ...inCgroup]), all)
    ].filter(({ pid }) => !known.has(pid));
    for (const stray of strays) {
      known.set(stray.pid, stray);
      this.#strays.set(stray.pid, stray);
      onStray?.(stray);
    }
    return [...known.values()];
  }
};

// src/engines/local/cluster/shell-command.ts
var forceKillAfterMs = 2e3;
var glanceEveryMs2 = 100;
async function runShellCommand(options) {
  const { name, command, code, folder, env, run: run2, mark, withinMs, title } = options;
  const logFile = options.log.file;
  options.signal.throwIfAborted();
  const log = options.log.open();
  const from = logBytes(logFile) + Buffer.byteLength(title);
  writeSync(log, title);
  const marks = { [runMark]: run2, ...mark === void 0 ? {} : { [nodeMark]: mark } };
  const { pid, exited } = startLogged(command, { cwd: folder, env: { ...env, ...marks }, log, detached: false });
  closeSync(log);
  const family = new Family({ run: run2, node: mark, onStray: options.onStray });
  const processes = () => family.look(pid);
  const looking = setInterval(() => family.glance(pid), glanceEveryMs2);
  let ended;
  const end = () => {
    ended ??= endTree(processes);
  };
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, withinMs);
  options.signal.addEventListener("abort", end, { once: true });
  const { ok, how } = await exited;
  clearTimeout(timer);
  clearInterval(looking);
  options.signal.removeEventListener("abort", end);
  await ended;
  await options.log.flush();
  options.signal.throwIfAborted();
  if (ok && !timedOut) return;
  const what = timedOut ? `took longer than ${formatMs(withinMs)}` : how;
  throw new ChaosError(code, `${name} ${what}: ${shortened(maskSecrets(command, options.secrets))}`, {
    output: lastLines(logFile, 20, from),
    hint: `run it yourself in ${folder}; the whole output is in ${logFile}`
  });
}
async function endTree(processes) {
  for (const { pid } of processes()) signal(pid, "SIGTERM");
  await pollUntil(() => processes().length === 0 ? true : void 0, { withinMs: forceKillAfterMs, everyMs: 20 });
  await killAll(processes, () => sleep(10));
}
var answerWithinMs = 15e3;
async function askCommand(command, options) {
  const { cwd, env, signal: aborted } = options;
  const late = AbortSignal.timeout(answerWithinMs);
  const asked = execa(command, {
    ...{ shell: true, cwd, env: { ...inheritedEnvironment(process.env), ...env }, extendEnv: false },
    ...{ stdin: "ignore", all: true, reject: false, cleanup: false },
    // A session of its own, so that what the shell has started ends with it.
    detached: true,
    // Of a command that says more than this, what it says last is not known.
    maxBuffer: 1e5
  });
  const end = () => {
    if (asked.pid !== void 0) signal(-asked.pid, "SIGKILL");
  };
  const over = AbortSignal.any([aborted, late]);
  over.addEventListener("abort", end, { once: true });
  if (over.aborted) end();
  const result = await asked;
  over.removeEventListener("abort", end);
  const lastLine = result.all?.trimEnd().split("\n").at(-1)?.trim() ?? "";
  const how = late.aborted ? `took longer than ${formatMs(answerWithinMs)}` : result.exitCode === void 0 ? "did not end by itself" : `ended with exit code ${result.exitCode}`;
  return { ok: !result.failed, how, lastLine: shortened(lastLine) };
}

// src/engines/local/cluster/build.ts
function build(options) {
  const title = `$ ${maskSecrets(options.command, options.secrets)}
`;
  return runShellCommand({ ...options, name: "the build command", code: "build", title });
}

// src/engines/local/cluster/node.ts
import { X509Certificate } from "node:crypto";
import { chmodSync, closeSync as closeSync2, mkdirSync, readFileSync, writeFileSync, writeSync as writeSync2 } from "node:fs";
import { dirname, join, resolve } from "node:path";

// src/engines/local/cluster/missing-file.ts
var saysMissing = /no such file|not found|cannot (?:be )?(?:open|find|read|load)|can't (?:open|find)|unable to (?:open|find|read|load)|does(?: not|n't) exist|ENOENT/i;
function missingFile(lines, files) {
  return files.find((file) => lines.some((line) => line.includes(file) && saysMissing.test(line)));
}

// src/engines/local/cluster/node.ts
var exitWithinMs = 5e3;
var searchEveryMs = 5e3;
var ClusterNode = class {
  name;
  #log;
  #options;
  #family;
  #alive = false;
  #pid = 0;
  /** Its processes as they were when `usage` last looked for them. */
  #seen = { processes: [], atMs: 0 };
  #expectedToRun = false;
  #exited = Promise.resolve();
  /** How the last process ended, as a reader sees it. */
  #how = "ended";
  /** The certificate authority that clients trust it by, as it was when the node was ready. */
  #ca;
  /** Where in its log what it says begins since it was started last, and where to look on for the sign that it is ready. */
  #logOffset = 0;
  #searchFrom = 0;
  /** Whether its log has had that sign since it was started last. */
  #hasSaidReady = false;
  constructor(options) {
    this.#options = options;
    this.name = options.name;
    this.#log = options.log;
    this.#family = new Family({ ...options, node: options.name });
    mkdirSync(options.folder, { recursive: true });
    for (const [file, content] of Object.entries(options.rendered.files ?? {})) {
      const path = join(options.folder, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      const mode = options.spec.fileModes[file];
      if (mode !== void 0) chmodSync(path, mode);
    }
  }
  get alive() {
    return this.#alive;
  }
  /** Started, and not stopped by a signal meanwhile. */
  get answering() {
    return this.#alive && readStat(this.#pid)?.state !== "T";
  }
  /** Where the node answers over HTTP, as far as its configuration says. */
  get httpUrls() {
    const { readyHttp, metrics } = this.#options.rendered;
    return [readyHttp, metrics].filter((url) => url !== void 0);
  }
  /** Its own MQTT port, past any link proxy. */
  get address() {
    const { mqttPort: port, spec } = this.#options;
    const { version: version2, username, password, transport, path, tls } = spec.mqtt;
    const trust = tls && { ca: this.#ca, serverName: tls.serverName, verify: tls.verify };
    return { ...{ host: "127.0.0.1", port, version: version2, username, password, transport, path }, tls: trust };
  }
  /** The node's processes: the one that was started and whatever it started. */
  processes() {
    return this.#family.look(this.#pid || void 0);
  }
  /**
   * What its processes use. Who they are is looked for only now and then, or when one has gone: it means reading all of /proc, for which
   * the conductor would stand still twice a second.
   */
  usage() {
    const nowMs = this.#options.clock.nowMs();
    const known = this.#seen.processes.map(({ pid, startTicks }) => {
      const stat = readStat(pid);
      return stat?.startTicks === startTicks && stat.state !== "Z" ? stat : void 0;
    });
    const isFresh = known.length > 0 && nowMs - this.#seen.atMs < searchEveryMs;
    const alive = known.filter((stat) => stat !== void 0);
    const current = isFresh && alive.length === known.length ? alive : this.processes();
    if (current !== alive) this.#seen = { processes: current, atMs: nowMs };
    const sum = (of) => current.reduce((total, stat) => total + of(stat), 0);
    return {
      cpuSeconds: sum((stat) => stat.cpuSeconds),
      residentBytes: sum((stat) => stat.residentBytes),
      waitedMs: sum(({ pid }) => readRunQueueDelayMs(pid))
    };
  }
  /** Starts the process, unless it runs; does not wait until the node is ready. */
  start() {
    if (this.#alive) return;
    const { rendered, name, clock, enter } = this.#options;
    const log = this.#log.open();
    const title = this.#title(`starts ${name}`, rendered.command);
    this.#logOffset = logBytes(this.#log.file) + Buffer.byteLength(title);
    this.#searchFrom = this.#logOffset;
    this.#hasSaidReady = false;
    writeSync2(log, title);
    const { pid, exited, release: release2 } = startLogged(execForm(rendered.command), {
      cwd: this.#commandFolder(),
      env: this.#environment(),
      log,
      // A session of its own: a Ctrl-C at the terminal must reach the tool alone, which then heals before it stops the nodes.
      detached: true,
      gated: enter !== void 0
    });
    closeSync2(log);
    this.#alive = true;
    this.#expectedToRun = true;
    this.#pid = pid ?? 0;
    let outside;
    if (pid !== void 0) {
      this.#options.onStart({ pid, startTicks: readStat(pid)?.startTicks ?? 0 });
      enter?.(pid).then(
        () => release2(true),
        (error) => {
          outside = `could not be put where it belongs: ${messageOf(error)}`;
          release2(false);
        }
      );
    }
    this.#exited = exited.then(async ({ how }) => {
      const atMs = clock.nowMs();
      this.#alive = false;
      this.#how = outside ?? how;
      const isCrash = this.#expectedToRun;
      this.#expectedToRun = false;
      await this.#log.flush();
      if (isCrash)
        this.#options.onCrash({ node: name, atMs, how: this.#how, lastLines: lastLines(this.#log.file, 20) });
    });
  }
  /** Runs what has to be done before the first start. Rejects with `boot` when the command fails. */
  prepare(abort) {
    return this.#run("prepare", this.#options.rendered.prepare, abort);
  }
  /** Joins the node to the others, which are ready. Rejects with `boot` when the command fails. */
  join(abort) {
    return this.#run("join", this.#options.rendered.join, abort);
  }
  /** Whether there is something to do once all are ready. */
  get joins() {
    return this.#options.rendered.join !== void 0;
  }
  /** Resolves once the node is ready by every sign that the broker's configuration names. Rejects when it ends first or is not ready in time. */
  async ready(abort) {
    const { spec, clock } = this.#options;
    let missing = [];
    const ready = await pollUntil(
      async () => {
        this.#family.glance(this.#pid || void 0);
        if (!this.#alive) {
          await this.#exited;
          throw new ChaosError("boot", `${this.name} ${this.#how} before it was ready`, {
            output: this.#linesSinceStart(),
            hint: `${this.#fileHint() ?? `its command was: ${this.#shown(this.#options.rendered.command)}`}; its whole output is in ${this.#log.file}`
          });
        }
        missing = await this.#missingSigns(abort);
        return missing.length === 0 ? true : void 0;
      },
      { withinMs: spec.ready.withinMs, everyMs: 50, clock, signal: abort }
    );
    if (ready) return;
    throw new ChaosError(
      "boot",
      `${this.name} was not ready within ${formatMs(spec.ready.withinMs)}: ${missing.join("; ")}`,
      {
        output: this.#linesSinceStart(),
        hint: `if it needs longer, set broker.ready.within; its whole output is in ${this.#log.file}`
      }
    );
  }
  /** What is wrong with the node's MQTT port, past any link proxy; undefined when it answers a CONNECT and a PINGREQ. */
  ping(withinMs) {
    return mqttPing(this.address, withinMs);
  }
  /** As `ping`, and keeps the connection. */
  connect(withinMs) {
    return holdMqtt(this.address, withinMs);
  }
  get logFile() {
    return this.#log.file;
  }
  get folder() {
    return this.#options.folder;
  }
  /** SIGKILL to all its processes; resolves when none is left. */
  async kill() {
    this.#expectedToRun = false;
    await killAll(
      () => this.processes(),
      () => this.#options.clock.sleep(10)
    );
    await within(this.#exited, { withinMs: exitWithinMs, clock: this.#options.clock });
  }
  /** Sends a signal to each of its processes. */
  signalAll(name) {
    const processes = this.processes();
    for (const { pid } of processes) signal(pid, name);
    return processes;
  }
  /** Asks the node to end with the broker's own signal, and kills what is left after its deadline. */
  async stop(withinMs = this.#options.spec.stopWithinMs) {
    this.#expectedToRun = false;
    const { spec, clock } = this.#options;
    const asked = this.signalAll(spec.stop);
    this.signalAll("SIGCONT");
    if (asked.length > 0)
      await pollUntil(() => this.processes().length === 0 ? true : void 0, {
        withinMs: Math.min(withinMs, spec.stopWithinMs),
        everyMs: 20,
        clock
      });
    await this.kill();
  }
  async #missingSigns(abort) {
    const { spec, rendered } = this.#options;
    const missing = [];
    const untrusted = this.#readCa();
    if (untrusted !== void 0) missing.push(untrusted);
    else if (spec.ready.mqtt) {
      const wrong = await this.ping(1e3);
      if (wrong !== void 0) missing.push(`MQTT: ${wrong}`);
    }
    if (rendered.readyHttp !== void 0) {
      const wrong = await httpProblem(rendered.readyHttp);
      if (wrong !== void 0) missing.push(this.#masked(`${rendered.readyHttp}: ${wrong}`));
    }
    if (rendered.readyLog !== void 0 && !this.#hasSaidReady) {
      const { found, next } = searchLog(this.#log.file, rendered.readyLog, this.#searchFrom);
      this.#searchFrom = next;
      this.#hasSaidReady = found;
      if (!found) missing.push(this.#masked(`its log has no line with "${rendered.readyLog}"`));
    }
    if (rendered.readyCommand !== void 0 && missing.length === 0) {
      const wrong = await this.#commandProblem(rendered.readyCommand, abort);
      if (wrong !== void 0) missing.push(wrong);
    }
    return missing;
  }
  /** Takes what clients trust the node by; what is wrong with it. A node may make its certificate when it starts. */
  #readCa() {
    const { rendered, workingFolder } = this.#options;
    if (rendered.caFile === void 0) return void 0;
    const file = resolve(workingFolder, rendered.caFile);
    try {
      const pem = readFileSync(file, "utf8");
      new X509Certificate(pem);
      this.#ca = pem;
      return void 0;
    } catch (error) {
      const { code, message } = error;
      const why = code?.startsWith("ERR_") ? "no certificate in PEM" : message;
      return this.#masked(`broker.mqtt.tls.ca: ${why === message ? why : `${file} holds ${why}`}`);
    }
  }
  /** What is wrong by the command that tells whether it is ready. */
  async #commandProblem(command, signal2) {
    const { ok, how, lastLine } = await askCommand(command, {
      cwd: this.#commandFolder(),
      env: this.#environment(),
      signal: signal2
    });
    signal2.throwIfAborted();
    return ok ? void 0 : this.#masked(`ready.command ${how}${lastLine === "" ? "" : `: ${lastLine}`}`);
  }
  /** Runs one of the commands of the description that come before and after the start. */
  async #run(name, command, signal2) {
    if (command === void 0) return;
    const { spec, rendered, run: run2, onStray } = this.#options;
    await runShellCommand({
      ...{ command, run: run2, signal: signal2, onStray, log: this.#log, env: rendered.env, folder: this.#commandFolder() },
      ...{ secrets: spec.secrets, code: "boot", withinMs: spec.ready.withinMs },
      name: `the ${name} command of ${this.name}`,
      title: this.#title(`runs the ${name} command of ${this.name}`, command),
      // No process of the node: a fault that strikes the node leaves what it has started alone.
      mark: `${this.name}/${name}`
    });
  }
  #commandFolder() {
    const { workingFolder, rendered } = this.#options;
    return resolve(workingFolder, rendered.workingDirectory ?? ".");
  }
  #environment() {
    const { rendered, run: run2, name } = this.#options;
    return { ...rendered.env, [runMark]: run2, [nodeMark]: name };
  }
  /** The line of the log that tells what the tool does. */
  #title(what, command) {
    const { clock } = this.#options;
    return `--- ${new Date(clock.wallMs()).toISOString()} chaos-action ${what}: ${this.#shown(command)}
`;
  }
  /** A command as it may be shown. */
  #shown(command) {
    return shortened(this.#masked(command));
  }
  /** Files of the description are in the node's folder, and commands run in another one. */
  #fileHint() {
    const { rendered, folder } = this.#options;
    const wanted = missingFile(this.#linesSinceStart(), Object.keys(rendered.files ?? {}));
    if (wanted === void 0 || this.#commandFolder() === folder) return void 0;
    return `${wanted} is in the node's own folder: write {{ node.folder }}/${wanted}, or set working-directory: "{{ node.folder }}"`;
  }
  #linesSinceStart() {
    return lastLines(this.#log.file, 20, this.#logOffset);
  }
  #masked(text) {
    return maskSecrets(text, this.#options.spec.secrets);
  }
};
var shellsOwn = new Set(
  ". : alias bg break case cd command continue eval exec exit export fc fg for function getopts hash if jobs local read readonly return set shift source time times trap type ulimit umask unalias unset until wait while ! { [".split(
    " "
  )
);
function execForm(command) {
  const oneCommand = /^[^;&|<>()$`\n\\]*$/.test(command.trim());
  const [first = ""] = command.trim().split(/\s/);
  return oneCommand && !first.includes("=") && !shellsOwn.has(first) ? `exec ${command}` : command;
}
async function httpProblem(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1e3) });
    await response.body?.cancel();
    return response.ok ? void 0 : `HTTP status ${response.status}`;
  } catch (error) {
    const { message, code } = error.cause ?? error;
    return message || (code ?? "no answer");
  }
}

// src/engines/local/cluster/ports.ts
import { createServer } from "node:net";
var lowest = 2e4;
var span = 12e3;
async function freePorts(count, random) {
  const held = [];
  const claims = [];
  const ports = [];
  const release2 = () => closeAll(claims);
  try {
    for (let tries = 0; ports.length < count; tries++) {
      if (tries > count * 50)
        throw new ChaosError("port", `no ${count} free TCP ports between ${lowest} and ${lowest + span} on 127.0.0.1`, {
          hint: "end whatever listens on so many ports, or run fewer nodes"
        });
      const port = lowest + random.below(span);
      if (ports.includes(port)) continue;
      const claim = await claimPort(port);
      if (!claim) continue;
      claims.push(claim);
      const server = await hold(port);
      if (!server) continue;
      held.push(server);
      ports.push(port);
    }
    return { ports, release: release2 };
  } catch (error) {
    await release2();
    throw error;
  } finally {
    await closeAll(held);
  }
}
async function claimPort(port) {
  const server = await listening({ path: `\0chaos-action/port/${port}` });
  server?.unref();
  return server;
}
function hold(port) {
  return listening({ port, host: "127.0.0.1" });
}
function listening(where) {
  return new Promise((resolve2) => {
    const server = createServer();
    server.once("error", () => resolve2(void 0));
    server.listen(where, () => resolve2(server));
  });
}
async function closeAll(servers) {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve2) => server.close(resolve2))));
}

// src/engines/local/cluster/services.ts
var Services = class {
  #options;
  #running = [];
  constructor(options) {
    this.#options = options;
  }
  /** How many ports they have in all. */
  get portCount() {
    return Object.values(this.#options.broker.services).reduce((total, { ports }) => total + ports.length, 0);
  }
  /** The names of the ports of each. */
  get portNames() {
    return Object.entries(this.#options.broker.services).map(([name, { ports }]) => [name, ports]);
  }
  /** Resolves when all are ready. Rejects with `boot`. */
  async start(context, signal2) {
    for (const name of Object.keys(this.#options.broker.services)) {
      const service = await this.#make(name, context);
      this.#running.push(service);
      service.start();
      await service.ready(signal2);
    }
  }
  /** Safe to call twice. */
  async stop(withinMs) {
    const stopping = this.#running;
    this.#running = [];
    await Promise.all(stopping.map((service) => service.stop(withinMs)));
  }
  async #make(name, context) {
    const { broker, processOptions, folderOf, openLog, onEnded } = this.#options;
    const spec = broker.services[name];
    if (spec === void 0) throw new ChaosError("internal", `there is no service ${name}`);
    const folder = folderOf(name);
    const log = await openLog(name);
    return new ClusterNode({
      ...processOptions(name),
      ...{ name, folder, log, mqttPort: 0, rendered: renderService(spec, { ...context, name, folder }) },
      spec: { ...broker, ready: { ...spec.ready, mqtt: false } },
      onCrash: ({ how }) => onEnded(
        new ChaosError("cluster", `the service ${name} ${how}`, {
          hint: `it has to run in the foreground as long as the cluster; its output is in ${log.file}`
        })
      )
    });
  }
};

// src/engines/local/cluster/start-nodes.ts
async function startNodes(nodes, { order, clock, signal: signal2 }) {
  if (order === "one-by-one") {
    for (const node of nodes) {
      await node.prepare(signal2);
      node.start();
      await node.ready(signal2);
    }
  } else {
    const everyMs = order === "together" ? 0 : order.everyMs;
    await allOrNone(
      nodes.map((node, index) => async (abort) => {
        if (everyMs > 0) await clock.sleep(everyMs * index, abort);
        await node.prepare(abort);
        abort.throwIfAborted();
        node.start();
        await node.ready(abort);
      }),
      signal2
    );
  }
  if (!nodes.some(({ joins }) => joins)) return;
  for (const node of nodes) await node.join(signal2);
  await allOrNone(
    nodes.map((node) => (abort) => node.ready(abort)),
    signal2
  );
}
async function allOrNone(tasks, signal2) {
  const failed = new AbortController();
  const abort = AbortSignal.any([signal2, failed.signal]);
  const results = await Promise.allSettled(
    tasks.map(
      (task) => task(abort).catch((error) => {
        failed.abort(error);
        throw error;
      })
    )
  );
  signal2.throwIfAborted();
  failed.signal.throwIfAborted();
  const rejected = results.find((result) => result.status === "rejected");
  if (rejected) throw rejected.reason;
}

// src/engines/local/link-ids.ts
function clientLink(node) {
  return `clients>${node}`;
}
function peerLink(from, to, port) {
  return `${from}>${to}:${port}`;
}

// src/engines/local/links/redirect.ts
import { networkInterfaces } from "node:os";
function ownAddresses() {
  const all = Object.values(networkInterfaces()).flatMap((interfaces) => interfaces ?? []);
  const of = (family) => all.filter((each) => each.family === family && !each.address.startsWith("127.")).map(({ address }) => address);
  return { ipv4: ["127.0.0.0/8", ...new Set(of("IPv4"))], ipv6: [...new Set(of("IPv6"))] };
}
function redirectChains(detours, addresses = ownAddresses()) {
  const to = [`ip daddr { ${addresses.ipv4.join(", ")} }`];
  if (addresses.ipv6.length > 0) to.push(`ip6 daddr { ${addresses.ipv6.join(", ")} }`);
  const of = ({ level, path }) => `socket cgroupv2 level ${level} "${path}"`;
  const redirects = detours.flatMap(
    ({ from, port, proxyPort }) => to.map(
      (daddr) => `add rule TABLE to_proxies tcp dport ${port} ${daddr} ${of(from)} counter name redirected redirect to :${proxyPort}`
    )
  );
  const past = detours.map(
    ({ from, port }) => `add rule TABLE past_proxies tcp dport ${port} ${of(from)} counter name past`
  );
  return [
    "add counter TABLE redirected",
    "add counter TABLE past",
    "add chain TABLE to_proxies { type nat hook output priority -100; policy accept; }",
    "add chain TABLE past_proxies { type filter hook output priority 0; policy accept; }",
    ...redirects,
    ...past
  ].join("\n");
}

// src/engines/local/cluster-links.ts
async function openClusterLinks(links, { broker, names, ports }) {
  const proxied = /* @__PURE__ */ new Map();
  const ipv6 = broker.links === "transparent" && ownAddresses().ipv6.includes("::1");
  for (const to of names) {
    const upstream = (port) => ({ host: "127.0.0.1", port: ports.get(to)?.[port] ?? 0 });
    proxied.set(clientLink(to), (await links.open({ id: clientLink(to), upstream: upstream("mqtt") })).port);
    for (const from of names) {
      if (from === to) continue;
      for (const port of broker.peerPorts) {
        const id = peerLink(from, to, port);
        proxied.set(id, (await links.open({ id, upstream: upstream(port), ipv6 })).port);
      }
    }
  }
  return proxied;
}
function redirections({ broker, names, ports }, proxied, cgroups) {
  return names.flatMap(
    (from) => names.flatMap(
      (to) => broker.peerPorts.flatMap((name) => {
        const port = ports.get(to)?.[name];
        const proxyPort = proxied.get(peerLink(from, to, name));
        return port === void 0 || proxyPort === void 0 ? [] : [{ from: cgroups.match(from), port, proxyPort }];
      })
    )
  );
}

// src/engines/local/cluster-logs.ts
import { rmSync as rmSync2 } from "node:fs";
import { join as join3 } from "node:path";

// src/engines/local/cluster/logs/logs.ts
import { mkdirSync as mkdirSync2, openSync, rmSync } from "node:fs";
import { join as join2 } from "node:path";
import { Worker } from "node:worker_threads";
async function openLogs(options) {
  const {
    folder,
    pipes,
    secrets,
    keepBytes,
    startThread = () => new Worker(distPath("logs-worker.js"), { name: "logs", execArgv: [] })
  } = options;
  mkdirSync2(pipes, { recursive: true });
  const thread = remote(startThread(), "logs");
  return {
    ended: thread.ended,
    async log(name) {
      const pipe = join2(pipes, `${name}.pipe`);
      const file = join2(folder, `${name}.log`);
      rmSync(pipe, { force: true });
      const made = await execa("mkfifo", ["-m", "600", pipe], { reject: false });
      if (made.failed) throw new ChaosError("cluster", `no pipe for the log of ${name}: ${made.shortMessage}`);
      await thread.call("open", { pipe, file, secrets, keepBytes });
      const flush = () => thread.call("flush", pipe).catch(() => {
      });
      const open = () => {
        thread.ended.throwIfAborted();
        return openSync(pipe, "r+");
      };
      return { file, open, flush };
    },
    async close() {
      await thread.call("close");
      await thread.terminate();
    }
  };
}

// src/engines/local/cluster/log-index.ts
var mostNotes = 16384;
var LogIndex = class {
  #mostNotes;
  #wallMs = [];
  #bytes = [];
  constructor(most = mostNotes) {
    this.#mostNotes = most;
  }
  /** How many notes it holds. */
  get size() {
    return this.#wallMs.length;
  }
  /** The file has `bytes` now. */
  note(wallMs, bytes) {
    const last = this.#bytes.length - 1;
    if (last >= 0 && bytes < this.#bytes[last]) this.#forget();
    const atMs = Math.max(wallMs, this.#wallMs.at(-1) ?? wallMs);
    const hasStood = last >= 1 && this.#bytes[last] === bytes && this.#bytes[last - 1] === bytes;
    if (hasStood) {
      this.#wallMs[last] = atMs;
      return;
    }
    this.#wallMs.push(atMs);
    this.#bytes.push(bytes);
    if (this.#wallMs.length > this.#mostNotes) this.#thin();
  }
  /** Every byte that was written between the two times is in the range, and maybe some from shortly before and after. */
  between(fromWallMs, toWallMs) {
    const before = firstWhere(this.#wallMs, (one) => one >= fromWallMs) - 1;
    const after = firstWhere(this.#wallMs, (one) => one > toWallMs);
    return { start: this.#bytes[before] ?? 0, end: this.#bytes[after] ?? Number.POSITIVE_INFINITY };
  }
  /** When the byte at this offset was written. */
  written(offset) {
    const after = firstWhere(this.#bytes, (one) => one > offset);
    return {
      fromWallMs: this.#wallMs[after - 1] ?? Number.NEGATIVE_INFINITY,
      toWallMs: this.#wallMs[after] ?? Number.POSITIVE_INFINITY
    };
  }
  #forget() {
    this.#wallMs = [];
    this.#bytes = [];
  }
  #thin() {
    const last = this.#wallMs.length - 1;
    const isKept = (_, i) => i % 2 === 0 || i === last;
    this.#wallMs = this.#wallMs.filter(isKept);
    this.#bytes = this.#bytes.filter(isKept);
  }
};
function firstWhere(values, isPast) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = low + high >> 1;
    if (isPast(values[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

// src/engines/local/cluster/node-log.ts
var aroundMs = 1e3;
var keptBackMs = 2500;
var earlyMs = 250;
var mostBytesAround = 32 * 1024 * 1024;
var NodeLog = class {
  #file;
  #clock;
  #index = new LogIndex();
  constructor(file, clock) {
    this.#file = file;
    this.#clock = clock;
  }
  /** To be called once a second while the node runs: the closer together, the finer is what the log can be asked. */
  note() {
    this.#index.note(this.#clock.wallMs(), logBytes(this.#file));
  }
  /** The lines written nearest to a wall time, within a second of it. */
  around(wallMs, question) {
    const near = atMost(
      mostBytesAround,
      this.#range(wallMs - aroundMs, wallMs + aroundMs),
      this.#range(wallMs, wallMs)
    );
    return choose(readLines(this.#file, near), (offset) => this.#index.written(offset), wallMs, question);
  }
  /**
   * How many lines the node wrote between two wall times. Where the file was not looked at just then, their time stamps tell; lines without
   * one count on both sides.
   */
  count(fromWallMs, toWallMs) {
    let count = 0;
    for (const { text, offset } of readLines(this.#file, this.#range(fromWallMs, toWallMs))) {
      if (text.trim() === "" || isToolsOwn(text)) continue;
      const written = this.#index.written(offset);
      const isInside = written.fromWallMs >= fromWallMs && written.toWallMs <= toWallMs;
      const at = isInside ? void 0 : credibleStamp(text, written)?.fromWallMs;
      if (at === void 0 || at >= fromWallMs && at <= toWallMs) count++;
    }
    return count;
  }
  #range(fromWallMs, toWallMs) {
    const { start, end } = this.#index.between(fromWallMs, toWallMs);
    return { start, end: Math.min(end, logBytes(this.#file)) };
  }
};
function choose(lines, written, wallMs, { lines: most, naming: naming2 }) {
  const named = new Nearest(most);
  const others = new Nearest(most);
  let before;
  for (const { text, offset } of lines) {
    if (text.trim() === "" || isToolsOwn(text)) continue;
    const stamped = credibleStamp(text, written(offset));
    const span2 = stamped ?? before ?? written(offset);
    before = stamped ?? before;
    const distanceMs = Math.max(0, span2.fromWallMs - wallMs, wallMs - span2.toWallMs);
    if (distanceMs > aroundMs) continue;
    (naming2.some((name) => holdsName(text, name)) ? named : others).add(text, distanceMs);
  }
  const first = named.lines();
  return { named: first, others: others.lines().slice(0, Math.max(0, most - first.length)) };
}
function credibleStamp(text, written) {
  const stamp = stampOf(text);
  if (stamp === void 0) return void 0;
  const span2 = { fromWallMs: stamp.wallMs, toWallMs: stamp.wallMs + stamp.resolutionMs - 1 };
  const isLate = written.fromWallMs - span2.toWallMs > keptBackMs;
  const isEarly = span2.fromWallMs - written.toWallMs > earlyMs;
  return isLate || isEarly ? void 0 : span2;
}
function holdsName(text, name) {
  if (name === "") return false;
  const isPart = (character) => character !== void 0 && /[\w-]/.test(character);
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!isPart(text[at - 1]) && !isPart(text[at + name.length])) return true;
  return false;
}
var Nearest = class {
  #most;
  #kept = [];
  constructor(most) {
    this.#most = most;
  }
  add(text, distanceMs) {
    this.#kept.push({ text, distanceMs });
    if (this.#kept.length <= this.#most) return;
    let farthest = this.#kept.length - 1;
    for (let i = farthest - 1; i >= 0; i--)
      if ((this.#kept[i]?.distanceMs ?? 0) > (this.#kept[farthest]?.distanceMs ?? 0)) farthest = i;
    this.#kept.splice(farthest, 1);
  }
  lines() {
    return this.#kept.map(({ text }) => text);
  }
};
function atMost(mostBytes, range, inner) {
  if (range.end - range.start <= mostBytes) return range;
  const innerBytes = inner.end - inner.start;
  const start = Math.max(range.start, inner.start - Math.max(0, mostBytes - innerBytes) / 2);
  return { start: Math.floor(start), end: Math.min(range.end, Math.floor(start) + mostBytes) };
}

// src/engines/local/cluster-logs.ts
var noteEveryMs = 1e3;
var shownCharacters = 300;
var ClusterLogs = class {
  #options;
  #nodes;
  /** Logs that this run has written to. */
  #begun = /* @__PURE__ */ new Set();
  #writing;
  #noting;
  constructor(options) {
    this.#options = options;
    this.#nodes = new Map(options.nodes.map((name) => [name, new NodeLog(this.file(name), options.clock)]));
  }
  file(name) {
    return join3(this.#options.folder, `${name}.log`);
  }
  /** What an earlier run has left in its place is taken away. */
  async open(name) {
    if (!this.#begun.has(name)) for (const { path } of partsOf(this.file(name))) rmSync2(path);
    this.#begun.add(name);
    this.#writing ??= await this.#startThread();
    return await this.#writing.log(name);
  }
  async #startThread() {
    const { folder, pipes, secrets, keepBytes, startThread, onEnded } = this.#options;
    const logs = await openLogs({ folder, pipes, secrets, keepBytes, startThread });
    logs.ended.addEventListener("abort", () => onEnded(logs.ended.reason), { once: true });
    return logs;
  }
  /** Begins to write down when which part of a log was written. */
  follow() {
    this.#note();
    this.#noting = setInterval(() => this.#note(), noteEveryMs).unref();
  }
  #note() {
    for (const log of this.#nodes.values()) log.note();
  }
  /** Nobody writes any more. Safe to call twice. */
  async close() {
    const closing = this.#writing;
    this.#writing = void 0;
    await closing?.close().catch((error) => this.#options.logger.warn(messageOf(error)));
    clearInterval(this.#noting);
    this.#note();
  }
  /** Lines of every node from about this wall time, those first that hold one of the names. */
  around(wallMs, question) {
    const found = [...this.#nodes].map(([name, log]) => ({ name, ...log.around(wallMs, question) }));
    const shown = (name, lines) => lines.map((line) => `${name}: ${line.slice(0, shownCharacters)}`);
    return [
      ...found.flatMap(({ name, named }) => shown(name, named)),
      ...found.flatMap(({ name, others }) => shown(name, others))
    ];
  }
  /** How many lines the nodes wrote between two wall times. */
  linesBetween(fromWallMs, toWallMs) {
    return [...this.#nodes.values()].reduce((total, log) => total + log.count(fromWallMs, toWallMs), 0);
  }
  /** Those that were not kept whole. */
  cut() {
    return [...this.#begun].map((name) => ({ name, ...keptOf(this.file(name)) })).filter(({ writtenBytes, keptBytes }) => keptBytes < writtenBytes);
  }
};

// src/engines/local/data-folders.ts
import { mkdirSync as mkdirSync3 } from "node:fs";
import { join as join4 } from "node:path";
var DataFolders = class {
  #options;
  #generation = 0;
  #mounts = [];
  constructor(options) {
    this.#options = options;
  }
  /** Folders for another cluster; those of the one before stay where they are. */
  renew() {
    this.#generation++;
  }
  of(node) {
    const folder = join4(this.#options.parent, `cluster-${this.#generation}`, node);
    mkdirSync3(folder, { recursive: true });
    return folder;
  }
  /** Without privileges the folders stay what they are; a fault that wanted them otherwise says so itself. */
  async limit({ privileged }, nodes, bytes) {
    const { ledger, logger } = this.#options;
    if (!privileged) return;
    for (const name of nodes) {
      const folder = this.of(name);
      const undone = ledger.add({ type: "mount", path: folder }, `${name}'s data folder`);
      try {
        await mountTmpfs(privileged, folder, bytes);
        this.#mounts.push({ privileged, folder, undone });
      } catch (error) {
        undone();
        logger.debug(`no file system of its own for ${name}: ${messageOf(error)}`);
        return;
      }
    }
  }
  /** What cannot be unmounted is found by the residue check, and is still in the ledger. Safe to call twice. */
  async unmount() {
    for (const { privileged, folder, undone } of this.#mounts.splice(0))
      await unmount(privileged, folder).then(undone, (error) => this.#options.logger.warn(messageOf(error)));
  }
};

// src/engines/local/cluster/peer-connections.ts
import { readdirSync, readlinkSync } from "node:fs";
function peerConnections(sockets, table) {
  const listening2 = new Map(table.filter(({ state }) => state === "listening").map((one) => [one.localPort, one]));
  const holderOf = (inode) => [...sockets].find(([, inodes]) => inodes.has(inode))?.[0];
  const established = table.filter(({ state }) => state === "established");
  const byPorts = new Map(established.map((one) => [`${one.localPort}/${one.remotePort}`, one]));
  return established.flatMap((server) => {
    const client = byPorts.get(`${server.remotePort}/${server.localPort}`);
    if (!client || !listening2.has(server.localPort)) return [];
    const [to, from] = [holderOf(server.inode), holderOf(client.inode)];
    return from === void 0 || to === void 0 || from === to ? [] : [{ from, to, port: server.localPort }];
  });
}
function socketInodes(pids) {
  return new Set(pids.flatMap(inodesOf));
}
function inodesOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const inode = /^socket:\[(\d+)\]$/.exec(targetOf(`/proc/${pid}/fd/${fd}`))?.[1];
      return inode === void 0 ? [] : [inode];
    });
  } catch {
    return [];
  }
}
function targetOf(link) {
  try {
    return readlinkSync(link);
  } catch {
    return "";
  }
}

// src/engines/local/detours.ts
var watchMs = 1e4;
var whatToDo = [
  "broker.peer-ports must name the ports at which nodes dial one another",
  "if the nodes join later than that, let broker.ready wait for it (ready.log: what a node writes when it has joined)",
  "or use links: proxy"
];
var Detours = class {
  #options;
  constructor(options) {
    this.#options = options;
  }
  /** What a user can do about nodes that bypass the proxies. */
  get remedy() {
    return this.#options.broker.links === "transparent" ? "broker.peer-ports must name every port at which the nodes dial one another" : "if the nodes dial one another at addresses that they tell each other, use broker.links: transparent, which leads those through the proxies too";
  }
  get #hasPeerLinks() {
    const { broker, names } = this.#options;
    return broker.links !== "direct" && names.length > 1 && broker.peerPorts.length > 0;
  }
  /** Connections to ports that links were made for, and that the links do not carry. */
  async past() {
    if (!this.#hasPeerLinks) return [];
    return await this.#hasStranger() ? (await this.#direct()).filter((one) => this.#isPeerPort(one)) : [];
  }
  /** Whether somebody other than this process is connected to a node's peer port. */
  async #hasStranger() {
    const { broker, names, standing } = this.#options;
    const own = socketInodes([process.pid]);
    const { ports: portsOf } = standing();
    const ports = new Set(names.flatMap((name) => broker.peerPorts.map((port) => portsOf.get(name)?.[port])));
    const established = (await readTcpTable()).filter(({ state }) => state === "established");
    const ends = new Set(established.map(({ localPort, remotePort }) => `${localPort}/${remotePort}`));
    return established.some(
      ({ localPort, remotePort, inode }) => ports.has(remotePort) && !own.has(inode) && ends.has(`${remotePort}/${localPort}`)
    );
  }
  /** Looks for a while after the boot, since nodes may join late. Only a warning: what strikes no link is judged all the same. */
  async watch(signal2) {
    const { clock, logger } = this.#options;
    if (!this.#hasPeerLinks) return;
    await pollUntil(
      async () => {
        const [first, ...more] = await this.past();
        if (first === void 0) return void 0;
        logger.warn(
          `${first.from} is connected to ${first.to} at its own ${this.#portName(first)} port ${first.port}, past the link proxies${more.length === 0 ? "" : `, and ${more.length} more connections are`}: faults of links between nodes cannot be proven; ${this.remedy}`
        );
        return true;
      },
      { withinMs: watchMs, everyMs: 1e3, clock, signal: signal2 }
    );
  }
  /**
   * Waits, with transparent links, until the nodes have dialled one another through the proxies: a cluster whose nodes bypass them would
   * look as if it withstood everything. Nodes may be ready before they join.
   * @throws ChaosError `cluster` where they do not within `withinMs`, or bypass them.
   */
  async requireRedirected(counters, { withinMs, signal: signal2 }) {
    const { broker, clock } = this.#options;
    if (broker.links !== "transparent" || !this.#hasPeerLinks) return;
    const redirected = await pollUntil(
      async () => {
        const counted = await counters();
        const past = counted?.get("past")?.packets ?? 0;
        if (past > 0)
          throw new ChaosError("cluster", `links: transparent: ${past} packets of nodes went past the proxies`, {
            hint: "chaos-action doctor says what this machine can do; or use links: proxy"
          });
        return (counted?.get("redirected")?.packets ?? 0) > 0 ? true : void 0;
      },
      { withinMs, everyMs: 200, clock, signal: signal2 }
    );
    if (redirected) return;
    throw new ChaosError(
      "cluster",
      `links: transparent: within ${formatMs(withinMs)} of being ready no node dialled a peer at its peer ports (${broker.peerPorts.join(", ")})`,
      { hint: [...await this.#elsewhere(), ...whatToDo].join("; ") }
    );
  }
  /** Which other ports the nodes use among themselves, as something to try. */
  async #elsewhere() {
    const ports = (await this.#direct()).filter((one) => !this.#isPeerPort(one)).map((one) => this.#portName(one) ?? `${one.port}, which broker.ports does not name`);
    return ports.length === 0 ? [] : [`the nodes are connected at ${[...new Set(ports)].join(", ")}`];
  }
  /** Connections that nodes have to one another with no proxy in between. */
  async #direct() {
    const table = await readTcpTable();
    const { nodes } = this.#options.standing();
    return peerConnections(
      new Map(nodes.map((node) => [node.name, socketInodes(node.processes().map(({ pid }) => pid))])),
      table
    );
  }
  #portName({ to, port }) {
    const { broker, standing } = this.#options;
    return broker.ports.find((name) => standing().ports.get(to)?.[name] === port);
  }
  #isPeerPort(connection) {
    return this.#options.broker.peerPorts.includes(this.#portName(connection) ?? "");
  }
};

// src/engines/local/kernel.ts
import { join as join5 } from "node:path";
async function openKernel(options) {
  const { run: run2, nodes, ledger, limited = false } = options;
  const { privileged, offers } = options.machine;
  if (!privileged)
    return { cgroups: void 0, limits: void 0, table: void 0, shaper: void 0, async close() {
    } };
  const note = ledger.add.bind(ledger);
  const hierarchy = offers.cgroup2.available ? await openCgroup2(privileged, join5(ledger.folder, "cgroup2"), note) : void 0;
  const [cpu, memory] = [findController("cpu"), findController("memory")];
  const places = {
    ...limited && offers.cpuQuota.available && cpu ? { cpu } : {},
    ...limited && offers.memoryLimit.available && memory ? { memory } : {}
  };
  const cgroups = hierarchy && await makeNodeCgroups({ run: run2, nodes, root: hierarchy.root, places, privileged, note });
  let table;
  let shaper;
  let closed = false;
  return {
    cgroups,
    limits: limited && cgroups ? nodeLimits(privileged, cgroups) : void 0,
    table: offers.nft.available ? () => {
      table ??= createTable(run2, privileged, note);
      return table;
    } : void 0,
    shaper: offers.netem.available ? () => {
      shaper ??= createShaper(run2, privileged, note);
      const made = shaper;
      made.catch(() => {
        shaper = void 0;
      });
      return made;
    } : void 0,
    async close() {
      if (closed) return;
      await (await table?.catch(() => void 0))?.remove();
      await (await shaper?.catch(() => void 0))?.remove();
      await cgroups?.remove();
      await hierarchy?.close();
      closed = true;
    }
  };
}

// src/engines/local/lanes/lane-classes.ts
var LaneClasses = class {
  /** By link and direction, once it has had one. */
  #byLane = /* @__PURE__ */ new Map();
  #turn = Promise.resolve();
  /** Asks this of a lane too; its class. */
  request(shaper, lane, netem) {
    return this.#inTurn(async () => {
      const known = this.#byLane.get(keyOf(lane));
      if (!known) {
        const own = await shaper.add(netem);
        this.#byLane.set(keyOf(lane), { own, asked: [netem] });
        return own;
      }
      known.asked.push(netem);
      await known.own.change(together(known.asked));
      return known.own;
    });
  }
  /** No longer asks this very object of these lanes. */
  withdraw(lanes, netem) {
    return this.#inTurn(async () => {
      const left = lanes.flatMap((lane) => {
        const known = this.#byLane.get(keyOf(lane));
        if (!known) return [];
        const place = known.asked.indexOf(netem);
        if (place >= 0) known.asked.splice(place, 1);
        return known.asked.length > 0 ? [known] : [];
      });
      for (const { own, asked } of left) await own.change(together(asked));
    });
  }
  /** Faults that begin together take turns, or each would make a class of its own for the same lane. */
  #inTurn(act) {
    const result = this.#turn.then(act);
    this.#turn = result.catch(() => {
    });
    return result;
  }
};
function keyOf({ linkId, direction }) {
  return `${linkId} ${direction}`;
}
function together(asked) {
  const total = (key) => asked.reduce((sum, netem) => sum + (netem[key] ?? 0), 0);
  const rates = asked.flatMap(({ bytesPerSecond }) => bytesPerSecond === void 0 ? [] : [bytesPerSecond]);
  return {
    delayMs: total("delayMs"),
    jitterMs: total("jitterMs"),
    bytesPerSecond: rates.length === 0 ? void 0 : Math.min(...rates)
  };
}

// src/engines/local/lanes/packets.ts
var perMillion = 1e6;
function nftPackets(options) {
  let injections = 0;
  const classes = new LaneClasses();
  const { shaper } = options;
  return {
    drop: (lanes, share, scope) => drop(options, { chain: `drop_${++injections}`, lanes, share, scope }),
    shape: shaper && (async (lanes, netem, scope) => {
      const discipline = await shaper().catch((error) => {
        options.logger.warn(`netem cannot be used, the link proxies are: ${messageOf(error)}`);
        return void 0;
      });
      if (!discipline) return void 0;
      return shape(options, { chain: `netem_${++injections}`, lanes, netem, scope, classes, discipline });
    })
  };
}
async function drop(options, { chain, lanes, share, scope }) {
  const table = await options.table();
  const chance = Math.round(share * perMillion);
  const parts2 = partsOf2(options, chain, lanes);
  const counters = parts2.flatMap(({ name }) => [`${name}_offered`, `${name}_dropped`]);
  scope.undo(
    { type: "ends-with-run", what: `drop on ${lanes.length} link directions` },
    () => takeAway(table, chain, counters)
  );
  await table.load(
    [
      ...counters.map((name) => `create counter TABLE ${name}`),
      `create chain TABLE ${chain} { type filter hook input priority 0; policy accept; }`,
      ...parts2.flatMap(({ name, lane, ports }) => {
        const which = comingIn(options, lane, ports);
        const some = chance >= perMillion ? "" : `numgen random mod ${perMillion} < ${chance} `;
        return [
          `add rule TABLE ${chain} ${which} counter name ${name}_offered`,
          `add rule TABLE ${chain} ${which} ${some}counter name ${name}_dropped drop`
        ];
      })
    ].join("\n")
  );
  return {
    async read() {
      const counts = await table.counters();
      const countOf = (name) => ({
        offered: packetsOf(counts.get(`${name}_offered`)),
        dropped: packetsOf(counts.get(`${name}_dropped`))
      });
      return lanes.map((lane, i) => ({
        lane,
        traffic: countOf(`${chain}_${i}_traffic`),
        probes: countOf(`${chain}_${i}_probes`)
      }));
    }
  };
}
async function shape(options, { chain, lanes, netem, scope, classes, discipline }) {
  const table = await options.table();
  const parts2 = partsOf2(options, chain, lanes);
  const own = { ...netem };
  const classOf = /* @__PURE__ */ new Map();
  const counters = parts2.map(({ name }) => name);
  scope.undo({ type: "ends-with-run", what: `netem on ${lanes.length} link directions` }, async () => {
    await takeAway(table, chain, counters);
    await classes.withdraw(lanes, own);
  });
  for (const lane of lanes) classOf.set(lane, await classes.request(discipline, lane, own));
  await table.load(
    [
      ...counters.map((name) => `create counter TABLE ${name}`),
      `create chain TABLE ${chain} { type filter hook output priority 0; policy accept; }`,
      ...parts2.map(
        ({ name, lane, ports }) => `add rule TABLE ${chain} ${goingOut(lane, ports)} counter name ${name} meta priority set ${classOf.get(lane)?.id}`
      )
    ].join("\n")
  );
  return {
    async packets() {
      const counts = await table.counters();
      const traffic = counters.filter((name) => name.endsWith("_traffic"));
      return traffic.reduce((total, name) => total + packetsOf(counts.get(name)), 0);
    }
  };
}
function partsOf2({ links }, chain, lanes) {
  return lanes.flatMap((lane, i) => {
    const { traffic, lanes: probes } = links.ports(lane.linkId);
    return [
      { name: `${chain}_${i}_traffic`, lane, ports: [traffic] },
      { name: `${chain}_${i}_probes`, lane, ports: probes }
    ].filter(({ ports }) => ports.length > 0);
  });
}
function comingIn({ redirected }, { direction }, ports) {
  const set = `{ ${ports.join(", ")} }`;
  if (direction === "forward") return `iif "lo" tcp dport ${set}`;
  return redirected ? `iif "lo" meta l4proto tcp ct direction reply ct reply proto-src ${set}` : `iif "lo" tcp sport ${set}`;
}
function goingOut({ direction }, ports) {
  return `oif "lo" tcp ${direction === "forward" ? "dport" : "sport"} { ${ports.join(", ")} }`;
}
function takeAway(table, chain, counters) {
  return table.load(
    [
      `add chain TABLE ${chain}`,
      ...counters.map((name) => `add counter TABLE ${name}`),
      `flush chain TABLE ${chain}`,
      `delete chain TABLE ${chain}`,
      ...counters.map((name) => `delete counter TABLE ${name}`)
    ].join("\n")
  );
}
function packetsOf(count) {
  return count?.packets ?? 0;
}

// src/engines/local/needs.ts
function requirePrograms({ name, needs }, path) {
  const missing = needs.filter(({ program }) => findProgram(program, path) === void 0);
  if (missing.length === 0) return;
  const programs = missing.map(({ program }) => program);
  throw new ChaosError(
    "build",
    `${name} needs ${programs.join(" and ")}, which ${programs.length === 1 ? "is" : "are"} not here`,
    {
      hint: [...new Set(missing.map(({ get }) => get))].join("; ")
    }
  );
}

// src/engines/local/requirements.ts
function requirementsOf(effects) {
  const known = effects.map(
    (type2) => localEffects[type2]
  );
  const needs = known.flatMap(({ mechanisms }) => mechanisms.flatMap((mechanism) => mechanism.needs));
  return {
    folderBytes: Math.max(0, ...known.map(({ dataFolderBytes = 0 }) => dataFolderBytes)),
    isLimited: needs.includes("cpuQuota") || needs.includes("memoryLimit")
  };
}
function whyUnfit(now, wanted) {
  if (wanted.isLimited !== now.isLimited)
    return now.isLimited ? "the nodes had cgroups with controllers for the scenario before" : "a fault needs cgroups with controllers";
  if (wanted.folderBytes === now.folderBytes) return void 0;
  return wanted.folderBytes > 0 ? "a fault needs data folders of a limited size" : "the data folders were of a limited size for the scenario before";
}

// src/engines/local/local-engine.ts
var usualJoinMs = 35e3;
var LocalEngine = class {
  shape;
  #options;
  #random;
  #host;
  #broken = new AbortController();
  #logs;
  #folders;
  #detours;
  #services;
  #machine;
  /** What the cluster that stands was booted for. */
  #bootedFor = requirementsOf([]);
  #kernel;
  #links;
  #packets;
  #claimed;
  #ports = /* @__PURE__ */ new Map();
  #servicePorts = {};
  #nodes = [];
  #endpoints = [];
  #metricsUrls = [];
  #crashes = [];
  /** Ends what looks at the cluster while it stands. */
  #watching = new AbortController();
  constructor(options) {
    const { config, clock, ledger, logger, run: run2, logFolder, workFolder } = options;
    const { broker } = config;
    const names = nodeNames(config.nodes);
    this.#options = options;
    this.shape = { nodes: names };
    this.#random = createRandom(`${run2}/ports`);
    this.#host = localHost(run2);
    this.#logs = new ClusterLogs({
      ...{ nodes: names, folder: logFolder, pipes: join6(workFolder, "logs"), clock, logger },
      ...{ secrets: broker.secrets, keepBytes: config.logs.keepBytes, startThread: options.startLogsThread },
      onEnded: (reason) => this.#broken.abort(reason)
    });
    this.#folders = new DataFolders({ parent: workFolder, ledger, logger });
    this.#detours = new Detours({
      ...{ broker, names, clock, logger },
      standing: () => ({ nodes: this.#nodes, ports: this.#ports })
    });
    this.#services = new Services({
      broker,
      processOptions: (name) => this.#processOptions(name),
      folderOf: (name) => this.#folders.of(name),
      openLog: (name) => this.#logs.open(name),
      onEnded: (error) => this.#broken.abort(error)
    });
  }
  get broken() {
    return this.#broken.signal;
  }
  get endpoints() {
    return this.#endpoints;
  }
  get metricsUrls() {
    return this.#metricsUrls.filter(
      ({ node }) => this.#nodes.some(({ name, answering }) => name === node && answering)
    );
  }
  async build(signal2) {
    const { config, logger, run: run2 } = this.#options;
    requirePrograms(config.broker);
    await this.#requireMachine();
    const { build: command, buildWithinMs, secrets } = config.broker;
    if (command === void 0) return;
    logger.info(`building: ${shortened(maskSecrets(command, secrets))}`);
    try {
      await build({
        ...{ command, secrets, run: run2, signal: signal2, folder: config.folder, withinMs: buildWithinMs },
        log: await this.#logs.open("build"),
        onStray: this.#strayOf("the build")
      });
    } finally {
      await this.#logs.close();
    }
  }
  unfit(effects) {
    return whyUnfit(this.#bootedFor, requirementsOf(effects));
  }
  async boot(signal2, effects = []) {
    await this.stop();
    this.#watching = new AbortController();
    this.#bootedFor = requirementsOf(effects);
    const kernel = await this.#prepareMachine(this.#bootedFor);
    const proxied = await this.#joinByLinks(kernel);
    this.#endpoints = [];
    await this.#startNodes(proxied, signal2);
    this.#endpoints = this.shape.nodes.map((node) => this.#endpointOf(node, proxied));
    await this.#lookForDetours(kernel, signal2);
  }
  async stop(withinMs) {
    this.#watching.abort();
    const stopping = this.#nodes;
    this.#nodes = [];
    await Promise.all(stopping.map((node) => node.stop(withinMs)));
    await this.#services.stop(withinMs);
    await this.#logs.close();
    await this.#claimed?.release();
    this.#claimed = void 0;
    const links = this.#links;
    this.#links = void 0;
    this.#packets = void 0;
    await links?.close();
    const closing = this.#kernel;
    this.#kernel = void 0;
    await closing?.close().catch((error) => this.#options.logger.warn(`taking packet rules and cgroups away: ${messageOf(error)}`));
    await this.#folders.unmount();
  }
  offers(effect, to) {
    const { config: cluster } = this.#options;
    const environment2 = to === "this cluster" ? this.environment() : void 0;
    return localOffer(effect, { cluster, machine: this.#machine, environment: environment2 });
  }
  async observe(fault) {
    const environment2 = this.environment();
    if (!environment2) throw new ChaosError("internal", "no cluster stands");
    return observe(fault, environment2);
  }
  /** What an effect is given of the cluster that stands; undefined while none does. */
  environment() {
    if (this.#nodes.length === 0) return void 0;
    const { ledger, clock, logger } = this.#options;
    return {
      ...{ shape: this.shape, nodes: this.#nodeControl(), network: this.#networkMap(), host: this.#host },
      ...{ links: this.#links, packets: this.#packets, limits: this.#kernel?.limits, ledger, clock, logger },
      broken: (why) => this.#broken.abort(why)
    };
  }
  usage() {
    return this.#nodes.map((node) => ({ node: node.name, ...node.usage() }));
  }
  async linksLag() {
    return this.#links ? this.#links.lag() : null;
  }
  takeCrashes() {
    return this.#crashes.splice(0);
  }
  logsAround(wallMs, question) {
    return this.#logs.around(wallMs, question);
  }
  cutLogs() {
    return this.#logs.cut();
  }
  logsBetween(fromWallMs, toWallMs) {
    return this.#logs.linesBetween(fromWallMs, toWallMs);
  }
  /** What this machine offers, tried once. Throws when the user or the configuration asks for more. */
  async #requireMachine() {
    const { privileged = "auto" } = this.#options;
    this.#machine ??= await probeMachine(privileged);
    if (privileged === "required")
      requireOffers(this.#machine, ["privileges", "nft", "cgroup2"], "privileged: required");
    if (this.#isTransparent)
      requireOffers(
        this.#machine,
        ["privileges", "nft", "cgroup2", "redirect"],
        "links: transparent",
        "or use links: proxy, which needs nothing"
      );
    return this.#machine;
  }
  get #isTransparent() {
    return this.#options.config.broker.links === "transparent" && this.shape.nodes.length > 1;
  }
  /** Empty data folders, free ports, and what the cluster has in the kernel. */
  async #prepareMachine({ folderBytes, isLimited: isLimited2 }) {
    const { run: run2, ledger } = this.#options;
    const { nodes } = this.shape;
    const machine = await this.#requireMachine();
    this.#folders.renew();
    if (folderBytes > 0) await this.#folders.limit(machine, nodes, folderBytes);
    await this.#claimPorts();
    this.#kernel = await openKernel({ machine, run: run2, nodes, limited: isLimited2, ledger });
    return this.#kernel;
  }
  async #claimPorts() {
    const { nodes } = this.shape;
    const { ports } = this.#options.config.broker;
    this.#claimed = await freePorts(nodes.length * ports.length + this.#services.portCount, this.#random);
    const free = [...this.#claimed.ports];
    const take = (names) => Object.fromEntries(names.map((port) => [port, free.pop() ?? 0]));
    this.#ports = new Map(nodes.map((name) => [name, take(ports)]));
    this.#servicePorts = Object.fromEntries(this.#services.portNames.map(([name, names]) => [name, take(names)]));
  }
  /** The links and what leads the nodes through them; the proxies' ports by link. */
  async #joinByLinks(kernel) {
    const { config, logger, seed, startLinksThread } = this.#options;
    const { broker } = config;
    if (broker.links === "direct") return /* @__PURE__ */ new Map();
    const links = await openLinks({ seed: `${seed}/links`, startThread: startLinksThread });
    this.#links = links;
    const broke = () => {
      if (this.#links === links) this.#broken.abort(links.ended.reason);
    };
    links.ended.addEventListener("abort", broke, { once: true });
    const cluster = { broker, names: this.shape.nodes, ports: this.#ports };
    const proxied = await openClusterLinks(links, cluster);
    const { table, shaper, cgroups } = kernel;
    if (table) this.#packets = nftPackets({ links, table, shaper, logger, redirected: this.#isTransparent });
    const redirected = this.#isTransparent && cgroups ? redirections(cluster, proxied, cgroups) : [];
    if (redirected.length > 0) await (await table?.())?.load(redirectChains(redirected));
    return proxied;
  }
  /** How clients reach a node. */
  #endpointOf(node, proxied) {
    const { address } = this.#node(node);
    return { node, ...address, port: proxied.get(clientLink(node)) ?? address.port };
  }
  async #startNodes(proxied, signal2) {
    this.#metricsUrls = [];
    const made = [];
    for (const [i, name] of this.shape.nodes.entries()) made.push(await this.#makeNode(name, i + 1, proxied));
    this.#nodes = made;
    this.#logs.follow();
    await this.#services.start(this.#clusterContext, signal2);
    const { clock, config } = this.#options;
    await startNodes(made, { order: config.broker.startOrder, clock, signal: signal2 });
  }
  /** What templates of nodes and services can say of the cluster. */
  get #clusterContext() {
    return { cluster: { name: "chaos", nodes: this.shape.nodes }, services: this.#servicePorts };
  }
  /** What nodes and services have in common. */
  #processOptions(name) {
    const { config, run: run2, clock, ledger, logger } = this.#options;
    return {
      ...{ run: run2, clock, workingFolder: config.folder },
      onStray: this.#strayOf(name),
      onStart(process2) {
        ledger.add({ type: "kill", process: process2 }, `${name} started`);
        logger.debug(`${name} started as process ${process2.pid}`);
      }
    };
  }
  async #makeNode(name, index, proxied) {
    const { config, mutant } = this.#options;
    const { broker: spec } = config;
    const folder = this.#folders.of(name);
    const own = this.#ports.get(name) ?? {};
    const cgroups = this.#kernel?.cgroups;
    const rendered = renderNode(spec, {
      node: { name, index, ports: own, folder },
      peers: this.#peersOf(name, proxied),
      ...this.#clusterContext,
      mutant
    });
    if (rendered.metrics !== void 0) this.#metricsUrls.push({ node: name, url: rendered.metrics });
    return new ClusterNode({
      ...this.#processOptions(name),
      ...{ name, spec, rendered, mqttPort: own.mqtt ?? 0, folder },
      log: await this.#logs.open(name),
      enter: cgroups && ((pid) => cgroups.enter(name, pid)),
      members: cgroups && (() => cgroups.members(name)),
      onCrash: (crash) => this.#crashes.push(crash)
    });
  }
  /** The ports at which a node dials the others: their own with transparent links, where the kernel redirects them, otherwise the proxies'. */
  #peersOf(name, proxied) {
    const { peerPorts } = this.#options.config.broker;
    return this.shape.nodes.flatMap((peer, j) => {
      if (peer === name) return [];
      const dialled = (port) => this.#isTransparent ? void 0 : proxied.get(peerLink(name, peer, port));
      const portOf = (port) => dialled(port) ?? this.#ports.get(peer)?.[port] ?? 0;
      return [{ name: peer, index: j + 1, ports: Object.fromEntries(peerPorts.map((port) => [port, portOf(port)])) }];
    });
  }
  /** Nodes that bypass the links end the boot with transparent ones; otherwise they are looked for while the run goes on. */
  async #lookForDetours({ table }, signal2) {
    const { joinWithinMs: withinMs = usualJoinMs, logger } = this.#options;
    const counters = async () => (await table?.())?.counters();
    await this.#detours.requireRedirected(counters, { withinMs, signal: signal2 });
    this.#detours.watch(AbortSignal.any([signal2, this.#watching.signal])).catch((error) => logger.debug(`looking for detours: ${messageOf(error)}`));
  }
  /** A process without the run's marks is killed with the run, or by whoever takes the run back. */
  #strayOf(who) {
    const { ledger, logger } = this.#options;
    return ({ pid, startTicks }) => {
      ledger.add({ type: "kill", process: { pid, startTicks } }, `${who} started it without our marks`);
      logger.debug(`process ${pid} of ${who} has none of the run's marks`);
    };
  }
  #node(name) {
    const found = this.#nodes.find((node) => node.name === name);
    if (!found) throw new ChaosError("internal", `there is no ${name}`);
    return found;
  }
  #nodeControl() {
    return {
      processes: (node) => this.#node(node).processes(),
      kill: (node) => this.#node(node).kill(),
      start: (node) => this.#node(node).start(),
      signal: (node, name) => this.#node(node).signalAll(name),
      ping: (node, withinMs) => this.#node(node).ping(withinMs),
      httpUrls: (node) => this.#node(node).httpUrls,
      logFile: (node) => this.#logs.file(node),
      connect: (node, withinMs) => this.#node(node).connect(withinMs),
      folder: (node) => this.#node(node).folder,
      address: (node) => this.#node(node).address
    };
  }
  #networkMap() {
    const { peerPorts } = this.#options.config.broker;
    return {
      path: (from, to) => peerPorts.flatMap((port) => [
        { linkId: peerLink(from, to, port), direction: "forward" },
        { linkId: peerLink(to, from, port), direction: "backward" }
      ]),
      client: (node) => [
        { linkId: clientLink(node), direction: "forward" },
        { linkId: clientLink(node), direction: "backward" }
      ],
      entry: (node) => this.#endpoints.find((endpoint) => endpoint.node === node) ?? this.#node(node).address,
      past: async (paths) => (await this.#detours.past()).filter(
        ({ from, to }) => paths.some((path) => [path.from, path.to].includes(from) && [path.from, path.to].includes(to))
      ).length,
      remedy: this.#detours.remedy
    };
  }
};

// src/engines/local/residue.ts
async function takeInventory(options) {
  const { run: run2, ledger } = options;
  const { privileged } = await findPrivileged(options.privileged ?? "auto");
  const tables = privileged ? await ourTables(privileged).catch(() => []) : [];
  const qdiscs = privileged ? await rootQdiscs(privileged).catch(() => []) : [];
  const marked = findMarked(run2);
  const known = new Set(marked.map(({ pid }) => pid));
  const unmarked = ledger.processes().filter((process2) => !known.has(process2.pid) && isAlive(process2));
  return /* @__PURE__ */ new Set([
    ...tables.map((name) => `nft table ${name}`),
    ...qdiscs.map((handle) => `qdisc ${handle}`),
    ...ourCgroups().map((folder) => `cgroup ${folder}`),
    ...mounts().filter(({ folder }) => folder.startsWith(ledger.folder)).map(({ folder }) => `mount ${folder}`),
    ...marked.map(({ pid, state }) => `${state === "T" ? "stopped process" : "process"} ${pid}`),
    ...unmarked.map(({ pid }) => `process ${pid}`)
  ]);
}
function residue(before, after, run2) {
  const foreign = (what) => what.startsWith("nft table ") && what !== `nft table ${tableName(run2)}` || what.startsWith("qdisc ") && what !== `qdisc ${qdiscHandle(run2)}` || what.startsWith("cgroup ") && !what.endsWith(`-${run2}`);
  return [...after].filter((what) => !before.has(what) && !foreign(what));
}

// src/engines/local/open.ts
var openLocalEngine = async ({ run: run2, logger, privileged, ...options }) => {
  const ledger = Ledger.begin(run2);
  const reaper = startReaper(run2, logger.warn);
  const inventory = () => takeInventory({ run: run2, ledger, privileged });
  const before = await inventory();
  return {
    engine: new LocalEngine({ ...options, run: run2, logger, privileged, ledger, workFolder: join7(ledger.folder, "work") }),
    async residue() {
      const ended = await killAll(
        () => [
          ...findMarked(run2),
          ...ledger.processes().filter(isAlive).flatMap(({ pid }) => readStat(pid) ?? [])
        ],
        () => systemClock.sleep(10)
      );
      if (ended > 0) logger.warn(`ended ${plural(ended, "process", "processes")} that this run had left`);
      const left = residue(before, await inventory(), run2);
      if (left.length === 0) ledger.end();
      else for (const did of await replay(run2)) logger.warn(`taking back: ${did}`);
      reaper.release();
      return left;
    }
  };
};

// src/metrics/exposition.ts
var import_prom_client = __toESM(require_prom_client(), 1);
import { createServer as createServer2 } from "node:http";
async function openExposition(port) {
  const registry = new import_prom_client.Registry();
  (0, import_prom_client.collectDefaultMetrics)({ register: registry, prefix: "chaos_action_" });
  const phase = new import_prom_client.Gauge({
    name: "chaos_action_phase",
    help: "1 for the phase that runs",
    labelNames: ["scenario", "phase"],
    registers: [registry]
  });
  const messages = new import_prom_client.Gauge({
    name: "chaos_action_messages",
    help: "Messages of the scenario that runs, by what became of them",
    labelNames: ["outcome"],
    registers: [registry]
  });
  const faults = new import_prom_client.Gauge({
    name: "chaos_action_faults_in_force",
    help: "Faults injected and not healed",
    registers: [registry]
  });
  const verdicts = new import_prom_client.Counter({
    name: "chaos_action_scenarios_total",
    help: "Scenarios that ended",
    labelNames: ["verdict"],
    registers: [registry]
  });
  const scores = new import_prom_client.Gauge({
    name: "chaos_action_scenario_score",
    help: "Score of a scenario, 0 to 10",
    labelNames: ["scenario"],
    registers: [registry]
  });
  const server = createServer2(async (request, response) => {
    if (request.url !== "/metrics") {
      response.writeHead(404).end("only /metrics is here\n");
      return;
    }
    response.setHeader("Content-Type", registry.contentType);
    response.end(await registry.metrics());
  });
  if (port !== void 0)
    await new Promise((resolve2, reject) => {
      server.once(
        "error",
        (error) => reject(
          new ChaosError(
            "port",
            `--metrics-port ${port}: ${error.code === "EADDRINUSE" ? "the port is taken" : messageOf(error)}`,
            {
              hint: "choose another port; 0 takes a free one"
            }
          )
        )
      );
      server.listen(port, "127.0.0.1", resolve2);
    });
  const address = server.address();
  return {
    url: address !== null && typeof address === "object" ? `http://127.0.0.1:${address.port}/metrics` : void 0,
    phase(scenario, name) {
      phase.reset();
      phase.set({ scenario, phase: name }, 1);
    },
    messages(counts) {
      for (const [outcome, count] of Object.entries(counts)) messages.set({ outcome }, count);
    },
    faults: (inForce) => faults.set(inForce),
    verdict(scenario, verdict, score) {
      verdicts.inc({ verdict });
      if (score !== null) scores.set({ scenario }, score);
    },
    close: () => new Promise((resolve2) => {
      server.closeAllConnections();
      server.close(() => resolve2());
    })
  };
}

// src/sabotage/open-relay.ts
import { Worker as Worker2 } from "node:worker_threads";
var ChangeCount = class {
  memory = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  read() {
    return Atomics.load(this.memory, 0);
  }
};
var closeWithinMs = 2e3;
var startRelayThread = (start) => new Worker2(distPath("relay-worker.js"), { name: "relay", workerData: start, execArgv: [] });
function openRelay(options) {
  const { sabotage, seed, changes = new ChangeCount(), startThread = startRelayThread } = options;
  const thread = remote(startThread({ sabotage, seed, changes: changes.memory }), "relay");
  let closing;
  const close = async () => {
    await within(thread.call("close"), { withinMs: closeWithinMs }).catch(() => void 0);
    await thread.terminate();
  };
  return {
    open: (node, upstream) => thread.call("open", { node, upstream }),
    lag: () => thread.call("lag"),
    ended: thread.ended,
    close() {
      closing ??= close();
      return closing;
    }
  };
}

// src/sabotage/sabotaged-engine.ts
var SabotagedEngine = class {
  #engine;
  #options;
  #changes = new ChangeCount();
  #relayBroken = new AbortController();
  broken;
  #relay;
  #endpoints = [];
  constructor(engine, options) {
    this.#engine = engine;
    this.#options = options;
    this.broken = AbortSignal.any([engine.broken, this.#relayBroken.signal]);
  }
  /** How often the saboteur has struck so far. */
  get changes() {
    return this.#changes.read();
  }
  get shape() {
    return this.#engine.shape;
  }
  get endpoints() {
    return this.#endpoints;
  }
  get metricsUrls() {
    return this.#engine.metricsUrls;
  }
  build(signal2) {
    return this.#engine.build(signal2);
  }
  async boot(signal2, effects) {
    await this.#closeRelay();
    await this.#engine.boot(signal2, effects);
    const { seed } = this.#options;
    const relay = openRelay({ ...this.#options, seed: `${seed}/sabotage`, changes: this.#changes });
    this.#relay = relay;
    const broke = () => {
      if (this.#relay === relay) this.#relayBroken.abort(relay.ended.reason);
    };
    relay.ended.addEventListener("abort", broke, { once: true });
    this.#endpoints = await Promise.all(
      this.#engine.endpoints.map(async (endpoint) => {
        const { host, port } = endpoint;
        return { ...endpoint, host: "127.0.0.1", port: (await relay.open(endpoint.node, { host, port })).port };
      })
    );
  }
  unfit(effects) {
    return this.#engine.unfit(effects);
  }
  async stop(withinMs) {
    await this.#engine.stop(withinMs);
    await this.#closeRelay();
  }
  offers(effect, to) {
    return this.#engine.offers(effect, to);
  }
  observe(fault) {
    return this.#engine.observe(fault);
  }
  usage() {
    return this.#engine.usage();
  }
  /** The worse of the links' and the relay's: what a client sees late may be due to either. */
  async linksLag() {
    const [links, relay] = await Promise.all([this.#engine.linksLag(), this.#relay?.lag() ?? null]);
    if (links === null || relay === null) return links ?? relay;
    return links.p99Ms > relay.p99Ms ? links : relay;
  }
  takeCrashes() {
    return this.#engine.takeCrashes();
  }
  logsAround(...asked) {
    return this.#engine.logsAround(...asked);
  }
  cutLogs() {
    return this.#engine.cutLogs();
  }
  logsBetween(fromWallMs, toWallMs) {
    return this.#engine.logsBetween(fromWallMs, toWallMs);
  }
  async #closeRelay() {
    const relay = this.#relay;
    this.#relay = void 0;
    this.#endpoints = [];
    await relay?.close();
  }
};

// src/workload/workload.ts
import { Worker as Worker3 } from "node:worker_threads";
function openWorkload(thread = new Worker3(distPath("workload-worker.js"))) {
  return remote(thread, "workload");
}

// src/run/run.ts
import { cpus, release, totalmem, type } from "node:os";

// src/metrics/scrape.ts
import { appendFileSync, mkdirSync as mkdirSync4, readdirSync as readdirSync2, rmSync as rmSync3 } from "node:fs";
import { join as join8 } from "node:path";

// node_modules/shallow-equal/dist/index.esm.js
function shallowEqualObjects(objA, objB) {
  if (objA === objB) {
    return true;
  }
  if (!objA || !objB) {
    return false;
  }
  var aKeys = Object.keys(objA);
  var bKeys = Object.keys(objB);
  var len = aKeys.length;
  if (bKeys.length !== len) {
    return false;
  }
  for (var i = 0; i < len; i++) {
    var key = aKeys[i];
    if (objA[key] !== objB[key] || !Object.prototype.hasOwnProperty.call(objB, key)) {
      return false;
    }
  }
  return true;
}

// node_modules/parse-prometheus-text-format/dist/parse-prometheus-text-format.esm.js
function _classCallCheck(instance, Constructor) {
  if (!(instance instanceof Constructor)) {
    throw new TypeError("Cannot call a class as a function");
  }
}
function _inherits(subClass, superClass) {
  if (typeof superClass !== "function" && superClass !== null) {
    throw new TypeError("Super expression must either be null or a function");
  }
  subClass.prototype = Object.create(superClass && superClass.prototype, {
    constructor: {
      value: subClass,
      writable: true,
      configurable: true
    }
  });
  if (superClass) _setPrototypeOf(subClass, superClass);
}
function _getPrototypeOf(o) {
  _getPrototypeOf = Object.setPrototypeOf ? Object.getPrototypeOf : function _getPrototypeOf2(o2) {
    return o2.__proto__ || Object.getPrototypeOf(o2);
  };
  return _getPrototypeOf(o);
}
function _setPrototypeOf(o, p) {
  _setPrototypeOf = Object.setPrototypeOf || function _setPrototypeOf2(o2, p2) {
    o2.__proto__ = p2;
    return o2;
  };
  return _setPrototypeOf(o, p);
}
function isNativeReflectConstruct() {
  if (typeof Reflect === "undefined" || !Reflect.construct) return false;
  if (Reflect.construct.sham) return false;
  if (typeof Proxy === "function") return true;
  try {
    Date.prototype.toString.call(Reflect.construct(Date, [], function() {
    }));
    return true;
  } catch (e) {
    return false;
  }
}
function _construct(Parent, args, Class) {
  if (isNativeReflectConstruct()) {
    _construct = Reflect.construct;
  } else {
    _construct = function _construct2(Parent2, args2, Class2) {
      var a = [null];
      a.push.apply(a, args2);
      var Constructor = Function.bind.apply(Parent2, a);
      var instance = new Constructor();
      if (Class2) _setPrototypeOf(instance, Class2.prototype);
      return instance;
    };
  }
  return _construct.apply(null, arguments);
}
function _isNativeFunction(fn) {
  return Function.toString.call(fn).indexOf("[native code]") !== -1;
}
function _wrapNativeSuper(Class) {
  var _cache = typeof Map === "function" ? /* @__PURE__ */ new Map() : void 0;
  _wrapNativeSuper = function _wrapNativeSuper2(Class2) {
    if (Class2 === null || !_isNativeFunction(Class2)) return Class2;
    if (typeof Class2 !== "function") {
      throw new TypeError("Super expression must either be null or a function");
    }
    if (typeof _cache !== "undefined") {
      if (_cache.has(Class2)) return _cache.get(Class2);
      _cache.set(Class2, Wrapper);
    }
    function Wrapper() {
      return _construct(Class2, arguments, _getPrototypeOf(this).constructor);
    }
    Wrapper.prototype = Object.create(Class2.prototype, {
      constructor: {
        value: Wrapper,
        enumerable: false,
        writable: true,
        configurable: true
      }
    });
    return _setPrototypeOf(Wrapper, Class2);
  };
  return _wrapNativeSuper(Class);
}
function _assertThisInitialized(self) {
  if (self === void 0) {
    throw new ReferenceError("this hasn't been initialised - super() hasn't been called");
  }
  return self;
}
function _possibleConstructorReturn(self, call) {
  if (call && (typeof call === "object" || typeof call === "function")) {
    return call;
  }
  return _assertThisInitialized(self);
}
var InvalidLineError = /* @__PURE__ */ (function(_Error) {
  _inherits(InvalidLineError2, _Error);
  function InvalidLineError2(message) {
    _classCallCheck(this, InvalidLineError2);
    return _possibleConstructorReturn(this, _getPrototypeOf(InvalidLineError2).call(this, "Encountered invalid line: " + message));
  }
  return InvalidLineError2;
})(_wrapNativeSuper(Error));
Object.defineProperty(InvalidLineError.prototype, "name", {
  value: InvalidLineError.name
});
var STATE_NAME = 0;
var STATE_STARTOFLABELNAME = 1;
var STATE_ENDOFNAME = 2;
var STATE_VALUE = 3;
var STATE_ENDOFLABELS = 4;
var STATE_LABELNAME = 5;
var STATE_LABELVALUEQUOTE = 6;
var STATE_LABELVALUEEQUALS = 7;
var STATE_LABELVALUE = 8;
var STATE_LABELVALUESLASH = 9;
var STATE_NEXTLABEL = 10;
var STATE_TIMESTAMP = 11;
function parseSampleLine(line) {
  var name = "";
  var labelname = "";
  var labelvalue = "";
  var value = "";
  var timestamp = "";
  var labels = void 0;
  var state = STATE_NAME;
  for (var c = 0; c < line.length; ++c) {
    var _char = line.charAt(c);
    if (state === STATE_NAME) {
      if (_char === "{") {
        state = STATE_STARTOFLABELNAME;
      } else if (_char === " " || _char === "	") {
        state = STATE_ENDOFNAME;
      } else {
        name += _char;
      }
    } else if (state === STATE_ENDOFNAME) {
      if (_char === " " || _char === "	") ;
      else if (_char === "{") {
        state = STATE_STARTOFLABELNAME;
      } else {
        value += _char;
        state = STATE_VALUE;
      }
    } else if (state === STATE_STARTOFLABELNAME) {
      if (_char === " " || _char === "	") ;
      else if (_char === "}") {
        state = STATE_ENDOFLABELS;
      } else {
        labelname += _char;
        state = STATE_LABELNAME;
      }
    } else if (state === STATE_LABELNAME) {
      if (_char === "=") {
        state = STATE_LABELVALUEQUOTE;
      } else if (_char === "}") {
        state = STATE_ENDOFLABELS;
      } else if (_char === " " || _char === "	") {
        state = STATE_LABELVALUEEQUALS;
      } else {
        labelname += _char;
      }
    } else if (state === STATE_LABELVALUEEQUALS) {
      if (_char === "=") {
        state = STATE_LABELVALUEQUOTE;
      } else if (_char === " " || _char === "	") ;
      else {
        throw new InvalidLineError(line);
      }
    } else if (state === STATE_LABELVALUEQUOTE) {
      if (_char === '"') {
        state = STATE_LABELVALUE;
      } else if (_char === " " || _char === "	") ;
      else {
        throw new InvalidLineError(line);
      }
    } else if (state === STATE_LABELVALUE) {
      if (_char === "\\") {
        state = STATE_LABELVALUESLASH;
      } else if (_char === '"') {
        if (!labels) {
          labels = {};
        }
        labels[labelname] = labelvalue;
        labelname = "";
        labelvalue = "";
        state = STATE_NEXTLABEL;
      } else {
        labelvalue += _char;
      }
    } else if (state === STATE_LABELVALUESLASH) {
      state = STATE_LABELVALUE;
      if (_char === "\\") {
        labelvalue += "\\";
      } else if (_char === "n") {
        labelvalue += "\n";
      } else if (_char === '"') {
        labelvalue += '"';
      } else {
        labelvalue += "\\".concat(_char);
      }
    } else if (state === STATE_NEXTLABEL) {
      if (_char === ",") {
        state = STATE_LABELNAME;
      } else if (_char === "}") {
        state = STATE_ENDOFLABELS;
      } else if (_char === " " || _char === "	") ;
      else {
        throw new InvalidLineError(line);
      }
    } else if (state === STATE_ENDOFLABELS) {
      if (_char === " " || _char === "	") ;
      else {
        value += _char;
        state = STATE_VALUE;
      }
    } else if (state === STATE_VALUE) {
      if (_char === " " || _char === "	") {
        state = STATE_TIMESTAMP;
      } else {
        value += _char;
      }
    } else if (state === STATE_TIMESTAMP) {
      if (_char === " " || _char === "	") ;
      else {
        timestamp += _char;
      }
    }
  }
  var ret = {
    name,
    value
  };
  if (labels) {
    ret.labels = labels;
  }
  if (timestamp) {
    ret.timestamp_ms = timestamp;
  }
  return ret;
}
var SUMMARY_TYPE = "SUMMARY";
var HISTOGRAM_TYPE = "HISTOGRAM";
function parsePrometheusTextFormat(metrics) {
  var lines = metrics.split("\n");
  var converted = [];
  var metric;
  var help;
  var type2;
  var samples = [];
  for (var i = 0; i < lines.length; ++i) {
    var line = lines[i].trim();
    var lineMetric = null;
    var lineHelp = null;
    var lineType = null;
    var lineSample = null;
    if (line.length === 0) ;
    else if (line.startsWith("# ")) {
      var lineData = line.substring(2);
      var instr = null;
      if (lineData.startsWith("HELP ")) {
        instr = 1;
      } else if (lineData.startsWith("TYPE ")) {
        instr = 2;
      }
      if (instr) {
        lineData = lineData.substring(5);
        var spaceIndex = lineData.indexOf(" ");
        if (spaceIndex !== -1) {
          lineMetric = lineData.substring(0, spaceIndex);
          var remain = lineData.substring(spaceIndex + 1);
          if (instr === 1) {
            lineHelp = unescapeHelp(remain);
          } else {
            if (remain.includes(" ")) {
              throw new InvalidLineError(line);
            }
            lineType = remain.toUpperCase();
          }
        } else {
          throw new InvalidLineError(line);
        }
      }
    } else {
      lineSample = parseSampleLine(line);
      lineMetric = lineSample.name;
    }
    if (lineMetric === metric) {
      if (!help && lineHelp) {
        help = lineHelp;
      } else if (!type2 && lineType) {
        type2 = lineType;
      }
    }
    var suffixedCount = "".concat(metric, "_count");
    var suffixedSum = "".concat(metric, "_sum");
    var suffixedBucket = "".concat(metric, "_bucket");
    var allowedNames = [metric];
    if (type2 === SUMMARY_TYPE || type2 === HISTOGRAM_TYPE) {
      allowedNames.push(suffixedCount);
      allowedNames.push(suffixedSum);
    }
    if (type2 === HISTOGRAM_TYPE) {
      allowedNames.push(suffixedBucket);
    }
    if (i + 1 === lines.length || lineMetric && !allowedNames.includes(lineMetric)) {
      if (metric) {
        if (type2 === SUMMARY_TYPE) {
          samples = flattenMetrics(samples, "quantiles", "quantile", "value");
        } else if (type2 === HISTOGRAM_TYPE) {
          samples = flattenMetrics(samples, "buckets", "le", "bucket");
        }
        converted.push({
          name: metric,
          help: help ? help : "",
          type: type2 ? type2 : "UNTYPED",
          metrics: samples
        });
      }
      metric = lineMetric;
      help = lineHelp ? lineHelp : null;
      type2 = lineType ? lineType : null;
      samples = [];
    }
    if (lineSample) {
      if (lineSample.name !== metric) {
        if (type2 === SUMMARY_TYPE || type2 === HISTOGRAM_TYPE) {
          if (lineSample.name === suffixedCount) {
            lineSample.count = lineSample.value;
          } else if (lineSample.name === suffixedSum) {
            lineSample.sum = lineSample.value;
          }
        }
        if (type2 === HISTOGRAM_TYPE && lineSample.name === suffixedBucket) {
          lineSample.bucket = lineSample.value;
        }
        delete lineSample.value;
      }
      delete lineSample.name;
      var samplesLen = samples.length;
      var lastSample = samplesLen === 0 ? null : samples[samplesLen - 1];
      if (lastSample && shallowEqualObjects(lineSample.labels, lastSample.labels)) {
        delete lineSample.labels;
        for (var key in lineSample) {
          lastSample[key] = lineSample[key];
        }
      } else {
        samples.push(lineSample);
      }
    }
  }
  return converted;
}
function flattenMetrics(metrics, groupName, keyName, valueName) {
  var flattened = null;
  for (var i = 0; i < metrics.length; ++i) {
    var sample = metrics[i];
    if (sample.labels && sample.labels[keyName] && sample[valueName]) {
      if (!flattened) {
        flattened = {};
        flattened[groupName] = {};
      }
      flattened[groupName][sample.labels[keyName]] = sample[valueName];
    } else if (!sample.labels) {
      if (!flattened) {
        flattened = {};
      }
      if (sample.count !== void 0) {
        flattened.count = sample.count;
      }
      if (sample.sum !== void 0) {
        flattened.sum = sample.sum;
      }
    }
  }
  if (flattened) {
    return [flattened];
  } else {
    return metrics;
  }
}
function unescapeHelp(line) {
  var result = "";
  var slash = false;
  for (var c = 0; c < line.length; ++c) {
    var _char = line.charAt(c);
    if (slash) {
      if (_char === "\\") {
        result += "\\";
      } else if (_char === "n") {
        result += "\n";
      } else {
        result += "\\".concat(_char);
      }
      slash = false;
    } else {
      if (_char === "\\") {
        slash = true;
      } else {
        result += _char;
      }
    }
  }
  if (slash) {
    result += "\\";
  }
  return result;
}
var parse_prometheus_text_format_esm_default = parsePrometheusTextFormat;

// src/metrics/scrape.ts
function startScraper(options) {
  const { clock, folder, secrets } = options;
  let counts = { attempted: 0, answered: 0 };
  const latest = /* @__PURE__ */ new Map();
  let busy = Promise.resolve();
  mkdirSync4(folder, { recursive: true });
  for (const name of readdirSync2(folder)) if (name.endsWith(".jsonl")) rmSync3(join8(folder, name));
  const scrape = async ({ node, url }) => {
    const own = counts;
    own.attempted++;
    const at = new Date(clock.wallMs()).toISOString();
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(900) });
      if (!response.ok) throw new Error(`HTTP status ${response.status}`);
      const samples = flatten(maskSecrets(await response.text(), secrets));
      if (Object.keys(samples).length === 0) throw new Error("no sample in Prometheus' text format");
      own.answered++;
      latest.set(node, samples);
      appendFileSync(join8(folder, `${node}.jsonl`), `${JSON.stringify({ at, samples })}
`);
    } catch (error) {
      appendFileSync(
        join8(folder, `${node}.jsonl`),
        `${JSON.stringify({ at, error: maskSecrets(messageOf(error), secrets) })}
`
      );
    }
  };
  const timer = setInterval(() => {
    busy = Promise.allSettled([busy, ...options.targets().map(scrape)]).then(() => {
    });
  }, options.everyMs ?? 1e3);
  return {
    take() {
      const taken = counts;
      counts = { attempted: 0, answered: 0 };
      return taken;
    },
    latest: () => new Map(latest),
    async stop() {
      clearInterval(timer);
      await busy;
    }
  };
}
var metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
function flatten(text) {
  const samples = {};
  for (const family of parse_prometheus_text_format_esm_default(text)) {
    if (!metricName.test(family.name)) continue;
    for (const metric of family.metrics) {
      const labels = Object.entries(metric.labels ?? {}).map(([name, value]) => `${name}="${value}"`);
      const key = (suffix) => `${family.name}${suffix}${labels.length > 0 ? `{${labels.join(",")}}` : ""}`;
      if (metric.value !== void 0) samples[key("")] = Number(metric.value);
      if (metric.count !== void 0) samples[key("_count")] = Number(metric.count);
      if (metric.sum !== void 0) samples[key("_sum")] = Number(metric.sum);
    }
  }
  return samples;
}

// src/checks/part.ts
function partOf(input, belongs) {
  const { history, paths, unserved } = input;
  return {
    ...input,
    history: {
      ...history,
      facts: partOfFacts(history.facts, belongs),
      wire: history.wire && partOfWire(history.wire, belongs)
    },
    unserved: unserved.filter(
      ({ client }) => belongs(client === null ? null : { clientId: client, role: "subscriber" })
    ),
    ...paths === null ? {} : { allPaths: input.allPaths ?? paths },
    paths: paths === null || belongs(null) ? paths : { ...paths, accepted: [], paths: [] }
  };
}
var parts = {
  stream: partOfStream,
  // A topic is read at every node, and a group is its members together: both are about no single client.
  retained: (facts, belongs) => belongs(null) ? facts : { ...facts, topics: [] },
  shared: (facts, belongs) => belongs(null) ? facts : { groups: [] },
  will: (facts, belongs) => ({
    ...facts,
    wills: facts.wills.filter(({ clientId }) => belongs({ clientId, role: "publisher" }))
  }),
  handover: ({ takeovers }, belongs) => ({ takeovers: ofSubscribers(takeovers, belongs) }),
  inflight: ({ breaks }, belongs) => ({ breaks: ofSubscribers(breaks, belongs) }),
  expiry: ({ messages, sessions }, belongs) => ({
    messages: ofSubscribers(messages, belongs),
    sessions: ofSubscribers(sessions, belongs)
  }),
  unsubscribe: ({ leaves }, belongs) => ({ leaves: ofSubscribers(leaves, belongs) })
};
function ofSubscribers(all, belongs) {
  return all.filter(({ clientId }) => belongs({ clientId, role: "subscriber" }));
}
function partOfFacts(facts, belongs) {
  const part = (kind) => {
    const own = facts[kind];
    return own === void 0 ? {} : { [kind]: parts[kind](own, belongs) };
  };
  return Object.assign({}, ...Object.keys(parts).map(part));
}
function partOfWire({ breaches, breachCounts, ends }, belongs) {
  const own = ofSubscribers(breaches, belongs);
  const ownEnds = ofSubscribers(ends, belongs);
  return {
    breaches: own,
    breachCounts: breachCounts.flatMap(([rule]) => {
      const count = own.filter((breach) => ruleOf(breach) === rule).length;
      return count === 0 ? [] : [[rule, count]];
    }),
    ends: ownEnds,
    endCount: ownEnds.length
  };
}
function partOfStream(stream, belongs) {
  const isSubscriber = ({ clientId }) => belongs({ clientId, role: "subscriber" });
  return {
    ...stream,
    flows: stream.flows.map(
      (flow) => belongs({ clientId: flow.flow.clientId, role: "publisher" }) ? flow : { ...flow, unanswered: [] }
    ),
    clients: stream.clients.filter(belongs),
    subscriptions: stream.subscriptions.filter(isSubscriber),
    witnesses: stream.witnesses ?? stream.subscriptions,
    sessions: stream.sessions.filter(belongs),
    oddities: {
      corrupt: oddityOf(stream.oddities.corrupt, isSubscriber),
      foreign: oddityOf(stream.oddities.foreign, isSubscriber),
      invented: oddityOf(stream.oddities.invented, isSubscriber),
      unsubscribed: oddityOf(stream.oddities.unsubscribed, isSubscriber)
    }
  };
}
function oddityOf({ count, examples, byClient }, isOne) {
  const own = examples.filter(isOne);
  if (byClient === void 0) return { count: own.length, examples: own };
  const counts = Object.entries(byClient).filter(([clientId]) => isOne({ clientId }));
  return {
    count: Math.min(
      count,
      counts.reduce((sum, [, of]) => sum + of, 0)
    ),
    examples: own,
    byClient: Object.fromEntries(counts)
  };
}

// src/run/known-issues.ts
function sortByIssue(check2, input, found, issues) {
  const whole = issues.find((issue) => !isLimited(issue));
  const limited = issues.filter(
    (issue) => isLimited(issue) && (!whole || issues.indexOf(issue) < issues.indexOf(whole))
  );
  const coverOf = (client) => limited.find((issue) => client !== null && concerns(issue, client)) ?? whole;
  const part = (issue) => {
    const result = check2.run(partOf(input, (client) => coverOf(client) === issue));
    return { found: result.applicable ? result : { ...found, count: 0, findings: [] }, issue };
  };
  if (limited.length === 0) return [{ found, issue: whole }];
  const known = limited.map(part);
  const rest = part(whole);
  const count = Math.max(0, found.count - known.reduce((sum, one) => sum + one.found.count, 0));
  const findings = rest.found.findings.length > 0 ? rest.found.findings : found.findings;
  const { lost } = rest.found;
  return [
    { found: { ...found, count, findings, ...lost === void 0 ? {} : { lost } }, issue: whole },
    ...known
  ].filter((one) => one.found.count > 0);
}
function limitedTo({ role, client }) {
  const limits = [...role === void 0 ? [] : [`${role}s`], ...client === void 0 ? [] : [`client ${client}`]];
  return limits.length === 0 ? void 0 : limits.join(", ");
}
function isLimited(issue) {
  return limitedTo(issue) !== void 0;
}
function concerns({ role, client }, { clientId, role: its }) {
  return (role === void 0 || role === its) && (client === void 0 || isNamed(client, clientId));
}
function isNamed(pattern, clientId) {
  const own = (name) => name.replace(/^chaos-[0-9a-f]+-/, "");
  const literal = own(pattern).split("*").map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join(".*")}$`).test(own(clientId));
}

// src/run/scenario.ts
import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";

// src/checks/accounting.ts
function account(stream, stillArriving = false) {
  const totals = { published: 0, acknowledged: 0, unknown: 0, notSent: 0, unacknowledgeable: 0 };
  for (const flow of stream.flows) {
    const settled = { acknowledged: size(flow.acknowledged), unknown: size(flow.unknown), notSent: size(flow.notSent) };
    totals.published += flow.offered;
    totals.acknowledged += settled.acknowledged;
    totals.unknown += settled.unknown;
    totals.notSent += settled.notSent;
    const open = flow.offered - settled.acknowledged - settled.unknown - settled.notSent;
    const outcomes = [...flow.acknowledged, ...flow.unknown, ...flow.notSent];
    const settledOnce = IntervalSet.from(outcomes).within(1, flow.offered).size === flow.offered - open;
    if (flow.flow.qos === 0) totals.unacknowledgeable += open;
    if (!settledOnce || flow.flow.qos > 0 && open !== 0)
      throw new Error(`${flow.flow.name}: ${open} of ${flow.offered} messages have no outcome, or two`);
  }
  let owed = 0;
  let delivered = 0;
  let lost = 0;
  const legallyUndelivered = {};
  const legalDuplicates = {};
  const add = (to, rule, count) => {
    if (count > 0) to[rule] = (to[rule] ?? 0) + count;
  };
  for (const delivery of deliveries(stream)) {
    const { flow, subscription, qos, received } = delivery;
    owed += flow.offered;
    delivered += received.size;
    let missing = new IntervalSet();
    missing.addRange(1, flow.offered);
    missing = missing.minus(received);
    const excuse = (rule, allowed) => {
      add(legallyUndelivered, rule, missing.and(allowed).size);
      missing = missing.minus(allowed);
    };
    excuse("never written by the publisher", IntervalSet.from(flow.notSent));
    if (qos === 0) excuse("QoS 0 (section 4.3.1)", missing);
    const ended = subscription.session === "clean" ? "clean session ended before delivery (section 3.1.2.4)" : "its client had to leave its session at a node that a fault had struck";
    excuse(ended, IntervalSet.from(subscription.sessionEnded));
    excuse("never acknowledged (outcome unknown)", IntervalSet.from(flow.unknown));
    excuse("its client was not subscribed at the end (see liveness)", IntervalSet.from(subscription.unreachable));
    if (stillArriving) excuse("still arriving when waiting was given up", missing);
    if (!stillArriving && missing.size !== lostOn(delivery).size)
      throw new Error(
        `${subscription.clientId}: ${missing.size} messages have no excuse, and ${lostOn(delivery).size} are owed`
      );
    lost += missing.size;
    if (qos === 1) add(legalDuplicates, "QoS 1 (section 4.3.2)", size(subscription.duplicated));
    else {
      const again = IntervalSet.from(subscription.duplicated).and(mayArriveAgain(flow, qos));
      add(
        legalDuplicates,
        qos === 2 ? "QoS 2 published again after its session was lost" : "QoS 0 granted to a message of a higher QoS",
        again.size
      );
      const divided = IntervalSet.from(subscription.duplicated).minus(again).and(IntervalSet.from(subscription.divided));
      add(
        legalDuplicates,
        `QoS ${qos} of an older session, which its client had to leave at another node`,
        divided.size
      );
    }
  }
  const legal = Object.values(legallyUndelivered).reduce((sum, count) => sum + count, 0);
  if (owed !== delivered + legal + lost)
    throw new Error(`of ${owed} deliveries owed ${delivered} + ${legal} + ${lost} are accounted for`);
  return { ...totals, owed, delivered, legallyUndelivered, lost, legalDuplicates };
}
function size(intervals) {
  return intervals.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

// src/run/episodes.ts
var gapMs = 2e3;
var episodeLimit = 20;
var connectionLimit = 8;
var loggedLimit = 5;
function episodesOf({ findings, lost = [] }, stream, around) {
  const broken = lost.length > 0 ? brokenByLoss(lost, stream) : brokenInFindings(findings, stream);
  const all = broken.flatMap((one) => runsOf(one).map((run2) => ({ ...one, run: run2 }))).toSorted((a, b) => dueMs(a.flow, a.run.first) - dueMs(b.flow, b.run.first));
  if (all.length === 0) return {};
  const listed = all.slice(0, episodeLimit);
  const leftOut2 = all.length - listed.length;
  const shownLines = /* @__PURE__ */ new Set();
  return {
    episodes: listed.map((one, index) => {
      const recorded = record(one, stream, around);
      return { ...recorded, logs: index < loggedLimit ? logsOf(one, stream, around, shownLines) : [] };
    }),
    ...leftOut2 === 0 ? {} : { episodesLeftOut: leftOut2 }
  };
}
function brokenByLoss(lost, stream) {
  return lost.flatMap(
    ({ publisher, topic, subscriber, ranges }) => stream.subscriptions.flatMap((subscription) => {
      const flow = stream.flows[subscription.flow];
      const isIt = subscription.clientId === subscriber && flow?.flow.clientId === publisher && flow.flow.topic === topic;
      return flow && isIt ? [{ flow, subscription, ranges, examplesOnly: false, seenMs: /* @__PURE__ */ new Map() }] : [];
    })
  );
}
function brokenInFindings(findings, stream) {
  return stream.subscriptions.flatMap((subscription) => {
    const flow = stream.flows[subscription.flow];
    if (!flow) return [];
    const seenMs = /* @__PURE__ */ new Map();
    const sequences = [];
    for (const { facts, atMs } of findings) {
      const { sequence } = facts;
      if (facts.flow !== flow.flow.name || facts.subscriber !== subscription.clientId) continue;
      if (typeof sequence !== "number" || sequence < 1) continue;
      sequences.push(sequence);
      if (atMs !== null && atMs > dueMs(flow, sequence)) seenMs.set(sequence, atMs);
    }
    if (sequences.length === 0) return [];
    const ranges = [...new Set(sequences)].toSorted((a, b) => a - b).map((sequence) => [sequence, sequence]);
    return [{ flow, subscription, ranges, examplesOnly: true, seenMs }];
  });
}
function runsOf({ flow, ranges }) {
  const runs = [];
  for (const [first, last] of ranges) {
    const before = runs.at(-1);
    const messages = last - first + 1;
    if (before && dueMs(flow, first) - dueMs(flow, before.last) <= gapMs)
      runs[runs.length - 1] = { first: before.first, last, messages: before.messages + messages };
    else runs.push({ first, last, messages });
  }
  return runs;
}
function record({ flow, subscription, run: run2, examplesOnly, seenMs }, stream, { relativeMs }) {
  const span2 = [dueMs(flow, run2.first), dueMs(flow, run2.last)];
  const seen = seenMs.get(run2.first);
  const client = (clientId, node) => ({
    ...{ client: clientId, node },
    ...connectionsOf(sessionOf(stream, clientId), span2[0], relativeMs)
  });
  const acknowledged = (sequence) => {
    const atMs = acknowledgedAtMs(flow, sequence);
    return atMs === void 0 ? null : relativeMs(atMs);
  };
  return {
    flow: flow.flow.name,
    qos: flow.flow.qos,
    publisher: client(flow.flow.clientId, flow.flow.node),
    subscriber: client(subscription.clientId, subscription.node),
    ...run2,
    ...examplesOnly ? { examplesOnly } : {},
    fromMs: relativeMs(span2[0]),
    toMs: relativeMs(span2[1]),
    acknowledgedMs: [acknowledged(run2.first), acknowledged(run2.last)],
    seenMs: seen === void 0 ? null : relativeMs(seen)
  };
}
function acknowledgedAtMs(flow, sequence) {
  return flow.acknowledgedAtMs.find(([of]) => of === sequence)?.[1];
}
function connectionsOf(session, fromMs, relativeMs) {
  const all = session?.connections ?? [];
  const begin = Math.max(
    0,
    all.findLastIndex(({ connectedMs }) => connectedMs <= fromMs)
  );
  const near = all.slice(begin);
  return {
    connections: near.slice(0, connectionLimit).map(({ connectedMs, disconnectedMs, sessionPresent }) => ({
      fromMs: relativeMs(connectedMs),
      toMs: disconnectedMs === null ? null : relativeMs(disconnectedMs),
      sessionPresent
    })),
    connectionsLeftOut: Math.max(0, near.length - connectionLimit)
  };
}
function logsOf({ flow, subscription, run: run2, seenMs }, stream, { relativeMs, logsAt }, shown) {
  const dueAtMs = dueMs(flow, run2.first);
  const acknowledged = acknowledgedAtMs(flow, run2.first);
  const seen = seenMs.get(run2.first);
  const back = sessionOf(stream, subscription.clientId)?.connections.find(({ connectedMs }) => connectedMs > dueAtMs);
  const { clientId, node } = subscription;
  const moments = [
    acknowledged === void 0 ? { moment: `message ${run2.first} was due`, atMs: dueAtMs } : { moment: `message ${run2.first} was acknowledged by ${flow.flow.node}`, atMs: acknowledged },
    ...back ? [{ moment: `${clientId} came back to ${node}`, atMs: back.connectedMs }] : [],
    ...seen === void 0 ? [] : [{ moment: `message ${run2.first} reached ${clientId}`, atMs: seen }]
  ].toSorted((a, b) => a.atMs - b.atMs);
  return moments.flatMap(({ moment, atMs }) => {
    const lines = logsAt(atMs, [clientId, flow.flow.clientId, flow.flow.topic]).filter((line) => !shown.has(line));
    for (const line of lines) shown.add(line);
    return lines.length === 0 ? [] : [{ moment, atMs: relativeMs(atMs), lines: [...new Set(lines)] }];
  });
}

// src/run/evidence.ts
function runChecks(input, around, checks2 = checks) {
  const violations = [];
  const notApplicable = [];
  const undecided = [];
  const unknown = [];
  for (const check2 of checks2) {
    let result;
    try {
      result = check2.run(input);
    } catch (error) {
      unknown.push({ invariant: check2.id, why: messageOf(error) });
      continue;
    }
    if (!result.applicable) {
      (result.undecided ? undecided : notApplicable).push({ invariant: check2.id, why: result.why });
      continue;
    }
    if (result.count === 0) continue;
    const issues = around.knownIssues.filter(
      ({ invariant, scenario }) => invariant === check2.id && (scenario === void 0 || scenario === around.scenario)
    );
    for (const { found, issue } of sortByIssue(check2, input, result, issues)) {
      const limits = issue && limitedTo(issue);
      violations.push({
        invariant: check2.id,
        statement: check2.statement,
        clause: clauseOf(check2.clause, found.findings, input.mqttVersion),
        count: found.count,
        known: issue?.why ?? null,
        ...limits === void 0 ? {} : { limitedTo: limits },
        ...episodesOf(found, input.history.facts.stream ?? noStreams, around),
        ...found.lost === void 0 || found.lost.length === 0 ? {} : { lost: found.lost },
        examples: found.findings.map((finding) => evidenceOf(finding, input.mqttVersion, around))
      });
    }
  }
  return { violations, notApplicable: [...notApplicable, ...undecided], undecided, unknown };
}
var notAccounted = {
  published: 0,
  acknowledged: 0,
  unknown: 0,
  notSent: 0,
  unacknowledgeable: 0,
  owed: 0,
  delivered: 0,
  legallyUndelivered: {},
  lost: 0,
  legalDuplicates: {}
};
function accountFor({ facts }, stillArriving) {
  try {
    return { accounting: account(facts.stream ?? noStreams, stillArriving) };
  } catch (error) {
    return { accounting: notAccounted, why: messageOf(error) };
  }
}
function clauseOf(clause, findings, version2) {
  const all = [clause ?? [], ...findings.map((finding) => finding.clause ?? [])].flat();
  if (all.length === 0) return null;
  const named = [...new Set(all.flatMap((one) => numbers(one, version2).split(", ")))];
  const isOf5 = version2 === 5 || all.every(({ v311 }) => v311 === null);
  return `${isOf5 ? "MQTT 5.0" : "MQTT 3.1.1"}: ${named.join(", ")}`;
}
function numbers({ v311, v5 }, version2) {
  return version2 === 5 ? v5 : v311 ?? v5;
}
function evidenceOf({ what, atMs, facts, clause }, version2, around) {
  const when = atMs === null ? null : around.relativeMs(atMs);
  return {
    what,
    atMs: when,
    facts: Object.fromEntries(
      Object.entries({ ...facts, ...clause && { clause: numbers(clause, version2) } }).map(([name, value]) => [
        name,
        name.endsWith("AtMs") && typeof value === "number" ? around.relativeMs(value) : value
      ])
    ),
    faultsInForce: when === null ? [] : around.faults.filter((fault) => fault.startMs <= when && when <= fault.endMs).map((fault) => `${fault.kind} on ${fault.target}`),
    logs: atMs === null ? [] : around.logsAt(atMs, namesIn(facts))
  };
}
var naming = ["client", "subscriber", "publisher", "topic", "filter"];
function namesIn(facts) {
  const named = naming.flatMap((name) => {
    const value = facts[name];
    return typeof value === "string" && value !== "" ? [value] : [];
  });
  return [...new Set(named)];
}

// src/run/expectations.ts
function expectationsOf({ expect }, measures) {
  const { availability, p99LatencyMs, recoveryMs } = measures;
  return [
    {
      name: "availability",
      expected: expect.availability,
      unit: "share",
      measured: availability,
      met: availability !== null && availability >= expect.availability
    },
    {
      name: "p99-latency",
      expected: expect.p99LatencyMs,
      unit: "ms",
      measured: p99LatencyMs,
      met: p99LatencyMs !== null && p99LatencyMs <= expect.p99LatencyMs
    },
    {
      name: "recovery",
      expected: expect.recoveryMs,
      unit: "ms",
      measured: recoveryMs,
      met: recoveryMs !== null && recoveryMs <= expect.recoveryMs
    }
  ];
}
function expectationsOfSteady(scenario, steady) {
  return expectationsOf(scenario, {
    availability: steady?.availability ?? null,
    p99LatencyMs: steady?.latency?.p99Ms ?? null,
    recoveryMs: 0,
    operationsInHold: 0
  });
}

// src/run/machine-use.ts
function sampleMachine() {
  const { user, system } = process.cpuUsage();
  return { ...readMachineCpu(), ownMs: (user + system) / 1e3, pressureMs: readPressureMs("cpu") };
}
function machineUse(samples) {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.atMs <= first.atMs) return void 0;
  const spanMs = last.atMs - first.atMs;
  const nodes = { cpuMs: 0, waitedMs: 0 };
  for (let i = 1; i < samples.length; i++) {
    for (const now of samples[i]?.nodes ?? []) {
      const before = samples[i - 1]?.nodes.find(({ node }) => node === now.node);
      if (!before || now.cpuSeconds < before.cpuSeconds || now.waitedMs < before.waitedMs) continue;
      nodes.cpuMs += (now.cpuSeconds - before.cpuSeconds) * 1e3;
      nodes.waitedMs += now.waitedMs - before.waitedMs;
    }
  }
  const grown = (of) => of(last.machine) - of(first.machine);
  const others = grown(({ busyMs }) => busyMs) - grown(({ ownMs }) => ownMs) - nodes.cpuMs;
  const { pressureMs } = last.machine;
  return {
    othersCores: round(Math.max(0, others) / spanMs),
    stealCores: round(
      Math.max(
        0,
        grown(({ stealMs }) => stealMs)
      ) / spanMs
    ),
    pressureShare: pressureMs === void 0 || first.machine.pressureMs === void 0 ? null : round(Math.min(1, (pressureMs - first.machine.pressureMs) / spanMs)),
    nodesWaiting: round(nodes.waitedMs / spanMs)
  };
}
var mostMoreShare = 0.2;
var leastMoreWaiting = 0.05;
function disturbed(steady, hold3, cpus2) {
  if (!steady || !hold3) return void 0;
  const outside = ({ othersCores, stealCores }) => othersCores + stealCores;
  const more = outside(hold3) - outside(steady);
  if (more < mostMoreShare * cpus2 || hold3.nodesWaiting - steady.nodesWaiting < leastMoreWaiting) return void 0;
  return `others used ${more.toFixed(1)} of ${cpus2} CPUs more in hold than in steady, and the nodes waited for a CPU`;
}
function round(value) {
  return Math.round(value * 1e3) / 1e3;
}

// src/run/measure.ts
var import_hdr_histogram_js = __toESM(require_dist(), 1);

// src/run/verdict.ts
var leastOperations = 20;
var mostLagMs = 100;
function judge(input) {
  const broken = [
    ...input.violations.filter(({ count, known }) => count > 0 && known === null).map(({ invariant, count }) => `${invariant} violated ${count === 1 ? "once" : `${count} times`}`),
    ...input.crashes.map(({ node, how }) => `${node} ${how} by itself`)
  ];
  const unknown = input.unknown.map(
    ({ invariant, why }) => `${invariant} is unknown, as its check failed: ${why} (a defect of chaos-action)`
  );
  if (broken.length > 0) return { verdict: "fail", reason: [...broken, ...unknown].join("; ") };
  const empty = [
    ...unknown,
    ...input.faults.filter(({ proven: proven2 }) => !proven2).map(({ kind, observed }) => `${kind} was not proven: ${observed}`),
    ...input.faults.filter(({ healed }) => !healed).map(({ kind }) => `${kind} could not be healed`),
    ...tooFew(input.operations),
    ...starved(input.harness).map((what) => `the harness was starved: ${what}`),
    ...(input.undecided ?? []).map(({ invariant, why }) => `${invariant} could not be judged: ${why}`),
    ...input.stillArriving ? ["messages were still arriving, or clients still coming back, when waiting for them was given up"] : [],
    ...input.unsteady.map((what) => `the steady phase was outside the hypothesis already: ${what}`)
  ];
  if (empty.length > 0) return { verdict: "inconclusive", reason: empty.join("; ") };
  const unmet = missed(input.expectations);
  if (unmet.length > 0 && input.disturbed !== void 0)
    return { verdict: "inconclusive", reason: `${unmet.join("; ")}: but ${input.disturbed}` };
  if (unmet.length > 0) return { verdict: "fail", reason: unmet.join("; ") };
  const proven = input.faults.length === 0 ? "no fault, steady state held" : `${input.faults.length === 1 ? "the fault" : `${input.faults.length} faults`} proven`;
  return {
    verdict: "pass",
    reason: `${proven}, ${input.violations.length > 0 ? "nothing but known issues violated" : "every message accounted for"}, every ${input.expectations.some(({ notApplicable }) => notApplicable !== void 0) ? "applicable expectation" : "expectation"} met`
  };
}
function planStops(plan, done) {
  const failed = plan?.abortOn === "fail" ? done.find(({ verdict }) => verdict === "fail") : void 0;
  return failed && `the plan stops at the first failure: ${failed.name} failed`;
}
function tooFew({ phase, possible }) {
  if (possible >= leastOperations) return [];
  return [`only ${possible} operations were possible ${phase === "hold" ? "in hold" : "after the heal"}`];
}
function starved(harness) {
  const lags = {
    conductor: harness.conductorLagP99Ms,
    workload: harness.workloadLagP99Ms,
    links: harness.linksLagP99Ms
  };
  return Object.entries(lags).flatMap(([name, lagMs]) => lagMs !== null && lagMs > mostLagMs ? [{ name, lagMs }] : []).map(({ name, lagMs }) => `its ${name} event loop lagged ${formatMs(lagMs)} at the 99th percentile`);
}
function missed(expectations) {
  return expectations.filter(isBroken).map(missedText);
}
function missedText({ name, expected, measured, unit }) {
  const show = (value) => unit === "share" ? formatShare(Math.floor(value * 1e4 + 1e-6) / 1e4) : formatMsBeside(value, expected);
  const bound = unit === "share" ? "at least" : "at most";
  const nothing = name === "recovery" ? "was never reached" : "could not be measured: nothing was done";
  return `${name} ${measured === null ? nothing : `was ${show(measured)}`}, expected ${bound} ${show(expected)}`;
}

// src/run/measure.ts
function possibleIn(phase, windows) {
  const own = windows.filter((window) => window.phase === phase);
  return {
    due: own.reduce((sum, window) => sum + window.due, 0),
    judged: own.reduce((sum, window) => sum + window.judged, 0)
  };
}
function leftTooLittle({ due, judged }) {
  if (judged >= leastOperations || judged === due) return void 0;
  return judged === 0 ? "the faults left no operation possible in hold" : `the faults left only ${judged} operations possible in hold`;
}
function measurePhase(phase, windows, usage) {
  const own = windows.filter((window) => window.phase === phase);
  const first = own[0];
  const last = own[own.length - 1];
  if (!first || !last) return null;
  const total = (pick) => own.reduce((sum, window) => sum + pick(window), 0);
  const possible = total((window) => window.possible);
  const done = total((window) => window.done);
  const delivered = total((window) => window.delivered);
  const looks = usage.filter(({ atMs }) => atMs >= first.startMs && atMs <= last.endMs);
  const host = machineUse(looks);
  return {
    possible,
    done,
    availability: possible === 0 ? null : done / possible,
    acknowledged: total((window) => window.acknowledged),
    delivered,
    deliveredPerSecond: last.endMs > first.startMs ? delivered * 1e3 / (last.endMs - first.startMs) : 0,
    reconnects: total((window) => window.reconnects),
    latency: summarise(own),
    nodes: nodeUse(looks),
    ...host === void 0 ? {} : { host }
  };
}
function summarise(windows) {
  const all = newHistogram();
  for (const { latency } of windows) if (latency !== null) all.add((0, import_hdr_histogram_js.decodeFromCompressedBase64)(latency));
  if (all.totalCount === 0) return null;
  const ms = (percentile) => all.getValueAtPercentile(percentile) / 1e3;
  return {
    count: all.totalCount,
    p50Ms: ms(50),
    p95Ms: ms(95),
    p99Ms: ms(99),
    p999Ms: ms(99.9),
    maxMs: all.maxValue / 1e3
  };
}
function nodeUse(samples) {
  const names = [...new Set(samples.flatMap(({ nodes }) => nodes.map(({ node }) => node)))];
  return names.map((name) => {
    const own = samples.flatMap(
      ({ atMs, nodes }) => nodes.filter(({ node }) => node === name).map((use) => ({ atMs, ...use }))
    );
    let cpuSeconds = 0;
    let spanMs = 0;
    for (let i = 1; i < own.length; i++) {
      const now = own[i];
      const before = own[i - 1];
      if (!now || !before || now.cpuSeconds < before.cpuSeconds) continue;
      cpuSeconds += now.cpuSeconds - before.cpuSeconds;
      spanMs += now.atMs - before.atMs;
    }
    return {
      name,
      cpuCores: spanMs === 0 ? null : cpuSeconds * 1e3 / spanMs,
      memoryBytes: own.length === 0 ? null : own.reduce((most, { residentBytes }) => Math.max(most, residentBytes), 0),
      ...growth(own.map(({ residentBytes }) => residentBytes))
    };
  });
}
function growth(residentBytes) {
  const part = Math.floor(residentBytes.length / 5);
  if (part < 2) return {};
  const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
  return { memoryGrowthBytes: median(residentBytes.slice(-part)) - median(residentBytes.slice(0, part)) };
}

// src/run/observability.ts
var troubleMetric = /peer|route|link|cluster|disconnect|reconnect|error|fail|drop|timeout|retr|outbox|queue|inflight|lag|unack/i;
function seenByBroker(warmUp2, steady, hold3, faults) {
  if (!steady || !hold3) return null;
  if (hold3.metrics.size === 0 && steady.logLines + hold3.logLines === 0) return null;
  const steadyRate = steady.logLines / Math.max(1, steady.seconds);
  const holdRate = hold3.logLines / Math.max(1, hold3.seconds);
  const logged = hold3.logLines > 0 && holdRate >= 2 * steadyRate;
  return logged || metricMoved(warmUp2, steady, hold3) ? faults : 0;
}
function metricMoved(warmUp2, steady, hold3) {
  const longer = Math.max(1, hold3.seconds / Math.max(1, steady.seconds));
  for (const [node, samples] of hold3.metrics) {
    const before = steady.metrics.get(node);
    if (!before) continue;
    for (const [name, value] of Object.entries(samples)) {
      const was = before[name];
      if (was === void 0 || !troubleMetric.test(name) || /message|byte|second/i.test(name)) continue;
      const restless = Math.abs(was - (warmUp2?.metrics.get(node)?.[name] ?? was)) * longer;
      if (Math.abs(value - was) > restless) return true;
    }
  }
  return false;
}

// src/run/phase-watch.ts
var PhaseWatch = class {
  usage = [];
  phases = [];
  #scenario;
  #context;
  #faultsInForce;
  #timer;
  #metrics = /* @__PURE__ */ new Map();
  #ticks = 0;
  #ended = false;
  constructor(scenario, context, faultsInForce) {
    this.#scenario = scenario;
    this.#context = context;
    this.#faultsInForce = faultsInForce;
    this.#timer = setInterval(() => void this.#look(), 500);
  }
  enter(name) {
    const nowMs = this.#context.clock.nowMs();
    this.#close(nowMs);
    this.phases.push({ name, startMs: nowMs, endMs: nowMs });
    this.#context.signal.throwIfAborted();
    void this.#look();
  }
  end() {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#timer);
    this.#close(this.#context.clock.nowMs());
  }
  /** Counts log lines, which takes a while with large logs: not to be asked for while faults are in force. */
  observables(name) {
    const phase = this.phases.find((one) => one.name === name);
    const metrics = this.#metrics.get(name);
    if (!phase || !metrics) return void 0;
    const { engine, startedMs, startedWallMs } = this.#context;
    const wall = (ms) => startedWallMs + (ms - startedMs);
    return {
      seconds: (phase.endMs - phase.startMs) / 1e3,
      logLines: engine.logsBetween(wall(phase.startMs), wall(phase.endMs)),
      metrics
    };
  }
  #close(nowMs) {
    const open = this.phases[this.phases.length - 1];
    if (!open) return;
    open.endMs = nowMs;
    this.#metrics.set(open.name, this.#context.scraper.latest());
  }
  async #look() {
    const { engine, clock, startedMs, workload, onProgress } = this.#context;
    if (this.#ticks++ % 2 === 0)
      this.usage.push({ atMs: clock.nowMs(), nodes: engine.usage(), machine: sampleMachine() });
    const phase = this.phases[this.phases.length - 1];
    if (!phase) return;
    const messages = phase.name === "warm-up" ? { published: 0, acknowledged: 0, delivered: 0 } : await workload.call("progress").catch(() => void 0);
    if (messages && !this.#ended)
      onProgress({
        scenario: this.#scenario,
        phase: phase.name,
        elapsedMs: clock.nowMs() - startedMs,
        messages,
        faults: this.#faultsInForce()
      });
  }
};

// src/run/skip.ts
var SkipScenario = class extends ChaosError {
  constructor(why) {
    super("fault", why);
  }
};

// src/run/scenario-faults.ts
var proofLeadMs = 700;
var ScenarioFaults = class {
  #faults;
  #use;
  constructor(planned, dependencies) {
    this.#faults = planned.map((fault, id) => ({ ...fault, id, isHealed: false }));
    this.#use = dependencies;
  }
  /** Those in force now, as a reader sees them. */
  get inForce() {
    return this.#faults.filter(({ active, isHealed }) => active && !isHealed).map(nameOf);
  }
  /** Begins to observe what will be struck. Rejects with SkipScenario where something cannot be done here after all. */
  async prepare() {
    for (const fault of this.#faults) {
      this.#use.signal.throwIfAborted();
      const { engine } = this.#use;
      const { effect } = fault.planned;
      const offer = engine.offers(effect, "this cluster");
      if ("reason" in offer) throw new SkipScenario(offer.reason);
      fault.prepared = await engine.observe(fault.planned);
    }
  }
  /** Each fault is injected at its time, proven shortly before its end, and healed there, or with all others after the hold. */
  async hold(holdMs) {
    const { clock, signal: signal2 } = this.#use;
    for (const fault of this.#faults) this.#steadyIsOver(fault);
    const startMs = clock.nowMs();
    const until = (offsetMs) => clock.sleep(Math.max(0, startMs + offsetMs - clock.nowMs()), signal2);
    await Promise.all(
      this.#faults.map(async (fault) => {
        const { atMs, forMs = holdMs } = fault.spec;
        const endMs = Math.min(holdMs, atMs + forMs);
        await until(atMs);
        await this.#inject(fault);
        if (!fault.active) return;
        await until(Math.max(atMs, endMs - proofLeadMs));
        await this.#prove(fault);
        if (endMs < holdMs) {
          await until(endMs);
          await this.#heal(fault);
        }
      })
    );
    await until(holdMs);
  }
  /** Heals what is not healed yet. A heal that fails is told and recorded; it does not reject. Safe to call twice. */
  async heal() {
    await Promise.all(this.#faults.map((fault) => this.#heal(fault)));
  }
  /** Ends the observations. */
  async release() {
    for (const { prepared } of this.#faults)
      await prepared?.release().catch((error) => this.#use.logger.warn(`releasing a probe: ${messageOf(error)}`));
  }
  records(relative) {
    return this.#faults.map((fault) => recordOf(fault, relative));
  }
  /** A node that ended by itself, with what the faults had sent it, so that a crash can be had again. */
  async recordCrash(crash, relative) {
    const named = this.#faults.map(async ({ active }) => await active?.suspects?.(crash.node, crash.atMs) ?? []);
    const suspects = (await Promise.all(named)).flat();
    return { ...crash, atMs: relative(crash.atMs), ...suspects.length === 0 ? {} : { suspects } };
  }
  async #inject(fault) {
    const { workload, clock } = this.#use;
    const { id, planned, prepared } = fault;
    fault.startMs = clock.nowMs();
    await workload.call("impactBegins", { id, impact: planned.impact });
    try {
      fault.active = await prepared?.inject();
    } catch (error) {
      fault.failure = `not injected${error instanceof NotRolledBack ? "" : ", rolled back"}: ${messageOf(error)}`;
      this.#warn(fault, fault.failure);
      await this.#heal(fault);
      return;
    }
    fault.active?.impactOver?.then(() => workload.call("impactEnds", id)).catch(() => {
    });
  }
  /** Without this the fault is compared with all that was seen until its injection. */
  #steadyIsOver(fault) {
    try {
      fault.prepared?.steadyIsOver();
    } catch (error) {
      this.#warn(fault, `the steady phase could not be measured: ${messageOf(error)}`);
    }
  }
  /** A proof that cannot be taken proves nothing, and ends no run. */
  async #prove(fault) {
    try {
      fault.proof = await fault.active?.prove();
    } catch (error) {
      fault.failure = `the proof failed: ${messageOf(error)}`;
      this.#warn(fault, fault.failure);
    }
  }
  async #heal(fault) {
    const { workload, clock } = this.#use;
    if (fault.isHealed) return;
    try {
      await fault.prepared?.heal();
      fault.isHealed = true;
    } catch (error) {
      const failure = `the heal failed: ${messageOf(error)}`;
      if (fault.active) fault.failure = failure;
      else fault.failure ??= failure;
      this.#warn(fault, failure);
    }
    if (fault.startMs === void 0) return;
    fault.endMs = clock.nowMs();
    await workload.call("impactEnds", fault.id).catch(() => {
    });
  }
  #warn(fault, what) {
    this.#use.logger.warn(`${nameOf(fault)}: ${what}`);
  }
};
function nameOf({ planned }) {
  return `${planned.kind} on ${planned.target}`;
}
function recordOf(fault, relative) {
  const { planned, active, proof, isHealed, failure } = fault;
  return {
    kind: planned.kind,
    target: planned.target,
    mechanism: active?.mechanism ?? "none",
    injected: planned.injected,
    observed: failure ?? proof?.observed ?? "nothing was observed",
    proven: failure === void 0 && proof?.proven === true,
    figures: proof?.figures ?? {},
    startMs: relative(fault.startMs ?? 0),
    endMs: relative(fault.endMs ?? fault.startMs ?? 0),
    healed: isHealed
  };
}

// src/run/scenario.ts
var operationDeadlineMs = 5e3;
var livenessBoundMs = 3e4;
var sustainMs = 2e3;
var returnMs = 15e3;
var drainWithinMs = 9e4;
var warmUpWithinMs = 45e3;
var windowMs = 1e3;
var recoverWindowMs = 250;
async function runScenario(scenario, context) {
  const { engine, workload, clock, logger } = context;
  const faults = new ScenarioFaults(planFaults(scenario, engine.shape, context.seed), context);
  const watch = new PhaseWatch(scenario, context, () => faults.inForce);
  const beganMs = clock.nowMs();
  const id = runNumber(context.seed, scenario.name, context.attempt, context.startedMs);
  const prefix = `chaos-${id.toString(16)}`;
  try {
    watch.enter("warm-up");
    const unserved = await warmUp(scenario, context, { prefix, run: id });
    await faults.prepare();
    watch.enter("steady");
    await workload.call("start", windowMs);
    await clock.sleep(scenario.phases.steadyMs, context.signal);
    watch.enter("hold");
    const harness = await hold2(scenario, faults, context);
    watch.enter("recover");
    const recovered = await recover(scenario, faults, prefix, context);
    watch.enter("drain");
    const drained = await drain(scenario, context);
    watch.end();
    return await recordOf2(scenario, context, { beganMs, faults, watch, unserved, harness, ...recovered, ...drained });
  } finally {
    watch.end();
    await faults.heal();
    await faults.release();
    await workload.call("end").catch((error) => logger.debug(`ending the clients: ${messageOf(error)}`));
  }
}
async function warmUp(scenario, context, identity) {
  const { engine, workload, config, signal: signal2, features, reach, cluster } = context;
  const { profile, ratePerSecond, payloadBytes } = config.workload;
  const beginning = workload.call("begin", {
    ...{ endpoints: engine.endpoints, features, profile, ratePerSecond, payloadBytes },
    ...{
      deadlineMs: operationDeadlineMs,
      redeliverWithinMs: config.broker.redeliverWithinMs,
      ...identity,
      warmUpWithinMs,
      unserved: reach.known
    },
    seed: `${context.seed}/${scenario.name}`
  });
  const begun = await abortable(beginning, signal2).catch((error) => {
    signal2.throwIfAborted();
    throw new NoSteadyState(scenario, error, engine.takeCrashes());
  });
  const broken = begun.unserved.filter(({ why }) => why !== "refused");
  if (!cluster.fresh && broken.length > 0)
    throw new NoSteadyState(scenario, new Error(leftOut(broken).leftOut?.join("; ")), engine.takeCrashes());
  return takeUnserved(context, begun.unserved, begun.watched);
}
async function hold2(scenario, faults, context) {
  const { engine, workload, lag } = context;
  const { holdMs } = scenario.phases;
  lag.reset();
  await engine.linksLag();
  await workload.call("mark", { phase: "hold", windowMs: holdWindowMs(holdMs) });
  await faults.hold(holdMs);
  return await readLags(context);
}
async function drain(scenario, context) {
  const { workload, config, signal: signal2, logger } = context;
  const quietMs = config.broker.redeliverWithinMs;
  await workload.call("mark", { phase: "drain", windowMs });
  await workload.call("stop");
  const draining = workload.call("drain", { quietMs, returnMs, withinMs: drainWithinMs });
  const { reconnected, outstanding, tookMs, unfinished } = await abortable(draining, signal2);
  const stalls = await readStalls(context);
  if (reconnected > 0) logger.debug(`${scenario.name}: ${reconnected} subscribers missed something and reconnected`);
  if (outstanding > 0)
    logger.debug(`${scenario.name}: ${outstanding} messages still owed after draining for ${Math.round(tookMs)} ms`);
  return { ...await workload.call("finish"), stalls, unfinished };
}
async function recordOf2(scenario, context, seen) {
  const { engine, clock, startedMs, reach, scraper } = context;
  const { faults, watch, windows, harness, unfinished } = seen;
  const relative = (ms) => Math.round(ms - startedMs);
  const faultRecords = faults.records(relative);
  const crashes = await Promise.all(engine.takeCrashes().map((crash) => faults.recordCrash(crash, relative)));
  const { violations, notApplicable, undecided, ...checked } = check(scenario, context, seen, faultRecords, relative);
  const { accounting, why } = accountFor(seen.history, unfinished);
  const unknown = [...checked.unknown, ...why === void 0 ? [] : [{ invariant: "accounting", why }]];
  const { measured, measures, expectations, operations } = measure(scenario, seen);
  const verdict = judge({
    ...{ violations, unknown, undecided, crashes, faults: faultRecords, expectations, harness, operations },
    stillArriving: unfinished,
    unsteady: missed(expectationsOfSteady(scenario, measured("steady"))),
    disturbed: usesMachine(scenario) ? void 0 : disturbed(measured("steady")?.host, measured("hold")?.host, availableParallelism())
  });
  return {
    ...headline(scenario, context),
    ...verdict,
    startMs: relative(seen.beganMs),
    endMs: relative(clock.nowMs()),
    faults: faultRecords,
    phases: watch.phases.map(
      (phase) => ({
        name: phase.name,
        startMs: relative(phase.startMs),
        endMs: relative(phase.endMs),
        measures: measured(phase.name)
      })
    ),
    ...{ expectations, violations, notApplicable, ...leftOut(reach.known) },
    ...unknown.length === 0 ? {} : { unknown },
    ...{ accounting, measures, crashes, harness },
    windows: windows.map((window) => recordWindow(window, relative)),
    scrapes: scraper.take(),
    faultsSeenByBroker: faultRecords.length === 0 ? null : seenByBroker(
      watch.observables("warm-up"),
      watch.observables("steady"),
      watch.observables("hold"),
      faultRecords.length
    )
  };
}
function check(scenario, context, { history, paths, stalls, unserved, unfinished }, faults, relativeMs) {
  const { config, features, engine, startedMs, startedWallMs } = context;
  const quietMs = config.broker.redeliverWithinMs;
  return runChecks(
    {
      ...{ mqttVersion: config.broker.mqtt.version, history, features, paths, returnMs, unserved, quietMs },
      livenessBoundMs: livenessMs(scenario, context),
      isFreshCluster: context.cluster.fresh,
      starved: stalledFor(stalls, quietMs / 4),
      unhealed: faults.filter(({ healed }) => !healed).map(({ kind, target }) => `${kind} on ${target}`),
      stillArriving: unfinished
    },
    {
      ...{ scenario: scenario.ownName, knownIssues: config.broker.knownIssues, faults, relativeMs },
      logsAt: (ms, naming2) => engine.logsAround(startedWallMs + (ms - startedMs), { lines: 4, naming: naming2 })
    }
  );
}
function measure(scenario, { windows, watch, recoveryMs }) {
  const tooLittle = leftTooLittle(possibleIn("hold", windows));
  const measured = (phase) => {
    const measures2 = measurePhase(phase, windows, watch.usage);
    return phase === "hold" && measures2 && tooLittle ? { ...measures2, availability: null, latency: null } : measures2;
  };
  const held = measured("hold");
  const measures = {
    availability: held?.availability ?? null,
    p99LatencyMs: held?.latency?.p99Ms ?? null,
    recoveryMs,
    operationsInHold: held?.acknowledged ?? 0
  };
  const expectations = expectationsOf(scenario, measures).map(
    (one) => tooLittle === void 0 || one.name === "recovery" ? one : { ...one, notApplicable: tooLittle }
  );
  const judgedIn = tooLittle === void 0 ? "hold" : "recover";
  const operations = { phase: judgedIn, possible: possibleIn(judgedIn, windows).judged };
  return { measured, measures, expectations, operations };
}
function usesMachine({ faults }) {
  return faults.some(({ kind }) => faultKinds.get(kind)?.usesMachine === true);
}
function takeUnserved({ reach }, found, watched) {
  reach.unreported = [...reach.unreported, ...found];
  reach.known = [...reach.known, ...found.filter((one) => !reach.known.some(sameUnserved(one)))];
  if (watched === 0 && reach.unreported.length === 0)
    throw new SkipScenario("the broker delivers nothing that the workload asks for; an earlier scenario reports it");
  return reach.unreported;
}
function leftOut(known) {
  if (known.length === 0) return {};
  const why = {
    "not-delivered": "nothing is delivered",
    "not-granted": "no SUBACK comes",
    refused: "the broker refuses the filter",
    "not-acknowledged": "nothing is acknowledged"
  };
  return {
    leftOut: known.map(
      (one) => `${one.filter} filter ${one.filterText} at ${one.to}, published at ${one.from}: ${why[one.why]}`
    )
  };
}
async function recover(scenario, faults, prefix, context) {
  const { workload, engine, clock, signal: signal2, lag } = context;
  lag.reset();
  const healMs = await workload.call("mark", { phase: "recover", windowMs: recoverWindowMs });
  await faults.heal();
  const bar = {
    fromMs: healMs,
    availability: scenario.expect.availability,
    p99LatencyMs: scenario.expect.p99LatencyMs,
    sustainMs
  };
  const boundMs = livenessMs(scenario, context);
  const trying = abortable(
    workload.call("checkPaths", {
      endpoints: engine.endpoints,
      prefix: `${prefix}-paths`,
      withinMs: boundMs,
      except: unservedPathsOf(context.reach)
    }),
    signal2
  );
  trying.catch(() => {
  });
  let recoveryMs = null;
  while (clock.nowMs() < healMs + scenario.phases.recoverMs) {
    await clock.sleep(recoverWindowMs, signal2);
    recoveryMs = await workload.call("recovery", bar);
    if (recoveryMs !== null) break;
  }
  const paths = await trying;
  while (clock.nowMs() < healMs + boundMs && await workload.call("silent") > 0)
    await clock.sleep(recoverWindowMs, signal2);
  return { recoveryMs: recoveryMs ?? await workload.call("recovery", bar), paths };
}
function livenessMs({ phases }, { bootMs }) {
  return Math.max(livenessBoundMs, phases.recoverMs, 2 * bootMs);
}
async function readStalls({ lag, workload, engine }) {
  return {
    conductor: lag.read().maxMs,
    workload: (await workload.call("lag")).maxMs,
    links: (await engine.linksLag())?.maxMs ?? 0
  };
}
function stalledFor(stalls, leastMs) {
  return Object.entries(stalls).filter(([, stallMs]) => stallMs >= leastMs).map(([name, stallMs]) => `the ${name} event loop of this tool stood still for ${formatMs(stallMs)}`);
}
async function readLags({ lag, workload, engine }) {
  return {
    conductorLagP99Ms: lag.read().p99Ms,
    workloadLagP99Ms: (await workload.call("lag")).p99Ms,
    linksLagP99Ms: (await engine.linksLag())?.p99Ms ?? null
  };
}
function unservedPathsOf({ known }) {
  return known.filter(({ client }) => client === null).map(({ from, to, filter }) => ({ from, to, filter }));
}
function abortable(promise, signal2) {
  return new Promise((resolve2, reject) => {
    const onAbort = () => reject(signal2.reason);
    signal2.addEventListener("abort", onAbort, { once: true });
    if (signal2.aborted) onAbort();
    promise.then(resolve2, reject).finally(() => signal2.removeEventListener("abort", onAbort));
  });
}
function holdWindowMs(holdMs) {
  return Math.max(windowMs, holdMs / 3600);
}
function runNumber(seed, scenario, attempt, startedMs) {
  return createHash("sha256").update(`${seed}/${scenario}/${attempt}/${startedMs}`).digest().readUInt32LE(0);
}
function recordWindow(window, relative) {
  const { phase, possible, done, published, delivered, p50Ms, p99Ms, maxMs, latency } = window;
  return {
    phase,
    startMs: relative(window.startMs),
    lengthMs: Math.round(window.endMs - window.startMs),
    possible,
    done,
    published,
    delivered,
    p50Ms,
    p99Ms,
    maxMs,
    latency
  };
}
var NoSteadyState = class extends ChaosError {
  crashes;
  constructor(scenario, error, crashes) {
    const why = crashes.length > 0 ? crashes.map(({ node, how }) => `${node} ${how} by itself`).join("; ") : messageOf(error);
    super("cluster", `${scenario.name}: the cluster booted but never reached a steady state: ${why}`, {
      hint: "does each node pass messages on to clients of the others? Try --scenario baseline, and look at the nodes' logs",
      output: crashes[0]?.lastLines ?? [],
      cause: error
    });
    this.crashes = crashes;
  }
};
function notMeasured(scenario, context, outcome) {
  const nowMs = Math.round(context.clock.nowMs() - context.startedMs);
  const { crashes, reason } = outcome;
  return {
    ...headline(scenario, context),
    verdict: crashes.length > 0 ? "fail" : outcome.verdict,
    reason,
    startMs: nowMs,
    endMs: nowMs,
    faults: [],
    phases: [],
    expectations: [],
    violations: [],
    notApplicable: [],
    accounting: notAccounted,
    measures: { availability: null, p99LatencyMs: null, recoveryMs: null, operationsInHold: 0 },
    crashes: crashes.map((crash) => ({ ...crash, atMs: Math.round(crash.atMs - context.startedMs) })),
    harness: null,
    windows: [],
    scrapes: { attempted: 0, answered: 0 },
    faultsSeenByBroker: null
  };
}
function headline(scenario, { attempt, cluster }) {
  const { name, ownName, path = null, title, tier, severity, dimension, parameters } = scenario;
  const { holdMs } = scenario.phases;
  return { name, ownName, path, title, tier, severity, dimension, parameters, holdMs, attempt, cluster };
}

// src/run/run.ts
var healthWithinMs = 1e4;
var hurriedStopMs = 2e3;
async function run(options, dependencies) {
  return await new Conductor(options, dependencies).run();
}
var Conductor = class {
  #options;
  #use;
  /** A thread of this tool has ended: whatever is seen after that says nothing about the broker. */
  #broken;
  #signal;
  #startedMs;
  #startedWallMs;
  #scraper;
  #done = [];
  /** Of the scenario that goes on, its runs so far. */
  #runs = [];
  /** How far the run has come, for the case that it breaks off there. */
  #where = "before the first scenario";
  /** The last attempt, decided or not: it left the cluster as it is. */
  #lastRun;
  #features = null;
  #bootMs = 0;
  #reach = { known: [], unreported: [] };
  constructor(options, dependencies) {
    const { engine, workload, clock, signal: signal2 } = dependencies;
    this.#options = options;
    this.#use = dependencies;
    this.#broken = AbortSignal.any([workload.ended, engine.broken]);
    this.#signal = AbortSignal.any([signal2, this.#broken]);
    this.#startedMs = clock.nowMs();
    this.#startedWallMs = clock.wallMs();
    this.#scraper = startScraper({
      targets: () => engine.metricsUrls,
      folder: options.metricsFolder,
      secrets: options.config.broker.secrets,
      clock
    });
  }
  async run() {
    const { engine, events } = this.#use;
    let failure = null;
    try {
      await engine.build(this.#signal);
      for (const scenario of this.#options.scenarios) await this.#take(scenario);
    } catch (error) {
      failure = this.#failureOf(error);
    } finally {
      await this.#end();
    }
    const final = this.#record(failure !== null, failure);
    events.onRecord(final);
    return final;
  }
  /** Runs a scenario, or skips it where the plan or the engine says so. */
  async #take(scenario) {
    const { engine, events } = this.#use;
    const { plan } = this.#options;
    if (plan?.abortOn) this.#keepCrashes();
    const refusal = planStops(plan, this.#done) ?? whySkipped(
      scenario.faults,
      { nodes: engine.shape.nodes.length },
      (effect) => engine.offers(effect, "any cluster")
    );
    const result = refusal === void 0 ? await this.#decided(scenario) : this.#skipped(scenario, refusal);
    this.#done.push(result);
    events.onScenario(result);
    events.onRecord(this.#record(true, null));
  }
  /** Runs a scenario until its runs decide it. */
  async #decided(scenario) {
    for (; ; ) {
      const last = this.#score(await this.#attempt(scenario, this.#runs.length + 1));
      this.#lastRun = last;
      this.#runs.push(last);
      const result = decide(this.#runs, this.#options.repeat);
      if (result !== void 0) {
        this.#runs = [];
        return result;
      }
      this.#use.events.onScenario(last);
    }
  }
  async #attempt(scenario, number) {
    const effects = effectTypesOf(scenario.faults);
    let on = await this.#clusterFor(effects);
    for (; ; ) {
      const context = this.#contextOf(on, number);
      try {
        const record2 = await runScenario(scenario, context);
        this.#reach.unreported = [];
        return record2;
      } catch (error) {
        this.#signal.throwIfAborted();
        if (error instanceof SkipScenario)
          return notMeasured(scenario, context, {
            verdict: "skipped",
            reason: error.message,
            crashes: this.#use.engine.takeCrashes()
          });
        if (!(error instanceof NoSteadyState)) throw error;
        this.#use.logger.info(error.message);
        const hasCrash = error.crashes.length > 0;
        if (!on.fresh && !hasCrash) {
          on = await this.#boot(effects, "no steady state on the cluster of the scenario before");
          continue;
        }
        if (this.#done.length === 0 && !hasCrash) throw error;
        return notMeasured(scenario, context, {
          verdict: "inconclusive",
          reason: error.message,
          crashes: error.crashes
        });
      }
    }
  }
  #contextOf(cluster, attempt) {
    const { engine, workload, clock, logger, lag, events } = this.#use;
    const { config, seed } = this.#options;
    if (!this.#features) throw new ChaosError("internal", "the features of the broker were not probed");
    this.#scraper.take();
    return {
      ...{ engine, workload, scraper: this.#scraper, config, features: this.#features, clock, logger, lag, seed },
      ...{ startedMs: this.#startedMs, startedWallMs: this.#startedWallMs, signal: this.#signal },
      ...{ attempt, cluster, bootMs: this.#bootMs, reach: this.#reach },
      onProgress: (progress) => {
        this.#where = `in ${progress.phase} of ${progress.scenario.name}`;
        events.onProgress(progress);
      }
    };
  }
  /** The cluster as it stands, or a new one if there is none, it is not well or not meant for these effects. */
  async #clusterFor(effects) {
    const previous = this.#lastRun;
    if (!previous) return this.#boot(effects, "first scenario");
    this.#keepCrashes();
    const why = this.#whyNotAgain(previous, effects) ?? await this.#whyNotHealthy(previous);
    return why === void 0 ? { fresh: false, why: `healthy after ${previous.name}` } : this.#boot(effects, why);
  }
  #whyNotAgain(previous, effects) {
    if (previous.crashes.length > 0 || (this.#runs.at(-1) ?? this.#done.at(-1))?.crashes.length)
      return `${previous.name} left a node dead`;
    if (previous.faults.some(({ healed }) => !healed)) return `${previous.name} left a fault that could not be healed`;
    return this.#use.engine.unfit(effects);
  }
  async #whyNotHealthy(previous) {
    const { engine, workload, clock } = this.#use;
    const checking = workload.call("checkPaths", {
      endpoints: engine.endpoints,
      prefix: `chaos-health-${Math.round(clock.nowMs())}`,
      withinMs: healthWithinMs,
      except: unservedPathsOf(this.#reach)
    });
    const paths = await abortable(checking, this.#signal);
    return allPathsDeliver(paths) ? void 0 : `not healthy after ${previous.name}`;
  }
  async #boot(effects, why) {
    const { engine, workload, clock, events } = this.#use;
    const { config } = this.#options;
    events.onStage(`booting ${plural(config.nodes, "node")} of ${config.broker.name}`);
    this.#keepCrashes();
    const beganMs = clock.nowMs();
    await engine.boot(this.#signal, effects);
    this.#bootMs = clock.nowMs() - beganMs;
    if (this.#features === null) {
      this.#features = await abortable(
        workload.call("probeFeatures", { endpoint: firstEndpoint(engine), another: engine.endpoints[1] }),
        this.#signal
      );
      await this.#probeReach();
    }
    return { fresh: true, why };
  }
  /** Before any fault: by which filters, and between which nodes, messages get through at all. */
  async #probeReach() {
    const { engine, workload, clock } = this.#use;
    const trying = workload.call("checkPaths", {
      endpoints: engine.endpoints,
      prefix: `chaos-reach-${Math.round(clock.nowMs())}`,
      withinMs: warmUpWithinMs,
      refusalsDecide: true
    });
    const unserved = unservedByPaths(await abortable(trying, this.#signal));
    this.#reach.known = unserved;
    this.#reach.unreported = unserved;
  }
  /** A node that ended by itself between two runs is held against the one before. */
  #keepCrashes() {
    const before = this.#runs.length > 0 ? this.#runs : this.#done;
    const last = before.at(-1);
    if (!last) return;
    const late = this.#use.engine.takeCrashes().map((crash) => ({ ...crash, atMs: Math.round(crash.atMs - this.#startedMs) }));
    if (late.length === 0) return;
    const reason = `${last.reason}; ${late.map(({ node, how }) => `${node} ${how} by itself afterwards`).join("; ")}`;
    const failed = { ...last, verdict: "fail", reason, crashes: [...last.crashes, ...late] };
    before[before.length - 1] = { ...failed, ...scoreScenario(failed, this.#options.seed) };
  }
  #skipped(scenario, reason) {
    const { clock } = this.#use;
    const cluster = { fresh: false, why: "not needed" };
    const context = { clock, startedMs: this.#startedMs, attempt: 1, cluster };
    return this.#score(notMeasured(scenario, context, { verdict: "skipped", reason, crashes: [] }));
  }
  #score(scenario) {
    return { ...scenario, earlier: null, ...scoreScenario(scenario, this.#options.seed) };
  }
  /** Why the run broke off. */
  #failureOf(error) {
    const { logger } = this.#use;
    const failure = describe(this.#signal.aborted ? this.#signal.reason : error);
    if (error instanceof ChaosError) for (const line of error.output) logger.warn(`  | ${line}`);
    else if (!this.#signal.aborted)
      logger.debug(error instanceof Error ? error.stack ?? error.message : String(error));
    return failure.code === "cancelled" ? { ...failure, message: `${failure.message} ${this.#where}` } : failure;
  }
  async #end() {
    const { engine, events } = this.#use;
    events.onStage("stopping the cluster");
    if (!this.#broken.aborted) this.#keepCrashes();
    const found = unexplainedRun(this.#runs);
    if (found) this.#done.push(found);
    await engine.stop(this.#signal.aborted ? hurriedStopMs : void 0);
    await this.#scraper.stop();
  }
  #record(partial, error) {
    const { version: version2, seed, command, tiers, plan, config, mutant, ci, catalogue, sabotage } = this.#options;
    const scenarios = this.#done;
    const scored = scoreRun({ scenarios, seed, partial, catalogue });
    return {
      schemaVersion: 1,
      tool: { name: "chaos-action", version: version2 },
      startedAt: new Date(this.#startedWallMs).toISOString(),
      durationMs: Math.round(this.#use.clock.nowMs() - this.#startedMs),
      ...{ seed, command, tiers, plan: plan?.name ?? null, partial, error },
      broker: {
        name: config.broker.name,
        preset: config.preset ?? null,
        config: config.file ?? null,
        ...config.isDefault ? { isDefault: true } : {},
        nodes: config.nodes,
        mutant: mutant ?? null,
        features: this.#features
      },
      ...sabotage ? { sabotage: { ...sabotage, changes: sabotage.changes() } } : {},
      environment: environment(ci),
      workload: config.workload,
      ...sabotage ? unscored(scored) : scored,
      knownIssues: knownIssues(config, scenarios),
      ...cutLogs(this.#use.engine),
      scenarios
    };
  }
};
function unscored({ verdict, dimensions }) {
  const none = { score: null, interval: null };
  return { verdict, ...none, grade: null, cap: null, dimensions: dimensions.map(({ id }) => ({ id, ...none })) };
}
function cutLogs(engine) {
  const cut = engine.cutLogs();
  return cut.length === 0 ? {} : { cutLogs: cut };
}
function knownIssues({ broker }, done) {
  return broker.knownIssues.flatMap((issue) => {
    const { invariant, scenario, why } = issue;
    const limits = limitedTo(issue);
    const concerned = done.filter(
      ({ ownName, verdict }) => verdict !== "skipped" && (scenario === void 0 || scenario === ownName)
    );
    const isOfIt = (violation) => violation.invariant === invariant && (limits === void 0 || violation.known === why && violation.limitedTo === limits);
    const seen = concerned.some(({ violations }) => violations.some(isOfIt));
    const limited = limits === void 0 ? {} : { limitedTo: limits };
    return concerned.length === 0 ? [] : [{ invariant, scenario: scenario ?? null, ...limited, why, seen }];
  });
}
function describe(error) {
  if (error instanceof ChaosError) return { code: error.code, message: error.message, hint: error.hint ?? null };
  return { code: "internal", message: messageOf(error), hint: null };
}
function firstEndpoint(engine) {
  const [first] = engine.endpoints;
  if (!first) throw new ChaosError("internal", "the cluster has no node");
  return first;
}
function environment(ci) {
  const [cpu] = cpus();
  return {
    os: type(),
    kernel: release(),
    node: process.version,
    cpuModel: cpu?.model.trim() ?? "unknown",
    cpus: cpus().length,
    memoryBytes: totalmem(),
    ci
  };
}

// src/run/session.ts
async function runSession(options, dependencies) {
  prepareReports(options.out);
  const release2 = claimFolder(options.out);
  try {
    return await runClaimed(options, dependencies);
  } finally {
    release2();
  }
}
async function runClaimed(options, dependencies) {
  const { choice, seed, out, metricsPort } = options;
  const { logger, openEngine = openLocalEngine } = dependencies;
  const { config } = options.loaded;
  const exposition = await openExposition(metricsPort);
  const id = `${new Date(systemClock.wallMs()).toISOString().replace(/\D/g, "").slice(0, 14)}-${process.pid}`;
  dependencies.onBegin?.(id);
  const guarded = await openEngine({
    ...{ config, mutant: choice.mutant, run: id, seed, logFolder: join9(out, "logs") },
    ...{ privileged: choice.privileged, clock: systemClock, logger }
  }).catch(async (error) => {
    await exposition.close();
    throw error;
  });
  const reports = reportsIn(out);
  let left = [];
  let record2;
  try {
    if (exposition.url) logger.info(`own metrics at ${exposition.url}`);
    const { engine, sabotage } = sabotaged(guarded.engine, choice.sabotage, seed);
    record2 = await conduct(options, dependencies, { engine, sabotage, exposition, onRecord: reports.write });
  } finally {
    await exposition.close();
    left = await guarded.residue();
  }
  if (left.length > 0) {
    record2 = failedByResidue(record2, left);
    reports.write(record2);
  }
  const unwritten = reports.unwritten();
  return { record: record2, unwritten, rescued: unwritten ? rescueReports(record2) : void 0 };
}
async function conduct({ choice, loaded, seed, out, env }, { view, logger, signal: signal2 }, {
  engine,
  sabotage,
  exposition,
  onRecord
}) {
  const { config, scenarios, plan, tiers, catalogue } = loaded;
  const repeat = choice.repeat ?? defaultRepeat;
  const deadline = startDeadline(runDeadlineMs(scenarios, config, repeat));
  const workload = openWorkload();
  const lag = watchLoopLag();
  try {
    return await run(
      {
        ...{ config, scenarios, catalogue, tiers, plan, seed, repeat, mutant: choice.mutant, version },
        ...sabotage ? { sabotage } : {},
        command: repeatingCommand(choice, seed),
        metricsFolder: join9(out, "metrics"),
        ci: env.GITHUB_ACTIONS === "true" ? "GitHub Actions" : env.CI ? "CI" : null
      },
      {
        ...{ engine, workload, lag, clock: systemClock, logger },
        signal: AbortSignal.any([signal2, deadline.signal]),
        events: {
          onStage: (text) => view.stage(text),
          onProgress(progress) {
            view.progress(progress);
            exposition.phase(progress.scenario.name, progress.phase);
            exposition.messages(progress.messages);
            exposition.faults(progress.faults.length);
          },
          onScenario(scenario) {
            view.scenario(scenario);
            exposition.verdict(scenario.name, scenario.verdict, scenario.score);
          },
          onRecord
        }
      }
    );
  } finally {
    deadline.stop();
    lag.stop();
    await workload.terminate();
  }
}
function sabotaged(engine, name, seed) {
  const chosen = name === void 0 ? void 0 : findSabotage(name);
  if (chosen === void 0) return { engine, sabotage: void 0 };
  const wrapped = new SabotagedEngine(engine, { sabotage: chosen.name, seed });
  const { breaks, invariant } = chosen;
  return { engine: wrapped, sabotage: { name: chosen.name, breaks, invariant, changes: () => wrapped.changes } };
}
function startDeadline(withinMs) {
  const overdue = new AbortController();
  const over = new AbortController();
  systemClock.sleep(withinMs, over.signal).then(
    () => overdue.abort(new ChaosError("cluster", `the run took longer than its deadline of ${formatMs(withinMs)}`)),
    () => {
    }
  );
  return { signal: overdue.signal, stop: () => over.abort() };
}
function reportsIn(out) {
  let unwritten;
  return {
    write(record2) {
      try {
        writeReports(record2, out);
        unwritten = void 0;
      } catch (error) {
        unwritten = error instanceof ChaosError ? error : new ChaosError("report", String(error));
      }
    },
    unwritten: () => unwritten
  };
}
function failedByResidue(record2, left) {
  return {
    ...record2,
    verdict: "fail",
    error: record2.error ?? {
      code: "residue",
      message: `the run left behind: ${left.join(", ")}`,
      hint: "this is a defect of chaos-action; chaos-action clean takes back what it can"
    }
  };
}
function runDeadlineMs(scenarios, { broker }, repeat) {
  const scenarioMs = ({ phases }) => phases.steadyMs + phases.holdMs + Math.max(3e4, phases.recoverMs) + 3e5 + 3 * broker.ready.withinMs;
  return broker.buildWithinMs + 6e4 + (repeat + 1) * scenarios.reduce((sum, scenario) => sum + scenarioMs(scenario), 0);
}

export {
  runSession
};
