import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ChaosError } from '../../src/base/error.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { loadAll } from '../../src/config/load-all.ts';
import type { Engine, EngineOptions, OpenEngine } from '../../src/engines/engine.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import type { RunRecord } from '../../src/model/record.ts';
import { runSession } from '../../src/run/session.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

// The session with an engine that is made up: what it is given, and what becomes of what it leaves behind.

const temporary = temporaryFolders();

/** An engine whose clusters nobody asks for. */
function idleEngine(stop: () => void): Engine {
  const unused = (): never => {
    throw new Error('there is no scenario');
  };
  return {
    shape: { nodes: ['node1'] },
    broken: new AbortController().signal,
    endpoints: [],
    metricsUrls: [],
    async build() {},
    boot: unused,
    unfit: unused,
    stop: async () => stop(),
    offers: unused,
    observe: unused,
    usage: () => [],
    linksLag: async () => null,
    takeCrashes: () => [],
    logsAround: () => [],
    logsDuring: () => [],
    cutLogs: () => [],
    logsBetween: () => 0,
  };
}

/** A session without a scenario on this engine. */
function session(out: string, openEngine: OpenEngine, metricsPort?: number): ReturnType<typeof runSession> {
  const { config } = loadAll({ cwd: out, env: {}, preset: 'embedded', faultKinds, names: [] });
  return runSession(
    {
      choice: { cwd: out, tiers: ['basic'], set: {} },
      loaded: { config, scenarios: [], plan: undefined, tiers: ['basic'], catalogue: [] },
      ...{ seed: '7', out, env: {}, metricsPort },
    },
    {
      view: { stage() {}, progress() {}, scenario() {} },
      logger: silentLogger,
      signal: new AbortController().signal,
      openEngine,
    },
  );
}

test('is given its engine, stops it, and asks it last what it left', async () => {
  const out = temporary();
  const steps: string[] = [];
  let given: EngineOptions | undefined;
  const { record } = await session(out, async (options) => {
    given = options;
    return {
      engine: idleEngine(() => steps.push('stop')),
      async residue() {
        steps.push('residue');
        return [];
      },
    };
  });
  expect(given).toMatchObject({ seed: '7', mutant: undefined, logFolder: join(out, 'logs') });
  expect(steps).toEqual(['stop', 'residue']);
  expect(record.error).toBeNull();
});

test('fails the run for what the engine left behind, and the reports say what', async () => {
  const out = temporary();
  const { record } = await session(out, async () => ({
    engine: idleEngine(() => {}),
    residue: async () => ['mount /tmp/x', 'process 7'],
  }));
  expect(record).toMatchObject({
    verdict: 'fail',
    error: { code: 'residue', message: 'the run left behind: mount /tmp/x, process 7' },
  });
  const written: RunRecord = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
  expect(written.error?.code).toBe('residue');
});

test('an engine that cannot be opened ends the session, which listens nowhere and claims no folder any more', async () => {
  const out = temporary();
  const port = await freePort();
  const refused = session(out, () => Promise.reject(new ChaosError('usage', 'no state can be kept')), port);
  await expect(refused).rejects.toThrow('no state can be kept');
  expect(existsSync(join(out, '.run'))).toBe(false);
  // Somebody else can listen there.
  const server = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  await new Promise((resolve) => server.close(resolve));
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
