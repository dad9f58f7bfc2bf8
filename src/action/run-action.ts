import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { ChaosError, type ExitCode } from '../base/error.ts';
import { maskSecrets } from '../config/environment-references.ts';
import { renderComment } from '../report/comment.ts';
import type { RunRecord } from '../report/record.ts';
import { type Against, type Links, renderStepSummary } from '../report/step-summary.ts';
import { type Choice, type LoadedChoice, loadChoice } from '../run/choice.ts';
import { runSession, type SessionResult } from '../run/session.ts';
import { writeReports } from '../run/write-reports.ts';
import { compareRounds } from '../score/compare.ts';
import { attempts } from '../score/run.ts';
import { compareWithBranch } from './against.ts';
import { annotationsOf, capped } from './annotations.ts';
import { type UploadResult, uploadReports } from './artifact.ts';
import { artifactSource } from './artifact-source.ts';
import type { Inputs } from './inputs.ts';
import { groupedLog } from './log-view.ts';
import { type Octokit, openOctokit } from './octokit.ts';
import { judge, type Outcome } from './outcome.ts';
import { pullRequestOfCommit } from './pull-requests.ts';
import { runRounds } from './rounds.ts';
import { type CommentResult, marker, postComment } from './sticky-comment.ts';
import { autoTier } from './tier.ts';
import { legName, runUrl, type Trigger } from './trigger.ts';
import type { Annotation, Workflow } from './workflow.ts';

export type ActionDependencies = {
  readonly workflow: Workflow;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
};

/** From a cancel to the last byte: the runner sends SIGTERM after 7.5 s and SIGKILL 2.5 s later. */
const cancelledWithinMs = 6_000;
const uploadWithinMs = 120_000;

/** The whole step: runs, compares, uploads, summarises, comments; resolves with what the process is to exit with. */
export async function runAction(inputs: Inputs, trigger: Trigger, dependencies: ActionDependencies): Promise<ExitCode> {
  const { workflow, signal, env } = dependencies;
  const leg = legName(trigger.job, inputs.matrix);
  const cwd = resolve(trigger.workspace, inputs.workingDirectory);
  const choice = chosen(inputs, trigger, cwd, workflow);
  const loaded = loadChoice(choice, env);
  for (const secret of loaded.config.broker.secrets) workflow.setSecret(secret);
  const mask = (text: string): string => maskSecrets(text, loaded.config.broker.secrets);
  let cancelledAtMs = 0;
  signal.addEventListener('abort', () => (cancelledAtMs = systemClock.nowMs()), { once: true });

  const out = join(cwd, 'chaos-report');
  // A self-hosted runner keeps its workspace: what an earlier run left there is not of this one.
  if (existsSync(join(out, 'report.json'))) rmSync(out, { recursive: true, force: true });
  workflow.setOutput('report-path', out);

  const octokit = inputs.token === undefined ? undefined : openOctokit(inputs.token);
  const { shown, others, compared } = await measure(
    { inputs, trigger, choice, loaded, out, leg, octokit },
    dependencies,
  );
  const { record } = shown;
  const heads = [shown, ...others].map((one) => one.record);
  const thresholds = { ...inputs, failBelow: inputs.failBelow ?? loaded.config.score.failBelow };
  const outcome = judge(heads, thresholds);
  setScoreOutputs(workflow, record, outcome);

  const against = await compared();
  if (against?.kind === 'base' && !shown.unwritten) writeReports(record, out, against.comparison);
  const name = inputs.artifactName ?? `chaos-report-${leg}`;
  const leftMs = signal.aborted ? cancelledAtMs + cancelledWithinMs - systemClock.nowMs() : uploadWithinMs;
  const uploading = uploadReports({
    name,
    folder: shown.rescued ?? out,
    retentionDays: inputs.retentionDays,
    serverUrl: trigger.serverUrl,
    runUrl: runUrl(trigger),
    withinMs: Math.max(0, leftMs),
  });
  // When time is short the summary does not wait for the links.
  if (signal.aborted) await workflow.summarize(mask(renderStepSummary(record, { against })));
  workflow.startGroup('upload the reports');
  const upload = await uploading;
  workflow.endGroup();
  const links = linksOf(upload, trigger, workflow);
  if (!signal.aborted) await workflow.summarize(mask(renderStepSummary(record, { against, links })));

  const commented = signal.aborted
    ? undefined
    : await comment({ inputs, trigger, record, outcome, leg, octokit, against, links, mask });
  const notes = [
    ...(shown.unwritten ? [warning('The reports could not be written', shown.unwritten.message)] : []),
    ...uploadNotes(upload),
    ...commentNotes(commented, workflow),
    ...(against?.kind === 'none' && record.error === null
      ? [{ level: 'notice', title: 'Nothing to compare with', message: against.why } as const]
      : []),
  ];
  const places = { scenarios: loaded.scenarios, cwd, workspace: trigger.workspace, config: loaded.config.file };
  const findings = heads.flatMap((head) => annotationsOf(head, places));
  for (const annotation of capped([...outcomeNotes(outcome, record, findings), ...findings, ...notes]))
    workflow.annotate({ ...annotation, message: mask(annotation.message) });
  return outcome.exitCode;
}

