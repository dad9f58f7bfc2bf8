import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { ChaosError, type ExitCode } from '../base/error.ts';
import type { Logger } from '../base/logger.ts';
import type { Plan, Scenario } from '../model/scenario.ts';
import { formatMs } from '../model/units.ts';
import { expectationText, type Pause, renderGameDay, stageOf } from '../report/game-day.ts';
import { renderSummary } from '../report/table.ts';
import { type Choice, loadChoice } from '../run/choice.ts';
import { exitCodeOf, interruptible } from './interruptible.ts';
import { plainView } from './progress.ts';

export type GameDayOptions = Choice & {
  readonly plan: string;
  readonly seed?: string | undefined;
  readonly out: string;
  /** Waits for Enter before each stage. */
  readonly pause: boolean;
};

/** How people are asked whether to go on; tests answer themselves. */
export type Ask = (question: string, signal: AbortSignal) => Promise<void>;

/** Runs a plan stage by stage, with people if asked, and writes what a game day leaves: game-day.md beside the reports of a run. */
export async function gameDayCommand(options: GameDayOptions, ask: Ask = askOnTerminal): Promise<ExitCode> {
  if (options.pause && ask === askOnTerminal && !process.stdin.isTTY)
    throw new ChaosError('usage', '--pause waits for Enter, and there is no terminal', { hint: 'leave --pause away' });
  const loaded = loadChoice(options, process.env);
  const { plan, scenarios, config } = loaded;
  if (plan === undefined) throw new ChaosError('internal', 'a game day has no plan');
  const seed = options.seed ?? randomBytes(4).toString('hex');
  const out = resolve(options.cwd, options.out);
  const view = plainView(process.stderr);
  const startedMs = performance.now();
  const pauses: Pause[] = [];
  let stage = '';
  const { runSession } = await import('../run/session.ts');
  const result = await interruptible(view.note, (signal) => {
    const before = async (scenario: Scenario): Promise<void> => {
      const next = stageOf(plan, scenario);
      if (next === '' || next === stage) return;
      stage = next;
      for (const line of briefing(plan, stage, scenarios)) view.note(line);
      if (!options.pause) return;
      const fromMs = performance.now() - startedMs;
      await ask(`Enter begins ${stage}, Ctrl-C heals and ends the day: `, signal);
      pauses.push({ stage, fromMs, toMs: performance.now() - startedMs });
    };
    const logger: Logger = { debug() {}, info: view.note, warn: view.note };
    return runSession(
      { choice: options, loaded, seed, out, env: process.env },
      { view: { ...view, before }, logger, signal },
    );
  });
  view.end();
  const { record } = result;
  const file = join(out, 'game-day.md');
  if (!result.unwritten) writeFileSync(file, renderGameDay({ record, plan, scenarios, pauses }));
  const reportPath = join(relative(options.cwd, out) || '.', 'report.md');
  process.stdout.write(`${renderSummary(record, { colour: false, width: 120, reportPath })}\n`);
  process.stdout.write(`game day: ${join(relative(options.cwd, out) || '.', 'game-day.md')}\n`);
  return exitCodeOf(result, config.score.failBelow);
}

/** What a stage does, and what is expected of the cluster meanwhile. */
function briefing(plan: Plan, stage: string, scenarios: readonly Scenario[]): string[] {
  const own = scenarios.filter((scenario) => stageOf(plan, scenario) === stage);
  return [
    '',
    `== ${stage} ==`,
    ...own.map(
      ({ name, title, phases, expect }) =>
        `  ${name}: ${title}, for ${formatMs(phases.holdMs)}; expected: ${expectationText(expect)}`,
    ),
  ];
}

async function askOnTerminal(question: string, signal: AbortSignal): Promise<void> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // While it waits the terminal is in raw mode, in which Ctrl-C is a key and sends no signal.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    await lines.question(question, { signal });
  } finally {
    lines.close();
  }
}
