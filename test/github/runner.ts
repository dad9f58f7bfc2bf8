import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { pollUntil } from '../../src/base/clock.ts';
import { distPath } from '../../src/base/entries.ts';
import { messageOf } from '../../src/base/error.ts';
import { patienceMs } from '../support/eventually.ts';
import type { WorkflowEvent } from './events.ts';
import { inputVariables, jobEnvironment } from './job-environment.ts';
import type { LocalGitHub } from './local-github.ts';
import { type Annotation, parseFileCommand, WorkflowLog } from './workflow-commands.ts';

export type ActionOptions = {
  readonly github: LocalGitHub;
  /** The folder of the action: its action.yml and what that starts (see copyAction). */
  readonly action: string;
  /** The machine: a folder of the test, empty at first, for the workspace, RUNNER_TEMP (`_temp`) and TMPDIR (`tmp`). */
  readonly folder: string;
  /** The workspace, in which the action is started; `folder/workspace` unless told otherwise. */
  readonly cwd?: string;
  readonly event: WorkflowEvent;
  /** What `github.token` is. */
  readonly token: string;
  /** `with` of the step, completed with the defaults of action.yml. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly matrix?: Readonly<Record<string, unknown>> | null;
  readonly job?: string;
  /** An existing run that this job belongs to; a run of its own, which ends with it, unless told otherwise. */
  readonly runId?: number;
  /** `env` of the step, and what is to be otherwise than on a runner of GitHub's. */
  readonly env?: Readonly<Record<string, string>>;
  /** The Node to run it with; the one that runs the tests unless told otherwise. */
  readonly node?: string;
  /** As when a job is run again with debug logging. */
  readonly debug?: boolean;
  /** The job is cancelled once this is printed, or settled. */
  readonly cancelWhen?: string | Promise<unknown>;
};

export type StepResult = {
  readonly pid: number;
  readonly conclusion: 'success' | 'failure' | 'cancelled';
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** All that it printed on both streams, secrets and commands included. */
  readonly raw: string;
  readonly log: readonly string[];
  readonly groups: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly annotations: readonly Annotation[];
  readonly masks: readonly string[];
  readonly debug: readonly string[];
  /** What a runner would complain of: nested groups, files it cannot read, a summary that is too long, output held open. */
  readonly defects: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  /** As it was written; GitHub masks the secrets in what it shows. */
  readonly summary: string;
  /** Of a cancelled step: what was sent to it and when it ended, counted from the cancellation. */
  readonly cancelled?: {
    readonly signals: readonly { readonly signal: NodeJS.Signals; readonly afterMs: number }[];
    readonly endedAfterMs: number;
  };
  /** Runs the action's post step, as the runner does at the end of the job. */
  post(): Promise<StepResult>;
};

export type RunningAction = {
  readonly pid: number;
  /** Resolves once this is printed; rejects when the step ends without. */
  prints(text: string): Promise<void>;
  /** Cancels the job as the runner does: SIGINT, 7.5 s later SIGTERM, 2.5 s later SIGKILL, each to the entry process alone. */
  cancel(): void;
  readonly done: Promise<StepResult>;
};

const sigintMs = 7_500;
const sigtermMs = 2_500;
/** How long the runner waits for the streams of a process that has ended. */
const streamsMs = 5_000;
const summaryLimitBytes = 1_024 * 1_024;

/** Copies the built action, action.yml and dist/, into a folder away from the repository; answers with the action's folder. */
export function copyAction(folder: string): string {
  const action = join(folder, '_actions', 'octo', 'chaos-action', 'v1');
  const dist = dirname(distPath('index.js'));
  cpSync(dist, join(action, 'dist'), { recursive: true });
  cpSync(join(dist, '..', 'action.yml'), join(action, 'action.yml'));
  const comment = join(dist, '..', 'comment');
  if (existsSync(comment)) cpSync(comment, join(action, 'comment'), { recursive: true });
  return action;
}

