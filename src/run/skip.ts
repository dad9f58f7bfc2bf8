import { ChaosError } from '../base/error.ts';

/** A scenario that cannot be run here after all, found when its cluster stood already: it is skipped for this reason. */
export class SkipScenario extends ChaosError {
  constructor(why: string) {
    super('fault', why);
  }
}
