// Executes the workflows of the last commit with nektos/act on this machine itself, without containers, against the local GitHub of the tests:
//
//   node scripts/act.mjs push pull_request pull_request      one after the other, on the same GitHub
//   node scripts/act.mjs fork fork-comment
//   node scripts/act.mjs nightly | weekly | monthly | caller
//   node scripts/act.mjs workflow_dispatch --input tier=fault --input duration=5s --broker nats
//
// act is taken from the PATH, else made by Go. actions/checkout becomes a clone of this repository, actions/setup-node the Node.js on
// the PATH. At the end it says what the GitHub was asked and was left with; comments and artifacts are written to the folder named last.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const actVersion = 'v0.2.89';
const fullName = 'org/chaos-action';
const forkName = 'fork/chaos-action';

const { positionals: events, values } = parseArgs({
  allowPositionals: true,
  options: { broker: { type: 'string', default: 'embedded' }, input: { type: 'string', multiple: true, default: [] } },
});
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'chaos-act-'));
const clone = join(folder, 'clone');
const git = (...args) => execFileSync('git', args, { cwd: clone, encoding: 'utf8' }).trim();
execFileSync('git', ['clone', '--quiet', root, clone]);
const head = git('rev-parse', 'HEAD');
git('checkout', '--quiet', '-B', 'main');
git('remote', 'set-url', 'origin', `https://github.com/${fullName}`);

const { startLocalGitHub, ...made } = await localGitHub();
const github = await startLocalGitHub({ fullName });
const reading = { actions: 'read', contents: 'read', pullRequests: 'read' };
github.addToken('writing-token', { ...reading, pullRequests: 'write' });
github.addToken('reading-token', reading);
github.addPullRequest({ number: 7, title: 'A change', headSha: head });
github.addPullRequest({ number: 8, title: 'A change of a fork', headRepo: forkName, headSha: head });

/** By the name on the command line: the event, its workflow, and what GitHub's token may do. */
const starts = {
  push: () => ({ event: made.pushEvent(github, head) }),
  pull_request: () => ({ event: made.pullRequestEvent(github, 7, 'synchronize') }),
  fork: () => ({ event: made.pullRequestEvent(github, 8, 'synchronize'), token: 'reading-token' }),
  'fork-comment': () => ({
    event: made.workflowRunEvent(github, github.runs.at(-1)?.id),
    workflow: 'chaos-comment.yml',
  }),
  nightly: () => ({ event: made.scheduleEvent(github, '17 2 * * *') }),
  weekly: () => ({ event: made.scheduleEvent(github, '17 4 * * 0') }),
  monthly: () => ({ event: made.scheduleEvent(github, '17 6 1 * *') }),
  workflow_dispatch: () => ({ event: made.dispatchEvent(github, inputs()) }),
  caller: () => ({ event: made.pushEvent(github, head), workflow: 'caller.yml' }),
};

try {
  const act = actProgram();
  const tools = standIns();
  for (const [index, name] of events.entries()) {
    if (!(name in starts)) throw new Error(`no such event: ${name}; there are ${Object.keys(starts).join(', ')}`);
    await execute(act, tools, join(folder, `${index + 1}-${name}`), starts[name]());
  }
  tell();
} finally {
  await github.close();
  rmSync(clone, { recursive: true, force: true });
}

/** One run of a workflow, as one run on the local GitHub. */
async function execute(act, tools, own, { event, workflow = 'chaos.yml', token = 'writing-token' }) {
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'event.json'), JSON.stringify(event.payload));
  const { branch: headBranch, sha: headSha, repositoryId: headRepositoryId } = event.head;
  const run = github.addRun({ event: event.name, headBranch, headSha, headRepositoryId, conclusion: null });
  const args = [
    event.name,
    ...['--workflows', join('.github', 'workflows', workflow), '--eventpath', join(own, 'event.json')],
    ...['--platform', 'ubuntu-latest=-self-hosted', '--no-skip-checkout', '--use-new-action-cache'],
    ...tools.replaced.flatMap((replaced) => ['--local-repository', replaced]),
    ...['--secret', `GITHUB_TOKEN=${token}`, '--matrix', `broker:${values.broker}`],
    ...['--env', `GITHUB_API_URL=${github.apiUrl}`, '--env', `GITHUB_RUN_ID=${run.id}`],
    ...(event.name === 'workflow_dispatch' ? values.input.flatMap((input) => ['--input', input]) : []),
  ];
  const status = await new Promise((resolve, reject) => {
    const child = spawn(act, args, {
      cwd: clone,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        PATH: `${tools.bin}:${process.env.PATH}`,
        HOME: folder,
        ACT_DISABLE_VERSION_CHECK: '1',
        ACTIONS_RUNTIME_TOKEN: github.runtimeToken(run.id),
        ACTIONS_RUNTIME_URL: github.resultsUrl,
        ACTIONS_RESULTS_URL: github.resultsUrl,
      },
    });
    child.once('error', reject);
    child.once('close', resolve);
  });
  run.conclusion = status === 0 ? 'success' : 'failure';
  console.log(`\n${event.name}, ${workflow}: ${run.conclusion}\n`);
}

