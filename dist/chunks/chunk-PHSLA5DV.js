import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  bad,
  brokenSection,
  cardSection,
  clock,
  code,
  columns,
  command,
  comparisonSection,
  dimensionsPart,
  fold,
  heading,
  joined,
  knownSection,
  list,
  only,
  orNotMeasured,
  own,
  paragraph,
  printMarkdown,
  repeatSection,
  say,
  scenariosSection,
  table,
  title,
  undecidedSection,
  verdictOf
} from "./chunk-UT37Z7AI.js";
import {
  effectTypesOf,
  planFaults
} from "./chunk-N6CLQLN3.js";
import {
  attemptText,
  attempts,
  balance,
  capital,
  checkTitles,
  cutLogsText,
  entities,
  escapeHtml,
  escapeHtmlCommand,
  escapeHtmlLines,
  expectationNames,
  expectedText,
  featureRows,
  formatAt,
  formatAvailability,
  formatCores,
  formatGrowth,
  formatInterval,
  formatLatency,
  formatMebibytes,
  formatScore,
  gapText,
  gradeOf,
  harnessText,
  leftOutOf,
  machineText,
  measuredText,
  metText,
  notApplicableOf,
  notMeasured,
  ofClients,
  otherRuns,
  partsText,
  plain,
  scoreRun,
  sentence,
  suspectsTitle,
  unknownOf,
  whyNotApplicable
} from "./chunk-WPWAZIAK.js";
import {
  localOffer
} from "./chunk-KY7YLA25.js";
import {
  repeatingCommand
} from "./chunk-FPVLTZIX.js";
import {
  repeatCommand
} from "./chunk-2OZVQ7HJ.js";
import {
  whySkipped
} from "./chunk-V45O5XDH.js";
import {
  NotRolledBack,
  localEffects,
  localHost,
  nodeLimits,
  observe,
  probeMachine,
  readTcpTable,
  requireOffers
} from "./chunk-MB6QQLYV.js";
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
} from "./chunk-E6GHNJTF.js";
import {
  startLogged
} from "./chunk-5DAAHQRF.js";
import {
  Ledger,
  replay
} from "./chunk-XW7YOZOP.js";
import {
  formatCount,
  plural
} from "./chunk-72AKB4P6.js";
import {
  createShaper,
  createTable,
  findController,
  findPrivileged,
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
} from "./chunk-XEII5PDU.js";
import {
  execa
} from "./chunk-C7D3GCA6.js";
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
  decide,
  defaultRepeat,
  unexplainedRun
} from "./chunk-HGW2HVRG.js";
import {
  isBroken,
  isUnexplained,
  scoreScenario
} from "./chunk-3XBQVNRE.js";
import {
  faultKinds
} from "./chunk-ZA3K6TXD.js";
import {
  checks,
  deliveries,
  dueMs,
  lostOn,
  mayArriveAgain,
  noStreams,
  sessionOf
} from "./chunk-2O25U7EF.js";
import {
  formatMs,
  formatMsBeside,
  formatShare
} from "./chunk-VDOZDET2.js";
import {
  nodeNames,
  renderNode
} from "./chunk-TKEP4QBP.js";
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
} from "./chunk-KZ7IUO4I.js";
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
import { join as join11 } from "node:path";

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

// src/engines/local/cluster/build.ts
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

// src/engines/local/cluster/build.ts
var forceKillAfterMs = 2e3;
var glanceEveryMs2 = 100;
async function build(options) {
  const { command: command2, folder, run: run2, withinMs } = options;
  const logFile = options.log.file;
  const shown = shortened(maskSecrets(command2, options.secrets));
  options.signal.throwIfAborted();
  const log = options.log.open();
  writeSync(log, `$ ${command2}
`);
  const { pid, exited } = startLogged(command2, { cwd: folder, env: { [runMark]: run2 }, log, detached: false });
  closeSync(log);
  const family = new Family({ run: run2, onStray: options.onStray });
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
  throw new ChaosError("build", `the build command ${what}: ${shown}`, {
    output: lastLines(logFile, 21).filter((line) => line !== `$ ${shown}`).slice(-20),
    hint: `run it yourself in ${folder}; the whole output is in ${logFile}`
  });
}
async function endTree(processes) {
  for (const { pid } of processes()) signal(pid, "SIGTERM");
  await pollUntil(() => processes().length === 0 ? true : void 0, { withinMs: forceKillAfterMs, everyMs: 20 });
  await killAll(processes, () => sleep(10));
}

