import type { RunRecord, ScenarioRecord } from './record.ts';

/** The command that repeats a run with the same choices; with a scenario, that one alone with its parameters. */
export function repeatCommand(record: RunRecord, scenario?: ScenarioRecord): string {
  const { broker } = record;
  const words = ['chaos-action', 'run'];
  words.push(...(broker.preset === null ? ['--config', 'chaos.yml'] : ['--broker', broker.preset]));
  if (broker.mutant !== null) words.push('--mutant', broker.mutant);
  if (scenario) {
    words.push('--scenario', scenario.name);
    for (const [key, value] of Object.entries(scenario.parameters)) words.push('--set', `${key}=${value}`);
  } else {
    words.push('--tier', record.tiers.join(','));
  }
  words.push('--nodes', String(broker.nodes), '--seed', record.seed);
  return words.map(quote).join(' ');
}

/** Quoted for a POSIX shell where it needs to be. */
function quote(word: string): string {
  return /^[\w.,:=/%+@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
