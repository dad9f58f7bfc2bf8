import { messageOf } from '../../../base/error.ts';
import type { Logger } from '../../../base/logger.ts';
import type { LocalScope } from '../effect.ts';
import type { Lane } from '../environment.ts';
import type { Links } from '../links/links.ts';
import type { NftTable, PacketCount } from '../machine/nft.ts';
import type { Netem, ShapedClass, Shaper } from '../machine/qdisc.ts';
import { LaneClasses } from './lane-classes.ts';

/**
 * The packets of this run's links, as the kernel handles them; there only with privileges. When a scope takes a fault back, packets pass as
 * before; those that wait in netem keep their time, and may be overtaken.
 */
export type Packets = {
  /** Drops this share, 0 to 1, of the packets on each lane, those of probes included. In force when it resolves. */
  drop(lanes: readonly Lane[], share: number, scope: LocalScope): Promise<PacketDrop>;
  /**
   * Has netem handle the packets on each lane, those of probes included, each lane for itself. Several on one lane add up: delays
   * are summed, the lowest rate counts. Undefined where the kernel has no netem, and resolves with undefined where the loopback
   * device has turned out to be somebody else's.
   */
  readonly shape:
    | ((lanes: readonly Lane[], netem: Netem, scope: LocalScope) => Promise<PacketShape | undefined>)
    | undefined;
};

export type PacketShape = {
  /** How many packets of the broker's own went through netem: that probes do is no proof that they do. */
  packets(): Promise<number>;
};

export type PacketDrop = {
  /** What the kernel has counted since, lane by lane. */
  read(): Promise<readonly LanePackets[]>;
};

export type LanePackets = {
  readonly lane: Lane;
  /** The broker's own, and those of the probes through the same link. */
  readonly traffic: DropCount;
  readonly probes: DropCount;
};

export type DropCount = { readonly offered: number; readonly dropped: number };

const perMillion = 1_000_000;

/** The packets of a lane, those of the broker or those of the probes, and what the counters are called that count them. */
type Part = { readonly name: string; readonly lane: Lane; readonly ports: readonly number[] };

export type NftPacketsOptions = {
  readonly links: Pick<Links, 'ports'>;
  readonly table: () => Promise<NftTable>;
  readonly shaper: (() => Promise<Shaper>) | undefined;
  readonly logger: Logger;
  /** Connections come redirected: their answers bear the port that was dialled, and only the kernel's memory of them knows the proxy's. */
  readonly redirected: boolean;
};

/**
 * Drops by nft, delays by netem. The hop that is struck is the one between the proxy and the side that dials it: each link has a proxy
 * of its own, so that its ports name the pair of nodes and the direction. Packets are dropped where they come in: the sender's TCP
 * must not notice, as it would of a packet that does not go out. They are queued where they go out, as queueing disciplines are.
 */
export function nftPackets(options: NftPacketsOptions): Packets {
  let injections = 0;
  const classes = new LaneClasses();
  const { shaper } = options;
  return {
    drop: (lanes, share, scope) => drop(options, { chain: `drop_${++injections}`, lanes, share, scope }),
    shape:
      shaper &&
      (async (lanes, netem, scope) => {
        const discipline = await shaper().catch((error: unknown) => {
          options.logger.warn(`netem cannot be used, the link proxies are: ${messageOf(error)}`);
          return undefined;
        });
        if (!discipline) return undefined;
        return shape(options, { chain: `netem_${++injections}`, lanes, netem, scope, classes, discipline });
      }),
  };
}

