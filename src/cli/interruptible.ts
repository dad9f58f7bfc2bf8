import { ChaosError, type ExitCode, exitCodes } from '../base/error.ts';
import { printable } from '../base/printable.ts';
import type { SessionResult } from '../run/session.ts';

/**
 * Runs `act` with a signal that SIGINT and SIGTERM abort, so that it heals and stops; the second one leaves at once, and the reaper does
 * what is left to do.
 */
export async function interruptible<T>(
  note: (text: string) => void,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (abort.signal.aborted) process.exit(exitCodes.cancelled);
    note(`${name}: healing and stopping; once more to leave at once`);
    abort.abort(new ChaosError('cancelled', `cancelled by ${name}`));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    return await act(abort.signal);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

/** What the process exits with after a run; says on stderr why it is not 0, where the verdict does not. */
export function exitCodeOf({ record, unwritten, rescued }: SessionResult, failBelow: number | undefined): ExitCode {
  if (rescued) process.stderr.write(`what was measured is in ${rescued}\n`);
  if (record.error) {
    const { code, message, hint } = record.error;
    process.stderr.write(printable(`${code}: ${message}\n${hint === null ? '' : `  hint: ${hint}\n`}`));
    if (unwritten) process.stderr.write(`${unwritten.message}\n`);
    return new ChaosError(code as ChaosError['code'], message).exitCode;
  }
  if (unwritten) throw unwritten;
  if (record.verdict === 'fail') return exitCodes.fail;
  if (failBelow !== undefined && record.score !== null && record.score < failBelow) {
    process.stderr.write(`the score ${record.score} is below ${failBelow}\n`);
    return exitCodes.fail;
  }
  return record.verdict === 'pass' ? exitCodes.pass : exitCodes.inconclusive;
}