function chosen(inputs: Inputs, trigger: Trigger, cwd: string, workflow: Workflow): Choice {
  if (inputs.privileged === 'required')
    throw new ChaosError('usage', 'input privileged: no fault of this version has a mechanism that needs root', {
      hint: 'write auto',
    });
  let { tier } = inputs;
  if (tier === 'auto') {
    const auto = autoTier({ name: trigger.event, schedule: trigger.schedule });
    tier = [auto.tier];
    if (inputs.scenarios === undefined && inputs.plan === undefined) workflow.info(`tier ${auto.tier}: ${auto.why}`);
  }
  const { config, broker, scenarios, plan, durationMs, nodes, failBelow } = inputs;
  return { cwd, config, broker, tiers: tier, scenarios, plan, set: {}, durationMs, nodes, failBelow };
}

type Measuring = {
  readonly inputs: Inputs;
  readonly trigger: Trigger;
  readonly choice: Choice;
  readonly loaded: LoadedChoice;
  readonly out: string;
  readonly leg: string;
  readonly octokit: Octokit | undefined;
};

type Measured = {
  /** The run that is reported: of two rounds the worse. */
  readonly shown: SessionResult;
  readonly others: readonly SessionResult[];
  /** What it is compared with; asked for when the time for it has come. */
  readonly compared: () => Promise<Against | undefined>;
};

async function measure(measuring: Measuring, { workflow, signal, env }: ActionDependencies): Promise<Measured> {
  const { inputs, trigger, choice, loaded, out } = measuring;
  const seed = inputs.seed ?? randomBytes(4).toString('hex');
  const log = groupedLog(workflow, systemClock);
  const begun: string[] = [];
  const session = {
    view: log.view,
    logger: log.logger,
    signal,
    onBegin(id: string) {
      begun.push(id);
      workflow.saveState('runs', JSON.stringify(begun));
    },
  };
  try {
    if (inputs.compare !== 'merge-base') {
      const shown = await runSession({ choice, loaded, seed, out, env }, session);
      return { shown, others: [], compared: () => compareWithArtifact(measuring, shown.record, signal) };
    }
    const onWorktree = (folder: string): void => workflow.saveState('worktree', folder);
    const { heads, bases, label, none } = await runRounds(
      { choice, loaded, seed, out, trigger, env },
      { ...session, onWorktree },
    );
    const [shown, ...others] = heads.toSorted((a, b) => badness(b.record) - badness(a.record));
    if (!shown) throw signal.reason ?? new ChaosError('internal', 'no round was run');
    // What a reader opens first is of the round that counts; each round's own folder lies beside it.
    if (!shown.unwritten) writeReports(shown.record, out);
    const records = heads.map(({ record }) => record);
    const against: Against =
      none === undefined && !signal.aborted
        ? { kind: 'base', label, comparison: compareRounds(bases, records) }
        : { kind: 'none', why: none ?? 'the run was cancelled' };
    return { shown, others, compared: async () => against };
  } finally {
    log.end();
  }
}

/** The higher, the worse: first what could not be run, then the verdict, then the score. */
function badness({ error, verdict, score }: RunRecord): number {
  const rank = { fail: 3, inconclusive: 2, skipped: 1, pass: 0 }[verdict];
  return (error ? 1_000 : 0) + rank * 100 - (score ?? 0);
}

async function compareWithArtifact(
  { inputs, trigger, leg, octokit }: Measuring,
  record: RunRecord,
  signal: AbortSignal,
): Promise<Against | undefined> {
  if (inputs.compare === 'none') return undefined;
  const branch = trigger.pullRequest?.baseRef ?? trigger.branch;
  if (signal.aborted) return { kind: 'none', why: 'the run was cancelled' };
  if (branch === undefined) return { kind: 'none', why: 'this run is of no branch' };
  if (octokit === undefined) return { kind: 'none', why: 'there is no github-token to look for the base report with' };
  const name = inputs.artifactName ?? `chaos-report-${leg}`;
  return await compareWithBranch(artifactSource(octokit, trigger), record, { name, branch, runId: trigger.runId });
}

