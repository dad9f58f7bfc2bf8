import type { Packet } from 'mqtt-packet';
import { matchesTopic } from '../embedded/topics.ts';
import type { Peer } from './sabotage.ts';

/** Remembers who subscribed to `$share/GROUP/FILTER` (MQTT 5, section 4.8.2; some brokers of MQTT 3.1.1 have it too). */
export function sharedGroups() {
  /** The members' connections by filter as subscribed, in the order in which their client ids came. */
  const groups = new Map<string, Map<string, Peer>>();

  /** The filter as subscribed by which alone a message may have come to the client. */
  const groupOf = (topic: string, { subscriptions }: Peer): string | undefined => {
    const matching = [...subscriptions.keys()].filter((filter) => matchesTopic(filterOf(filter), topic));
    return matching.length === 1 && matching[0]?.startsWith('$share/') ? matching[0] : undefined;
  };
  const membersOf = (topic: string, peer: Peer): Map<string, Peer> => {
    const group = groupOf(topic, peer);
    return (group === undefined ? undefined : groups.get(group)) ?? new Map();
  };

  return {
    note(packet: Packet, peer: Peer): undefined {
      // A client that comes back to its session is a member without saying so again.
      if (packet.cmd === 'connect')
        for (const members of groups.values()) if (members.has(peer.clientId)) members.set(peer.clientId, peer);
      if (packet.cmd === 'subscribe')
        for (const { topic } of packet.subscriptions)
          if (topic.startsWith('$share/')) groups.set(topic, (groups.get(topic) ?? new Map()).set(peer.clientId, peer));
      if (packet.cmd === 'unsubscribe')
        for (const topic of packet.unsubscriptions) groups.get(topic)?.delete(peer.clientId);
    },
    /** A connected member of the group, other than the client that the message came to. */
    otherMember: (topic: string, peer: Peer): Peer | undefined =>
      [...membersOf(topic, peer).values()].find((one) => one.clientId !== peer.clientId && isThere(one)),
    /** Whether the message came to the client that was the first to subscribe. */
    isFirstMember(topic: string, peer: Peer): boolean {
      const [first] = membersOf(topic, peer).keys();
      return first === peer.clientId;
    },
  };
}

function isThere({ isOpen, isTakenOver }: Peer): boolean {
  return isOpen && !isTakenOver;
}

/** `$share/GROUP/FILTER` without its group. */
function filterOf(subscribed: string): string {
  return subscribed.startsWith('$share/') ? subscribed.split('/').slice(2).join('/') : subscribed;
}
