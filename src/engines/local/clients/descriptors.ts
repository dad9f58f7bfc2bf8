import { readdirSync, readFileSync } from 'node:fs';
import { ChaosError } from '../../../base/error.ts';

/** What the tool keeps for itself: logs, reports, its own clients and probes. */
const marginDescriptors = 128;

/** Throws a ChaosError when this process may not open so many more files and sockets. */
export function requireDescriptors(count: number, why: string): void {
  const limit = descriptorLimit();
  const open = readdirSync('/proc/self/fd').length;
  if (open + count + marginDescriptors <= limit) return;
  throw new ChaosError(
    'fault',
    `${why} needs ${count} file descriptors of this process, which has ${open} open and may have ${limit}`,
    { hint: 'raise the limit (ulimit -n), or ask for fewer connections' },
  );
}

/** The soft limit of this process; Node raises it to the hard one when it starts. */
export function descriptorLimit(limits = readFileSync('/proc/self/limits', 'utf8')): number {
  const soft = /^Max open files\s+(\S+)/m.exec(limits)?.[1];
  return soft === undefined || soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft);
}
