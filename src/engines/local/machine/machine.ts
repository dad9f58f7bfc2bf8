import { existsSync, readFileSync } from 'node:fs';
import { ChaosError, messageOf } from '../../../base/error.ts';
import type { PrivilegedMode } from '../../../model/privileged-mode.ts';
import { clockSkewRefusal } from '../clock/vdso/skew.ts';
import { missing, type Program } from '../host/programs.ts';
import { cgroup2Mounts, findController, nftPath } from './cgroups.ts';
import { tryRules } from './nft.ts';
import { findPrivileged, type Privileged } from './privilege.ts';
import { tryNetem } from './qdisc.ts';

/** Whether something can be used here; if not, why, and how to get it. */
export type Offer =
  | { readonly available: true; readonly how: string }
  | { readonly available: false; readonly reason: string; readonly hint: string };

/** What a mechanism can need of a machine. */
export const capabilities = [
  'privileges',
  'nft',
  'cgroup2',
  'redirect',
  'netem',
  'cpuQuota',
  'memoryLimit',
  'taskset',
  'prlimit',
  'vdso',
] as const;
export type Capability = (typeof capabilities)[number];

/** What this machine offers to this user, each thing tried and none assumed. */
export type Machine = {
  /** Absent without privileges: then nothing that needs them is offered either. */
  readonly privileged: Privileged | undefined;
  readonly offers: Readonly<Record<Capability, Offer>>;
};

const dropRules = `  chain c {
    type filter hook input priority 0; policy accept;
    iif "lo" tcp dport 1 numgen random mod 1000000 < 1 counter drop
  }`;

const priorityRules = `  chain p {
    type filter hook output priority 0; policy accept;
    oif "lo" tcp dport 1 counter meta priority set 1000:1
  }`;

const redirectRules = (cgroup: string): string => `  chain n {
    type nat hook output priority -100; policy accept;
    socket cgroupv2 level 0 "${cgroup}" ip daddr 127.0.0.0/8 tcp dport 1 counter redirect to :1
    socket cgroupv2 level 0 "${cgroup}" ip6 daddr ::1 tcp dport 1 counter redirect to :1
  }
  chain f {
    type filter hook input priority 0; policy accept;
    iif "lo" meta l4proto tcp ct direction reply ct reply proto-src 1 counter
  }`;

/** Tries what the mechanisms of the faults need. Leaves nothing behind; rejects never for what is missing. */
export async function probeMachine(mode: PrivilegedMode): Promise<Machine> {
  const found = await findPrivileged(mode);
  const { privileged } = found;
  const own = { taskset: offerOfProgram('taskset'), prlimit: offerOfProgram('prlimit') };
  if (!privileged) {
    const none: Offer = { available: false, reason: found.reason, hint: found.hint };
    return {
      privileged,
      offers: {
        privileges: none,
        nft: none,
        cgroup2: none,
        redirect: none,
        netem: none,
        cpuQuota: none,
        memoryLimit: none,
        ...own,
        get vdso() {
          return offerOfVdso();
        },
      },
    };
  }
  const nft = await tried('rules that drop packets are taken', () => tryRules(privileged, dropRules));
  const cgroup2 = offerOfCgroups();
  const [root] = cgroup2Mounts();
  const redirect = !nft.available
    ? nft
    : !cgroup2.available
      ? cgroup2
      : root === undefined
        ? { available: true as const, how: 'to be seen when a cgroup2 hierarchy is mounted' }
        : await tried('rules that redirect by cgroup are taken', () =>
            tryRules(privileged, redirectRules(nftPath(root))),
          );
  const netem = !nft.available ? nft : await offerOfNetem(privileged);
  return {
    privileged,
    offers: {
      privileges: { available: true, how: privileged.by === 'root' ? 'this user is root' : 'sudo without a password' },
      nft,
      cgroup2,
      redirect,
      netem,
      cpuQuota: cgroup2.available ? offerOfQuota() : cgroup2,
      memoryLimit: cgroup2.available ? offerOfMemoryLimit() : cgroup2,
      ...own,
      // Tried when it is asked for: it stops a process for a moment.
      get vdso() {
        return offerOfVdso();
      },
    },
  };
}

/** Throws a ChaosError when something that is asked for cannot be had; `otherwise` tells what would do without it. */
export function requireOffers(
  { offers }: Machine,
  needed: readonly Capability[],
  why: string,
  otherwise?: string,
): void {
  for (const name of needed) {
    const offer = offers[name];
    if (!offer.available)
      throw new ChaosError('cluster', `${why} needs ${describe[name]}: ${offer.reason}`, {
        hint: otherwise === undefined ? offer.hint : `${offer.hint}; ${otherwise}`,
      });
  }
}

