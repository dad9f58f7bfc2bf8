import type { Sabotage } from '../sabotage.ts';
import { hasWill } from '../wills.ts';

export const suppressWill: Sabotage = {
  name: 'suppress-will',
  breaks: 'the will of a client whose connection is lost is not published',
  invariant: 'will-once',
  versions: [4, 5],
  needs: ['wills'],
  flow: 'will',
  report: 'vernemq/vernemq#1051',
  create() {
    const wills = hasWill();
    return {
      fromClient: wills.note,
      clientLost: (peer) => (wills.of(peer) ? { toBroker: [{ cmd: 'disconnect', reasonCode: 0 }] } : undefined),
    };
  },
};
