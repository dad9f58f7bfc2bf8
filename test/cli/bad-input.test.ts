import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { distPath } from '../../src/base/entries.ts';
import { eventually } from '../support/eventually.ts';
import { needing } from '../support/needs.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { leftAtLast, runTool, startTool, type ToolResult } from '../support/tool.ts';
import { asRoot } from '../support/users.ts';

const temporary = temporaryFolders();
let folder: string;
let taken: { port: number; server: Server };
beforeEach(async () => {
  folder = temporary();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  taken = { server, port: address !== null && typeof address === 'object' ? address.port : 0 };
});
afterEach(() => {
  taken.server.close();
});

function write(name: string, text: string): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** `run` with these arguments; whatever comes of it, nothing of it may be left on the machine. */
async function run(...args: readonly string[]): Promise<ToolResult> {
  const result = await runTool(folder, 'run', ...args);
  expect(await leftAtLast(folder, result.pid)).toEqual([]);
  return result;
}

/** Nothing was begun: no report, no log, no state. */
function expectNothingMade(): void {
  expect(readdirSync(folder).filter((name) => name !== 'tmp' && !name.endsWith('.yml'))).toEqual([]);
  expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
}

describe('what cannot be understood is told at once, with exit code 3, and nothing is started', () => {
  test.each([
    ['an unknown option', ['--bogus'], "error: unknown option '--bogus'\n"],
    ['a tier that there is not', ['--tier', 'bsic'], 'there is no tier "bsic"\n    did you mean "basic"?\n'],
    [
      'a scenario that there is not',
      ['--scenario', 'node-puase'],
      'there is no scenario "node-puase"\n    did you mean "node-pause"?\n',
    ],
    ['a preset that there is not', ['--broker', 'nast'], 'there is no preset "nast"\n    did you mean "nats"?\n'],
    [
      'a file that is not there',
      ['--config', 'missing.yml'],
      'missing.yml  there is no such file\n    looked for FOLDER/missing.yml; chaos-action init writes one\n',
    ],
    [
      'a scenario file that is not there',
      ['--scenario', './mine.yml'],
      'mine.yml  there is no such file\n    looked for FOLDER/mine.yml;',
    ],
    ['a plan that there is not', ['--plan', 'week-99'], 'there is no plan "week-99"\n    did you mean "week-1"?\n'],
    [
      'a plan file that is not there',
      ['--plan', './mine.yml'],
      'mine.yml  there is no such file\n    looked for FOLDER/mine.yml; or name one of the shipped plans',
    ],
    [
      'a plan and a tier',
      ['--plan', 'week-1', '--tier', 'basic'],
      "error: option '--plan <plan>' cannot be used with option '-t, --tier <tiers>'\n",
    ],
    [
      'a plan and scenarios',
      ['--scenario', 'baseline', '--plan', 'week-1'],
      "error: option '--plan <plan>' cannot be used with option '-s, --scenario <names>'\n",
    ],
    ['a mutant that there is not', ['--mutant', 'duplicate-qos'], 'did you mean "duplicate-qos0"?'],
    [
      'a mutant of a broker that has none',
      ['--mutant', 'duplicate-qos0', '--broker', 'nats'],
      '--mutant is for the embedded broker, not for nats\n',
    ],
    [
      'a parameter that is no setting',
      ['--set', 'delay'],
      '--set delay: this is not NAME=VALUE\n    write --set delay=50ms\n',
    ],
    [
      'a parameter that no chosen scenario has',
      ['--scenario', 'network-delay', '--set', 'dealy=50ms'],
      '--set dealy: no chosen scenario has the parameter "dealy"\n    did you mean "delay"?',
    ],
    [
      'a duration without its unit',
      ['--duration', '30'],
      "error: option '--duration <time>' argument '30' is invalid. It must be a duration with its unit, such as 30s or 5m.\n",
    ],
    [
      'a rate without its unit',
      ['--rate', 'fast'],
      "error: option '--rate <rate>' argument 'fast' is invalid. It must be a rate, such as 300/s.\n",
    ],
    ['no nodes at all', ['--nodes', '0'], 'nodes: 0 is out of range\n    write a number from 1 to 15\n'],
    ['a million nodes', ['--nodes', '1000000'], 'nodes: 1000000 is out of range\n    write a number from 1 to 15\n'],
    [
      'a number that is none of the machine’s',
      ['-n', '99999999999999999999999'],
      "argument '99999999999999999999999' is invalid. It must be a whole number.\n",
    ],
    [
      'a threshold that is empty',
      ['--fail-below', ''],
      "error: option '--fail-below <score>' argument '' is invalid. It must be a number from 0 to 10.\n",
    ],
    ['a folder that is empty', ['--out', ''], "error: option '-o, --out <folder>' argument '' is invalid."],
    ['a seed that is empty', ['--seed', ''], "error: option '--seed <text>' argument '' is invalid."],
    [
      'a parameter that is a name of JavaScript’s',
      ['--set', '__proto__=1'],
      '--set __proto__: no chosen scenario has the parameter "__proto__"\n',
    ],
    ['a hold of a century', ['--duration', '876000h'], 'is invalid. It must be at most a year, 8784h.\n'],
    ['more messages than there are', ['--rate', '99999999999999999999/s'], 'It must be at most 1000000/s.\n'],
    [
      'a threshold that no score reaches',
      ['--fail-below', '11'],
      "error: option '--fail-below <score>' argument '11' is invalid. It must be a number from 0 to 10.\n",
    ],
    [
      'a port that there is not',
      ['--metrics-port', '70000'],
      "error: option '--metrics-port <port>' argument '70000' is invalid. It must be a port from 0 to 65535.\n",
    ],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(message.replace('FOLDER', folder));
    expectNothingMade();
  });

  test('a key of chaos.yml that is not known, with file and line', async () => {
    write('chaos.yml', 'broker:\n  strat: ./broker\n  preset: embedded\n');
    expect(await run()).toMatchObject({
      code: 3,
      stderr: 'chaos.yml:2:3  broker.strat is not a known key\n    did you mean "start"?\n',
    });
    expectNothingMade();
  });

  test('a value without its unit, with file and line', async () => {
    write('chaos.yml', 'broker:\n  preset: embedded\n  ready: { within: 30 }\n');
    expect(await run()).toMatchObject({
      code: 3,
      stderr: 'chaos.yml:3:20  broker.ready.within: 30 has no unit\n    write 30ms or 30s\n',
    });
    expectNothingMade();
  });

  test('all that is wrong is told together, in every file and on the command line', async () => {
    write('chaos.yml', 'broker:\n  strat: ./broker\n  preset: embedded\n  stop-within: 10\n');
    write('mine.yml', 'name: mine\ntier: basci\n');
    const { code, stderr } = await run('--scenario', 'node-kil,./mine.yml', '--nodes', '3');
    expect(code).toBe(3);
    for (const message of [
      'chaos.yml:2:3  broker.strat is not a known key',
      'chaos.yml:4:16  broker.stop-within: 10 has no unit',
      'there is no scenario "node-kil"',
      'mine.yml:2:7  tier: "basci"',
    ])
      expect(stderr).toContain(message);
    expectNothingMade();
  });
});

