import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { distPath } from '../../src/base/entries.ts';
import { needing } from '../support/needs.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { runTool, runToolUntilDecided } from '../support/tool.ts';

const temporary = temporaryFolders();

/** A day in two stages; the first asks for more than any broker can keep, so that the second never comes. */
function smallDay(): string {
  const folder = temporary();
  writeFileSync(
    join(folder, 'harsh.yml'),
    'name: harsh\ntitle: A node is killed\ntier: basic\nseverity: low\ndimension: fault-isolation\n' +
      'phases: { steady: 1s, hold: 3s, recover: 5s }\nfaults: [{ kind: kill, on: any }]\n' +
      'expect: { availability: ">= 50%", p99-latency: "<= 5s", recovery: "<= 1ms" }\n',
  );
  writeFileSync(
    join(folder, 'day.yml'),
    'name: small-day\ntitle: A small day\nabort-on: fail\nscenarios:\n' +
      '  - { scenario: ./harsh.yml, stage: failure }\n  - { scenario: node-restart, stage: more }\n',
  );
  return folder;
}

test('a game day ends at the first failure, with the faults healed and a record', async () => {
  const folder = smallDay();
  const { code, stdout, stderr } = await runToolUntilDecided(folder, [
    'gameday',
    '--plan',
    './day.yml',
    '--rate',
    '100/s',
  ]);
  expect({ code, stderr: code === 1 ? '' : stderr }).toEqual({ code: 1, stderr: '' });
  expect([...stderr.matchAll(/^== (.*) ==$/gm)].map(([, stage]) => stage)).toEqual(['failure']);
  expect(stdout).toContain('game day: chaos-game-day/game-day.md');
  const record = readFileSync(join(folder, 'chaos-game-day', 'game-day.md'), 'utf8');
  expect(record).toMatch(/kill healed, and (not )?proven/);
  expect(record).toContain('`node-restart` was skipped: the plan stops at the first failure: harsh failed');
  expect(existsSync(join(folder, 'chaos-game-day', 'report.html'))).toBe(true);
}, 600_000);

/** Runs a command on a terminal of its own; presses Ctrl-C when it asks for Enter; ends as it ends. */
const onTerminal = `
import os, pty, sys
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
said = b''
pressed = False
while True:
    try:
        said += os.read(fd, 65536)
    except OSError:
        break
    if not pressed and b'Enter begins' in said:
        os.write(fd, b'\\x03')
        pressed = True
_, status = os.waitpid(pid, 0)
sys.stdout.buffer.write(said)
sys.exit(os.waitstatus_to_exitcode(status))
`;

needing('python3')(
  'Ctrl-C while people are waited for ends the day at once, with a record',
  async () => {
    const folder = smallDay();
    const { exitCode, stdout } = await execa(
      'python3',
      ['-c', onTerminal, process.execPath, distPath('cli.js'), 'gameday', '--plan', './day.yml', '--pause'],
      { cwd: folder, reject: false, env: { TMPDIR: folder }, timeout: 120_000 },
    );
    expect(stdout).toContain('Enter begins failure, Ctrl-C heals and ends the day');
    expect({ exitCode, stdout: exitCode === 130 ? '' : stdout }).toEqual({ exitCode: 130, stdout: '' });
    expect(existsSync(join(folder, 'chaos-game-day', 'game-day.md'))).toBe(true);
  },
  240_000,
);

test('people can be waited for only where there are some', async () => {
  const { code, stderr } = await runTool(smallDay(), 'gameday', '--plan', './day.yml', '--pause');
  expect({ code, stderr }).toEqual({
    code: 3,
    stderr: expect.stringContaining('--pause waits for Enter, and there is no terminal'),
  });
});
