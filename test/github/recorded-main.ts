import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runStep } from '../../src/action/run-step.ts';
import type { PhaseName, RunRecord } from '../../src/model/record.ts';
import type { RunSession } from '../../src/run/session.ts';
import { prepareReports, writeReports } from '../../src/run/write-reports.ts';
import type { Recording } from './recorded-action.ts';

// The Action as it is, but for the session: what it would have measured is recorded. Bundled by recorded-action.ts.

const recordings: readonly Recording[] = JSON.parse(readFileSync(process.env.RECORDED_SESSIONS ?? '', 'utf8'));
const phases: readonly PhaseName[] = ['warm-up', 'steady', 'hold', 'recover'];
const messages = { published: 0, acknowledged: 0, delivered: 0 };
let sessions = 0;

/** Says and writes what a session would, in no time. The last recording is repeated. */
const recordedSession: RunSession = async ({ loaded, seed, out }, { view, logger, signal, onBegin }) => {
  const recording = recordings[Math.min(sessions++, recordings.length - 1)];
  if (recording === undefined) throw new Error('there is no recording');
  prepareReports(out);
  onBegin?.(`recorded-${process.pid}-${sessions}`);
  const { build } = loaded.config.broker;
  if (build !== undefined) logger.info(`building: ${build}`);
  const record = { ...recording.record, seed, tiers: loaded.tiers };
  const [scenario] = loaded.scenarios;
  if (scenario) for (const phase of phases) view.progress({ scenario, phase, elapsedMs: 0, messages, faults: [] });
  const shown = recording.untilCancelled ? cancelled(record, await aborted(signal)) : record;
  for (const measured of shown.scenarios) view.scenario(measured);
  writeReports(shown, out);
  mkdirSync(join(out, 'logs'), { recursive: true });
  writeFileSync(join(out, 'logs', 'node1.log'), 'a line\n');
  return { record: shown, unwritten: undefined, rescued: undefined };
};

function cancelled(record: RunRecord, reason: unknown): RunRecord {
  const message = reason instanceof Error ? reason.message : String(reason);
  return { ...record, scenarios: [], partial: true, error: { code: 'cancelled', message, hint: null } };
}

function aborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    // A signal of the system wakes the process only if something else keeps it.
    const awake = setInterval(() => {}, 60_000);
    const onAbort = (): void => {
      clearInterval(awake);
      resolve(signal.reason);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

process.exit(await runStep({ runSession: recordedSession }));