// src/engines/local/cluster/node.ts
import { closeSync as closeSync2, mkdirSync, writeFileSync, writeSync as writeSync2 } from "node:fs";
import { dirname, join } from "node:path";
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
  /** Where in its log what it says begins since it was started last, and where to look on for the sign that it is ready. */
  #logOffset = 0;
  #searchFrom = 0;
  constructor(options) {
    this.#options = options;
    this.name = options.name;
    this.#log = options.log;
    this.#family = new Family({ ...options, node: options.name });
    mkdirSync(options.folder, { recursive: true });
    for (const [file, content] of Object.entries(options.rendered.files)) {
      mkdirSync(dirname(join(options.folder, file)), { recursive: true });
      writeFileSync(join(options.folder, file), content);
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
    return { host: "127.0.0.1", port: this.#options.mqttPort, ...this.#options.spec.mqtt };
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
    const { rendered, workingFolder, run: run2, name, clock: clock2, enter } = this.#options;
    const log = this.#log.open();
    const title2 = `--- ${new Date(clock2.wallMs()).toISOString()} chaos-action starts ${name}: ${this.#command()}
`;
    this.#logOffset = logBytes(this.#log.file) + Buffer.byteLength(title2);
    this.#searchFrom = this.#logOffset;
    writeSync2(log, title2);
    const { pid, exited, release: release2 } = startLogged(execForm(rendered.command), {
      cwd: workingFolder,
      env: { ...rendered.env, [runMark]: run2, [nodeMark]: name },
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
      const atMs = clock2.nowMs();
      this.#alive = false;
      this.#how = outside ?? how;
      const isCrash = this.#expectedToRun;
      this.#expectedToRun = false;
      await this.#log.flush();
      if (isCrash)
        this.#options.onCrash({ node: name, atMs, how: this.#how, lastLines: lastLines(this.#log.file, 20) });
    });
  }
  /** Resolves once the node is ready by every sign that the broker's configuration names. Rejects when it ends first or is not ready in time. */
  async ready(abort) {
    const { spec, clock: clock2 } = this.#options;
    let missing = [];
    const ready = await pollUntil(
      async () => {
        this.#family.glance(this.#pid || void 0);
        if (!this.#alive) {
          await this.#exited;
          throw new ChaosError("boot", `${this.name} ${this.#how} before it was ready`, {
            output: this.#linesSinceStart(),
            hint: `its command was: ${this.#command()}; its whole output is in ${this.#log.file}`
          });
        }
        missing = await this.#missingSigns();
        return missing.length === 0 ? true : void 0;
      },
      { withinMs: spec.ready.withinMs, everyMs: 50, clock: clock2, signal: abort }
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
    const { spec, clock: clock2 } = this.#options;
    const asked = this.signalAll(spec.stop);
    this.signalAll("SIGCONT");
    if (asked.length > 0)
      await pollUntil(() => this.processes().length === 0 ? true : void 0, {
        withinMs: Math.min(withinMs, spec.stopWithinMs),
        everyMs: 20,
        clock: clock2
      });
    await this.kill();
  }
  async #missingSigns() {
    const { spec, rendered } = this.#options;
    const missing = [];
    if (spec.ready.mqtt) {
      const wrong = await this.ping(1e3);
      if (wrong !== void 0) missing.push(`MQTT: ${wrong}`);
    }
    if (rendered.readyHttp !== void 0) {
      const wrong = await httpProblem(rendered.readyHttp);
      if (wrong !== void 0) missing.push(this.#masked(`${rendered.readyHttp}: ${wrong}`));
    }
    if (spec.ready.log !== void 0) {
      const { found, next } = searchLog(this.#log.file, spec.ready.log, this.#searchFrom);
      this.#searchFrom = next;
      if (!found) missing.push(`its log has no line with "${spec.ready.log}"`);
    }
    return missing;
  }
  /** The start command as it may be shown. */
  #command() {
    return shortened(this.#masked(this.#options.rendered.command));
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
function execForm(command2) {
  const oneCommand = /^[^;&|<>()$`\n\\]*$/.test(command2.trim());
  const [first = ""] = command2.trim().split(/\s/);
  return oneCommand && !first.includes("=") && !shellsOwn.has(first) ? `exec ${command2}` : command2;
}
async function httpProblem(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1e3) });
    await response.body?.cancel();
    return response.ok ? void 0 : `HTTP status ${response.status}`;
  } catch (error) {
    const { message, code: code3 } = error.cause ?? error;
    return message || (code3 ?? "no answer");
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
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(void 0));
    server.listen(where, () => resolve(server));
  });
}
async function closeAll(servers) {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
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
  constructor(file, clock2) {
    this.#file = file;
    this.#clock = clock2;
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
function choose(lines2, written, wallMs, { lines: most, naming: naming2 }) {
  const named = new Nearest(most);
  const others = new Nearest(most);
  let before;
  for (const { text, offset } of lines2) {
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
    const shown = (name, lines2) => lines2.map((line) => `${name}: ${line.slice(0, shownCharacters)}`);
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
function peerConnections(sockets, table3) {
  const listening2 = new Map(table3.filter(({ state }) => state === "listening").map((one) => [one.localPort, one]));
  const holderOf = (inode) => [...sockets].find(([, inodes]) => inodes.has(inode))?.[0];
  const established = table3.filter(({ state }) => state === "established");
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
    const own2 = socketInodes([process.pid]);
    const { ports: portsOf } = standing();
    const ports = new Set(names.flatMap((name) => broker.peerPorts.map((port) => portsOf.get(name)?.[port])));
    const established = (await readTcpTable()).filter(({ state }) => state === "established");
    const ends = new Set(established.map(({ localPort, remotePort }) => `${localPort}/${remotePort}`));
    return established.some(
      ({ localPort, remotePort, inode }) => ports.has(remotePort) && !own2.has(inode) && ends.has(`${remotePort}/${localPort}`)
    );
  }
  /** Looks for a while after the boot, since nodes may join late. Only a warning: what strikes no link is judged all the same. */
  async watch(signal2) {
    const { clock: clock2, logger } = this.#options;
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
      { withinMs: watchMs, everyMs: 1e3, clock: clock2, signal: signal2 }
    );
  }
  /**
   * Waits, with transparent links, until the nodes have dialled one another through the proxies: a cluster whose nodes bypass them would
   * look as if it withstood everything. Nodes may be ready before they join.
   * @throws ChaosError `cluster` where they do not within `withinMs`, or bypass them.
   */
  async requireRedirected(counters, { withinMs, signal: signal2 }) {
    const { broker, clock: clock2 } = this.#options;
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
      { withinMs, everyMs: 200, clock: clock2, signal: signal2 }
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
    const table3 = await readTcpTable();
    const { nodes } = this.#options.standing();
    return peerConnections(
      new Map(nodes.map((node) => [node.name, socketInodes(node.processes().map(({ pid }) => pid))])),
      table3
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
  let table3;
  let shaper;
  let closed = false;
  return {
    cgroups,
    limits: limited && cgroups ? nodeLimits(privileged, cgroups) : void 0,
    table: offers.nft.available ? () => {
      table3 ??= createTable(run2, privileged, note);
      return table3;
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
      await (await table3?.catch(() => void 0))?.remove();
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
        const own2 = await shaper.add(netem);
        this.#byLane.set(keyOf(lane), { own: own2, asked: [netem] });
        return own2;
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
      for (const { own: own2, asked } of left) await own2.change(together(asked));
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
  const table3 = await options.table();
  const chance = Math.round(share * perMillion);
  const parts2 = partsOf2(options, chain, lanes);
  const counters = parts2.flatMap(({ name }) => [`${name}_offered`, `${name}_dropped`]);
  scope.undo(
    { type: "ends-with-run", what: `drop on ${lanes.length} link directions` },
    () => takeAway(table3, chain, counters)
  );
  await table3.load(
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
      const counts2 = await table3.counters();
      const countOf = (name) => ({
        offered: packetsOf(counts2.get(`${name}_offered`)),
        dropped: packetsOf(counts2.get(`${name}_dropped`))
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
  const table3 = await options.table();
  const parts2 = partsOf2(options, chain, lanes);
  const own2 = { ...netem };
  const classOf2 = /* @__PURE__ */ new Map();
  const counters = parts2.map(({ name }) => name);
  scope.undo({ type: "ends-with-run", what: `netem on ${lanes.length} link directions` }, async () => {
    await takeAway(table3, chain, counters);
    await classes.withdraw(lanes, own2);
  });
  for (const lane of lanes) classOf2.set(lane, await classes.request(discipline, lane, own2));
  await table3.load(
    [
      ...counters.map((name) => `create counter TABLE ${name}`),
      `create chain TABLE ${chain} { type filter hook output priority 0; policy accept; }`,
      ...parts2.map(
        ({ name, lane, ports }) => `add rule TABLE ${chain} ${goingOut(lane, ports)} counter name ${name} meta priority set ${classOf2.get(lane)?.id}`
      )
    ].join("\n")
  );
  return {
    async packets() {
      const counts2 = await table3.counters();
      const traffic = counters.filter((name) => name.endsWith("_traffic"));
      return traffic.reduce((total, name) => total + packetsOf(counts2.get(name)), 0);
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
function takeAway(table3, chain, counters) {
  return table3.load(
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
  #machine;
  /** What the cluster that stands was booted for. */
  #bootedFor = requirementsOf([]);
  #kernel;
  #links;
  #packets;
  #claimed;
  #ports = /* @__PURE__ */ new Map();
  #nodes = [];
  #endpoints = [];
  #metricsUrls = [];
  #crashes = [];
  /** Ends what looks at the cluster while it stands. */
  #watching = new AbortController();
  constructor(options) {
    const { config, clock: clock2, ledger, logger, run: run2, logFolder, workFolder } = options;
    const { broker } = config;
    const names = nodeNames(config.nodes);
    this.#options = options;
    this.shape = { nodes: names };
    this.#random = createRandom(`${run2}/ports`);
    this.#host = localHost(run2);
    this.#logs = new ClusterLogs({
      ...{ nodes: names, folder: logFolder, pipes: join6(workFolder, "logs"), clock: clock2, logger },
      ...{ secrets: broker.secrets, keepBytes: config.logs.keepBytes, startThread: options.startLogsThread },
      onEnded: (reason2) => this.#broken.abort(reason2)
    });
    this.#folders = new DataFolders({ parent: workFolder, ledger, logger });
    this.#detours = new Detours({
      ...{ broker, names, clock: clock2, logger },
      standing: () => ({ nodes: this.#nodes, ports: this.#ports })
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
    await this.#requireMachine();
    const { config, logger, run: run2 } = this.#options;
    const { build: command2, buildWithinMs, secrets } = config.broker;
    if (command2 === void 0) return;
    logger.info(`building: ${shortened(maskSecrets(command2, secrets))}`);
    try {
      await build({
        ...{ command: command2, secrets, run: run2, signal: signal2, folder: config.folder, withinMs: buildWithinMs },
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
    this.#endpoints = this.shape.nodes.map((node) => this.#endpointOf(node, proxied));
    await this.#startNodes(proxied, signal2);
    await this.#lookForDetours(kernel, signal2);
  }
  async stop(withinMs) {
    this.#watching.abort();
    const stopping = this.#nodes;
    this.#nodes = [];
    await Promise.all(stopping.map((node) => node.stop(withinMs)));
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
    const { ledger, clock: clock2, logger } = this.#options;
    return {
      ...{ shape: this.shape, nodes: this.#nodeControl(), network: this.#networkMap(), host: this.#host },
      ...{ links: this.#links, packets: this.#packets, limits: this.#kernel?.limits, ledger, clock: clock2, logger },
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
    return this.#options.config.broker.links === "transparent";
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
    this.#claimed = await freePorts(nodes.length * ports.length, this.#random);
    const free = [...this.#claimed.ports];
    this.#ports = new Map(
      nodes.map((name) => [name, Object.fromEntries(ports.map((port) => [port, free.pop() ?? 0]))])
    );
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
    const { table: table3, shaper, cgroups } = kernel;
    if (table3) this.#packets = nftPackets({ links, table: table3, shaper, logger, redirected: this.#isTransparent });
    const redirected = this.#isTransparent && cgroups ? redirections(cluster, proxied, cgroups) : [];
    if (redirected.length > 0) await (await table3?.())?.load(redirectChains(redirected));
    return proxied;
  }
  /** How clients reach a node. */
  #endpointOf(node, proxied) {
    const port = proxied.get(clientLink(node)) ?? this.#ports.get(node)?.mqtt ?? 0;
    return { node, host: "127.0.0.1", port, ...this.#options.config.broker.mqtt };
  }
  async #startNodes(proxied, signal2) {
    this.#metricsUrls = [];
    const made = [];
    for (const [i, name] of this.shape.nodes.entries()) made.push(await this.#makeNode(name, i + 1, proxied));
    this.#nodes = made;
    this.#logs.follow();
    for (const node of made) node.start();
    await Promise.all(made.map((node) => node.ready(signal2)));
  }
  async #makeNode(name, index, proxied) {
    const { config, mutant, run: run2, clock: clock2, ledger, logger } = this.#options;
    const { broker: spec, folder: workingFolder } = config;
    const folder = this.#folders.of(name);
    const own2 = this.#ports.get(name) ?? {};
    const cgroups = this.#kernel?.cgroups;
    const rendered = renderNode(spec, {
      node: { name, index, ports: own2, folder },
      peers: this.#peersOf(name, proxied),
      cluster: { name: "chaos", nodes: this.shape.nodes },
      mutant
    });
    if (rendered.metrics !== void 0) this.#metricsUrls.push({ node: name, url: rendered.metrics });
    return new ClusterNode({
      ...{ run: run2, name, spec, rendered, mqttPort: own2.mqtt ?? 0, folder, workingFolder, clock: clock2 },
      log: await this.#logs.open(name),
      enter: cgroups && ((pid) => cgroups.enter(name, pid)),
      members: cgroups && (() => cgroups.members(name)),
      onStray: this.#strayOf(name),
      onCrash: (crash) => this.#crashes.push(crash),
      onStart(process2) {
        ledger.add({ type: "kill", process: process2 }, `${name} started`);
        logger.debug(`${name} started as process ${process2.pid}`);
      }
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
  async #lookForDetours({ table: table3 }, signal2) {
    const { joinWithinMs: withinMs = usualJoinMs, logger } = this.#options;
    const counters = async () => (await table3?.())?.counters();
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
    await new Promise((resolve, reject) => {
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
      server.listen(port, "127.0.0.1", resolve);
    });
  const address = server.address();
  return {
    url: address !== null && typeof address === "object" ? `http://127.0.0.1:${address.port}/metrics` : void 0,
    phase(scenario2, name) {
      phase.reset();
      phase.set({ scenario: scenario2, phase: name }, 1);
    },
    messages(counts2) {
      for (const [outcome, count] of Object.entries(counts2)) messages.set({ outcome }, count);
    },
    faults: (inForce) => faults.set(inForce),
    verdict(scenario2, verdict, score) {
      verdicts.inc({ verdict });
      if (score !== null) scores.set({ scenario: scenario2 }, score);
    },
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
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

// src/run/claim-folder.ts
import { readFileSync, rmSync as rmSync3, writeFileSync as writeFileSync2 } from "node:fs";
import { join as join8 } from "node:path";
var claimName = ".run";
function claimFolder(folder) {
  const file = join8(folder, claimName);
  const own2 = { pid: process.pid, startTicks: readStat(process.pid)?.startTicks ?? 0 };
  for (let tries = 0; tries < 2; tries++) {
    try {
      writeFileSync2(file, JSON.stringify(own2), { flag: "wx" });
      return () => rmSync3(file, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const other = readClaim(file);
    if (other !== void 0 && isAlive(other)) throw taken(folder, other.pid);
    rmSync3(file, { force: true });
  }
  throw taken(folder, readClaim(file)?.pid);
}
function taken(folder, pid) {
  const who = pid === void 0 ? "another run" : `another run, process ${pid},`;
  return new ChaosError("usage", `${who} writes its reports into ${folder}`, {
    hint: "wait for it, or name another folder with --out"
  });
}
function readClaim(file) {
  try {
    const claim = JSON.parse(readFileSync(file, "utf8"));
    return typeof claim === "object" && claim !== null && "pid" in claim && "startTicks" in claim ? { pid: Number(claim.pid), startTicks: Number(claim.startTicks) } : void 0;
  } catch {
    return void 0;
  }
}

// src/run/run.ts
import { cpus, release, totalmem, type } from "node:os";

// src/metrics/scrape.ts
import { appendFileSync, mkdirSync as mkdirSync4, readdirSync as readdirSync2, rmSync as rmSync4 } from "node:fs";
import { join as join9 } from "node:path";

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
  var lines2 = metrics.split("\n");
  var converted = [];
  var metric;
  var help;
  var type2;
  var samples = [];
  for (var i = 0; i < lines2.length; ++i) {
    var line = lines2[i].trim();
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
    if (i + 1 === lines2.length || lineMetric && !allowedNames.includes(lineMetric)) {
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
  const { clock: clock2, folder, secrets } = options;
  let counts2 = { attempted: 0, answered: 0 };
  const latest = /* @__PURE__ */ new Map();
  let busy = Promise.resolve();
  mkdirSync4(folder, { recursive: true });
  for (const name of readdirSync2(folder)) if (name.endsWith(".jsonl")) rmSync4(join9(folder, name));
  const scrape = async ({ node, url }) => {
    const own2 = counts2;
    own2.attempted++;
    const at = new Date(clock2.wallMs()).toISOString();
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(900) });
      if (!response.ok) throw new Error(`HTTP status ${response.status}`);
      const samples = flatten(maskSecrets(await response.text(), secrets));
      if (Object.keys(samples).length === 0) throw new Error("no sample in Prometheus' text format");
      own2.answered++;
      latest.set(node, samples);
      appendFileSync(join9(folder, `${node}.jsonl`), `${JSON.stringify({ at, samples })}
`);
    } catch (error) {
      appendFileSync(
        join9(folder, `${node}.jsonl`),
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
      const taken2 = counts2;
      counts2 = { attempted: 0, answered: 0 };
      return taken2;
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
    const own2 = facts[kind];
    return own2 === void 0 ? {} : { [kind]: parts[kind](own2, belongs) };
  };
  return Object.assign({}, ...Object.keys(parts).map(part));
}
function partOfWire({ breaches, breachCounts, ends }, belongs) {
  const own2 = ofSubscribers(breaches, belongs);
  const ownEnds = ofSubscribers(ends, belongs);
  return {
    breaches: own2,
    breachCounts: breachCounts.flatMap(([rule]) => {
      const count = own2.filter((breach) => ruleOf(breach) === rule).length;
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
  const own2 = examples.filter(isOne);
  if (byClient === void 0) return { count: own2.length, examples: own2 };
  const counts2 = Object.entries(byClient).filter(([clientId]) => isOne({ clientId }));
  return {
    count: Math.min(
      count,
      counts2.reduce((sum, [, of]) => sum + of, 0)
    ),
    examples: own2,
    byClient: Object.fromEntries(counts2)
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
  const own2 = (name) => name.replace(/^chaos-[0-9a-f]+-/, "");
  const literal = own2(pattern).split("*").map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join(".*")}$`).test(own2(clientId));
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
    excuse("clean session ended before delivery (section 3.1.2.4)", IntervalSet.from(subscription.sessionEnded));
    excuse("never acknowledged (outcome unknown)", IntervalSet.from(flow.unknown));
    excuse("its client was not subscribed at the end (see liveness)", IntervalSet.from(subscription.unreachable));
    if (stillArriving) excuse("still arriving when waiting was given up", missing);
    if (!stillArriving && missing.size !== lostOn(delivery).size)
      throw new Error(
        `${subscription.clientId}: ${missing.size} messages have no excuse, and ${lostOn(delivery).size} are owed`
      );
    lost += missing.size;
    if (qos === 1) add(legalDuplicates, "QoS 1 (section 4.3.2)", size(subscription.duplicated));
    else
      add(
        legalDuplicates,
        qos === 2 ? "QoS 2 published again after its session was lost" : "QoS 0 granted to a message of a higher QoS",
        IntervalSet.from(subscription.duplicated).and(mayArriveAgain(flow, qos)).size
      );
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
  const leftOut3 = all.length - listed.length;
  const shownLines = /* @__PURE__ */ new Set();
  return {
    episodes: listed.map((one, index) => {
      const recorded = record(one, stream, around);
      return { ...recorded, logs: index < loggedLimit ? logsOf(one, stream, around, shownLines) : [] };
    }),
    ...leftOut3 === 0 ? {} : { episodesLeftOut: leftOut3 }
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
    const lines2 = logsAt(atMs, [clientId, flow.flow.clientId, flow.flow.topic]).filter((line) => !shown.has(line));
    for (const line of lines2) shown.add(line);
    return lines2.length === 0 ? [] : [{ moment, atMs: relativeMs(atMs), lines: [...new Set(lines2)] }];
  });
}

// src/run/evidence.ts
function runChecks(input, around, checks3 = checks) {
  const violations = [];
  const notApplicable = [];
  const undecided = [];
  const unknown = [];
  for (const check2 of checks3) {
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
      ({ invariant, scenario: scenario2 }) => invariant === check2.id && (scenario2 === void 0 || scenario2 === around.scenario)
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
function expectationsOfSteady(scenario2, steady) {
  return expectationsOf(scenario2, {
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
    ...input.faults.filter(({ proven: proven2 }) => !proven2).map(({ kind, observed: observed2 }) => `${kind} was not proven: ${observed2}`),
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
  const nothing2 = name === "recovery" ? "was never reached" : "could not be measured: nothing was done";
  return `${name} ${measured === null ? nothing2 : `was ${show(measured)}`}, expected ${bound} ${show(expected)}`;
}

// src/run/measure.ts
function possibleIn(phase, windows) {
  const own2 = windows.filter((window) => window.phase === phase);
  return {
    due: own2.reduce((sum, window) => sum + window.due, 0),
    judged: own2.reduce((sum, window) => sum + window.judged, 0)
  };
}
function leftTooLittle({ due, judged }) {
  if (judged >= leastOperations || judged === due) return void 0;
  return judged === 0 ? "the faults left no operation possible in hold" : `the faults left only ${judged} operations possible in hold`;
}
function measurePhase(phase, windows, usage) {
  const own2 = windows.filter((window) => window.phase === phase);
  const first = own2[0];
  const last = own2[own2.length - 1];
  if (!first || !last) return null;
  const total = (pick) => own2.reduce((sum, window) => sum + pick(window), 0);
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
    latency: summarise(own2),
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
    const own2 = samples.flatMap(
      ({ atMs, nodes }) => nodes.filter(({ node }) => node === name).map((use) => ({ atMs, ...use }))
    );
    let cpuSeconds = 0;
    let spanMs = 0;
    for (let i = 1; i < own2.length; i++) {
      const now = own2[i];
      const before = own2[i - 1];
      if (!now || !before || now.cpuSeconds < before.cpuSeconds) continue;
      cpuSeconds += now.cpuSeconds - before.cpuSeconds;
      spanMs += now.atMs - before.atMs;
    }
    return {
      name,
      cpuCores: spanMs === 0 ? null : cpuSeconds * 1e3 / spanMs,
      memoryBytes: own2.length === 0 ? null : own2.reduce((most, { residentBytes }) => Math.max(most, residentBytes), 0),
      ...growth(own2.map(({ residentBytes }) => residentBytes))
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
  constructor(scenario2, context, faultsInForce) {
    this.#scenario = scenario2;
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
    const { engine, clock: clock2, startedMs, workload, onProgress } = this.#context;
    if (this.#ticks++ % 2 === 0)
      this.usage.push({ atMs: clock2.nowMs(), nodes: engine.usage(), machine: sampleMachine() });
    const phase = this.phases[this.phases.length - 1];
    if (!phase) return;
    const messages = phase.name === "warm-up" ? { published: 0, acknowledged: 0, delivered: 0 } : await workload.call("progress").catch(() => void 0);
    if (messages && !this.#ended)
      onProgress({
        scenario: this.#scenario,
        phase: phase.name,
        elapsedMs: clock2.nowMs() - startedMs,
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
    const { clock: clock2, signal: signal2 } = this.#use;
    for (const fault of this.#faults) this.#steadyIsOver(fault);
    const startMs = clock2.nowMs();
    const until = (offsetMs) => clock2.sleep(Math.max(0, startMs + offsetMs - clock2.nowMs()), signal2);
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
    const { workload, clock: clock2 } = this.#use;
    const { id, planned, prepared } = fault;
    fault.startMs = clock2.nowMs();
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
    const { workload, clock: clock2 } = this.#use;
    if (fault.isHealed) return;
    try {
      await fault.prepared?.heal();
      fault.isHealed = true;
    } catch (error) {
      const failure2 = `the heal failed: ${messageOf(error)}`;
      if (fault.active) fault.failure = failure2;
      else fault.failure ??= failure2;
      this.#warn(fault, failure2);
    }
    if (fault.startMs === void 0) return;
    fault.endMs = clock2.nowMs();
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
  const { planned, active, proof, isHealed, failure: failure2 } = fault;
  return {
    kind: planned.kind,
    target: planned.target,
    mechanism: active?.mechanism ?? "none",
    injected: planned.injected,
    observed: failure2 ?? proof?.observed ?? "nothing was observed",
    proven: failure2 === void 0 && proof?.proven === true,
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
async function runScenario(scenario2, context) {
  const { engine, workload, clock: clock2, logger } = context;
  const faults = new ScenarioFaults(planFaults(scenario2, engine.shape, context.seed), context);
  const watch = new PhaseWatch(scenario2, context, () => faults.inForce);
  const beganMs = clock2.nowMs();
  const id = runNumber(context.seed, scenario2.name, context.attempt, context.startedMs);
  const prefix = `chaos-${id.toString(16)}`;
  try {
    watch.enter("warm-up");
    const unserved = await warmUp(scenario2, context, { prefix, run: id });
    await faults.prepare();
    watch.enter("steady");
    await workload.call("start", windowMs);
    await clock2.sleep(scenario2.phases.steadyMs, context.signal);
    watch.enter("hold");
    const harness = await hold2(scenario2, faults, context);
    watch.enter("recover");
    const recovered = await recover(scenario2, faults, prefix, context);
    watch.enter("drain");
    const drained = await drain(scenario2, context);
    watch.end();
    return await recordOf2(scenario2, context, { beganMs, faults, watch, unserved, harness, ...recovered, ...drained });
  } finally {
    watch.end();
    await faults.heal();
    await faults.release();
    await workload.call("end").catch((error) => logger.debug(`ending the clients: ${messageOf(error)}`));
  }
}
async function warmUp(scenario2, context, identity) {
  const { engine, workload, config, signal: signal2, features: features2, reach, cluster } = context;
  const { profile, ratePerSecond, payloadBytes } = config.workload;
  const beginning = workload.call("begin", {
    ...{ endpoints: engine.endpoints, features: features2, profile, ratePerSecond, payloadBytes },
    ...{ deadlineMs: operationDeadlineMs, ...identity, warmUpWithinMs, unserved: reach.known },
    seed: `${context.seed}/${scenario2.name}`
  });
  const begun = await abortable(beginning, signal2).catch((error) => {
    signal2.throwIfAborted();
    throw new NoSteadyState(scenario2, error, engine.takeCrashes());
  });
  const broken = begun.unserved.filter(({ why }) => why !== "refused");
  if (!cluster.fresh && broken.length > 0)
    throw new NoSteadyState(scenario2, new Error(leftOut(broken).leftOut?.join("; ")), engine.takeCrashes());
  return takeUnserved(context, begun.unserved, begun.watched);
}
async function hold2(scenario2, faults, context) {
  const { engine, workload, lag } = context;
  const { holdMs } = scenario2.phases;
  lag.reset();
  await engine.linksLag();
  await workload.call("mark", { phase: "hold", windowMs: holdWindowMs(holdMs) });
  await faults.hold(holdMs);
  return await readLags(context);
}
async function drain(scenario2, context) {
  const { workload, config, signal: signal2, logger } = context;
  const quietMs = config.broker.redeliverWithinMs;
  await workload.call("mark", { phase: "drain", windowMs });
  await workload.call("stop");
  const draining = workload.call("drain", { quietMs, returnMs, withinMs: drainWithinMs });
  const { reconnected, outstanding, tookMs, unfinished } = await abortable(draining, signal2);
  const stalls = await readStalls(context);
  if (reconnected > 0) logger.debug(`${scenario2.name}: ${reconnected} subscribers missed something and reconnected`);
  if (outstanding > 0)
    logger.debug(`${scenario2.name}: ${outstanding} messages still owed after draining for ${Math.round(tookMs)} ms`);
  return { ...await workload.call("finish"), stalls, unfinished };
}
async function recordOf2(scenario2, context, seen) {
  const { engine, clock: clock2, startedMs, reach, scraper } = context;
  const { faults, watch, windows, harness, unfinished } = seen;
  const relative = (ms) => Math.round(ms - startedMs);
  const faultRecords = faults.records(relative);
  const crashes = await Promise.all(engine.takeCrashes().map((crash) => faults.recordCrash(crash, relative)));
  const { violations, notApplicable, undecided, ...checked } = check(scenario2, context, seen, faultRecords, relative);
  const { accounting, why } = accountFor(seen.history, unfinished);
  const unknown = [...checked.unknown, ...why === void 0 ? [] : [{ invariant: "accounting", why }]];
  const { measured, measures, expectations, operations } = measure(scenario2, seen);
  const verdict = judge({
    ...{ violations, unknown, undecided, crashes, faults: faultRecords, expectations, harness, operations },
    stillArriving: unfinished,
    unsteady: missed(expectationsOfSteady(scenario2, measured("steady"))),
    disturbed: usesMachine(scenario2) ? void 0 : disturbed(measured("steady")?.host, measured("hold")?.host, availableParallelism())
  });
  return {
    ...headline(scenario2, context),
    ...verdict,
    startMs: relative(seen.beganMs),
    endMs: relative(clock2.nowMs()),
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
function check(scenario2, context, { history, paths, stalls, unserved, unfinished }, faults, relativeMs) {
  const { config, features: features2, engine, startedMs, startedWallMs } = context;
  const quietMs = config.broker.redeliverWithinMs;
  return runChecks(
    {
      ...{ mqttVersion: config.broker.mqtt.version, history, features: features2, paths, returnMs, unserved, quietMs },
      livenessBoundMs: livenessMs(scenario2, context),
      isFreshCluster: context.cluster.fresh,
      starved: stalledFor(stalls, quietMs / 4),
      unhealed: faults.filter(({ healed }) => !healed).map(({ kind, target }) => `${kind} on ${target}`),
      stillArriving: unfinished
    },
    {
      ...{ scenario: scenario2.ownName, knownIssues: config.broker.knownIssues, faults, relativeMs },
      logsAt: (ms, naming2) => engine.logsAround(startedWallMs + (ms - startedMs), { lines: 4, naming: naming2 })
    }
  );
}
function measure(scenario2, { windows, watch, recoveryMs }) {
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
  const expectations = expectationsOf(scenario2, measures).map(
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
async function recover(scenario2, faults, prefix, context) {
  const { workload, engine, clock: clock2, signal: signal2, lag } = context;
  lag.reset();
  const healMs = await workload.call("mark", { phase: "recover", windowMs: recoverWindowMs });
  await faults.heal();
  const bar2 = {
    fromMs: healMs,
    availability: scenario2.expect.availability,
    p99LatencyMs: scenario2.expect.p99LatencyMs,
    sustainMs
  };
  const boundMs = livenessMs(scenario2, context);
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
  while (clock2.nowMs() < healMs + scenario2.phases.recoverMs) {
    await clock2.sleep(recoverWindowMs, signal2);
    recoveryMs = await workload.call("recovery", bar2);
    if (recoveryMs !== null) break;
  }
  const paths = await trying;
  while (clock2.nowMs() < healMs + boundMs && await workload.call("silent") > 0)
    await clock2.sleep(recoverWindowMs, signal2);
  return { recoveryMs: recoveryMs ?? await workload.call("recovery", bar2), paths };
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
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal2.reason);
    signal2.addEventListener("abort", onAbort, { once: true });
    if (signal2.aborted) onAbort();
    promise.then(resolve, reject).finally(() => signal2.removeEventListener("abort", onAbort));
  });
}
function holdWindowMs(holdMs) {
  return Math.max(windowMs, holdMs / 3600);
}
function runNumber(seed, scenario2, attempt, startedMs) {
  return createHash("sha256").update(`${seed}/${scenario2}/${attempt}/${startedMs}`).digest().readUInt32LE(0);
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
  constructor(scenario2, error, crashes) {
    const why = crashes.length > 0 ? crashes.map(({ node, how }) => `${node} ${how} by itself`).join("; ") : messageOf(error);
    super("cluster", `${scenario2.name}: the cluster booted but never reached a steady state: ${why}`, {
      hint: "does each node pass messages on to clients of the others? Try --scenario baseline, and look at the nodes' logs",
      output: crashes[0]?.lastLines ?? [],
      cause: error
    });
    this.crashes = crashes;
  }
};
function notMeasured2(scenario2, context, outcome) {
  const nowMs = Math.round(context.clock.nowMs() - context.startedMs);
  const { crashes, reason: reason2 } = outcome;
  return {
    ...headline(scenario2, context),
    verdict: crashes.length > 0 ? "fail" : outcome.verdict,
    reason: reason2,
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
function headline(scenario2, { attempt, cluster }) {
  const { name, ownName, path = null, title: title2, tier, severity, dimension, parameters } = scenario2;
  const { holdMs } = scenario2.phases;
  return { name, ownName, path, title: title2, tier, severity, dimension, parameters, holdMs, attempt, cluster };
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
    const { engine, workload, clock: clock2, signal: signal2 } = dependencies;
    this.#options = options;
    this.#use = dependencies;
    this.#broken = AbortSignal.any([workload.ended, engine.broken]);
    this.#signal = AbortSignal.any([signal2, this.#broken]);
    this.#startedMs = clock2.nowMs();
    this.#startedWallMs = clock2.wallMs();
    this.#scraper = startScraper({
      targets: () => engine.metricsUrls,
      folder: options.metricsFolder,
      secrets: options.config.broker.secrets,
      clock: clock2
    });
  }
  async run() {
    const { engine, events } = this.#use;
    let failure2 = null;
    try {
      await engine.build(this.#signal);
      for (const scenario2 of this.#options.scenarios) await this.#take(scenario2);
    } catch (error) {
      failure2 = this.#failureOf(error);
    } finally {
      await this.#end();
    }
    const final = this.#record(failure2 !== null, failure2);
    events.onRecord(final);
    return final;
  }
  /** Runs a scenario, or skips it where the plan or the engine says so. */
  async #take(scenario2) {
    const { engine, events } = this.#use;
    const { plan } = this.#options;
    if (plan?.abortOn) this.#keepCrashes();
    const refusal = planStops(plan, this.#done) ?? whySkipped(
      scenario2.faults,
      { nodes: engine.shape.nodes.length },
      (effect) => engine.offers(effect, "any cluster")
    );
    const result = refusal === void 0 ? await this.#decided(scenario2) : this.#skipped(scenario2, refusal);
    this.#done.push(result);
    events.onScenario(result);
    events.onRecord(this.#record(true, null));
  }
  /** Runs a scenario until its runs decide it. */
  async #decided(scenario2) {
    for (; ; ) {
      const last = this.#score(await this.#attempt(scenario2, this.#runs.length + 1));
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
  async #attempt(scenario2, number2) {
    const effects = effectTypesOf(scenario2.faults);
    let on = await this.#clusterFor(effects);
    for (; ; ) {
      const context = this.#contextOf(on, number2);
      try {
        const record2 = await runScenario(scenario2, context);
        this.#reach.unreported = [];
        return record2;
      } catch (error) {
        this.#signal.throwIfAborted();
        if (error instanceof SkipScenario)
          return notMeasured2(scenario2, context, {
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
        return notMeasured2(scenario2, context, {
          verdict: "inconclusive",
          reason: error.message,
          crashes: error.crashes
        });
      }
    }
  }
  #contextOf(cluster, attempt) {
    const { engine, workload, clock: clock2, logger, lag, events } = this.#use;
    const { config, seed } = this.#options;
    if (!this.#features) throw new ChaosError("internal", "the features of the broker were not probed");
    this.#scraper.take();
    return {
      ...{ engine, workload, scraper: this.#scraper, config, features: this.#features, clock: clock2, logger, lag, seed },
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
    const { engine, workload, clock: clock2 } = this.#use;
    const checking = workload.call("checkPaths", {
      endpoints: engine.endpoints,
      prefix: `chaos-health-${Math.round(clock2.nowMs())}`,
      withinMs: healthWithinMs,
      except: unservedPathsOf(this.#reach)
    });
    const paths = await abortable(checking, this.#signal);
    return allPathsDeliver(paths) ? void 0 : `not healthy after ${previous.name}`;
  }
  async #boot(effects, why) {
    const { engine, workload, clock: clock2, events } = this.#use;
    const { config } = this.#options;
    events.onStage(`booting ${plural(config.nodes, "node")} of ${config.broker.name}`);
    this.#keepCrashes();
    const beganMs = clock2.nowMs();
    await engine.boot(this.#signal, effects);
    this.#bootMs = clock2.nowMs() - beganMs;
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
    const { engine, workload, clock: clock2 } = this.#use;
    const trying = workload.call("checkPaths", {
      endpoints: engine.endpoints,
      prefix: `chaos-reach-${Math.round(clock2.nowMs())}`,
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
    const reason2 = `${last.reason}; ${late.map(({ node, how }) => `${node} ${how} by itself afterwards`).join("; ")}`;
    const failed = { ...last, verdict: "fail", reason: reason2, crashes: [...last.crashes, ...late] };
    before[before.length - 1] = { ...failed, ...scoreScenario(failed, this.#options.seed) };
  }
  #skipped(scenario2, reason2) {
    const { clock: clock2 } = this.#use;
    const cluster = { fresh: false, why: "not needed" };
    const context = { clock: clock2, startedMs: this.#startedMs, attempt: 1, cluster };
    return this.#score(notMeasured2(scenario2, context, { verdict: "skipped", reason: reason2, crashes: [] }));
  }
  #score(scenario2) {
    return { ...scenario2, earlier: null, ...scoreScenario(scenario2, this.#options.seed) };
  }
  /** Why the run broke off. */
  #failureOf(error) {
    const { logger } = this.#use;
    const failure2 = describe(this.#signal.aborted ? this.#signal.reason : error);
    if (error instanceof ChaosError) for (const line of error.output) logger.warn(`  | ${line}`);
    else if (!this.#signal.aborted)
      logger.debug(error instanceof Error ? error.stack ?? error.message : String(error));
    return failure2.code === "cancelled" ? { ...failure2, message: `${failure2.message} ${this.#where}` } : failure2;
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
    const { version: version2, seed, command: command2, tiers, plan, config, mutant, ci, catalogue, sabotage } = this.#options;
    const scenarios = this.#done;
    const scored = scoreRun({ scenarios, seed, partial, catalogue });
    return {
      schemaVersion: 1,
      tool: { name: "chaos-action", version: version2 },
      startedAt: new Date(this.#startedWallMs).toISOString(),
      durationMs: Math.round(this.#use.clock.nowMs() - this.#startedMs),
      ...{ seed, command: command2, tiers, plan: plan?.name ?? null, partial, error },
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
    const { invariant, scenario: scenario2, why } = issue;
    const limits = limitedTo(issue);
    const concerned = done.filter(
      ({ ownName, verdict }) => verdict !== "skipped" && (scenario2 === void 0 || scenario2 === ownName)
    );
    const isOfIt = (violation) => violation.invariant === invariant && (limits === void 0 || violation.known === why && violation.limitedTo === limits);
    const seen = concerned.some(({ violations }) => violations.some(isOfIt));
    const limited = limits === void 0 ? {} : { limitedTo: limits };
    return concerned.length === 0 ? [] : [{ invariant, scenario: scenario2 ?? null, ...limited, why, seen }];
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

// src/run/write-reports.ts
import { mkdirSync as mkdirSync5, mkdtempSync, renameSync, rmSync as rmSync5, writeFileSync as writeFileSync3 } from "node:fs";
import { tmpdir } from "node:os";
import { join as join10 } from "node:path";

// src/report/badge.ts
function renderBadge(record2) {
  return `${JSON.stringify({ schemaVersion: 1, label: "resilience", ...face(record2) })}
`;
}
var gradeColours = {
  Excellent: "brightgreen",
  Good: "green",
  Fair: "yellow",
  "Needs Improvement": "orange"
};
function face({ sabotage, verdict, score, grade }) {
  if (sabotage) return { message: "sabotaged", color: "lightgrey" };
  if (verdict === "fail") return { message: score === null ? "fail" : `fail, ${oneDigit(score)}`, color: "red" };
  if (verdict === "pass" && score !== null && grade !== null)
    return { message: `${oneDigit(score)} ${grade}`, color: gradeColours[grade] };
  return { message: verdict === "pass" ? "pass, not measured" : verdict, color: "lightgrey" };
}
function oneDigit(score) {
  return (Math.floor(score * 10 + 1e-6) / 10).toFixed(1);
}

// src/report/html.ts
import { createHash as createHash2 } from "node:crypto";

// node_modules/uplot/dist/uPlot.iife.min.js
var uPlot_iife_min_default = '/*! https://github.com/leeoniya/uPlot (v1.6.32) */\nvar uPlot=function(){"use strict";const l="u-off",e="u-label",t="width",n="height",i="top",o="bottom",s="left",r="right",u="#000",a=u+"0",f="mousemove",c="mousedown",h="mouseup",d="mouseenter",p="mouseleave",m="dblclick",g="change",x="dppxchange",w="--",_="undefined"!=typeof window,b=_?document:null,v=_?window:null,k=_?navigator:null;let y,M;function S(l,e){if(null!=e){let t=l.classList;!t.contains(e)&&t.add(e)}}function T(l,e){let t=l.classList;t.contains(e)&&t.remove(e)}function E(l,e,t){l.style[e]=t+"px"}function z(l,e,t,n){let i=b.createElement(l);return null!=e&&S(i,e),null!=t&&t.insertBefore(i,n),i}function D(l,e){return z("div",l,e)}const P=new WeakMap;function A(e,t,n,i,o){let s="translate("+t+"px,"+n+"px)";s!=P.get(e)&&(e.style.transform=s,P.set(e,s),0>t||0>n||t>i||n>o?S(e,l):T(e,l))}const W=new WeakMap;function Y(l,e,t){let n=e+t;n!=W.get(l)&&(W.set(l,n),l.style.background=e,l.style.borderColor=t)}const C=new WeakMap;function H(l,e,t,n){let i=e+""+t;i!=C.get(l)&&(C.set(l,i),l.style.height=t+"px",l.style.width=e+"px",l.style.marginLeft=n?-e/2+"px":0,l.style.marginTop=n?-t/2+"px":0)}const F={passive:!0},R={...F,capture:!0};function G(l,e,t,n){e.addEventListener(l,t,n?R:F)}function I(l,e,t){e.removeEventListener(l,t,F)}function L(l,e,t,n){let i;t=t||0;let o=2147483647>=(n=n||e.length-1);for(;n-t>1;)i=o?t+n>>1:sl((t+n)/2),l>e[i]?t=i:n=i;return l-e[t]>e[n]-l?n:t}function O(l){return(e,t,n)=>{let i=-1,o=-1;for(let o=t;n>=o;o++)if(l(e[o])){i=o;break}for(let i=n;i>=t;i--)if(l(e[i])){o=i;break}return[i,o]}}_&&function l(){let e=devicePixelRatio;y!=e&&(y=e,M&&I(g,M,l),M=matchMedia(`(min-resolution: ${y-.001}dppx) and (max-resolution: ${y+.001}dppx)`),G(g,M,l),v.dispatchEvent(new CustomEvent(x)))}();const N=l=>null!=l,j=l=>null!=l&&l>0,U=O(N),V=O(j);function B(l,e,t,n){let i=hl(l),o=hl(e);l==e&&(-1==i?(l*=t,e/=t):(l/=t,e*=t));let s=10==t?dl:pl,r=1==o?ul:sl,u=(1==i?sl:ul)(s(ol(l))),a=r(s(ol(e))),f=cl(t,u),c=cl(t,a);return 10==t&&(0>u&&(f=Al(f,-u)),0>a&&(c=Al(c,-a))),n||2==t?(l=f*i,e=c*o):(l=Pl(l,f),e=Dl(e,c)),[l,e]}function $(l,e,t,n){let i=B(l,e,t,n);return 0==l&&(i[0]=0),0==e&&(i[1]=0),i}const J=.1,q={mode:3,pad:J},K={pad:0,soft:null,mode:0},X={min:K,max:K};function Z(l,e,t,n){return Ol(t)?ll(l,e,t):(K.pad=t,K.soft=n?0:null,K.mode=n?3:0,ll(l,e,X))}function Q(l,e){return null==l?e:l}function ll(l,e,t){let n=t.min,i=t.max,o=Q(n.pad,0),s=Q(i.pad,0),r=Q(n.hard,-gl),u=Q(i.hard,gl),a=Q(n.soft,gl),f=Q(i.soft,-gl),c=Q(n.mode,0),h=Q(i.mode,0),d=e-l,p=dl(d),m=fl(ol(l),ol(e)),g=dl(m),x=ol(g-p);(1e-24>d||x>10)&&(d=0,0!=l&&0!=e||(d=1e-24,2==c&&a!=gl&&(o=0),2==h&&f!=-gl&&(s=0)));let w=d||m||1e3,_=dl(w),b=cl(10,sl(_)),v=Al(Pl(l-w*(0==d?0==l?.1:1:o),b/10),24),k=a>l||1!=c&&(3!=c||v>a)&&(2!=c||a>v)?gl:a,y=fl(r,k>v&&l>=k?k:al(k,v)),M=Al(Dl(e+w*(0==d?0==e?.1:1:s),b/10),24),S=e>f||1!=h&&(3!=h||f>M)&&(2!=h||M>f)?-gl:f,T=al(u,M>S&&S>=e?S:fl(S,M));return y==T&&0==y&&(T=100),[y,T]}const el=new Intl.NumberFormat(_?k.language:"en-US"),tl=l=>el.format(l),nl=Math,il=nl.PI,ol=nl.abs,sl=nl.floor,rl=nl.round,ul=nl.ceil,al=nl.min,fl=nl.max,cl=nl.pow,hl=nl.sign,dl=nl.log10,pl=nl.log2,ml=(l,e=1)=>nl.asinh(l/e),gl=1/0;function xl(l){return 1+(0|dl((l^l>>31)-(l>>31)))}function wl(l,e,t){return al(fl(l,e),t)}function _l(l){return"function"==typeof l}function bl(l){return _l(l)?l:()=>l}const vl=l=>l,kl=(l,e)=>e,yl=()=>null,Ml=()=>!0,Sl=(l,e)=>l==e,Tl=/\\.\\d*?(?=9{6,}|0{6,})/gm,El=l=>{if(Il(l)||Wl.has(l))return l;const e=""+l,t=e.match(Tl);if(null==t)return l;let n=t[0].length-1;if(-1!=e.indexOf("e-")){let[l,t]=e.split("e");return+`${El(l)}e${t}`}return Al(l,n)};function zl(l,e){return El(Al(El(l/e))*e)}function Dl(l,e){return El(ul(El(l/e))*e)}function Pl(l,e){return El(sl(El(l/e))*e)}function Al(l,e=0){if(Il(l))return l;let t=10**e;return rl(l*t*(1+Number.EPSILON))/t}const Wl=new Map;function Yl(l){return((""+l).split(".")[1]||"").length}function Cl(l,e,t,n){let i=[],o=n.map(Yl);for(let s=e;t>s;s++){let e=ol(s),t=Al(cl(l,s),e);for(let r=0;n.length>r;r++){let u=10==l?+`${n[r]}e${s}`:n[r]*t,a=(0>s?e:0)+(o[r]>s?o[r]:0),f=10==l?u:Al(u,a);i.push(f),Wl.set(f,a)}}return i}const Hl={},Fl=[],Rl=[null,null],Gl=Array.isArray,Il=Number.isInteger;function Ll(l){return"string"==typeof l}function Ol(l){let e=!1;if(null!=l){let t=l.constructor;e=null==t||t==Object}return e}function Nl(l){return null!=l&&"object"==typeof l}const jl=Object.getPrototypeOf(Uint8Array),Ul="__proto__";function Vl(l,e=Ol){let t;if(Gl(l)){let n=l.find((l=>null!=l));if(Gl(n)||e(n)){t=Array(l.length);for(let n=0;l.length>n;n++)t[n]=Vl(l[n],e)}else t=l.slice()}else if(l instanceof jl)t=l.slice();else if(e(l)){t={};for(let n in l)n!=Ul&&(t[n]=Vl(l[n],e))}else t=l;return t}function Bl(l){let e=arguments;for(let t=1;e.length>t;t++){let n=e[t];for(let e in n)e!=Ul&&(Ol(l[e])?Bl(l[e],Vl(n[e])):l[e]=Vl(n[e]))}return l}function $l(l,e,t){for(let n,i=0,o=-1;e.length>i;i++){let s=e[i];if(s>o){for(n=s-1;n>=0&&null==l[n];)l[n--]=null;for(n=s+1;t>n&&null==l[n];)l[o=n++]=null}}}const Jl="undefined"==typeof queueMicrotask?l=>Promise.resolve().then(l):queueMicrotask,ql=["January","February","March","April","May","June","July","August","September","October","November","December"],Kl=["Sunday","Monday","Tuesday","Wednesday","Thursday","Friday","Saturday"];function Xl(l){return l.slice(0,3)}const Zl=Kl.map(Xl),Ql=ql.map(Xl),le={MMMM:ql,MMM:Ql,WWWW:Kl,WWW:Zl};function ee(l){return(10>l?"0":"")+l}const te={YYYY:l=>l.getFullYear(),YY:l=>(l.getFullYear()+"").slice(2),MMMM:(l,e)=>e.MMMM[l.getMonth()],MMM:(l,e)=>e.MMM[l.getMonth()],MM:l=>ee(l.getMonth()+1),M:l=>l.getMonth()+1,DD:l=>ee(l.getDate()),D:l=>l.getDate(),WWWW:(l,e)=>e.WWWW[l.getDay()],WWW:(l,e)=>e.WWW[l.getDay()],HH:l=>ee(l.getHours()),H:l=>l.getHours(),h:l=>{let e=l.getHours();return 0==e?12:e>12?e-12:e},AA:l=>12>l.getHours()?"AM":"PM",aa:l=>12>l.getHours()?"am":"pm",a:l=>12>l.getHours()?"a":"p",mm:l=>ee(l.getMinutes()),m:l=>l.getMinutes(),ss:l=>ee(l.getSeconds()),s:l=>l.getSeconds(),fff:l=>function(l){return(10>l?"00":100>l?"0":"")+l}(l.getMilliseconds())};function ne(l,e){e=e||le;let t,n=[],i=/\\{([a-z]+)\\}|[^{]+/gi;for(;t=i.exec(l);)n.push("{"==t[0][0]?te[t[1]]:t[0]);return l=>{let t="";for(let i=0;n.length>i;i++)t+="string"==typeof n[i]?n[i]:n[i](l,e);return t}}const ie=(new Intl.DateTimeFormat).resolvedOptions().timeZone,oe=l=>l%1==0,se=[1,2,2.5,5],re=Cl(10,-32,0,se),ue=Cl(10,0,32,se),ae=ue.filter(oe),fe=re.concat(ue),ce="{YYYY}",he="\\n"+ce,de="{M}/{D}",pe="\\n"+de,me=pe+"/{YY}",ge="{aa}",xe="{h}:{mm}"+ge,we="\\n"+xe,_e=":{ss}",be=null;function ve(l){let e=1e3*l,t=60*e,n=60*t,i=24*n,o=30*i,s=365*i;return[(1==l?Cl(10,0,3,se).filter(oe):Cl(10,-3,0,se)).concat([e,5*e,10*e,15*e,30*e,t,5*t,10*t,15*t,30*t,n,2*n,3*n,4*n,6*n,8*n,12*n,i,2*i,3*i,4*i,5*i,6*i,7*i,8*i,9*i,10*i,15*i,o,2*o,3*o,4*o,6*o,s,2*s,5*s,10*s,25*s,50*s,100*s]),[[s,ce,be,be,be,be,be,be,1],[28*i,"{MMM}",he,be,be,be,be,be,1],[i,de,he,be,be,be,be,be,1],[n,"{h}"+ge,me,be,pe,be,be,be,1],[t,xe,me,be,pe,be,be,be,1],[e,_e,me+" "+xe,be,pe+" "+xe,be,we,be,1],[l,_e+".{fff}",me+" "+xe,be,pe+" "+xe,be,we,be,1]],function(e){return(r,u,a,f,c,h)=>{let d=[],p=c>=s,m=c>=o&&s>c,g=e(a),x=Al(g*l,3),w=Pe(g.getFullYear(),p?0:g.getMonth(),m||p?1:g.getDate()),_=Al(w*l,3);if(m||p){let t=m?c/o:0,n=p?c/s:0,i=x==_?x:Al(Pe(w.getFullYear()+n,w.getMonth()+t,1)*l,3),r=new Date(rl(i/l)),u=r.getFullYear(),a=r.getMonth();for(let o=0;f>=i;o++){let s=Pe(u+n*o,a+t*o,1),r=s-e(Al(s*l,3));i=Al((+s+r)*l,3),i>f||d.push(i)}}else{let o=i>c?c:i,s=_+(sl(a)-sl(x))+Dl(x-_,o);d.push(s);let p=e(s),m=p.getHours()+p.getMinutes()/t+p.getSeconds()/n,g=c/n,w=h/r.axes[u]._space;for(;s=Al(s+c,1==l?0:3),f>=s;)if(g>1){let l=sl(Al(m+g,6))%24,t=e(s).getHours()-l;t>1&&(t=-1),s-=t*n,m=(m+g)%24,.7>Al((s-d[d.length-1])/c,3)*w||d.push(s)}else d.push(s)}return d}}]}const[ke,ye,Me]=ve(1),[Se,Te,Ee]=ve(.001);function ze(l,e){return l.map((l=>l.map(((t,n)=>0==n||8==n||null==t?t:e(1==n||0==l[8]?t:l[1]+t)))))}function De(l,e){return(t,n,i,o,s)=>{let r,u,a,f,c,h,d=e.find((l=>s>=l[0]))||e[e.length-1];return n.map((e=>{let t=l(e),n=t.getFullYear(),i=t.getMonth(),o=t.getDate(),s=t.getHours(),p=t.getMinutes(),m=t.getSeconds(),g=n!=r&&d[2]||i!=u&&d[3]||o!=a&&d[4]||s!=f&&d[5]||p!=c&&d[6]||m!=h&&d[7]||d[1];return r=n,u=i,a=o,f=s,c=p,h=m,g(t)}))}}function Pe(l,e,t){return new Date(l,e,t)}function Ae(l,e){return e(l)}function We(l,e){return(t,n,i,o)=>null==o?w:e(l(n))}Cl(2,-53,53,[1]);const Ye={show:!0,live:!0,isolate:!1,mount:()=>{},markers:{show:!0,width:2,stroke:function(l,e){let t=l.series[e];return t.width?t.stroke(l,e):t.points.width?t.points.stroke(l,e):null},fill:function(l,e){return l.series[e].fill(l,e)},dash:"solid"},idx:null,idxs:null,values:[]},Ce=[0,0];function He(l,e,t,n=!0){return l=>{0==l.button&&(!n||l.target==e)&&t(l)}}function Fe(l,e,t,n=!0){return l=>{(!n||l.target==e)&&t(l)}}const Re={show:!0,x:!0,y:!0,lock:!1,move:function(l,e,t){return Ce[0]=e,Ce[1]=t,Ce},points:{one:!1,show:function(l,e){let i=l.cursor.points,o=D(),s=i.size(l,e);E(o,t,s),E(o,n,s);let r=s/-2;E(o,"marginLeft",r),E(o,"marginTop",r);let u=i.width(l,e,s);return u&&E(o,"borderWidth",u),o},size:function(l,e){return l.series[e].points.size},width:0,stroke:function(l,e){let t=l.series[e].points;return t._stroke||t._fill},fill:function(l,e){let t=l.series[e].points;return t._fill||t._stroke}},bind:{mousedown:He,mouseup:He,click:He,dblclick:He,mousemove:Fe,mouseleave:Fe,mouseenter:Fe},drag:{setScale:!0,x:!0,y:!1,dist:0,uni:null,click:(l,e)=>{e.stopPropagation(),e.stopImmediatePropagation()},_x:!1,_y:!1},focus:{dist:(l,e,t,n,i)=>n-i,prox:-1,bias:0},hover:{skip:[void 0],prox:null,bias:0},left:-10,top:-10,idx:null,dataIdx:null,idxs:null,event:null},Ge={show:!0,stroke:"rgba(0,0,0,0.07)",width:2},Ie=Bl({},Ge,{filter:kl}),Le=Bl({},Ie,{size:10}),Oe=Bl({},Ge,{show:!1}),Ne=\'12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Color Emoji"\',je="bold "+Ne,Ue={show:!0,scale:"x",stroke:u,space:50,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:je,side:2,grid:Ie,ticks:Le,border:Oe,font:Ne,lineGap:1.5,rotate:0},Ve={show:!0,scale:"x",auto:!1,sorted:1,min:gl,max:-gl,idxs:[]};function Be(l,e){return e.map((l=>null==l?"":tl(l)))}function $e(l,e,t,n,i,o,s){let r=[],u=Wl.get(i)||0;for(let l=t=s?t:Al(Dl(t,i),u);n>=l;l=Al(l+i,u))r.push(Object.is(l,-0)?0:l);return r}function Je(l,e,t,n,i){const o=[],s=l.scales[l.axes[e].scale].log,r=sl((10==s?dl:pl)(t));i=cl(s,r),10==s&&(i=fe[L(i,fe)]);let u=t,a=i*s;10==s&&(a=fe[L(a,fe)]);do{o.push(u),u+=i,10!=s||Wl.has(u)||(u=Al(u,Wl.get(i))),a>u||(a=(i=u)*s,10==s&&(a=fe[L(a,fe)]))}while(n>=u);return o}function qe(l,e,t,n,i){let o=l.scales[l.axes[e].scale].asinh,s=n>o?Je(l,e,fl(o,t),n,i):[o],r=0>n||t>0?[]:[0];return(-o>t?Je(l,e,fl(o,-n),-t,i):[o]).reverse().map((l=>-l)).concat(r,s)}const Ke=/./,Xe=/[12357]/,Ze=/[125]/,Qe=/1/,lt=(l,e,t,n)=>l.map(((l,i)=>4==e&&0==l||i%n==0&&t.test(l.toExponential()[0>l?1:0])?l:null));function et(l,e,t){let n=l.axes[t],i=n.scale,o=l.scales[i],s=l.valToPos,r=n._space,u=s(10,i),a=s(9,i)-u<r?s(7,i)-u<r?s(5,i)-u<r?Qe:Ze:Xe:Ke;if(a==Qe){let l=ol(s(1,i)-u);if(r>l)return lt(e.slice().reverse(),o.distr,a,ul(r/l)).reverse()}return lt(e,o.distr,a,1)}function tt(l,e,t){let n=l.axes[t],i=n.scale,o=n._space,s=l.valToPos,r=ol(s(1,i)-s(2,i));return o>r?lt(e.slice().reverse(),3,Ke,ul(o/r)).reverse():e}function nt(l,e,t,n){return null==n?w:null==e?"":tl(e)}const it={show:!0,scale:"y",stroke:u,space:30,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:je,side:3,grid:Ie,ticks:Le,border:Oe,font:Ne,lineGap:1.5,rotate:0},ot={scale:null,auto:!0,sorted:0,min:gl,max:-gl},st=(l,e,t,n,i)=>i,rt={show:!0,auto:!0,sorted:0,gaps:st,alpha:1,facets:[Bl({},ot,{scale:"x"}),Bl({},ot,{scale:"y"})]},ut={scale:"y",auto:!0,sorted:0,show:!0,spanGaps:!1,gaps:st,alpha:1,points:{show:function(l,e){let{scale:t,idxs:n}=l.series[0],i=l._data[0],o=l.valToPos(i[n[0]],t,!0),s=l.valToPos(i[n[1]],t,!0);return ol(s-o)/(l.series[e].points.space*y)>=n[1]-n[0]},filter:null},values:null,min:gl,max:-gl,idxs:[],path:null,clip:null};function at(l,e,t){return t/10}const ft={time:!0,auto:!0,distr:1,log:10,asinh:1,min:null,max:null,dir:1,ori:0},ct=Bl({},ft,{time:!1,ori:1}),ht={};function dt(l){let e=ht[l];return e||(e={key:l,plots:[],sub(l){e.plots.push(l)},unsub(l){e.plots=e.plots.filter((e=>e!=l))},pub(l,t,n,i,o,s,r){for(let u=0;e.plots.length>u;u++)e.plots[u]!=t&&e.plots[u].pub(l,t,n,i,o,s,r)}},null!=l&&(ht[l]=e)),e}function pt(l,e,t){const n=l.mode,i=l.series[e],o=2==n?l._data[e]:l._data,s=l.scales,r=l.bbox;let u=o[0],a=2==n?o[1]:o[e],f=2==n?s[i.facets[0].scale]:s[l.series[0].scale],c=2==n?s[i.facets[1].scale]:s[i.scale],h=r.left,d=r.top,p=r.width,m=r.height,g=l.valToPosH,x=l.valToPosV;return 0==f.ori?t(i,u,a,f,c,g,x,h,d,p,m,kt,Mt,Tt,zt,Pt):t(i,u,a,f,c,x,g,d,h,m,p,yt,St,Et,Dt,At)}function mt(l,e){let t=0,n=0,i=Q(l.bands,Fl);for(let l=0;i.length>l;l++){let o=i[l];o.series[0]==e?t=o.dir:o.series[1]==e&&(n|=1==o.dir?1:2)}return[t,1==n?-1:2==n?1:3==n?2:0]}function gt(l,e,t,n,i){let o=l.series[e],s=l.scales[2==l.mode?o.facets[1].scale:o.scale];return-1==i?s.min:1==i?s.max:3==s.distr?1==s.dir?s.min:s.max:0}function xt(l,e,t,n,i,o){return pt(l,e,((l,e,s,r,u,a,f,c,h,d,p)=>{let m=l.pxRound;const g=0==r.ori?Mt:St;let x,w;1==r.dir*(0==r.ori?1:-1)?(x=t,w=n):(x=n,w=t);let _=m(a(e[x],r,d,c)),b=m(f(s[x],u,p,h)),v=m(a(e[w],r,d,c)),k=m(f(1==o?u.max:u.min,u,p,h)),y=new Path2D(i);return g(y,v,k),g(y,_,k),g(y,_,b),y}))}function wt(l,e,t,n,i,o){let s=null;if(l.length>0){s=new Path2D;const r=0==e?Tt:Et;let u=t;for(let e=0;l.length>e;e++){let t=l[e];if(t[1]>t[0]){let l=t[0]-u;l>0&&r(s,u,n,l,n+o),u=t[1]}}let a=t+i-u,f=10;a>0&&r(s,u,n-f/2,a,n+o+f)}return s}function _t(l,e,t,n,i,o,s){let r=[],u=l.length;for(let a=1==i?t:n;a>=t&&n>=a;a+=i)if(null===e[a]){let f=a,c=a;if(1==i)for(;++a<=n&&null===e[a];)c=a;else for(;--a>=t&&null===e[a];)c=a;let h=o(l[f]),d=c==f?h:o(l[c]),p=f-i;h=s>0||0>p||p>=u?h:o(l[p]);let m=c+i;d=0>s||0>m||m>=u?d:o(l[m]),h>d||r.push([h,d])}return r}function bt(l){return 0==l?vl:1==l?rl:e=>zl(e,l)}function vt(l){let e=0==l?kt:yt,t=0==l?(l,e,t,n,i,o)=>{l.arcTo(e,t,n,i,o)}:(l,e,t,n,i,o)=>{l.arcTo(t,e,i,n,o)},n=0==l?(l,e,t,n,i)=>{l.rect(e,t,n,i)}:(l,e,t,n,i)=>{l.rect(t,e,i,n)};return(l,i,o,s,r,u=0,a=0)=>{0==u&&0==a?n(l,i,o,s,r):(u=al(u,s/2,r/2),a=al(a,s/2,r/2),e(l,i+u,o),t(l,i+s,o,i+s,o+r,u),t(l,i+s,o+r,i,o+r,a),t(l,i,o+r,i,o,a),t(l,i,o,i+s,o,u),l.closePath())}}const kt=(l,e,t)=>{l.moveTo(e,t)},yt=(l,e,t)=>{l.moveTo(t,e)},Mt=(l,e,t)=>{l.lineTo(e,t)},St=(l,e,t)=>{l.lineTo(t,e)},Tt=vt(0),Et=vt(1),zt=(l,e,t,n,i,o)=>{l.arc(e,t,n,i,o)},Dt=(l,e,t,n,i,o)=>{l.arc(t,e,n,i,o)},Pt=(l,e,t,n,i,o,s)=>{l.bezierCurveTo(e,t,n,i,o,s)},At=(l,e,t,n,i,o,s)=>{l.bezierCurveTo(t,e,i,n,s,o)};function Wt(){return(l,e,t,n,i)=>pt(l,e,((e,o,s,r,u,a,f,c,h,d,p)=>{let m,g,{pxRound:x,points:w}=e;0==r.ori?(m=kt,g=zt):(m=yt,g=Dt);const _=Al(w.width*y,3);let b=(w.size-w.width)/2*y,v=Al(2*b,3),k=new Path2D,M=new Path2D,{left:S,top:T,width:E,height:z}=l.bbox;Tt(M,S-v,T-v,E+2*v,z+2*v);const D=l=>{if(null!=s[l]){let e=x(a(o[l],r,d,c)),t=x(f(s[l],u,p,h));m(k,e+b,t),g(k,e,t,b,0,2*il)}};if(i)i.forEach(D);else for(let l=t;n>=l;l++)D(l);return{stroke:_>0?k:null,fill:k,clip:M,flags:3}}))}function Yt(l){return(e,t,n,i,o,s)=>{n!=i&&(o!=n&&s!=n&&l(e,t,n),o!=i&&s!=i&&l(e,t,i),l(e,t,s))}}const Ct=Yt(Mt),Ht=Yt(St);function Ft(l){const e=Q(l?.alignGaps,0);return(l,t,n,i)=>pt(l,t,((o,s,r,u,a,f,c,h,d,p,m)=>{[n,i]=U(r,n,i);let g,x,w=o.pxRound,_=l=>w(f(l,u,p,h)),b=l=>w(c(l,a,m,d));0==u.ori?(g=Mt,x=Ct):(g=St,x=Ht);const v=u.dir*(0==u.ori?1:-1),k={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:1},y=k.stroke;let M=!1;if(i-n<4*p)for(let l=1==v?n:i;l>=n&&i>=l;l+=v){let e=r[l];null===e?M=!0:null!=e&&g(y,_(s[l]),b(e))}else{let e,t,o,a=e=>l.posToVal(e,u.key,!0),f=null,c=null,h=_(s[1==v?n:i]),d=_(s[n]),p=_(s[i]),m=a(1==v?d+1:p-1);for(let l=1==v?n:i;l>=n&&i>=l;l+=v){let n=s[l],i=(1==v?m>n:n>m)?h:_(n),o=r[l];i==h?null!=o?(t=o,null==f?(g(y,i,b(t)),e=f=c=t):f>t?f=t:t>c&&(c=t)):null===o&&(M=!0):(null!=f&&x(y,h,b(f),b(c),b(e),b(t)),null!=o?(t=o,g(y,i,b(t)),f=c=e=t):(f=c=null,null===o&&(M=!0)),h=i,m=a(h+v))}null!=f&&f!=c&&o!=h&&x(y,h,b(f),b(c),b(e),b(t))}let[S,T]=mt(l,t);if(null!=o.fill||0!=S){let e=k.fill=new Path2D(y),r=b(o.fillTo(l,t,o.min,o.max,S)),u=_(s[n]),a=_(s[i]);-1==v&&([a,u]=[u,a]),g(e,a,r),g(e,u,r)}if(!o.spanGaps){let a=[];M&&a.push(..._t(s,r,n,i,v,_,e)),k.gaps=a=o.gaps(l,t,n,i,a),k.clip=wt(a,u.ori,h,d,p,m)}return 0!=T&&(k.band=2==T?[xt(l,t,n,i,y,-1),xt(l,t,n,i,y,1)]:xt(l,t,n,i,y,T)),k}))}function Rt(l,e,t,n,i,o,s=gl){if(l.length>1){let r=null;for(let u=0,a=1/0;l.length>u;u++)if(void 0!==e[u]){if(null!=r){let e=ol(l[u]-l[r]);a>e&&(a=e,s=ol(t(l[u],n,i,o)-t(l[r],n,i,o)))}r=u}}return s}function Gt(l,e,t,n,i){const o=l.length;if(2>o)return null;const s=new Path2D;if(t(s,l[0],e[0]),2==o)n(s,l[1],e[1]);else{let t=Array(o),n=Array(o-1),r=Array(o-1),u=Array(o-1);for(let t=0;o-1>t;t++)r[t]=e[t+1]-e[t],u[t]=l[t+1]-l[t],n[t]=r[t]/u[t];t[0]=n[0];for(let l=1;o-1>l;l++)0===n[l]||0===n[l-1]||n[l-1]>0!=n[l]>0?t[l]=0:(t[l]=3*(u[l-1]+u[l])/((2*u[l]+u[l-1])/n[l-1]+(u[l]+2*u[l-1])/n[l]),isFinite(t[l])||(t[l]=0));t[o-1]=n[o-2];for(let n=0;o-1>n;n++)i(s,l[n]+u[n]/3,e[n]+t[n]*u[n]/3,l[n+1]-u[n]/3,e[n+1]-t[n+1]*u[n]/3,l[n+1],e[n+1])}return s}const It=new Set;function Lt(){for(let l of It)l.syncRect(!0)}_&&(G("resize",v,Lt),G("scroll",v,Lt,!0),G(x,v,(()=>{en.pxRatio=y})));const Ot=Ft(),Nt=Wt();function jt(l,e,t,n){return(n?[l[0],l[1]].concat(l.slice(2)):[l[0]].concat(l.slice(1))).map(((l,n)=>Ut(l,n,e,t)))}function Ut(l,e,t,n){return Bl({},0==e?t:n,l)}function Vt(l,e,t){return null==e?Rl:[e,t]}const Bt=Vt;function $t(l,e,t){return null==e?Rl:Z(e,t,J,!0)}function Jt(l,e,t,n){return null==e?Rl:B(e,t,l.scales[n].log,!1)}const qt=Jt;function Kt(l,e,t,n){return null==e?Rl:$(e,t,l.scales[n].log,!1)}const Xt=Kt;function Zt(l,e,t,n,i){let o=fl(xl(l),xl(e)),s=e-l,r=L(i/n*s,t);do{let l=t[r],e=n*l/s;if(e>=i&&17>=o+(5>l?Wl.get(l):0))return[l,e]}while(++r<t.length);return[0,0]}function Qt(l){let e,t;return[l=l.replace(/(\\d+)px/,((l,n)=>(e=rl((t=+n)*y))+"px")),e,t]}function ln(l){l.show&&[l.font,l.labelFont].forEach((l=>{let e=Al(l[2]*y,1);l[0]=l[0].replace(/[0-9.]+px/,e+"px"),l[1]=e}))}function en(u,g,_){const k={mode:Q(u.mode,1)},M=k.mode;function P(l,e,t,n){let i=e.valToPct(l);return n+t*(-1==e.dir?1-i:i)}function W(l,e,t,n){let i=e.valToPct(l);return n+t*(-1==e.dir?i:1-i)}function C(l,e,t,n){return 0==e.ori?P(l,e,t,n):W(l,e,t,n)}k.valToPosH=P,k.valToPosV=W;let F=!1;k.status=0;const R=k.root=D("uplot");null!=u.id&&(R.id=u.id),S(R,u.class),u.title&&(D("u-title",R).textContent=u.title);const O=z("canvas"),K=k.ctx=O.getContext("2d"),X=D("u-wrap",R);G("click",X,(l=>{l.target===el&&(Nn!=Gn||jn!=In)&&Zn.click(k,l)}),!0);const ll=k.under=D("u-under",X);X.appendChild(O);const el=k.over=D("u-over",X),tl=+Q((u=Vl(u)).pxAlign,1),sl=bt(tl);(u.plugins||[]).forEach((l=>{l.opts&&(u=l.opts(k,u)||u)}));const hl=u.ms||.001,pl=k.series=1==M?jt(u.series||[],Ve,ut,!1):function(l,e){return l.map(((l,t)=>0==t?{}:Bl({},e,l)))}(u.series||[null],rt),xl=k.axes=jt(u.axes||[],Ue,it,!0),vl=k.scales={},Tl=k.bands=u.bands||[];Tl.forEach((l=>{l.fill=bl(l.fill||null),l.dir=Q(l.dir,-1)}));const El=2==M?pl[1].facets[0].scale:pl[0].scale,Dl={axes:function(){for(let l=0;xl.length>l;l++){let e=xl[l];if(!e.show||!e._show)continue;let t,n,u=e.side,a=u%2,f=e.stroke(k,l),c=0==u||3==u?-1:1,[h,d]=e._found;if(null!=e.label){let s=rl((e._lpos+e.labelGap*c)*y);_n(e.labelFont[0],f,"center",2==u?i:o),K.save(),1==a?(t=n=0,K.translate(s,rl(lt+st/2)),K.rotate((3==u?-il:il)/2)):(t=rl(Qe+ot/2),n=s);let r=_l(e.label)?e.label(k,l,h,d):e.label;K.fillText(r,t,n),K.restore()}if(0==d)continue;let p=vl[e.scale],m=0==a?ot:st,g=0==a?Qe:lt,x=e._splits,w=2==p.distr?x.map((l=>pn[l])):x,_=2==p.distr?pn[x[1]]-pn[x[0]]:h,b=e.ticks,v=e.border,M=b.show?b.size:0,S=rl(M*y),T=rl((2==e.alignTo?e._size-M-e.gap:e.gap)*y),E=e._rotate*-il/180,z=sl(e._pos*y),D=z+(S+T)*c;n=0==a?D:0,t=1==a?D:0,_n(e.font[0],f,1==e.align?s:2==e.align?r:E>0?s:0>E?r:0==a?"center":3==u?r:s,E||1==a?"middle":2==u?i:o);let P=e.font[1]*e.lineGap,A=x.map((l=>sl(C(l,p,m,g)))),W=e._values;for(let l=0;W.length>l;l++){let e=W[l];if(null!=e){0==a?t=A[l]:n=A[l],e=""+e;let i=-1==e.indexOf("\\n")?[e]:e.split(/\\n/gm);for(let l=0;i.length>l;l++){let e=i[l];E?(K.save(),K.translate(t,n+l*P),K.rotate(E),K.fillText(e,0,0),K.restore()):K.fillText(e,t,n+l*P)}}}b.show&&zn(A,b.filter(k,w,l,d,_),a,u,z,S,Al(b.width*y,3),b.stroke(k,l),b.dash,b.cap);let Y=e.grid;Y.show&&zn(A,Y.filter(k,w,l,d,_),a,0==a?2:1,0==a?lt:Qe,0==a?st:ot,Al(Y.width*y,3),Y.stroke(k,l),Y.dash,Y.cap),v.show&&zn([z],[1],0==a?1:0,0==a?1:2,1==a?lt:Qe,1==a?st:ot,Al(v.width*y,3),v.stroke(k,l),v.dash,v.cap)}Ci("drawAxes")},series:function(){if(Gt>0){let l=pl.some((l=>l._focus))&&dn!=Tt.alpha;l&&(K.globalAlpha=dn=Tt.alpha),pl.forEach(((l,e)=>{if(e>0&&l.show&&(kn(e,!1),kn(e,!0),null==l._paths)){let t=dn;dn!=l.alpha&&(K.globalAlpha=dn=l.alpha);let n=2==M?[0,g[e][0].length-1]:function(l){let e=wl(Lt-1,0,Gt-1),t=wl(en+1,0,Gt-1);for(;null==l[e]&&e>0;)e--;for(;null==l[t]&&Gt-1>t;)t++;return[e,t]}(g[e]);l._paths=l.paths(k,e,n[0],n[1]),dn!=t&&(K.globalAlpha=dn=t)}})),pl.forEach(((l,e)=>{if(e>0&&l.show){let t=dn;dn!=l.alpha&&(K.globalAlpha=dn=l.alpha),null!=l._paths&&yn(e,!1);{let t=null!=l._paths?l._paths.gaps:null,n=l.points.show(k,e,Lt,en,t),i=l.points.filter(k,e,n,t);(n||i)&&(l.points._paths=l.points.paths(k,e,Lt,en,i),yn(e,!0))}dn!=t&&(K.globalAlpha=dn=t),Ci("drawSeries",e)}})),l&&(K.globalAlpha=dn=1)}}},Pl=(u.drawOrder||["axes","series"]).map((l=>Dl[l]));function Cl(l){const e=3==l.distr?e=>dl(e>0?e:l.clamp(k,e,l.min,l.max,l.key)):4==l.distr?e=>ml(e,l.asinh):100==l.distr?e=>l.fwd(e):l=>l;return t=>{let n=e(t),{_min:i,_max:o}=l;return(n-i)/(o-i)}}function Il(l){let e=vl[l];if(null==e){let t=(u.scales||Hl)[l]||Hl;if(null!=t.from){Il(t.from);let e=Bl({},vl[t.from],t,{key:l});e.valToPct=Cl(e),vl[l]=e}else{e=vl[l]=Bl({},l==El?ft:ct,t),e.key=l;let n=e.time,i=e.range,o=Gl(i);if((l!=El||2==M&&!n)&&(!o||null!=i[0]&&null!=i[1]||(i={min:null==i[0]?q:{mode:1,hard:i[0],soft:i[0]},max:null==i[1]?q:{mode:1,hard:i[1],soft:i[1]}},o=!1),!o&&Ol(i))){let l=i;i=(e,t,n)=>null==t?Rl:Z(t,n,l)}e.range=bl(i||(n?Bt:l==El?3==e.distr?qt:4==e.distr?Xt:Vt:3==e.distr?Jt:4==e.distr?Kt:$t)),e.auto=bl(!o&&e.auto),e.clamp=bl(e.clamp||at),e._min=e._max=null,e.valToPct=Cl(e)}}}Il("x"),Il("y"),1==M&&pl.forEach((l=>{Il(l.scale)})),xl.forEach((l=>{Il(l.scale)}));for(let l in u.scales)Il(l);const jl=vl[El],Ul=jl.distr;let $l,ql;0==jl.ori?(S(R,"u-hz"),$l=P,ql=W):(S(R,"u-vt"),$l=W,ql=P);const Kl={};for(let l in vl){let e=vl[l];null==e.min&&null==e.max||(Kl[l]={min:e.min,max:e.max},e.min=e.max=null)}const Xl=u.tzDate||(l=>new Date(rl(l/hl))),Zl=u.fmtDate||ne,Ql=1==hl?Me(Xl):Ee(Xl),le=De(Xl,ze(1==hl?ye:Te,Zl)),ee=We(Xl,Ae("{YYYY}-{MM}-{DD} {h}:{mm}{aa}",Zl)),te=[],ie=k.legend=Bl({},Ye,u.legend),oe=k.cursor=Bl({},Re,{drag:{y:2==M}},u.cursor),se=ie.show,re=oe.show,ue=ie.markers;let ce,he,de;ie.idxs=te,ue.width=bl(ue.width),ue.dash=bl(ue.dash),ue.stroke=bl(ue.stroke),ue.fill=bl(ue.fill);let pe,me=[],ge=[],xe=!1,we={};if(ie.live){const l=pl[1]?pl[1].values:null;xe=null!=l,pe=xe?l(k,1,0):{_:0};for(let l in pe)we[l]=w}if(se)if(ce=z("table","u-legend",R),de=z("tbody",null,ce),ie.mount(k,ce),xe){he=z("thead",null,ce,de);let l=z("tr",null,he);for(var _e in z("th",null,l),pe)z("th",e,l).textContent=_e}else S(ce,"u-inline"),ie.live&&S(ce,"u-live");const be={show:!0},ve={show:!1},Pe=new Map;function Ce(l,e,t,n=!0){const i=Pe.get(e)||{},o=oe.bind[l](k,e,t,n);o&&(G(l,e,i[l]=o),Pe.set(e,i))}function He(l,e){const t=Pe.get(e)||{};for(let n in t)null!=l&&n!=l||(I(n,e,t[n]),delete t[n]);null==l&&Pe.delete(e)}let Fe=0,Ge=0,Ie=0,Le=0,Oe=0,Ne=0,je=Oe,Ke=Ne,Xe=Ie,Ze=Le,Qe=0,lt=0,ot=0,st=0;k.bbox={};let ht=!1,pt=!1,mt=!1,xt=!1,wt=!1,_t=!1;function vt(l,e,t){(t||l!=k.width||e!=k.height)&&kt(l,e),An(!1),mt=!0,pt=!0,Jn()}function kt(l,e){k.width=Fe=Ie=l,k.height=Ge=Le=e,Oe=Ne=0,function(){let l=!1,e=!1,t=!1,n=!1;xl.forEach((i=>{if(i.show&&i._show){let{side:o,_size:s}=i,r=s+(null!=i.label?i.labelSize:0);r>0&&(o%2?(Ie-=r,3==o?(Oe+=r,n=!0):t=!0):(Le-=r,0==o?(Ne+=r,l=!0):e=!0))}})),Ct[0]=l,Ct[1]=t,Ct[2]=e,Ct[3]=n,Ie-=Rt[1]+Rt[3],Oe+=Rt[3],Le-=Rt[2]+Rt[0],Ne+=Rt[0]}(),function(){let l=Oe+Ie,e=Ne+Le,t=Oe,n=Ne;function i(i,o){switch(i){case 1:return l+=o,l-o;case 2:return e+=o,e-o;case 3:return t-=o,t+o;case 0:return n-=o,n+o}}xl.forEach((l=>{if(l.show&&l._show){let e=l.side;l._pos=i(e,l._size),null!=l.label&&(l._lpos=i(e,l.labelSize))}}))}();let t=k.bbox;Qe=t.left=zl(Oe*y,.5),lt=t.top=zl(Ne*y,.5),ot=t.width=zl(Ie*y,.5),st=t.height=zl(Le*y,.5)}const yt=3;if(k.setSize=function({width:l,height:e}){vt(l,e)},null==oe.dataIdx){let l=oe.hover,e=l.skip=new Set(l.skip??[]);e.add(void 0);let t=l.prox=bl(l.prox),n=l.bias??=0;oe.dataIdx=(l,i,o,s)=>{if(0==i)return o;let r=o,u=t(l,i,o,s)??gl,a=u>=0&&gl>u,f=0==jl.ori?Ie:Le,c=oe.left,h=g[0],d=g[i];if(e.has(d[o])){r=null;let l,t=null,i=null;if(0==n||-1==n)for(l=o;null==t&&l-- >0;)e.has(d[l])||(t=l);if(0==n||1==n)for(l=o;null==i&&l++<d.length;)e.has(d[l])||(i=l);if(null!=t||null!=i)if(a){let l=c-(null==t?-1/0:$l(h[t],jl,f,0)),e=(null==i?1/0:$l(h[i],jl,f,0))-c;l>e?e>u||(r=i):l>u||(r=t)}else r=null==i?t:null==t||o-t>i-o?i:t}else a&&ol(c-$l(h[o],jl,f,0))>u&&(r=null);return r}}const Mt=l=>{oe.event=l};oe.idxs=te,oe._lock=!1;let St=oe.points;St.show=bl(St.show),St.size=bl(St.size),St.stroke=bl(St.stroke),St.width=bl(St.width),St.fill=bl(St.fill);const Tt=k.focus=Bl({},u.focus||{alpha:.3},oe.focus),Et=Tt.prox>=0,zt=Et&&St.one;let Dt=[],Pt=[],At=[];function Wt(l,e){let t=St.show(k,e);if(t instanceof HTMLElement)return S(t,"u-cursor-pt"),S(t,l.class),A(t,-10,-10,Ie,Le),el.insertBefore(t,Dt[e]),t}function Yt(t,n){if(1==M||n>0){let l=1==M&&vl[t.scale].time,e=t.value;t.value=l?Ll(e)?We(Xl,Ae(e,Zl)):e||ee:e||nt,t.label=t.label||(l?"Time":"Value")}if(zt||n>0){t.width=null==t.width?1:t.width,t.paths=t.paths||Ot||yl,t.fillTo=bl(t.fillTo||gt),t.pxAlign=+Q(t.pxAlign,tl),t.pxRound=bt(t.pxAlign),t.stroke=bl(t.stroke||null),t.fill=bl(t.fill||null),t._stroke=t._fill=t._paths=t._focus=null;let l=function(l){return Al(1*(3+2*(l||1)),3)}(fl(1,t.width)),e=t.points=Bl({},{size:l,width:fl(1,.2*l),stroke:t.stroke,space:2*l,paths:Nt,_stroke:null,_fill:null},t.points);e.show=bl(e.show),e.filter=bl(e.filter),e.fill=bl(e.fill),e.stroke=bl(e.stroke),e.paths=bl(e.paths),e.pxAlign=t.pxAlign}if(se){let i=function(t,n){if(0==n&&(xe||!ie.live||2==M))return Rl;let i=[],o=z("tr","u-series",de,de.childNodes[n]);S(o,t.class),t.show||S(o,l);let s=z("th",null,o);if(ue.show){let l=D("u-marker",s);if(n>0){let e=ue.width(k,n);e&&(l.style.border=e+"px "+ue.dash(k,n)+" "+ue.stroke(k,n)),l.style.background=ue.fill(k,n)}}let r=D(e,s);for(var u in t.label instanceof HTMLElement?r.appendChild(t.label):r.textContent=t.label,n>0&&(ue.show||(r.style.color=t.width>0?ue.stroke(k,n):ue.fill(k,n)),Ce("click",s,(l=>{if(oe._lock)return;Mt(l);let e=pl.indexOf(t);if((l.ctrlKey||l.metaKey)!=ie.isolate){let l=pl.some(((l,t)=>t>0&&t!=e&&l.show));pl.forEach(((t,n)=>{n>0&&oi(n,l?n==e?be:ve:be,!0,Fi.setSeries)}))}else oi(e,{show:!t.show},!0,Fi.setSeries)}),!1),Et&&Ce(d,s,(l=>{oe._lock||(Mt(l),oi(pl.indexOf(t),ai,!0,Fi.setSeries))}),!1)),pe){let l=z("td","u-value",o);l.textContent="--",i.push(l)}return[o,i]}(t,n);me.splice(n,0,i[0]),ge.splice(n,0,i[1]),ie.values.push(null)}if(re){te.splice(n,0,null);let l=null;zt?0==n&&(l=Wt(t,n)):n>0&&(l=Wt(t,n)),Dt.splice(n,0,l),Pt.splice(n,0,0),At.splice(n,0,0)}Ci("addSeries",n)}k.addSeries=function(l,e){e=null==e?pl.length:e,l=1==M?Ut(l,e,Ve,ut):Ut(l,e,{},rt),pl.splice(e,0,l),Yt(pl[e],e)},k.delSeries=function(l){if(pl.splice(l,1),se){ie.values.splice(l,1),ge.splice(l,1);let e=me.splice(l,1)[0];He(null,e.firstChild),e.remove()}re&&(te.splice(l,1),Dt.splice(l,1)[0].remove(),Pt.splice(l,1),At.splice(l,1)),Ci("delSeries",l)};const Ct=[!1,!1,!1,!1];function Ht(l,e,t){let[n,i,o,s]=t,r=e%2,u=0;return 0==r&&(s||i)&&(u=0==e&&!n||2==e&&!o?rl(Ue.size/3):0),1==r&&(n||o)&&(u=1==e&&!i||3==e&&!s?rl(it.size/2):0),u}const Ft=k.padding=(u.padding||[Ht,Ht,Ht,Ht]).map((l=>bl(Q(l,Ht)))),Rt=k._padding=Ft.map(((l,e)=>l(k,e,Ct,0)));let Gt,Lt=null,en=null;const tn=1==M?pl[0].idxs:null;let nn,on,sn,rn,un,an,fn,cn,hn,dn,pn=null,mn=!1;function gn(l,e){if(k.data=k._data=g=null==l?[]:l,2==M){Gt=0;for(let l=1;pl.length>l;l++)Gt+=g[l][0].length}else{0==g.length&&(k.data=k._data=g=[[]]),pn=g[0],Gt=pn.length;let l=g;if(2==Ul){l=g.slice();let e=l[0]=Array(Gt);for(let l=0;Gt>l;l++)e[l]=l}k._data=g=l}if(An(!0),Ci("setData"),2==Ul&&(mt=!0),!1!==e){let l=jl;l.auto(k,mn)?xn():ii(El,l.min,l.max),xt=xt||oe.left>=0,_t=!0,Jn()}}function xn(){let l,e;mn=!0,1==M&&(Gt>0?(Lt=tn[0]=0,en=tn[1]=Gt-1,l=g[0][Lt],e=g[0][en],2==Ul?(l=Lt,e=en):l==e&&(3==Ul?[l,e]=B(l,l,jl.log,!1):4==Ul?[l,e]=$(l,l,jl.log,!1):jl.time?e=l+rl(86400/hl):[l,e]=Z(l,e,J,!0))):(Lt=tn[0]=l=null,en=tn[1]=e=null)),ii(El,l,e)}function wn(l,e,t,n,i,o){l??=a,t??=Fl,n??="butt",i??=a,o??="round",l!=nn&&(K.strokeStyle=nn=l),i!=on&&(K.fillStyle=on=i),e!=sn&&(K.lineWidth=sn=e),o!=un&&(K.lineJoin=un=o),n!=an&&(K.lineCap=an=n),t!=rn&&K.setLineDash(rn=t)}function _n(l,e,t,n){e!=on&&(K.fillStyle=on=e),l!=fn&&(K.font=fn=l),t!=cn&&(K.textAlign=cn=t),n!=hn&&(K.textBaseline=hn=n)}function bn(l,e,t,n,i=0){if(n.length>0&&l.auto(k,mn)&&(null==e||null==e.min)){let e=Q(Lt,0),o=Q(en,n.length-1),s=null==t.min?function(l,e,t,n=0,i=!1){let o=i?V:U,s=i?j:N;[e,t]=o(l,e,t);let r=l[e],u=l[e];if(e>-1)if(1==n)r=l[e],u=l[t];else if(-1==n)r=l[t],u=l[e];else for(let n=e;t>=n;n++){let e=l[n];s(e)&&(r>e?r=e:e>u&&(u=e))}return[r??gl,u??-gl]}(n,e,o,i,3==l.distr):[t.min,t.max];l.min=al(l.min,t.min=s[0]),l.max=fl(l.max,t.max=s[1])}}k.setData=gn;const vn={min:null,max:null};function kn(l,e){let t=e?pl[l].points:pl[l];t._stroke=t.stroke(k,l),t._fill=t.fill(k,l)}function yn(l,e){let t=e?pl[l].points:pl[l],{stroke:n,fill:i,clip:o,flags:s,_stroke:r=t._stroke,_fill:u=t._fill,_width:a=t.width}=t._paths;a=Al(a*y,3);let f=null,c=a%2/2;e&&null==u&&(u=a>0?"#fff":r);let h=1==t.pxAlign&&c>0;if(h&&K.translate(c,c),!e){let l=Qe-a/2,e=lt-a/2,t=ot+a,n=st+a;f=new Path2D,f.rect(l,e,t,n)}e?Sn(r,a,t.dash,t.cap,u,n,i,s,o):function(l,e,t,n,i,o,s,r,u,a,f){let c=!1;0!=u&&Tl.forEach(((h,d)=>{if(h.series[0]==l){let l,p=pl[h.series[1]],m=g[h.series[1]],x=(p._paths||Hl).band;Gl(x)&&(x=1==h.dir?x[0]:x[1]);let w=null;p.show&&x&&function(l,e,t){for(e=Q(e,0),t=Q(t,l.length-1);t>=e;){if(null!=l[e])return!0;e++}return!1}(m,Lt,en)?(w=h.fill(k,d)||o,l=p._paths.clip):x=null,Sn(e,t,n,i,w,s,r,u,a,f,l,x),c=!0}})),c||Sn(e,t,n,i,o,s,r,u,a,f)}(l,r,a,t.dash,t.cap,u,n,i,s,f,o),h&&K.translate(-c,-c)}const Mn=3;function Sn(l,e,t,n,i,o,s,r,u,a,f,c){wn(l,e,t,n,i),(u||a||c)&&(K.save(),u&&K.clip(u),a&&K.clip(a)),c?(r&Mn)==Mn?(K.clip(c),f&&K.clip(f),En(i,s),Tn(l,o,e)):2&r?(En(i,s),K.clip(c),Tn(l,o,e)):1&r&&(K.save(),K.clip(c),f&&K.clip(f),En(i,s),K.restore(),Tn(l,o,e)):(En(i,s),Tn(l,o,e)),(u||a||c)&&K.restore()}function Tn(l,e,t){t>0&&(e instanceof Map?e.forEach(((l,e)=>{K.strokeStyle=nn=e,K.stroke(l)})):null!=e&&l&&K.stroke(e))}function En(l,e){e instanceof Map?e.forEach(((l,e)=>{K.fillStyle=on=e,K.fill(l)})):null!=e&&l&&K.fill(e)}function zn(l,e,t,n,i,o,s,r,u,a){let f=s%2/2;1==tl&&K.translate(f,f),wn(r,s,u,a,r),K.beginPath();let c,h,d,p,m=i+(0==n||3==n?-o:o);0==t?(h=i,p=m):(c=i,d=m);for(let n=0;l.length>n;n++)null!=e[n]&&(0==t?c=d=l[n]:h=p=l[n],K.moveTo(c,h),K.lineTo(d,p));K.stroke(),1==tl&&K.translate(-f,-f)}function Dn(l){let e=!0;return xl.forEach(((t,n)=>{if(!t.show)return;let i=vl[t.scale];if(null==i.min)return void(t._show&&(e=!1,t._show=!1,An(!1)));t._show||(e=!1,t._show=!0,An(!1));let o=t.side,s=o%2,{min:r,max:u}=i,[a,f]=function(l,e,t,n){let i,o=xl[l];if(n>0){let s=o._space=o.space(k,l,e,t,n);i=Zt(e,t,o._incrs=o.incrs(k,l,e,t,n,s),n,s)}else i=[0,0];return o._found=i}(n,r,u,0==s?Ie:Le);if(0==f)return;let c=t._splits=t.splits(k,n,r,u,a,f,2==i.distr),h=2==i.distr?c.map((l=>pn[l])):c,d=2==i.distr?pn[c[1]]-pn[c[0]]:a,p=t._values=t.values(k,t.filter(k,h,n,f,d),n,f,d);t._rotate=2==o?t.rotate(k,p,n,f):0;let m=t._size;t._size=ul(t.size(k,p,n,l)),null!=m&&t._size!=m&&(e=!1)})),e}function Pn(l){let e=!0;return Ft.forEach(((t,n)=>{let i=t(k,n,Ct,l);i!=Rt[n]&&(e=!1),Rt[n]=i})),e}function An(l){pl.forEach(((e,t)=>{t>0&&(e._paths=null,l&&(1==M?(e.min=null,e.max=null):e.facets.forEach((l=>{l.min=null,l.max=null}))))}))}let Wn,Yn,Cn,Hn,Fn,Rn,Gn,In,Ln,On,Nn,jn,Un=!1,Vn=!1,Bn=[];function $n(){Vn=!1;for(let l=0;Bn.length>l;l++)Ci(...Bn[l]);Bn.length=0}function Jn(){Un||(Jl(qn),Un=!0)}function qn(){if(ht&&(function(){for(let l in vl){let e=vl[l];null==Kl[l]&&(null==e.min||null!=Kl[El]&&e.auto(k,mn))&&(Kl[l]=vn)}for(let l in vl){let e=vl[l];null==Kl[l]&&null!=e.from&&null!=Kl[e.from]&&(Kl[l]=vn)}null!=Kl[El]&&An(!0);let l={};for(let e in Kl){let t=Kl[e];if(null!=t){let n=l[e]=Vl(vl[e],Nl);if(null!=t.min)Bl(n,t);else if(e!=El||2==M)if(0==Gt&&null==n.from){let l=n.range(k,null,null,e);n.min=l[0],n.max=l[1]}else n.min=gl,n.max=-gl}}if(Gt>0){pl.forEach(((e,t)=>{if(1==M){let n=e.scale,i=Kl[n];if(null==i)return;let o=l[n];if(0==t){let l=o.range(k,o.min,o.max,n);o.min=l[0],o.max=l[1],Lt=L(o.min,g[0]),en=L(o.max,g[0]),en-Lt>1&&(o.min>g[0][Lt]&&Lt++,g[0][en]>o.max&&en--),e.min=pn[Lt],e.max=pn[en]}else e.show&&e.auto&&bn(o,i,e,g[t],e.sorted);e.idxs[0]=Lt,e.idxs[1]=en}else if(t>0&&e.show&&e.auto){let[n,i]=e.facets,o=n.scale,s=i.scale,[r,u]=g[t],a=l[o],f=l[s];null!=a&&bn(a,Kl[o],n,r,n.sorted),null!=f&&bn(f,Kl[s],i,u,i.sorted),e.min=i.min,e.max=i.max}}));for(let e in l){let t=l[e],n=Kl[e];if(null==t.from&&(null==n||null==n.min)){let l=t.range(k,t.min==gl?null:t.min,t.max==-gl?null:t.max,e);t.min=l[0],t.max=l[1]}}}for(let e in l){let t=l[e];if(null!=t.from){let n=l[t.from];if(null==n.min)t.min=t.max=null;else{let l=t.range(k,n.min,n.max,e);t.min=l[0],t.max=l[1]}}}let e={},t=!1;for(let n in l){let i=l[n],o=vl[n];if(o.min!=i.min||o.max!=i.max){o.min=i.min,o.max=i.max;let l=o.distr;o._min=3==l?dl(o.min):4==l?ml(o.min,o.asinh):100==l?o.fwd(o.min):o.min,o._max=3==l?dl(o.max):4==l?ml(o.max,o.asinh):100==l?o.fwd(o.max):o.max,e[n]=t=!0}}if(t){pl.forEach(((l,t)=>{2==M?t>0&&e.y&&(l._paths=null):e[l.scale]&&(l._paths=null)}));for(let l in e)mt=!0,Ci("setScale",l);re&&oe.left>=0&&(xt=_t=!0)}for(let l in Kl)Kl[l]=null}(),ht=!1),mt&&(function(){let l=!1,e=0;for(;!l;){e++;let t=Dn(e),n=Pn(e);l=e==yt||t&&n,l||(kt(k.width,k.height),pt=!0)}}(),mt=!1),pt){if(E(ll,s,Oe),E(ll,i,Ne),E(ll,t,Ie),E(ll,n,Le),E(el,s,Oe),E(el,i,Ne),E(el,t,Ie),E(el,n,Le),E(X,t,Fe),E(X,n,Ge),O.width=rl(Fe*y),O.height=rl(Ge*y),xl.forEach((({_el:e,_show:t,_size:n,_pos:i,side:o})=>{if(null!=e)if(t){let t=o%2==1;E(e,t?"left":"top",i-(3===o||0===o?n:0)),E(e,t?"width":"height",n),E(e,t?"top":"left",t?Ne:Oe),E(e,t?"height":"width",t?Le:Ie),T(e,l)}else S(e,l)})),nn=on=sn=un=an=fn=cn=hn=rn=null,dn=1,_i(!0),Oe!=je||Ne!=Ke||Ie!=Xe||Le!=Ze){An(!1);let l=Ie/Xe,e=Le/Ze;if(re&&!xt&&oe.left>=0){oe.left*=l,oe.top*=e,Cn&&A(Cn,rl(oe.left),0,Ie,Le),Hn&&A(Hn,0,rl(oe.top),Ie,Le);for(let t=0;Dt.length>t;t++){let n=Dt[t];null!=n&&(Pt[t]*=l,At[t]*=e,A(n,ul(Pt[t]),ul(At[t]),Ie,Le))}}if(ei.show&&!wt&&ei.left>=0&&ei.width>0){ei.left*=l,ei.width*=l,ei.top*=e,ei.height*=e;for(let l in ki)E(ti,l,ei[l])}je=Oe,Ke=Ne,Xe=Ie,Ze=Le}Ci("setSize"),pt=!1}Fe>0&&Ge>0&&(K.clearRect(0,0,O.width,O.height),Ci("drawClear"),Pl.forEach((l=>l())),Ci("draw")),ei.show&&wt&&(ni(ei),wt=!1),re&&xt&&(xi(null,!0,!1),xt=!1),ie.show&&ie.live&&_t&&(mi(),_t=!1),F||(F=!0,k.status=1,Ci("ready")),mn=!1,Un=!1}function Kn(l,e){let t=vl[l];if(null==t.from){if(0==Gt){let n=t.range(k,e.min,e.max,l);e.min=n[0],e.max=n[1]}if(e.min>e.max){let l=e.min;e.min=e.max,e.max=l}if(Gt>1&&null!=e.min&&null!=e.max&&1e-16>e.max-e.min)return;l==El&&2==t.distr&&Gt>0&&(e.min=L(e.min,g[0]),e.max=L(e.max,g[0]),e.min==e.max&&e.max++),Kl[l]=e,ht=!0,Jn()}}k.batch=function(l,e=!1){Un=!0,Vn=e,l(k),qn(),e&&Bn.length>0&&queueMicrotask($n)},k.redraw=(l,e)=>{mt=e||!1,!1!==l?ii(El,jl.min,jl.max):Jn()},k.setScale=Kn;let Xn=!1;const Zn=oe.drag;let Qn=Zn.x,li=Zn.y;re&&(oe.x&&(Wn=D("u-cursor-x",el)),oe.y&&(Yn=D("u-cursor-y",el)),0==jl.ori?(Cn=Wn,Hn=Yn):(Cn=Yn,Hn=Wn),Nn=oe.left,jn=oe.top);const ei=k.select=Bl({show:!0,over:!0,left:0,width:0,top:0,height:0},u.select),ti=ei.show?D("u-select",ei.over?el:ll):null;function ni(l,e){if(ei.show){for(let e in l)ei[e]=l[e],e in ki&&E(ti,e,l[e]);!1!==e&&Ci("setSelect")}}function ii(l,e,t){Kn(l,{min:e,max:t})}function oi(e,t,n,i){null!=t.focus&&function(l){if(l!=ui){let e=null==l,t=1!=Tt.alpha;pl.forEach(((n,i)=>{if(1==M||i>0){let o=e||0==i||i==l;n._focus=e?null:o,t&&function(l,e){pl[l].alpha=e,re&&null!=Dt[l]&&(Dt[l].style.opacity=e),se&&me[l]&&(me[l].style.opacity=e)}(i,o?1:Tt.alpha)}})),ui=l,t&&Jn()}}(e),null!=t.show&&pl.forEach(((n,i)=>{0>=i||e!=i&&null!=e||(n.show=t.show,function(e){if(pl[e].show)se&&T(me[e],l);else if(se&&S(me[e],l),re){let l=zt?Dt[0]:Dt[e];null!=l&&A(l,-10,-10,Ie,Le)}}(i),2==M?(ii(n.facets[0].scale,null,null),ii(n.facets[1].scale,null,null)):ii(n.scale,null,null),Jn())})),!1!==n&&Ci("setSeries",e,t),i&&Ii("setSeries",k,e,t)}let si,ri,ui;k.setSelect=ni,k.setSeries=oi,k.addBand=function(l,e){l.fill=bl(l.fill||null),l.dir=Q(l.dir,-1),Tl.splice(e=null==e?Tl.length:e,0,l)},k.setBand=function(l,e){Bl(Tl[l],e)},k.delBand=function(l){null==l?Tl.length=0:Tl.splice(l,1)};const ai={focus:!0};function fi(l,e,t){let n=vl[e];t&&(l=l/y-(1==n.ori?Ne:Oe));let i=Ie;1==n.ori&&(i=Le,l=i-l),-1==n.dir&&(l=i-l);let o=n._min,s=o+l/i*(n._max-o),r=n.distr;return 3==r?cl(10,s):4==r?((l,e=1)=>nl.sinh(l)*e)(s,n.asinh):100==r?n.bwd(s):s}function ci(l,e){E(ti,s,ei.left=l),E(ti,t,ei.width=e)}function hi(l,e){E(ti,i,ei.top=l),E(ti,n,ei.height=e)}se&&Et&&Ce(p,ce,(l=>{oe._lock||(Mt(l),null!=ui&&oi(null,ai,!0,Fi.setSeries))})),k.valToIdx=l=>L(l,g[0]),k.posToIdx=function(l,e){return L(fi(l,El,e),g[0],Lt,en)},k.posToVal=fi,k.valToPos=(l,e,t)=>0==vl[e].ori?P(l,vl[e],t?ot:Ie,t?Qe:0):W(l,vl[e],t?st:Le,t?lt:0),k.setCursor=(l,e,t)=>{Nn=l.left,jn=l.top,xi(null,e,t)};let di=0==jl.ori?ci:hi,pi=1==jl.ori?ci:hi;function mi(l,e){if(null!=l&&(l.idxs?l.idxs.forEach(((l,e)=>{te[e]=l})):(l=>void 0===l)(l.idx)||te.fill(l.idx),ie.idx=te[0]),se&&ie.live){for(let l=0;pl.length>l;l++)(l>0||1==M&&!xe)&&gi(l,te[l]);!function(){if(se&&ie.live)for(let l=2==M?1:0;pl.length>l;l++){if(0==l&&xe)continue;let e=ie.values[l],t=0;for(let n in e)ge[l][t++].firstChild.nodeValue=e[n]}}()}_t=!1,!1!==e&&Ci("setLegend")}function gi(l,e){let t,n=pl[l],i=0==l&&2==Ul?pn:g[l];xe?t=n.values(k,l,e)??we:(t=n.value(k,null==e?null:i[e],l,e),t=null==t?we:{_:t}),ie.values[l]=t}function xi(l,e,t){let n;Ln=Nn,On=jn,[Nn,jn]=oe.move(k,Nn,jn),oe.left=Nn,oe.top=jn,re&&(Cn&&A(Cn,rl(Nn),0,Ie,Le),Hn&&A(Hn,0,rl(jn),Ie,Le)),si=gl,ri=null;let i=0==jl.ori?Ie:Le,o=1==jl.ori?Ie:Le;if(0>Nn||0==Gt||Lt>en){n=oe.idx=null;for(let l=0;pl.length>l;l++){let e=Dt[l];null!=e&&A(e,-10,-10,Ie,Le)}Et&&oi(null,ai,!0,null==l&&Fi.setSeries),ie.live&&(te.fill(n),_t=!0)}else{let l,e,t;1==M&&(l=0==jl.ori?Nn:jn,e=fi(l,El),n=oe.idx=L(e,g[0],Lt,en),t=$l(g[0][n],jl,i,0));let s=-10,r=-10,u=0,a=0,f=!0,c="",h="";for(let l=2==M?1:0;pl.length>l;l++){let d=pl[l],p=te[l],m=null==p?null:1==M?g[l][p]:g[l][1][p],x=oe.dataIdx(k,l,n,e),w=null==x?null:1==M?g[l][x]:g[l][1][x];if(_t=_t||w!=m||x!=p,te[l]=x,l>0&&d.show){let e=null==x?-10:x==n?t:$l(1==M?g[0][x]:g[l][0][x],jl,i,0),p=null==w?-10:ql(w,1==M?vl[d.scale]:vl[d.facets[1].scale],o,0);if(Et&&null!=w){let e=1==jl.ori?Nn:jn,t=ol(Tt.dist(k,l,x,p,e));if(si>t){let n=Tt.bias;if(0!=n){let i=fi(e,d.scale),o=0>i?-1:1;o!=(0>w?-1:1)||(1==o?1==n?i>w:w>i:1==n?w>i:i>w)||(si=t,ri=l)}else si=t,ri=l}}if(_t||zt){let t,n;0==jl.ori?(t=e,n=p):(t=p,n=e);let i,o,d,m,g,x,w=!0,_=St.bbox;if(null!=_){w=!1;let e=_(k,l);d=e.left,m=e.top,i=e.width,o=e.height}else d=t,m=n,i=o=St.size(k,l);if(x=St.fill(k,l),g=St.stroke(k,l),zt)l!=ri||si>Tt.prox||(s=d,r=m,u=i,a=o,f=w,c=x,h=g);else{let e=Dt[l];null!=e&&(Pt[l]=d,At[l]=m,H(e,i,o,w),Y(e,x,g),A(e,ul(d),ul(m),Ie,Le))}}}}if(zt){let l=Tt.prox;if(_t||(null==ui?l>=si:si>l||ri!=ui)){let l=Dt[0];null!=l&&(Pt[0]=s,At[0]=r,H(l,u,a,f),Y(l,c,h),A(l,ul(s),ul(r),Ie,Le))}}}if(ei.show&&Xn)if(null!=l){let[e,t]=Fi.scales,[n,s]=Fi.match,[r,u]=l.cursor.sync.scales,a=l.cursor.drag;if(Qn=a._x,li=a._y,Qn||li){let a,f,c,h,d,{left:p,top:m,width:g,height:x}=l.select,w=l.scales[r].ori,_=l.posToVal,b=null!=e&&n(e,r),v=null!=t&&s(t,u);b&&Qn?(0==w?(a=p,f=g):(a=m,f=x),c=vl[e],h=$l(_(a,r),c,i,0),d=$l(_(a+f,r),c,i,0),di(al(h,d),ol(d-h))):di(0,i),v&&li?(1==w?(a=p,f=g):(a=m,f=x),c=vl[t],h=ql(_(a,u),c,o,0),d=ql(_(a+f,u),c,o,0),pi(al(h,d),ol(d-h))):pi(0,o)}else yi()}else{let l=ol(Ln-Fn),e=ol(On-Rn);if(1==jl.ori){let t=l;l=e,e=t}Qn=Zn.x&&l>=Zn.dist,li=Zn.y&&e>=Zn.dist;let t,n,s=Zn.uni;null!=s?Qn&&li&&(Qn=l>=s,li=e>=s,Qn||li||(e>l?li=!0:Qn=!0)):Zn.x&&Zn.y&&(Qn||li)&&(Qn=li=!0),Qn&&(0==jl.ori?(t=Gn,n=Nn):(t=In,n=jn),di(al(t,n),ol(n-t)),li||pi(0,o)),li&&(1==jl.ori?(t=Gn,n=Nn):(t=In,n=jn),pi(al(t,n),ol(n-t)),Qn||di(0,i)),Qn||li||(di(0,0),pi(0,0))}if(Zn._x=Qn,Zn._y=li,null==l){if(t){if(null!=Ri){let[l,e]=Fi.scales;Fi.values[0]=null!=l?fi(0==jl.ori?Nn:jn,l):null,Fi.values[1]=null!=e?fi(1==jl.ori?Nn:jn,e):null}Ii(f,k,Nn,jn,Ie,Le,n)}if(Et){let l=t&&Fi.setSeries,e=Tt.prox;null==ui?si>e||oi(ri,ai,!0,l):si>e?oi(null,ai,!0,l):ri!=ui&&oi(ri,ai,!0,l)}}_t&&(ie.idx=n,mi()),!1!==e&&Ci("setCursor")}k.setLegend=mi;let wi=null;function _i(l=!1){l?wi=null:(wi=el.getBoundingClientRect(),Ci("syncRect",wi))}function bi(l,e,t,n,i,o){oe._lock||Xn&&null!=l&&0==l.movementX&&0==l.movementY||(vi(l,e,t,n,i,o,0,!1,null!=l),null!=l?xi(null,!0,!0):xi(e,!0,!1))}function vi(l,e,t,n,i,o,s,r,u){if(null==wi&&_i(!1),Mt(l),null!=l)t=l.clientX-wi.left,n=l.clientY-wi.top;else{if(0>t||0>n)return Nn=-10,void(jn=-10);let[l,s]=Fi.scales,r=e.cursor.sync,[u,a]=r.values,[f,c]=r.scales,[h,d]=Fi.match,p=e.axes[0].side%2==1,m=0==jl.ori?Ie:Le,g=1==jl.ori?Ie:Le,x=p?o:i,w=p?i:o,_=p?n:t,b=p?t:n;if(t=null!=f?h(l,f)?C(u,vl[l],m,0):-10:m*(_/x),n=null!=c?d(s,c)?C(a,vl[s],g,0):-10:g*(b/w),1==jl.ori){let l=t;t=n,n=l}}!u||null!=e&&e.cursor.event.type!=f||(t>1&&Ie-1>t||(t=zl(t,Ie)),n>1&&Le-1>n||(n=zl(n,Le))),r?(Fn=t,Rn=n,[Gn,In]=oe.move(k,t,n)):(Nn=t,jn=n)}Object.defineProperty(k,"rect",{get:()=>(null==wi&&_i(!1),wi)});const ki={width:0,height:0,left:0,top:0};function yi(){ni(ki,!1)}let Mi,Si,Ti,Ei;function zi(l,e,t,n,i,o){Xn=!0,Qn=li=Zn._x=Zn._y=!1,vi(l,e,t,n,i,o,0,!0,!1),null!=l&&(Ce(h,b,Di,!1),Ii(c,k,Gn,In,Ie,Le,null));let{left:s,top:r,width:u,height:a}=ei;Mi=s,Si=r,Ti=u,Ei=a}function Di(l,e,t,n,i,o){Xn=Zn._x=Zn._y=!1,vi(l,e,t,n,i,o,0,!1,!0);let{left:s,top:r,width:u,height:a}=ei,f=u>0||a>0,c=Mi!=s||Si!=r||Ti!=u||Ei!=a;if(f&&c&&ni(ei),Zn.setScale&&f&&c){let l=s,e=u,t=r,n=a;if(1==jl.ori&&(l=r,e=a,t=s,n=u),Qn&&ii(El,fi(l,El),fi(l+e,El)),li)for(let l in vl){let e=vl[l];l!=El&&null==e.from&&e.min!=gl&&ii(l,fi(t+n,l),fi(t,l))}yi()}else oe.lock&&(oe._lock=!oe._lock,xi(e,!0,null!=l));null!=l&&(He(h,b),Ii(h,k,Nn,jn,Ie,Le,null))}function Pi(l){oe._lock||(Mt(l),xn(),yi(),null!=l&&Ii(m,k,Nn,jn,Ie,Le,null))}function Ai(){xl.forEach(ln),vt(k.width,k.height,!0)}G(x,v,Ai);const Wi={};Wi.mousedown=zi,Wi.mousemove=bi,Wi.mouseup=Di,Wi.dblclick=Pi,Wi.setSeries=(l,e,t,n)=>{-1!=(t=(0,Fi.match[2])(k,e,t))&&oi(t,n,!0,!1)},re&&(Ce(c,el,zi),Ce(f,el,bi),Ce(d,el,(l=>{Mt(l),_i(!1)})),Ce(p,el,(function(l){if(oe._lock)return;Mt(l);let e=Xn;if(Xn){let l,e,t=!0,n=!0,i=10;0==jl.ori?(l=Qn,e=li):(l=li,e=Qn),l&&e&&(t=i>=Nn||Nn>=Ie-i,n=i>=jn||jn>=Le-i),l&&t&&(Nn=Gn>Nn?0:Ie),e&&n&&(jn=In>jn?0:Le),xi(null,!0,!0),Xn=!1}Nn=-10,jn=-10,te.fill(null),xi(null,!0,!0),e&&(Xn=e)})),Ce(m,el,Pi),It.add(k),k.syncRect=_i);const Yi=k.hooks=u.hooks||{};function Ci(l,e,t){Vn?Bn.push([l,e,t]):l in Yi&&Yi[l].forEach((l=>{l.call(null,k,e,t)}))}(u.plugins||[]).forEach((l=>{for(let e in l.hooks)Yi[e]=(Yi[e]||[]).concat(l.hooks[e])}));const Hi=(l,e,t)=>t,Fi=Bl({key:null,setSeries:!1,filters:{pub:Ml,sub:Ml},scales:[El,pl[1]?pl[1].scale:null],match:[Sl,Sl,Hi],values:[null,null]},oe.sync);2==Fi.match.length&&Fi.match.push(Hi),oe.sync=Fi;const Ri=Fi.key,Gi=dt(Ri);function Ii(l,e,t,n,i,o,s){Fi.filters.pub(l,e,t,n,i,o,s)&&Gi.pub(l,e,t,n,i,o,s)}function Li(){Ci("init",u,g),gn(g||u.data,!1),Kl[El]?Kn(El,Kl[El]):xn(),wt=ei.show&&(ei.width>0||ei.height>0),xt=_t=!0,vt(u.width,u.height)}return Gi.sub(k),k.pub=function(l,e,t,n,i,o,s){Fi.filters.sub(l,e,t,n,i,o,s)&&Wi[l](null,e,t,n,i,o,s)},k.destroy=function(){Gi.unsub(k),It.delete(k),Pe.clear(),I(x,v,Ai),R.remove(),ce?.remove(),Ci("destroy")},pl.forEach(Yt),xl.forEach((function(l,e){if(l._show=l.show,l.show){let t=vl[l.scale];null==t&&(l.scale=l.side%2?pl[1].scale:El,t=vl[l.scale]);let n=t.time;l.size=bl(l.size),l.space=bl(l.space),l.rotate=bl(l.rotate),Gl(l.incrs)&&l.incrs.forEach((l=>{!Wl.has(l)&&Wl.set(l,Yl(l))})),l.incrs=bl(l.incrs||(2==t.distr?ae:n?1==hl?ke:Se:fe)),l.splits=bl(l.splits||(n&&1==t.distr?Ql:3==t.distr?Je:4==t.distr?qe:$e)),l.stroke=bl(l.stroke),l.grid.stroke=bl(l.grid.stroke),l.ticks.stroke=bl(l.ticks.stroke),l.border.stroke=bl(l.border.stroke);let i=l.values;l.values=Gl(i)&&!Gl(i[0])?bl(i):n?Gl(i)?De(Xl,ze(i,Zl)):Ll(i)?function(l,e){let t=ne(e);return(e,n)=>n.map((e=>t(l(e))))}(Xl,i):i||le:i||Be,l.filter=bl(l.filter||(3>t.distr||10!=t.log?3==t.distr&&2==t.log?tt:kl:et)),l.font=Qt(l.font),l.labelFont=Qt(l.labelFont),l._size=l.size(k,null,e,0),l._space=l._rotate=l._incrs=l._found=l._splits=l._values=null,l._size>0&&(Ct[e]=!0,l._el=D("u-axis",X))}})),_?_ instanceof HTMLElement?(_.appendChild(R),Li()):_(k,Li):Li(),k}en.assign=Bl,en.fmtNum=tl,en.rangeNum=Z,en.rangeLog=B,en.rangeAsinh=$,en.orient=pt,en.pxRatio=y,en.join=function(l,e){if(function(l){let e=l[0][0],t=e.length;for(let n=1;l.length>n;n++){let i=l[n][0];if(i.length!=t)return!1;if(i!=e)for(let l=0;t>l;l++)if(i[l]!=e[l])return!1}return!0}(l)){let e=l[0].slice();for(let t=1;l.length>t;t++)e.push(...l[t].slice(1));return function(l,e=100){const t=l.length;if(1>=t)return!0;let n=0,i=t-1;for(;i>=n&&null==l[n];)n++;for(;i>=n&&null==l[i];)i--;if(n>=i)return!0;const o=fl(1,sl((i-n+1)/e));for(let e=l[n],t=n+o;i>=t;t+=o){const n=l[t];if(null!=n){if(e>=n)return!1;e=n}}return!0}(e[0])||(e=function(l){let e=l[0],t=e.length,n=Array(t);for(let l=0;n.length>l;l++)n[l]=l;n.sort(((l,t)=>e[l]-e[t]));let i=[];for(let e=0;l.length>e;e++){let o=l[e],s=Array(t);for(let l=0;t>l;l++)s[l]=o[n[l]];i.push(s)}return i}(e)),e}let t=new Set;for(let e=0;l.length>e;e++){let n=l[e][0],i=n.length;for(let l=0;i>l;l++)t.add(n[l])}let n=[Array.from(t).sort(((l,e)=>l-e))],i=n[0].length,o=new Map;for(let l=0;i>l;l++)o.set(n[0][l],l);for(let t=0;l.length>t;t++){let s=l[t],r=s[0];for(let l=1;s.length>l;l++){let u=s[l],a=Array(i).fill(void 0),f=e?e[t][l]:1,c=[];for(let l=0;u.length>l;l++){let e=u[l],t=o.get(r[l]);null===e?0!=f&&(a[t]=e,2==f&&c.push(t)):a[t]=e}$l(a,c,i),n.push(a)}}return n},en.fmtDate=ne,en.tzDate=function(l,e){let t;return"UTC"==e||"Etc/UTC"==e?t=new Date(+l+6e4*l.getTimezoneOffset()):e==ie?t=l:(t=new Date(l.toLocaleString("en-US",{timeZone:e})),t.setMilliseconds(l.getMilliseconds())),t},en.sync=dt;{en.addGap=function(l,e,t){let n=l[l.length-1];n&&n[0]==e?n[1]=t:l.push([e,t])},en.clipGaps=wt;let l=en.paths={points:Wt};l.linear=Ft,l.stepped=function(l){const e=Q(l.align,1),t=Q(l.ascDesc,!1),n=Q(l.alignGaps,0),i=Q(l.extend,!1);return(l,o,s,r)=>pt(l,o,((u,a,f,c,h,d,p,m,g,x,w)=>{[s,r]=U(f,s,r);let _=u.pxRound,{left:b,width:v}=l.bbox,k=l=>_(d(l,c,x,m)),M=l=>_(p(l,h,w,g)),S=0==c.ori?Mt:St;const T={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:1},E=T.stroke,z=c.dir*(0==c.ori?1:-1);let D=M(f[1==z?s:r]),P=k(a[1==z?s:r]),A=P,W=P;i&&-1==e&&(W=b,S(E,W,D)),S(E,P,D);for(let l=1==z?s:r;l>=s&&r>=l;l+=z){let t=f[l];if(null==t)continue;let n=k(a[l]),i=M(t);1==e?S(E,n,D):S(E,A,i),S(E,n,i),D=i,A=n}let Y=A;i&&1==e&&(Y=b+v,S(E,Y,D));let[C,H]=mt(l,o);if(null!=u.fill||0!=C){let e=T.fill=new Path2D(E),t=M(u.fillTo(l,o,u.min,u.max,C));S(e,Y,t),S(e,W,t)}if(!u.spanGaps){let i=[];i.push(..._t(a,f,s,r,z,k,n));let h=u.width*y/2,d=t||1==e?h:-h,p=t||-1==e?-h:h;i.forEach((l=>{l[0]+=d,l[1]+=p})),T.gaps=i=u.gaps(l,o,s,r,i),T.clip=wt(i,c.ori,m,g,x,w)}return 0!=H&&(T.band=2==H?[xt(l,o,s,r,E,-1),xt(l,o,s,r,E,1)]:xt(l,o,s,r,E,H)),T}))},l.bars=function(l){const e=Q((l=l||Hl).size,[.6,gl,1]),t=l.align||0,n=l.gap||0;let i=l.radius;i=null==i?[0,0]:"number"==typeof i?[i,0]:i;const o=bl(i),s=1-e[0],r=Q(e[1],gl),u=Q(e[2],1),a=Q(l.disp,Hl),f=Q(l.each,(()=>{})),{fill:c,stroke:h}=a;return(l,e,i,d)=>pt(l,e,((p,m,g,x,w,_,b,v,k,M,S)=>{let T,E,z=p.pxRound,D=t,P=n*y,A=r*y,W=u*y;0==x.ori?[T,E]=o(l,e):[E,T]=o(l,e);const Y=x.dir*(0==x.ori?1:-1);let C,H,F,R=0==x.ori?Tt:Et,G=0==x.ori?f:(l,e,t,n,i,o,s)=>{f(l,e,t,i,n,s,o)},I=Q(l.bands,Fl).find((l=>l.series[0]==e)),L=p.fillTo(l,e,p.min,p.max,null!=I?I.dir:0),O=z(b(L,w,S,k)),N=M,j=z(p.width*y),U=!1,V=null,B=null,$=null,J=null;null==c||0!=j&&null==h||(U=!0,V=c.values(l,e,i,d),B=new Map,new Set(V).forEach((l=>{null!=l&&B.set(l,new Path2D)})),j>0&&($=h.values(l,e,i,d),J=new Map,new Set($).forEach((l=>{null!=l&&J.set(l,new Path2D)}))));let{x0:q,size:K}=a;if(null!=q&&null!=K){D=1,m=q.values(l,e,i,d),2==q.unit&&(m=m.map((e=>l.posToVal(v+e*M,x.key,!0))));let t=K.values(l,e,i,d);H=2==K.unit?t[0]*M:_(t[0],x,M,v)-_(0,x,M,v),N=Rt(m,g,_,x,M,v,N),F=N-H+P}else N=Rt(m,g,_,x,M,v,N),F=N*s+P,H=N-F;1>F&&(F=0),H/2>j||(j=0),5>F&&(z=vl);let X=F>0;H=z(wl(N-F-(X?j:0),W,A)),C=(0==D?H/2:D==Y?0:H)-D*Y*((0==D?P/2:0)+(X?j/2:0));const Z={stroke:null,fill:null,clip:null,band:null,gaps:null,flags:0},ll=U?null:new Path2D;let el=null;if(null!=I)el=l.data[I.series[1]];else{let{y0:t,y1:n}=a;null!=t&&null!=n&&(g=n.values(l,e,i,d),el=t.values(l,e,i,d))}let tl=T*H,nl=E*H;for(let t=1==Y?i:d;t>=i&&d>=t;t+=Y){let n=g[t];if(null==n)continue;if(null!=el){let l=el[t]??0;if(n-l==0)continue;O=b(l,w,S,k)}let i=_(2!=x.distr||null!=a?m[t]:t,x,M,v),o=b(Q(n,L),w,S,k),s=z(i-C),r=z(fl(o,O)),u=z(al(o,O)),f=r-u;if(null!=n){let i=0>n?nl:tl,o=0>n?tl:nl;U?(j>0&&null!=$[t]&&R(J.get($[t]),s,u+sl(j/2),H,fl(0,f-j),i,o),null!=V[t]&&R(B.get(V[t]),s,u+sl(j/2),H,fl(0,f-j),i,o)):R(ll,s,u+sl(j/2),H,fl(0,f-j),i,o),G(l,e,t,s-j/2,u,H+j,f)}}return j>0?Z.stroke=U?J:ll:U||(Z._fill=0==p.width?p._fill:p._stroke??p._fill,Z.width=0),Z.fill=U?B:ll,Z}))},l.spline=function(l){return function(l,e){const t=Q(e?.alignGaps,0);return(e,n,i,o)=>pt(e,n,((s,r,u,a,f,c,h,d,p,m,g)=>{[i,o]=U(u,i,o);let x,w,_,b=s.pxRound,v=l=>b(c(l,a,m,d)),k=l=>b(h(l,f,g,p));0==a.ori?(x=kt,_=Mt,w=Pt):(x=yt,_=St,w=At);const y=a.dir*(0==a.ori?1:-1);let M=v(r[1==y?i:o]),S=M,T=[],E=[];for(let l=1==y?i:o;l>=i&&o>=l;l+=y)if(null!=u[l]){let e=v(r[l]);T.push(S=e),E.push(k(u[l]))}const z={stroke:l(T,E,x,_,w,b),fill:null,clip:null,band:null,gaps:null,flags:1},D=z.stroke;let[P,A]=mt(e,n);if(null!=s.fill||0!=P){let l=z.fill=new Path2D(D),t=k(s.fillTo(e,n,s.min,s.max,P));_(l,S,t),_(l,M,t)}if(!s.spanGaps){let l=[];l.push(..._t(r,u,i,o,y,v,t)),z.gaps=l=s.gaps(e,n,i,o,l),z.clip=wt(l,a.ori,d,p,m,g)}return 0!=A&&(z.band=2==A?[xt(e,n,i,o,D,-1),xt(e,n,i,o,D,1)]:xt(e,n,i,o,D,A)),z}))}(Gt,l)}}return en}();\n';

// node_modules/uplot/dist/uPlot.min.css
var uPlot_min_default = '.uplot, .uplot *, .uplot *::before, .uplot *::after {box-sizing: border-box;}.uplot {font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Color Emoji";line-height: 1.5;width: min-content;}.u-title {text-align: center;font-size: 18px;font-weight: bold;}.u-wrap {position: relative;user-select: none;}.u-over, .u-under {position: absolute;}.u-under {overflow: hidden;}.uplot canvas {display: block;position: relative;width: 100%;height: 100%;}.u-axis {position: absolute;}.u-legend {font-size: 14px;margin: auto;text-align: center;}.u-inline {display: block;}.u-inline * {display: inline-block;}.u-inline tr {margin-right: 16px;}.u-legend th {font-weight: 600;}.u-legend th > * {vertical-align: middle;display: inline-block;}.u-legend .u-marker {width: 1em;height: 1em;margin-right: 4px;background-clip: padding-box !important;}.u-inline.u-live th::after {content: ":";vertical-align: middle;}.u-inline:not(.u-live) .u-value {display: none;}.u-series > * {padding: 4px;}.u-series th {cursor: pointer;}.u-legend .u-off > * {opacity: 0.3;}.u-select {background: rgba(0,0,0,0.07);position: absolute;pointer-events: none;}.u-cursor-x, .u-cursor-y {position: absolute;left: 0;top: 0;pointer-events: none;will-change: transform;}.u-hz .u-cursor-x, .u-vt .u-cursor-y {height: 100%;border-right: 1px dashed #607D8B;}.u-hz .u-cursor-y, .u-vt .u-cursor-x {width: 100%;border-bottom: 1px dashed #607D8B;}.u-cursor-pt {position: absolute;top: 0;left: 0;border-radius: 50%;border: 0 solid;pointer-events: none;will-change: transform;/*this has to be !important since we set inline "background" shorthand */background-clip: padding-box !important;}.u-axis.u-off, .u-select.u-off, .u-cursor-x.u-off, .u-cursor-y.u-off, .u-cursor-pt.u-off {display: none;}';

// node_modules/uplot/LICENSE
var LICENSE_default = 'The MIT License (MIT)\n\nCopyright (c) 2022 Leon Sorokin\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\nof this software and associated documentation files (the "Software"), to deal\nin the Software without restriction, including without limitation the rights\nto use, copy, modify, merge, publish, distribute, sublicense, and/or sell\ncopies of the Software, and to permit persons to whom the Software is\nfurnished to do so, subject to the following conditions:\n\nThe above copyright notice and this permission notice shall be included in\nall copies or substantial portions of the Software.\n\nTHE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR\nIMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,\nFITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE\nAUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER\nLIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,\nOUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN\nTHE SOFTWARE.';

// src/report/markup.ts
var Markup = class {
  text;
  constructor(text) {
    this.text = text;
  }
};
function markup(pieces, ...parts2) {
  let text = pieces[0] ?? "";
  for (const [index, part] of parts2.entries()) text += `${textOf(part)}${pieces[index + 1] ?? ""}`;
  return new Markup(text);
}
function wholeCommand(command2) {
  return new Markup(escapeHtmlCommand(command2));
}
function lines(outside, mostLines) {
  return new Markup(escapeHtmlLines(outside, mostLines));
}
var nothing = new Markup("");
function textOf(part) {
  if (part instanceof Markup) return part.text;
  if (typeof part === "string") return escapeHtml(part);
  if (typeof part === "number") return String(part);
  return part.map(({ text }) => text).join("");
}

// src/report/page/charts.js
var charts_default = "// Runs in the reader's browser: draws the charts of report.html with uPlot from the data in the page (src/report/timeline.ts).\n(() => {\n  const charts = [];\n\n  const font = (size) => `${size}px system-ui, sans-serif`;\n  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();\n  const round = (value) => Number(value.toPrecision(3));\n  const milliseconds = (value) => (value < 1000 ? `${round(value)} ms` : `${round(value / 1000)} s`);\n  /** The legend's text for the point under the cursor. */\n  const shown = (format) => (_plot, value, _series, index) =>\n    index == null ? '' : value == null ? 'not measured' : format(value);\n\n  const kinds = {\n    latency: {\n      series: [\n        { label: 'p50', of: 'p50', stroke: '--series-1' },\n        { label: 'p99', of: 'p99', stroke: '--series-2' },\n      ],\n      // Logarithmic: latencies in a quiet second and in an outage differ by orders of magnitude.\n      scale: { distr: 3, range: (_, low, high) => decades(low, high) },\n      format: milliseconds,\n      ticks: (ticks) => ticks.map((tick) => (Number.isInteger(Math.log10(tick)) ? milliseconds(tick) : '')),\n      limit: ({ expected }) => expected.p99,\n      limitLabel: (limit) => `expected: p99 at most ${milliseconds(limit)}`,\n    },\n    throughput: {\n      series: [\n        { label: 'published', of: 'published', stroke: '--series-1' },\n        { label: 'delivered', of: 'delivered', stroke: '--series-3' },\n      ],\n      scale: { range: (_, __, high) => [0, Math.max(1, high * 1.1)] },\n      format: (value) => `${value}/s`,\n      limit: () => null,\n    },\n    availability: {\n      series: [{ label: 'availability', of: 'availability', stroke: '--series-4', fill: true }],\n      scale: { range: (_, low) => [[90, 50].find((bottom) => bottom < low) ?? 0, 100] },\n      format: (value) => `${value}%`,\n      limit: ({ expected }) => expected.availability,\n      limitLabel: (limit) => `expected: at least ${limit}%`,\n    },\n  };\n\n  function decades(low, high) {\n    if (low == null) return [1, 10];\n    const bottom = 10 ** Math.floor(Math.log10(low));\n    const top = 10 ** Math.ceil(Math.log10(high));\n    return [bottom, top > bottom ? top : bottom * 10];\n  }\n\n  /** A point is valid from its start to its end, so it is drawn as a horizontal line of two points, and as a gap if nothing was measured. */\n  function levels(timeline, names) {\n    const { from, to } = timeline;\n    const x = from.flatMap((start, index) => {\n      const next = from[index + 1] ?? Number.POSITIVE_INFINITY;\n      return [start, Math.max(start + 0.0005, Math.min(to[index], next - 0.0005))];\n    });\n    return [x, ...names.map((name) => timeline[name].flatMap((value) => [value, value]))];\n  }\n\n  function draw(element, timeline, group) {\n    const kind = kinds[element.dataset.chart];\n    const isFirst = element.dataset.chart === 'latency';\n    const faultRows = Math.min(3, timeline.bands.length);\n    const markRows = timeline.marks.length > 0 ? 1 : 0;\n    const top = isFirst ? 24 + 15 * (faultRows + markRows) : 10;\n    const height = 150 + top;\n    const data = levels(\n      timeline,\n      kind.series.map(({ of }) => of),\n    );\n    const axis = {\n      stroke: () => colour('--muted'),\n      grid: { stroke: () => colour('--grid'), width: 1 },\n      ticks: { stroke: () => colour('--grid'), width: 1, size: 4 },\n      font: font(11),\n    };\n    const chart = new uPlot(\n      {\n        width: element.clientWidth,\n        height,\n        padding: [top, 14, 0, 0],\n        scales: { x: { time: false }, y: kind.scale },\n        axes: [\n          { ...axis, size: 26, values: (_, ticks) => ticks.map((tick) => `${tick} s`) },\n          { ...axis, size: 62, values: (_, ticks) => (kind.ticks ?? ((all) => all.map(kind.format)))(ticks) },\n        ],\n        series: [\n          { label: 'at', value: shown((value) => `${value.toFixed(1)} s`) },\n          ...kind.series.map(({ label, stroke, fill }) => ({\n            label,\n            stroke: () => colour(stroke),\n            ...(fill ? { fill: () => `${colour(stroke)}22` } : {}),\n            width: 2,\n            points: { show: false },\n            value: shown(kind.format),\n          })),\n        ],\n        cursor: { y: false, sync: { key: `timeline-${group}` } },\n        hooks: {\n          drawClear: [(plot) => shade(plot, timeline)],\n          draw: [\n            (plot) => {\n              limit(plot, kind, timeline);\n              marks(plot, timeline);\n              if (isFirst) labels(plot, timeline, faultRows);\n            },\n          ],\n        },\n      },\n      data,\n      element,\n    );\n    charts.push({ chart, element, height });\n    new ResizeObserver(() => resize(chart, element, height)).observe(element);\n  }\n\n  function resize(chart, element, height) {\n    const width = element.clientWidth;\n    if (width > 0 && width !== chart.width) chart.setSize({ width, height });\n  }\n\n  /** Draws in CSS pixels within the plot, or anywhere above it. */\n  function within(plot, paint) {\n    const { ctx, bbox } = plot;\n    const ratio = uPlot.pxRatio;\n    ctx.save();\n    ctx.beginPath();\n    ctx.rect(bbox.left, 0, bbox.width, bbox.top + bbox.height);\n    ctx.clip();\n    ctx.scale(ratio, ratio);\n    const box = {\n      left: bbox.left / ratio,\n      right: (bbox.left + bbox.width) / ratio,\n      top: bbox.top / ratio,\n      bottom: (bbox.top + bbox.height) / ratio,\n    };\n    paint(ctx, box, (seconds) => plot.valToPos(seconds, 'x', true) / ratio);\n    ctx.restore();\n  }\n\n  function line(ctx, x1, y1, x2, y2, dash = []) {\n    ctx.setLineDash(dash);\n    ctx.beginPath();\n    ctx.moveTo(x1, y1);\n    ctx.lineTo(x2, y2);\n    ctx.stroke();\n    ctx.setLineDash([]);\n  }\n\n  function shade(plot, { bands, phases }) {\n    within(plot, (ctx, box, x) => {\n      for (const { from, to, proven } of bands) {\n        ctx.fillStyle = colour(proven ? '--band' : '--band-unproven');\n        ctx.fillRect(x(from), box.top, x(to) - x(from), box.bottom - box.top);\n      }\n      ctx.strokeStyle = colour('--muted');\n      ctx.lineWidth = 1;\n      for (const { from } of phases) line(ctx, x(from), box.top, x(from), box.bottom, [2, 3]);\n    });\n  }\n\n  /** Rows above the plot: the phases, the faults, what broke. Each label is cut where the next one begins. */\n  function labels(plot, { phases, bands, marks: all }, faultRows) {\n    within(plot, (ctx, box, x) => {\n      ctx.textAlign = 'left';\n      ctx.textBaseline = 'top';\n      let top = 4;\n      const row = (entries) => {\n        let free = box.left;\n        for (const [index, { text, at, to, style }] of entries.entries()) {\n          const next = entries.slice(index + 1).find((other) => other.text !== text);\n          const end = next ? Math.min(box.right, x(next.at)) : box.right;\n          // At the right edge a label is moved and not cut. Of equal marks close together only the first has a label.\n          const shift = next ? 0 : Math.max(0, x(at) + ctx.measureText(text).width + 8 - end);\n          const wanted = Math.max(box.left, x(at) - shift);\n          if (x(to) < box.left || x(at) > box.right || (wanted < free && entries[index - 1]?.text === text)) continue;\n          const left = Math.max(free, wanted);\n          const fitted = fitting(ctx, text, end - left - 6);\n          ctx.fillStyle = colour(style);\n          ctx.fillText(fitted, left + 2, top);\n          if (fitted !== '') free = left + ctx.measureText(fitted).width + 6;\n        }\n        top += 15;\n      };\n      ctx.font = font(11);\n      row(\n        phases.map(({ name, from }, index) => ({\n          text: name,\n          at: from,\n          to: phases[index + 1]?.from ?? Number.POSITIVE_INFINITY,\n          style: '--muted',\n        })),\n      );\n      ctx.font = `600 ${font(11)}`;\n      const faults = bands.map(({ label, from, to }) => ({ text: label, at: from, to, style: '--ink' }));\n      for (let of = 0; of < faultRows; of++) row(faults.filter((_, index) => index % faultRows === of));\n      row(\n        all.map(({ label, at, kind }) => ({ text: label, at, to: at, style: kind === 'broke' ? '--bad' : '--good' })),\n      );\n    });\n  }\n\n  function fitting(ctx, text, width) {\n    if (ctx.measureText(text).width <= width) return text;\n    for (let length = text.length - 1; length > 2; length--) {\n      const cut = `${text.slice(0, length)}\u2026`;\n      if (ctx.measureText(cut).width <= width) return cut;\n    }\n    return '';\n  }\n\n  function limit(plot, kind, timeline) {\n    const value = kind.limit(timeline);\n    const { min, max } = plot.scales.y;\n    if (value === null || value < min || value > max) return;\n    within(plot, (ctx, box) => {\n      const y = plot.valToPos(value, 'y', true) / uPlot.pxRatio;\n      ctx.strokeStyle = colour('--muted');\n      line(ctx, box.left, y, box.right, y, [6, 4]);\n      ctx.font = font(11);\n      ctx.fillStyle = colour('--muted');\n      ctx.textAlign = 'right';\n      ctx.textBaseline = y - box.top < 16 ? 'top' : 'bottom';\n      ctx.fillText(kind.limitLabel(value), box.right - 4, y + (y - box.top < 16 ? 2 : -2));\n    });\n  }\n\n  function marks(plot, { marks: all }) {\n    within(plot, (ctx, box, x) => {\n      ctx.lineWidth = 1.5;\n      for (const { at, kind } of all) {\n        ctx.strokeStyle = colour(kind === 'broke' ? '--bad' : '--good');\n        line(ctx, x(at), box.top, x(at), box.bottom);\n      }\n    });\n  }\n\n  function redraw() {\n    for (const { chart } of charts) chart.redraw(false, true);\n  }\n\n  for (const [group, place] of document.querySelectorAll('.charts').entries()) {\n    const timeline = JSON.parse(place.querySelector('script').textContent);\n    for (const element of place.querySelectorAll('[data-chart]')) draw(element, timeline, group);\n  }\n  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);\n  // For printing: light colours, narrow charts, and everything unfolded.\n  addEventListener('beforeprint', () => {\n    document.documentElement.classList.add('paper');\n    for (const fold of document.querySelectorAll('details')) fold.open = true;\n    for (const { chart, element, height } of charts) resize(chart, element, height);\n    redraw();\n  });\n  addEventListener('afterprint', () => {\n    document.documentElement.classList.remove('paper');\n    for (const { chart, element, height } of charts) resize(chart, element, height);\n    redraw();\n  });\n})();\n";

// src/report/page/page.css
var page_default = ':root,\n:root.paper {\n  color-scheme: light;\n  --page: #ffffff;\n  --card: #f6f8fa;\n  --ink: #1f2328;\n  --muted: #57606a;\n  --grid: #d8dee4;\n  --good: #1a7f37;\n  --bad: #c4212f;\n  --doubt: #8a5a00;\n  --bad-tint: #ffebe9;\n  --band: #f3c1bd80;\n  --band-unproven: #c9c9c980;\n  --series-1: #0969da;\n  --series-2: #d1570a;\n  --series-3: #0f8a6d;\n  --series-4: #7a3fc4;\n}\n\n@media (prefers-color-scheme: dark) {\n  :root:not(.paper) {\n    color-scheme: dark;\n    --page: #0d1117;\n    --card: #161b22;\n    --ink: #e6edf3;\n    --muted: #9aa4ae;\n    --grid: #30363d;\n    --good: #4ac26b;\n    --bad: #ff7b72;\n    --doubt: #e3b341;\n    --bad-tint: #3b1518;\n    --band: #7a2a2a66;\n    --band-unproven: #6b6b6b66;\n    --series-1: #58a6ff;\n    --series-2: #f0883e;\n    --series-3: #3fc9a3;\n    --series-4: #b78af7;\n  }\n}\n\n* {\n  box-sizing: border-box;\n}\n\nbody {\n  margin: 0 auto;\n  padding: 1rem;\n  max-width: 1080px;\n  background: var(--page);\n  color: var(--ink);\n  font:\n    15px / 1.5 system-ui,\n    sans-serif;\n  overflow-wrap: anywhere;\n}\n\nh1 {\n  margin: 0;\n  font-size: 2rem;\n  line-height: 1.2;\n}\n\nh2 {\n  margin: 2.2rem 0 0.6rem;\n  padding-bottom: 0.3rem;\n  border-bottom: 1px solid var(--grid);\n  font-size: 1.35rem;\n}\n\nh3 {\n  margin: 1.2rem 0 0.3rem;\n  font-size: 1.05rem;\n}\n\nh4 {\n  margin: 1rem 0 0.2rem;\n  font-size: 0.95rem;\n}\n\np,\nul {\n  margin: 0.4rem 0;\n}\n\nul {\n  padding-left: 1.2rem;\n}\n\na {\n  color: inherit;\n}\n\ntime,\ntd > a:only-child {\n  white-space: nowrap;\n}\n\n.muted {\n  color: var(--muted);\n}\n\n.card {\n  padding: 1rem 1.2rem;\n  border: 1px solid var(--grid);\n  border-left: 6px solid var(--muted);\n  border-radius: 6px;\n  background: var(--card);\n}\n\n.card.pass {\n  border-left-color: var(--good);\n}\n\n.card.fail,\n.broke {\n  border-left-color: var(--bad);\n}\n\n.card.inconclusive {\n  border-left-color: var(--doubt);\n}\n\n.score-card {\n  display: grid;\n  grid-template-columns: 3fr 2fr;\n  gap: 0 2rem;\n}\n\n.score {\n  font-size: 1.15rem;\n}\n\n.found {\n  margin: 0.7rem 0 0;\n  padding: 0;\n  list-style: none;\n}\n\n.found li {\n  margin: 0.2rem 0;\n  padding-left: 1.3rem;\n  text-indent: -1.3rem;\n}\n\n.found li::before {\n  display: inline-block;\n  width: 1.3rem;\n  color: var(--bad);\n  content: "\u2717";\n  font-weight: 700;\n  text-indent: 0;\n}\n\n.found li.doubt::before {\n  color: var(--doubt);\n  content: "?";\n}\n\n.found li.good::before {\n  color: var(--good);\n  content: "\u2713";\n}\n\n.note {\n  margin: 0.6rem 0;\n  padding: 0.5rem 0.8rem;\n  border-left: 4px solid var(--doubt);\n  background: var(--page);\n}\n\n.verdict {\n  padding: 0 0.45em;\n  border: 1px solid currentColor;\n  border-radius: 1em;\n  font-size: 0.85em;\n  font-weight: 600;\n  white-space: nowrap;\n}\n\n.verdict.pass,\n.good {\n  color: var(--good);\n}\n\n.verdict.fail,\n.bad {\n  color: var(--bad);\n  font-weight: 600;\n}\n\n.verdict.inconclusive,\n.verdict.skipped,\n.doubt {\n  color: var(--doubt);\n}\n\n.found .doubt,\n.found .good {\n  color: inherit;\n}\n\ncode,\npre {\n  font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace;\n  font-size: 0.87em;\n}\n\npre {\n  margin: 0.5rem 0;\n  padding: 0.6rem 0.8rem;\n  border: 1px solid var(--grid);\n  border-radius: 6px;\n  background: var(--card);\n  white-space: pre-wrap;\n}\n\n.command {\n  user-select: all;\n}\n\n.broke {\n  margin: 0.8rem 0;\n  padding: 0.1rem 1rem 0.6rem;\n  border: 1px solid var(--grid);\n  border-left: 6px solid var(--bad);\n  border-radius: 6px;\n}\n\n.evidence {\n  margin: 0.6rem 0 1rem;\n}\n\n.facts {\n  display: grid;\n  grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));\n  gap: 0.3rem 1.2rem;\n  margin: 0.5rem 0;\n}\n\n.facts dt {\n  color: var(--muted);\n  font-size: 0.85em;\n}\n\n.facts dd {\n  margin: 0;\n}\n\ndetails > summary {\n  margin: 0.5rem 0;\n  cursor: pointer;\n  font-weight: 600;\n}\n\n.scroll {\n  overflow-x: auto;\n}\n\ntable {\n  border-collapse: collapse;\n  margin: 0.4rem 0;\n  font-size: 0.93em;\n}\n\nth,\ntd {\n  padding: 0.3rem 0.6rem;\n  border: 1px solid var(--grid);\n  text-align: left;\n  vertical-align: top;\n  overflow-wrap: break-word;\n}\n\nth {\n  background: var(--card);\n  font-weight: 600;\n}\n\n.number {\n  min-width: 3.6rem;\n  text-align: right;\n  font-variant-numeric: tabular-nums;\n}\n\ntr.fail > td:first-child {\n  border-left: 4px solid var(--bad);\n}\n\n.bars {\n  width: 100%;\n  margin: 0;\n}\n\n.bars th,\n.bars td {\n  padding: 0.1rem 0.4rem;\n  border: 0;\n  background: none;\n  font-weight: 400;\n  vertical-align: middle;\n  white-space: nowrap;\n}\n\n.bars svg {\n  display: block;\n  width: 100%;\n  min-width: 60px;\n  height: 10px;\n}\n\n.bar-all {\n  fill: var(--grid);\n}\n\n.bar-excellent,\n.bar-good {\n  fill: var(--good);\n}\n\n.bar-fair {\n  fill: var(--doubt);\n}\n\n.bar-needs-improvement {\n  fill: var(--bad);\n}\n\n.bar-interval {\n  fill: var(--ink);\n}\n\n.lifeline {\n  display: block;\n  margin: 0.5rem 0;\n}\n\n.lifeline text {\n  fill: var(--ink);\n  font-size: 11px;\n}\n\n.lifeline .axis {\n  fill: var(--muted);\n}\n\n.lifeline .tick {\n  stroke: var(--grid);\n}\n\n.lifeline .due {\n  fill: var(--bad);\n  stroke: var(--bad);\n  stroke-width: 2px;\n}\n\n.lifeline .mark {\n  stroke: var(--ink);\n  stroke-width: 2px;\n}\n\n.lifeline .connection {\n  fill: var(--series-1);\n}\n\n.lifeline .connection-without-session {\n  fill: var(--page);\n  stroke: var(--series-1);\n  stroke-width: 1.5px;\n}\n\n.lifeline .fault {\n  fill: var(--band);\n  stroke: var(--bad);\n}\n\n.lifeline .unproven-fault {\n  fill: var(--band-unproven);\n  stroke: var(--muted);\n}\n\n.lifeline .drain {\n  fill: var(--grid);\n  stroke: var(--muted);\n}\n\n.legend {\n  font-size: 0.8em;\n}\n\n.events {\n  margin: 0.4rem 0;\n  padding: 0;\n  font-size: 0.93em;\n  list-style: none;\n}\n\n.events li {\n  display: grid;\n  grid-template-columns: 4.5rem 1fr;\n}\n\n.events time {\n  color: var(--muted);\n  font-variant-numeric: tabular-nums;\n}\n\n.chart {\n  min-height: 60px;\n}\n\n.uplot .u-legend {\n  margin: 0 0 0 56px;\n  color: var(--muted);\n  font-size: 12px;\n  text-align: left;\n}\n\n.uplot .u-legend th,\n.uplot .u-legend td {\n  padding: 0 0.2rem;\n  border: 0;\n  background: none;\n  font-weight: 400;\n}\n\n/* Nothing to say before the cursor is on a chart. */\n.uplot .u-legend .u-series:has(> .u-value:empty) th::after,\n.uplot .u-legend .u-series:first-child:has(> .u-value:empty) {\n  content: none;\n  display: none;\n}\n\n.beside {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 0 2rem;\n}\n\n.beside > table {\n  align-self: flex-start;\n}\n\nfooter {\n  margin: 2.5rem 0 1rem;\n  color: var(--muted);\n  font-size: 0.85em;\n}\n\n@media (max-width: 640px) {\n  .score-card {\n    grid-template-columns: 1fr;\n    gap: 1rem;\n  }\n\n  .stacked,\n  .stacked tbody,\n  .stacked tr,\n  .stacked td {\n    display: block;\n  }\n\n  .stacked thead {\n    display: none;\n  }\n\n  .stacked tr {\n    margin: 0.6rem 0;\n    border: 1px solid var(--grid);\n    border-radius: 6px;\n  }\n\n  .stacked td {\n    display: flow-root;\n    padding-left: 8.5rem;\n    border: 0;\n    text-align: left;\n  }\n\n  .stacked td::before {\n    float: left;\n    width: 7.4rem;\n    margin-left: -7.9rem;\n    color: var(--muted);\n    content: attr(data-head);\n  }\n\n  .stacked tr.fail {\n    border-left: 4px solid var(--bad);\n  }\n\n  .stacked tr.fail > td:first-child {\n    border-left: 0;\n  }\n}\n\n/* What fits on A4 and on letter paper. */\n.paper body {\n  max-width: 700px;\n  padding: 0;\n  font-size: 11px;\n}\n\n@media print {\n  table {\n    font-size: 9px;\n  }\n\n  th,\n  td {\n    padding: 2px 4px;\n  }\n\n  .card,\n  .broke,\n  .chart,\n  tr {\n    break-inside: avoid;\n  }\n\n  h2,\n  h3,\n  h4 {\n    break-after: avoid;\n  }\n}\n';

// src/report/lifeline-svg.ts
var rowHeight = 32;
var axisHeight = 18;
var steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 3e4, 6e4];
var mostTicks = 5;
function drawLifeline({ fromMs, toMs, rows }) {
  const across = (ms) => {
    const share = (ms - fromMs) / Math.max(1, toMs - fromMs);
    return Math.round(Math.min(1, Math.max(0, share)) * 1e4) / 100;
  };
  const bottom = rows.length * rowHeight;
  return markup`<svg class="lifeline" width="100%" height="${bottom + axisHeight}" role="img" aria-label="Lifeline from ${clock(fromMs)} to ${clock(toMs)}">
${ticks(fromMs, toMs).map(
    (ms) => markup`<line class="tick" x1="${across(ms)}%" x2="${across(ms)}%" y1="0" y2="${bottom}"/><text class="axis" x="${across(ms)}%" y="${bottom + 13}" text-anchor="middle">${ms / 1e3} s</text>\n`
  )}${rows.map((row, index) => drawRow(row, index * rowHeight, across))}</svg>
`;
}
function drawRow({ name, bars, marks }, top, across) {
  return markup`<text x="0" y="${top + 11}">${name}</text>
${bars.map((bar2) => drawBar(bar2, top + 16, across))}${marks.map(
    ({ atMs, what }) => markup`<line class="mark" x1="${across(atMs)}%" x2="${across(atMs)}%" y1="${top + 13}" y2="${top + 29}"><title>${what}</title></line>\n`
  )}`;
}
function drawBar({ fromMs, toMs, kind, what }, y, across) {
  const left = across(fromMs);
  const width = Math.round(100 * ((toMs === null ? 100 : across(toMs)) - left)) / 100;
  return markup`<rect class="${kind}" x="${left}%" y="${y}" width="${width}%" height="10"><title>${what}</title></rect>\n`;
}
function ticks(fromMs, toMs) {
  const lengthMs = toMs - fromMs;
  const stepMs = steps.find((step) => lengthMs / step <= mostTicks) ?? Math.ceil(lengthMs / mostTicks);
  const first = Math.ceil((fromMs + lengthMs * 0.05) / stepMs);
  const last = Math.floor((toMs - lengthMs * 0.05) / stepMs);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * stepMs);
}

// src/report/timeline.ts
var mostPoints = 600;
function timelineOf(scenario2) {
  const windows = wholeWindows(scenario2.windows.filter(({ phase }) => isCharted(phase)));
  const first = windows[0];
  const last = windows[windows.length - 1];
  if (!first || !last) return void 0;
  const span2 = { from: seconds(first.startMs), to: seconds(last.startMs + last.lengthMs) };
  const points = pool(windows);
  const expected = (name) => scenario2.expectations.find((one) => one.name === name)?.expected ?? null;
  const availability = expected("availability");
  return {
    from: points.map(({ startMs }) => seconds(startMs)),
    to: points.map(({ endMs }) => seconds(endMs)),
    p50: points.map(({ p50Ms }) => digits(p50Ms)),
    p99: points.map(({ p99Ms }) => digits(p99Ms)),
    published: points.map(({ publishedPerSecond }) => Math.round(publishedPerSecond)),
    delivered: points.map(({ deliveredPerSecond }) => Math.round(deliveredPerSecond)),
    availability: points.map(({ share }) => percent(share)),
    phases: scenario2.phases.filter(({ name }) => isCharted(name)).map(({ name, startMs }) => ({ name, from: seconds(startMs) })),
    bands: bandsOf(scenario2.faults, span2),
    marks: marksOf(scenario2).filter(({ at }) => at >= span2.from && at <= span2.to),
    expected: { p99: expected("p99-latency"), availability: percent(availability) },
    pooled: points.length < windows.length ? Math.max(...points.map(({ startMs, endMs }) => endMs - startMs)) : void 0
  };
}
function isCharted(phase) {
  return phase === "steady" || phase === "hold" || phase === "recover";
}
function wholeWindows(windows) {
  const whole = [];
  for (const window of windows) {
    const before = whole[whole.length - 1];
    if (before && before.phase === window.phase && window.lengthMs < before.lengthMs / 2)
      whole[whole.length - 1] = {
        ...before,
        lengthMs: window.startMs + window.lengthMs - before.startMs,
        possible: before.possible + window.possible,
        done: before.done + window.done,
        published: before.published + window.published,
        delivered: before.delivered + window.delivered,
        p50Ms: before.p50Ms ?? window.p50Ms,
        p99Ms: highest([before.p99Ms, window.p99Ms])
      };
    else whole.push(window);
  }
  return whole;
}
function pool(windows) {
  const size2 = Math.ceil(windows.length / mostPoints);
  const groups = [];
  for (const window of windows) {
    const group = groups[groups.length - 1];
    if (group && group.length < size2 && group[0]?.phase === window.phase) group.push(window);
    else groups.push([window]);
  }
  return groups.flatMap((group) => {
    const first = group[0];
    const last = group[group.length - 1];
    if (!first || !last) return [];
    const endMs = last.startMs + last.lengthMs;
    const perSecond = (count) => 1e3 * group.reduce((sum, window) => sum + count(window), 0) / Math.max(1, endMs - first.startMs);
    const undone = highest(group.map(({ possible, done }) => possible === 0 ? null : 1 - done / possible));
    return {
      startMs: first.startMs,
      endMs,
      p50Ms: highest(group.map(({ p50Ms }) => p50Ms)),
      p99Ms: highest(group.map(({ p99Ms }) => p99Ms)),
      publishedPerSecond: perSecond(({ published }) => published),
      deliveredPerSecond: perSecond(({ delivered }) => delivered),
      share: undone === null ? null : 1 - undone
    };
  });
}
function bandsOf(faults, span2) {
  const bands = /* @__PURE__ */ new Map();
  for (const fault of faults) {
    const from = Math.max(span2.from, tenths(fault.startMs));
    const to = Math.min(span2.to, tenths(fault.endMs));
    if (to <= from) continue;
    const label = `${plain(fault.kind, 40)} on ${plain(fault.target, 60)}${fault.proven ? "" : " (not proven)"}`;
    const key = `${from} ${to} ${fault.proven}`;
    const same = bands.get(key);
    bands.set(key, { from, to, label: same ? `${same.label}, ${label}` : label, proven: fault.proven });
  }
  return [...bands.values()].sort((a, b) => a.from - b.from);
}
function marksOf(scenario2) {
  const { recoveryMs } = scenario2.measures;
  const healMs = scenario2.phases.find(({ name }) => name === "recover")?.startMs;
  const broke = (ms, label) => ({ at: tenths(ms), label, kind: "broke" });
  const marks = [
    ...scenario2.crashes.map(({ node, atMs }) => broke(atMs, `${plain(node, 40)} ended`)),
    ...scenario2.violations.flatMap(
      ({ invariant, examples }) => examples.flatMap(({ atMs }) => atMs === null ? [] : [broke(atMs, plain(invariant, 40))])
    ),
    ...recoveryMs === null || healMs === void 0 || scenario2.faults.length === 0 ? [] : [{ at: seconds(healMs + recoveryMs), label: "recovered", kind: "recovered" }]
  ];
  return [...new Map(marks.map((mark) => [`${mark.at} ${mark.label}`, mark])).values()].sort((a, b) => a.at - b.at);
}
function highest(values) {
  return values.reduce((most, value) => most === null || value !== null && value > most ? value : most, null);
}
function seconds(ms) {
  return Math.round(ms) / 1e3;
}
function tenths(ms) {
  return Math.round(ms / 100) / 10;
}
function digits(value) {
  return value === null ? null : Number(value.toPrecision(3));
}
function percent(share) {
  return share === null ? null : Math.floor(share * 1e4 + 1e-6) / 100;
}

// src/report/print-html.ts
function printSections(sections, ids) {
  return markup`${sections.filter(({ blocks }) => blocks.length > 0).map(({ id, blocks }) => markup`<section${idOf(id)}>\n${printHtml(blocks, ids)}</section>\n`)}`;
}
function printHtml(blocks, ids = /* @__PURE__ */ new Map()) {
  return markup`${blocks.map((block) => printBlock(block, ids))}`;
}
function printBlock(block, ids) {
  const line = (text) => printLine(text, ids);
  switch (block.type) {
    case "card":
      return card(block, ids);
    case "heading":
      return markup`<h2>${line(block.text)}</h2>\n`;
    case "title":
      return markup`<h3${classOf(block.tone)}>${line(block.text)}</h3>\n`;
    case "paragraph":
      return markup`<p${classOf(block.tone)}>${line(block.text)}</p>\n`;
    case "note":
      return markup`<p class="note">${line(block.text)}</p>\n`;
    case "list":
      return markup`<ul>\n${block.items.map((item) => markup`<li>${line(item)}</li>\n`)}</ul>\n`;
    case "table":
      return table2(block.columns, block.rows, line);
    case "command":
      return markup`<pre class="command">${wholeCommand(block.command)}</pre>\n`;
    case "fold":
      return markup`<details><summary>${line(block.summary)}</summary>\n${printHtml(block.blocks, ids)}</details>\n`;
    case "finding":
      return markup`<div class="broke"${idOf(block.id)}>\n<h3>${line(block.head)}</h3>\n${printHtml(block.blocks, ids)}</div>\n`;
    case "facts":
      return markup`<dl class="facts">\n${block.facts.map(([name, value]) => markup`<div><dt>${said(name)}</dt><dd>${line(value)}</dd></div>\n`)}</dl>\n`;
    case "output":
      return markup`<pre>${lines(block.lines)}</pre>\n`;
    case "scores":
      return markup`<table class="bars">\n<tbody>\n${block.scores.map(scoreRow)}</tbody>\n</table>\n`;
    case "sums":
      return markup`<div class="beside">\n${block.sums.map(sumTable)}</div>\n<p>${block.sums.every(({ gap }) => gap === 0) ? "Every message is accounted for." : nothing}${block.sums.map(({ gap }) => gap === 0 ? nothing : markup` <span class="bad">${gapText(gap)}</span>`)}</p>\n`;
    case "charts":
      return charts(block.scenario);
    case "lifeline":
      return lifeline(block.lifeline, line);
    case "columns":
      return markup`<div class="beside">\n${block.columns.map((column) => markup`<div>\n${printHtml(column, ids)}</div>\n`)}</div>\n`;
    case "only":
      return block.medium === "page" ? printHtml(block.blocks, ids) : nothing;
  }
}
function printLine({ parts: parts2 }, ids) {
  return markup`${parts2.map((part) => printPart(part, ids))}`;
}
function printPart(part, ids) {
  switch (part.type) {
    case "own":
      return new Markup(entities(part.text));
    case "outside":
      return markup`${part.text}`;
    case "code":
      return code2(part.text);
    case "command":
      return markup`<code class="command">${wholeCommand(part.text)}</code>`;
    case "strong":
      return markup`<strong>${printLine(part.of, ids)}</strong>`;
    case "muted":
      return markup`<span class="muted">${printLine(part.of, ids)}</span>`;
    case "bad":
      return markup`<span class="bad">${printLine(part.of, ids)}</span>`;
    case "verdict":
      return verdictMark(part.verdict);
    case "scenario":
      return scenario(part.scenario, part.full, ids);
    case "jump":
      return markup`<a href="#${part.id}">${printLine(part.of, ids)}</a>`;
    case "link":
      return markup`<a href="${part.address}">${part.text}</a>`;
    case "break":
      return markup`<br>`;
  }
}
function classOf(name) {
  return name === void 0 ? nothing : markup` class="${name}"`;
}
function idOf(id) {
  return id === void 0 ? nothing : markup` id="${id}"`;
}
var tones = {
  pass: "good",
  fail: "bad",
  inconclusive: "doubt",
  skipped: "doubt"
};
function card({ about, notes, found, remarks, beside, ...result }, ids) {
  const { verdict } = result;
  const line = (text) => printLine(text, ids);
  return markup`<header class="card score-card ${verdict}">
<div>
<h1><span class="${tones[verdict]}">${verdict.toUpperCase()}</span></h1>
${scoreText(result, line)}${notes.map((text) => markup`<p class="note">${line(text)}</p>\n`)}${found.length === 0 ? nothing : markup`<ul class="found">\n${found.map((one) => foundItem(one, ids))}</ul>\n`}${remarks.map((text) => markup`<p>${line(text)}</p>\n`)}<p class="muted">${about.map((one, index) => markup`${index === 0 ? nothing : markup` · `}${line(one)}`)}</p>
</div>
<div>
${printHtml(beside, ids)}</div>
</header>
`;
}
function scoreText({ score, grade, interval, unscored: unscored2 }, line) {
  if (unscored2 !== void 0) return markup`<p class="score">${line(unscored2)}</p>\n`;
  if (score === null) return markup`<p class="score">${capital(`score ${notMeasured}`)}.</p>\n`;
  return markup`<p class="score"><strong>${formatScore(score)}</strong> of 10, <strong>${grade ?? "not graded"}</strong> <span class="muted">(${formatInterval(interval)})</span></p>\n`;
}
function foundItem({ tone, text }, ids) {
  return markup`<li${classOf(tone === "bad" ? void 0 : tone)}>${printLine(text, ids)}</li>\n`;
}
function table2(columns2, rows, line) {
  const kind = (column) => classOf(column?.kind);
  return markup`<div class="scroll"><table class="stacked">
<thead><tr>${columns2.map((column) => markup`<th${kind(column)} scope="col">${column.head}</th>`)}</tr></thead>
<tbody>
${rows.map(
    ({ cells, isBad = false }) => markup`<tr${classOf(isBad ? "fail" : void 0)}>${cells.map((cell, index) => markup`<td${kind(columns2[index])} data-head="${columns2[index]?.head ?? ""}">${line(cell)}</td>`)}</tr>\n`
  )}</tbody>
</table></div>
`;
}
function verdictMark(verdict) {
  return markup`<span class="verdict ${verdict}">${verdict === "fail" ? "FAIL" : verdict}</span>`;
}
function code2(outside) {
  return markup`<code>${plain(outside) === "" ? "(empty)" : outside}</code>`;
}
function said(outside) {
  return plain(outside) === "" ? notMeasured : outside;
}
function scenario(one, full, ids) {
  const link = markup`<a href="#${ids.get(one) ?? ""}">${one.name}</a>`;
  if (!full) return link;
  const faults = [...new Set(one.faults.map(({ kind, target }) => `${kind} on ${target}`))];
  const done = faults.length === 0 ? ", without a fault" : markup` (${faults.join(", ")})`;
  return markup`${link}${attemptText(one)}${done}`;
}
function scoreRow({ name, score, interval, intervalText }) {
  return markup`<tr><th scope="row">${name}</th><td>${bar(score, interval)}</td><td class="number" title="95% interval: ${intervalText}">${formatScore(score)}</td></tr>\n`;
}
function bar(score, interval) {
  const tone = gradeOf(score).toLowerCase().replaceAll(" ", "-");
  const line = interval === null ? nothing : markup`<rect class="bar-interval" x="${interval[0] * 10}" y="4" width="${Math.max(0.5, (interval[1] - interval[0]) * 10)}" height="2"/>`;
  return markup`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-all" width="100" height="10"/><rect class="bar-${tone}" width="${score * 10}" height="10"/>${line}</svg>`;
}
function sumTable({ what, note, total, parts: parts2, beside }) {
  return markup`<table>
<tbody>
<tr><th scope="row">${noted(what, note)}</th><th class="number">${formatCount(total)}</th></tr>
${[...parts2, ...beside ? [beside] : []].flatMap(partRows)}</tbody>
</table>
`;
}
function partRows({ what, note, count, rules, isBad = false }) {
  const row = (text, shown) => markup`<tr><td>${text}</td><td${classOf(isBad ? "number bad" : "number")}>${formatCount(shown)}</td></tr>\n`;
  return rules === void 0 ? [row(noted(what, note), count)] : rules.map(([rule, of]) => row(noted(what, rule), of));
}
function noted(what, note) {
  return note === void 0 ? what : `${what}: ${note}`;
}
function charts(scenario2) {
  const timeline = timelineOf(scenario2);
  if (!timeline) return markup`<p>Timeline: not measured.</p>\n`;
  const chart = (kind, title2) => markup`<h4>${title2}</h4>\n<div class="chart" role="img" aria-label="${title2} of ${scenario2.name} over time" data-chart="${kind}"></div>\n`;
  const pooled = timeline.pooled === void 0 ? nothing : markup`<p class="muted">Each point pools up to ${formatMs(timeline.pooled)}: the mean of the rates, and the worst of latency and availability.</p>\n`;
  return markup`<div class="charts">
<noscript><p class="note">The charts need JavaScript. The tables have the figures of each phase.</p></noscript>
${chart("latency", "Latency from publish to receipt, p50 and p99 (logarithmic)")}${chart("throughput", "Throughput, messages a second")}${chart("availability", "Availability, operations done in time of those possible")}
${pooled}<script type="application/json">${new Markup(jsonInHtml(timeline))}</script>
</div>
`;
}
function lifeline(one, line) {
  return markup`${drawLifeline(one)}<p class="muted legend">Red: due. Stroke: acknowledged or received. Blue: connected, filled where the CONNACK had session present = 1. Shaded: fault in force.</p>
<details><summary>Moment by moment</summary>
<ol class="events">
${one.events.map(({ atMs, text }) => markup`<li><time>${clock(atMs)}</time> <span>${line(text)}</span></li>\n`)}</ol>
</details>
`;
}
function jsonInHtml(value) {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

// src/report/sections/abilities.ts
function abilitiesSection(record2) {
  return [
    heading(say`What the broker can do`),
    features(record2),
    ...checks2(checkTitles.notApplicable, notApplicableOf(record2)),
    ...checks2(checkTitles.unknown, unknownOf(record2)),
    ...leftOut2(record2)
  ];
}
function features({ broker: { features: features2 } }) {
  if (features2 === null) return paragraph(say`Not measured.`);
  return table(
    [{ head: "feature" }, { head: "available" }, { head: "seen" }],
    featureRows(features2).map(({ title: title2, available, seen }) => [
      own(title2),
      available ? say`yes` : say`no`,
      orNotMeasured(seen)
    ])
  );
}
function checks2(head, found) {
  if (found.length === 0) return [];
  const lines2 = found.map(
    ({ invariant, why, scenarios, everywhere }) => everywhere ? say`${code(invariant)}: ${sentence(why)}` : say`${code(invariant)}: ${sentence(why)} (${joined(scenarios.map(code))})`
  );
  return [title(own(head)), list(lines2)];
}
function leftOut2(record2) {
  const lines2 = leftOutOf(record2).map((what) => say`${what}`);
  return lines2.length === 0 ? [] : [title(say`Left out of the workload, because it did not work before any fault`), list(lines2)];
}

// src/report/sections/environment.ts
function environmentSection({ environment: environment2, workload, tool, cutLogs: cutLogs2 = [] }) {
  const { os, kernel, node, cpuModel, cpus: cpus2, memoryBytes, ci } = environment2;
  const memory = `${(memoryBytes / 1024 ** 3).toFixed(1)} GiB`;
  return [
    heading(say`Environment`),
    list([
      ci === null ? say`${os}, kernel ${kernel}` : say`${os}, kernel ${kernel}, ${ci}`,
      say`${own(plural(cpus2, "CPU"))} (${cpuModel}), ${own(memory)} of memory`,
      say`Node ${node}, ${tool.name} ${tool.version}`,
      say`Workload ${code(workload.profile)}: ${own(formatCount(workload.ratePerSecond))} messages a second of ${own(formatCount(workload.payloadBytes))} bytes`,
      ...cutLogs2.length === 0 ? [] : [say`${cutLogsText(cutLogs2)}`]
    ])
  ];
}

// src/report/sections/messages.ts
function messagesPart(accounting) {
  const { published, acknowledged, unknown, notSent, unacknowledgeable, owed, delivered, lost } = accounting;
  if (published === 0 && owed === 0) return [title(say`Messages`), paragraph(say`Not measured.`)];
  const { legal, publishedGap, owedGap } = balance(accounting);
  const duplicates = rulesOf(accounting.legalDuplicates);
  const more = {
    what: "received more than once where that is allowed",
    count: duplicates.reduce((sum, [, count]) => sum + count, 0),
    rules: duplicates
  };
  return [
    title(say`Messages`),
    {
      type: "sums",
      sums: [
        {
          what: "published",
          total: published,
          parts: [
            { what: "acknowledged", count: acknowledged },
            { what: "unknown", note: "written, never acknowledged", count: unknown },
            { what: "not sent", count: notSent },
            { what: "QoS 0", note: "nothing to acknowledge", count: unacknowledgeable }
          ],
          gap: publishedGap
        },
        {
          what: "owed",
          note: "one for each message and subscription",
          total: owed,
          parts: [
            { what: "delivered", count: delivered },
            { what: "legally undelivered", count: legal, rules: rulesOf(accounting.legallyUndelivered) },
            { what: "lost", count: lost, isBad: lost > 0 }
          ],
          gap: owedGap,
          ...duplicates.length === 0 ? {} : { beside: more }
        }
      ]
    }
  ];
}
function rulesOf(counts2) {
  return Object.entries(counts2).filter(([, count]) => count > 0);
}

// src/report/sections/scenario.ts
var number = (head) => ({ head, kind: "number" });
function scenarioSection(record2, scenario2) {
  return [
    heading(say`${scenario2.name}: ${scenario2.title}`),
    ...resultPart(scenario2),
    ...otherRuns(scenario2).map(
      (run2) => fold(say`Run ${run2.attempt} was ${own(run2.verdict)}: ${run2.reason}`, resultPart(run2))
    ),
    paragraph(say`To repeat this scenario: ${command(repeatCommand(record2, scenario2))}`)
  ];
}
function resultPart(scenario2) {
  const about = [
    paragraph(say`${verdictOf(scenario2)}${own(attemptText(scenario2))}: ${sentence(scenario2.reason)}`),
    paragraph(aboutScenario(scenario2), "muted")
  ];
  if (scenario2.verdict === "skipped") return about;
  return [
    ...about,
    paragraph(own(partsText(scenario2))),
    ...faultsPart(scenario2),
    { type: "charts", scenario: scenario2 },
    columns(expectationsPart(scenario2), messagesPart(scenario2.accounting)),
    ...phasesPart(scenario2)
  ];
}
function aboutScenario({ tier, severity, dimension, cluster, parameters }) {
  const given = Object.entries(parameters).map(([key, value]) => code(`${key}=${value}`));
  const about = say`Tier ${own(tier)}, severity ${own(severity)}, ${own(dimension)}; ${own(cluster.fresh ? "fresh" : "shared")} cluster: ${sentence(cluster.why)}`;
  return given.length === 0 ? about : say`${about} Parameters: ${joined(given)}.`;
}
function faultsPart({ faults }) {
  if (faults.length === 0) return [paragraph(say`No fault was injected.`)];
  return [
    title(say`Injected against observed`),
    table(
      ["fault", "injected", "observed", "mechanism", "in force", "proven"].map((head) => ({ head })),
      faults.map(({ kind, target, injected, observed: observed2, mechanism, startMs, endMs, healed, proven }) => {
        const inForce = say`${own(formatAt(startMs))} to ${own(formatAt(endMs))}`;
        return [
          say`${code(kind)} on ${code(target)}`,
          orNotMeasured(injected),
          orNotMeasured(observed2),
          orNotMeasured(mechanism),
          healed ? inForce : say`${inForce}, ${bad(say`not healed`)}`,
          proven ? say`yes` : bad(say`no`)
        ];
      })
    )
  ];
}
function expectationsPart(scenario2) {
  if (scenario2.expectations.length === 0) return [];
  return [
    title(say`Expectations`),
    table(
      [{ head: "measure" }, number("expected"), number("measured"), { head: "met" }],
      scenario2.expectations.map((one) => {
        const met = metText(scenario2, one);
        return [
          own(expectationNames[one.name]),
          own(expectedText(one)),
          own(measuredText(scenario2, one)),
          met === "no" ? bad(own(met)) : own(met)
        ];
      })
    ),
    ...whyNotApplicable(scenario2).map((why) => paragraph(say`${why}`, "muted"))
  ];
}
function phasesPart(scenario2) {
  const { phases, harness } = scenario2;
  if (phases.length === 0) return [];
  return [
    fold(say`Phases, nodes and the harness`, [
      phaseTable(phases),
      nodeTable(phases),
      paragraph(own(scrapesText(scenario2))),
      paragraph(own(harnessText(harness))),
      paragraph(own(machineText(scenario2)))
    ])
  ];
}
function phaseTable(phases) {
  const heads = ["from", "length", "availability", "p50", "p95", "p99", "p99.9", "max", "delivered", "reconnects"];
  return table(
    [{ head: "phase" }, ...heads.map(number)],
    phases.map(
      ({ name, startMs, endMs, measures }) => [
        name,
        formatAt(startMs),
        formatMs(endMs - startMs),
        formatAvailability(measures?.availability ?? null),
        ...["p50Ms", "p95Ms", "p99Ms", "p999Ms", "maxMs"].map(
          (key) => formatLatency(measures?.latency?.[key] ?? null)
        ),
        measures ? `${formatCount(Math.round(measures.deliveredPerSecond))}/s` : notMeasured,
        measures ? formatCount(measures.reconnects) : notMeasured
      ].map(own)
    )
  );
}
function nodeTable(phases) {
  const measured = phases.flatMap(
    ({ name, measures }) => measures === null || measures.nodes.length === 0 ? [] : [{ phase: name, nodes: measures.nodes }]
  );
  const names = [...new Set(measured.flatMap(({ nodes }) => nodes.map(({ name }) => name)))];
  if (names.length === 0) return paragraph(say`CPU and memory of the nodes: not measured.`);
  const usedBy = (name, nodes) => {
    const node = nodes.find((one) => one.name === name);
    if (!node) return own(notMeasured);
    const growth2 = node.memoryGrowthBytes === void 0 ? "" : ` (${formatGrowth(node.memoryGrowthBytes)})`;
    return own(`${formatCores(node.cpuCores)}, ${formatMebibytes(node.memoryBytes)}${growth2}`);
  };
  return table(
    [
      { head: "node" },
      ...measured.map(({ phase }) => ({ head: `${phase}: mean CPU in cores, largest memory (growth)` }))
    ],
    names.map((name) => [code(name), ...measured.map(({ nodes }) => usedBy(name, nodes))])
  );
}
function scrapesText({ scrapes, faultsSeenByBroker, faults }) {
  const answered = scrapes.attempted === 0 ? "The broker's own metrics were not scraped." : `The broker answered ${formatCount(scrapes.answered)} of ${plural(scrapes.attempted, "scrape")} of its own metrics; they are in the folder metrics beside this report.`;
  const seen = faultsSeenByBroker === null || faults.length === 0 ? "" : ` Its metrics or logs showed ${faultsSeenByBroker} of ${plural(faults.length, "fault")}.`;
  return `${answered}${seen}`;
}

// src/report/sections/report.ts
function reportSections(record2, { examples, lifelines, comparison }) {
  const ids = scenarioIds(record2);
  return [
    { blocks: cardSection(record2) },
    { id: "broke", blocks: brokenSection(record2, { examples, lifelines, commands: true }) },
    { blocks: knownSection(record2) },
    // On a page the card has them, and each scenario says it again.
    { blocks: [only("text", ...undecidedSection(record2))] },
    { blocks: comparison ? comparisonSection(comparison, { scenarios: "all" }) : [] },
    { blocks: scenariosSection(record2) },
    // On a page the card has them.
    { blocks: [only("text", heading(say`Dimensions`), ...dimensionsPart(record2))] },
    ...record2.scenarios.map((scenario2) => ({
      id: ids.get(scenario2) ?? "",
      blocks: scenarioSection(record2, scenario2)
    })),
    { blocks: abilitiesSection(record2) },
    { blocks: environmentSection(record2) },
    { blocks: repeatSection(record2) }
  ];
}
function scenarioIds(record2) {
  return new Map(
    record2.scenarios.flatMap(
      (scenario2, index) => attempts([scenario2]).map((attempt) => [attempt, `scenario-${index + 1}`])
    )
  );
}

// src/report/html.ts
var style = `${uPlot_min_default}
${page_default}`;
var script = `/*
uPlot:

${LICENSE_default}*/
${uPlot_iife_min_default}
${charts_default}`;
function renderHtml(record2, comparison) {
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${record2.verdict.toUpperCase()} ${record2.sabotage ? `sabotaged: ${record2.sabotage.name}` : formatScore(record2.score)}: ${record2.broker.name}</title>
<style>${new Markup(style)}</style>
</head>
<body>
${printSections(reportSections(record2, { examples: 5, lifelines: 5, comparison }), scenarioIds(record2))}
<footer>${record2.tool.name} ${record2.tool.version}. Rendered from report.json, which holds every figure.</footer>
<script>${new Markup(script)}</script>
</body>
</html>
`.text;
}
function hashOf(inline) {
  return `'sha256-${createHash2("sha256").update(inline).digest("base64")}'`;
}

// src/report/junit.ts
var mostExamples = 3;
function renderJunit(record2) {
  const tiers = [.../* @__PURE__ */ new Set([...record2.tiers, ...record2.scenarios.map(({ tier }) => tier)])];
  const suites = [
    ...tiers.map((tier) => suiteOf(record2, tier)).filter(({ cases }) => cases.length > 0),
    ...record2.partial || record2.error !== null || record2.scenarios.length === 0 ? [{ name: "run", cases: [brokenOff(record2)] }] : []
  ];
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="chaos-action: ${record2.broker.name}" ${counts(suites.flatMap(({ cases }) => cases))} time="${seconds2(record2.durationMs)}">
${suites.map(({ name, cases }) => suiteElement(record2, name, cases))}</testsuites>
`.text;
}
function suiteOf(record2, tier) {
  const scenarios = record2.scenarios.filter((scenario2) => scenario2.tier === tier);
  return { name: tier, cases: scenarios.map((scenario2) => caseOf(record2, scenario2)) };
}
function suiteElement(record2, name, cases) {
  const timeMs = cases.reduce((sum, one) => sum + one.timeMs, 0);
  return markup`<testsuite name="${name}" ${counts(cases)} time="${seconds2(timeMs)}" timestamp="${record2.startedAt.slice(0, 19)}">
<properties>
${properties({
    verdict: record2.verdict,
    score: formatScore(record2.score),
    grade: record2.grade ?? "not graded",
    seed: record2.seed,
    broker: record2.broker.name,
    ...record2.sabotage ? { sabotage: record2.sabotage.name } : {},
    nodes: String(record2.broker.nodes),
    command: wholeCommand(record2.command)
  })}</properties>
${cases.map(({ element }) => element)}</testsuite>
`;
}
function counts(cases) {
  const count = (outcome) => cases.filter((one) => one.outcome === outcome).length;
  return markup`tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
}
function caseOf(record2, scenario2) {
  const all = attempts([scenario2]);
  const outcome = outcomeOf(scenario2);
  const timeMs = all.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  return {
    outcome,
    timeMs,
    element: markup`<testcase classname="${record2.broker.name}.${scenario2.tier}" name="${scenario2.name}" time="${seconds2(timeMs)}">
<properties>
${properties({ ...scenario2.parameters, score: formatScore(scenario2.score) })}</properties>
${outcome === "failure" ? failure(record2, scenario2) : outcome === "skipped" ? markup`<skipped message="${scenario2.verdict}: ${scenario2.reason}"/>\n` : nothing}<system-out>${observed(scenario2)}</system-out>
</testcase>
`
  };
}
function outcomeOf(scenario2) {
  if (scenario2.verdict === "fail" || attempts([scenario2]).some(isUnexplained)) return "failure";
  return scenario2.verdict === "pass" ? "passed" : "skipped";
}
function failure(record2, scenario2) {
  const all = attempts([scenario2]);
  const violations = all.flatMap((attempt) => attempt.violations).filter(({ count, known }) => count > 0 && known === null);
  const crashes = all.flatMap((attempt) => attempt.crashes);
  const expectations = scenario2.expectations.filter(isBroken);
  const headlines = [
    ...violations.map(({ invariant, count }) => `${invariant}: ${plural(count, "violation")}`),
    ...crashes.map(({ node }) => `${node} ended by itself`),
    ...expectations.map(
      (one) => `${expectationNames[one.name]} ${measuredText(scenario2, one)}, expected ${expectedText(one)}`
    )
  ];
  const text = [
    ...violations.flatMap(({ invariant, count, statement, clause, examples }) => [
      `${invariant}: ${plural(count, "violation")}. ${sentence(statement)}${clause === null ? "" : ` (${clause})`}`,
      ...examples.slice(0, mostExamples).flatMap(evidence)
    ]),
    ...crashes.flatMap(({ node, atMs, how, lastLines: lastLines2, suspects = [] }) => [
      `${node} ended by itself at ${formatAt(atMs)}: ${sentence(how)}`,
      ...suspects.length === 0 ? [] : [suspectsTitle, ...suspects.map((line) => `    ${line}`)],
      ...lastLines2.map((line) => `    ${line}`)
    ]),
    ...expectations.map(
      (one) => `${expectationNames[one.name]}: ${measuredText(scenario2, one)}, expected ${expectedText(one)}.`
    )
  ];
  const type2 = violations.length > 0 ? "violation" : crashes.length > 0 ? "crash" : "expectation";
  return markup`<failure type="${type2}" message="${headlines.length === 0 ? scenario2.reason : headlines.join("; ")}">${lines(text, text.length)}
To repeat: ${wholeCommand(repeatCommand(record2, scenario2))}
</failure>
`;
}
function evidence({ what, atMs, faultsInForce, logs }) {
  const when = atMs === null ? "" : ` Seen at ${formatAt(atMs)}.`;
  const faults = faultsInForce.length === 0 ? "No fault was in force." : `In force: ${faultsInForce.join(", ")}.`;
  return [`  - ${sentence(what)}${when} ${faults}`, ...logs.map((line) => `    ${line}`)];
}
function observed(scenario2) {
  const text = [
    `${scenario2.verdict}: ${sentence(scenario2.reason)}`,
    ...scenario2.faults.map(
      ({ kind, target, injected, observed: observed2, proven }) => `${kind} on ${target}: injected ${injected}; observed ${observed2}; ${proven ? "proven" : "not proven"}`
    ),
    ...whyNotApplicable(scenario2),
    ...attempts([scenario2]).flatMap(({ violations }) => violations).flatMap(
      ({ invariant, count, known, limitedTo: limitedTo2 }) => count === 0 || known === null ? [] : [`known issue: ${invariant}${ofClients({ limitedTo: limitedTo2 })}, ${plural(count, "violation")}. ${sentence(known)}`]
    )
  ];
  return lines(text, text.length);
}
function brokenOff({ partial, error, durationMs }) {
  const why = error !== null ? `${sentence(error.message)} ${sentence(error.hint ?? "")}` : partial ? "this run is still going on, or was cut off." : "no scenario was run.";
  return {
    outcome: "error",
    timeMs: durationMs,
    element: markup`<testcase classname="chaos-action" name="the run came to its end" time="${seconds2(durationMs)}">
<error type="${error?.code ?? "partial"}" message="${why}"/>
</testcase>
`
  };
}
function properties(values) {
  return Object.entries(values).map(([name, value]) => markup`<property name="${name}" value="${value}"/>\n`);
}
function seconds2(ms) {
  return (ms / 1e3).toFixed(3);
}

// src/report/markdown.ts
function renderMarkdown(record2) {
  const blocks = reportSections(record2, { examples: 3, lifelines: 3 }).flatMap((section) => section.blocks);
  return `${printMarkdown(blocks).join("\n\n")}
`;
}

// src/run/write-reports.ts
function writeReports(record2, folder, comparison) {
  try {
    mkdirSync5(folder, { recursive: true });
    writeWhole(join10(folder, "report.json"), `${JSON.stringify(record2, null, 2)}
`);
    writeWhole(join10(folder, "report.md"), renderMarkdown(record2));
    writeWhole(join10(folder, "report.html"), renderHtml(record2, comparison));
    writeWhole(join10(folder, "junit.xml"), renderJunit(record2));
    writeWhole(join10(folder, "badge.json"), renderBadge(record2));
  } catch (error) {
    throw unwritable(folder, error);
  }
}
function prepareReports(folder) {
  try {
    mkdirSync5(folder, { recursive: true });
    writeWhole(join10(folder, ".writable"), "the reports of chaos-action go here\n");
    rmSync5(join10(folder, ".writable"));
  } catch (error) {
    throw unwritable(folder, error);
  }
}
function rescueReports(record2) {
  try {
    const folder = mkdtempSync(join10(tmpdir(), "chaos-report-"));
    writeReports(record2, folder);
    return folder;
  } catch {
    return void 0;
  }
}
function writeWhole(file, text) {
  try {
    writeFileSync3(`${file}.part`, text);
    renameSync(`${file}.part`, file);
  } catch (error) {
    rmSync5(`${file}.part`, { force: true });
    throw error;
  }
}
function unwritable(folder, error) {
  return new ChaosError("report", `the reports could not be written to ${folder}: ${reason(error)}`, {
    hint: "make room or choose another folder with --out",
    cause: error
  });
}
function reason(error) {
  const code3 = error.code;
  if (code3 === "ENOSPC") return "no space left on the device";
  if (code3 === "EACCES" || code3 === "EPERM") return "permission denied";
  if (code3 === "EROFS") return "the file system is read-only";
  if (code3 === "ENOTDIR" || code3 === "EEXIST") return "a part of that path is a file";
  return messageOf(error);
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
    ...{ config, mutant: choice.mutant, run: id, seed, logFolder: join11(out, "logs") },
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
        metricsFolder: join11(out, "metrics"),
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
          onScenario(scenario2) {
            view.scenario(scenario2);
            exposition.verdict(scenario2.name, scenario2.verdict, scenario2.score);
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
  return broker.buildWithinMs + 6e4 + (repeat + 1) * scenarios.reduce((sum, scenario2) => sum + scenarioMs(scenario2), 0);
}

export {
  claimFolder,
  writeReports,
  runSession
};
