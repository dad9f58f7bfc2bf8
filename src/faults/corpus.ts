import type { BrokenClass } from './corpus/broken-class.ts';
import { dialects } from './corpus/dialect.ts';
import { firstAt } from './corpus/first.ts';
import { firstOf5 } from './corpus/first-5.ts';
import { firstOf311 } from './corpus/first-311.ts';
import { sequencesAt, sequencesOf5 } from './corpus/sequences.ts';
import { sessionAt } from './corpus/session.ts';
import { sessionOf5 } from './corpus/session-5.ts';
import { sessionOf311 } from './corpus/session-311.ts';

/** Every class there is, each name once. Most break a rule; a few stand just inside of one, where servers break too. */
export const brokenClasses: readonly BrokenClass[] = [
  ...firstOf311,
  ...firstOf5,
  ...sessionOf311,
  ...sessionOf5,
  ...dialects.flatMap((dialect) => [...firstAt(dialect.level), ...sessionAt(dialect), ...sequencesAt(dialect)]),
  ...sequencesOf5,
];
