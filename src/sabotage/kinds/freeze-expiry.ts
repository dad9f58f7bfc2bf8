import type { Sabotage } from '../sabotage.ts';
import { bytesOf, isMessage } from '../strikes.ts';

/** Messages whose interval is remembered; older ones are forgotten. */
const mostRemembered = 10_000;

export const freezeExpiry: Sabotage = {
  name: 'freeze-expiry',
  breaks: 'the Message Expiry Interval arrives as it was published, without the time that the message has waited',
  invariant: 'expiry',
  versions: [5],
  needs: ['mqtt5'],
  flow: 'expiry',
  report: 'hivemq/hivemq-community-edition#616',
  create() {
    const published = new Map<string, number>();
    const key = (topic: string, payload: string | Buffer): string => `${topic}\0${bytesOf(payload).toString('base64')}`;
    return {
      fromClient(packet) {
        const interval = isMessage(packet) ? packet.properties?.messageExpiryInterval : undefined;
        if (!isMessage(packet) || interval === undefined) return undefined;
        published.set(key(packet.topic, packet.payload), interval);
        const [oldest] = published.keys();
        if (published.size > mostRemembered && oldest !== undefined) published.delete(oldest);
        return undefined;
      },
      fromBroker(packet) {
        const left = isMessage(packet) ? packet.properties?.messageExpiryInterval : undefined;
        if (!isMessage(packet) || left === undefined) return undefined;
        const messageExpiryInterval = published.get(key(packet.topic, packet.payload));
        if (messageExpiryInterval === undefined || messageExpiryInterval === left) return undefined;
        return { toClient: [{ ...packet, properties: { ...packet.properties, messageExpiryInterval } }] };
      },
    };
  },
};
