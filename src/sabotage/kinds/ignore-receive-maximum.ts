import type { Sabotage } from '../sabotage.ts';

export const ignoreReceiveMaximum: Sabotage = {
  name: 'ignore-receive-maximum',
  breaks: 'more messages are in flight to a client than its Receive Maximum allows',
  invariant: 'protocol',
  versions: [5],
  needs: ['mqtt5'],
  flow: 'inflight',
  report: 'moquette-io/moquette#858',
  create: () => ({
    fromClient(packet) {
      if (packet.cmd !== 'connect' || packet.properties?.receiveMaximum === undefined) return undefined;
      const { receiveMaximum: _, ...properties } = packet.properties;
      return { toBroker: [{ ...packet, properties }] };
    },
  }),
};
