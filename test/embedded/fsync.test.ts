import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { freePort, Node, RawClient } from './support.ts';

let folder = '';
let node: Node | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fsync-'));
});
afterEach(async () => {
  await node?.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** How often a node called fdatasync, told by Node's own trace, while a client published five messages one after the other. */
async function syncs(args: readonly string[]): Promise<number> {
  const ports = { mqtt: await freePort(), cluster: await freePort(), http: await freePort() };
  node = new Node('node1', ports, ['--data', join(folder, 'data'), ...args], {
    NODE_OPTIONS: `--trace-event-categories=node.fs.sync --trace-event-file-pattern=${folder}/trace-\${rotation}`,
  });
  await node.start();
  const raw = await RawClient.open(node.mqttPort);
  await raw.connect('c');
  for (let messageId = 1; messageId <= 5; messageId++) {
    raw.send({ cmd: 'publish', topic: 't', payload: 'x', qos: 1, dup: false, retain: false, messageId });
    await raw.next('puback');
  }
  await node.stop('SIGTERM');
  const traces = readdirSync(folder).filter((name) => name.startsWith('trace-'));
  const text = traces.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
  expect(text).toContain('fs.sync.write');
  return text.split('"fs.sync.fdatasync"').length - 1;
}

test('with --fsync each acknowledgement has a sync before it', async () => {
  // Two for each: its begin and its end.
  expect(await syncs(['--fsync'])).toBeGreaterThanOrEqual(2 * 5);
});

test('without, nothing is synced', async () => {
  expect(await syncs([])).toBe(0);
});
