import { X509Certificate } from 'node:crypto';
import { chmodSync, closeSync, mkdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Clock, pollUntil, within } from '../../../base/clock.ts';
import { ChaosError, messageOf } from '../../../base/error.ts';
import { maskSecrets } from '../../../base/mask.ts';
import type { RenderedNode, RenderedProcess } from '../../../config/template.ts';
import type { BrokerSpec } from '../../../model/config.ts';
import { formatMs } from '../../../model/units.ts';
import type { Crash } from '../../engine.ts';
import { readRunQueueDelayMs } from '../machine/host.ts';
import { Family, type Identity } from './family.ts';
import { lastLines, logBytes, searchLog, shortened } from './log-file.ts';
import { startLogged } from './logged-process.ts';
import type { Log } from './logs/logs.ts';
import { missingFile } from './missing-file.ts';
import { type HeldMqtt, holdMqtt, type MqttPingTarget, mqttPing } from './mqtt-ping.ts';
import { killAll, nodeMark, type ProcessStat, readStat, runMark, signal } from './proc.ts';
import { askCommand, runShellCommand } from './shell-command.ts';

/** A process that was killed is reaped within this, or it is stuck in the kernel and nobody can wait for it. */
const exitWithinMs = 5_000;
/** How old the list of a node's processes may be when their use is read. */
const searchEveryMs = 5_000;

export type NodeOptions = {
  readonly run: string;
  readonly name: string;
  readonly spec: Pick<BrokerSpec, 'ready' | 'mqtt' | 'stop' | 'stopWithinMs' | 'secrets' | 'fileModes'>;
  /** A service of the cluster has a part of what a node has. */
  readonly rendered: RenderedProcess & Partial<RenderedNode>;
  readonly mqttPort: number;
  /** The node's own folder; its data live here between starts. */
  readonly folder: string;
  /** Where commands run from. */
  readonly workingFolder: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly onCrash: (crash: Crash) => void;
  /** Told of each process that is started, before it is waited for. */
  readonly onStart: (process: { readonly pid: number; readonly startTicks: number }) => void;
  /** Puts a process where the node is to live before it does anything, such as into a cgroup. */
  readonly enter?: ((pid: number) => Promise<void>) | undefined;
  /** Which processes are there. */
  readonly members?: (() => readonly number[]) | undefined;
  /** Told of each process that took its marks off. */
  readonly onStray?: ((process: Identity) => void) | undefined;
};

/** One node of the cluster: a process group on this machine, started with the broker's command. */
export class ClusterNode {
  readonly name: string;
  readonly #log: Log;
  readonly #options: NodeOptions;
  readonly #family: Family;
  #alive = false;
  #pid = 0;
  /** Its processes as they were when `usage` last looked for them. */
  #seen: { readonly processes: readonly ProcessStat[]; readonly atMs: number } = { processes: [], atMs: 0 };
  #expectedToRun = false;
  #exited: Promise<void> = Promise.resolve();
  /** How the last process ended, as a reader sees it. */
  #how = 'ended';
  /** The certificate authority that clients trust it by, as it was when the node was ready. */
  #ca: string | undefined;
  /** Where in its log what it says begins since it was started last, and where to look on for the sign that it is ready. */
  #logOffset = 0;
  #searchFrom = 0;
  /** Whether its log has had that sign since it was started last. */
  #hasSaidReady = false;

  constructor(options: NodeOptions) {
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
      // The mode that a file is made with is reduced by the umask.
      if (mode !== undefined) chmodSync(path, mode);
    }
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Started, and not stopped by a signal meanwhile. */
  get answering(): boolean {
    return this.#alive && readStat(this.#pid)?.state !== 'T';
  }

  /** Where the node answers over HTTP, as far as its configuration says. */
  get httpUrls(): readonly string[] {
    const { readyHttp, metrics } = this.#options.rendered;
    return [readyHttp, metrics].filter((url) => url !== undefined);
  }

