import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { ChaosError } from '../../src/base/error.ts';
import { createRandom } from '../../src/base/random.ts';
import type { RenderedNode } from '../../src/config/template.ts';
import { makeCertificate } from '../../src/embedded/make-certificate.ts';
import type { Crash } from '../../src/engines/engine.ts';
import { ClusterNode } from '../../src/engines/local/cluster/node.ts';
import { freePorts } from '../../src/engines/local/cluster/ports.ts';
import { findMarked, isAlive, type ProcessStat, readStat, signal } from '../../src/engines/local/cluster/proc.ts';
import type { BrokerSpec } from '../../src/model/config.ts';
import { brokerSpec } from '../support/broker-spec.ts';
import { eventually, rejection } from '../support/eventually.ts';
import { logsOfTests } from '../support/logs.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

/** As small as an MQTT broker can be that a ping is answered by: it knows CONNECT and PINGREQ, and nothing else. */
const smallestBroker = `
import { createServer } from 'node:net';
createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', (data) => socket.write(data[0] === 0x10 ? Buffer.from([0x20, 2, 0, 0]) : Buffer.from([0xd0, 0])));
}).listen(Number(process.argv[2]), '127.0.0.1', () => console.log('listening'));
`;
const smallestHttpServer = `
import { createServer } from 'node:http';
let asked = 0;
createServer((_, response) => response.writeHead(++asked < 3 ? 503 : 200).end()).listen(Number(process.argv[2]), '127.0.0.1');
`;

const temporary = temporaryFolders();
const openLog = logsOfTests();
const nodes: ClusterNode[] = [];
const crashes: Crash[] = [];
let count = 0;
afterEach(async () => {
  await Promise.all(nodes.splice(0).map((node) => node.kill()));
  crashes.length = 0;
});

type Options = {
  readonly command: string;
  readonly spec?: Partial<BrokerSpec>;
  readonly rendered?: Partial<RenderedNode>;
  readonly mqttPort?: number;
};

/** A node that runs `command`; `run` is its own, so that tests do not see each other's processes. */
async function create({ command, spec = {}, rendered = {}, mqttPort = 1 }: Options) {
  const folder = temporary();
  const run = `node-test-${process.pid}-${++count}`;
  const started: number[] = [];
  const strays: number[] = [];
  const node = new ClusterNode({
    run,
    name: 'node1',
    spec: brokerSpec(spec),
    rendered: { command, env: {}, files: {}, ...readyLogOf(spec), ...rendered },
    mqttPort,
    folder: join(folder, 'node1'),
    workingFolder: folder,
    log: await openLog(folder, 'node1', spec.secrets),
    clock: systemClock,
    onCrash: (crash) => crashes.push(crash),
    onStart: ({ pid }) => started.push(pid),
    onStray: ({ pid }) => strays.push(pid),
  });
  nodes.push(node);
  return { node, run, folder, started, strays, log: () => readFileSync(node.logFile, 'utf8') };
}

const readyLogOf = ({ ready }: Partial<BrokerSpec>): Partial<RenderedNode> =>
  ready?.log === undefined ? {} : { readyLog: ready.log };

const never = new AbortController().signal;
const readyByLog = (log: string): Partial<BrokerSpec> => ({ ready: { mqtt: false, log, withinMs: 120_000 } });

async function freePort(): Promise<number> {
  const {
    ports: [port = 0],
  } = await freePorts(1, createRandom(`${process.pid}/${count}`));
  return port;
}

/** Writes a script of Node's into the test's folder and says how to run it. */
function script(text: string, ...args: (string | number)[]): string {
  const file = join(temporary(), 'broker.mjs');
  writeFileSync(file, text);
  return [`"${process.execPath}"`, `"${file}"`, ...args].join(' ');
}

