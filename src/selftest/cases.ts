import { mutants } from '../embedded/mutants.ts';
import type { ProfileName } from '../model/flow-kinds.ts';
import { sabotages } from '../sabotage/registry.ts';

/** A defect that was given to the broker on purpose, or none. */
export type Defect =
  | { readonly kind: 'none' }
  | { readonly kind: 'mutant'; readonly name: string }
  | { readonly kind: 'sabotage'; readonly name: string };

export type SelftestScenario = 'quiet' | 'restart';

/** One run of the self-test. */
export type Case = {
  readonly defect: Defect;
  /** 4 is MQTT 3.1.1. */
  readonly mqttVersion: 4 | 5;
  /** The cheapest scenario that shows the defect. */
  readonly scenario: SelftestScenario;
  readonly profile: ProfileName;
  readonly nodes: number;
  readonly seed: string;
  /** The invariant that must name it; null for a run that must be clean. */
  readonly invariant: string | null;
  /** The broker may lack what the defect would break. The embedded one has everything: there a check that is not applicable is blind. */
  readonly mayLack: boolean;
};

/** Runs of the sound broker, each with another seed, at both versions: half of them without a fault. */
const cleanRuns = { full: 20, quick: 2 };

export type CaseOptions = {
  readonly quick: boolean;
  /** False for a broker of somebody else, which has no mutants. */
  readonly isEmbedded: boolean;
  readonly nodes: number;
  readonly seed: string;
};

/** What the self-test runs, in this order: clean runs, mutants, sabotages. Pure. */
export function selftestCases(options: CaseOptions): Case[] {
  const all = [...cleanCases(options), ...(options.isEmbedded ? mutantCases(options) : []), ...sabotageCases(options)];
  return options.quick ? oneOfEachInvariant(all) : all;
}

function cleanCases({ quick, nodes, seed }: CaseOptions): Case[] {
  const versions = [4, 5] as const;
  return Array.from(
    { length: quick ? cleanRuns.quick : cleanRuns.full },
    (_, index): Case => ({
      defect: { kind: 'none' },
      mqttVersion: versions[index % 2] ?? 4,
      scenario: (index + Math.floor(index / 2)) % 2 === 0 ? 'quiet' : 'restart',
      ...{ profile: 'mixed', nodes, seed: `${seed}-${index + 1}`, invariant: null, mayLack: false },
    }),
  );
}

function mutantCases({ nodes, seed }: CaseOptions): Case[] {
  return Object.entries(mutants).flatMap(([name, { invariant, scenario, profile, versions }]) =>
    versions.map(
      (mqttVersion): Case => ({
        ...{ defect: { kind: 'mutant', name }, mqttVersion, scenario, profile, nodes, seed, invariant, mayLack: false },
      }),
    ),
  );
}

/** A sabotage strikes clients, so that one node shows it; what strikes a group needs members at two. */
function sabotageCases({ isEmbedded, nodes, seed }: CaseOptions): Case[] {
  return sabotages.flatMap(({ name, invariant, versions, flow }) =>
    versions.map(
      (mqttVersion): Case => ({
        ...{
          defect: { kind: 'sabotage', name },
          mqttVersion,
          scenario: 'quiet',
          profile: flow,
          seed,
          invariant,
          mayLack: !isEmbedded,
        },
        nodes: isEmbedded ? (flow === 'shared' || flow === 'handover' ? 2 : 1) : nodes,
      }),
    ),
  );
}

/** The clean runs, and one defect for each invariant: mutants and sabotages, and the two versions, take turns as far as there are such. */
function oneOfEachInvariant(cases: readonly Case[]): Case[] {
  const invariants = [...new Set(cases.flatMap(({ invariant }) => invariant ?? []))];
  return [
    ...cases.filter(({ invariant }) => invariant === null),
    ...invariants.flatMap((id, index) => {
      const own = cases.filter(({ invariant }) => invariant === id);
      const kind = index % 2 === 0 ? 'mutant' : 'sabotage';
      const version = index % 4 < 2 ? 4 : 5;
      const ofKind = own.filter(({ defect }) => defect.kind === kind);
      return ofKind.find(({ mqttVersion }) => mqttVersion === version) ?? ofKind[0] ?? own[0] ?? [];
    }),
  ];
}
