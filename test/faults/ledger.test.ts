import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { isAlive, readStat, runMark, signal } from '../../src/engines/local/cluster/proc.ts';
import type { FaultEnvironment } from '../../src/engines/local/environment.ts';
import { localHost } from '../../src/engines/local/host/control.ts';
import { abandonedRuns, Ledger, replay } from '../../src/engines/local/ledger.ts';
import { eventually } from '../support/eventually.ts';
import { injected, names, observed, planned } from '../support/faults.ts';
import { identityOf, processes, stateOf } from '../support/processes.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const start = processes();
const temporary = temporaryFolders();
let states: string;
let run: string;
let count = 0;
beforeEach(() => {
  states = join(temporary(), 'states');
  run = `ledger-test-${process.pid}-${++count}`;
});

const ledgerText = (): string => readFileSync(join(states, run, 'ledger.jsonl'), 'utf8');

/** A process that is stopped, as a pause leaves it. */
async function stopped(env: Record<string, string> = {}): Promise<{ pid: number; startTicks: number }> {
  const child = start('echo up; exec sleep 60', env);
  await child.firstLine();
  signal(child.pid, 'SIGSTOP');
  await eventually('it is stopped', () => stateOf(child.pid) === 'T');
  return identityOf(child.pid);
}

describe('the undo ledger', () => {
  test('is written before the thing is done: a pause', async () => {
    const ledger = Ledger.begin(run, states);
    const node = start('exec sleep 60');
    let writtenAtSignal = '';
    const environment = environmentOf(ledger, {
      processes: () => [readStat(node.pid)].filter((stat) => stat !== undefined),
      signal: (_, name) => {
        if (name === 'SIGSTOP') writtenAtSignal = ledgerText();
        return [];
      },
    });
    const fault = planned('pause', { type: 'nodes', nodes: ['node1'] }, { nodes: names(1) });
    const active = await injected(await observed(fault, environment));
    expect(JSON.parse(writtenAtSignal)).toEqual({
      entry: 1,
      undo: { type: 'continue', processes: [identityOf(node.pid)] },
      why: 'pause',
    });
    await active.heal();
    await active.heal();
    expect(ledgerText().trim().split('\n').slice(1)).toEqual(['{"undone":1}']);
  });

  test('is written before the thing is done: a kill', async () => {
    const ledger = Ledger.begin(run, states);
    let writtenAtKill = '';
    const environment = environmentOf(ledger, {
      kill: async () => {
        writtenAtKill = ledgerText();
      },
    });
    const fault = planned('kill', { type: 'nodes', nodes: ['node1'] }, { nodes: names(1) });
    await injected(await observed(fault, environment));
    expect(JSON.parse(writtenAtKill)).toMatchObject({ undo: { what: 'node1 killed' }, why: 'kill' });
  });

  test('an injection that could not be written down is not made', async () => {
    const ledger = Ledger.begin(run, states);
    rmSync(join(states, run, 'ledger.jsonl'));
    mkdirSync(join(states, run, 'ledger.jsonl'));
    const signals: string[] = [];
    const environment = environmentOf(ledger, {
      signal: (_, name) => {
        signals.push(name);
        return [];
      },
    });
    const fault = planned('pause', { type: 'nodes', nodes: ['node1'] }, { nodes: names(1) });
    const prepared = await observed(fault, environment);
    await expect(injected(prepared)).rejects.toThrow(/^the undo ledger .*ledger\.jsonl cannot be written: .*EISDIR/);
    expect(signals).toEqual([]);
  });

  test('a run that ends in order leaves nothing', () => {
    const ledger = Ledger.begin(run, states);
    ledger.add({ type: 'ends-with-run', what: 'something' }, 'test');
    expect(existsSync(ledger.folder)).toBe(true);
    ledger.end();
    expect(existsSync(ledger.folder)).toBe(false);
  });

  test('is for its owner’s eyes, and not kept in a folder that somebody else could have put there', () => {
    mkdirSync(join(states, '..', 'elsewhere'));
    symlinkSync(join(states, '..', 'elsewhere'), states);
    expect(() => Ledger.begin(run, states)).toThrow(
      `${states} is not a folder of this user, so its undo ledgers are not trusted`,
    );
    expect(() => abandonedRuns(states)).toThrow('not trusted');
  });

  test('where it cannot be kept, says so and what to do', () => {
    writeFileSync(states, 'a file');
    expect(() => Ledger.begin(run, states)).toThrow(/^the state of the run cannot be kept in .*EEXIST/);
    expect(() => Ledger.begin(run, states)).toThrow(expect.objectContaining({ exitCode: 3 }));
  });

  test.each(['null', '5', '"text"', '[]', '{"entry":1,"undo":null}', '{"entry":2,', ''])(
    'a line %s is of no use and does no harm',
    async (line) => {
      const ledger = Ledger.begin(run, states);
      const what = join(states, '..', 'made');
      mkdirSync(what);
      ledger.add({ type: 'remove-folder', folder: what }, 'test');
      appendFileSync(join(states, run, 'ledger.jsonl'), `${line}\n`);
      expect(await replay(run, states)).toEqual([`removed ${what} (test)`, 'removed its state']);
    },
  );
});

