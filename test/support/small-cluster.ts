import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { loadAll } from '../../src/config/load-all.ts';
import { type FaultEnvironment, requireLinks } from '../../src/engines/local/environment.ts';
import { Ledger } from '../../src/engines/local/ledger.ts';
import type { Links } from '../../src/engines/local/links/links.ts';
import { LocalEngine } from '../../src/engines/local/local-engine.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import type { EffectType } from '../../src/model/effects.ts';
import { standing } from './faults.ts';

export type DirectCluster = {
  readonly engine: LocalEngine;
  /** What a fault is given of this cluster. */
  readonly environment: FaultEnvironment;
  close(): Promise<void>;
};

export type SmallCluster = DirectCluster & { readonly environment: { readonly links: Links } };

/** A cluster of the embedded broker behind link proxies, booted for these effects. */
export async function bootCluster(
  nodes: readonly string[],
  effects: readonly EffectType[] = [],
): Promise<SmallCluster> {
  const { environment, ...cluster } = await boot(nodes, effects);
  return { ...cluster, environment: { ...environment, links: requireLinks(environment) } };
}

/** The same without anything between nodes and clients. */
export function bootDirectCluster(nodes: readonly string[]): Promise<DirectCluster> {
  return boot(nodes, [], 'broker: { preset: embedded, links: direct }');
}

/** A cluster whose clients connect as `mqtt` of its chaos.yml says, with a defect if one is named. */
export function bootClusterSpeaking(mqtt: string, nodes: readonly string[], mutant?: string): Promise<DirectCluster> {
  return boot(nodes, [], `broker: { preset: embedded, mqtt: ${mqtt} }`, mutant);
}

async function boot(
  nodes: readonly string[],
  effects: readonly EffectType[],
  chaosYml = 'broker: { preset: embedded }',
  mutant?: string,
): Promise<DirectCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  writeFileSync(join(folder, 'chaos.yml'), chaosYml);
  const run = `cluster-test-${process.pid}`;
  const { config } = loadAll({
    cwd: folder,
    env: {},
    faultKinds,
    names: [],
    overrides: { nodes: nodes.length },
  });
  const engine = new LocalEngine({
    config,
    mutant,
    run,
    seed: 'seed',
    workFolder: join(folder, 'work'),
    logFolder: join(folder, 'logs'),
    ledger: Ledger.begin(run, join(folder, 'states')),
    clock: systemClock,
    logger: silentLogger,
  });
  await engine.boot(new AbortController().signal, effects);
  const environment = standing(engine);
  return {
    engine,
    environment,
    async close() {
      await engine.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
