import { type Inline, own, say } from '../document.ts';
import { plain } from '../escape.ts';
import { notMeasured } from '../format.ts';

/** Outside text; `not measured` if it is empty. */
export function orNotMeasured(outside: string): Inline {
  return plain(outside) === '' ? own(notMeasured) : say`${outside}`;
}
