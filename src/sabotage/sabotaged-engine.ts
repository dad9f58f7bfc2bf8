import type { Engine, ObservableFault } from '../engines/engine.ts';
import type { Lag } from '../metrics/loop-lag.ts';
import type { ClusterShape } from '../model/cluster.ts';
import type { Effect, EffectType, Offer } from '../model/effects.ts';
import type { Endpoint } from '../workload/client.ts';
import { ChangeCount, type OpenRelay, openRelay, type RelayOptions } from './open-relay.ts';

export type SabotagedEngineOptions = {
  readonly sabotage: string;
  readonly seed: string;
  readonly startThread?: RelayOptions['startThread'];
};

/**
 * An engine whose clients reach the nodes through a saboteur. It is the same for every engine and every broker: clients dial the relay,
 * and the relay dials what they would have dialled.
 */
export class SabotagedEngine implements Engine {
  readonly #engine: Engine;
  readonly #options: SabotagedEngineOptions;
  readonly #changes = new ChangeCount();
  readonly #relayBroken = new AbortController();
  readonly broken: AbortSignal;
  #relay: OpenRelay | undefined;
  #endpoints: readonly Endpoint[] = [];

  constructor(engine: Engine, options: SabotagedEngineOptions) {
    this.#engine = engine;
    this.#options = options;
    this.broken = AbortSignal.any([engine.broken, this.#relayBroken.signal]);
  }

  /** How often the saboteur has struck so far. */
  get changes(): number {
    return this.#changes.read();
  }

  get shape(): ClusterShape {
    return this.#engine.shape;
  }

  get endpoints(): readonly Endpoint[] {
    return this.#endpoints;
  }

  get metricsUrls() {
    return this.#engine.metricsUrls;
  }

  build(signal: AbortSignal): Promise<void> {
    return this.#engine.build(signal);
  }

  async boot(signal: AbortSignal, effects?: readonly EffectType[]): Promise<void> {
    await this.#closeRelay();
    await this.#engine.boot(signal, effects);
    const { seed } = this.#options;
    const relay = openRelay({ ...this.#options, seed: `${seed}/sabotage`, changes: this.#changes });
    this.#relay = relay;
    // A relay that is being closed is nobody's any more.
    const broke = (): void => {
      if (this.#relay === relay) this.#relayBroken.abort(relay.ended.reason);
    };
    relay.ended.addEventListener('abort', broke, { once: true });
    this.#endpoints = await Promise.all(
      this.#engine.endpoints.map(async (endpoint) => {
        const { host, port } = endpoint;
        return { ...endpoint, host: '127.0.0.1', port: (await relay.open(endpoint.node, { host, port })).port };
      }),
    );
  }

  unfit(effects: readonly EffectType[]): string | undefined {
    return this.#engine.unfit(effects);
  }

  async stop(withinMs?: number): Promise<void> {
    await this.#engine.stop(withinMs);
    await this.#closeRelay();
  }

  offers(effect: Effect, to: 'any cluster' | 'this cluster'): Offer {
    return this.#engine.offers(effect, to);
  }

  observe(fault: ObservableFault) {
    return this.#engine.observe(fault);
  }

  usage() {
    return this.#engine.usage();
  }

  /** The worse of the links' and the relay's: what a client sees late may be due to either. */
  async linksLag(): Promise<Lag | null> {
    const [links, relay] = await Promise.all([this.#engine.linksLag(), this.#relay?.lag() ?? null]);
    if (links === null || relay === null) return links ?? relay;
    return links.p99Ms > relay.p99Ms ? links : relay;
  }

  takeCrashes() {
    return this.#engine.takeCrashes();
  }

  logsDuring(...asked: Parameters<Engine['logsDuring']>): ReturnType<Engine['logsDuring']> {
    return this.#engine.logsDuring(...asked);
  }

  logsAround(...asked: Parameters<Engine['logsAround']>): string[] {
    return this.#engine.logsAround(...asked);
  }

  cutLogs() {
    return this.#engine.cutLogs();
  }

  logsBetween(fromWallMs: number, toWallMs: number): number {
    return this.#engine.logsBetween(fromWallMs, toWallMs);
  }

  async #closeRelay(): Promise<void> {
    const relay = this.#relay;
    this.#relay = undefined;
    this.#endpoints = [];
    await relay?.close();
  }
}
