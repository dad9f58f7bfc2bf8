import type { RunRecord, ScenarioRecord } from '../model/record.ts';

/** The command that repeats one scenario of a run, alone, with its parameters, its time and the same choices. */
export function repeatCommand({ broker, sabotage, seed }: RunRecord, scenario: ScenarioRecord): string {
  const words = ['chaos-action', 'run'];
  if (broker.config !== null) words.push('--config', broker.config);
  if (broker.preset !== null) words.push('--broker', broker.preset);
  if (broker.mutant !== null) words.push('--mutant', broker.mutant);
  if (sabotage) words.push('--sabotage', sabotage.name);
  words.push('--scenario', scenario.path ?? scenario.ownName);
  for (const [key, value] of Object.entries(scenario.parameters)) words.push('--set', `${key}=${value}`);
  words.push('--duration', `${scenario.holdMs / 1_000}s`);
  words.push('--nodes', String(broker.nodes), '--seed', seed);
  return commandLine(words);
}

/** Words as they are typed, quoted for a POSIX shell where they need to be. */
export function commandLine(words: readonly string[]): string {
  return words.map((word) => (/^[\w.,:=/%+@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}
