import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ChaosError } from '../../../base/error.ts';
import type { Privileged } from './privilege.ts';
import type { Note } from './undo.ts';

/** Nodes, proxies and clients meet here and nowhere else. */
const device = 'lo';

/** What netem does to the packets of one class (tc-netem(8)). */
export type Netem = {
  readonly delayMs?: number;
  /** Uniformly so much more or less for each packet, which may overtake one another. */
  readonly jitterMs?: number;
  readonly bytesPerSecond?: number | undefined;
};

/** The queueing discipline of a run: it leaves every packet alone but for those that nft gives to one of its classes. */
export type Shaper = {
  /** A class of its own for some packets. */
  add(netem: Netem): Promise<ShapedClass>;
  /** Takes it off the device, and what waits in it is lost, as TCP is used to. Safe to call twice. */
  remove(): Promise<void>;
};

export type ShapedClass = {
  /** As nft's `meta priority set` names it. */
  readonly id: string;
  /** What comes from now on is handled so; what waits keeps its time. */
  change(netem: Netem): Promise<void>;
};

/** Far more than a cluster has under way in a second; netem drops what is beyond. */
const mostPackets = 100_000;

/** What tc takes for no limit. */
const unlimited = '100gbit';

/** Below 0x8000, where the kernel numbers those that nobody has named. */
export function qdiscHandle(run: string): string {
  const number = 0x1000 + (createHash('sha256').update(run).digest().readUInt16BE() % 0x7000);
  return `${number.toString(16)}:`;
}

/** Puts the run's discipline onto the loopback device, which has none unless somebody else shapes it; then it rejects and changes nothing. */
export async function createShaper(run: string, privileged: Privileged, note: Note): Promise<Shaper> {
  const handle = qdiscHandle(run);
  await requireNone(privileged);
  const undone = note({ type: 'qdisc', handle }, 'netem');
  try {
    await privileged.run('tc', ['-batch', '-'], `${root(handle)}\n`);
  } catch (error) {
    if (!(await rootQdiscs(privileged)).includes(handle)) undone();
    throw error;
  }
  let classes = 0;
  let removed = false;
  return {
    async add(netem) {
      const id = `${handle}${(++classes).toString(16)}`;
      await privileged.run('tc', ['-batch', '-'], `${oneClass(handle, id, netem)}\n`);
      return {
        id,
        async change(to) {
          await privileged.run('tc', ['-batch', '-'], `${leaf('change', id, to)}\n`);
        },
      };
    },
    async remove() {
      if (removed) return;
      await removeQdisc(privileged, handle);
      removed = true;
      undone();
    },
  };
}

/** Takes the discipline with this handle away, and no other. */
export async function removeQdisc(privileged: Privileged, handle: string): Promise<void> {
  if (!(await rootQdiscs(privileged)).includes(handle)) return;
  await privileged.run('tc', ['qdisc', 'del', 'dev', device, 'root', 'handle', handle]);
}

/** Handles of the root disciplines that somebody has put onto the loopback device; it comes with none. */
export async function rootQdiscs(privileged: Privileged): Promise<string[]> {
  const listed = listing.parse(JSON.parse(await privileged.run('tc', ['-json', 'qdisc', 'show', 'dev', device])));
  return listed.flatMap(({ root, kind, handle }) => (root && kind !== 'noqueue' ? [handle] : []));
}

/** Whether the kernel has it all, tried in a network namespace that is gone afterwards. Rejects with what tc says. */
export async function tryNetem(privileged: Privileged): Promise<void> {
  await requireNone(privileged);
  const handle = qdiscHandle('probe');
  const commands = [root(handle), oneClass(handle, `${handle}1`, { delayMs: 1, jitterMs: 1, bytesPerSecond: 1_000 })];
  await privileged.run('unshare', ['--net', '--', 'tc', '-batch', '-'], `${commands.join('\n')}\n`);
}

/** `tc -json qdisc show`, as far as it is read here. */
const listing = z.array(z.object({ kind: z.string(), handle: z.string(), root: z.boolean().default(false) }));

async function requireNone(privileged: Privileged): Promise<void> {
  const [other] = await rootQdiscs(privileged);
  if (other !== undefined)
    throw new ChaosError('fault', `the loopback device has a queueing discipline already, ${other}`, {
      hint: 'another run of chaos-action, or somebody who shapes it: see tc qdisc show dev lo',
    });
}

/** What belongs to no class passes it unqueued: tc-htb(8), default 0. */
function root(handle: string): string {
  return `qdisc add dev ${device} root handle ${handle} htb default 0 direct_qlen ${mostPackets}`;
}

function oneClass(handle: string, id: string, netem: Netem): string {
  return [
    `class add dev ${device} parent ${handle} classid ${id} htb rate ${unlimited} quantum 60000`,
    leaf('add', id, netem),
  ].join('\n');
}

function leaf(verb: 'add' | 'change', id: string, { delayMs = 0, jitterMs = 0, bytesPerSecond }: Netem): string {
  const us = (ms: number): string => `${Math.round(ms * 1_000)}us`;
  const delay = delayMs > 0 ? ` delay ${us(delayMs)}${jitterMs > 0 ? ` ${us(jitterMs)}` : ''}` : '';
  // A rate that a change does not name stays; 0 is none.
  const rate = ` rate ${Math.round((bytesPerSecond ?? 0) * 8)}bit`;
  return `qdisc ${verb} dev ${device} parent ${id} netem limit ${mostPackets}${delay}${rate}`;
}
