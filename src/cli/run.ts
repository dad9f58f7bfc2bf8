import { randomBytes } from 'node:crypto';
import { join, relative, resolve } from 'node:path';
import { type ExitCode, exitCodes } from '../base/error.ts';
import type { Logger } from '../base/logger.ts';
import type { Config } from '../model/config.ts';
import { renderSummary } from '../report/table.ts';
import { type Choice, loadChoice } from '../run/choice.ts';
import type { SessionResult } from '../run/session.ts';
import type { LiveServer } from '../ui/live-server.ts';
import { exitCodeOf, interruptible } from './interruptible.ts';
import { liveView, type ProgressView, plainView } from './progress.ts';
import { ending, toldView } from './told.ts';

export type RunCommandOptions = Choice & {
  readonly seed?: string | undefined;
  readonly out: string;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly metricsPort?: number | undefined;
  /** Serves the live view at this port; 0 takes a free one. */
  readonly uiPort?: number | undefined;
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

  const terminal: ProgressView =
    process.stderr.isTTY && process.env.CI === undefined ? liveView(process.stderr) : plainView(process.stderr);
  const out = resolve(options.cwd, options.out);
  const page = await livePage(options.uiPort, config, out);
  const beganMs = performance.now();
  const sinceMs = (): number => performance.now() - beganMs;
  const view = page === undefined ? terminal : toldView(terminal, page, sinceMs);
  if (page) terminal.note(`live view at ${page.url}`);
  const logger: Logger = {
    debug: (text) => options.verbose && view.note(text),
    info: (text) => view.note(text),
    warn: (text) => view.note(text),
  };
  try {
    const { metricsPort } = options;
    const { runSession } = await import('../run/session.ts');
    const result = await interruptible(
      (text) => view.note(text),
      (signal) =>
        runSession({ choice: options, loaded, seed, out, metricsPort, env: process.env }, { view, logger, signal }),
    );
    view.end();
    page?.tell({ type: 'end', atMs: sinceMs(), verdict: ending(result.record) });
    return report(result, options, config, out);
  } finally {
    view.end();
    await page?.close();
  }
}

async function livePage(port: number | undefined, { broker }: Config, out: string): Promise<LiveServer | undefined> {
  if (port === undefined) return undefined;
  const { openLiveServer } = await import('../ui/live-server.ts');
  return await openLiveServer({ port, broker: broker.name, out });
}

function report(
  result: SessionResult,
  options: RunCommandOptions,
  { score: { failBelow } }: Config,
  out: string,
): ExitCode {
  const { record, unwritten } = result;
  if (options.json) process.stdout.write(`${JSON.stringify(record)}\n`);
  else {
    const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
    process.stdout.write(
      `${renderSummary(record, { colour, width: process.stdout.columns ?? 120, ...(unwritten ? {} : { reportPath: join(relative(options.cwd, out) || '.', 'report.md') }) })}\n`,
    );
  }
  return exitCodeOf(result, failBelow);
}
