import type { EffectType } from '../../model/effects.ts';
import type { LocalEffect } from './effect.ts';
import { localEffects } from './effects/registry.ts';

/** What effects need of the cluster when it is booted. */
export type Requirements = {
  /** How large the nodes' data folders are asked to be; 0 when they are folders like any other. */
  readonly folderBytes: number;
  /** Whether the nodes' cgroups have controllers. */
  readonly isLimited: boolean;
};

export function requirementsOf(effects: readonly EffectType[]): Requirements {
  const known: readonly Pick<LocalEffect<EffectType>, 'mechanisms' | 'dataFolderBytes'>[] = effects.map(
    (type) => localEffects[type],
  );
  const needs = known.flatMap(({ mechanisms }) => mechanisms.flatMap((mechanism) => mechanism.needs));
  return {
    folderBytes: Math.max(0, ...known.map(({ dataFolderBytes = 0 }) => dataFolderBytes)),
    isLimited: needs.includes('cpuQuota') || needs.includes('memoryLimit'),
  };
}

/** Why a cluster that was booted for some requirements does not do for others; undefined when it does. */
export function whyUnfit(now: Requirements, wanted: Requirements): string | undefined {
  if (wanted.isLimited !== now.isLimited)
    return now.isLimited
      ? 'the nodes had cgroups with controllers for the scenario before'
      : 'a fault needs cgroups with controllers';
  if (wanted.folderBytes === now.folderBytes) return undefined;
  return wanted.folderBytes > 0
    ? 'a fault needs data folders of a limited size'
    : 'the data folders were of a limited size for the scenario before';
}
