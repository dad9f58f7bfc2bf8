import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { pullRequestEvent, pushEvent, scheduleEvent } from './events.ts';
import { type LocalGitHub, shaOf, startLocalGitHub } from './local-github.ts';
import { nodesUnderTest } from './nodes.ts';
import { type ActionOptions, actionRunner, type StepResult } from './runner.ts';
import { scriptAction } from './script-action.ts';

const temporary = temporaryFolders();
const { runAction, startAction } = actionRunner();

let github: LocalGitHub;
beforeAll(async () => {
  github = await startLocalGitHub();
  github.addPullRequest({ number: 7, headRef: 'faster', headSha: shaOf('faster') });
});
afterAll(() => github.close());

/** What a step needs to run `main`, on a machine of its own. */
function stepOf(main: string, options: Partial<ActionOptions> & { readonly post?: string } = {}): ActionOptions {
  const { post, ...others } = options;
  const folder = temporary();
  return {
    github,
    folder,
    action: scriptAction(folder, main, post),
    event: pushEvent(github, shaOf('pushed')),
    token: 'ghs_secret',
    ...others,
  };
}

const run = (main: string, options?: Parameters<typeof stepOf>[1]): Promise<StepResult> =>
  runAction(stepOf(main, options));

/** Runs a script that hands its environment over. */
async function environment(options: Parameters<typeof stepOf>[1]): Promise<Record<string, string>> {
  const { outputs } = await run(
    `import { appendFileSync } from 'node:fs';
     appendFileSync(process.env.GITHUB_OUTPUT, 'environment=' + JSON.stringify(process.env));`,
    options,
  );
  return JSON.parse(outputs.environment ?? '{}');
}

describe('the environment of a step', () => {
  test('inputs: those of the workflow, completed from action.yml, under the names that the runner gives them', async () => {
    expect(
      await environment({ inputs: { 'fail-below': '7', 'two words': 'a b' }, matrix: { nodes: 3 } }),
    ).toMatchObject({
      INPUT_GREETING: 'hello',
      'INPUT_FAIL-BELOW': '7',
      INPUT_TWO_WORDS: 'a b',
      'INPUT_GITHUB-TOKEN': 'ghs_secret',
      INPUT_MATRIX: '{\n  "nodes": 3\n}',
    });
  });

  test('a job without a matrix has the matrix null', async () => {
    expect(await environment({})).toMatchObject({ INPUT_MATRIX: 'null' });
  });

  test('an input that action.yml does not have is a mistake of the test', async () => {
    await expect(run('', { inputs: { graeting: 'hi' } })).rejects.toThrow('action.yml has no input graeting');
  });

  test('a pull request: the merge commit is checked out, the branches are named', async () => {
    expect(await environment({ event: pullRequestEvent(github, 7) })).toMatchObject({
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_REF_NAME: '7/merge',
      GITHUB_HEAD_REF: 'faster',
      GITHUB_BASE_REF: 'main',
      GITHUB_REPOSITORY: 'octo/broker',
    });
  });

  test('a schedule: the default branch, and the cron line in the payload', async () => {
    const { outputs } = await run(
      `import { appendFileSync, readFileSync } from 'node:fs';
       const { schedule } = JSON.parse(readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8'));
       const { GITHUB_REF, GITHUB_HEAD_REF } = process.env;
       appendFileSync(process.env.GITHUB_OUTPUT, \`schedule=\${schedule}\\nref=\${GITHUB_REF}\\nhead=\${GITHUB_HEAD_REF}\`);`,
      { event: scheduleEvent(github, '0 3 * * 0') },
    );
    expect(outputs).toEqual({ schedule: '0 3 * * 0', ref: 'refs/heads/main', head: '' });
  });

  test('nothing else comes in from outside', async () => {
    process.env.OUTSIDE = 'of no concern';
    try {
      expect(Object.keys(await environment({ env: { INSIDE: 'a secret of the workflow' } }))).toEqual(
        expect.arrayContaining(['INSIDE', 'PATH', 'HOME', 'CI', 'RUNNER_TEMP', 'GITHUB_WORKSPACE']),
      );
      expect(await environment({})).not.toHaveProperty('OUTSIDE');
    } finally {
      delete process.env.OUTSIDE;
    }
  });

  test('the run is one that GitHub knows, going on while the step does and over after it', async () => {
    const step = startAction(
      stepOf('console.log("here"); setInterval(() => {}, 1_000); process.on("SIGINT", () => process.exit(0));', {
        event: pullRequestEvent(github, 7),
      }),
    );
    await step.prints('here');
    expect(github.runs.at(-1)).toMatchObject({ event: 'pull_request', headBranch: 'faster', conclusion: null });
    step.cancel();
    await step.done;
    expect(github.runs.at(-1)).toMatchObject({ conclusion: 'cancelled' });
  });
});

