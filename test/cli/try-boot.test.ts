import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { featureLines, optionLines, tryBoot } from '../../src/cli/try-boot.ts';
import { loadConfig } from '../../src/config/load.ts';
import { findMarked } from '../../src/engines/local/cluster/proc.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const temporary = temporaryFolders();

async function tried(chaosYml: string) {
  const [folder, scratch] = [temporary(), temporary()];
  writeFileSync(join(folder, 'chaos.yml'), chaosYml);
  const run = `try-test-${process.pid}`;
  const lines: string[] = [];
  const config = loadConfig({ cwd: folder, env: {} });
  const code = await tryBoot({ config, run, signal: new AbortController().signal, temporary: scratch }, (line) =>
    lines.push(line),
  );
  return { code, lines, left: findMarked(run), scratch };
}

describe('init --try', () => {
  test('builds, boots one node and three, and says what the broker can do', async () => {
    const { code, lines, left, scratch } = await tried('broker: { preset: embedded, build: echo built here }');
    expect(lines).toEqual([
      'building: echo built here',
      expect.stringMatching(/^built after /),
      expect.stringMatching(/^1 node: ready after /),
      expect.stringMatching(/^ {2}it has QoS 2, MQTT 5, retained messages, wills/),
      expect.stringMatching(/^3 nodes: ready after /),
      expect.stringMatching(/^ {2}it has .*sessions that are found at another node, shared groups over several nodes$/),
    ]);
    expect({ code, left }).toEqual({ code: 0, left: [] });
    expect(readdirSync(scratch)).toEqual([]);
  });

  test('says what failed, and which options the program has', async () => {
    const { code, lines, left, scratch } = await tried(
      'broker:\n  start: node {{ node.folder }}/none.mjs\n  ports: [mqtt, cluster]\n',
    );
    expect(lines[0]).toBe('1 node: node1 ended with exit code 1 before it was ready');
    expect(lines.join('\n')).toMatch(/ {2}\| .*none\.mjs/);
    expect(lines).toContain('  node --help says:');
    const [, logs = ''] = /^its logs: (.*)$/m.exec(lines.join('\n')) ?? [];
    expect(readdirSync(scratch)).toEqual([basename(logs)]);
    expect(readdirSync(logs)).toEqual(['node1.log']);
    expect({ code, left }).toEqual({ code: 4, left: [] });
  });
});

test('what a broker lacks is told with what was seen', () => {
  const yes = { available: true, seen: 'seen' };
  expect(
    featureLines({
      ...{ qos2: yes, mqtt5: { available: false, seen: 'refused' }, retained: yes, wills: yes },
      ...{ sharedSubscriptions: yes, persistentSessions: yes },
    }),
  ).toEqual([
    'it has QoS 2, retained messages, wills, shared subscriptions, persistent sessions',
    'it has no MQTT 5: refused',
  ]);
});

test('of a help text the options are told that a cluster needs', () => {
  expect(
    optionLines(
      'Usage: broker [options]\n  -v  be loud\n  --port PORT  where to listen\n  --join HOST:PORT  of another node\n',
    ),
  ).toEqual(['--port PORT  where to listen', '--join HOST:PORT  of another node']);
});
