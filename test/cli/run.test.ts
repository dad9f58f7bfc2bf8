import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { signal } from '../../src/engines/local/cluster/proc.ts';
import type { RunRecord } from '../../src/model/record.ts';
import { eventually } from '../support/eventually.ts';
import { needing } from '../support/needs.ts';
import { writeShortScenario } from '../support/short-scenario.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { leftAtLast, processesOfRun, runTool, runToolUntilDecided, startTool } from '../support/tool.ts';
import { asRoot } from '../support/users.ts';

const temporary = temporaryFolders();
let folder: string;
let short: readonly string[];
beforeEach(() => {
  folder = temporary();
  short = ['run', '--scenario', writeShortScenario(folder), '--rate', '60/s'];
});

function readRecord(out = join(folder, 'chaos-report')): RunRecord {
  return JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
}

describe('a dry run', () => {
  const plan = (...args: readonly string[]) => runTool(folder, ...short, '--dry-run', ...args);

  test('prints what would be done to which node, and does nothing', async () => {
    const { code, stdout, stderr, pid } = await plan('--seed', '7');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^seed 7: 3 nodes of embedded, 60 messages a second\nshort-pause: steady 1 s, hold 3 s, recover at most 5 s\n {2}at 0 ms pause on node[123]: SIGSTOP until the heal\n$/,
    );
    expect(existsSync(join(folder, 'chaos-report'))).toBe(false);
    expect(await leftAtLast(folder, pid)).toEqual([]);
  });

  test('runs the scenarios that are named, with commas or one by one', async () => {
    const titles = async (...args: readonly string[]) =>
      (await plan(...args)).stdout.split('\n').flatMap((line) => /^([\w-]+): steady/.exec(line)?.[1] ?? []);
    const three = ['short-pause', 'node-kill', 'baseline'].sort();
    expect((await titles('--scenario', 'node-kill,baseline')).sort()).toEqual(three);
    expect((await titles('--scenario', 'node-kill', '--scenario', 'baseline')).sort()).toEqual(three);
  });

  test('says of a scenario that this cluster cannot have what the run says of it', async () => {
    const args = ['run', '--nodes', '1', '--scenario', 'network-delay,network-partition,partition-ring'];
    const planned = await runTool(folder, ...args, '--dry-run', '--seed', '7');
    const { code, stderr } = await runTool(folder, ...args);
    const { scenarios, verdict, score } = readRecord();
    const reason = 'there is no link between nodes: the cluster has one node';
    expect(scenarios.map(({ verdict, reason }) => [verdict, reason])).toEqual(Array(3).fill(['skipped', reason]));
    expect(planned.stdout.trimEnd().split('\n').slice(1)).toEqual(
      scenarios.map(({ name }) => `${name}: skipped: ${reason}`),
    );
    expect({ code, verdict, score }).toEqual({ code: 2, verdict: 'inconclusive', score: null });
    // Nothing was booted for it.
    expect(stderr).not.toContain('booting');
  });
});

