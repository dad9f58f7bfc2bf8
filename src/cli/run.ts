import { randomBytes } from 'node:crypto';
import { join, relative, resolve } from 'node:path';
import { ChaosError, type ExitCode, exitCodes } from '../base/error.ts';
import type { Logger } from '../base/logger.ts';
import { printable } from '../base/printable.ts';
import type { Config } from '../model/config.ts';
import { renderSummary } from '../report/table.ts';
import { type Choice, loadChoice } from '../run/choice.ts';
import type { SessionResult } from '../run/session.ts';
import { liveView, type ProgressView, plainView } from './progress.ts';

export type RunCommandOptions = Choice & {
  readonly seed?: string | undefined;
  readonly out: string;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly metricsPort?: number | undefined;
  readonly verbose: boolean;
};

/** Runs the scenarios against the broker and reports; resolves with the exit code of the verdict. */
export async function runCommand(options: RunCommandOptions): Promise<ExitCode> {
  const loaded = loadChoice(options, process.env);
  const { config, scenarios } = loaded;
  const seed = options.seed ?? randomBytes(4).toString('hex');
  if (options.dryRun) {
    const { renderDryRun } = await import('./dry-run.ts');
    process.stdout.write(`${renderDryRun({ config, scenarios, seed }, options)}\n`);
    return exitCodes.pass;
  }

  const view: ProgressView =
    process.stderr.isTTY && process.env.CI === undefined ? liveView(process.stderr) : plainView(process.stderr);
  const logger: Logger = {
    debug: (text) => options.verbose && view.note(text),
    info: (text) => view.note(text),
    warn: (text) => view.note(text),
  };
  const abort = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    // The second time the user has lost patience: the reaper does what is left to do.
    if (abort.signal.aborted) process.exit(exitCodes.cancelled);
    view.note(`${name}: healing and stopping; once more to leave at once`);
    abort.abort(new ChaosError('cancelled', `cancelled by ${name}`));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    const { metricsPort } = options;
    const out = resolve(options.cwd, options.out);
    const { runSession } = await import('../run/session.ts');
    const result = await runSession(
      { choice: options, loaded, seed, out, metricsPort, env: process.env },
      { view, logger, signal: abort.signal },
    );
    view.end();
    return report(result, options, config, out);
  } finally {
    view.end();
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

function report(
  { record, unwritten, rescued }: SessionResult,
  options: RunCommandOptions,
  { score: { failBelow } }: Config,
  out: string,
): ExitCode {
  if (options.json) process.stdout.write(`${JSON.stringify(record)}\n`);
  else {
    const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
    process.stdout.write(
      `${renderSummary(record, { colour, width: process.stdout.columns ?? 120, ...(unwritten ? {} : { reportPath: join(relative(options.cwd, out) || '.', 'report.md') }) })}\n`,
    );
  }
  if (rescued) process.stderr.write(`what was measured is in ${rescued}\n`);
  if (record.error) {
    process.stderr.write(
      printable(
        `${record.error.code}: ${record.error.message}\n${record.error.hint === null ? '' : `  hint: ${record.error.hint}\n`}`,
      ),
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
