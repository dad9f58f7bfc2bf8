import type { Sabotage } from '../sabotage.ts';

export const ignorePing: Sabotage = {
  name: 'ignore-ping',
  breaks: 'PINGREQ is not answered, so that the client has to give its connection up',
  invariant: 'no-unprovoked-disconnect',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  report: 'vernemq/vernemq#764',
  create: () => ({
    fromBroker: (packet) => (packet.cmd === 'pingresp' ? {} : undefined),
  }),
};