function setScoreOutputs(workflow: Workflow, record: RunRecord, outcome: Outcome): void {
  const violations = attempts(record.scenarios)
    .flatMap((scenario) => scenario.violations)
    .filter(({ known }) => known === null)
    .reduce((sum, { count }) => sum + count, 0);
  workflow.setOutput('score', record.score ?? '');
  workflow.setOutput('grade', record.grade ?? '');
  workflow.setOutput('verdict', outcome.verdict);
  workflow.setOutput('violations', violations);
}

function linksOf(upload: UploadResult, trigger: Trigger, workflow: Workflow): Links {
  const run = runUrl(trigger);
  if (upload.kind === 'kept') return { run };
  workflow.setOutput('artifact-id', upload.all.id);
  workflow.setOutput('artifact-url', upload.all.url);
  return { run, artifact: upload.all.url, html: upload.html?.url };
}

type Commenting = {
  readonly inputs: Inputs;
  readonly trigger: Trigger;
  readonly record: RunRecord;
  readonly outcome: Outcome;
  readonly leg: string;
  readonly octokit: Octokit | undefined;
  readonly against: Against | undefined;
  readonly links: Links;
  readonly mask: (text: string) => string;
};

/** Undefined when no comment was asked for. */
async function comment(commenting: Commenting): Promise<CommentResult | undefined> {
  const { inputs, trigger, record, outcome, leg, octokit, against, links, mask } = commenting;
  if (inputs.comment === 'never') return undefined;
  if (inputs.comment === 'auto' && trigger.pullRequest === undefined) return undefined;
  if (octokit === undefined) return { kind: 'failed', why: 'there is no github-token to comment with' };
  const { owner, repo, runId, sha } = trigger;
  const number = trigger.pullRequest?.number ?? (await pullRequestOfCommit(octokit, { owner, repo, sha }));
  if (number === undefined) return { kind: 'failed', why: `commit ${sha.slice(0, 7)} belongs to no open pull request` };
  const id = legName(inputs.commentId ?? leg, []);
  const body = renderComment(record, {
    marker: marker({ id, runId }),
    against,
    links,
    sha,
    leg: inputs.commentId ?? (inputs.matrix.length > 0 ? leg : undefined),
    remark:
      outcome.verdict === record.verdict && outcome.verdict !== 'fail'
        ? (outcome.failure ?? outcome.warning)
        : undefined,
  });
  return await postComment(octokit, { owner, repo, number, id, runId }, mask(body));
}

function uploadNotes(upload: UploadResult): Annotation[] {
  if (upload.kind === 'kept') return [warning('The reports were not uploaded', upload.why)];
  return upload.notes.map((note) => warning('The reports were not uploaded whole', note));
}

function commentNotes(result: CommentResult | undefined, workflow: Workflow): Annotation[] {
  switch (result?.kind) {
    case undefined:
      return [];
    case 'posted':
      workflow.setOutput('comment-url', result.url);
      workflow.info(`${result.updated ? 'updated' : 'posted'} the comment ${result.url}`);
      return [];
    case 'newer':
      workflow.setOutput('comment-url', result.url);
      workflow.info(`a later run has commented already: ${result.url}`);
      return [];
    case 'read-only':
      return [
        {
          level: 'notice',
          title: 'No comment on the pull request',
          message:
            'this token may not write comments, as is usual for forks and Dependabot; the result is in the job summary. Set "pull-requests: write" for branches of this repository, and see docs/github-action.md for forks',
        },
      ];
    case 'failed':
      return [warning('No comment on the pull request', result.why)];
  }
}

/** Why the step fails or warns, where no finding says it already. */
function outcomeNotes(outcome: Outcome, record: RunRecord, findings: readonly Annotation[]): Annotation[] {
  const level = outcome.failure === undefined ? 'warning' : 'error';
  const message = outcome.failure ?? outcome.warning;
  if (message === undefined || findings.some((finding) => finding.level === level && outcome.verdict !== 'pass'))
    return [];
  const hint = record.error?.hint;
  return [{ level, title: `Chaos: ${outcome.verdict}`, message: hint ? `${message}\n${hint}` : message }];
}

function warning(title: string, message: string): Annotation {
  return { level: 'warning', title, message };
}