describe('a replay', () => {
  test('continues what is stopped', async () => {
    const process = await stopped();
    Ledger.begin(run, states).add({ type: 'continue', processes: [process] }, 'pause');
    expect(await replay(run, states)).toEqual(['continued 1 stopped process (pause)', 'removed its state']);
    await eventually('it runs on', () => stateOf(process.pid) === 'S');
  });

  test('leaves a process alone that has got the pid of one that is gone', async () => {
    const { pid, startTicks } = await stopped();
    Ledger.begin(run, states).add({ type: 'continue', processes: [{ pid, startTicks: startTicks - 1 }] }, 'pause');
    expect(await replay(run, states)).toEqual(['removed its state']);
    expect(stateOf(pid)).toBe('T');
  });

  test('does not do again what was undone', async () => {
    const process = await stopped();
    Ledger.begin(run, states).add({ type: 'continue', processes: [process] }, 'pause')();
    expect(await replay(run, states)).toEqual(['removed its state']);
    expect(stateOf(process.pid)).toBe('T');
  });

  test('removes folders', async () => {
    const folder = temporary();
    writeFileSync(join(folder, 'data'), '');
    Ledger.begin(run, states).add({ type: 'remove-folder', folder }, 'disk-full');
    expect(await replay(run, states)).toEqual([`removed ${folder} (disk-full)`, 'removed its state']);
    expect(existsSync(folder)).toBe(false);
  });

  test('kills the processes of the run, stopped ones too, and no others', async () => {
    const mine = [await stopped({ [runMark]: run }), identityOf(start('exec sleep 60', { [runMark]: run }).pid)];
    const other = start('echo up; exec sleep 60', { [runMark]: `${run}-other` });
    await other.firstLine();
    await eventually('both carry their mark', () => mine.every(({ pid }) => stateOf(pid) !== 'gone'));
    Ledger.begin(run, states);
    expect(await replay(run, states)).toEqual(['killed 2 processes', 'removed its state']);
    for (const { pid } of mine) await eventually('it is gone', () => /^(Z|gone)$/.test(stateOf(pid)));
    expect(isAlive(identityOf(other.pid))).toBe(true);
  });

  test('works the newest entry first', async () => {
    const [one, two] = [temporary(), temporary()];
    const ledger = Ledger.begin(run, states);
    ledger.add({ type: 'remove-folder', folder: one }, 'first');
    ledger.add({ type: 'remove-folder', folder: two }, 'second');
    expect((await replay(run, states)).slice(0, 2)).toEqual([`removed ${two} (second)`, `removed ${one} (first)`]);
  });

  test('understands a ledger whose last line was being written when the tool died', async () => {
    const process = await stopped();
    Ledger.begin(run, states).add({ type: 'continue', processes: [process] }, 'pause');
    appendFileSync(join(states, run, 'ledger.jsonl'), '{"entry":2,"undo":{"type":"remove-fol');
    expect(await replay(run, states)).toEqual(['continued 1 stopped process (pause)', 'removed its state']);
  });

  test('twice, and at once from two sides, is safe; so is one of a run that there never was', async () => {
    const folder = temporary();
    Ledger.begin(run, states).add({ type: 'remove-folder', folder }, 'disk-full');
    await Promise.all([replay(run, states), replay(run, states)]);
    expect(existsSync(folder)).toBe(false);
    expect(await replay(run, states)).toEqual([]);
    expect(await replay('never-was', states)).toEqual([]);
  });
});

describe('abandoned runs', () => {
  const ownedBy = (name: string, owner: unknown): void => {
    mkdirSync(join(states, name), { recursive: true });
    writeFileSync(join(states, name, 'owner.json'), typeof owner === 'string' ? owner : JSON.stringify(owner));
  };

  test('are those whose owner is gone, or has no name that can be read', async () => {
    const living = Ledger.begin(run, states);
    const { pid, startTicks } = identityOf(process.pid);
    ownedBy('pid-used-again', { pid, startTicks: startTicks - 1 });
    ownedBy('gone', { pid: 2 ** 30, startTicks: 1 });
    ownedBy('torn', '{"pid":');
    expect(abandonedRuns(states).sort()).toEqual(['gone', 'pid-used-again', 'torn']);
    living.end();
  });

  test('are none where nothing was ever run', () => {
    expect(abandonedRuns(states)).toEqual([]);
  });
});

function environmentOf(ledger: Ledger, nodes: Partial<FaultEnvironment['nodes']>): FaultEnvironment {
  const links = {} as FaultEnvironment['links'];
  return {
    shape: { nodes: ['node1'] },
    nodes: {
      processes: () => [],
      kill: async () => {},
      start: () => {},
      signal: () => [],
      ping: async () => undefined,
      httpUrls: () => [],
      logFile: () => '',
      connect: async () => 'nobody is there',
      folder: () => '',
      address: () => ({ host: '127.0.0.1', port: 1, version: 4 }),
      ...nodes,
    },
    host: localHost(run),
    links,
    network: {
      path: () => [],
      client: () => [],
      entry: () => ({ host: '127.0.0.1', port: 1 }),
      past: async () => 0,
      remedy: '',
    },
    ledger,
    clock: systemClock,
    logger: silentLogger,
    broken() {},
  };
}
