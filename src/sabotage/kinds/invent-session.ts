import type { Sabotage } from '../sabotage.ts';

export const inventSession: Sabotage = {
  name: 'invent-session',
  breaks: 'clients that connect for the first time are told session present = 1',
  invariant: 'session-state',
  versions: [4, 5],
  needs: ['persistentSessions'],
  flow: 'stream',
  report: 'dotnet/MQTTnet#613',
  create: () => ({
    fromBroker(packet, peer) {
      const isFirst = packet.cmd === 'connack' && peer.connection === 1 && !peer.clean;
      if (!isFirst || packet.sessionPresent || isRefusal(packet)) return undefined;
      return { toClient: [{ ...packet, sessionPresent: true }] };
    },
  }),
};

function isRefusal({ returnCode = 0, reasonCode = 0 }: { returnCode?: number; reasonCode?: number }): boolean {
  return returnCode !== 0 || reasonCode !== 0;
}
