import { randomBytes } from 'node:crypto';
import { join, relative, resolve } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { ChaosError, type ExitCode, exitCodes } from '../base/error.ts';
import type { Logger } from '../base/logger.ts';
import { createRandom } from '../base/random.ts';
import { findMarked, killAll } from '../cluster/proc.ts';
import { maskSecrets } from '../config/environment-references.ts';
import { loadAll } from '../config/load-all.ts';
import { suggest } from '../config/nearest.ts';
import { loadScenarios } from '../config/scenarios.ts';
import type { Config, Scenario, Tier } from '../config/types.ts';
import { formatMs } from '../config/units.ts';
import { mutants } from '../embedded/mutants.ts';
import { localEngine } from '../engines/local.ts';
import { Ledger } from '../faults/ledger.ts';
import { faultKinds } from '../faults/registry.ts';
import { type Exposition, openExposition } from '../metrics/exposition.ts';
import { watchLoopLag } from '../metrics/loop-lag.ts';
import type { RunRecord } from '../report/record.ts';
import { commandLine } from '../report/repeat.ts';
import { renderSummary } from '../report/table.ts';
import { startReaper } from '../run/guard.ts';
import { run } from '../run/run.ts';
import { prepareReports, rescueReports, writeReports } from '../run/write-reports.ts';
import { openWorkload } from '../workload/workload.ts';
import { liveView, type ProgressView, plainView } from './progress.ts';
import { version } from './version.ts';

export type RunCommandOptions = {
  readonly cwd: string;
  readonly config?: string | undefined;
  readonly broker?: string | undefined;
  readonly mutant?: string | undefined;
  readonly tiers: readonly Tier[];
  /** Names or paths; they go before the tiers. */
  readonly scenarios?: readonly string[] | undefined;
  readonly set: Readonly<Record<string, string>>;
  readonly durationMs?: number | undefined;
  readonly nodes?: number | undefined;
  readonly ratePerSecond?: number | undefined;
  readonly seed?: string | undefined;
  readonly out: string;
  readonly failBelow?: number | undefined;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly metricsPort?: number | undefined;
  readonly verbose: boolean;
};