function actProgram() {
  try {
    execFileSync('act', ['--version'], { stdio: 'ignore' });
    return 'act';
  } catch {
    const bin = join(folder, 'bin');
    execFileSync('go', ['install', `github.com/nektos/act@${actVersion}`], {
      stdio: 'inherit',
      env: { ...process.env, GOBIN: bin },
    });
    return join(bin, 'act');
  }
}

/** Stand-ins for what a runner of GitHub's has and this machine has not, by the very names that the workflows pin. */
function standIns() {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  // Where the runner's user is root there may be no sudo.
  if (process.getuid?.() === 0) {
    writeFileSync(join(bin, 'sudo'), '#!/bin/sh\nexec "$@"\n');
    chmodSync(join(bin, 'sudo'), 0o755);
  }
  const workflows = join(clone, '.github', 'workflows');
  const pinned = readdirSync(workflows).flatMap((file) =>
    [...readFileSync(join(workflows, file), 'utf8').matchAll(/uses: (actions\/\S+)/g)].map(([, uses]) => uses),
  );
  const commands = {
    'actions/checkout': [
      'fetch-depth',
      `git clone --quiet $([ "$GIVEN" = 0 ] || echo --depth=$GIVEN) file://${clone} .`,
    ],
    'actions/setup-node': ['node-version', 'echo "asked for Node.js $GIVEN, here is $(node --version)"'],
  };
  const replaced = [...new Set(pinned)].map((uses) => {
    const [name] = uses.split('@');
    const [input, command] = commands[name];
    const action = {
      name,
      description: `Stands in for ${name}`,
      inputs: { [input]: { description: `As in ${name}`, default: '1' } },
      runs: {
        using: 'composite',
        steps: [{ shell: 'bash', env: { GIVEN: `\${{ inputs.${input} }}` }, run: command }],
      },
    };
    const place = join(folder, name);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'action.yml'), JSON.stringify(action));
    return `${uses}=${place}`;
  });
  // A repository that calls the reusable workflow, which in turn uses the released Action: this commit, here.
  const caller = {
    on: 'push',
    jobs: {
      chaos: { uses: './.github/workflows/broker.yml', with: { setup: 'echo "set up"', broker: values.broker } },
    },
  };
  writeFileSync(join(workflows, 'caller.yml'), JSON.stringify(caller));
  return { bin, replaced: [...replaced, `${fullName}@v1=${clone}`] };
}

/** The tests' own GitHub, which is TypeScript. */
async function localGitHub() {
  const outfile = join(folder, 'local-github.mjs');
  await build({
    stdin: {
      contents: "export * from './test/github/local-github.ts'; export * from './test/github/events.ts';",
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

function inputs() {
  return Object.fromEntries(values.input.map((input) => [input.split('=')[0], input.slice(input.indexOf('=') + 1)]));
}

/** What the GitHub was asked, and what it was left with. */
function tell() {
  for (const { method, path, status } of github.log) console.log(`${status} ${method} ${path.replace(/\?.*/, '')}`);
  for (const { name, runId, content, contentType } of github.artifacts) {
    console.log(`artifact ${name} of run ${runId}: ${content.length} bytes, ${contentType}`);
    writeFileSync(join(folder, `${runId}-${name}${contentType === 'application/zip' ? '.zip' : ''}`), content);
  }
  for (const { id, issue, body, author, createdAt, updatedAt } of github.comments) {
    console.log(`comment ${id} on #${issue} by ${author.login}: ${body.length} characters, ${createdAt}, ${updatedAt}`);
    writeFileSync(join(folder, `comment-${id}.md`), body);
  }
  console.log(folder);
}
