import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { distPath } from '../../src/base/entries.ts';
import type { RunRecord } from '../../src/model/record.ts';
import { runTool } from '../support/tool.ts';

/** The embedded broker behind a door that falls in when it sees an UNSUBSCRIBE of one byte in a session of MQTT 3.1.1: 0xa2, a length of 1, half a packet id. */
const fragile = `
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
const [entry, mqtt, inner, cluster, http, data] = process.argv.slice(2);
const broker = spawn(process.execPath, [entry, '--name', 'node1', '--mqtt', '127.0.0.1:' + inner, '--cluster', '127.0.0.1:' + cluster,
  '--http', '127.0.0.1:' + http, '--data', data], { stdio: 'inherit' });
process.on('exit', () => broker.kill('SIGKILL'));
for (const name of ['SIGTERM', 'SIGINT']) process.on(name, () => process.exit(0));
createServer((client) => {
  const upstream = connect(Number(inner), '127.0.0.1');
  // The level in CONNECT.
  let level;
  client.once('data', (bytes) => { level = bytes[8]; });
  for (const [from, to] of [[client, upstream], [upstream, client]]) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
    from.on('data', (bytes) => {
      if (from === client && level === 4 && bytes.length === 3 && bytes[0] === 0xa2 && bytes[1] === 1) {
        console.log('panic: index out of range');
        process.exit(2);
      }
      to.write(bytes);
    });
  }
}).listen(Number(mqtt), '127.0.0.1');
`;

test('the report of a run names the packet of which a broker died, in hex', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  try {
    writeFileSync(join(folder, 'fragile.mjs'), fragile);
    writeFileSync(
      join(folder, 'chaos.yml'),
      `broker:
  name: fragile
  start: node fragile.mjs "${distPath('embedded-broker.js')}" {{ node.ports.mqtt }} {{ node.ports.inner }} {{ node.ports.cluster }} {{ node.ports.http }} "{{ node.folder }}/data"
  ports: [mqtt, inner, cluster, http]
  ready: { mqtt: true }
  redeliver-within: 1s
cluster: { nodes: 1 }
workload: { rate: 50/s }
`,
    );
    writeFileSync(
      join(folder, 'broken.yml'),
      `name: broken
title: Broken packets
tier: stress
severity: high
dimension: fault-isolation
phases: { steady: 1s, hold: 25s, recover: 1s }
faults:
  - { kind: malformed-input, on: all }
expect: { availability: ">= 99%", p99-latency: "<= 5s", recovery: "<= 1s" }
`,
    );
    const { code, stderr } = await runTool(
      folder,
      'run',
      '--config',
      'chaos.yml',
      '--scenario',
      './broken.yml',
      '--seed',
      'f',
    );
    expect({ code, stderr: code === 1 ? '' : stderr }).toEqual({ code: 1, stderr: '' });
    const reports = join(folder, 'chaos-report');
    const record = JSON.parse(readFileSync(join(reports, 'report.json'), 'utf8')) as RunRecord;
    const [crash] = record.scenarios[0]?.crashes ?? [];
    expect(crash).toMatchObject({ node: 'node1', how: 'ended with exit code 2' });
    // The likeliest comes first. On a busy machine the end is noticed late, and packets that were sent meanwhile may stand before it.
    const suspect = crash?.suspects?.find((one) => one.startsWith('unsubscribe-of-1-byte')) ?? '';
    expect(suspect).toMatch(
      /^unsubscribe-of-1-byte \(3\.10\.2\), sent \d+ ms before, after an accepted CONNECT: a20101$/,
    );
    for (const file of ['report.md', 'report.html', 'junit.xml'])
      expect(readFileSync(join(reports, file), 'utf8')).toContain(suspect);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
