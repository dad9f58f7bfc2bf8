import { existsSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { ChaosError, type ExitCode, messageOf } from '../base/error.ts';
import { maskSecrets, secretsIn } from '../base/mask.ts';
import { detectProject } from '../config/project.ts';
import type { RunRecord } from '../model/record.ts';
import { renderComment } from '../report/comment.ts';
import { capital, defaultBrokerNote } from '../report/format.ts';
import { type Against, type Links, renderStepSummary } from '../report/step-summary.ts';
import { type Choice, loadChoice } from '../run/choice.ts';
import { claimFolder } from '../run/claim-folder.ts';
import { type RunSession, runSession } from '../run/session.ts';
import { writeReports } from '../run/write-reports.ts';
import { attempts } from '../score/run.ts';
import { annotationsOf, capped } from './annotations.ts';
import { type UploadResult, uploadReports } from './artifact.ts';
import { type Deadlines, openDeadlines } from './deadlines.ts';
import type { Inputs } from './inputs.ts';
import { type Measured, measure } from './measure.ts';
import { type Octokit, openOctokit } from './octokit.ts';
import type { Outcome } from './outcome.ts';
import { pullRequestOfCommit } from './pull-requests.ts';
import { type CommentResult, marker, postComment } from './sticky-comment.ts';
import { autoTier } from './tier.ts';
import { identityOf, legName, runUrl, type Trigger } from './trigger.ts';
import type { Annotation, Workflow } from './workflow.ts';

export type ActionDependencies = {
  readonly workflow: Workflow;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Runs the scenarios; by default a session on this machine. */
  readonly runSession?: RunSession;
};

/** After a cancel the runner sends SIGTERM after 7.5 s. Healing takes at most 2.5 s of them, the upload has the rest. */
const uploadLimits = { ms: 120_000, cancelledMs: 4_500 };
const commentLimits = { ms: 60_000, cancelledMs: 0 };

/** The whole step: runs, compares, uploads, writes summary and comment. Resolves with the exit code of the process. */
export async function runAction(inputs: Inputs, trigger: Trigger, dependencies: ActionDependencies): Promise<ExitCode> {
  const { workflow, signal, env } = dependencies;
  const deadlines = openDeadlines(signal, systemClock);
  const leg = legName(trigger.job, [...inputs.matrix, ...(trigger.nth === undefined ? [] : [trigger.nth])]);
  const id = identityOf(trigger, inputs.matrix);
  const artifactName = inputs.artifactName ?? `chaos-report-${id}`;
  const cwd = folderOf(trigger, inputs);
  const choice = chosen(inputs, trigger, cwd, workflow);
  const read = loadChoice(choice, env);
  const tokens = inputs.token === undefined ? [] : secretsIn(inputs.token);
  const secrets = new Set(tokens);
  const onSecrets = (found: readonly string[]): void => {
    for (const secret of found) {
      secrets.add(secret);
      workflow.setSecret(secret);
    }
  };
  onSecrets(read.config.broker.secrets);
  // The broker's secrets are masked in its own output. The token is masked everywhere: it is too long to occur by chance.
  const mask = (text: string): string => maskSecrets(text, tokens);
  // If the workflow gives the token to the broker, the broker must not print it into an artifact.
  const { config } = read;
  if (config.isDefault) workflow.annotate(notYourBroker(cwd));
  const loaded = { ...read, config: { ...config, broker: { ...config.broker, secrets: [...secrets] } } };

  const out = join(cwd, trigger.nth === undefined ? 'chaos-report' : `chaos-report-${trigger.nth}`);
  // A self-hosted runner keeps its workspace. Reports of an earlier run do not belong to this one.
  if (existsSync(join(out, 'report.json'))) {
    claimFolder(out)();
    rmSync(out, { recursive: true, force: true });
  }
  workflow.setOutput('report-path', out);

  const octokit = inputs.token === undefined ? undefined : openOctokit(inputs.token);
  const thresholds = { ...inputs, failBelow: inputs.failBelow ?? config.score.failBelow };
  const measuring = { inputs, trigger, choice, loaded, thresholds, out, artifactName, octokit, deadlines, workflow };
  const measured = await measure({ ...measuring, env, onSecrets, runSession: dependencies.runSession ?? runSession });
  const { shown, outcome, heads } = measured;
  const { record } = shown;
  setScoreOutputs(workflow, record, outcome);

  const against = await measured.against();
  const unwritten = shown.unwritten?.message ?? rewrite(record, out, against);
  const publishing = { inputs, trigger, octokit, deadlines, workflow, mask, measured, against, leg, id };
  // After a cancel the summary is written without waiting for the links.
  const hurried = signal.aborted;
  if (hurried) await summarize(publishing, {});
  workflow.startGroup('upload the reports');
  const upload = await uploadReports({
    name: artifactName,
    folder: shown.rescued ?? out,
    retentionDays: inputs.retentionDays,
    serverUrl: trigger.serverUrl,
    runUrl: runUrl(trigger),
    runAttempt: trigger.runAttempt,
    within: (work) => deadlines.within(work, uploadLimits),
  });
  workflow.endGroup();
  const links = linksOf(upload, trigger, workflow);
  if (!hurried) await summarize(publishing, links);
  const commented = signal.aborted ? undefined : await comment(publishing, links);

  const notes = [
    ...(unwritten === undefined ? [] : [warning('The reports could not be written', unwritten)]),
    ...uploadNotes(upload),
    ...commentNotes(commented, workflow),
    ...(against?.kind === 'base' && against.warning !== undefined ? [warning('The base is old', against.warning)] : []),
    ...(against?.kind === 'none' && record.error === null
      ? [{ level: 'notice', title: 'Nothing to compare with', message: against.why } as const]
      : []),
  ];
  const places = { scenarios: loaded.scenarios, cwd, workspace: trigger.workspace, config: config.file };
  const found = heads.flatMap((head) => annotationsOf(head.record, places));
  // Two rounds may find the same problem.
  const findings = found.filter(({ title }, index) => found.findIndex((one) => one.title === title) === index);
  for (const annotation of capped([...outcomeNotes(outcome, record, findings), ...findings, ...notes]))
    workflow.annotate({ ...annotation, message: mask(annotation.message) });
  return outcome.exitCode;
}

/**
 * The folder that all paths are relative to. It must exist: without this check it would be created, and the embedded broker would be tested
 * in it.
 */
function folderOf(trigger: Trigger, inputs: Inputs): string {
  const cwd = resolve(trigger.workspace, inputs.workingDirectory);
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) return cwd;
  throw new ChaosError('config', `working-directory: there is no folder ${inputs.workingDirectory}`, {
    hint: `looked for ${cwd}; a step before this one checks the repository out`,
  });
}

