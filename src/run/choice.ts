import { ChaosError } from '../base/error.ts';
import { loadAll } from '../config/load-all.ts';
import { suggest } from '../config/nearest.ts';
import { loadScenarios } from '../config/scenarios.ts';
import { mutants } from '../embedded/mutants.ts';
import { faultKinds } from '../faults/registry.ts';
import type { BrokerSpec, Config } from '../model/config.ts';
import type { PrivilegedMode } from '../model/privileged-mode.ts';
import { tiers as allTiers, type Plan, type Scenario, type Tier } from '../model/scenario.ts';
import { formatMs } from '../model/units.ts';
import { commandLine } from '../report/repeat.ts';
import { findSabotage, sabotages } from '../sabotage/registry.ts';
import { defaultRepeat, type Repeat } from './decide.ts';

/** What a user chose to run, in the words of the command line and of the Action's inputs. */
export type Choice = {
  readonly cwd: string;
  readonly config?: string | undefined;
  readonly broker?: string | undefined;
  readonly mutant?: string | undefined;
  /** What a man in the middle of the client links breaks. */
  readonly sabotage?: string | undefined;
  readonly tiers: readonly Tier[];
  /** Names or paths; they go before the tiers. */
  readonly scenarios?: readonly string[] | undefined;
  /** A plan by name or by path; goes before scenarios and tiers. */
  readonly plan?: string | undefined;
  readonly set: Readonly<Record<string, string>>;
  readonly durationMs?: number | undefined;
  readonly nodes?: number | undefined;
  /** The protocol level that the clients speak, 4 or 5; goes before what chaos.yml says. */
  readonly mqttVersion?: string | undefined;
  /** What the clients do; goes before what chaos.yml says. */
  readonly profile?: string | undefined;
  readonly ratePerSecond?: number | undefined;
  readonly failBelow?: number | undefined;
  /** How often a scenario that misses an expectation is run; 3 when absent. */
  readonly repeat?: Repeat | undefined;
  /** Whether mechanisms that need root may be used; `auto` when absent. */
  readonly privileged?: PrivilegedMode | undefined;
};

/** A choice with its files read and checked. */
export type LoadedChoice = {
  readonly config: Config;
  readonly scenarios: readonly Scenario[];
  readonly plan: Plan | undefined;
  /** The tiers that were asked for, or those of the scenarios that were. */
  readonly tiers: readonly Tier[];
  /** What coverage is a share of: the names of all scenarios of the tiers, or of those that were named or planned. */
  readonly catalogue: readonly string[];
};

/** Reads and checks everything that was chosen. Throws one ChaosError with every problem found. */
export function loadChoice(choice: Choice, env: Readonly<Record<string, string | undefined>>): LoadedChoice {
  const { cwd, tiers, durationMs } = choice;
  const loaded = loadAll({
    cwd,
    env,
    file: choice.config,
    preset: choice.broker,
    overrides: {
      ...{ nodes: choice.nodes, profile: choice.profile, mqttVersion: choice.mqttVersion },
      ...{ ratePerSecond: choice.ratePerSecond, failBelow: choice.failBelow },
    },
    faultKinds,
    set: choice.set,
    tiers,
    names: choice.scenarios,
    plan: choice.plan,
  });
  checkMutant(choice.mutant, loaded.config.broker.name);
  checkSabotage(choice.sabotage, loaded.config.broker.mqtt);
  const scenarios =
    durationMs === undefined
      ? loaded.scenarios
      : loaded.scenarios.map((scenario) => ({ ...scenario, phases: { ...scenario.phases, holdMs: durationMs } }));
  for (const { name, phases, faults } of scenarios)
    for (const { kind, atMs, forMs, location } of faults)
      if (atMs + (forMs ?? 0) > phases.holdMs || atMs >= phases.holdMs)
        throw new ChaosError(
          'usage',
          `duration: the fault ${kind} of ${name} would outlast a hold of ${formatMs(phases.holdMs)}`,
          { location },
        );
  const { config, plan } = loaded;
  const isOfTiers = plan === undefined && choice.scenarios === undefined;
  return {
    config,
    scenarios,
    plan,
    tiers: isOfTiers ? tiers : tiersOf(scenarios),
    catalogue: (isOfTiers ? loadScenarios({ cwd, faultKinds, tiers }) : scenarios).map(({ name }) => name),
  };
}

function tiersOf(scenarios: readonly Scenario[]): readonly Tier[] {
  return allTiers.filter((tier) => scenarios.some((scenario) => scenario.tier === tier));
}

function checkMutant(mutant: string | undefined, broker: string): void {
  if (mutant === undefined) return;
  const names = Object.keys(mutants);
  if (!names.includes(mutant))
    throw new ChaosError('usage', `there is no mutant "${mutant}"`, { hint: suggest(mutant, names, 'mutants') });
  if (broker !== 'embedded')
    throw new ChaosError('usage', `--mutant is for the embedded broker, not for ${broker}`, {
      hint: 'leave --broker and --config away',
    });
}

function checkSabotage(name: string | undefined, { version, transport, tls }: BrokerSpec['mqtt']): void {
  if (name === undefined) return;
  const sabotage = findSabotage(name);
  const names = sabotages.map((one) => one.name);
  if (sabotage === undefined)
    throw new ChaosError('usage', `there is no sabotage "${name}"`, { hint: suggest(name, names, 'sabotages') });
  if (tls !== undefined || transport !== 'tcp')
    throw new ChaosError('usage', 'a sabotage needs clients that speak plain TCP', {
      hint: 'take broker.mqtt.tls and transport: ws out of the chaos.yml of this run',
    });
  if (!sabotage.versions.includes(version))
    throw new ChaosError('usage', `the sabotage ${name} is for MQTT 5, and the workload speaks MQTT 3.1.1`, {
      hint: 'set mqtt.version to 5 in the chaos.yml of a broker that has it',
    });
}

/** The command line that makes the same run with the same choices. */
export function repeatingCommand(choice: Choice, seed: string): string {
  const words = ['chaos-action', 'run'];
  const add = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) words.push(name, String(value));
  };
  add('--config', choice.config);
  add('--broker', choice.broker);
  add('--mutant', choice.mutant);
  add('--sabotage', choice.sabotage);
  if (choice.plan !== undefined) add('--plan', choice.plan);
  else if (choice.scenarios) add('--scenario', choice.scenarios.join(','));
  else add('--tier', choice.tiers.join(','));
  for (const [name, value] of Object.entries(choice.set)) add('--set', `${name}=${value}`);
  add('--duration', choice.durationMs === undefined ? undefined : `${choice.durationMs}ms`);
  add('--nodes', choice.nodes);
  add('--mqtt', choice.mqttVersion);
  add('--profile', choice.profile);
  add('--rate', choice.ratePerSecond === undefined ? undefined : `${choice.ratePerSecond}/s`);
  add('--repeat', choice.repeat === defaultRepeat ? undefined : choice.repeat);
  add('--privileged', choice.privileged === 'auto' ? undefined : choice.privileged);
  add('--seed', seed);
  return commandLine(words);
}