/** Runs the scenarios against the broker and reports; resolves with the exit code of the verdict. */
export async function runCommand(options: RunCommandOptions): Promise<ExitCode> {
  const { config, scenarios, catalogue } = load(options);
  const seed = options.seed ?? randomBytes(4).toString('hex');
  if (options.dryRun) {
    printPlan(config, scenarios, seed);
    return exitCodes.pass;
  }

  const view: ProgressView =
    process.stderr.isTTY && process.env.CI === undefined ? liveView(process.stderr) : plainView(process.stderr);
  const mask = (text: string): string => maskSecrets(text, config.broker.secrets);
  const logger: Logger = {
    debug: (text) => options.verbose && view.note(mask(text)),
    info: (text) => view.note(mask(text)),
    warn: (text) => view.note(mask(text)),
  };
  const abort = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    // The second time the user has lost patience: the reaper does what is left to do.
    if (abort.signal.aborted) process.exit(exitCodes.cancelled);
    view.note(`${name}: healing and stopping; once more to leave at once`);
    abort.abort(new ChaosError('cancelled', `cancelled by ${name}`));
  };
  const out = resolve(options.cwd, options.out);
  prepareReports(out);
  const exposition = await openExposition(options.metricsPort);
  const id = `${new Date(systemClock.wallMs()).toISOString().replace(/\D/g, '').slice(0, 14)}-${process.pid}`;
  const ledger = await begin(id, exposition);
  const deadlineMs = runDeadlineMs(scenarios, config);
  const deadline = setTimeout(
    () => abort.abort(new ChaosError('cluster', `the run took longer than its deadline of ${formatMs(deadlineMs)}`)),
    deadlineMs,
  );

  const reaper = startReaper(id, logger.warn);
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const workload = openWorkload();
  const lag = watchLoopLag();
  let unwritten: ChaosError | undefined;
  let last: RunRecord | undefined;
  const write = (record: RunRecord): void => {
    last = record;
    try {
      writeReports(record, out);
      unwritten = undefined;
    } catch (error) {
      unwritten = error instanceof ChaosError ? error : new ChaosError('report', String(error));
    }
  };

  try {
    if (exposition.url) logger.info(`own metrics at ${exposition.url}`);
    const record = await run(
      {
        config,
        scenarios,
        catalogue,
        tiers: options.tiers,
        seed,
        mutant: options.mutant,
        version,
        command: repeatingCommand(options, seed),
        metricsFolder: join(out, 'metrics'),
        ci: process.env.GITHUB_ACTIONS === 'true' ? 'GitHub Actions' : process.env.CI ? 'CI' : null,
      },
      {
        engine: localEngine({
          config,
          mutant: options.mutant,
          run: id,
          seed,
          workFolder: join(ledger.folder, 'work'),
          logFolder: join(out, 'logs'),
          ledger,
          clock: systemClock,
          logger,
        }),
        workload,
        lag,
        clock: systemClock,
        logger,
        signal: abort.signal,
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
          onRecord: write,
        },
      },
    );
    view.end();
    return report(record, options, config.score.failBelow, out, unwritten, mask);
  } finally {
    view.end();
    clearTimeout(deadline);
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    lag.stop();
    await workload.terminate();
    await exposition.close();
    // Whatever stopping the cluster has overlooked, such as a daemon that the build left running.
    const left = await killAll(
      () => findMarked(id),
      () => systemClock.sleep(10),
    );
    if (left > 0) logger.warn(`ended ${left} processes that this run had left`);
    ledger.end();
    reaper.release();
    if (unwritten && last) {
      const rescued = rescueReports(last);
      if (rescued) process.stderr.write(`what was measured is in ${rescued}\n`);
    }
  }
}

/** The exposition listens already, and would keep a tool alive that cannot go on. */
async function begin(id: string, exposition: Exposition): Promise<Ledger> {
  try {
    return Ledger.begin(id);
  } catch (error) {
    await exposition.close();
    throw error;
  }
}

function load(options: RunCommandOptions): {
  config: Config;
  scenarios: readonly Scenario[];
  catalogue: readonly string[];
} {
  const { cwd, tiers } = options;
  const loaded = loadAll({
    cwd,
    env: process.env,
    file: options.config,
    preset: options.broker,
    overrides: { nodes: options.nodes, ratePerSecond: options.ratePerSecond, failBelow: options.failBelow },
    faultKinds,
    set: options.set,
    tiers,
    names: options.scenarios,
  });
  checkMutant(options.mutant, loaded.config.broker.name);
  const scenarios =
    options.durationMs === undefined
      ? loaded.scenarios
      : loaded.scenarios.map((scenario) => ({
          ...scenario,
          phases: { ...scenario.phases, holdMs: options.durationMs ?? 0 },
        }));
  for (const { name, phases, faults } of scenarios)
    for (const { kind, atMs, forMs, location } of faults)
      if (atMs + (forMs ?? 0) > phases.holdMs || atMs >= phases.holdMs)
        throw new ChaosError(
          'usage',
          `--duration: the fault ${kind} of ${name} would outlast a hold of ${formatMs(phases.holdMs)}`,
          { location },
        );
  return {
    config: loaded.config,
    scenarios,
    catalogue: loadScenarios({ cwd, faultKinds, tiers }).map(({ name }) => name),
  };
}

function checkMutant(mutant: string | undefined, broker: string): void {
  if (mutant === undefined) return;
  const names = Object.keys(mutants);
  if (!names.includes(mutant))
    throw new ChaosError('usage', `there is no mutant "${mutant}"`, { hint: suggest(mutant, names, 'mutants') });
  if (broker !== 'embedded')
    throw new ChaosError('usage', `--mutant is for the embedded broker, not for ${broker}`, {
      hint: 'leave --broker and --config away',
    });
}

