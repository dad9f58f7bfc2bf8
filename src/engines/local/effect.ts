import type { EffectOf, EffectType } from '../../model/effects.ts';
import type { Injector } from '../injection.ts';
import type { Scope } from '../scope.ts';
import type { FaultEnvironment } from './environment.ts';
import type { Undo } from './ledger.ts';
import type { Capability } from './machine/machine.ts';

/** How this machine does one type of effect: one file and one line in registry.ts. An injection, a proof by something other than the injector, and a heal. */
export type LocalEffect<T extends EffectType> = {
  /** How it can be done, the best first; the first that this machine offers all of is taken. */
  readonly mechanisms: readonly Mechanism[];
  /** It wants nodes whose data folders are file systems of their own and this large, where the machine allows that. */
  readonly dataFolderBytes?: number;
  /** Why it cannot be done to the cluster that stands, where the machine would allow it; undefined when it can. */
  whyNot?(effect: EffectOf<T>, environment: FaultEnvironment): string | undefined;
  /** Begins to observe what will be struck. */
  observe(effect: EffectOf<T>, environment: FaultEnvironment): Promise<LocalInjector>;
};

/** One way to do an effect, and what it needs of a machine beside processes and sockets of this user's own. */
export type Mechanism = { readonly name: string; readonly needs: readonly Capability[] };

export type LocalScope = Scope<Undo>;
export type LocalInjector = Injector<Undo>;
