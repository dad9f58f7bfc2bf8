import { checks } from '../../src/checks/registry.ts';
import { noStreams } from '../../src/workload/flows/stream/facts.ts';
import type { History } from '../../src/workload/history.ts';
import { input } from './histories.ts';

/** What all checks say of a history, those of the paths aside. */
export function findingsOf(history: History): string[] {
  return checks.flatMap((check) => {
    const result = check.run({
      ...input(noStreams),
      history,
      paths: { startedMs: 0, endedMs: 0, accepted: [], paths: [] },
    });
    return result.applicable ? result.findings.map(({ what }) => `${check.id}: ${what}`) : [];
  });
}
