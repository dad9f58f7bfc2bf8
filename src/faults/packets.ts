import type { Links } from '../links/links.ts';
import type { NftTable, PacketCount } from '../machine/nft.ts';
import type { Lane } from './environment.ts';

/** The packets of this run's links, as the kernel handles them; there only with privileges. */
export type Packets = {
  /** Drops this share, 0 to 1, of the packets on each lane, those of probes included. In force when it resolves. */
  drop(lanes: readonly Lane[], share: number): Promise<PacketDrop>;
};

export type PacketDrop = {
  /** What the kernel has counted since, lane by lane. */
  read(): Promise<readonly LanePackets[]>;
  /** Safe to call twice. */
  heal(): Promise<void>;
};

export type LanePackets = {
  readonly lane: Lane;
  /** The broker's own, and those of the probes through the same link. */
  readonly traffic: Fate;
  readonly probes: Fate;
};

export type Fate = { readonly offered: number; readonly dropped: number };

const perMillion = 1_000_000;

/**
 * Drops by nft. The hop that is struck is the one between the proxy and the side that dials it: each link has a proxy of its own, so
 * that its ports name the pair of nodes and the direction. Packets are dropped where they come in: the sender's TCP must not
 * notice, as it would of a packet that does not go out.
 */
export function nftPackets(options: {
  readonly links: Pick<Links, 'ports'>;
  readonly table: () => Promise<NftTable>;
  /** Connections come redirected: their answers bear the port that was dialled, and only the kernel's memory of them knows the proxy's. */
  readonly redirected: boolean;
}): Packets {
  let injections = 0;

  const match = ({ direction }: Lane, ports: readonly number[]): string => {
    const set = `{ ${ports.join(', ')} }`;
    if (direction === 'forward') return `iif "lo" tcp dport ${set}`;
    return options.redirected
      ? `iif "lo" meta l4proto tcp ct direction reply ct reply proto-src ${set}`
      : `iif "lo" tcp sport ${set}`;
  };

  return {
    async drop(lanes, share) {
      const table = await options.table();
      const chain = `drop_${++injections}`;
      const chance = Math.round(share * perMillion);
      const parts = lanes.flatMap((lane, i) => {
        const { traffic, lanes: probes } = options.links.ports(lane.linkId);
        return [
          { name: `${chain}_${i}_traffic`, lane, ports: [traffic] },
          { name: `${chain}_${i}_probes`, lane, ports: probes },
        ].filter(({ ports }) => ports.length > 0);
      });
      const counters = parts.flatMap(({ name }) => [`${name}_offered`, `${name}_dropped`]);
      await table.load(
        [
          ...counters.map((name) => `create counter TABLE ${name}`),
          `create chain TABLE ${chain} { type filter hook input priority 0; policy accept; }`,
          ...parts.flatMap(({ name, lane, ports }) => {
            const which = match(lane, ports);
            const some = chance >= perMillion ? '' : `numgen random mod ${perMillion} < ${chance} `;
            return [
              `add rule TABLE ${chain} ${which} counter name ${name}_offered`,
              `add rule TABLE ${chain} ${which} ${some}counter name ${name}_dropped drop`,
            ];
          }),
        ].join('\n'),
      );
      let healed = false;
      return {
        async read() {
          const counts = await table.counters();
          const fate = (name: string): Fate => ({
            offered: packetsOf(counts.get(`${name}_offered`)),
            dropped: packetsOf(counts.get(`${name}_dropped`)),
          });
          return lanes.map((lane, i) => ({
            lane,
            traffic: fate(`${chain}_${i}_traffic`),
            probes: fate(`${chain}_${i}_probes`),
          }));
        },
        async heal() {
          if (healed) return;
          await table.load(
            [
              `flush chain TABLE ${chain}`,
              `delete chain TABLE ${chain}`,
              ...counters.map((name) => `delete counter TABLE ${name}`),
            ].join('\n'),
          );
          healed = true;
        },
      };
    },
  };
}

function packetsOf(count: PacketCount | undefined): number {
  return count?.packets ?? 0;
}
