import type { Impact } from '../model/impact.ts';

type Span = { readonly impact: Impact; readonly fromMs: number; toMs: number };

/** Which faults were in force when, as an actor needs it: what a fault touched is not held against the broker. Times are monotonic. */
export class FaultsInForce {
  readonly #spans: Span[] = [];

  /** A fault is in force from now on; the returned function ends it. */
  begin(impact: Impact, nowMs: number): (endMs: number) => void {
    const span: Span = { impact, fromMs: nowMs, toMs: Number.POSITIVE_INFINITY };
    this.#spans.push(span);
    return (endMs) => {
      span.toMs = endMs;
    };
  }

  /** A fault has been in force, now or before. */
  get hasBegun(): boolean {
    return this.#spans.length > 0;
  }

  /** Whether any fault was in force at some time between these, whatever its impact. */
  any(fromMs: number, toMs: number): boolean {
    return this.#during(fromMs, toMs).length > 0;
  }

  /** Whether one of these nodes was struck, or a path from or to it was cut, at some time between these. */
  struck(nodes: readonly string[], fromMs: number, toMs: number): boolean {
    return this.#during(fromMs, toMs).some(
      ({ impact }) =>
        impact.unavailableNodes.some((node) => nodes.includes(node)) ||
        impact.cutPaths.some(({ from, to }) => nodes.includes(from) || nodes.includes(to)),
    );
  }

  #during(fromMs: number, toMs: number): Span[] {
    return this.#spans.filter((span) => span.fromMs <= toMs && fromMs <= span.toMs);
  }
}
