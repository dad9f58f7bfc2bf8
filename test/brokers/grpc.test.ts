import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { attempts } from '../../src/score/run.ts';
import { measuredRun, violated } from '../support/measured-run.ts';

/** A small broker whose nodes forward messages by gRPC, as it is and with a defect that only a failing call shows. */
const broker = join(import.meta.dirname, '..', 'support', 'grpc-js', 'broker.mjs');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  // The shipped scenario with shorter phases.
  const shipped = readFileSync(join(import.meta.dirname, '..', '..', 'scenarios', 'rpc-fault.yml'), 'utf8');
  const phases = 'phases: { steady: 1s, hold: 4s, recover: 15s }';
  writeFileSync(
    join(folder, 'short-rpc-fault.yml'),
    shipped.replace(/^phases: .*$/m, phases).replace(/^name: .*$/m, 'name: short-rpc-fault'),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const runOf = (name: string, lines: readonly string[], set: readonly string[] = []) => {
  const config = join(folder, `${name}.yml`);
  // What is lost is not waited for as long as it would be for a stranger's broker.
  const own = [...lines, 'redeliver-within: 1s'];
  writeFileSync(config, ['broker:', ...own.map((line) => `  ${line}`)].join('\n'));
  const scenario = join(folder, 'short-rpc-fault.yml');
  const chosen = ['--scenario', scenario, '--seed', 'grpc', '--rate', '150/s', '--repeat', '1'];
  return measuredRun('--config', config, ...chosen, ...set.flatMap((assignment) => ['--set', assignment]));
};

const forwarding = (...options: readonly string[]): string[] => [
  'name: grpc-broker',
  'ports: [mqtt, cluster]',
  `start: 'exec "{{ tool.node }}" "${broker}" {{ node.ports.mqtt }} {{ node.ports.cluster }} {{ peers | map: "cluster" | join: " " }} ${options.join(' ')}'`,
];

describe('a broker that forwards messages by gRPC', () => {
  test('and calls again what failed keeps every message, with the fault proven', async () => {
    const { record } = await runOf('retry', forwarding(), ['method=/proto.ClusterService/ForwardPublish']);
    expect(record?.error).toBeNull();
    const [scenario] = record?.scenarios ?? [];
    expect(scenario?.violations).toEqual([]);
    // How fast it was is for a machine that is not busy.
    expect(scenario?.accounting.lost).toBe(0);
    expect(scenario?.accounting.delivered).toBeGreaterThan(500);
    expect(scenario?.faults).toMatchObject([{ kind: 'rpc-fault', proven: true, healed: true }]);
    // A run after the first finds them read already.
    expect(attempts(scenario ? [scenario] : [])[0]?.faults[0]?.mechanism).toMatch(
      / connections reset before the steady phase to be read/,
    );
    const { callsSeen, callsStruckSeen } = scenario?.faults[0]?.figures ?? {};
    expect(callsStruckSeen).toBeGreaterThan(0);
    expect(callsSeen).toBeGreaterThan(callsStruckSeen ?? 0);
  });

  test('and does not is found to lose messages that it had acknowledged', async () => {
    const { code, record } = await runOf('no-retry', forwarding('--no-retry'));
    expect(record?.scenarios[0]).toMatchObject({ verdict: 'fail', faults: [{ proven: true }] });
    expect(violated(record)['no-acknowledged-loss']).toBeGreaterThan(0);
    expect(code).toBe(1);
  });
});

describe('a broker without gRPC', () => {
  test('whose preset says so is skipped', async () => {
    const { record } = await runOf('embedded', ['preset: embedded']);
    expect(record?.scenarios[0]).toMatchObject({
      verdict: 'skipped',
      reason: 'no gRPC call is made between the nodes of this broker (broker.grpc: false)',
    });
  });

  test('of which nobody knew is inconclusive: no call was seen', async () => {
    const { code, record } = await runOf('unknown', ['preset: embedded', 'grpc: true']);
    expect(record?.scenarios[0]).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringMatching(/^rpc-fault was not proven: .*no gRPC call was seen between the nodes/),
    });
    expect(code).toBe(2);
  });
});
