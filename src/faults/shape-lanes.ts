import type { Conditions } from '../links/types.ts';
import type { FaultEnvironment, Lane } from './environment.ts';

/** Puts conditions on lanes; returns the heal, which puts `clean` back and is safe to call twice. */
export async function shapeLanes(
  { links, ledger }: FaultEnvironment,
  lanes: readonly Lane[],
  conditions: Partial<Conditions>,
  clean: Partial<Conditions>,
  why: string,
): Promise<() => Promise<void>> {
  const undone = ledger.add({ type: 'ends-with-run', what: `conditions on ${lanes.length} link directions` }, why);
  const put = async (change: Partial<Conditions>): Promise<void> => {
    await Promise.all(lanes.map(({ linkId, direction }) => links.shape(linkId, direction, change)));
  };
  await put(conditions);
  let healed = false;
  return async () => {
    if (healed) return;
    healed = true;
    await put(clean);
    undone();
  };
}