function notYourBroker(cwd: string): Annotation {
  const project = detectProject(cwd);
  const what =
    project === undefined
      ? 'chaos-action init writes one to be filled in'
      : `for this ${project.language} project (${project.evidence}) chaos-action init writes one`;
  return { level: 'warning', title: 'Not your broker', message: `${capital(defaultBrokerNote)}; ${what}.` };
}

function chosen(inputs: Inputs, trigger: Trigger, cwd: string, workflow: Workflow): Choice {
  let { tier } = inputs;
  if (tier === 'auto') {
    const auto = autoTier({ name: trigger.event, schedule: trigger.schedule });
    tier = [auto.tier];
    if (inputs.scenarios === undefined && inputs.plan === undefined) workflow.info(`tier ${auto.tier}: ${auto.why}`);
  }
  const { config, broker, scenarios, plan, durationMs, nodes, failBelow, repeat, privileged } = inputs;
  return {
    cwd,
    config,
    broker,
    tiers: tier,
    scenarios,
    plan,
    set: {},
    durationMs,
    nodes,
    failBelow,
    repeat,
    privileged,
  };
}

function setScoreOutputs(workflow: Workflow, record: RunRecord, outcome: Outcome): void {
  const violations = attempts(record.scenarios)
    .flatMap((scenario) => scenario.violations)
    .filter(({ known }) => known === null)
    .reduce((sum, { count }) => sum + count, 0);
  workflow.setOutput('score', record.score?.toFixed(2) ?? '');
  workflow.setOutput('grade', record.grade ?? '');
  workflow.setOutput('verdict', outcome.verdict);
  workflow.setOutput('violations', violations);
}