describe('what cannot be done is told with exit code 4, and what was started is ended', () => {
  test('a port for the tool’s own metrics that is taken', async () => {
    const { code, stderr } = await run('--metrics-port', String(taken.port));
    expect({ code, stderr }).toEqual({
      code: 4,
      stderr: `--metrics-port ${taken.port}: the port is taken\n    choose another port; 0 takes a free one\n`,
    });
  });

  test('a build that fails, with its last lines', async () => {
    write(
      'chaos.yml',
      'broker:\n  build: echo compiling; echo main.go:7 no such module >&2; exit 2\n  start: ./broker\n',
    );
    const { code, stderr } = await run();
    expect(code).toBe(4);
    expect(stderr).toContain('  | compiling\n  | main.go:7 no such module\n');
    expect(stderr).toContain('build: the build command ended with exit code 2: echo compiling;');
    expect(stderr).toContain(
      `hint: run it yourself in ${folder}; the whole output is in ${folder}/chaos-report/logs/build.log`,
    );
  });

  test('a broker with a port of its own that somebody else has, with what it said of it', async () => {
    write(
      'broker.mjs',
      `import { createServer } from 'node:net';
       console.log('starting');
       createServer().on('error', (error) => { console.log('cannot listen: ' + error.message); process.exit(1); }).listen(${taken.port}, '127.0.0.1');`,
    );
    write('chaos.yml', `broker:\n  start: '"${process.execPath}" broker.mjs'\ncluster: { nodes: 1 }\n`);
    const { code, stderr } = await run();
    expect(code).toBe(4);
    expect(stderr).toContain(
      `  | starting\n  | cannot listen: listen EADDRINUSE: address already in use 127.0.0.1:${taken.port}\n`,
    );
    expect(stderr).toContain('boot: node1 ended with exit code 1 before it was ready\n');
    expect(stderr).toContain(`its whole output is in ${folder}/chaos-report/logs/node1.log`);
  });

  test('a broker that ends at once, with its last lines', async () => {
    write('chaos.yml', 'broker:\n  start: seq 1 40; echo no licence >&2; exit 9\ncluster: { nodes: 1 }\n');
    const { code, stderr } = await run();
    expect(code).toBe(4);
    expect(stderr).toContain('boot: node1 ended with exit code 9 before it was ready\n');
    expect(stderr).toContain('  | 40\n  | no licence\n');
    expect(stderr).not.toContain('  | 20\n');
  });

  test('a start command that there is not', async () => {
    write('chaos.yml', 'broker:\n  start: ./bin/no-such-broker\ncluster: { nodes: 1 }\n');
    const { code, stderr } = await run();
    expect(code).toBe(4);
    expect(stderr).toContain('boot: node1 ended with exit code 127 before it was ready\n');
    expect(stderr).toMatch(/ {2}\| .*\.\/bin\/no-such-broker: not found|No such file/);
  });

  test('a broker that never gets ready, with what it lacks', async () => {
    write(
      'chaos.yml',
      'broker:\n  start: echo thinking; sleep 60\n  ready: { log: cluster formed, within: 1s }\ncluster: { nodes: 1 }\n',
    );
    const { code, stderr } = await run();
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /boot: node1 was not ready within 1 s: MQTT: connect ECONNREFUSED 127\.0\.0\.1:\d+; its log has no line with "cluster formed"\n/,
    );
    expect(stderr).toContain('  | thinking\n');
    expect(stderr).toContain('hint: if it needs longer, set broker.ready.within;');
  });

  test('a secret of the broker is shown neither on the terminal nor in the report', async () => {
    write('chaos.yml', 'broker:\n  start: echo bad token $' + '{CHAOS_TEST_TOKEN}; exit 1\ncluster: { nodes: 1 }\n');
    process.env.CHAOS_TEST_TOKEN = 'very-secret';
    const { code, stdout, stderr } = await run('--json').finally(() => {
      delete process.env.CHAOS_TEST_TOKEN;
    });
    expect(code).toBe(4);
    expect(stderr).toContain('  | bad token ***\n');
    expect(stdout + stderr).not.toContain('very-secret');
    expect(JSON.parse(stdout)).toMatchObject({ partial: true, error: { code: 'boot' } });
  });

  test('nor does any file of the report hold it, whoever says it: the build, a node, in pieces or in lines', async () => {
    write(
      'chaos.yml',
      [
        'broker:',
        '  build: echo building with $TOKEN; echo "$KEY"',
        '  start: printf "token ver"; sleep 0.3; printf "y-secret\\n"; echo "$KEY" | sed "s/^/  | /"; exit 1',
        '  env: { TOKEN: "$' + '{CHAOS_TEST_TOKEN}", KEY: "$' + '{CHAOS_TEST_KEY}" }',
        'cluster: { nodes: 1 }',
        '',
      ].join('\n'),
    );
    process.env.CHAOS_TEST_TOKEN = 'very-secret';
    process.env.CHAOS_TEST_KEY = '-----BEGIN KEY-----\nMIIEvQIBADANBg\n-----END KEY-----';
    process.env.TOKEN = 'very-secret';
    process.env.KEY = process.env.CHAOS_TEST_KEY;
    const { code, stderr } = await run().finally(() => {
      for (const name of ['CHAOS_TEST_TOKEN', 'CHAOS_TEST_KEY', 'TOKEN', 'KEY']) delete process.env[name];
    });
    expect(code).toBe(4);
    const report = join(folder, 'chaos-report');
    const files = readdirSync(report, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'));
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['build.log', 'node1.log', 'report.json']));
    for (const text of [stderr, ...texts]) expect(text).not.toMatch(/very-secret|MIIEvQ/);
    expect(readFileSync(join(report, 'logs', 'build.log'), 'utf8')).toContain('building with ***\n***\n');
    expect(readFileSync(join(report, 'logs', 'node1.log'), 'utf8')).toContain('token ***\n  | ***\n  | ***\n  | ***\n');
  });

  test.each([
    [
      'a build longer than Linux takes',
      `  build: "true ${'x'.repeat(140_000)}"\n  start: ./b\n`,
      /^build: the build command could not be started: the command or a value of env is longer/m,
    ],
    [
      'a build with a NUL',
      '  build: "true \\0"\n  start: ./b\n',
      /^build: the build command could not be started: the command or a value of env holds a NUL/m,
    ],
    [
      'a start longer than Linux takes',
      `  start: "./b ${'x'.repeat(140_000)}"\n`,
      /^boot: node1 could not be started: the command or a value of env is longer/m,
    ],
    [
      'a start with a NUL',
      '  start: "./b \\0"\n',
      /^boot: node1 could not be started: the command or a value of env holds a NUL/m,
    ],
  ])('%s is told at once', async (_, broker, message) => {
    write('chaos.yml', `broker:\n${broker}cluster: { nodes: 1 }\n`);
    const { code, stderr } = await run();
    expect(code).toBe(4);
    expect(stderr).toMatch(message);
    expect(stderr.length).toBeLessThan(5_000);
  });
});

