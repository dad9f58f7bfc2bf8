import type { Lane } from '../environment.ts';
import type { Netem, ShapedClass, Shaper } from '../machine/qdisc.ts';

/** The netem class of each lane, and what is asked of it now: several faults on one lane add up. */
export class LaneClasses {
  /** By link and direction, once it has had one. */
  readonly #byLane = new Map<string, { readonly own: ShapedClass; readonly asked: Netem[] }>();
  #turn: Promise<unknown> = Promise.resolve();

  /** Asks this of a lane too; its class. */
  request(shaper: Shaper, lane: Lane, netem: Netem): Promise<ShapedClass> {
    return this.#inTurn(async () => {
      const known = this.#byLane.get(keyOf(lane));
      if (!known) {
        const own = await shaper.add(netem);
        this.#byLane.set(keyOf(lane), { own, asked: [netem] });
        return own;
      }
      known.asked.push(netem);
      await known.own.change(together(known.asked));
      return known.own;
    });
  }

  /** No longer asks this very object of these lanes. */
  withdraw(lanes: readonly Lane[], netem: Netem): Promise<void> {
    return this.#inTurn(async () => {
      const left = lanes.flatMap((lane) => {
        const known = this.#byLane.get(keyOf(lane));
        if (!known) return [];
        const place = known.asked.indexOf(netem);
        if (place >= 0) known.asked.splice(place, 1);
        // With nothing asked no packet comes here any more.
        return known.asked.length > 0 ? [known] : [];
      });
      for (const { own, asked } of left) await own.change(together(asked));
    });
  }

  /** Faults that begin together take turns, or each would make a class of its own for the same lane. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(act);
    this.#turn = result.catch(() => {});
    return result;
  }
}

function keyOf({ linkId, direction }: Lane): string {
  return `${linkId} ${direction}`;
}

function together(asked: readonly Netem[]): Netem {
  const total = (key: 'delayMs' | 'jitterMs'): number => asked.reduce((sum, netem) => sum + (netem[key] ?? 0), 0);
  const rates = asked.flatMap(({ bytesPerSecond }) => (bytesPerSecond === undefined ? [] : [bytesPerSecond]));
  return {
    delayMs: total('delayMs'),
    jitterMs: total('jitterMs'),
    bytesPerSecond: rates.length === 0 ? undefined : Math.min(...rates),
  };
}
