#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import { ChaosError, type ExitCode, exitCodes, messageOf } from '../base/error.ts';
import { printable } from '../base/printable.ts';
import { version } from '../base/version.ts';
import { formatProblems } from '../config/problems.ts';
import { parseSettings, parseTiers } from '../config/scenarios.ts';
import { faultKinds } from '../faults/registry.ts';
import { profileNames } from '../model/flow-kinds.ts';
import { privilegedModes } from '../model/privileged-mode.ts';
import type { Tier } from '../model/scenario.ts';
import { mostDurationMs, mostRatePerSecond, parseDurationMs, parseRatePerSecond } from '../model/units.ts';
import type { Choice } from '../run/choice.ts';
import { defaultRepeat, repeats } from '../run/decide.ts';

const out = (line: string): void => void process.stdout.write(`${line}\n`);
const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;

// Each command is loaded when it is asked for: one that answers at once need not load what runs a cluster.
const program = new Command('chaos-action')
  .description(
    'Decides whether an MQTT broker cluster can be trusted: boots it, breaks it, proves each fault, accounts for every message.',
  )
  .version(version)
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .addHelpText(
    'after',
    `
Exit codes: 0 pass, 1 fail or below --fail-below, 2 inconclusive, 3 usage or configuration, 4 build, boot or other infrastructure, 130 cancelled.

First steps:
  chaos-action run                       the basic tier on the embedded broker: nothing to install
  chaos-action init && chaos-action run  the same on the broker of this folder`,
  );

let exitCode: ExitCode = exitCodes.pass;

type ChosenOptions = {
  readonly config?: string;
  readonly broker?: string;
  readonly tier: readonly Tier[];
  readonly scenario?: readonly string[];
  readonly plan?: string;
  readonly set: readonly string[];
  readonly nodes?: number;
};

const chosen = (command: Command): Command =>
  command
    .option(
      '-c, --config <file>',
      'chaos.yml of the broker (default: chaos.yml or .github/chaos.yml, or .yaml, if there)',
    )
    .option('-b, --broker <preset>', 'a broker preset instead, such as embedded or nats')
    .option(
      '-t, --tier <tiers>',
      'basic, fault, stress, extreme, or several with commas',
      parseTiers,
      parseTiers('basic'),
    )
    .option(
      '-s, --scenario <names>',
      'scenarios by name, or paths of YAML files, with commas or one by one; instead of a tier',
      (text: string, before: readonly string[] = []) => [...before, ...text.split(',').map((name) => name.trim())],
    )
    .addOption(
      new Option(
        '--plan <plan>',
        'an ordered list of scenarios with their parameters: by name, or the path of a YAML file; instead of a tier',
      ).conflicts(['scenario', 'tier']),
    )
    .option(
      '--set <name=value...>',
      'a parameter of the scenarios, such as delay=50ms',
      (text: string, before: string[]) => [...before, text],
      [] as string[],
    )
    .option('-n, --nodes <count>', 'nodes of the cluster', wholeNumber);

/** How a comparison is shown. */
const viewed = (command: Command): Command =>
  command
    .addOption(new Option('--json', 'as JSON').default(false).conflicts('markdown'))
    .option('--markdown', 'as Markdown', false);

