import { encode } from '../packets.ts';
import type { Sabotage } from '../sabotage.ts';
import { oneIn } from '../strikes.ts';

export const reservedFlags: Sabotage = {
  name: 'reserved-flags',
  breaks: 'every 50th PUBACK has a reserved bit of its first byte set',
  invariant: 'protocol',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  report: 'espressif/esp-mqtt#134',
  create(random) {
    const isStruck = oneIn(50, random);
    return {
      fromBroker(packet, { clientId, version }) {
        if (packet.cmd !== 'puback' || !isStruck(clientId)) return undefined;
        const bytes = encode(packet, version);
        bytes.writeUInt8(0x42, 0);
        return { toClient: [bytes] };
      },
    };
  },
};
