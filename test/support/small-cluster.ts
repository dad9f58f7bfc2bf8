import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { loadAll } from '../../src/config/load-all.ts';
import type { Engine } from '../../src/engines/engine.ts';
import { localEngine } from '../../src/engines/local/local-engine.ts';
import { type FaultEnvironment, requireLinks } from '../../src/faults/environment.ts';
import { Ledger } from '../../src/faults/ledger.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import type { Links } from '../../src/links/links.ts';
import { planned } from './faults.ts';

export type DirectCluster = {
  readonly engine: Engine;
  /** What a fault is given of this cluster. */
  readonly environment: FaultEnvironment;
  close(): Promise<void>;
};

export type SmallCluster = DirectCluster & { readonly environment: { readonly links: Links } };

/** A cluster of the embedded broker behind link proxies, booted for these kinds of faults. */
export async function bootCluster(nodes: readonly string[], kinds: readonly string[] = []): Promise<SmallCluster> {
  const { environment, ...cluster } = await boot(nodes, kinds);
  return { ...cluster, environment: { ...environment, links: requireLinks(environment) } };
}

/** The same without anything between nodes and clients. */
export function bootDirectCluster(nodes: readonly string[]): Promise<DirectCluster> {
  return boot(nodes, [], 'broker: { preset: embedded, links: direct }');
}

async function boot(
  nodes: readonly string[],
  kinds: readonly string[],
  chaosYml = 'broker: { preset: embedded }',
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
  const engine = localEngine({
    config,
    mutant: undefined,
    run,
    seed: 'seed',
    workFolder: join(folder, 'work'),
    logFolder: join(folder, 'logs'),
    ledger: Ledger.begin(run, join(folder, 'states')),
    clock: systemClock,
    logger: silentLogger,
  });
  await engine.boot(new AbortController().signal, kinds);
  const environment = await new Promise<FaultEnvironment>((resolve, reject) => {
    // A fault that only looks at what it is given.
    const looking = planned('pause', { type: 'choice', choice: 'any' }, { nodes });
    engine
      .prepare({
        ...looking,
        async prepare(given) {
          resolve(given);
          return { inject: () => Promise.reject(new Error('never injected')), async heal() {}, async release() {} };
        },
      })
      .catch(reject);
  });
  return {
    engine,
    environment,
    async close() {
      await engine.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