  /** Its own MQTT port, past any link proxy. */
  get address(): MqttPingTarget {
    const { mqttPort: port, spec } = this.#options;
    const { version, username, password, transport, path, tls } = spec.mqtt;
    const trust = tls && { ca: this.#ca, serverName: tls.serverName, verify: tls.verify };
    return { ...{ host: '127.0.0.1', port, version, username, password, transport, path }, tls: trust };
  }

  /** The node's processes: the one that was started and whatever it started. */
  processes(): ProcessStat[] {
    return this.#family.look(this.#pid || undefined);
  }

  /**
   * What its processes use. Who they are is looked for only now and then, or when one has gone: it means reading all of /proc, for which
   * the conductor would stand still twice a second.
   */
  usage(): { readonly cpuSeconds: number; readonly residentBytes: number; readonly waitedMs: number } {
    const nowMs = this.#options.clock.nowMs();
    const known = this.#seen.processes.map(({ pid, startTicks }) => {
      const stat = readStat(pid);
      return stat?.startTicks === startTicks && stat.state !== 'Z' ? stat : undefined;
    });
    const isFresh = known.length > 0 && nowMs - this.#seen.atMs < searchEveryMs;
    const alive = known.filter((stat) => stat !== undefined);
    const current = isFresh && alive.length === known.length ? alive : this.processes();
    if (current !== alive) this.#seen = { processes: current, atMs: nowMs };
    const sum = (of: (stat: ProcessStat) => number): number => current.reduce((total, stat) => total + of(stat), 0);
    return {
      cpuSeconds: sum((stat) => stat.cpuSeconds),
      residentBytes: sum((stat) => stat.residentBytes),
      waitedMs: sum(({ pid }) => readRunQueueDelayMs(pid)),
    };
  }

  /** Starts the process, unless it runs; does not wait until the node is ready. */
  start(): void {
    if (this.#alive) return;
    const { rendered, name, clock, enter } = this.#options;
    const log = this.#log.open();
    const title = this.#title(`starts ${name}`, rendered.command);
    // What it said before it was killed is in the log already.
    this.#logOffset = logBytes(this.#log.file) + Buffer.byteLength(title);
    this.#searchFrom = this.#logOffset;
    this.#hasSaidReady = false;
    writeSync(log, title);
    const { pid, exited, release } = startLogged(execForm(rendered.command), {
      cwd: this.#commandFolder(),
      env: this.#environment(),
      log,
      // A session of its own: a Ctrl-C at the terminal must reach the tool alone, which then heals before it stops the nodes.
      detached: true,
      gated: enter !== undefined,
    });
    closeSync(log);
    this.#alive = true;
    this.#expectedToRun = true;
    this.#pid = pid ?? 0;
    let outside: string | undefined;
    if (pid !== undefined) {
      this.#options.onStart({ pid, startTicks: readStat(pid)?.startTicks ?? 0 });
      enter?.(pid).then(
        () => release(true),
        (error: unknown) => {
          outside = `could not be put where it belongs: ${messageOf(error)}`;
          release(false);
        },
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
  prepare(abort: AbortSignal): Promise<void> {
    return this.#run('prepare', this.#options.rendered.prepare, abort);
  }

  /** Joins the node to the others, which are ready. Rejects with `boot` when the command fails. */
  join(abort: AbortSignal): Promise<void> {
    return this.#run('join', this.#options.rendered.join, abort);
  }

  /** Whether there is something to do once all are ready. */
  get joins(): boolean {
    return this.#options.rendered.join !== undefined;
  }

  /** Resolves once the node is ready by every sign that the broker's configuration names. Rejects when it ends first or is not ready in time. */
  async ready(abort: AbortSignal): Promise<void> {
    const { spec, clock } = this.#options;
    let missing: string[] = [];
    const ready = await pollUntil(
      async () => {
        this.#family.glance(this.#pid || undefined);
        if (!this.#alive) {
          await this.#exited;
          throw new ChaosError('boot', `${this.name} ${this.#how} before it was ready`, {
            output: this.#linesSinceStart(),
            hint: `${this.#fileHint() ?? `its command was: ${this.#shown(this.#options.rendered.command)}`}; its whole output is in ${this.#log.file}`,
          });
        }
        missing = await this.#missingSigns(abort);
        return missing.length === 0 ? true : undefined;
      },
      { withinMs: spec.ready.withinMs, everyMs: 50, clock, signal: abort },
    );
    if (ready) return;
    throw new ChaosError(
      'boot',
      `${this.name} was not ready within ${formatMs(spec.ready.withinMs)}: ${missing.join('; ')}`,
      {
        output: this.#linesSinceStart(),
        hint: `if it needs longer, set broker.ready.within; its whole output is in ${this.#log.file}`,
      },
    );
  }

  /** What is wrong with the node's MQTT port, past any link proxy; undefined when it answers a CONNECT and a PINGREQ. */
  ping(withinMs: number): Promise<string | undefined> {
    return mqttPing(this.address, withinMs);
  }

  /** As `ping`, and keeps the connection. */
  connect(withinMs: number): Promise<HeldMqtt | string> {
    return holdMqtt(this.address, withinMs);
  }

  get logFile(): string {
    return this.#log.file;
  }

  get folder(): string {
    return this.#options.folder;
  }

  /** SIGKILL to all its processes; resolves when none is left. */
  async kill(): Promise<void> {
    this.#expectedToRun = false;
    await killAll(
      () => this.processes(),
      () => this.#options.clock.sleep(10),
    );
    await within(this.#exited, { withinMs: exitWithinMs, clock: this.#options.clock });
  }

  /** Sends a signal to each of its processes. */
  signalAll(name: NodeJS.Signals): ProcessStat[] {
    const processes = this.processes();
    for (const { pid } of processes) signal(pid, name);
    return processes;
  }

  /** Asks the node to end with the broker's own signal, and kills what is left after its deadline. */
  async stop(withinMs = this.#options.spec.stopWithinMs): Promise<void> {
    this.#expectedToRun = false;
    const { spec, clock } = this.#options;
    const asked = this.signalAll(spec.stop);
    this.signalAll('SIGCONT');
    if (asked.length > 0)
      await pollUntil(() => (this.processes().length === 0 ? true : undefined), {
        withinMs: Math.min(withinMs, spec.stopWithinMs),
        everyMs: 20,
        clock,
      });
    await this.kill();
  }

  async #missingSigns(abort: AbortSignal): Promise<string[]> {
    const { spec, rendered } = this.#options;
    const missing: string[] = [];
    const untrusted = this.#readCa();
    if (untrusted !== undefined) missing.push(untrusted);
    else if (spec.ready.mqtt) {
      const wrong = await this.ping(1_000);
      if (wrong !== undefined) missing.push(`MQTT: ${wrong}`);
    }
    if (rendered.readyHttp !== undefined) {
      const wrong = await httpProblem(rendered.readyHttp);
      if (wrong !== undefined) missing.push(this.#masked(`${rendered.readyHttp}: ${wrong}`));
    }
    if (rendered.readyLog !== undefined && !this.#hasSaidReady) {
      const { found, next } = searchLog(this.#log.file, rendered.readyLog, this.#searchFrom);
      this.#searchFrom = next;
      this.#hasSaidReady = found;
      if (!found) missing.push(this.#masked(`its log has no line with "${rendered.readyLog}"`));
    }
    // It may take seconds, so it is asked last.
    if (rendered.readyCommand !== undefined && missing.length === 0) {
      const wrong = await this.#commandProblem(rendered.readyCommand, abort);
      if (wrong !== undefined) missing.push(wrong);
    }
    return missing;
  }

  /** Takes what clients trust the node by; what is wrong with it. A node may make its certificate when it starts. */
  #readCa(): string | undefined {
    const { rendered, workingFolder } = this.#options;
    if (rendered.caFile === undefined) return undefined;
    const file = resolve(workingFolder, rendered.caFile);
    try {
      const pem = readFileSync(file, 'utf8');
      new X509Certificate(pem);
      this.#ca = pem;
      return undefined;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const why = code?.startsWith('ERR_') ? 'no certificate in PEM' : message;
      return this.#masked(`broker.mqtt.tls.ca: ${why === message ? why : `${file} holds ${why}`}`);
    }
  }

  /** What is wrong by the command that tells whether it is ready. */
  async #commandProblem(command: string, signal: AbortSignal): Promise<string | undefined> {
    const { ok, how, lastLine } = await askCommand(command, {
      cwd: this.#commandFolder(),
      env: this.#environment(),
      signal,
    });
    signal.throwIfAborted();
    return ok ? undefined : this.#masked(`ready.command ${how}${lastLine === '' ? '' : `: ${lastLine}`}`);
  }

  /** Runs one of the commands of the description that come before and after the start. */
  async #run(name: string, command: string | undefined, signal: AbortSignal): Promise<void> {
    if (command === undefined) return;
    const { spec, rendered, run, onStray } = this.#options;
    await runShellCommand({
      ...{ command, run, signal, onStray, log: this.#log, env: rendered.env, folder: this.#commandFolder() },
      ...{ secrets: spec.secrets, code: 'boot', withinMs: spec.ready.withinMs },
      name: `the ${name} command of ${this.name}`,
      title: this.#title(`runs the ${name} command of ${this.name}`, command),
      // No process of the node: a fault that strikes the node leaves what it has started alone.
      mark: `${this.name}/${name}`,
    });
  }

  #commandFolder(): string {
    const { workingFolder, rendered } = this.#options;
    return resolve(workingFolder, rendered.workingDirectory ?? '.');
  }

  #environment(): Record<string, string> {
    const { rendered, run, name } = this.#options;
    return { ...rendered.env, [runMark]: run, [nodeMark]: name };
  }

  /** The line of the log that tells what the tool does. */
  #title(what: string, command: string): string {
    const { clock } = this.#options;
    return `--- ${new Date(clock.wallMs()).toISOString()} chaos-action ${what}: ${this.#shown(command)}\n`;
  }

  /** A command as it may be shown. */
  #shown(command: string): string {
    return shortened(this.#masked(command));
  }

  /** Files of the description are in the node's folder, and commands run in another one. */
  #fileHint(): string | undefined {
    const { rendered, folder } = this.#options;
    const wanted = missingFile(this.#linesSinceStart(), Object.keys(rendered.files ?? {}));
    if (wanted === undefined || this.#commandFolder() === folder) return undefined;
    return `${wanted} is in the node's own folder: write {{ node.folder }}/${wanted}, or set working-directory: "{{ node.folder }}"`;
  }

  #linesSinceStart(): string[] {
    return lastLines(this.#log.file, 20, this.#logOffset);
  }

  #masked(text: string): string {
    return maskSecrets(text, this.#options.spec.secrets);
  }
}

/** Words that a shell does itself or reads as its grammar (POSIX.1-2024, XCU 2.9 and 2.15): exec would look for a program of that name. */
const shellsOwn = new Set(
  '. : alias bg break case cd command continue eval exec exit export fc fg for function getopts hash if jobs local read readonly return set shift source time times trap type ulimit umask unalias unset until wait while ! { ['.split(
    ' ',
  ),
);

/** A single plain command replaces the shell that runs it, so that the node is one process and its exit status its own. */
function execForm(command: string): string {
  const oneCommand = /^[^;&|<>()$`\n\\]*$/.test(command.trim());
  const [first = ''] = command.trim().split(/\s/);
  return oneCommand && !first.includes('=') && !shellsOwn.has(first) ? `exec ${command}` : command;
}

async function httpProblem(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1_000) });
    await response.body?.cancel();
    return response.ok ? undefined : `HTTP status ${response.status}`;
  } catch (error) {
    // fetch tells what went wrong in the cause. For a name with two addresses, as localhost has, that has a code and no message.
    const { message, code } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    return message || (code ?? 'no answer');
  }
}
