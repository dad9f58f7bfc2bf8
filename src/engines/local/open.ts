import { join } from 'node:path';
import { systemClock } from '../../base/clock.ts';
import { plural } from '../../base/count.ts';
import type { OpenEngine } from '../engine.ts';
import { findMarked, isAlive, killAll, readStat } from './cluster/proc.ts';
import { startReaper } from './guard.ts';
import { Ledger, replay } from './ledger.ts';
import { LocalEngine } from './local-engine.ts';
import { residue, takeInventory } from './residue.ts';

/** The engine of this machine with its guards: the undo ledger, the reaper, and a look at the kernel before and after. */
export const openLocalEngine: OpenEngine = async ({ run, logger, privileged, ...options }) => {
  const ledger = Ledger.begin(run);
  const reaper = startReaper(run, logger.warn);
  const inventory = () => takeInventory({ run, ledger, privileged });
  const before = await inventory();
  return {
    engine: new LocalEngine({ ...options, run, logger, privileged, ledger, workFolder: join(ledger.folder, 'work') }),
    async residue() {
      // Whatever stopping the cluster has overlooked, such as a daemon that the build left running.
      const ended = await killAll(
        () => [
          ...findMarked(run),
          ...ledger
            .processes()
            .filter(isAlive)
            .flatMap(({ pid }) => readStat(pid) ?? []),
        ],
        () => systemClock.sleep(10),
      );
      if (ended > 0) logger.warn(`ended ${plural(ended, 'process', 'processes')} that this run had left`);
      const left = residue(before, await inventory(), run);
      // Where something is left the ledger is still good for taking it back, now or by a later clean.
      if (left.length === 0) ledger.end();
      else for (const did of await replay(run)) logger.warn(`taking back: ${did}`);
      reaper.release();
      return left;
    },
  };
};
