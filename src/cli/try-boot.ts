import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { systemClock } from '../base/clock.ts';
import { ChaosError, type ExitCode, exitCodes } from '../base/error.ts';
import type { Logger } from '../base/logger.ts';
import type { OpenEngine } from '../engines/engine.ts';
import { openLocalEngine } from '../engines/local/open.ts';
import type { Config } from '../model/config.ts';
import type { FeatureRecord } from '../model/record.ts';
import { formatMs } from '../model/units.ts';
import { probeFeatures } from '../workload/features.ts';

export type TryOptions = {
  readonly config: Config;
  /** The id of the trial, under which everything that it makes is found again. */
  readonly run: string;
  readonly signal: AbortSignal;
  readonly openEngine?: OpenEngine;
  /** Where its folder is made. */
  readonly temporary?: string;
};

/** So long a cluster of several nodes is watched for nodes that dial one another past the link proxies. */
const watchMs = 6_000;
/** `--help` that takes longer is not waited for. */
const helpWithinMs = 5_000;

/**
 * Builds the broker, boots one node and, where nodes have ports for one another, three; says how each went and what the broker can do.
 * Resolves with 4 where something failed.
 */
export async function tryBoot(options: TryOptions, out: (line: string) => void): Promise<ExitCode> {
  const folder = mkdtempSync(join(options.temporary ?? tmpdir(), 'chaos-try-'));
  let code: ExitCode | undefined;
  try {
    code = await bootEach(options, folder, out);
    return code;
  } finally {
    // What failed is still to be read, if there is anything to read.
    const isKept = code === exitCodes.infrastructure && readdirSync(folder).length > 0;
    if (isKept) out(`its logs: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

async function bootEach(
  { config, run, signal, openEngine = openLocalEngine }: TryOptions,
  logFolder: string,
  out: (line: string) => void,
): Promise<ExitCode> {
  const sizes = config.broker.peerPorts.length > 0 ? [1, 3] : [1];
  const logger: Logger = { debug() {}, info: out, warn: (text) => out(`  warning: ${text}`) };
  let isBuilt = false;
  for (const nodes of sizes) {
    const guarded = await openEngine({
      ...{ config: { ...config, nodes }, mutant: undefined, run, seed: run, logger, clock: systemClock },
      logFolder,
    });
    try {
      const build = () => guarded.engine.build(signal);
      if (!isBuilt) await (config.broker.build === undefined ? build() : timed('built', build, out));
      isBuilt = true;
      const what = nodes === 1 ? '1 node: ready' : `${nodes} nodes: ready`;
      await timed(what, () => guarded.engine.boot(signal), out);
      const [first, second] = guarded.engine.endpoints;
      if (first === undefined) throw new ChaosError('internal', 'there is no endpoint');
      for (const line of featureLines(await probeFeatures(first, second))) out(`  ${line}`);
      if (nodes > 1) await systemClock.sleep(watchMs, signal);
    } catch (error) {
      if (!(error instanceof ChaosError) || signal.aborted) throw error;
      out(`${nodes === 1 ? '1 node' : `${nodes} nodes`}: ${error.message}`);
      for (const line of error.output) out(`  | ${line}`);
      if (error.hint !== undefined) out(`  ${error.hint}`);
      for (const line of await helpLines(config)) out(`  ${line}`);
      return exitCodes.infrastructure;
    } finally {
      await guarded.engine.stop();
      for (const left of await guarded.residue()) out(`  left behind: ${left}`);
    }
  }
  return exitCodes.pass;
}

async function timed(what: string, act: () => Promise<void>, out: (line: string) => void): Promise<void> {
  const startMs = systemClock.nowMs();
  await act();
  out(`${what} after ${formatMs(systemClock.nowMs() - startMs)}`);
}

const names: Readonly<Record<keyof FeatureRecord, string>> = {
  qos2: 'QoS 2',
  mqtt5: 'MQTT 5',
  retained: 'retained messages',
  wills: 'wills',
  sharedSubscriptions: 'shared subscriptions',
  persistentSessions: 'persistent sessions',
  emptySessions: 'sessions without subscriptions',
  sessionsMove: 'sessions that are found at another node',
  groupsSpan: 'shared groups over several nodes',
};

/** Pure. What the broker can do, and what it cannot with what was seen. */
export function featureLines(features: FeatureRecord): string[] {
  const all = (Object.keys(names) as (keyof FeatureRecord)[]).flatMap((key) => {
    const feature = features[key];
    return feature === undefined ? [] : [{ name: names[key], ...feature }];
  });
  const able = all.filter(({ available }) => available).map(({ name }) => name);
  return [
    ...(able.length > 0 ? [`it has ${able.join(', ')}`] : []),
    ...all.filter(({ available }) => !available).map(({ name, seen }) => `it has no ${name}: ${seen}`),
  ];
}

/** What the program of `start` says of options that may be for its ports and its peers; nothing where it has no --help. */
async function helpLines({ broker: { start }, folder }: Config): Promise<string[]> {
  const program = /^(?:exec\s+)?(\.?[\w./-]+)/.exec(start.trim())?.[1];
  if (program === undefined || program.includes('{{')) return [];
  const result = await execa(program, ['--help'], {
    cwd: folder,
    reject: false,
    all: true,
    timeout: helpWithinMs,
    stdin: 'ignore',
    maxBuffer: 1_000_000,
  });
  const found = optionLines(result.all ?? '');
  return found.length === 0 ? [] : [`${program} --help says:`, ...found.map((line) => `  ${line}`)];
}

/** Pure. The lines of a help text that name an option for a port, an address, a file, a folder or other nodes. */
export function optionLines(help: string): string[] {
  return help
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) =>
        /^-/.test(line) && /port|listen|bind|addr|host|conf|file|dir|data|peer|cluster|join|node|seed|tcp/i.test(line),
    )
    .slice(0, 15);
}
