import { checks } from '../../src/checks/registry.ts';
import { noStreams } from '../../src/workload/flows/stream/facts.ts';
import type { History } from '../../src/workload/history.ts';
import { input } from './histories.ts';

/** What all checks say of a history, those of the paths aside. A message counts as not sent again after `quietMs`. */
export function findingsOf(history: History, quietMs = input(noStreams).quietMs): string[] {
  return checks.flatMap((check) => {
    const result = check.run({
      ...input(noStreams),
      history,
      quietMs,
      paths: { startedMs: 0, endedMs: 0, accepted: [], paths: [] },
    });
    return result.applicable ? result.findings.map(({ what }) => `${check.id}: ${what}`) : [];
  });
}
