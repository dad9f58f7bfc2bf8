import { styleText } from 'node:util';
import { exitCodes } from '../base/error.ts';
import { loadPlan } from '../config/plans.ts';
import { loadScenarios } from '../config/scenarios.ts';
import { planNames, presetSummaries } from '../config/shipped.ts';
import { type MutantSpec, mutants } from '../embedded/mutants.ts';
import type { RegisteredKind } from '../faults/fault.ts';
import { strikesPeerLinks } from '../faults/possible.ts';
import { type Scenario, tierSchedule, tiers } from '../model/scenario.ts';
import { sabotages } from '../sabotage/registry.ts';

export type ListOptions = {
  readonly faultKinds: ReadonlyMap<string, RegisteredKind>;
  readonly json: boolean;
  readonly colour: boolean;
  readonly cwd: string;
  /** Folders with scenario files and with presets; the shipped ones if absent. */
  readonly folders?: readonly string[];
  readonly presetsFolder?: string;
  /** A folder with plans; the shipped one if absent. */
  readonly plansFolder?: string;
};

const mutantSpecs: readonly (readonly [name: string, MutantSpec])[] = Object.entries(mutants);

/** Prints what there is: scenarios by tier, plans, presets, fault kinds, mutants, sabotages. */
export function listCommand(options: ListOptions, out: (line: string) => void): number {
  const { faultKinds, cwd, folders, presetsFolder, plansFolder, colour } = options;
  const scenarios = loadScenarios({ cwd, faultKinds, folders });
  const plans = planNames(plansFolder).map((plan) => loadPlan({ cwd, faultKinds, folders, plansFolder, plan }));
  const presets = presetSummaries(presetsFolder);
  const kinds = [...faultKinds.values()].map(({ kind, summary, strikes }) => ({ name: kind, strikes, summary }));
  const present = tiers.filter((tier) => scenarios.some((scenario) => scenario.tier === tier));

  if (options.json) {
    const record = {
      tiers: present.map((tier) => ({ name: tier, when: tierSchedule[tier] })),
      scenarios: scenarios.map(scenarioRecord),
      plans: plans.map(planRecord),
      presets,
      faultKinds: kinds,
      mutants: mutantSpecs.map(([name, { report = null, ...mutant }]) => ({ name, ...mutant, report })),
      sabotages: sabotages.map(({ create: _, report = null, ...sabotage }) => ({ ...sabotage, report })),
    };
    out(JSON.stringify(record, null, 2));
    return exitCodes.pass;
  }

  const bold = (text: string): string => (colour ? styleText('bold', text, { validateStream: false }) : text);
  const dim = (text: string): string => (colour ? styleText('dim', text, { validateStream: false }) : text);
  const rows = (entries: readonly (readonly string[])[]): void => {
    const widths = entries[0]?.map((_, column) => Math.max(...entries.map((row) => row[column]?.length ?? 0))) ?? [];
    for (const row of entries) {
      const last = row.length - 1;
      out(`  ${row.map((cell, column) => (column === last ? cell : cell.padEnd((widths[column] ?? 0) + 2))).join('')}`);
    }
  };
  for (const tier of present) {
    out(`${bold(`tier ${tier}`)} ${dim(`(${tierSchedule[tier]})`)}`);
    rows(
      scenarios
        .filter((scenario) => scenario.tier === tier)
        .map(({ name, severity, title }) => [name, severity, title]),
    );
    out('');
  }
  if (plans.length > 0) {
    out(bold('plans'));
    rows(plans.map(({ plan, scenarios }) => [plan.name, plan.title, scenarios.map(({ name }) => name).join(', ')]));
    out('');
  }
  out(bold('presets'));
  rows(presets.map(({ name, summary }) => [name, summary]));
  out('');
  out(bold('fault kinds'));
  rows(kinds.map(({ name, strikes, summary }) => [name, strikes, summary]));
  out('');
  out(`${bold('mutants')} ${dim('(run --mutant NAME, on the embedded broker)')}`);
  rows(mutantSpecs.map(([name, { invariant, does }]) => [name, invariant, does]));
  out('');
  out(`${bold('sabotages')} ${dim('(run --sabotage NAME, on any broker)')}`);
  rows(sabotages.map(({ name, invariant, breaks }) => [name, invariant, breaks]));
  return exitCodes.pass;
}

function planRecord({ plan, scenarios }: ReturnType<typeof loadPlan>) {
  const { name, title, abortOn = null } = plan;
  return { name, title, abortOn, scenarios: scenarios.map((scenario) => scenario.name) };
}

function scenarioRecord(scenario: Scenario) {
  const { name, title, tier, severity, dimension, parameters, phases, faults } = scenario;
  return {
    name,
    title,
    tier,
    severity,
    dimension,
    parameters,
    phases,
    faults: faults.map(({ kind }) => kind),
    needsPeerLinks: faults.some(strikesPeerLinks),
  };
}