describe('a node is ready', () => {
  test('when its MQTT port answers a CONNECT and a PINGREQ', async () => {
    const mqttPort = await freePort();
    const { node } = await create({
      command: script(smallestBroker, mqttPort),
      spec: { ready: { mqtt: true, withinMs: 120_000 } },
      mqttPort,
    });
    expect(await node.ping(1_000)).toContain('ECONNREFUSED');
    node.start();
    await node.ready(never);
    expect(await node.ping(5_000)).toBeUndefined();
  });

  test('when its HTTP address answers with a status that is a success', async () => {
    const port = await freePort();
    const readyHttp = `http://127.0.0.1:${port}/health`;
    const { node } = await create({ command: script(smallestHttpServer, port), rendered: { readyHttp } });
    node.start();
    await node.ready(never);
    expect((await fetch(readyHttp)).status).toBe(200);
  });

  test('when its log says so, and what an earlier start said does not count', async () => {
    const { node } = await create({
      // Noted first: it is killed as soon as it has said so.
      command: '[ -e formed ] || { touch formed; echo cluster formed; }; sleep 60',
      spec: { ready: { mqtt: false, log: 'cluster formed', withinMs: 3_000 } },
    });
    node.start();
    await node.ready(never);
    await node.kill();
    node.start();
    expect(await rejection(node.ready(never))).toMatchObject({
      message: 'node1 was not ready within 3 s: its log has no line with "cluster formed"',
    });
  });

  test('with its files written, its environment set, and from the folder that it is to run from', async () => {
    const { node, log, folder } = await create({
      command: 'cat node1/conf/broker.conf; echo "$GREETING from $PWD"; echo up; sleep 60',
      spec: readyByLog('up'),
      rendered: { files: { 'conf/broker.conf': 'listener 1883\n' }, env: { GREETING: 'hello' } },
    });
    node.start();
    await node.ready(never);
    expect(log()).toContain(`listener 1883\nhello from ${folder}\nup\n`);
  });
});

describe('what a node does before and after its start', () => {
  test('is done once, by no process of the node, and what it says is in the log', async () => {
    const { node, log, folder } = await create({
      command: 'cat prepared; sleep 60',
      spec: readyByLog('made for'),
      rendered: {
        prepare: 'echo made for $WHOM > prepared; echo preparing',
        join: 'echo joined from $PWD',
        env: { WHOM: 'node1' },
        workingDirectory: 'node1',
      },
    });
    await node.prepare(never);
    expect(node.processes()).toEqual([]);
    node.start();
    await node.ready(never);
    await node.join(never);
    // It is still ready: what it said before it joined counts.
    await node.ready(never);
    expect(log()).toContain('chaos-action runs the prepare command of node1: echo made for $WHOM > prepared');
    expect(log()).toContain('\npreparing\n');
    expect(log()).toContain('\nmade for node1\n');
    expect(log()).toContain(`\njoined from ${join(folder, 'node1')}\n`);
  });

  test('and what fails is told with its output', async () => {
    const { node } = await create({ command: 'sleep 60', rendered: { prepare: 'echo no schema; exit 3' } });
    expect(await rejection(node.prepare(never))).toMatchObject({
      code: 'boot',
      message: 'the prepare command of node1 ended with exit code 3: echo no schema; exit 3',
      output: ['no schema'],
    });
  });

  test('without such a command there is nothing to do', async () => {
    const { node } = await create({ command: 'sleep 60' });
    await node.prepare(never);
    expect(node.joins).toBe(false);
    expect(existsSync(node.logFile)).toBe(false);
  });

  test('a file has the mode that was asked for', async () => {
    const { node } = await create({
      command: 'sleep 60',
      spec: { fileModes: { '.cookie': 0o400 } },
      rendered: { files: { '.cookie': 'secret', 'b.conf': 'x' } },
    });
    const modeOf = (name: string): number => statSync(join(node.folder, name)).mode & 0o777;
    expect(modeOf('.cookie')).toBe(0o400);
    expect(modeOf('b.conf') & 0o600).toBe(0o600);
  });

  test('a command tells whether it is ready', async () => {
    const { node, folder } = await create({
      command: 'sleep 0.3; touch serves; sleep 60',
      rendered: { readyCommand: 'test -e serves || { echo starting; exit 69; }' },
    });
    node.start();
    await node.ready(never);
    expect(existsSync(join(folder, 'serves'))).toBe(true);
  });

  test('or why it is not', async () => {
    const { node } = await create({
      command: 'sleep 60',
      spec: { ready: { mqtt: false, withinMs: 300 } },
      rendered: { readyCommand: 'echo starting; exit 69' },
    });
    node.start();
    expect(await rejection(node.ready(never))).toMatchObject({
      message: 'node1 was not ready within 300 ms: ready.command ended with exit code 69: starting',
    });
  });

  test('a command that waits for ever ends with the wait', async () => {
    const { node, run } = await create({ command: 'sleep 60', rendered: { readyCommand: 'sleep 120' } });
    node.start();
    const abort = new AbortController();
    const ready = rejection(node.ready(abort.signal));
    await eventually('it is asked', () => findMarked(run).length > 1);
    abort.abort(new Error('cancelled'));
    expect(await ready).toEqual(new Error('cancelled'));
    await node.kill();
    expect(findMarked(run)).toEqual([]);
  });

  test('a file that the node does not find is in its own folder, and the hint says so', async () => {
    const { node } = await create({
      command: 'cat broker.conf',
      rendered: { files: { 'broker.conf': 'listener 1883\n' } },
    });
    node.start();
    await eventually('it has ended', () => !node.alive);
    expect(await rejection(node.ready(never))).toMatchObject({
      output: [expect.stringContaining('No such file or directory')],
      hint: expect.stringContaining(
        'broker.conf is in the node\'s own folder: write {{ node.folder }}/broker.conf, or set working-directory: "{{ node.folder }}"',
      ),
    });
  });
});