/** Writes the reports again, of the round that counts and with the comparison. Answers with the reason if that failed. */
function rewrite(record: RunRecord, out: string, against: Against | undefined): string | undefined {
  try {
    writeReports(record, out, against?.kind === 'base' ? against.comparison : undefined);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

type Publishing = {
  readonly inputs: Inputs;
  readonly trigger: Trigger;
  readonly octokit: Octokit | undefined;
  readonly deadlines: Deadlines;
  readonly workflow: Workflow;
  readonly mask: (text: string) => string;
  readonly measured: Measured;
  readonly against: Against | undefined;
  readonly leg: string;
  /** The name of this job of the matrix, unique in the repository. */
  readonly id: string;
};

async function summarize({ measured, against, mask, workflow }: Publishing, links: Links): Promise<void> {
  await workflow.summarize(mask(renderStepSummary(measured.shown.record, { against, links })));
}

function linksOf(upload: UploadResult, trigger: Trigger, workflow: Workflow): Links {
  const run = runUrl(trigger);
  if (upload.kind === 'kept') return { run };
  workflow.setOutput('artifact-id', upload.all.id);
  workflow.setOutput('artifact-url', upload.all.url);
  return { run, artifact: upload.all.url, html: upload.html?.url };
}

/** Undefined if no comment is wanted. Never rejects: a failed comment does not change the result. */
async function comment(publishing: Publishing, links: Links): Promise<CommentResult | undefined> {
  const { inputs, trigger, octokit, deadlines } = publishing;
  if (inputs.comment === 'never') return undefined;
  if (inputs.comment === 'auto' && trigger.pullRequest === undefined) return undefined;
  if (octokit === undefined) return { kind: 'failed', why: 'there is no github-token to comment with' };
  try {
    return await deadlines.within(commentWith(octokit, publishing, links), commentLimits);
  } catch (error) {
    return { kind: 'failed', why: messageOf(error) };
  }
}

async function commentWith(
  octokit: Octokit,
  { inputs, trigger, measured, leg, id: ownId, against, mask }: Publishing,
  links: Links,
): Promise<CommentResult> {
  const { shown, outcome } = measured;
  const { owner, repo, runId, sha } = trigger;
  const found = trigger.pullRequest?.number ?? (await pullRequestOfCommit(octokit, { owner, repo, sha }));
  if (typeof found !== 'number') return { kind: 'none', why: found };
  // Up to 0.1.0 the id was only the name of the job: such a comment is updated.
  const place = inputs.commentId === undefined ? { id: ownId, formerId: leg } : { id: legName(inputs.commentId, []) };
  const body = renderComment(shown.record, {
    marker: marker({ id: place.id, runId }),
    against,
    links,
    sha,
    leg: inputs.commentId ?? (inputs.matrix.length > 0 || trigger.nth !== undefined ? leg : undefined),
    // The verdict itself says why the step fails.
    remark: outcome.verdict === 'fail' ? undefined : (outcome.failure ?? outcome.warning),
  });
  return await postComment(octokit, { owner, repo, number: found, runId, ...place }, mask(body));
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
    case 'none':
      workflow.info(`no comment: ${result.why}`);
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

/** Why the step fails or warns, if no finding says it already. */
function outcomeNotes(outcome: Outcome, record: RunRecord, findings: readonly Annotation[]): Annotation[] {
  const level = outcome.failure === undefined ? 'warning' : 'error';
  const message = outcome.failure ?? outcome.warning;
  const isTold =
    ['fail', 'inconclusive', 'skipped'].includes(outcome.verdict) &&
    findings.some((finding) => finding.level === level);
  if (message === undefined || isTold) return [];
  const hint = record.error?.hint;
  return [{ level, title: `Chaos: ${outcome.verdict}`, message: hint ? `${message}\n${hint}` : message }];
}

function warning(title: string, message: string): Annotation {
  return { level: 'warning', title, message };
}
