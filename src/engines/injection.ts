import type { Proof } from './proof.ts';
import type { Scope } from './scope.ts';

/** What an engine has made ready to be injected. It observes what will be struck already, so that there is something to compare with. */
export type Injector<Entry> = {
  /**
   * The steady phase is over: what was observed until now is what the effect is compared with. Called once, before the first fault of the
   * scenario is injected, so that no other fault is taken for calm.
   */
  steadyIsOver?(): void;
  /** Does it. Before each step it tells the scope how the step is undone; where it throws, the scope does that. */
  inject(scope: Scope<Entry>): Promise<ActiveFault>;
  /** Ends the observation; called once, healed or not, injected or not. */
  release(): Promise<void>;
};

/** The same with its scope: what the conductor deals with. */
export type PreparedFault = {
  /** The steady phase is over; called once, before any fault of the scenario is injected. */
  steadyIsOver(): void;
  /** Called once. Where it rejects, what had been done is taken back already, unless it rejects with NotRolledBack. */
  inject(): Promise<ActiveFault>;
  /**
   * Takes the fault away, however far the injection came; afterwards nothing of it is left, and nothing more is injected. Safe to call twice,
   * and while the injection goes on. What failed is tried again by the next call.
   */
  heal(): Promise<void>;
  /** Ends the observation; called once, after the heal. */
  release(): Promise<void>;
};

export type ActiveFault = {
  /** How it was done: `link proxy`, `SIGSTOP`. */
  readonly mechanism: string;
  /** Resolves when the impact ends before the heal does it, as a restart's does with its downtime. */
  readonly impactOver?: Promise<void>;
  /** Looks, shortly before the heal, whether the fault is really in force. */
  prove(): Promise<Proof>;
  /**
   * What this fault may have ended a node with that died by itself at that time (monotonic), the likeliest first, in words that
   * allow to do it again. Absent for a fault that sends nothing.
   */
  suspects?(node: string, atMs: number): Promise<readonly string[]>;
};