/** A runner for the tests of the file that calls it; what still runs at the end of a test is killed. */
export function actionRunner(): {
  /** Starts an action's main step. */
  startAction(options: ActionOptions): RunningAction;
  /** Runs an action's main step to its end. */
  runAction(options: ActionOptions): Promise<StepResult>;
} {
  const children = new Set<ChildProcess>();
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
    children.clear();
  });
  const startAction = (options: ActionOptions): RunningAction => new Job(options, children).start('main');
  return {
    startAction,
    async runAction(options) {
      const running = startAction(options);
      const { cancelWhen } = options;
      if (cancelWhen !== undefined) {
        if (typeof cancelWhen === 'string') await running.prints(cancelWhen);
        else await Promise.race([cancelWhen, running.done]);
        running.cancel();
      }
      return running.done;
    },
  };
}

const actionFile = z.object({
  inputs: z.record(z.string(), z.object({ default: z.string().optional() })).default({}),
  runs: z.object({ main: z.string(), post: z.string().optional() }),
});

/** A job with one step, the action; its main and its post step share the machine, the run and the tokens. */
class Job {
  readonly #options: ActionOptions & { readonly cwd: string };
  readonly #children: Set<ChildProcess>;
  readonly #action: z.infer<typeof actionFile>;
  readonly #runId: number;
  readonly #secrets: readonly string[];
  readonly #environment: NodeJS.ProcessEnv;
  /** What GITHUB_ENV and GITHUB_STATE gave to later steps. */
  readonly #handedOn: Record<string, string> = {};

