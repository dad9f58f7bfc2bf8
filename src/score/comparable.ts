import type { RunRecord } from '../model/record.ts';

/** What two runs must have in common to be compared. */
export type Identity = Pick<RunRecord, 'tiers' | 'plan' | 'broker' | 'workload' | 'sabotage'>;

/** Why a run cannot be a side of any comparison; undefined if it can. */
export function whyUnfinished({ partial, error }: Pick<RunRecord, 'partial' | 'error'>): string | undefined {
  if (partial) return 'the report is partial';
  return error === null ? undefined : 'the run was interrupted';
}

/**
 * What keeps `record` from being compared with `other`: a phrase for what it is of, and one for what the other is of. Undefined if both are
 * of the same broker, as configured, and of the same scenarios. The texts are from outside.
 */
export function differenceOf(
  record: Identity,
  other: Identity,
): { readonly is: string; readonly isNot: string } | undefined {
  const [theirs, ours] = [identityOf(record), identityOf(other)];
  const at = theirs.findIndex((words, index) => words !== ours[index]);
  return at === -1 ? undefined : { is: theirs[at] ?? '', isNot: ours[at] ?? '' };
}

/** In the order in which a difference is reported, the most important first. */
export function identityOf({ tiers, plan, broker, workload, sabotage }: Identity): string[] {
  const { name, preset, config, mutant, nodes } = broker;
  return [
    `the broker ${name}`,
    mutant === null ? 'no mutant' : `the mutant ${mutant}`,
    sabotage === undefined ? 'no sabotage' : `the sabotage ${sabotage.name}`,
    preset === null ? 'no preset' : `the preset ${preset}`,
    config === null ? 'no chaos.yml' : config,
    `${nodes} nodes`,
    `${workload.ratePerSecond} messages a second`,
    `messages of ${workload.payloadBytes} bytes`,
    `the workload ${workload.profile}`,
    plan === null ? `tier ${tiers.join(', ')}` : `plan ${plan}`,
  ];
}