describe('a node that does not get ready', () => {
  test('and ends: how, its last lines, its command and its log are told', async () => {
    const { node } = await create({ command: 'seq 1 30; echo bind: address already in use >&2; exit 98' });
    node.start();
    // Without any sign to wait for it is ready as long as it runs.
    await eventually('it has ended', () => !node.alive);
    const error = await rejection(node.ready(never));
    expect(error).toBeInstanceOf(ChaosError);
    expect(error).toMatchObject({
      code: 'boot',
      exitCode: 4,
      message: 'node1 ended with exit code 98 before it was ready',
      output: [...Array.from({ length: 19 }, (_, i) => String(i + 12)), 'bind: address already in use'],
      hint: `its command was: seq 1 30; echo bind: address already in use >&2; exit 98; its whole output is in ${node.logFile}`,
    });
  });

  test('is told with every sign that is missing, what is wrong with each, and its last lines', async () => {
    const port = await freePort();
    const readyHttp = `http://127.0.0.1:${port}/health`;
    const { node } = await create({
      command: 'echo still thinking; sleep 60',
      spec: { ready: { mqtt: true, log: 'cluster formed', withinMs: 500 } },
      rendered: { readyHttp },
      mqttPort: port,
    });
    node.start();
    expect(await rejection(node.ready(never))).toMatchObject({
      code: 'boot',
      message: [
        `node1 was not ready within 500 ms: MQTT: connect ECONNREFUSED 127.0.0.1:${port}`,
        `${readyHttp}: connect ECONNREFUSED 127.0.0.1:${port}`,
        'its log has no line with "cluster formed"',
      ].join('; '),
      output: ['still thinking'],
      hint: `if it needs longer, set broker.ready.within; its whole output is in ${node.logFile}`,
    });
  });

  test('is told when clients cannot trust it, until the file with its authority is there', async () => {
    const mqttPort = await freePort();
    const { node, folder } = await create({
      command: script(smallestBroker, mqttPort),
      spec: { ready: { mqtt: false, withinMs: 200 }, mqtt: { version: 4, transport: 'tcp', tls: { verify: true } } },
      rendered: { caFile: 'ca.pem' },
      mqttPort,
    });
    const file = join(folder, 'ca.pem');
    const notReady = (why: string) => `node1 was not ready within 200 ms: broker.mqtt.tls.ca: ${why}`;
    node.start();
    expect(await rejection(node.ready(never))).toMatchObject({
      message: notReady(`ENOENT: no such file or directory, open '${file}'`),
    });
    writeFileSync(file, 'no certificate');
    expect(await rejection(node.ready(never))).toMatchObject({
      message: notReady(`${file} holds no certificate in PEM`),
    });
    const { cert } = await makeCertificate(Date.now());
    writeFileSync(file, cert);
    await node.ready(never);
    expect(node.address.tls).toEqual({ ca: cert, verify: true });
  });

  test('is not taken for ready where a name has two addresses and neither answers', async () => {
    const readyHttp = `http://localhost:${await freePort()}/health`;
    const { node } = await create({
      command: 'sleep 60',
      spec: { ready: { mqtt: false, withinMs: 300 } },
      rendered: { readyHttp },
    });
    node.start();
    expect(await rejection(node.ready(never))).toMatchObject({ message: expect.stringContaining('ECONNREFUSED') });
  });

  test('is not waited for after a cancel', async () => {
    const { node } = await create({ command: 'sleep 60', spec: readyByLog('never said') });
    node.start();
    const abort = new AbortController();
    const ready = rejection(node.ready(abort.signal));
    abort.abort(new Error('cancelled'));
    // The wait is broken off with the signal's own reason, or with an error that has it as its cause.
    const error = await ready;
    expect([error, (error as Error).cause]).toContainEqual(new Error('cancelled'));
  });
});

