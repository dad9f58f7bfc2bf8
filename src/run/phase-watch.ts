import type { PhaseName } from '../model/record.ts';
import type { Scenario } from '../model/scenario.ts';
import { sampleMachine } from './machine-use.ts';
import type { UsageSample } from './measure.ts';
import type { Observables } from './observability.ts';
import type { ScenarioContext } from './scenario-context.ts';

/** Looks at the nodes and tells of progress, twice a second, while a scenario runs; remembers when each phase began. */
export class PhaseWatch {
  readonly usage: UsageSample[] = [];
  readonly phases: { name: PhaseName; startMs: number; endMs: number }[] = [];
  readonly #scenario: Scenario;
  readonly #context: ScenarioContext;
  readonly #faultsInForce: () => string[];
  readonly #timer: NodeJS.Timeout;
  readonly #metrics = new Map<PhaseName, Observables['metrics']>();
  #ticks = 0;
  #ended = false;

  constructor(scenario: Scenario, context: ScenarioContext, faultsInForce: () => string[]) {
    this.#scenario = scenario;
    this.#context = context;
    this.#faultsInForce = faultsInForce;
    this.#timer = setInterval(() => void this.#look(), 500);
  }

  enter(name: PhaseName): void {
    const nowMs = this.#context.clock.nowMs();
    this.#close(nowMs);
    this.phases.push({ name, startMs: nowMs, endMs: nowMs });
    this.#context.signal.throwIfAborted();
    void this.#look();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#timer);
    this.#close(this.#context.clock.nowMs());
  }

  /** Counts log lines, which takes a while with large logs: not to be asked for while faults are in force. */
  observables(name: PhaseName): Observables | undefined {
    const phase = this.phases.find((one) => one.name === name);
    const metrics = this.#metrics.get(name);
    if (!phase || !metrics) return undefined;
    const { engine, startedMs, startedWallMs } = this.#context;
    const wall = (ms: number): number => startedWallMs + (ms - startedMs);
    return {
      seconds: (phase.endMs - phase.startMs) / 1_000,
      logLines: engine.logsBetween(wall(phase.startMs), wall(phase.endMs)),
      metrics,
    };
  }

  #close(nowMs: number): void {
    const open = this.phases[this.phases.length - 1];
    if (!open) return;
    open.endMs = nowMs;
    this.#metrics.set(open.name, this.#context.scraper.latest());
  }

  async #look(): Promise<void> {
    const { engine, clock, startedMs, workload, onProgress } = this.#context;
    if (this.#ticks++ % 2 === 0)
      this.usage.push({ atMs: clock.nowMs(), nodes: engine.usage(), machine: sampleMachine() });
    const phase = this.phases[this.phases.length - 1];
    if (!phase) return;
    const messages =
      phase.name === 'warm-up'
        ? { published: 0, acknowledged: 0, delivered: 0 }
        : await workload.call('progress').catch(() => undefined);
    if (messages && !this.#ended)
      onProgress({
        scenario: this.#scenario,
        phase: phase.name,
        elapsedMs: clock.nowMs() - startedMs,
        messages,
        faults: this.#faultsInForce(),
      });
  }
}
