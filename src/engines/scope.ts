import { ChaosError, messageOf } from '../base/error.ts';
import type { Injector, PreparedFault } from './injection.ts';

/** Where it is written down how each step is undone, before the step is done. */
export type Book<Entry> = {
  /** Returns what to call when it has been undone. Throws when it cannot be written. */
  add(entry: Entry, why: string): () => void;
};

type TakeBack = () => Promise<void>;

/**
 * What one fault has done so far, and how to take it back. Ledger, rollback of an injection that failed half-way and heal are all here:
 * an injection says before each step how the step is undone, and undoes nothing itself.
 */
export class Scope<Entry> {
  readonly #kind: string;
  readonly #book: Book<Entry>;
  /** In the order in which the steps were done. */
  readonly #steps = new Set<TakeBack>();
  readonly #ending = new AbortController();

  constructor(kind: string, book: Book<Entry>) {
    this.#kind = kind;
    this.#book = book;
  }

  /** Aborted when the fault is to be taken back. An injection, or what it has started, waits for nothing any more. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /**
   * To be called before a step is done: writes `entry` into the ledger, and remembers `action`, which undoes the step. `action` may find the step
   * not done, or half done. It is called until it has succeeded once, and not again. Returns what undoes this step earlier than the others.
   * Throws when the ledger cannot be written, or the fault is being taken back: the step must not be done.
   */
  undo(entry: Entry, action: () => void | Promise<void>): TakeBack {
    this.#requireOpen();
    const undone = this.#book.add(entry, this.#kind);
    let [acted, over] = [false, false];
    let running: Promise<void> | undefined;
    const act = async (): Promise<void> => {
      if (!acted) await action();
      acted = true;
      undone();
      over = true;
      this.#steps.delete(takeBack);
    };
    const takeBack: TakeBack = () => {
      if (over) return Promise.resolve();
      running ??= act().finally(() => {
        running = undefined;
      });
      return running;
    };
    this.#steps.add(takeBack);
    return takeBack;
  }

  /** No further step may be done. */
  end(): void {
    this.#ending.abort(new ChaosError('fault', `${this.#kind} was taken back before it was injected`));
  }

  /** Undoes what was done, the last step first. Each is tried; rejects when one failed, which the next call tries again. */
  async takeBack(): Promise<void> {
    const failures: string[] = [];
    for (const takeBack of [...this.#steps].reverse()) {
      try {
        await takeBack();
      } catch (error) {
        failures.push(messageOf(error));
      }
    }
    if (failures.length > 0) throw new ChaosError('fault', failures.join('; '));
  }

  #requireOpen(): void {
    if (this.#ending.signal.aborted) throw this.#ending.signal.reason;
  }
}

/** What of an injection that failed half-way could not be taken back at once. */
export class NotRolledBack extends ChaosError {
  constructor(injection: unknown, rollback: unknown) {
    super('fault', `${messageOf(injection)}; what had been done could not be taken back: ${messageOf(rollback)}`, {
      cause: injection,
    });
  }
}

/** Gives an injector its scope: an injection that throws is rolled back, and the heal undoes what was done, however far it came. */
export function scoped<Entry>(kind: string, book: Book<Entry>, injector: Injector<Entry>): PreparedFault {
  const scope = new Scope(kind, book);
  let injecting: Promise<unknown> = Promise.resolve();
  const inject = async () => {
    scope.signal.throwIfAborted();
    try {
      return await injector.inject(scope);
    } catch (error) {
      scope.end();
      await scope.takeBack().catch((rollback: unknown) => {
        throw new NotRolledBack(error, rollback);
      });
      throw error;
    }
  };
  return {
    steadyIsOver: () => injector.steadyIsOver?.(),
    inject() {
      const injected = inject();
      injecting = injected.catch(() => {});
      return injected;
    },
    async heal() {
      scope.end();
      await injecting;
      await scope.takeBack();
    },
    release: () => injector.release(),
  };
}