chosen(program.command('run'))
  .description('build the broker, boot its cluster, run the scenarios, report')
  .option('--duration <time>', "how long each fault holds, such as 30s, instead of the scenario's own", durationMs)
  .addOption(
    new Option('--mqtt <level>', 'the protocol level that the clients speak: 4 is MQTT 3.1.1').choices(['4', '5']),
  )
  .addOption(
    new Option('--profile <name>', 'what the clients do: all kinds of traffic, or streams and one other kind').choices(
      profileNames,
    ),
  )
  .option('--rate <rate>', 'messages published a second in all, such as 300/s', ratePerSecond)
  .option(
    '--seed <text>',
    'repeats the choices of an earlier run (default: a new one, which the report names)',
    something,
  )
  .option('-o, --out <folder>', 'where reports, logs and metrics go', something, 'chaos-report')
  .option('--fail-below <score>', 'exit with 1 when the score is lower', score)
  .addOption(
    new Option('--repeat <runs>', 'runs of a scenario that misses an expectation; of three the middle one counts')
      .choices(repeats.map(String))
      .default(String(defaultRepeat)),
  )
  .option('--json', 'print the record (report.json) on stdout and nothing else there', false)
  .option(
    '--dry-run',
    'print what would be done to which node, and do nothing; with --json, the effects as data',
    false,
  )
  .option('--metrics-port <port>', "serve the tool's own Prometheus metrics on 127.0.0.1 while it runs", portNumber)
  .option(
    '--ui [port]',
    'serve a live view of the run on 127.0.0.1 (default: a free port, which is printed)',
    portNumber,
  )
  .option('--mutant <name>', 'give the embedded broker a deliberate defect; `list` shows the names', something)
  .option(
    '--sabotage <name>',
    'break a promise of MQTT on the client links of any broker, to see whether it is noticed; `list` shows the names',
    something,
  )
  .addOption(
    new Option('--privileged <when>', 'mechanisms that need root or passwordless sudo, such as real packet drop')
      .choices(privilegedModes)
      .default('auto'),
  )
  .option('-v, --verbose', 'print more about what is done', false)
  .action(async (options) => {
    const { runCommand } = await import('./run.ts');
    exitCode = await runCommand({
      ...choiceOf(options),
      mutant: options.mutant,
      sabotage: options.sabotage,
      durationMs: options.duration,
      mqttVersion: options.mqtt,
      profile: options.profile,
      ratePerSecond: options.rate,
      seed: options.seed,
      out: options.out,
      failBelow: options.failBelow,
      repeat: options.repeat === '1' ? 1 : 3,
      privileged: options.privileged,
      json: options.json,
      dryRun: options.dryRun,
      metricsPort: options.metricsPort,
      uiPort: options.ui === true ? 0 : options.ui,
      verbose: options.verbose,
    });
  });

program
  .command('gameday')
  .description('run a plan stage by stage, with people if asked, and write the record of a game day')
  .option(
    '-c, --config <file>',
    'chaos.yml of the broker (default: chaos.yml or .github/chaos.yml, or .yaml, if there)',
  )
  .option('-b, --broker <preset>', 'a broker preset instead, such as embedded or nats')
  .option('--plan <plan>', 'by name, or the path of a YAML file', something, 'game-day')
  .option('-n, --nodes <count>', 'nodes of the cluster', wholeNumber)
  .option('--duration <time>', "how long each fault holds, such as 30s, instead of the scenario's own", durationMs)
  .option('--rate <rate>', 'messages published a second in all, such as 300/s', ratePerSecond)
  .option('--mutant <name>', 'give the embedded broker a deliberate defect; `list` shows the names', something)
  .option('--seed <text>', 'repeats the choices of an earlier run (default: a new one)', something)
  .option('--pause', 'wait for Enter before each stage', false)
  .option('-o, --out <folder>', 'where game-day.md and the reports of the run go', something, 'chaos-game-day')
  .action(async ({ config, broker, plan, nodes, duration, rate, mutant, seed, pause, out: folder }) => {
    const { gameDayCommand } = await import('./gameday.ts');
    const choice = { cwd: here(), config, broker, plan, nodes, mutant, tiers: [], set: {} };
    exitCode = await gameDayCommand({
      ...{ ...choice, seed, pause, durationMs: duration, ratePerSecond: rate, out: folder },
      repeat: 1,
    });
  });

