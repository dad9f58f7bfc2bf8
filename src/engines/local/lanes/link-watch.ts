import type { OnLinks, Path } from '../../../model/effects.ts';
import { type Condition, moreThan, none } from '../../proof.ts';
import { type FaultEnvironment, type Lane, type NetworkMap, requireLinks } from '../environment.ts';
import type { Links } from '../links/links.ts';
import { type LinkProbe, startLinkProbe } from '../links/probe.ts';
import type { DirectionCounters } from '../links/types.ts';

/** Every lane that a choice of links means, each once. */
export function lanesOf(struck: OnLinks, { network }: FaultEnvironment): Lane[] {
  return [
    ...struck.paths.flatMap(({ from, to }) => network.path(from, to)),
    ...struck.clients.flatMap((node) => network.client(node)),
  ];
}

/**
 * What every fault of links between nodes needs besides its own effect: the broker's own traffic was in the struck links, and the nodes
 * have no connection to one another past them.
 */
export async function carriesTraffic(
  { what, amount }: { readonly what: string; readonly amount: number },
  { paths }: Pick<OnLinks, 'paths'>,
  { network }: Pick<FaultEnvironment, 'network'>,
): Promise<Condition[]> {
  const hint = paths.length === 0 ? undefined : network.remedy;
  return [{ ...moreThan(what, amount, 0), hint }, ...(await nonePast(paths, network))];
}

/** What a node sends a peer on a connection that goes past the links, no fault of the links touches. */
export async function nonePast(paths: readonly Path[], { past, remedy }: NetworkMap): Promise<Condition[]> {
  if (paths.length === 0) return [];
  return [{ ...none('connections between the nodes past the link proxies', await past(paths)), hint: remedy }];
}

export type LaneObservation = {
  readonly lane: Lane;
  readonly probe: ReturnType<LinkProbe['read']>['forward'];
  /** The broker's own traffic on the lane since `mark`. */
  readonly traffic: { readonly offeredBytes: number; readonly deliveredBytes: number };
};

/**
 * Watches lanes by means other than the proxy that shapes them: connections of its own through the same links, timed at both ends,
 * and the count of the broker's own bytes. Started before the steady phase, so that there is something to compare with.
 */
export class LinkWatch {
  readonly #links: Links;
  readonly #lanes: readonly Lane[];
  readonly #probes: ReadonlyMap<string, LinkProbe>;
  #before: readonly DirectionCounters[] = [];

  private constructor(links: Links, lanes: readonly Lane[], probes: ReadonlyMap<string, LinkProbe>) {
    this.#links = links;
    this.#lanes = lanes;
    this.#probes = probes;
    this.mark();
  }

  static async start(
    environment: FaultEnvironment,
    lanes: readonly Lane[],
    options: { lanes: number; intervalMs: number },
  ): Promise<LinkWatch> {
    const links = requireLinks(environment);
    const ids = [...new Set(lanes.map(({ linkId }) => linkId))];
    const probes = new Map<string, LinkProbe>();
    try {
      for (const id of ids) probes.set(id, await startLinkProbe(links, id, options));
      return new LinkWatch(links, lanes, probes);
    } catch (error) {
      await Promise.all([...probes.values()].map((probe) => probe.stop()));
      throw error;
    }
  }

  /** A new window of observation begins. */
  mark(): void {
    for (const probe of this.#probes.values()) probe.mark();
    this.#before = this.#lanes.map((lane) => this.#counters(lane));
  }

  /** What was seen on each lane since `mark`. */
  read(): LaneObservation[] {
    const windows = new Map([...this.#probes].map(([id, probe]) => [id, probe.read()]));
    return this.#lanes.map((lane, i) => {
      const window = windows.get(lane.linkId);
      const before = this.#before[i];
      if (!window || !before) throw new Error(`no probe on ${lane.linkId}`);
      const now = this.#counters(lane);
      return {
        lane,
        probe: window[lane.direction],
        traffic: {
          offeredBytes: now.bytesOffered - before.bytesOffered,
          deliveredBytes: now.bytesDelivered - before.bytesDelivered,
        },
      };
    });
  }

  /** How many links answer a new connection in time, of how many. */
  async answering(withinMs: number): Promise<{ readonly answered: number; readonly links: number }> {
    const answers = await Promise.all([...this.#probes.values()].map((probe) => probe.answers(withinMs)));
    return { answered: answers.filter(Boolean).length, links: answers.length };
  }

  /** Connections of the probes that were lost since `mark` and made again. */
  reconnects(): number {
    return sum([...this.#probes.values()].map((probe) => probe.read().reconnects));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#probes.values()].map((probe) => probe.stop()));
  }

  #counters(lane: Lane): DirectionCounters {
    return this.#links.counters(lane.linkId)[lane.direction];
  }
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The middle value; undefined of nothing. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]
    : sorted.length === 0
      ? undefined
      : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
