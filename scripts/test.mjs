// npm test: the projects of test/projects.mjs, with as many suites at a time as they bear, and one summary.
//   node scripts/test.mjs                    every project
//   node scripts/test.mjs unit process       these projects
//   node scripts/test.mjs test/checks -t QoS anything else goes to jest as it is
// TEST_TOTALS=FILE gets the totals as JSON.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, setPriority, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathOf, projects } from '../test/projects.mjs';

const root = join(import.meta.dirname, '..');
const jest = ['--experimental-vm-modules', '--no-warnings', join(root, 'node_modules', 'jest', 'bin', 'jest.js')];
/** Of nice(1). */
const lowestPriority = 19;
/** How long jest may take to end once its results are written: what takes longer was left running by a test. */
const endMs = 60_000;

const args = process.argv.slice(2);
const wanted = args.filter((name) => name in projects);
process.exitCode = wanted.length < args.length ? (await run(args)).code : await runProjects(wanted);

async function runProjects(chosen) {
  const names = chosen.length > 0 ? chosen : Object.keys(projects);
  const cores = availableParallelism();
  const isUnit = (name) => name === 'unit';
  // The tracks of one stage run at the same time, the passes of one track one after the other. A cluster and its clients take less
  // than a core, since they also wait: one more of them than there are cores keeps these busy, and does not starve them.
  const stages = [
    [[{ lane: 'patient', of: isUnit, title: 'one for each core', workers: cores }]],
    [
      [{ lane: 'together', title: 'side by side', workers: cores + 1 }],
      [
        {
          lane: 'patient',
          of: (name) => !isUnit(name),
          title: 'with the CPU that is left',
          workers: Math.max(1, cores - 1),
          nice: lowestPriority,
        },
      ],
    ],
    [[{ lane: 'alone', title: 'one after the other', workers: 1 }]],
  ];
  const scratch = mkdtempSync(join(tmpdir(), 'chaos-npm-test-'));
  const results = [];
  try {
    for (const tracks of stages) {
      const running = tracks.map(async (passes) => {
        for (const { lane, title, workers, nice, of = () => true } of passes) {
          const suites = names
            .filter(of)
            .flatMap((name) => projects[name][lane])
            .map(pathOf);
          if (suites.length === 0) continue;
          console.log(`\n${suites.length} suites, ${title}`);
          results.push(await runSuites(suites, { workers, nice, scratch }));
        }
      });
      await Promise.all(running);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return report(results);
}

/** What came of these suites: `result` is undefined when jest ended without results. */
async function runSuites(suites, { workers, nice, scratch }) {
  const file = join(mkdtempSync(join(scratch, 'pass-')), 'results.json');
  const options = [`--maxWorkers=${workers}`, '--json', `--outputFile=${file}`, '--runTestsByPath', ...suites];
  const { wasEnded } = await run(options, { file, nice });
  return { wasEnded, result: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined };
}

/** Runs jest; ends it when it has written its results to `file` and does not end by itself. */
function run(options, { file, nice = 0 } = {}) {
  const child = spawn(process.execPath, [...jest, ...options], {
    cwd: root,
    // Its results go to the file, and what its reporters say to stderr: a pipe, since two of them share the terminal.
    stdio: file === undefined ? 'inherit' : ['ignore', 'ignore', 'pipe'],
    env: file !== undefined && process.stderr.isTTY ? { FORCE_COLOR: '1', ...process.env } : process.env,
  });
  if (child.pid !== undefined && nice > 0) setPriority(child.pid, nice);
  child.stderr?.on('data', (text) => process.stderr.write(text));
  const passOn = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, passOn);
  let writtenMs;
  let wasEnded = false;
  const watch = setInterval(() => {
    if (file === undefined || !(statSync(file, { throwIfNoEntry: false })?.size > 0)) return;
    writtenMs ??= performance.now();
    if (performance.now() - writtenMs < endMs) return;
    wasEnded = true;
    child.kill('SIGKILL');
  }, 1_000);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearInterval(watch);
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, passOn);
      resolve({ code: code ?? 1, wasEnded });
    });
  });
}

/** Prints what failed and what was skipped, with how to get it; answers with the exit code. */
function report(results) {
  const complete = results.flatMap(({ result }) => (result === undefined ? [] : [result]));
  const sum = (of) => complete.reduce((total, result) => total + of(result), 0);
  const missing = results.length - complete.length;
  const leftRunning = results.filter(({ wasEnded }) => wasEnded).length;
  const totals = {
    passed: sum((result) => result.numPassedTests),
    // A suite that could not even be loaded has no failed tests of its own.
    failed: sum((result) => result.numFailedTests + result.numRuntimeErrorTestSuites) + leftRunning + missing,
    skipped: sum((result) => result.numPendingTests),
  };
  const suites = complete.flatMap(({ testResults }) => testResults);
  console.log(
    `\n${totals.passed} tests passed in ${suites.length} suites; ${totals.failed} failed; ${totals.skipped} skipped`,
  );
  for (const { name, status } of suites) if (status === 'failed') console.log(`  failed: ${relative(root, name)}`);
  if (leftRunning > 0)
    console.log('  failed: jest did not end within a minute of its results: a test left something running');
  if (missing > 0) console.log('  failed: jest ended without results');
  printSkipped(suites);
  const { TEST_TOTALS: file } = process.env;
  if (file) writeFileSync(file, `${JSON.stringify(totals)}\n`);
  return totals.failed > 0 || totals.passed === 0 ? 1 : 0;
}

/** Titles of skipped tests say what they need and how to get it (test/support/needs.ts), or why else they are skipped. */
function printSkipped(suites) {
  const byNeed = new Map();
  for (const { name, assertionResults } of suites) {
    for (const { status, fullName } of assertionResults) {
      if (status !== 'pending') continue;
      const need = /\[needs (.+)\]$/.exec(fullName)?.[1] ?? fullName;
      const bySuite = byNeed.get(need) ?? new Map();
      bySuite.set(name, (bySuite.get(name) ?? 0) + 1);
      byNeed.set(need, bySuite);
    }
  }
  if (byNeed.size === 0) return;
  console.log('\nskipped, with what is missing and how to get it (bash scripts/setup-tests.sh installs all packages):');
  for (const [need, bySuite] of byNeed) {
    console.log(`  ${need}`);
    for (const [name, count] of bySuite) console.log(`    ${relative(root, name)}: ${count}`);
  }
}
