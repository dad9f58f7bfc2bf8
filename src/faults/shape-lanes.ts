import type { Conditions } from '../links/types.ts';
import type { Netem } from '../machine/qdisc.ts';
import { type FaultEnvironment, type Lane, requireLinks } from './environment.ts';
import type { Mechanism } from './fault.ts';

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
  heal(): Promise<void>;
};

/** Makes lanes slower: by the kernel where it has netem and may be asked, else by the link proxies. Healing is safe to call twice. */
export async function shape(
  environment: FaultEnvironment,
  lanes: readonly Lane[],
  netem: Netem,
  why: string,
): Promise<Shaped> {
  const shaped = await environment.packets?.shape?.(lanes, netem);
  if (shaped) return { mechanism: 'tc netem', ...shaped };
  const clean = Object.fromEntries(Object.keys(netem).map((name) => [name, unshaped[name as keyof Netem]]));
  const heal = await shapeLanes(environment, lanes, netem, clean, why);
  return { mechanism: 'link proxy', packets: async () => undefined, heal };
}

/** Puts conditions on lanes; returns the heal, which puts `clean` back and is safe to call twice. */
export async function shapeLanes(
  environment: FaultEnvironment,
  lanes: readonly Lane[],
  conditions: Partial<Conditions>,
  clean: Partial<Conditions>,
  why: string,
): Promise<() => Promise<void>> {
  const links = requireLinks(environment);
  const undone = environment.ledger.add(
    { type: 'ends-with-run', what: `conditions on ${lanes.length} link directions` },
    why,
  );
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