describe('a run', () => {
  test('--json prints the record on stdout and nothing else; a score below --fail-below exits with 1', async () => {
    const { stdout: planned } = await runTool(folder, ...short, '--dry-run', '--seed', '7');
    const named = [...short, '--scenario', 'rpc-fault'];
    const { code, stdout, stderr, pid } = await runToolUntilDecided(folder, [
      ...named,
      ...['--seed', '7', '--json', '--fail-below', '10'],
    ]);
    const record: RunRecord = JSON.parse(stdout);
    expect(record).toMatchObject({ schemaVersion: 1, seed: '7', partial: false, error: null });
    expect(record).toEqual(readRecord());
    // The embedded broker makes no gRPC calls: one of two named scenarios is not covered, so that the run cannot score 10.
    expect(record.score).toBeLessThan(10);
    expect(code).toBe(1);
    if (record.verdict !== 'fail') expect(stderr).toContain(`the score ${record.score} is below 10\n`);
    // What was done is what the dry run of the same seed had said.
    expect(planned).toContain(`pause on ${record.scenarios[0]?.faults[0]?.target}:`);
    expect(stderr).toContain('short-pause: hold');
    expect(await leftAtLast(folder, pid)).toEqual([]);
  });

  test('keeps to the threshold of chaos.yml, and says in a few lines what came out and where it is', async () => {
    writeFileSync(join(folder, 'chaos.yml'), 'broker: { preset: embedded }\nscore: { fail-below: 10 }\n');
    const alive = join(folder, 'alive.json');
    const { code, stdout, stderr } = await runToolUntilDecided(folder, [...short, '--scenario', 'rpc-fault'], {
      NODE_OPTIONS: `--import ${new URL('../support/active-resources.mjs', import.meta.url)}`,
      ACTIVE_RESOURCES_FILE: alive,
    });
    const { verdict, score } = readRecord();
    // No timer of the run keeps the tool waiting after its last line.
    expect(JSON.parse(readFileSync(alive, 'utf8'))).not.toContain('Timeout');
    expect(code).toBe(1);
    if (verdict !== 'fail') expect(stderr).toContain(`the score ${score} is below 10\n`);
    expect(stdout).toContain('short-pause');
    expect(stdout).toContain('chaos-report/report.md');
    expect(stdout.split('\n').length).toBeLessThan(25);
  });

  needing('root that may mount')(
    'whose disk gets full on the way keeps what it measured elsewhere, and says where',
    async () => {
      const out = join(folder, 'small-disk');
      mkdirSync(out);
      asRoot('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=777', 'chaos-test', out]);
      try {
        const tool = startTool(folder, [...short, '--out', out]);
        await tool.says('short-pause: hold');
        expect(() => writeFileSync(join(out, 'filler'), Buffer.alloc(2_000_000))).toThrow('ENOSPC');
        const { code, stderr } = await tool.done;
        expect(stderr).toContain(
          `the reports could not be written to ${out}: no space left on the device\n    make room or choose another folder with --out\n`,
        );
        expect(code).toBe(4);
        const rescued = /what was measured is in (.*)\n/.exec(stderr)?.[1] ?? 'nowhere';
        expect(readdirSync(rescued).sort()).toEqual([
          'badge.json',
          'junit.xml',
          'report.html',
          'report.json',
          'report.md',
        ]);
        expect(readRecord(rescued).scenarios).toHaveLength(1);
        // No piece of a report that could be taken for one.
        expect(readdirSync(out).filter((name) => name.startsWith('report'))).toEqual([]);
        expect(await leftAtLast(folder, tool.pid)).toEqual([]);
      } finally {
        asRoot('umount', ['-l', out]);
      }
    },
  );
});

