import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChaosError } from '../base/error.ts';
import { isAlive, readStat } from '../engines/local/cluster/proc.ts';

/** In the reports' folder, while a run writes there. */
const claimName = '.run';

type Claim = { readonly pid: number; readonly startTicks: number };

/**
 * Makes this process the only one that writes its reports into `folder`, which exists. Answers with what gives it up again. Throws
 * ChaosError('usage') while another one is writing there: two runs would mix their logs and overwrite each other's reports.
 */
export function claimFolder(folder: string): () => void {
  const file = join(folder, claimName);
  const own: Claim = { pid: process.pid, startTicks: readStat(process.pid)?.startTicks ?? 0 };
  for (let tries = 0; tries < 2; tries++) {
    try {
      writeFileSync(file, JSON.stringify(own), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const other = readClaim(file);
    if (other !== undefined && isAlive(other)) throw taken(folder, other.pid);
    // Of a run that was killed.
    rmSync(file, { force: true });
  }
  throw taken(folder, readClaim(file)?.pid);
}

function taken(folder: string, pid: number | undefined): ChaosError {
  const who = pid === undefined ? 'another run' : `another run, process ${pid},`;
  return new ChaosError('usage', `${who} writes its reports into ${folder}`, {
    hint: 'wait for it, or name another folder with --out',
  });
}

function readClaim(file: string): Claim | undefined {
  try {
    const claim: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof claim === 'object' && claim !== null && 'pid' in claim && 'startTicks' in claim
      ? { pid: Number(claim.pid), startTicks: Number(claim.startTicks) }
      : undefined;
  } catch {
    return undefined;
  }
}