async function drop(
  options: NftPacketsOptions,
  { chain, lanes, share, scope }: { chain: string; lanes: readonly Lane[]; share: number; scope: LocalScope },
): Promise<PacketDrop> {
  const table = await options.table();
  const chance = Math.round(share * perMillion);
  const parts = partsOf(options, chain, lanes);
  const counters = parts.flatMap(({ name }) => [`${name}_offered`, `${name}_dropped`]);
  scope.undo({ type: 'ends-with-run', what: `drop on ${lanes.length} link directions` }, () =>
    takeAway(table, chain, counters),
  );
  await table.load(
    [
      ...counters.map((name) => `create counter TABLE ${name}`),
      `create chain TABLE ${chain} { type filter hook input priority 0; policy accept; }`,
      ...parts.flatMap(({ name, lane, ports }) => {
        const which = comingIn(options, lane, ports);
        const some = chance >= perMillion ? '' : `numgen random mod ${perMillion} < ${chance} `;
        return [
          `add rule TABLE ${chain} ${which} counter name ${name}_offered`,
          `add rule TABLE ${chain} ${which} ${some}counter name ${name}_dropped drop`,
        ];
      }),
    ].join('\n'),
  );
  return {
    async read() {
      const counts = await table.counters();
      const countOf = (name: string): DropCount => ({
        offered: packetsOf(counts.get(`${name}_offered`)),
        dropped: packetsOf(counts.get(`${name}_dropped`)),
      });
      return lanes.map((lane, i) => ({
        lane,
        traffic: countOf(`${chain}_${i}_traffic`),
        probes: countOf(`${chain}_${i}_probes`),
      }));
    },
  };
}

type Shaping = {
  readonly chain: string;
  readonly lanes: readonly Lane[];
  readonly netem: Netem;
  readonly scope: LocalScope;
  readonly classes: LaneClasses;
  readonly discipline: Shaper;
};

async function shape(
  options: NftPacketsOptions,
  { chain, lanes, netem, scope, classes, discipline }: Shaping,
): Promise<PacketShape> {
  const table = await options.table();
  const parts = partsOf(options, chain, lanes);
  // One of its own, to be told from an equal one when it is healed.
  const own = { ...netem };
  const classOf = new Map<Lane, ShapedClass>();
  const counters = parts.map(({ name }) => name);
  scope.undo({ type: 'ends-with-run', what: `netem on ${lanes.length} link directions` }, async () => {
    await takeAway(table, chain, counters);
    await classes.withdraw(lanes, own);
  });
  for (const lane of lanes) classOf.set(lane, await classes.request(discipline, lane, own));
  await table.load(
    [
      ...counters.map((name) => `create counter TABLE ${name}`),
      `create chain TABLE ${chain} { type filter hook output priority 0; policy accept; }`,
      ...parts.map(
        ({ name, lane, ports }) =>
          `add rule TABLE ${chain} ${goingOut(lane, ports)} counter name ${name} meta priority set ${classOf.get(lane)?.id}`,
      ),
    ].join('\n'),
  );
  return {
    async packets() {
      const counts = await table.counters();
      const traffic = counters.filter((name) => name.endsWith('_traffic'));
      return traffic.reduce((total, name) => total + packetsOf(counts.get(name)), 0);
    },
  };
}

function partsOf({ links }: NftPacketsOptions, chain: string, lanes: readonly Lane[]): Part[] {
  return lanes.flatMap((lane, i) => {
    const { traffic, lanes: probes } = links.ports(lane.linkId);
    return [
      { name: `${chain}_${i}_traffic`, lane, ports: [traffic] },
      { name: `${chain}_${i}_probes`, lane, ports: probes },
    ].filter(({ ports }) => ports.length > 0);
  });
}

function comingIn({ redirected }: NftPacketsOptions, { direction }: Lane, ports: readonly number[]): string {
  const set = `{ ${ports.join(', ')} }`;
  if (direction === 'forward') return `iif "lo" tcp dport ${set}`;
  return redirected
    ? `iif "lo" meta l4proto tcp ct direction reply ct reply proto-src ${set}`
    : `iif "lo" tcp sport ${set}`;
}

/** Redirected connections too: their packets bear the proxy's port where they leave, until after this hook. */
function goingOut({ direction }: Lane, ports: readonly number[]): string {
  return `oif "lo" tcp ${direction === 'forward' ? 'dport' : 'sport'} { ${ports.join(', ')} }`;
}

/** Whether they are there or not: what is added first can be deleted. */
function takeAway(table: NftTable, chain: string, counters: readonly string[]): Promise<void> {
  return table.load(
    [
      `add chain TABLE ${chain}`,
      ...counters.map((name) => `add counter TABLE ${name}`),
      `flush chain TABLE ${chain}`,
      `delete chain TABLE ${chain}`,
      ...counters.map((name) => `delete counter TABLE ${name}`),
    ].join('\n'),
  );
}

function packetsOf(count: PacketCount | undefined): number {
  return count?.packets ?? 0;
}
