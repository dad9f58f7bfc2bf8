import { ChaosError } from '../../base/error.ts';
import { findProgram } from '../../base/find-program.ts';
import type { BrokerSpec } from '../../model/config.ts';

/** Ends a run before anything is built that would only fail. @throws ChaosError `build` that names every program that is missing. */
export function requirePrograms({ name, needs }: Pick<BrokerSpec, 'name' | 'needs'>, path?: string): void {
  const missing = needs.filter(({ program }) => findProgram(program, path) === undefined);
  if (missing.length === 0) return;
  const programs = missing.map(({ program }) => program);
  throw new ChaosError(
    'build',
    `${name} needs ${programs.join(' and ')}, which ${programs.length === 1 ? 'is' : 'are'} not here`,
    {
      hint: [...new Set(missing.map(({ get }) => get))].join('; '),
    },
  );
}
