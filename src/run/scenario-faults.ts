import type { Clock } from '../base/clock.ts';
import { messageOf } from '../base/error.ts';
import type { Logger } from '../base/logger.ts';
import type { Crash, Engine } from '../engines/engine.ts';
import type { ActiveFault, PreparedFault } from '../engines/injection.ts';
import type { Proof, ProofSeries } from '../engines/proof.ts';
import { NotRolledBack } from '../engines/scope.ts';
import type { ScheduledFault } from '../faults/plan.ts';
import type { FaultRecord, ScenarioRecord } from '../model/record.ts';
import type { Workload } from '../workload/workload.ts';
import { SkipScenario } from './skip.ts';

/** How long before the heal the proofs are taken. */
const proofLeadMs = 700;

/** One fault, as far as it has come. Times are monotonic. */
type RunningFault = ScheduledFault & {
  readonly id: number;
  prepared?: PreparedFault;
  active?: ActiveFault | undefined;
  proof?: Proof | undefined;
  startMs?: number;
  endMs?: number;
  isHealed: boolean;
  failure?: string;
};

export type FaultDependencies = {
  readonly engine: Engine;
  readonly workload: Workload;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
};

/** The faults of one run of a scenario: prepared, injected, proven and healed, each at its time. */
export class ScenarioFaults {
  readonly #faults: readonly RunningFault[];
  readonly #use: FaultDependencies;

  constructor(planned: readonly ScheduledFault[], dependencies: FaultDependencies) {
    this.#faults = planned.map((fault, id) => ({ ...fault, id, isHealed: false }));
    this.#use = dependencies;
  }

  /** Those in force now, as a reader sees them. */
  get inForce(): string[] {
    return this.#faults.filter(({ active, isHealed }) => active && !isHealed).map(nameOf);
  }

  /** Begins to observe what will be struck. Rejects with SkipScenario where something cannot be done here after all. */
  async prepare(): Promise<void> {
    for (const fault of this.#faults) {
      this.#use.signal.throwIfAborted();
      const { engine } = this.#use;
      const { effect } = fault.planned;
      const offer = engine.offers(effect, 'this cluster');
      if ('reason' in offer) throw new SkipScenario(offer.reason);
      fault.prepared = await engine.observe(fault.planned);
    }
  }

  /** Each fault is injected at its time, proven shortly before its end, and healed there, or with all others after the hold. */
  async hold(holdMs: number): Promise<void> {
    const { clock, signal } = this.#use;
    for (const fault of this.#faults) this.#steadyIsOver(fault);
    const startMs = clock.nowMs();
    const until = (offsetMs: number) => clock.sleep(Math.max(0, startMs + offsetMs - clock.nowMs()), signal);
    await Promise.all(
      this.#faults.map(async (fault) => {
        const { atMs, forMs = holdMs } = fault.spec;
        const endMs = Math.min(holdMs, atMs + forMs);
        await until(atMs);
        await this.#inject(fault);
        if (!fault.active) return;
        await until(Math.max(atMs, endMs - proofLeadMs));
        await this.#prove(fault);
        if (endMs < holdMs) {
          await until(endMs);
          await this.#heal(fault);
        }
      }),
    );
    await until(holdMs);
  }

  /** Heals what is not healed yet. A heal that fails is told and recorded; it does not reject. Safe to call twice. */
  async heal(): Promise<void> {
    await Promise.all(this.#faults.map((fault) => this.#heal(fault)));
  }

  /** Ends the observations. */
  async release(): Promise<void> {
    for (const { prepared } of this.#faults)
      await prepared?.release().catch((error) => this.#use.logger.warn(`releasing a probe: ${messageOf(error)}`));
  }

  records(relative: (ms: number) => number): FaultRecord[] {
    return this.#faults.map((fault) => recordOf(fault, relative));
  }

  /** What was injected and observed over time, of each fault that is a measure. */
  series(): ProofSeries[] {
    return this.#faults.flatMap((fault) =>
      (fault.proof?.overTime ?? []).map((one) => ({ ...one, name: `${one.name} (${nameOf(fault)})` })),
    );
  }

  /** A node that ended by itself, with what the faults had sent it, so that a crash can be had again. */
  async recordCrash(crash: Crash, relative: (ms: number) => number): Promise<ScenarioRecord['crashes'][number]> {
    const named = this.#faults.map(async ({ active }) => (await active?.suspects?.(crash.node, crash.atMs)) ?? []);
    const suspects = (await Promise.all(named)).flat();
    return { ...crash, atMs: relative(crash.atMs), ...(suspects.length === 0 ? {} : { suspects }) };
  }

  async #inject(fault: RunningFault): Promise<void> {
    const { workload, clock } = this.#use;
    const { id, planned, prepared } = fault;
    fault.startMs = clock.nowMs();
    await workload.call('impactBegins', { id, impact: planned.impact });
    try {
      fault.active = await prepared?.inject();
    } catch (error) {
      // It is not proven then; the scenario goes on and ends inconclusive, with the reason.
      fault.failure = `not injected${error instanceof NotRolledBack ? '' : ', rolled back'}: ${messageOf(error)}`;
      this.#warn(fault, fault.failure);
      await this.#heal(fault);
      return;
    }
    fault.active?.impactOver?.then(() => workload.call('impactEnds', id)).catch(() => {});
  }

  /** Without this the fault is compared with all that was seen until its injection. */
  #steadyIsOver(fault: RunningFault): void {
    try {
      fault.prepared?.steadyIsOver();
    } catch (error) {
      this.#warn(fault, `the steady phase could not be measured: ${messageOf(error)}`);
    }
  }

  /** A proof that cannot be taken proves nothing, and ends no run. */
  async #prove(fault: RunningFault): Promise<void> {
    try {
      fault.proof = await fault.active?.prove();
    } catch (error) {
      fault.failure = `the proof failed: ${messageOf(error)}`;
      this.#warn(fault, fault.failure);
    }
  }

  async #heal(fault: RunningFault): Promise<void> {
    const { workload, clock } = this.#use;
    if (fault.isHealed) return;
    try {
      // Also where nothing is in force: an injection may have failed half-way, or still go on.
      await fault.prepared?.heal();
      fault.isHealed = true;
    } catch (error) {
      const failure = `the heal failed: ${messageOf(error)}`;
      // Of an injection that failed, what went wrong first says more.
      if (fault.active) fault.failure = failure;
      else fault.failure ??= failure;
      this.#warn(fault, failure);
    }
    if (fault.startMs === undefined) return;
    fault.endMs = clock.nowMs();
    await workload.call('impactEnds', fault.id).catch(() => {});
  }

  #warn(fault: RunningFault, what: string): void {
    this.#use.logger.warn(`${nameOf(fault)}: ${what}`);
  }
}

function nameOf({ planned }: RunningFault): string {
  return `${planned.kind} on ${planned.target}`;
}

function recordOf(fault: RunningFault, relative: (ms: number) => number): FaultRecord {
  const { planned, active, proof, isHealed, failure } = fault;
  return {
    kind: planned.kind,
    target: planned.target,
    mechanism: active?.mechanism ?? 'none',
    injected: planned.injected,
    observed: failure ?? proof?.observed ?? 'nothing was observed',
    proven: failure === undefined && proof?.proven === true,
    figures: proof?.figures ?? {},
    startMs: relative(fault.startMs ?? 0),
    endMs: relative(fault.endMs ?? fault.startMs ?? 0),
    healed: isHealed,
  };
}