describe('a node that ends though nobody told it to', () => {
  test('is noticed, with how it ended and its last lines', async () => {
    const { node } = await create({
      command: 'echo up; sleep 0.2; echo out of memory; exit 7',
      spec: readyByLog('up'),
    });
    node.start();
    await node.ready(never);
    await eventually('the crash is told', () => crashes.length > 0);
    expect(node.alive).toBe(false);
    expect(crashes).toEqual([
      {
        node: 'node1',
        atMs: expect.any(Number),
        how: 'ended with exit code 7',
        lastLines: [expect.stringContaining('chaos-action starts node1: '), 'up', 'out of memory'],
      },
    ]);
  });

  test('or is ended by a signal from elsewhere, as by a kernel that is out of memory', async () => {
    const { node, started } = await create({ command: 'sleep 60' });
    node.start();
    signal(started[0] ?? 0, 'SIGKILL');
    await eventually('the crash is told', () => crashes.length > 0);
    expect(crashes).toMatchObject([{ how: 'was ended by SIGKILL' }]);
  });

  test('a plain command is one process: its exit status is the node’s own, not a shell’s', async () => {
    const { node, started } = await create({ command: 'sleep 60' });
    node.start();
    await eventually('it runs', () => node.processes().length === 1);
    expect(node.processes().map(({ pid }) => pid)).toEqual(started);
  });
});

describe('stopping a node', () => {
  test('asks it with its own signal and lets it end in peace; that is no crash', async () => {
    const { node, log } = await create({
      command: 'trap "echo goodbye; exit 0" INT; echo up; while :; do sleep 0.05; done',
      spec: { ...readyByLog('up'), stop: 'SIGINT' },
    });
    node.start();
    await node.ready(never);
    await node.stop();
    expect(log()).toContain('goodbye');
    expect(node.processes()).toEqual([]);
    expect(crashes).toEqual([]);
  });

  test('kills one that does not listen, after its deadline', async () => {
    const { node, log } = await create({
      command: 'trap "echo I stay" TERM; echo up; while :; do sleep 0.05; done',
      spec: { ...readyByLog('up'), stopWithinMs: 300 },
    });
    node.start();
    await node.ready(never);
    await node.stop();
    expect(log()).toContain('I stay');
    expect(node.processes()).toEqual([]);
    expect(crashes).toEqual([]);
  });

  test('a paused one too', async () => {
    const { node } = await create({ command: 'sleep 60' });
    node.start();
    await eventually('it runs', () => node.processes().length > 0);
    node.signalAll('SIGSTOP');
    await eventually('it is stopped', () => node.processes().every(({ state }) => state === 'T'));
    await node.stop();
    expect(node.processes()).toEqual([]);
  });

  test('one that does not run, or never did, is stopped already', async () => {
    const { node } = await create({ command: 'sleep 60' });
    await node.stop();
    node.start();
    await node.kill();
    await node.stop();
    expect(node.alive).toBe(false);
  });
});

