import type { Sabotage } from '../sabotage.ts';
import { bytesOf, isMessage, oneIn } from '../strikes.ts';

export const corruptPayload: Sabotage = {
  name: 'corrupt-payload',
  breaks: 'the last byte of every 20th payload is altered',
  invariant: 'integrity',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  report: 'eclipse-mosquitto/mosquitto#1161',
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.payload.length === 0 || !isStruck(peer.clientId)) return undefined;
        const payload = Buffer.from(bytesOf(packet.payload));
        const last = payload.length - 1;
        payload.writeUInt8(payload.readUInt8(last) ^ 0xff, last);
        return { toClient: [{ ...packet, payload }] };
      },
    };
  },
};
