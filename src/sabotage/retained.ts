import type { Packet } from 'mqtt-packet';
import type { Peer } from './sabotage.ts';
import { bytesOf, isMessage } from './strikes.ts';

type Topic = { readonly value: Buffer; readonly older: Buffer | undefined; readonly node: string };

/** Remembers what was retained by which topic, and at which node it was published last. */
export function retainedTopics() {
  const topics = new Map<string, Topic>();
  const nodes = new Set<string>();
  return {
    note(packet: Packet, { node }: Peer): undefined {
      nodes.add(node);
      if (!isMessage(packet) || !packet.retain || packet.dup || packet.payload.length === 0) return;
      const known = topics.get(packet.topic);
      topics.set(packet.topic, { value: Buffer.from(bytesOf(packet.payload)), older: known?.value, node });
    },
    /** The value that the topic had before its last one; undefined where it has had no other. */
    older: (topic: string): Buffer | undefined => topics.get(topic)?.older,
    /** Whether the client is at another node than the last publisher; of a cluster of one node everything is another. */
    isElsewhere: (topic: string, { node }: Peer): boolean => nodes.size < 2 || topics.get(topic)?.node !== node,
  };
}