program
  .command('report')
  .description('render the reports of a run again, from its report.json alone')
  .argument('<report>', 'a report.json, the folder of a run, or the zip of an artifact', something)
  .option(
    '-f, --format <formats>',
    'json, md, html, junit, badge, comment, summary or text, with commas (default: text; with --out what a run writes)',
    commaList,
  )
  .option('-o, --out <folder>', 'where to write them (default: one format on stdout)', something)
  .addHelpText(
    'after',
    `
Examples:
  chaos-action report chaos-report                           what the run printed at its end
  chaos-action report chaos-report.zip --out unpacked        all reports of a downloaded artifact
  chaos-action report chaos-report --format html > page.html`,
  )
  .action(async (report, { format, out: folder }) => {
    const { reportCommand } = await import('./report.ts');
    exitCode = await reportCommand({ cwd: here(), report, formats: format, out: folder, ...terminal() }, out);
  });

viewed(program.command('compare'))
  .description('compare two sides of one or more runs: what is better, worse, within noise, new, fixed')
  .argument('[base]', 'a report, several with commas, or a folder of reports', something)
  .argument('[head]', 'the same, of what was changed', something)
  .option('--base <reports...>', 'the runs of the base, one by one, instead of the arguments')
  .option('--head <reports...>', 'the runs of the head')
  .addHelpText(
    'after',
    `
Exit codes: 0 no regression, 1 a regression, 2 undecided, 3 not comparable.

Examples:
  chaos-action compare main/chaos-report chaos-report
  chaos-action compare --base before-1 before-2 --head after-1 after-2`,
  )
  .action(async (base, head, options) => {
    const { compareCommand } = await import('./compare.ts');
    const sides = [base, head].filter((side) => side !== undefined);
    exitCode = await compareCommand({ cwd: here(), sides, ...options, ...terminal() }, out);
  });

program
  .command('trend')
  .description('draw the history of runs, by dimension')
  .argument('<folder>', 'with reports, with a folder for each run, or with zips of artifacts', something)
  .addOption(new Option('--json', 'as JSON').conflicts(['markdown', 'html']))
  .addOption(new Option('--markdown', 'as Markdown').conflicts(['json', 'html']))
  .addOption(new Option('--html', 'as a page with a chart for each dimension').conflicts(['json', 'markdown']))
  .addHelpText(
    'after',
    `
Examples:
  chaos-action trend nightly
  chaos-action trend nightly --html > trend.html`,
  )
  .action(async (folder, { json, markdown, html }) => {
    const { trendCommand } = await import('./trend.ts');
    const format = json ? 'json' : markdown ? 'markdown' : html ? 'html' : 'text';
    exitCode = await trendCommand({ cwd: here(), folder, format, ...terminal() }, out);
  });

const baseline = program
  .command('baseline')
  .description('keep runs under a name, and compare later runs with them')
  .addHelpText(
    'after',
    `
Examples:
  chaos-action baseline save v1.2 chaos-report
  chaos-action baseline compare v1.2 chaos-report`,
  );

const kept = (command: Command): Command =>
  command.option('--folder <folder>', 'where the baselines are', something, 'chaos-baselines');

kept(baseline.command('save'))
  .description('keep one or more runs as a baseline')
  .argument('<name>', 'letters, digits, dots, hyphens and underscores')
  .argument('[reports...]', 'the runs (default: chaos-report)')
  .option('--force', 'replace a baseline of this name', false)
  .addHelpText('after', '\nExample:\n  chaos-action baseline save main run-1 run-2 run-3')
  .action(async (name, reports, { folder, force }) => {
    const { saveBaseline } = await import('./baseline.ts');
    exitCode = await saveBaseline({ cwd: here(), name, reports: orLast(reports), folder, force }, out);
  });

kept(baseline.command('list'))
  .description('print the baselines, each with its score')
  .option('--json', 'as JSON', false)
  .addHelpText('after', '\nExample:\n  chaos-action baseline list --folder ci/baselines')
  .action(async ({ folder, json }) => {
    const { listBaselines } = await import('./baseline.ts');
    exitCode = await listBaselines({ cwd: here(), folder, json, ...terminal() }, out);
  });