describe('killing a node', () => {
  test('reaches children that made themselves daemons, and nobody else', async () => {
    const bystander = await create({ command: 'sleep 60' });
    bystander.node.start();
    const { node, run } = await create({
      command: 'setsid sh -c "echo daemon up; sleep 60" & sleep 60',
      spec: readyByLog('daemon up'),
    });
    node.start();
    await node.ready(never);
    await eventually('shell, daemon and both sleeps run', () => node.processes().length === 4);
    await node.kill();
    expect(findMarked(run)).toEqual([]);
    expect(crashes).toEqual([]);
    expect(bystander.node.alive).toBe(true);
  });

  test('reaches a process that has only just been started', async () => {
    const { node, run } = await create({ command: 'sleep 60' });
    for (let round = 0; round < 20; round++) {
      node.start();
      await node.kill();
      expect(findMarked(run)).toEqual([]);
    }
  });

  test('it can be started again on the same data, and its log goes on', async () => {
    const { node, log } = await create({
      command: 'echo start >> node1/data; wc -l < node1/data; echo up; sleep 60',
      spec: readyByLog('up'),
    });
    for (const round of [1, 2]) {
      node.start();
      await node.ready(never);
      expect(log()).toContain(`${round}\nup\n`);
      await node.kill();
    }
    expect(log().match(/chaos-action starts node1/g)).toHaveLength(2);
  });
});

test('what a broker is told in secret is not shown, neither in its log’s head nor in what went wrong', async () => {
  const { node, log } = await create({
    command: 'echo bad token letmein; exit 1 # --token letmein',
    spec: { secrets: ['letmein'] },
  });
  node.start();
  await eventually('it has ended', () => !node.alive);
  const error = await rejection(node.ready(never));
  expect(error).toMatchObject({ output: ['bad token ***'], hint: expect.stringContaining('--token ***;') });
  expect(log().split('\n')[0]).toContain('echo bad token ***; exit 1');
  expect(crashes[0]?.lastLines.join()).not.toContain('letmein');
});

describe('a process that takes its marks off and leaves its session', () => {
  const commandOf = (pid: number): string =>
    readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
  const hidden = (node: ClusterNode): ProcessStat[] =>
    node.processes().filter(({ pid }) => commandOf(pid) === 'sleep 61.5');

  test('is known by its parent, and told of once', async () => {
    const { node, strays } = await create({ command: 'setsid env -i sleep 61.5 & wait' });
    node.start();
    await eventually('it is there', () => hidden(node).length === 1);
    const [process] = hidden(node);
    await node.kill();
    expect(process && isAlive(process)).toBe(false);
    expect(strays.filter((pid) => pid === process?.pid)).toHaveLength(1);
  });

  test('is remembered when its parent has gone', async () => {
    const { node } = await create({ command: "sh -c 'setsid env -i sleep 61.5 & read -r line < node1/go'; sleep 60" });
    execFileSync('mkfifo', [join(node.folder, 'go')]);
    node.start();
    await eventually('it is there', () => hidden(node).length === 1);
    const [process] = hidden(node);
    writeFileSync(join(node.folder, 'go'), 'on\n');
    await eventually(
      'its parent has gone',
      () =>
        !isAlive({ pid: process?.parent ?? 0, startTicks: -1 }) &&
        readStat(process?.pid ?? 0)?.parent !== process?.parent,
    );
    expect(hidden(node)).toHaveLength(1);
    await node.kill();
    expect(process && isAlive(process)).toBe(false);
  });
});

test('a start command that is of the shell itself ends as the shell says', async () => {
  const { node } = await create({ command: 'exit 3', spec: readyByLog('ready') });
  node.start();
  expect(await rejection(node.ready(never))).toMatchObject({
    message: 'node1 ended with exit code 3 before it was ready',
    output: [],
  });
});

describe('what a node uses', () => {
  test('is of the processes that it has now: also after a restart, and nothing while it is down', async () => {
    const { node } = await create({ command: 'exec sleep 60' });
    expect(node.usage()).toEqual({ cpuSeconds: 0, residentBytes: 0, waitedMs: 0 });
    node.start();
    await eventually('it uses memory', () => node.usage().residentBytes > 0);
    await node.kill();
    expect(node.usage().residentBytes).toBe(0);
    node.start();
    await eventually('the new process is seen, within five seconds of the old', () => node.usage().residentBytes > 0);
  });
});
