import type { Sabotage } from '../sabotage.ts';
import { bytesOf, isMessage } from '../strikes.ts';

export const willTwice: Sabotage = {
  name: 'will-twice',
  breaks: 'a will is delivered twice',
  invariant: 'will-once',
  versions: [4, 5],
  needs: ['wills'],
  flow: 'will',
  report: 'moscajs/aedes#109',
  create() {
    const wills = new Set<string>();
    const key = (topic: string, payload: string | Buffer): string => `${topic}\0${bytesOf(payload).toString('base64')}`;
    return {
      fromClient(packet) {
        if (packet.cmd === 'connect' && packet.will) wills.add(key(packet.will.topic, packet.will.payload));
        return undefined;
      },
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.retain || packet.dup || !wills.has(key(packet.topic, packet.payload)))
          return undefined;
        return { toClient: [packet, peer.deliver(packet)] };
      },
    };
  },
};