describe('a plan', () => {
  const writePlan = (text: string): readonly string[] => {
    mkdirSync(join(folder, 'plans'));
    writeFileSync(join(folder, 'plans', 'mine.yml'), text);
    return ['run', '--plan', 'plans/mine.yml', '--rate', '60/s'];
  };

  test('runs its scenarios in order, and what it renamed does the same as under its own name', async () => {
    const args = writePlan(`name: mine
title: One node stands still, twice
scenarios:
  - ../short-pause.yml
  - { scenario: ../short-pause.yml, as: longer, duration: 4s }
`);
    const { stdout } = await runTool(folder, ...args, '--dry-run', '--seed', '7');
    const [, first, fault, second, sameFault] = stdout.split('\n');
    expect([first, second]).toEqual([
      'short-pause: steady 1 s, hold 3 s, recover at most 5 s',
      'longer: steady 1 s, hold 4 s, recover at most 5 s',
    ]);
    expect(fault).toMatch(/^ {2}at 0 ms pause on node[123]:/);
    const alone = ['--scenario', 'short-pause.yml', '--duration', '4s', '--seed', '7'];
    const repeated = await runTool(folder, 'run', ...alone, '--dry-run');
    expect(repeated.stdout.split('\n').slice(1)).toEqual([
      'short-pause: steady 1 s, hold 4 s, recover at most 5 s',
      sameFault,
      '',
    ]);
  });

  test('with `abort-on: fail` runs nothing after a failure, and says why of each scenario left', async () => {
    const args = writePlan(`name: mine
title: Three times without a fault
abort-on: fail
scenarios:
  - { scenario: baseline, duration: 2s }
  - ../short-pause.yml
  - { scenario: baseline, as: at-last }
`);
    writeFileSync(
      join(folder, 'chaos.yml'),
      `broker:
  preset: embedded
  redeliver-within: 1s
  known-issues: [{ invariant: ordering, scenario: short-pause, why: "never seen where nothing ran" }]
`,
    );
    const { code, stdout, stderr, pid } = await runTool(folder, ...args, '--mutant', 'corrupt-forward');
    const { knownIssues, plan, tiers, verdict, command, scenarios, dimensions } = readRecord();
    expect({ code, plan, tiers, verdict }).toEqual({ code: 1, plan: 'mine', tiers: ['basic'], verdict: 'fail' });
    const reason = 'the plan stops at the first failure: baseline failed';
    expect(scenarios.map(({ name, verdict, reason }) => [name, verdict, reason])).toEqual([
      ['baseline', 'fail', expect.stringMatching(/^integrity violated/)],
      ['short-pause', 'skipped', reason],
      ['at-last', 'skipped', reason],
    ]);
    expect(scenarios.map(({ ownName, path, holdMs }) => [ownName, path, holdMs])).toEqual([
      ['baseline', null, 2_000],
      ['short-pause', 'short-pause.yml', 3_000],
      ['baseline', null, 5_000],
    ]);
    // One of the three scenarios of the plan was covered, whatever else its tiers hold.
    expect(dimensions.find(({ id }) => id === 'coverage')?.score).toBeCloseTo(10 / 3, 1);
    expect(knownIssues).toEqual([]);
    expect(command).toMatch(/^chaos-action run --mutant corrupt-forward --plan plans\/mine\.yml --rate 60\/s --seed /);
    expect(stdout).toContain(', plan mine\n');
    expect(stderr).not.toContain('short-pause: steady');
    expect(await leftAtLast(folder, pid)).toEqual([]);
  });
});

describe('a run that is broken off', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('by %s in the middle of hold heals, stops and reports', async (name) => {
    writeShortScenario(folder, '{ steady: 1s, hold: 60s, recover: 5s }');
    const tool = startTool(folder, short);
    await eventually('a node is paused', () => processesOfRun(tool.pid).some(({ state }) => state === 'T'));
    signal(tool.pid, name);
    const { code, stderr } = await tool.done;
    expect(code).toBe(130);
    expect(stderr).toContain(`${name}: healing and stopping; once more to leave at once\n`);
    expect(stderr).toContain(`cancelled: cancelled by ${name} in hold of short-pause\n`);
    expect(readRecord()).toMatchObject({
      partial: true,
      error: { code: 'cancelled', message: `cancelled by ${name} in hold of short-pause` },
      scenarios: [],
    });
    expect(await leftAtLast(folder, tool.pid)).toEqual([]);
  });

  test('by SIGKILL while a node is paused leaves nothing: the reaper sees to it, and `clean` has nothing to do', async () => {
    writeShortScenario(folder, '{ steady: 1s, hold: 60s, recover: 5s }');
    const tool = startTool(folder, short);
    await eventually('a node is paused', () => processesOfRun(tool.pid).some(({ state }) => state === 'T'));
    signal(tool.pid, 'SIGKILL');
    expect(await leftAtLast(folder, tool.pid)).toEqual([]);
    expect(await runTool(folder, 'clean')).toMatchObject({
      code: 0,
      stdout: 'nothing to do: no run has left anything behind\n',
    });
  });
});