/** The first thing that is missing, if one is. */
export function lacking(
  needs: readonly Capability[],
  { offers }: Pick<Machine, 'offers'>,
): Extract<Offer, { available: false }> | undefined {
  return needs.flatMap((need) => {
    const offer = offers[need];
    return offer.available ? [] : [offer];
  })[0];
}

/** In a sentence and in a table. */
export const describe: Readonly<Record<Capability, string>> = {
  privileges: 'root or passwordless sudo',
  nft: 'nft packet drop',
  cgroup2: 'a cgroup for each node',
  redirect: 'nft redirect by cgroup',
  netem: 'tc netem',
  cpuQuota: 'a CPU quota for a node',
  memoryLimit: 'a memory limit for a node',
  taskset: 'taskset',
  prlimit: 'prlimit',
  vdso: 'a wall clock that is shifted',
};

async function tried(how: string, attempt: () => Promise<void>): Promise<Offer> {
  try {
    await attempt();
    return { available: true, how };
  } catch (error) {
    const { hint } = error as ChaosError;
    const [first = ''] = messageOf(error)
      .replace(/^.*? -: (Error: )?/, '')
      .split('\n');
    return {
      available: false,
      reason: first.replace(/\.$/, ''),
      hint: hint ?? 'it takes nftables 0.9.9 and Linux 5.13 or later with nf_tables; see uname -r and nft --version',
    };
  }
}

function offerOfCgroups(): Offer {
  const [root] = cgroup2Mounts();
  if (root !== undefined) {
    const hybrid = root === '/sys/fs/cgroup' ? 'cgroup v2' : 'cgroup v1 and v2';
    return { available: true, how: `${hybrid}, at ${root}` };
  }
  if (existsSync('/sys/fs/cgroup') && readFilesystems().includes('cgroup2'))
    return { available: true, how: 'no cgroup2 is mounted: a hierarchy of our own would be' };
  return {
    available: false,
    reason: 'the kernel has no cgroup2',
    hint: 'it takes Linux 4.5 or later; in a container, a writable /sys/fs/cgroup',
  };
}

/** Who starts systems hands controllers on; this tool does not change what is not its own. */
const handOn = (controller: string): string =>
  `the root of cgroup v2 must hand it on: echo +${controller} | sudo tee /sys/fs/cgroup/cgroup.subtree_control`;

function offerOfQuota(): Offer {
  const place = findController('cpu');
  return place
    ? { available: true, how: `cgroup v${place.version}, at ${place.root}` }
    : { available: false, reason: 'no cgroup hierarchy here has the cpu controller', hint: handOn('cpu') };
}

function offerOfMemoryLimit(): Offer {
  const place = findController('memory');
  if (place?.version === 2) return { available: true, how: `cgroup v2, at ${place.root}` };
  return place
    ? {
        available: false,
        reason:
          'the memory controller is that of cgroup v1, which ends processes at a limit and does not slow them down',
        hint: 'boot with cgroup v2 alone (systemd.unified_cgroup_hierarchy=1)',
      }
    : { available: false, reason: 'no cgroup hierarchy here has the memory controller', hint: handOn('memory') };
}

function offerOfProgram(program: Program): Offer {
  const reason = missing([program]);
  return reason === undefined
    ? { available: true, how: 'it is on the PATH' }
    : { available: false, reason, hint: 'install it' };
}

function offerOfVdso(): Offer {
  const why = clockSkewRefusal();
  return why === undefined
    ? { available: true, how: 'the vDSO of a process can be rewritten' }
    : {
        available: false,
        reason: `the wall clock of a process cannot be shifted here: ${why}`,
        hint: 'it takes Linux on x86-64 or arm64, and the right to trace processes of this user',
      };
}

async function offerOfNetem(privileged: Privileged): Promise<Offer> {
  const offer = await tried('the kernel takes it', async () => {
    await tryRules(privileged, priorityRules);
    await tryNetem(privileged);
  });
  return offer.available
    ? offer
    : { ...offer, hint: 'the link proxies are used instead; most kernels have it as the module sch_netem' };
}

function readFilesystems(): string[] {
  return readFileSync('/proc/filesystems', 'utf8').split(/\s+/);
}
