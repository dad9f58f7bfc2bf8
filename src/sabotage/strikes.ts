import type { IPublishPacket, Packet } from 'mqtt-packet';
import type { Random } from '../base/random.ts';
import { decodePayload } from '../workload/payload.ts';

/**
 * Says of each packet that could be struck whether it is: one of every `every` in a row of the same client. Which one of them, the seed
 * decides, for each client by itself, so that it does not depend on how the packets of clients come in between one another.
 */
export function oneIn(every: number, random: Random): (clientId: string) => boolean {
  const clients = new Map<string, { readonly random: Random; count: number; struck: number }>();
  return (clientId) => {
    let client = clients.get(clientId);
    if (client === undefined) {
      const own = random.fork(clientId);
      client = { random: own, count: 0, struck: own.below(every) };
      clients.set(clientId, client);
    }
    const isStruck = client.count === client.struck;
    client.count++;
    if (client.count === every) {
      client.count = 0;
      client.struck = client.random.below(every);
    }
    return isStruck;
  };
}

/** A value for each key, made when it is first asked for. */
export function perKey<K, V>(make: () => V): (key: K) => V {
  const values = new Map<K, V>();
  return (key) => {
    const known = values.get(key);
    if (known !== undefined) return known;
    const made = make();
    values.set(key, made);
    return made;
  };
}

/**
 * Clients that ask what the broker can do and whether it is whole. They are left alone: what they see decides what the workload is, and a
 * check that was never run has not caught anything.
 */
export function isProbe(clientId: string): boolean {
  return /^chaos-(feature|reach|health)-|^chaos-[0-9a-f]+-paths-/.test(clientId);
}

/**
 * A PUBLISH that may be struck: no message of the warm-up, and none whose topic is a number that an earlier packet explained (MQTT 5,
 * topic alias), or that explains one.
 */
export function isMessage(packet: Packet): packet is IPublishPacket {
  return packet.cmd === 'publish' && packet.properties?.topicAlias === undefined && !isWarmUp(packet);
}

function isWarmUp({ payload }: IPublishPacket): boolean {
  const decoded = decodePayload(bytesOf(payload));
  return decoded.ok && decoded.header.kind === 'warm-up';
}

export function bytesOf(payload: string | Buffer): Buffer {
  return typeof payload === 'string' ? Buffer.from(payload) : payload;
}
