import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { faultRecord, runRecord, scenarioRecord } from '../support/records.ts';
import { leftAtLast } from '../support/tool.ts';
import { pullRequestEvent, pushEvent, scheduleEvent } from './events.ts';
import { shaOf, startLocalGitHub } from './local-github.ts';
import { type Recording, recordedAction } from './recorded-action.ts';
import { type ActionOptions, actionRunner } from './runner.ts';
import { actionScene, reader, type Step, writer } from './scene.ts';

// What the Action does with a report and says to GitHub, started as a runner would start it; what the sessions would have measured is
// recorded. Real sessions are in action.test.ts.

const { runAction, startAction } = actionRunner();
const { github: localGitHub, machine, nextPullRequest, openPullRequest, stepOf, recordOf } = actionScene();

const passed: Recording = {
  record: runRecord([scenarioRecord({ name: 'short-pause', faults: [faultRecord({ kind: 'pause' })] })]),
};

/** The step with sessions that measured this. */
async function recorded(step: Step, sessions: readonly Recording[] = [passed]): Promise<ActionOptions> {
  const { folder = machine().folder } = step;
  const { action, env } = await recordedAction(folder, sessions);
  return stepOf({ ...step, folder, action, env: { ...env, ...step.env } });
}

describe('a pull request', () => {
  test('that is pushed to again has the same comment, updated', async () => {
    const github = localGitHub();
    const number = openPullRequest();
    const first = await runAction(await recorded({ event: pullRequestEvent(github, number), job: 'chaos' }));
    const pull = github.pullRequest(number);
    if (pull) pull.headSha = shaOf(`change ${number} again`);
    const event = pullRequestEvent(github, number, 'synchronize');
    const second = await runAction(await recorded({ event, job: 'chaos' }));
    expect(second.conclusion).toBe('success');
    expect(github.commentsOn(number)).toHaveLength(1);
    expect(second.outputs['comment-url']).toBe(first.outputs['comment-url']);
    expect(github.commentsOn(number)[0]?.body).toContain(pull?.headSha.slice(0, 7));
  });

  test('a fork: a notice and the summary, never a failure', async () => {
    const github = localGitHub();
    const number = openPullRequest('mona/broker');
    const step = await runAction(await recorded({ event: pullRequestEvent(github, number), token: reader }));
    expect(step.conclusion).toBe('success');
    expect(github.commentsOn(number)).toEqual([]);
    expect(step.annotations).toContainEqual(
      expect.objectContaining({ level: 'notice', title: 'No comment on the pull request' }),
    );
    expect(step.summary).toMatch(/^# PASS: /);
    expect(step.outputs['comment-url']).toBeUndefined();
  });
});

describe('the broker', () => {
  const unconfigured = (): Recording => {
    const { record } = passed;
    return { record: { ...record, broker: { ...record.broker, isDefault: true } } };
  };

  test('that comes with the tool is not passed off as the one of the repository, which has no chaos.yml', async () => {
    const github = localGitHub();
    const { folder, cwd } = machine();
    rmSync(join(cwd, 'chaos.yml'));
    writeFileSync(join(cwd, 'go.mod'), 'module example.com/broker\n');
    const number = openPullRequest();
    const event = pullRequestEvent(github, number);
    const step = await runAction(await recorded({ event, folder }, [unconfigured()]));
    const note =
      'no chaos.yml and no broker named: this is the broker that comes with the tool, and says nothing about yours';
    expect(step.annotations).toContainEqual({
      level: 'warning',
      title: 'Not your broker',
      message: `${note[0]?.toUpperCase()}${note.slice(1)}; for this Go project (go.mod) chaos-action init writes one.`,
    });
    for (const text of [step.summary, github.commentsOn(number)[0]?.body])
      expect(text).toContain(`> **Not your broker:** ${note}.`);
  });

  test('is not looked for in a folder that is not there, and none is made', async () => {
    const { folder, cwd } = machine();
    const event = pushEvent(localGitHub(), shaOf('no such folder'));
    const step = await runAction(await recorded({ event, folder, inputs: { 'working-directory': 'brokr' } }));
    expect([step.conclusion, step.exitCode, step.outputs.verdict]).toEqual(['failure', 3, 'error']);
    expect(step.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining('there is no folder brokr') }),
    );
    expect(existsSync(join(cwd, 'brokr'))).toBe(false);
  });
});