viewed(kept(baseline.command('compare')))
  .description('compare runs with a baseline; exit codes as those of compare')
  .argument('<name>', 'the baseline')
  .argument('[reports...]', 'the runs (default: chaos-report)')
  .addHelpText('after', '\nExample:\n  chaos-action baseline compare main chaos-report --markdown')
  .action(async (name, reports, { folder, json, markdown }) => {
    const { compareWithBaseline } = await import('./baseline.ts');
    exitCode = await compareWithBaseline(
      { cwd: here(), name, reports: orLast(reports), folder, json, markdown, ...terminal() },
      out,
    );
  });

program
  .command('list')
  .description('tiers, scenarios, plans, broker presets, kinds of fault and sabotages')
  .option('--json', 'as JSON', false)
  .action(async ({ json }) => {
    const { listCommand } = await import('./list.ts');
    exitCode = listCommand({ cwd: here(), faultKinds, json, colour }, out) as ExitCode;
  });

chosen(program.command('validate'))
  .description('check chaos.yml, the scenarios and the plan, and print what would run')
  .option('--json', 'as JSON', false)
  .action(async (options) => {
    const { validateCommand } = await import('./validate.ts');
    exitCode = validateCommand(choiceOf(options), { env: process.env, colour, json: options.json }, out);
  });

program
  .command('selftest')
  .description('give a broker one defect after the other and look which invariant names it')
  .option('--quick', 'one defect for each invariant, and two sound runs', false)
  .option('-b, --broker <preset>', 'a broker by its preset, instead of the embedded one: sabotages only', something)
  .option('-c, --config <file>', 'a broker by its chaos.yml: sabotages only', something)
  .option('--only <names>', 'mutants and sabotages by name, with commas; none is the sound broker', commaList)
  .option('-n, --nodes <count>', 'nodes of the cluster', wholeNumber)
  .option('--seed <text>', 'decides what is left to chance', something, 'selftest')
  .option('-o, --out <folder>', 'where the reports of runs go that did not end well', something, 'chaos-selftest')
  .option('--at-once <count>', 'runs at the same time (default: three for two processors)', atLeastOne)
  .option('--json', 'print the results as JSON on stdout and nothing else there', false)
  .option('--markdown', 'print the matrix as Markdown on stdout and nothing else there', false)
  .action(async (options) => {
    const { selftestCommand } = await import('./selftest.ts');
    const abort = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => abort.abort(new ChaosError('cancelled', `cancelled by ${signal}`)));
    exitCode = await selftestCommand({ cwd: here(), ...options, signal: abort.signal }, out);
  });

program
  .command('init')
  .description('write a commented chaos.yml for the broker in this folder')
  .argument('[file]', 'where to write it', 'chaos.yml')
  .option('--force', 'overwrite what is there', false)
  .option(
    '--try',
    'build the broker, boot one node and three, and say what failed; a file that is there is tried as it is',
    false,
  )
  .action(async (file, { force, try: tries }) => {
    const { initCommand, tryCommand } = await import('./init.ts');
    exitCode = tries
      ? await tryCommand({ cwd: here(), file, force, env: process.env }, out)
      : initCommand({ cwd: here(), file, force }, out);
  });

program
  .command('doctor')
  .description('show which fault mechanisms this machine offers, what a broker needs, and how to get what is missing')
  .option('-b, --broker <preset>', 'what this preset needs too', something)
  .option('-c, --config <file>', 'what the broker of this chaos.yml needs too', something)
  .option('--json', 'as JSON', false)
  .action(async ({ broker: preset, config: file, json }) => {
    const { doctorCommand } = await import('./doctor.ts');
    const { loadConfig } = await import('../config/load.ts');
    const isAsked = preset !== undefined || file !== undefined;
    const broker = isAsked ? loadConfig({ cwd: here(), env: process.env, preset, file }).broker : undefined;
    exitCode = (await doctorCommand({ faultKinds, broker, json, colour }, out)) as ExitCode;
  });

