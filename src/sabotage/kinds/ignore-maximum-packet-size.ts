import type { Sabotage } from '../sabotage.ts';

export const ignoreMaximumPacketSize: Sabotage = {
  name: 'ignore-maximum-packet-size',
  breaks: 'packets are sent to a client that are larger than its Maximum Packet Size',
  invariant: 'protocol',
  versions: [5],
  needs: ['mqtt5'],
  flow: 'inflight',
  report: 'eclipse-mosquitto/mosquitto#1168',
  create: () => ({
    fromClient(packet) {
      if (packet.cmd !== 'connect' || packet.properties?.maximumPacketSize === undefined) return undefined;
      const { maximumPacketSize: _, ...properties } = packet.properties;
      return { toBroker: [{ ...packet, properties }] };
    },
  }),
};
