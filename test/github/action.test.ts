import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readReportZip } from '../../src/report/read.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { writeShortScenario } from '../support/short-scenario.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { leftAtLast } from '../support/tool.ts';
import { pullRequestEvent, pushEvent, scheduleEvent, type WorkflowEvent } from './events.ts';
import { type LocalGitHub, shaOf, startLocalGitHub } from './local-github.ts';
import { nodesUnderTest } from './nodes.ts';
import { type ActionOptions, actionRunner, copyAction } from './runner.ts';

// Each test starts dist/index.js, copied away from the repository, as a runner would, against the real embedded cluster.

const temporary = temporaryFolders();
const { runAction, startAction } = actionRunner();
const found = await nodesUnderTest();
const nodes = found.flatMap((node) => ('path' in node ? [node] : []));

const writer = 'ghs_writer';
const reader = 'ghs_reader';
let github: LocalGitHub;
beforeAll(async () => {
  github = await startLocalGitHub();
  github.addToken(writer, { pullRequests: 'write', actions: 'read', contents: 'read' });
  github.addToken(reader, { pullRequests: 'read', actions: 'read', contents: 'read' });
});
afterAll(() => github.close());

let pullRequests = 100;
/** A pull request of its own for each test. */
function openPullRequest(headRepo?: string): number {
  const number = pullRequests++;
  const head = { headRef: `change-${number}`, headSha: shaOf(`change ${number}`) };
  github.addPullRequest({ number, ...head, ...(headRepo === undefined ? {} : { headRepo }) });
  return number;
}

/** A machine whose workspace holds a scenario of a few seconds. */
function machine(): { folder: string; cwd: string; scenario: string } {
  const folder = temporary();
  const cwd = join(folder, 'workspace');
  mkdirSync(cwd, { recursive: true });
  return { folder, cwd, scenario: writeShortScenario(cwd) };
}

type Step = Partial<ActionOptions> & { readonly event: WorkflowEvent };

function stepOf({ inputs, folder = machine().folder, ...others }: Step): ActionOptions {
  const scenarios = './short-pause.yml';
  return { github, folder, action: copyAction(folder), token: writer, inputs: { scenarios, ...inputs }, ...others };
}

const recordOf = (folder: string): RunRecord =>
  JSON.parse(readFileSync(join(folder, 'workspace', 'chaos-report', 'report.json'), 'utf8'));

for (const { title, ...node } of found) if ('missing' in node) test.skip(`on ${title}: ${node.missing}`, () => {});