program
  .command('clean')
  .description('undo what killed runs have left on this machine')
  .action(async () => {
    const { cleanCommand } = await import('./clean.ts');
    exitCode = (await cleanCommand(out)) as ExitCode;
  });

// A defect of ours must not exit with 1, which says that the broker failed; the reaper takes back what was done.
process.on('uncaughtException', (error) => process.exit(explain(error)));

// Whoever reads the output may have seen enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCode);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  exitCode = explain(error);
}
process.exitCode = exitCode;

/** What was chosen by the options that `run` and `validate` share. */
function choiceOf(options: ChosenOptions): Choice {
  return {
    cwd: here(),
    config: options.config,
    broker: options.broker,
    tiers: options.tier,
    scenarios: options.scenario,
    plan: options.plan,
    set: parseSettings(options.set),
    nodes: options.nodes,
  };
}

/** Reports as they were named; without any the folder that a run writes to. */
function orLast(reports: readonly string[]): readonly string[] {
  return reports.length === 0 ? ['chaos-report'] : reports;
}

/** What stdout can show. */
function terminal(): { readonly colour: boolean; readonly width: number } {
  return { colour, width: process.stdout.columns ?? 120 };
}

/** The folder that the command was typed in. Throws ChaosError('usage') when it has been removed meanwhile. */
function here(): string {
  try {
    return process.cwd();
  } catch (error) {
    throw new ChaosError('usage', 'the folder that this runs in no longer exists', {
      hint: 'change to one that does',
      cause: error,
    });
  }
}

/** Says what went wrong on stderr, and with which code to exit. */
function explain(error: unknown): ExitCode {
  if (error instanceof ChaosError) {
    const lines =
      error.problems.length > 0 ? formatProblems(error.problems, colour) : formatProblems([problemOf(error)], colour);
    for (const line of lines) process.stderr.write(`${line}\n`);
    for (const line of error.output) process.stderr.write(`  | ${printable(line)}\n`);
    return error.exitCode;
  }
  const { code, exitCode: wanted } = error as { code?: string; exitCode?: number };
  // commander has printed its own message, or the help or version that was asked for.
  if (code?.startsWith('commander.')) return wanted === 0 ? exitCodes.pass : exitCodes.usage;
  process.stderr.write(`internal error: ${error instanceof Error ? error.stack : messageOf(error)}\n`);
  return exitCodes.infrastructure;
}

function problemOf({ message, hint, location }: ChaosError) {
  return { message, ...(hint === undefined ? {} : { hint }), ...(location === undefined ? {} : { location }) };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

function atLeastOne(text: string): number {
  const value = wholeNumber(text);
  if (value < 1) throw new InvalidArgumentError('It must be at least 1.');
  return value;
}

function something(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}

function commaList(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

function portNumber(text: string): number {
  const value = wholeNumber(text);
  if (value > 65_535) throw new InvalidArgumentError('It must be a port from 0 to 65535.');
  return value;
}

function score(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= 0 && value <= 10)) throw new InvalidArgumentError('It must be a number from 0 to 10.');
  return value;
}

function durationMs(text: string): number {
  const value = parseDurationMs(text);
  if (value === undefined || value <= 0)
    throw new InvalidArgumentError('It must be a duration with its unit, such as 30s or 5m.');
  if (value > mostDurationMs) throw new InvalidArgumentError('It must be at most a year, 8784h.');
  return value;
}

function ratePerSecond(text: string): number {
  const value = parseRatePerSecond(text);
  if (value === undefined || value <= 0) throw new InvalidArgumentError('It must be a rate, such as 300/s.');
  if (value > mostRatePerSecond) throw new InvalidArgumentError(`It must be at most ${mostRatePerSecond}/s.`);
  return value;
}