describe('an identity', () => {
  test('is of the workflow’s file too: two whose jobs have the same id have a comment, an artifact and a base each', async () => {
    const github = localGitHub();
    const of = (workflow: string) => ({
      GITHUB_WORKFLOW_REF: `octo/broker/.github/workflows/${workflow}@refs/heads/main`,
    });
    const pushed = await runAction(
      await recorded({ event: pushEvent(github, shaOf('two')), env: of('a.yml'), job: 'two' }),
    );
    expect(pushed.outputs.verdict).toBe('pass');
    const number = openPullRequest();
    const event = pullRequestEvent(github, number);
    const [a, b] = [
      await runAction(await recorded({ event, env: of('a.yml'), job: 'two' })),
      await runAction(await recorded({ event, env: of('b.yml'), job: 'two' })),
    ];
    expect(github.commentsOn(number).map(({ body }) => body.split(' ')[1])).toEqual([
      'chaos-action:a.two',
      'chaos-action:b.two',
    ]);
    expect(a.summary).toContain('Against the base');
    expect(b.summary).toContain('Not compared with a base: ');
  });

  test('is the same for an attempt after the first: its reports replace those, and the comment links to them', async () => {
    const github = localGitHub();
    const number = openPullRequest();
    const event = pullRequestEvent(github, number);
    const run = github.addRun({ headBranch: 'again', headSha: shaOf('again'), event: 'pull_request' });
    const attempt = async (nth: string) =>
      await runAction(await recorded({ event, job: 'again', runId: run.id, env: { GITHUB_RUN_ATTEMPT: nth } }));
    const first = await attempt('1');
    const second = await attempt('2');
    expect(second.annotations.filter(({ level }) => level === 'warning')).toEqual([]);
    expect(second.outputs['artifact-id']).not.toBe(first.outputs['artifact-id']);
    expect(github.artifactsOf(run.id).map(({ name }) => name)).toEqual([
      'chaos-report-chaos.again',
      'chaos-report-chaos.again.html',
    ]);
    const [comment, ...others] = github.commentsOn(number);
    expect(others).toEqual([]);
    expect(comment?.body).toContain(second.outputs['artifact-url']);
    // Without an earlier attempt it is another job's, and stays.
    const conflicting = await attempt('1');
    expect(conflicting.annotations).toContainEqual(
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('set artifact-name') }),
    );
  });
});