describe('what a step says', () => {
  test('outputs, state and the summary, through the real @actions/core', async () => {
    const { outputs, state, summary, conclusion, defects } = await run(
      `import * as core from '@actions/core';
       core.setOutput('score', 9.5);
       core.setOutput('text', 'two\\nlines = many << signs');
       core.saveState('run', '42');
       await core.summary.addRaw('# Nine and a half').write();`,
    );
    expect(outputs).toEqual({ score: '9.5', text: 'two\nlines = many << signs' });
    expect(state).toEqual({ run: '42' });
    expect(summary).toBe('# Nine and a half');
    expect([conclusion, defects]).toEqual(['success', []]);
  });

  test('annotations with their place, on either stream', async () => {
    const { annotations, conclusion, exitCode } = await run(
      `import * as core from '@actions/core';
       core.error('lost: 3, of 100%\\nmore', { title: 'a: b, c', file: 'scenarios/x.yml', startLine: 3, endLine: 4 });
       core.notice('by the way');
       console.error('::warning::from stderr');
       core.setFailed('below 7');`,
    );
    expect(annotations).toEqual(
      expect.arrayContaining([
        ...[
          {
            level: 'error',
            message: 'lost: 3, of 100%\nmore',
            title: 'a: b, c',
            file: 'scenarios/x.yml',
            line: 3,
            endLine: 4,
          },
        ],
        ...[{ level: 'notice', message: 'by the way' }],
        ...[{ level: 'warning', message: 'from stderr' }],
        ...[{ level: 'error', message: 'below 7' }],
      ]),
    );
    expect([conclusion, exitCode]).toEqual(['failure', 1]);
  });

  test('groups hold their lines', async () => {
    const { groups, log, defects } = await run(
      `console.log('before');
       console.log('::group::boot'); console.log('node1'); console.log('::endgroup::');
       console.log('after');`,
    );
    expect(groups).toEqual([{ title: 'boot', lines: ['node1'] }]);
    expect(log).toEqual(['before', '##[group]boot', 'node1', '##[endgroup]', 'after']);
    expect(defects).toEqual([]);
  });

  test('a group within a group and one without end are defects', async () => {
    const { defects } = await run(`console.log('::group::outer'); console.log('::group::inner');`);
    expect(defects).toEqual([
      'group "inner" is within group "outer": groups do not nest',
      'group "inner" was not ended',
    ]);
  });

  test('secrets are masked from the moment on that they are named; the token from the start', async () => {
    const { log, masks, raw } = await run(
      `console.log('p4ss is not masked yet; ' + process.env['INPUT_GITHUB-TOKEN']);
       console.log('::add-mask::p4ss');
       console.log('p4ss is now'); console.log('::notice::p4ss');`,
    );
    expect(log).toEqual(['p4ss is not masked yet; ***', '*** is now', '##[notice]***']);
    expect(masks).toEqual(['p4ss']);
    expect(raw).toContain('ghs_secret');
  });

  test('debug lines are there for who asks, and in the log only where debug logging is on', async () => {
    const script = `import * as core from '@actions/core'; core.debug(String(core.isDebug()));`;
    expect(await run(script)).toMatchObject({ debug: ['false'], log: [] });
    expect(await run(script, { debug: true })).toMatchObject({ debug: ['true'], log: ['##[debug]true'] });
  });

  test('commands in what others say are obeyed, in the old form anywhere in a line, unless they are stopped', async () => {
    const { annotations, log } = await run(
      `console.log('node1 | ##[error]by the broker');
       console.log('::stop-commands::b7f0'); console.log('::error::by the broker too'); console.log('::b7f0::');
       console.log('::nothing::known');`,
    );
    expect(annotations).toEqual([{ level: 'error', message: 'by the broker' }]);
    expect(log).toEqual(['##[error]by the broker', '::error::by the broker too', '::nothing::known']);
  });

  test('files that a runner could not read and a summary that it would throw away are defects', async () => {
    const { defects, outputs } = await run(
      `import { appendFileSync } from 'node:fs';
       appendFileSync(process.env.GITHUB_OUTPUT, 'a=1\\ntext<<END\\nno end');
       appendFileSync(process.env.GITHUB_STATE, 'a line');
       appendFileSync(process.env.GITHUB_STEP_SUMMARY, 'x'.repeat(1024 * 1024 + 1));`,
    );
    expect(defects).toEqual([
      "unable to process file command OUTPUT: Invalid value. Matching delimiter not found 'END'",
      "unable to process file command STATE: Invalid format 'a line'",
      'the summary is longer than 1 MiB',
    ]);
    expect(outputs).toEqual({});
  });

  test('output that a child holds open is a defect', async () => {
    const { defects } = await run(
      `import { spawn } from 'node:child_process';
       spawn('sleep', ['7'], { stdio: ['ignore', 'inherit', 'inherit'], detached: true }).unref();`,
    );
    expect(defects).toEqual(['its output was still held open 5 s after it had ended']);
  });
});

