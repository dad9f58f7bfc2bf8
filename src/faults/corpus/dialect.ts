import type { Random } from '../../base/random.ts';
import type { Level } from './broken-class.ts';
import { bytes, type PacketType, type Part, packet, packetId, topic, types } from './bytes.ts';

/** How packets of one level are written where nothing is wrong with them. */
export type Dialect = {
  readonly level: Level;
  /** No properties: nothing at level 4, a length of 0 at level 5. */
  readonly none: Buffer;
  /** `id` is left out at QoS 0. */
  publish(flags: number, topic: Part, id: Buffer | undefined, ...payload: readonly Part[]): Buffer;
  /** `filters` are pairs of a filter and its options. */
  subscribe(id: Buffer, ...filters: readonly Part[]): Buffer;
  unsubscribe(id: Buffer, ...filters: readonly Part[]): Buffer;
};

export function dialectOf(level: Level): Dialect {
  const none = level === 5 ? bytes(0) : Buffer.alloc(0);
  return {
    level,
    none,
    publish: (flags, to, id = Buffer.alloc(0), ...payload) => packet(types.publish, flags, to, id, none, ...payload),
    subscribe: (id, ...filters) => packet(types.subscribe, 2, id, none, ...filters),
    unsubscribe: (id, ...filters) => packet(types.unsubscribe, 2, id, none, ...filters),
  };
}

export const dialects: readonly Dialect[] = [dialectOf(4), dialectOf(5)];

/** The lower half of the first byte, as it must be. */
export function flagsOf(type: PacketType): number {
  return type === 'pubrel' || type === 'subscribe' || type === 'unsubscribe' ? 2 : 0;
}

/** The body of a packet that is as it should be. Acknowledgements are the short ones, without a reason code. */
export function bodyOf(type: PacketType, { none }: Dialect, random: Random): Part[] {
  switch (type) {
    case 'subscribe':
      return [packetId(random), none, topic, 0];
    case 'unsubscribe':
      return [packetId(random), none, topic];
    case 'pingreq':
    case 'disconnect':
    case 'auth':
      return [];
    default:
      return [packetId(random)];
  }
}
