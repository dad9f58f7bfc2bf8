import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ChaosError } from '../../src/base/error.ts';
import { type Exposition, openExposition } from '../../src/metrics/exposition.ts';
import { readExposition } from '../../src/metrics/scrape.ts';
import { rejection } from '../support/eventually.ts';

const samplesOf = (text: string) => readExposition(text).samples;
const opened: Exposition[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((exposition) => exposition.close()));
});

async function open(port: number | undefined): Promise<Exposition> {
  const exposition = await openExposition(port);
  opened.push(exposition);
  return exposition;
}

describe('the tool’s own metrics', () => {
  test('are served in Prometheus’ format while it runs', async () => {
    const exposition = await open(0);
    exposition.phase('node-pause', 'steady');
    exposition.phase('node-pause', 'hold');
    exposition.messages({ published: 30, acknowledged: 20, delivered: 60 });
    exposition.faults(1);
    exposition.verdict('baseline', 'pass', 9.5);
    exposition.verdict('node-pause', 'inconclusive', null);

    const response = await fetch(exposition.url ?? '');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const samples = samplesOf(await response.text());
    expect(samples).toMatchObject({
      'chaos_action_phase{scenario="node-pause",phase="hold"}': 1,
      'chaos_action_messages{outcome="published"}': 30,
      'chaos_action_messages{outcome="acknowledged"}': 20,
      'chaos_action_messages{outcome="delivered"}': 60,
      chaos_action_faults_in_force: 1,
      'chaos_action_scenarios_total{verdict="pass"}': 1,
      'chaos_action_scenarios_total{verdict="inconclusive"}': 1,
      'chaos_action_scenario_score{scenario="baseline"}': 9.5,
    });
    // One phase at a time, and no score where there is none.
    expect(Object.keys(samples).filter((name) => /^chaos_action_phase/.test(name))).toHaveLength(1);
    expect(Object.keys(samples).filter((name) => /^chaos_action_scenario_score/.test(name))).toHaveLength(1);
    expect(samples.chaos_action_process_resident_memory_bytes).toBeGreaterThan(0);
  });

  test('are nowhere else', async () => {
    const { url = '' } = await open(0);
    const response = await fetch(url.replace('/metrics', '/'));
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('only /metrics is here\n');
  });

  test('without a port they are kept and not served', async () => {
    const exposition = await open(undefined);
    exposition.faults(1);
    expect(exposition.url).toBeUndefined();
  });

  test('a port that is taken is told before anything else begins', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const error = await rejection(openExposition(port));
    other.close();
    expect(error).toBeInstanceOf(ChaosError);
    expect(error).toMatchObject({
      code: 'port',
      exitCode: 4,
      message: `--metrics-port ${port}: the port is taken`,
      hint: 'choose another port; 0 takes a free one',
    });
  });

  test('two runs in one process do not get in each other’s way', async () => {
    const [one, other] = [await open(0), await open(0)];
    one.faults(2);
    expect(samplesOf(await (await fetch(other.url ?? '')).text()).chaos_action_faults_in_force).toBe(0);
  });

  test('closed, the port is free again', async () => {
    const { url = '' } = await open(0);
    await opened.splice(0)[0]?.close();
    await open(Number(new URL(url).port));
  });
});
