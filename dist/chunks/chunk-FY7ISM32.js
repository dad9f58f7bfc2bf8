import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  localOffer
} from "./chunk-YUZAQPZE.js";
import {
  localEffects,
  localHost,
  nodeLimits,
  observe,
  probeMachine,
  readTcpTable,
  requireOffers
} from "./chunk-DBRFS25G.js";
import {
  inheritedEnvironment,
  startLogged
} from "./chunk-AIBQXCUF.js";
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
  renderNode,
  renderService,
  shapeOf
} from "./chunk-DSQIK4KK.js";
import {
  formatMs
} from "./chunk-VDOZDET2.js";
import {
  distPath
} from "./chunk-RSWY53MK.js";
import {
  pollUntil,
  systemClock,
  within
} from "./chunk-REAO3S7U.js";
import {
  createRandom
} from "./chunk-GUM24SOH.js";
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

// src/engines/local/open.ts
import { join as join7 } from "node:path";

// src/engines/local/guard.ts
import { spawn } from "node:child_process";
function startReaper(run, onFailure) {
  const child = spawn(process.execPath, [distPath("reaper.js"), run], {
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
    const { run, node, members, onStray } = this.#options;
    const all = allProcesses();
    const marked = findMarked(run, node);
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
  const { name, command, code, folder, env, run, mark, withinMs, title } = options;
  const logFile = options.log.file;
  options.signal.throwIfAborted();
  const log = options.log.open();
  const from = logBytes(logFile) + Buffer.byteLength(title);
  writeSync(log, title);
  const marks = { [runMark]: run, ...mark === void 0 ? {} : { [nodeMark]: mark } };
  const { pid, exited } = startLogged(command, { cwd: folder, env: { ...env, ...marks }, log, detached: false });
  closeSync(log);
  const family = new Family({ run, node: mark, onStray: options.onStray });
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
    const { version, username, password, transport, path, tls } = spec.mqtt;
    const trust = tls && { ca: this.#ca, serverName: tls.serverName, verify: tls.verify };
    return { ...{ host: "127.0.0.1", port, version, username, password, transport, path }, tls: trust };
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
    const { pid, exited, release } = startLogged(execForm(rendered.command), {
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
        () => release(true),
        (error) => {
          outside = `could not be put where it belongs: ${messageOf(error)}`;
          release(false);
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
    const { spec, rendered, run, onStray } = this.#options;
    await runShellCommand({
      ...{ command, run, signal: signal2, onStray, log: this.#log, env: rendered.env, folder: this.#commandFolder() },
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
    const { rendered, run, name } = this.#options;
    return { ...rendered.env, [runMark]: run, [nodeMark]: name };
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
  const release = () => closeAll(claims);
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
    return { ports, release };
  } catch (error) {
    await release();
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
   * The lines written between two wall times: where there are more than `most`, those nearest to the `near` ones, or the first ones without
   * any. Of a log that is too large the parts around these times are read.
   */
  during(fromWallMs, toWallMs, { most, near }) {
    const whole = this.#range(fromWallMs, toWallMs);
    const isRead = whole.end - whole.start <= mostBytesAround;
    const kept = new Nearest(most);
    let found = 0;
    for (const range of isRead ? [whole] : this.#partsAround(near.length > 0 ? near : [fromWallMs], whole))
      for (const { text, span: span2 } of spansOf(readLines(this.#file, range), (offset) => this.#index.written(offset))) {
        const [from, to] = [Math.max(fromWallMs, span2.fromWallMs), Math.min(toWallMs, span2.toWallMs)];
        if (from > to) continue;
        found++;
        const [wallMs, withinMs] = [(from + to) / 2, Math.ceil((to - from) / 2)];
        kept.add(
          { text, wallMs, withinMs },
          Math.min(...near.map((one) => Math.abs(one - wallMs)), toWallMs - fromWallMs)
        );
      }
    const lines = kept.lines();
    return { lines, leftOut: isRead ? found - lines.length : null };
  }
  /** What was written nearest to each time, each byte once. */
  #partsAround(near, whole) {
    const parts = [];
    for (const wallMs of near.toSorted((a, b) => a - b)) {
      const { start, end } = atMost(
        Math.floor(mostBytesAround / near.length),
        this.#range(wallMs - aroundMs, wallMs + aroundMs),
        this.#range(wallMs, wallMs)
      );
      const from = Math.max(start, parts.at(-1)?.end ?? whole.start);
      if (from < end) parts.push({ start: from, end });
    }
    return parts;
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
function choose(lines, written, wallMs, { lines: most, naming }) {
  const named = new Nearest(most);
  const others = new Nearest(most);
  for (const { text, span: span2 } of spansOf(lines, written)) {
    const distanceMs = Math.max(0, span2.fromWallMs - wallMs, wallMs - span2.toWallMs);
    if (distanceMs > aroundMs) continue;
    (naming.some((name) => holdsName(text, name)) ? named : others).add(text, distanceMs);
  }
  const first = named.lines();
  return { named: first, others: others.lines().slice(0, Math.max(0, most - first.length)) };
}
function* spansOf(lines, written) {
  let before;
  for (const { text, offset } of lines) {
    if (text.trim() === "" || isToolsOwn(text)) continue;
    const stamped = credibleStamp(text, written(offset));
    const carried = before !== void 0 && isCredible(before, written(offset)) ? before : void 0;
    before = stamped ?? carried;
    yield { text, span: before ?? written(offset) };
  }
}
function credibleStamp(text, written) {
  const stamp = stampOf(text);
  if (stamp === void 0) return void 0;
  const span2 = { fromWallMs: stamp.wallMs, toWallMs: stamp.wallMs + stamp.resolutionMs - 1 };
  return isCredible(span2, written) ? span2 : void 0;
}
function isCredible(span2, written) {
  const isLate = written.fromWallMs - span2.toWallMs > keptBackMs;
  const isEarly = span2.fromWallMs - written.toWallMs > earlyMs;
  return !isLate && !isEarly;
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
  add(line, distanceMs) {
    this.#kept.push({ line, distanceMs });
    if (this.#kept.length <= this.#most) return;
    let farthest = this.#kept.length - 1;
    for (let i = farthest - 1; i >= 0; i--)
      if ((this.#kept[i]?.distanceMs ?? 0) > (this.#kept[farthest]?.distanceMs ?? 0)) farthest = i;
    this.#kept.splice(farthest, 1);
  }
  lines() {
    return this.#kept.map(({ line }) => line);
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
  /** Lines of every node between two wall times. */
  during(fromWallMs, toWallMs, limits) {
    return [...this.#nodes].map(([node, log]) => {
      const { lines, leftOut } = log.during(fromWallMs, toWallMs, limits);
      return {
        node,
        leftOut,
        lines: lines.map((line) => ({ ...line, text: line.text.slice(0, shownCharacters) }))
      };
    });
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
  const { run, nodes, ledger, limited = false } = options;
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
  const cgroups = hierarchy && await makeNodeCgroups({ run, nodes, root: hierarchy.root, places, privileged, note });
  let table;
  let shaper;
  let closed = false;
  return {
    cgroups,
    limits: limited && cgroups ? nodeLimits(privileged, cgroups) : void 0,
    table: offers.nft.available ? () => {
      table ??= createTable(run, privileged, note);
      return table;
    } : void 0,
    shaper: offers.netem.available ? () => {
      shaper ??= createShaper(run, privileged, note);
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
  const parts = partsOf2(options, chain, lanes);
  const counters = parts.flatMap(({ name }) => [`${name}_offered`, `${name}_dropped`]);
  scope.undo(
    { type: "ends-with-run", what: `drop on ${lanes.length} link directions` },
    () => takeAway(table, chain, counters)
  );
  await table.load(
    [
      ...counters.map((name) => `create counter TABLE ${name}`),
      `create chain TABLE ${chain} { type filter hook input priority 0; policy accept; }`,
      ...parts.flatMap(({ name, lane, ports }) => {
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
  const parts = partsOf2(options, chain, lanes);
  const own = { ...netem };
  const classOf = /* @__PURE__ */ new Map();
  const counters = parts.map(({ name }) => name);
  scope.undo({ type: "ends-with-run", what: `netem on ${lanes.length} link directions` }, async () => {
    await takeAway(table, chain, counters);
    await classes.withdraw(lanes, own);
  });
  for (const lane of lanes) classOf.set(lane, await classes.request(discipline, lane, own));
  await table.load(
    [
      ...counters.map((name) => `create counter TABLE ${name}`),
      `create chain TABLE ${chain} { type filter hook output priority 0; policy accept; }`,
      ...parts.map(
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
    (type) => localEffects[type]
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
    const { config, clock, ledger, logger, run, logFolder, workFolder } = options;
    const { broker } = config;
    this.shape = shapeOf(config);
    const { nodes: names } = this.shape;
    this.#options = options;
    this.#random = createRandom(`${run}/ports`);
    this.#host = localHost(run);
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
    const { config, logger, run } = this.#options;
    requirePrograms(config.broker);
    await this.#requireMachine();
    const { build: command, buildWithinMs, secrets } = config.broker;
    if (command === void 0) return;
    logger.info(`building: ${shortened(maskSecrets(command, secrets))}`);
    try {
      await build({
        ...{ command, secrets, run, signal: signal2, folder: config.folder, withinMs: buildWithinMs },
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
    const environment = to === "this cluster" ? this.environment() : void 0;
    return localOffer(effect, { cluster, machine: this.#machine, environment });
  }
  async observe(fault) {
    const environment = this.environment();
    if (!environment) throw new ChaosError("internal", "no cluster stands");
    return observe(fault, environment);
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
  logsDuring(fromWallMs, toWallMs, limits) {
    return this.#logs.during(fromWallMs, toWallMs, limits);
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
  async #prepareMachine({ folderBytes, isLimited }) {
    const { run, ledger } = this.#options;
    const { nodes } = this.shape;
    const machine = await this.#requireMachine();
    this.#folders.renew();
    if (folderBytes > 0) await this.#folders.limit(machine, nodes, folderBytes);
    await this.#claimPorts();
    this.#kernel = await openKernel({ machine, run, nodes, limited: isLimited, ledger });
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
    const { config, run, clock, ledger, logger } = this.#options;
    return {
      ...{ run, clock, workingFolder: config.folder },
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
  const { run, ledger } = options;
  const { privileged } = await findPrivileged(options.privileged ?? "auto");
  const tables = privileged ? await ourTables(privileged).catch(() => []) : [];
  const qdiscs = privileged ? await rootQdiscs(privileged).catch(() => []) : [];
  const marked = findMarked(run);
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
function residue(before, after, run) {
  const foreign = (what) => what.startsWith("nft table ") && what !== `nft table ${tableName(run)}` || what.startsWith("qdisc ") && what !== `qdisc ${qdiscHandle(run)}` || what.startsWith("cgroup ") && !what.endsWith(`-${run}`);
  return [...after].filter((what) => !before.has(what) && !foreign(what));
}

// src/engines/local/open.ts
var openLocalEngine = async ({ run, logger, privileged, ...options }) => {
  const ledger = Ledger.begin(run);
  const reaper = startReaper(run, logger.warn);
  const inventory = () => takeInventory({ run, ledger, privileged });
  const before = await inventory();
  return {
    engine: new LocalEngine({ ...options, run, logger, privileged, ledger, workFolder: join7(ledger.folder, "work") }),
    async residue() {
      const ended = await killAll(
        () => [
          ...findMarked(run),
          ...ledger.processes().filter(isAlive).flatMap(({ pid }) => readStat(pid) ?? [])
        ],
        () => systemClock.sleep(10)
      );
      if (ended > 0) logger.warn(`ended ${plural(ended, "process", "processes")} that this run had left`);
      const left = residue(before, await inventory(), run);
      if (left.length === 0) ledger.end();
      else for (const did of await replay(run)) logger.warn(`taking back: ${did}`);
      reaper.release();
      return left;
    }
  };
};

export {
  openLocalEngine
};
