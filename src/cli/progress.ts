import ora, { type Ora } from 'ora';
import { printable } from '../base/printable.ts';
import type { PhaseName, ScenarioRecord } from '../model/record.ts';
import { scenarioLine } from '../report/table.ts';
import type { ScenarioProgress } from '../run/scenario-context.ts';
import type { RunView } from '../run/session.ts';

/** What the user sees while a run goes on: a live line at a terminal, a line for each phase elsewhere. Everything goes to stderr. */
export type ProgressView = RunView & {
  note(text: string): void;
  end(): void;
};

export function liveView(stream: NodeJS.WriteStream): ProgressView {
  const spinner: Ora = ora({ stream, discardStdin: false, hideCursor: false });
  return {
    stage: (text) => void spinner.start(printable(text)),
    progress: (progress) => void spinner.start(printable(describe(progress))),
    scenario(record) {
      spinner.stopAndPersist({ symbol: verdictMark(record.verdict), text: printable(scenarioLine(record)) });
    },
    note(text) {
      const spinning = spinner.isSpinning;
      spinner.clear();
      stream.write(`${printable(text)}\n`);
      if (spinning) spinner.render();
    },
    end: () => void spinner.stop(),
  };
}

export function plainView(stream: NodeJS.WritableStream): ProgressView {
  let last: { scenario: string; phase: PhaseName } | undefined;
  const line = (text: string): void => void stream.write(`${printable(text)}\n`);
  return {
    stage: (text) => line(text),
    progress({ scenario, phase, faults }) {
      if (last?.scenario === scenario.name && last.phase === phase) return;
      last = { scenario: scenario.name, phase };
      line(`${scenario.name}: ${phase}${faults.length > 0 ? ` (${faults.join(', ')})` : ''}`);
    },
    scenario(record) {
      last = undefined;
      line(scenarioLine(record));
    },
    note: line,
    end() {},
  };
}

function describe({ scenario, phase, messages, faults }: ScenarioProgress): string {
  const counts =
    messages.published > 0
      ? `  ${messages.published} published, ${messages.acknowledged} acknowledged, ${messages.delivered} delivered`
      : '';
  return `${scenario.name}  ${phase}${faults.length > 0 ? `  [${faults.join(', ')}]` : ''}${counts}`;
}

function verdictMark(verdict: ScenarioRecord['verdict']): string {
  return { pass: '✔', fail: '✖', inconclusive: '?', skipped: '-' }[verdict];
}
