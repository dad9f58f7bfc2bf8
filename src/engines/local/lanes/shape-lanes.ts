import { allDone } from '../../../base/all-done.ts';
import type { LocalScope, Mechanism } from '../effect.ts';
import { type FaultEnvironment, type Lane, requireLinks } from '../environment.ts';
import type { Conditions } from '../links/types.ts';
import type { Netem } from '../machine/qdisc.ts';

/** How a direction of a link is made slower, the best way first. */
export const shapers: readonly Mechanism[] = [
  { name: 'tc netem', needs: ['nft', 'netem'] },
  { name: 'link proxy', needs: [] },
];

const unshaped = { delayMs: 0, jitterMs: 0, bytesPerSecond: undefined } as const satisfies Netem;

export type Shaped = {
  readonly mechanism: string;
  /** How many packets of the broker's own were made slower; undefined where bytes are, and not packets. */
  packets(): Promise<number | undefined>;
};

/** Makes lanes slower: by the kernel where it has netem and may be asked, else by the link proxies. */
export async function shape(
  environment: FaultEnvironment,
  lanes: readonly Lane[],
  netem: Netem,
  scope: LocalScope,
): Promise<Shaped> {
  const shaped = await environment.packets?.shape?.(lanes, netem, scope);
  if (shaped) return { mechanism: 'tc netem', ...shaped };
  const clean = Object.fromEntries(Object.keys(netem).map((name) => [name, unshaped[name as keyof Netem]]));
  await shapeLanes(environment, lanes, netem, clean, scope);
  return { mechanism: 'link proxy', packets: async () => undefined };
}

/** Puts conditions on lanes; the scope puts `clean` back. */
export async function shapeLanes(
  environment: FaultEnvironment,
  lanes: readonly Lane[],
  conditions: Partial<Conditions>,
  clean: Partial<Conditions>,
  scope: LocalScope,
): Promise<void> {
  const links = requireLinks(environment);
  const put = async (change: Partial<Conditions>): Promise<void> => {
    await allDone(lanes.map(({ linkId, direction }) => links.shape(linkId, direction, change)));
  };
  scope.undo({ type: 'ends-with-run', what: `conditions on ${lanes.length} link directions` }, () => put(clean));
  await put(conditions);
}
