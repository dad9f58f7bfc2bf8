import type { Samples } from '../metrics/scrape.ts';

/** What the broker said of itself in one phase. */
export type Observables = {
  readonly seconds: number;
  /** Log lines that all nodes wrote in it. */
  readonly logLines: number;
  /** The last samples of each node when it ended. */
  readonly metrics: ReadonlyMap<string, Samples>;
};

/** Names of metrics that tell of trouble between nodes or with clients, as brokers call them. */
const troubleMetric =
  /peer|route|link|cluster|disconnect|reconnect|error|fail|drop|timeout|retr|outbox|queue|inflight|lag|unack/i;

/**
 * How many of the scenario's faults the broker itself showed: all of them when its logs grew at twice the steady rate or a metric of
 * trouble moved by more than in the steady phase, none otherwise; null when it neither logs nor measures anything.
 * Faults in force together cannot be told apart by this.
 */
export function seenByBroker(
  warmUp: Observables | undefined,
  steady: Observables | undefined,
  hold: Observables | undefined,
  faults: number,
): number | null {
  if (!steady || !hold) return null;
  if (hold.metrics.size === 0 && steady.logLines + hold.logLines === 0) return null;
  const steadyRate = steady.logLines / Math.max(1, steady.seconds);
  const holdRate = hold.logLines / Math.max(1, hold.seconds);
  const logged = hold.logLines > 0 && holdRate >= 2 * steadyRate;
  return logged || metricMoved(warmUp, steady, hold) ? faults : 0;
}

function metricMoved(warmUp: Observables | undefined, steady: Observables, hold: Observables): boolean {
  const longer = Math.max(1, hold.seconds / Math.max(1, steady.seconds));
  for (const [node, samples] of hold.metrics) {
    const before = steady.metrics.get(node);
    if (!before) continue;
    for (const [name, value] of Object.entries(samples)) {
      // A counter of messages moves anyway, and a restless gauge does too; what a fault moves is trouble at rest.
      const was = before[name];
      if (was === undefined || !troubleMetric.test(name) || /message|byte|second/i.test(name)) continue;
      const restless = Math.abs(was - (warmUp?.metrics.get(node)?.[name] ?? was)) * longer;
      if (Math.abs(value - was) > restless) return true;
    }
  }
  return false;
}