describe.each(nodes)('on $title', ({ path: node }) => {
  test('a pull request: outputs, summary, artifact, comment; and its second push updates the same comment', async () => {
    const number = openPullRequest();
    const folder = machine().folder;
    const first = await runAction(stepOf({ event: pullRequestEvent(github, number), folder, node, job: 'chaos' }));
    expect([first.conclusion, first.defects, first.annotations.filter(({ level }) => level !== 'notice')]).toEqual([
      'success',
      [],
      [],
    ]);
    const record = recordOf(folder);
    expect(first.outputs).toMatchObject({
      score: String(record.score),
      grade: record.grade,
      verdict: 'pass',
      violations: '0',
      'report-path': join(folder, 'workspace', 'chaos-report'),
    });
    expect(record.scenarios[0]?.faults).toEqual([
      expect.objectContaining({ kind: 'pause', proven: true, healed: true }),
    ]);
    expect(record.scenarios[0]?.accounting.delivered).toBeGreaterThan(500);

    // The log is a table of contents: a group a phase, the verdict between them.
    const titles = first.groups.map(({ title }) => title);
    expect(titles).toEqual(
      expect.arrayContaining([
        'short-pause: warm-up',
        'short-pause: steady',
        'short-pause: hold',
        'short-pause: recover',
      ]),
    );
    expect(first.log).toContainEqual(expect.stringMatching(/^short-pause: pass \(\d/));
    expect(first.groups.find(({ title }) => title === 'short-pause: hold')?.lines).toContainEqual(
      expect.stringMatching(/^in force: pause/),
    );
    expect(first.masks).toContain(writer);

    expect(first.summary).toMatch(/^# PASS: /);
    expect(first.summary).toContain('```mermaid');

    // The uploaded zip is fetched again as anybody would, and what is in it is the record.
    const [archive, page] = github.artifactsOf(Number(/runs\/(\d+)/.exec(first.outputs['artifact-url'] ?? '')?.[1]));
    expect([archive?.name, page?.name]).toEqual(['chaos-report-chaos', 'chaos-report-chaos.html']);
    const answer = await fetch(
      `${github.apiUrl}/repos/octo/broker/actions/artifacts/${first.outputs['artifact-id']}/zip`,
      {
        headers: { authorization: `Bearer ${reader}` },
      },
    );
    expect(await readReportZip(new Uint8Array(await answer.arrayBuffer()))).toEqual(record);

    const [comment] = github.commentsOn(number);
    expect(comment?.body).toMatch(/^<!-- chaos-action:chaos run:\d+ -->\n## ✅ Chaos: PASS/);
    expect(comment?.body).toContain(first.outputs['artifact-url']);
    expect(first.outputs['comment-url']).toContain(`/${number}`);
    expect((await first.post()).log.join('\n')).toContain('nothing to undo');
    expect(await leftAtLast(folder, first.pid)).toEqual([]);

    const pull = github.pullRequest(number);
    if (pull) pull.headSha = shaOf(`change ${number} again`);
    const event = pullRequestEvent(github, number, 'synchronize');
    const second = await runAction(stepOf({ event, folder: machine().folder, node, job: 'chaos' }));
    expect(second.conclusion).toBe('success');
    expect(github.commentsOn(number)).toHaveLength(1);
    expect(second.outputs['comment-url']).toBe(first.outputs['comment-url']);
    expect(github.commentsOn(number)[0]?.body).toContain(pull?.headSha.slice(0, 7));
  });

  test('a fork: a notice and the summary, never a failure', async () => {
    const number = openPullRequest('mona/broker');
    const step = await runAction(stepOf({ event: pullRequestEvent(github, number), token: reader, node }));
    expect(step.conclusion).toBe('success');
    expect(github.commentsOn(number)).toEqual([]);
    expect(step.annotations).toContainEqual(
      expect.objectContaining({ level: 'notice', title: 'No comment on the pull request' }),
    );
    // On a busy machine it may be undecided, which is no failure either.
    expect(step.summary).toMatch(/^# (PASS|INCONCLUSIVE): /);
    expect(step.outputs['comment-url']).toBeUndefined();
  });

  test('a cancelled run: healed, reported and gone before the runner loses patience', async () => {
    const folder = machine().folder;
    writeShortScenario(join(folder, 'workspace'), '{ steady: 1s, hold: 60s, recover: 5s }');
    const event = pullRequestEvent(github, openPullRequest());
    const step = await runAction(stepOf({ event, folder, node, cancelWhen: 'in force: pause' }));
    expect([step.exitCode, step.signal, step.outputs.verdict]).toEqual([130, null, 'cancelled']);
    // SIGTERM would have come after 7.5 s.
    expect(step.cancelled?.signals.map(({ signal }) => signal)).toEqual(['SIGINT']);
    expect(recordOf(folder)).toMatchObject({ partial: true, error: { code: 'cancelled' } });
    expect(step.summary).toContain('This run is not complete');
    expect((await step.post()).log.join('\n')).toContain('nothing to undo');
    expect(await leftAtLast(folder, step.pid)).toEqual([]);
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
      const folder = machine().folder;
      const event = scheduleEvent(github, cron);
      const running = startAction(stepOf({ event, folder, inputs: { scenarios: '' } }));
      const none = `there is no scenario of the tier ${tier}`;
      const begun = await Promise.race([
        running.prints('baseline: steady').then(() => true),
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
    const push = await runAction(stepOf({ event: pushEvent(github, shaOf('on main')), job: 'compared' }));
    expect(push.outputs.verdict).toBe('pass');
    const number = openPullRequest();
    const step = await runAction(stepOf({ event: pullRequestEvent(github, number), job: 'compared' }));
    const runId = /runs\/(\d+)/.exec(push.outputs['artifact-url'] ?? '')?.[1];
    const body = github.commentsOn(number)[0]?.body ?? '';
    expect(body).toContain(`main at ${shaOf('on main').slice(0, 7)}, run ${runId}`);
    expect(step.summary).toContain('Against the base');
  });

  test('a score is below fail-below, the step fails after its outputs are set; below warn-below it warns', async () => {
    const folder = machine().folder;
    const event = pushEvent(github, shaOf('low'));
    const [failed, warned] = [
      await runAction(stepOf({ event, folder, inputs: { 'fail-below': '10' }, matrix: { leg: 'a' } })),
      await runAction(stepOf({ event, inputs: { 'warn-below': '10' }, matrix: { leg: 'b' } })),
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
      const step = await runAction(stepOf({ github: refusing, event: pushEvent(refusing, shaOf('x')), folder }));
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
    const event = pushEvent(github, shaOf('enterprise'));
    const step = await runAction(stepOf({ event, env: { GITHUB_SERVER_URL: 'https://github.example.com' } }));
    expect(step.conclusion).toBe('success');
    expect(step.annotations).toContainEqual(
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('GitHub Enterprise Server') }),
    );
  });

  test('GitHub stumbles once at each call, the comment is posted all the same', async () => {
    github.failOnce(/GET .*comments/, { status: 429, headers: { 'retry-after': '0' } });
    github.failOnce(/POST .*comments/, { status: 502 });
    const number = openPullRequest();
    const step = await runAction(stepOf({ event: pullRequestEvent(github, number) }));
    expect(step.conclusion).toBe('success');
    expect(github.commentsOn(number)).toHaveLength(1);
  });

  test('GitHub is down when the comment is due, what was measured stands', async () => {
    const refusing = await startLocalGitHub();
    try {
      refusing.addToken(writer, { pullRequests: 'write', actions: 'read' });
      refusing.refuse(/commits.*pulls/, 500);
      const event = pushEvent(refusing, shaOf('outage'));
      const step = await runAction(stepOf({ github: refusing, event, inputs: { comment: 'always' } }));
      expect([step.conclusion, step.outputs.verdict]).toEqual(['success', 'pass']);
      expect(step.annotations).toContainEqual(
        expect.objectContaining({ level: 'warning', title: 'No comment on the pull request' }),
      );
    } finally {
      await refusing.close();
    }
  });

  test('the configuration is wrong: each problem at its line, nothing started, no comment', async () => {
    const { folder, cwd } = machine();
    writeFileSync(join(cwd, 'chaos.yml'), 'broker:\n  preset: embeded\nclutser: { nodes: 3 }\n');
    const number = openPullRequest();
    const step = await runAction(stepOf({ event: pullRequestEvent(github, number), folder, debug: true }));
    expect([step.conclusion, step.exitCode, step.outputs.verdict]).toEqual(['failure', 3, 'error']);
    expect(step.annotations.map(({ level, file, line }) => [level, file, line])).toEqual([
      ['error', 'chaos.yml', 2],
      ['error', 'chaos.yml', 3],
    ]);
    expect(step.summary).toContain('# ERROR: the run could not be made');
    expect(github.commentsOn(number)).toEqual([]);
  });

  test('the broker cannot be built: the error says why, what it printed commands nobody, and secrets are masked', async () => {
    const { folder, cwd } = machine();
    writeFileSync(
      join(cwd, 'chaos.yml'),
      [
        'broker:',
        "  build: \"echo '::error::not ours' ; echo '##[error]nor this'; echo $BROKER_PASSWORD; env > environment.txt; exit 2\"",
        '  start: ./broker',
        `  mqtt: { username: u, password: "$\{BROKER_PASSWORD}" }`,
        '',
      ].join('\n'),
    );
    const event = pushEvent(github, shaOf('unbuildable'));
    const step = await runAction(stepOf({ event, folder, env: { BROKER_PASSWORD: 'hunter2-hunter2' } }));
    expect([step.conclusion, step.exitCode, step.outputs.verdict]).toEqual(['failure', 4, 'error']);
    expect(step.annotations).toEqual([
      expect.objectContaining({
        level: 'error',
        title: 'Chaos: error',
        message: expect.stringMatching(/^the build command ended with exit code 2/),
      }),
    ]);
    expect(step.log.join('\n')).toContain('not ours');
    // Nor does it get what is the Action's alone.
    const environment = readFileSync(join(cwd, 'environment.txt'), 'utf8');
    expect(environment).toContain('GITHUB_SHA=');
    expect(environment).not.toMatch(/ACTIONS_RUNTIME_TOKEN|INPUT_|GITHUB_OUTPUT|ghs_writer/);
    expect(step.masks).toContain('hunter2-hunter2');
    for (const text of [step.summary, JSON.stringify(recordOf(folder)), step.log.join('\n')])
      expect(text).not.toContain('hunter2-hunter2');
  });

  test('the runner kills it in the middle of a fault, the post step takes back what is left and says so', async () => {
    const folder = machine().folder;
    writeShortScenario(join(folder, 'workspace'), '{ steady: 1s, hold: 60s, recover: 5s }');
    const running = startAction(stepOf({ event: pushEvent(github, shaOf('killed')), folder }));
    await running.prints('in force: pause');
    process.kill(running.pid, 'SIGKILL');
    const step = await running.done;
    const post = await step.post();
    expect(post.exitCode).toBe(0);
    expect(post.log.join('\n')).toMatch(/was cut off before it could clean up|nothing to undo/);
    expect(await leftAtLast(folder, running.pid)).toEqual([]);
  });
});

describe('compare: merge-base', () => {
  /** A repository whose chaos.yml the change has changed. */
  function changedRepository() {
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
    const number = pullRequests++;
    github.addPullRequest({ number, headRef: 'change', headSha: git('rev-parse', 'HEAD'), baseSha });
    return { folder, cwd, git, number, base: baseSha.slice(0, 7) };
  }
  const inputs = { compare: 'merge-base' };

  test('base and head are built and run in turn, and the comment says what the change did', async () => {
    const { folder, cwd, git, number, base } = changedRepository();
    const step = await runAction(stepOf({ event: pullRequestEvent(github, number), folder, inputs }));
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
    const { folder, git, number } = changedRepository();
    const event = pullRequestEvent(github, number);
    const step = await runAction(stepOf({ event, folder, inputs, cancelWhen: 'round 2 of 2: the base' }));
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