/** The words that repeat this run, the seed named. */
function repeatingCommand(options: RunCommandOptions, seed: string): string {
  const words = ['chaos-action', 'run'];
  const add = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) words.push(name, String(value));
  };
  add('--config', options.config);
  add('--broker', options.broker);
  add('--mutant', options.mutant);
  if (options.scenarios) add('--scenario', options.scenarios.join(','));
  else add('--tier', options.tiers.join(','));
  for (const [name, value] of Object.entries(options.set)) add('--set', `${name}=${value}`);
  add('--duration', options.durationMs === undefined ? undefined : `${options.durationMs}ms`);
  add('--nodes', options.nodes);
  add('--rate', options.ratePerSecond === undefined ? undefined : `${options.ratePerSecond}/s`);
  add('--seed', seed);
  return commandLine(words);
}

/** Twice every phase (an inconclusive scenario runs again), what draining and booting may take, and as much again as a scenario's worth. */
function runDeadlineMs(scenarios: readonly Scenario[], { broker }: Config): number {
  const scenarioMs = ({ phases }: Scenario): number =>
    phases.steadyMs + phases.holdMs + Math.max(30_000, phases.recoverMs) + 150_000 + broker.ready.withinMs;
  return broker.buildWithinMs + 60_000 + 2 * scenarios.reduce((sum, scenario) => sum + scenarioMs(scenario), 0);
}

function printPlan(config: Config, scenarios: readonly Scenario[], seed: string): void {
  const nodes = Array.from({ length: config.nodes }, (_, i) => `node${i + 1}`);
  process.stdout.write(
    `seed ${seed}: ${config.nodes} nodes of ${config.broker.name}, ${config.workload.ratePerSecond} messages a second\n`,
  );
  for (const scenario of scenarios) {
    const { phases } = scenario;
    process.stdout.write(
      `${scenario.name}: steady ${formatMs(phases.steadyMs)}, hold ${formatMs(phases.holdMs)}, recover at most ${formatMs(phases.recoverMs)}\n`,
    );
    const random = createRandom(seed).fork(`faults/${scenario.name}`);
    for (const spec of scenario.faults) {
      const planned = faultKinds.get(spec.kind)?.plan(spec.parameters, spec.on, { nodes }, random);
      if (planned)
        process.stdout.write(
          `  at ${formatMs(spec.atMs)} ${planned.kind} on ${planned.target}: ${planned.injected}${spec.forMs === undefined ? '' : `, for ${formatMs(spec.forMs)}`}\n`,
        );
    }
  }
}

function report(
  record: RunRecord,
  options: RunCommandOptions,
  failBelow: number | undefined,
  out: string,
  unwritten: ChaosError | undefined,
  mask: (text: string) => string,
): ExitCode {
  if (options.json) process.stdout.write(`${JSON.stringify(record)}\n`);
  else {
    const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
    process.stdout.write(
      `${mask(renderSummary(record, { colour, width: process.stdout.columns ?? 120, ...(unwritten ? {} : { reportPath: join(relative(options.cwd, out) || '.', 'report.md') }) }))}\n`,
    );
  }
  if (record.error) {
    process.stderr.write(
      `${record.error.code}: ${mask(record.error.message)}\n${record.error.hint === null ? '' : `  hint: ${mask(record.error.hint)}\n`}`,
    );
    if (unwritten) process.stderr.write(`${unwritten.message}\n`);
    return new ChaosError(record.error.code as ChaosError['code'], record.error.message).exitCode;
  }
  if (unwritten) throw unwritten;
  if (record.verdict === 'fail') return exitCodes.fail;
  if (failBelow !== undefined && record.score !== null && record.score < failBelow) {
    process.stderr.write(`the score ${record.score} is below ${failBelow}\n`);
    return exitCodes.fail;
  }
  return record.verdict === 'pass' ? exitCodes.pass : exitCodes.inconclusive;
}