describe('when', () => {
  test.each([
    ['17 3 * * *', 'fault'],
    ['17 4 * * 0', 'stress'],
    ['17 5 1 * *', 'extreme'],
  ])(
    'the schedule "%s" fires, the tier is %s: its scenarios are begun, or it says that there are none',
    async (cron, tier) => {
      const github = localGitHub();
      const folder = machine().folder;
      const event = scheduleEvent(github, cron);
      const running = startAction(
        await recorded({ event, folder, inputs: { scenarios: '' } }, [{ ...passed, untilCancelled: true }]),
      );
      const none = `there is no scenario of the tier ${tier}`;
      const begun = await Promise.race([
        running.prints(': recover').then(() => true),
        running.prints(none).then(() => false),
      ]);
      if (begun) running.cancel();
      const step = await running.done;
      expect(step.log).toContainEqual(
        expect.stringMatching(`^tier ${tier}: the schedule ".*" fires on \\d+ days of a year$`),
      );
      if (begun) expect(recordOf(folder).tiers).toEqual([tier]);
      else expect([step.conclusion, step.outputs.verdict]).toEqual(['failure', 'error']);
    },
  );

  test('a push to main runs basic, leaves a report, and the next pull request is compared with it', async () => {
    const github = localGitHub();
    const push = await runAction(await recorded({ event: pushEvent(github, shaOf('on main')), job: 'compared' }));
    expect(push.outputs.verdict).toBe('pass');
    const number = openPullRequest();
    const step = await runAction(await recorded({ event: pullRequestEvent(github, number), job: 'compared' }));
    const runId = /runs\/(\d+)/.exec(push.outputs['artifact-url'] ?? '')?.[1];
    const body = github.commentsOn(number)[0]?.body ?? '';
    expect(body).toContain(`main at ${shaOf('on main').slice(0, 7)}, run ${runId}`);
    expect(step.summary).toContain('Against the base');
  });

  test('a score is below fail-below, the step fails after its outputs are set; below warn-below it warns', async () => {
    const github = localGitHub();
    const folder = machine().folder;
    const event = pushEvent(github, shaOf('low'));
    const [failed, warned] = [
      await runAction(await recorded({ event, folder, inputs: { 'fail-below': '10' }, matrix: { leg: 'a' } })),
      await runAction(await recorded({ event, inputs: { 'warn-below': '10' }, matrix: { leg: 'b' } })),
    ];
    expect([failed.conclusion, failed.exitCode, failed.outputs.verdict]).toEqual(['failure', 1, 'pass']);
    expect(failed.outputs.score).toMatch(/^\d(\.\d+)?$/);
    expect(failed.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringMatching(/is below fail-below 10$/) }),
    );
    expect(warned.conclusion).toBe('success');
    expect(warned.annotations).toContainEqual(
      expect.objectContaining({ level: 'warning', message: expect.stringMatching(/is below warn-below 10$/) }),
    );
  });

  test('the artifact service refuses, that is a warning with its reason and the reports stay on disk', async () => {
    const refusing = await startLocalGitHub();
    try {
      refusing.addToken(writer, { actions: 'read' });
      refusing.refuse('CreateArtifact', 403, 'insufficient usage to create artifact');
      const folder = machine().folder;
      const step = await runAction(
        await recorded({ github: refusing, event: pushEvent(refusing, shaOf('x')), folder }),
      );
      expect(step.conclusion).toBe('success');
      expect(step.annotations).toContainEqual(
        expect.objectContaining({
          level: 'warning',
          title: 'The reports were not uploaded',
          message: expect.stringMatching(/storage quota has been hit.*the reports are in/s),
        }),
      );
      expect(step.outputs['artifact-id']).toBeUndefined();
      expect(existsSync(join(step.outputs['report-path'] ?? '', 'report.html'))).toBe(true);
    } finally {
      await refusing.close();
    }
  });

  test('the server is a GitHub Enterprise Server, nothing is sent to an artifact service that it does not have', async () => {
    const github = localGitHub();
    const event = pushEvent(github, shaOf('enterprise'));
    const step = await runAction(await recorded({ event, env: { GITHUB_SERVER_URL: 'https://github.example.com' } }));
    expect(step.conclusion).toBe('success');
    expect(step.annotations).toContainEqual(
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('GitHub Enterprise Server') }),
    );
  });

  test('GitHub stumbles once at each call, the comment is posted all the same', async () => {
    const github = localGitHub();
    github.failOnce(/GET .*comments/, { status: 429, headers: { 'retry-after': '0' } });
    github.failOnce(/POST .*comments/, { status: 502 });
    const number = openPullRequest();
    const step = await runAction(await recorded({ event: pullRequestEvent(github, number) }));
    expect(step.conclusion).toBe('success');
    expect(github.commentsOn(number)).toHaveLength(1);
  });

  test('GitHub is down when the comment is due, what was measured stands', async () => {
    const refusing = await startLocalGitHub();
    try {
      refusing.addToken(writer, { pullRequests: 'write', actions: 'read' });
      refusing.refuse(/commits.*pulls/, 500);
      const event = pushEvent(refusing, shaOf('outage'));
      const step = await runAction(await recorded({ github: refusing, event, inputs: { comment: 'always' } }));
      expect([step.conclusion, step.outputs.verdict]).toEqual(['success', 'pass']);
      expect(step.annotations).toContainEqual(
        expect.objectContaining({ level: 'warning', title: 'No comment on the pull request' }),
      );
    } finally {
      await refusing.close();
    }
  });
});