  constructor(options: ActionOptions, children: Set<ChildProcess>) {
    const { github, event, runId, token } = options;
    this.#options = { ...options, cwd: options.cwd ?? join(options.folder, 'workspace') };
    this.#children = children;
    this.#action = actionFile.parse(parse(readFileSync(join(options.action, 'action.yml'), 'utf8')));
    const inputs = inputVariables(this.#action.inputs, options);
    this.#runId = runId ?? github.addRun({ ...runOf(event), conclusion: null }).id;
    const runtimeToken = github.runtimeToken(this.#runId);
    this.#secrets = [token, runtimeToken];
    this.#environment = { ...jobEnvironment(this.#options, this.#runId, runtimeToken), ...inputs };
  }

  start(stage: 'main' | 'post'): RunningAction {
    const { action, folder, cwd, debug = false, node = process.execPath } = this.#options;
    const entry = this.#action.runs[stage];
    if (entry === undefined) throw new Error(`action.yml names no ${stage} step`);
    const files = commandFiles(join(folder, '_temp', '_runner_file_commands'));
    const child = spawn(node, [join(action, entry)], {
      cwd,
      env: { ...this.#environment, ...variablesOf(files), ...this.#handedOn, ...this.#options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { pid } = child;
    if (pid === undefined) throw new Error(`${node} could not be started`);
    this.#children.add(child);
    const log = new WorkflowLog({ secrets: this.#secrets, debug });
    for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', (line) => log.add(line));
    const cancellation = new Cancellation(child);

    let isOver = false;
    const done = ended(child, log).then((endedMs) => {
      isOver = true;
      this.#children.delete(child);
      const result = this.#result(child, log, files, cancellation.report(endedMs));
      const run = this.#options.github.run(this.#runId);
      if (run && stage === 'main' && this.#options.runId === undefined) run.conclusion = result.conclusion;
      return { pid, ...result };
    });
    return {
      pid,
      async prints(text) {
        const printed = await pollUntil(() => (log.raw.includes(text) ? true : isOver ? false : undefined), {
          withinMs: patienceMs,
          everyMs: 10,
        });
        if (!printed) throw new Error(`never printed: ${text}\n${log.raw}`);
      },
      cancel: () => cancellation.begin(),
      done,
    };
  }

  /** What a step that has ended left behind; its state and its variables are kept for the steps that follow. */
  #result(
    { exitCode, signalCode }: ChildProcess,
    log: WorkflowLog,
    files: Readonly<Record<CommandFile, string>>,
    cancelled: StepResult['cancelled'],
  ): Omit<StepResult, 'pid'> {
    log.end();
    const read = (command: CommandFile): Record<string, string> => {
      try {
        return parseFileCommand(readFileSync(files[command], 'utf8'));
      } catch (error) {
        log.defects.push(`unable to process file command ${command}: ${messageOf(error)}`);
        return {};
      }
    };
    const [outputs, state, variables] = [read('OUTPUT'), read('STATE'), read('ENV')];
    const summary = readFileSync(files.STEP_SUMMARY, 'utf8');
    if (Buffer.byteLength(summary) > summaryLimitBytes) log.defects.push('the summary is longer than 1 MiB');
    Object.assign(this.#handedOn, variables);
    for (const [name, value] of Object.entries(state)) this.#handedOn[`STATE_${name}`] = value;
    return {
      conclusion: cancelled ? 'cancelled' : exitCode === 0 ? 'success' : 'failure',
      exitCode,
      signal: signalCode,
      raw: log.raw,
      log: log.lines,
      groups: log.groups,
      annotations: log.annotations,
      masks: log.masks,
      debug: log.debug,
      defects: log.defects,
      outputs,
      state,
      summary,
      ...(cancelled ? { cancelled } : {}),
      post: () => this.start('post').done,
    };
  }
}

/** Ends a process as the runner does when its job is cancelled. */
class Cancellation {
  readonly #child: ChildProcess;
  readonly #signals: { readonly signal: NodeJS.Signals; readonly afterMs: number }[] = [];
  #beganMs: number | undefined;

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  begin(): void {
    if (this.#beganMs !== undefined || !this.#isAlive()) return;
    this.#beganMs = performance.now();
    this.#send('SIGINT');
    const timers = [
      setTimeout(() => this.#send('SIGTERM'), sigintMs),
      setTimeout(() => this.#send('SIGKILL'), sigintMs + sigtermMs),
    ];
    this.#child.once('exit', () => timers.forEach(clearTimeout));
  }

  report(endedMs: number): StepResult['cancelled'] {
    return this.#beganMs === undefined ? undefined : { signals: this.#signals, endedAfterMs: endedMs - this.#beganMs };
  }

  #send(signal: NodeJS.Signals): void {
    this.#signals.push({ signal, afterMs: performance.now() - (this.#beganMs ?? 0) });
    this.#child.kill(signal);
  }

  #isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }
}

/** Resolves with the time of the process's end once its streams are closed too, or were waited for in vain. */
function ended(child: ChildProcess, log: WorkflowLog): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      const endedMs = performance.now();
      const timer = setTimeout(() => {
        log.defects.push('its output was still held open 5 s after it had ended');
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, streamsMs);
      child.once('close', () => {
        clearTimeout(timer);
        resolve(endedMs);
      });
    });
  });
}

type CommandFile = 'OUTPUT' | 'STATE' | 'ENV' | 'PATH' | 'STEP_SUMMARY';

/** The empty files that a step writes its outputs and so on to, by what follows GITHUB_ in their variables. */
function commandFiles(folder: string): Record<CommandFile, string> {
  mkdirSync(folder, { recursive: true });
  const suffix = randomUUID();
  const file = (prefix: string): string => {
    const path = join(folder, `${prefix}_${suffix}`);
    writeFileSync(path, '');
    return path;
  };
  return {
    OUTPUT: file('set_output'),
    STATE: file('save_state'),
    ENV: file('set_env'),
    PATH: file('add_path'),
    STEP_SUMMARY: file('step_summary'),
  };
}

function variablesOf(files: Readonly<Record<CommandFile, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([command, file]) => [`GITHUB_${command}`, file]));
}

function runOf({ name, head }: WorkflowEvent) {
  return { event: name, headBranch: head.branch, headSha: head.sha, headRepositoryId: head.repositoryId };
}
