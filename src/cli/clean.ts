import { abandonedRuns, replay } from '../engines/local/ledger.ts';

/** Replays the undo ledger of every run whose tool is gone; prints what it did. */
export async function cleanCommand(out: (line: string) => void): Promise<number> {
  const runs = abandonedRuns();
  if (runs.length === 0) out('nothing to do: no run has left anything behind');
  for (const run of runs) {
    out(`run ${run}:`);
    for (const did of await replay(run)) out(`  ${did}`);
  }
  return 0;
}