describe('compare: merge-base', () => {
  /** A repository whose chaos.yml the change has changed. */
  function changedRepository() {
    const github = localGitHub();
    const { folder, cwd } = machine();
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
        cwd,
        encoding: 'utf8',
      }).trim();
    const config = (what: string): string =>
      `broker:\n  preset: embedded\n  build: echo built ${what}\nworkload: { rate: 200/s }\n`;
    writeFileSync(join(cwd, '.gitignore'), 'chaos-report/\nshort-pause.yml\n');
    git('init', '-q', '-b', 'main');
    writeFileSync(join(cwd, 'chaos.yml'), config('base'));
    git('add', '.');
    git('commit', '-q', '-m', 'base');
    const baseSha = git('rev-parse', 'HEAD');
    git('clone', '-q', '--bare', '.', join(folder, 'origin.git'));
    git('remote', 'add', 'origin', join(folder, 'origin.git'));
    git('checkout', '-q', '-b', 'change');
    writeFileSync(join(cwd, 'chaos.yml'), config('head'));
    git('commit', '-q', '-a', '-m', 'head');
    const number = nextPullRequest();
    github.addPullRequest({ number, headRef: 'change', headSha: git('rev-parse', 'HEAD'), baseSha });
    return { folder, cwd, git, number, base: baseSha.slice(0, 7) };
  }
  const inputs = { compare: 'merge-base' };

  test('base and head are built and run in turn, and the comment says what the change did', async () => {
    const github = localGitHub();
    const { folder, cwd, git, number, base } = changedRepository();
    const step = await runAction(await recorded({ event: pullRequestEvent(github, number), folder, inputs }));
    expect([step.conclusion, step.annotations.filter(({ level }) => level === 'error')]).toEqual(['success', []]);
    expect(step.log.filter((line) => /^round|^building/.test(line))).toEqual([
      `round 1 of 2: the base, ${base}`,
      'building: echo built base',
      'round 1 of 2: the head',
      'building: echo built head',
      `round 2 of 2: the base, ${base}`,
      'building: echo built base',
      'round 2 of 2: the head',
      'building: echo built head',
    ]);
    for (const round of ['base-1', 'head-1', 'base-2', 'head-2'])
      expect(existsSync(join(cwd, 'chaos-report', round, 'report.json'))).toBe(true);
    expect(github.commentsOn(number)[0]?.body).toContain(`merge base ${base}, 2 rounds each on this runner`);
    expect(git('worktree', 'list').split('\n')).toHaveLength(1);
    expect(git('status', '--porcelain')).toBe('');
  });

  test('cancelled while the base runs again, it is cancelled, whatever the first round of the head has shown', async () => {
    const github = localGitHub();
    const { folder, git, number } = changedRepository();
    const event = pullRequestEvent(github, number);
    const step = await runAction(
      await recorded({ event, folder, inputs, cancelWhen: 'round 2 of 2: the base' }, [
        passed,
        passed,
        { ...passed, untilCancelled: true },
      ]),
    );
    expect([step.exitCode, step.outputs.verdict]).toEqual([130, 'cancelled']);
    expect(step.cancelled?.signals.map(({ signal }) => signal)).toEqual(['SIGINT']);
    expect(recordOf(folder)).toMatchObject({ partial: true, error: { code: 'cancelled' } });
    expect(recordOf(folder).scenarios).toHaveLength(1);
    expect(step.summary).toContain('This run is not complete');
    expect((await step.post()).exitCode).toBe(0);
    expect(git('worktree', 'list').split('\n')).toHaveLength(1);
    expect(await leftAtLast(folder, step.pid)).toEqual([]);
  });
});
