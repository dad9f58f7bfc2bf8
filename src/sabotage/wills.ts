import type { Packet } from 'mqtt-packet';
import type { Peer } from './sabotage.ts';

/** Remembers which connections have a will. */
export function hasWill() {
  const peers = new WeakSet<Peer>();
  return {
    note(packet: Packet, peer: Peer): undefined {
      if (packet.cmd === 'connect' && packet.will) peers.add(peer);
    },
    of: (peer: Peer): boolean => peers.has(peer),
  };
}