describe('the post step', () => {
  test('is given the state and the variables of the main step', async () => {
    const main = await run(
      `import * as core from '@actions/core';
       core.saveState('ledger', '/a/path'); core.exportVariable('HANDED', 'on'); core.setFailed('no');`,
      { post: `console.log(process.env.STATE_ledger, process.env.HANDED, process.env.INPUT_GREETING);` },
    );
    expect(main.conclusion).toBe('failure');
    expect(await main.post()).toMatchObject({ conclusion: 'success', log: ['/a/path on hello'] });
  });
});

describe('a cancelled job', () => {
  test('SIGINT first: a step that takes it ends itself, and its post step runs', async () => {
    const main = await run(
      `process.on('SIGINT', () => { console.log('healed'); process.exit(130); });
       setInterval(() => {}, 1_000);
       console.log('holding');`,
      { cancelWhen: 'holding', post: `console.log('cleaned');` },
    );
    expect(main).toMatchObject({ conclusion: 'cancelled', exitCode: 130, log: ['holding', 'healed'] });
    expect(main.cancelled?.signals.map(({ signal }) => signal)).toEqual(['SIGINT']);
    expect(await main.post()).toMatchObject({ log: ['cleaned'] });
  });

  test('one that takes neither SIGINT nor SIGTERM is killed, and its child is left alone', async () => {
    const { conclusion, exitCode, signal, cancelled, log } = await run(
      `import { spawn } from 'node:child_process';
       for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => console.log(signal));
       console.log('child', spawn('sleep', ['30'], { stdio: 'ignore', detached: true }).pid);`,
      { cancelWhen: 'child' },
    );
    expect({ conclusion, exitCode, signal }).toEqual({ conclusion: 'cancelled', exitCode: null, signal: 'SIGKILL' });
    expect(cancelled?.signals.map((sent) => sent.signal)).toEqual(['SIGINT', 'SIGTERM', 'SIGKILL']);
    expect(log).toEqual([expect.stringMatching(/^child \d+$/), 'SIGINT', 'SIGTERM']);
    // Throws if there is no such process.
    process.kill(Number(log[0]?.slice('child '.length)), 'SIGKILL');
  });

  test('at a moment of the test: a step that has no handler yet ends of SIGINT', async () => {
    expect(await run('', { cancelWhen: Promise.resolve() })).toMatchObject({
      conclusion: 'cancelled',
      signal: 'SIGINT',
    });
  });

  test('one that ends before it is cancelled is not', async () => {
    expect(await run('', { cancelWhen: new Promise(() => {}) })).toMatchObject({ conclusion: 'success' });
    await expect(run(`console.log('no');`, { cancelWhen: 'yes' })).rejects.toThrow('never printed: yes\nno');
  });
});

describe('the Nodes to test on', () => {
  test('are two, or there is a reason', async () => {
    const [here, other] = await nodesUnderTest();
    expect(here).toEqual({ title: `Node ${process.versions.node}`, path: process.execPath });
    if (!other || 'missing' in other) {
      expect(other?.missing).toContain(`${process.platform}-${process.arch}`);
      return;
    }
    const { log } = await run(`console.log('Node', process.versions.node);`, { node: other.path });
    expect(log).toEqual([other.title]);
    expect(other.title).not.toBe(here?.title);
  });
});
