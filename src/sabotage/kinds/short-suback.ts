import type { Sabotage } from '../sabotage.ts';

export const shortSuback: Sabotage = {
  name: 'short-suback',
  breaks: 'the first SUBACK of each client has no return codes',
  invariant: 'protocol',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  report: 'eclipse-mosquitto/mosquitto#1167',
  create() {
    const done = new Set<string>();
    return {
      fromBroker(packet, { clientId, version }) {
        if (packet.cmd !== 'suback' || done.has(clientId)) return undefined;
        done.add(clientId);
        const { messageId = 0 } = packet;
        // In MQTT 5 the last byte is the length of its properties.
        const rest = [messageId >> 8, messageId & 0xff, ...(version === 5 ? [0] : [])];
        return { toClient: [Uint8Array.of(0x90, rest.length, ...rest)] };
      },
    };
  },
};
