import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readReportZip } from '../../src/report/read.ts';
import { writeShortScenario } from '../support/short-scenario.ts';
import { leftAtLast } from '../support/tool.ts';
import { pullRequestEvent, pushEvent } from './events.ts';
import { shaOf } from './local-github.ts';
import { nodesUnderTest } from './nodes.ts';
import { actionRunner } from './runner.ts';
import { actionScene, reader, writer } from './scene.ts';

// Each test starts dist/index.js, copied away from the repository, as a runner would, against the real embedded cluster. What the Action
// does with a report, whatever was measured, is in recorded.test.ts.

const { runAction, startAction } = actionRunner();
const { github: localGitHub, machine, openPullRequest, stepOf, recordOf } = actionScene();
const found = await nodesUnderTest();
const nodes = found.flatMap((node) => ('path' in node ? [node] : []));

for (const { title, ...node } of found) if ('missing' in node) test.skip(`on ${title}: ${node.missing}`, () => {});

/** A step that decided something: a machine that is busy may starve the tool, which says so and decides nothing. */
async function unstarved<Step extends { readonly annotations: readonly { readonly message: string }[] }>(
  run: () => Promise<Step>,
): Promise<Step> {
  for (let left = 5; ; left--) {
    const step = await run();
    if (left === 0 || !step.annotations.some(({ message }) => message.includes('too little CPU time to measure')))
      return step;
  }
}

describe.each(nodes)('on $title', ({ path: node }) => {
  test('a pull request: outputs, summary, artifact, comment', async () => {
    const github = localGitHub();
    const number = openPullRequest();
    const folder = machine().folder;
    const first = await unstarved(() =>
      runAction(stepOf({ event: pullRequestEvent(github, number), folder, node, job: 'chaos' })),
    );
    expect([first.conclusion, first.defects, first.annotations.filter(({ level }) => level !== 'notice')]).toEqual([
      'success',
      [],
      [],
    ]);
    const record = recordOf(folder);
    expect(first.outputs).toMatchObject({
      score: record.score?.toFixed(2),
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
    expect([archive?.name, page?.name]).toEqual(['chaos-report-chaos.chaos', 'chaos-report-chaos.chaos.html']);
    const answer = await fetch(
      `${github.apiUrl}/repos/octo/broker/actions/artifacts/${first.outputs['artifact-id']}/zip`,
      {
        headers: { authorization: `Bearer ${reader}` },
      },
    );
    expect(await readReportZip(new Uint8Array(await answer.arrayBuffer()))).toEqual(record);

    const [comment] = github.commentsOn(number);
    expect(comment?.body).toMatch(/^<!-- chaos-action:chaos\.chaos run:\d+ -->\n## ✅ Chaos: PASS/);
    expect(comment?.body).toContain(first.outputs['artifact-url']);
    expect(first.outputs['comment-url']).toContain(`/${number}`);
    expect((await first.post()).log.join('\n')).toContain('nothing to undo');
    expect(await leftAtLast(folder, first.pid)).toEqual([]);
  });

  test('a cancelled run: healed, reported and gone before the runner loses patience', async () => {
    const github = localGitHub();
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

  test('the runner kills it in the middle of a fault, the post step takes back what is left and says so', async () => {
    const github = localGitHub();
    const folder = machine().folder;
    writeShortScenario(join(folder, 'workspace'), '{ steady: 1s, hold: 60s, recover: 5s }');
    const running = startAction(stepOf({ event: pushEvent(github, shaOf('killed')), folder, node }));
    await running.prints('in force: pause');
    process.kill(running.pid, 'SIGKILL');
    const step = await running.done;
    const post = await step.post();
    expect(post.exitCode).toBe(0);
    expect(post.log.join('\n')).toMatch(/was cut off before it could clean up|nothing to undo/);
    expect(await leftAtLast(folder, running.pid)).toEqual([]);
  });
});

describe('when', () => {
  test('the configuration is wrong: each problem at its line, nothing started, no comment', async () => {
    const github = localGitHub();
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
    const github = localGitHub();
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
});