test('a folder that no longer exists is no place to run in', () => {
  const gone = join(folder, 'gone');
  const script = `mkdir ${gone}; cd ${gone}; rmdir ${gone}; exec ${process.execPath} ${distPath('cli.js')} validate`;
  const { status, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 3,
    stderr: 'the folder that this runs in no longer exists\n    change to one that does\n',
  });
});

test('two runs do not share a folder for their reports: the second is told of the first', async () => {
  write('chaos.yml', 'broker:\n  start: sleep 60\n  ready: { within: 60s }\ncluster: { nodes: 1 }\n');
  const first = startTool(folder, ['run']);
  await eventually('it has begun', () => existsSync(join(folder, 'chaos-report', 'logs', 'node1.log')));
  expect(await runTool(folder, 'run')).toMatchObject({
    code: 3,
    stderr: `another run, process ${first.pid}, writes its reports into ${join(folder, 'chaos-report')}\n    wait for it, or name another folder with --out\n`,
  });
  process.kill(first.pid, 'SIGINT');
  expect((await first.done).code).toBe(130);
});

describe('a folder for the reports that takes none is told before anything is started', () => {
  const message = (where: string, why: string): string =>
    `the reports could not be written to ${where}: ${why}\n    make room or choose another folder with --out\n`;

  test('a file', async () => {
    write('occupied', '');
    expect(await run('--out', 'occupied')).toMatchObject({
      code: 4,
      stderr: message(join(folder, 'occupied'), 'a part of that path is a file'),
    });
    expect(await run('--out', 'occupied/deeper')).toMatchObject({ code: 4 });
  });

  /** As root no permission is in the way, so that only a mount can be. */
  const mounted = (options: string): { where: string; unmount(): void } => {
    const where = join(folder, 'mounted');
    mkdirSync(where);
    asRoot('mount', ['-t', 'tmpfs', '-o', options, 'chaos-test', where]);
    return { where, unmount: () => void asRoot('umount', ['-l', where]) };
  };

  const permitted = process.getuid?.() === 0 ? needing('root that may mount') : test;
  permitted('one that cannot be written to', async () => {
    if (process.getuid?.() !== 0) {
      mkdirSync(join(folder, 'locked'), { mode: 0o555 });
      expect(await run('--out', 'locked')).toMatchObject({
        code: 4,
        stderr: message(join(folder, 'locked'), 'permission denied'),
      });
      return;
    }
    const mount = mounted('ro');
    try {
      expect(await run('--out', mount.where)).toMatchObject({
        code: 4,
        stderr: message(mount.where, 'the file system is read-only'),
      });
    } finally {
      mount.unmount();
    }
  });

  needing('root that may mount')('one on a disk that is full', async () => {
    const mount = mounted('size=64k,mode=777');
    try {
      expect(() => writeFileSync(join(mount.where, 'filler'), Buffer.alloc(1_000_000))).toThrow('ENOSPC');
      expect(await run('--out', mount.where)).toMatchObject({
        code: 4,
        stderr: message(mount.where, 'no space left on the device'),
      });
      expect(readdirSync(mount.where)).toEqual(['filler']);
    } finally {
      mount.unmount();
    }
  });
});
